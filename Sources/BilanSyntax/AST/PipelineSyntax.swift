import BilanDiagnostics

/// A source and the steps after it.
package struct PipelineSyntax: Sendable {
  /// Absent for a line that begins with `|` and continues the last result.
  package var source: SourceSyntax?
  package var steps: [StepSyntax]
  package var span: Span

  package init(source: SourceSyntax?, steps: [StepSyntax], span: Span) {
    self.source = source
    self.steps = steps
    self.span = span
  }
}

/// What a pipeline, a join or an append reads.
package struct SourceSyntax: Sendable {
  package indirect enum Kind: Sendable {
    /// `from results`: a `let` table or a dataset
    case name(Name)
    /// `from warehouse.results`: a connection's table
    case qualified(Name, Name)
    /// `from "data/results.csv" with delimiter = ";"`
    case file(String, options: [NamedExpressionSyntax])
    /// `from stdin`
    case standardInput
    /// `from (from results | …)`
    case pipeline(PipelineSyntax)
    /// Where the parser found none; a diagnostic says so.
    case invalid
  }

  package var kind: Kind
  package var span: Span

  package init(_ kind: Kind, span: Span) {
    self.kind = kind
    self.span = span
  }
}

/// `name = expression`, or an expression that names itself.
package struct NamedExpressionSyntax: Sendable {
  package var name: Name?
  package var value: ExpressionSyntax

  package init(name: Name?, value: ExpressionSyntax) {
    self.name = name
    self.value = value
  }
}

/// A column chosen by name, computed under a name, or several by a pattern.
package enum SelectionSyntax: Sendable {
  /// `region`, `rate = a / b`
  case expression(NamedExpressionSyntax)
  /// `id*`
  case pattern(String, span: Span)
}

package struct SortKeySyntax: Sendable {
  package var value: ExpressionSyntax
  package var isDescending: Bool

  package init(value: ExpressionSyntax, isDescending: Bool) {
    self.value = value
    self.isDescending = isDescending
  }
}

/// One step: a verb and its arguments.
package struct StepSyntax: Sendable {
  package var kind: Kind
  /// From the verb to its last argument.
  package var span: Span
  package var verbSpan: Span

  package init(_ kind: Kind, span: Span, verbSpan: Span) {
    self.kind = kind
    self.span = span
    self.verbSpan = verbSpan
  }

  package enum Kind: Sendable {
    /// `where actual > target`
    case filter(ExpressionSyntax)
    /// `add change = actual - previous(actual) per indicator sort period`
    case add(AddSyntax)
    /// `keep region, rate = a / b, id*`
    case keep([SelectionSyntax])
    /// `drop note, id*`
    case drop([SelectionSyntax])
    /// `rename place = region`
    case rename([(new: Name, old: Name)])
    /// `summarize achievement by region across year = year(period) with totals`
    case summarize(SummarizeSyntax)
    /// `count by region`
    case count(by: [NamedExpressionSyntax])
    /// `sort achievement desc, region`
    case sort([SortKeySyntax])
    /// `take 10`, `take 11..20`
    case take(first: ExpressionSyntax?, last: ExpressionSyntax)
    /// `top 3 by cost per region`, `bottom 3 by cost`
    case top(TopSyntax)
    /// `distinct`, `distinct region, sex`
    case distinct([SelectionSyntax])
    /// `join left many regions on region`
    case join(JoinSyntax)
    /// `append more`
    case append(SourceSyntax)
    /// `unpivot target, actual into kind, value`
    case unpivot([SelectionSyntax], name: Name, value: Name)
    /// `unnest sector = sectors by ";" with position`
    case unnest(UnnestSyntax)
    /// `complete indicator, region, period`
    case complete([ExpressionSyntax])
    /// `check actual >= 0 "no negative actual"`
    case check(ExpressionSyntax, text: ExpressionSyntax?)
    /// A step of the language that this version does not run: `compare`, `survival`, `protect`, `chart`.
    case unavailable(String)
    /// What could not be understood; a diagnostic says so.
    case invalid
  }
}

package struct AddSyntax: Sendable {
  package var columns: [NamedExpressionSyntax]
  /// `per region`; `per all` is an empty list that is not nil.
  package var per: [ExpressionSyntax]?
  package var sort: [SortKeySyntax]

  package init(columns: [NamedExpressionSyntax], per: [ExpressionSyntax]?, sort: [SortKeySyntax]) {
    self.columns = columns
    self.per = per
    self.sort = sort
  }
}

package struct SummarizeSyntax: Sendable {
  package var aggregates: [NamedExpressionSyntax]
  package var keys: [NamedExpressionSyntax]
  package var across: NamedExpressionSyntax?
  package var hasTotals: Bool

  package init(
    aggregates: [NamedExpressionSyntax], keys: [NamedExpressionSyntax], across: NamedExpressionSyntax?,
    hasTotals: Bool
  ) {
    self.aggregates = aggregates
    self.keys = keys
    self.across = across
    self.hasTotals = hasTotals
  }
}

package struct TopSyntax: Sendable {
  /// `bottom` where true.
  package var isBottom: Bool
  package var count: ExpressionSyntax
  package var by: ExpressionSyntax
  package var per: [ExpressionSyntax]

  package init(isBottom: Bool, count: ExpressionSyntax, by: ExpressionSyntax, per: [ExpressionSyntax]) {
    self.isBottom = isBottom
    self.count = count
    self.by = by
    self.per = per
  }
}

package struct UnnestSyntax: Sendable {
  /// The column that is opened, and what its elements are called where that is said.
  package var column: NamedExpressionSyntax
  /// What stands between the elements of a text.
  package var separator: ExpressionSyntax?
  /// `with position`: the elements are numbered.
  package var hasPosition: Bool

  package init(column: NamedExpressionSyntax, separator: ExpressionSyntax?, hasPosition: Bool) {
    self.column = column
    self.separator = separator
    self.hasPosition = hasPosition
  }
}

package enum JoinKind: String, Sendable, CaseIterable {
  case left, inner, full, semi, anti
}

package struct JoinSyntax: Sendable {
  /// `on region` has no right side; `on left.code = regions.id` and `on code = id` have one.
  package struct Key: Sendable {
    package var left: ExpressionSyntax
    package var right: ExpressionSyntax?

    package init(left: ExpressionSyntax, right: ExpressionSyntax?) {
      self.left = left
      self.right = right
    }
  }

  package var kind: JoinKind
  /// `many` was said: a row may match several.
  package var allowsMany: Bool
  package var source: SourceSyntax
  package var keys: [Key]

  package init(kind: JoinKind, allowsMany: Bool, source: SourceSyntax, keys: [Key]) {
    self.kind = kind
    self.allowsMany = allowsMany
    self.source = source
    self.keys = keys
  }
}
