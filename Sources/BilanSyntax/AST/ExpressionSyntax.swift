import BilanDiagnostics

/// An expression as it is written.
package struct ExpressionSyntax: Sendable {
  package var kind: Kind
  package var span: Span

  package init(_ kind: Kind, span: Span) {
    self.kind = kind
    self.span = span
  }

  package indirect enum Kind: Sendable {
    /// `1200`, `1_200`
    case integer(Int64)
    /// `3.5`, `2e6`
    case real(Double)
    /// `110%`, with the number it stands for: 1.10
    case percent(Double)
    /// `"Fès-Meknès"`, unescaped
    case text(String)
    /// `true`, `false`
    case boolean(Bool)
    /// `missing`
    case missing
    /// `2019-Q3`, `FY2019`, `2019-04-15`; a bare `2019` is an integer
    case period(PeriodSyntax)
    /// `18 months`
    case duration(count: Int64, unit: DurationWord)
    /// `region`
    case name(Name)
    /// `$region`
    case parameter(Name)
    /// `achievement.numerator`
    case field(ExpressionSyntax, Name)
    /// `sum(jobs where sex = "F")`, `mean(achievement per indicator)`
    case call(CallSyntax)
    /// `-x`, `not x`
    case unary(UnaryOperator, ExpressionSyntax)
    /// `a + b`, `a and b`, `a ?? b`
    case binary(BinaryOperator, ExpressionSyntax, ExpressionSyntax)
    /// `a = b`, `0 < x <= 5`: at least one link
    case comparison(ExpressionSyntax, [ComparisonLink])
    /// `x is missing`, `x is not missing`
    case isMissing(ExpressionSyntax, negated: Bool)
    /// `x in [1, 2]`, `x not in 1..5`, `created in 2019-Q3`, `id in (from …)`
    case membership(ExpressionSyntax, in: ExpressionSyntax, negated: Bool)
    /// `2018..2020`
    case range(ExpressionSyntax, ExpressionSyntax)
    /// `["Oriental", "Fès-Meknès"]`
    case list([ExpressionSyntax])
    /// `if c then a else if d then b else e`
    case conditional([ConditionalBranch], otherwise: ExpressionSyntax)
    /// `(from results | count)`
    case pipeline(PipelineSyntax)
    /// `(a + b)`
    case parenthesized(ExpressionSyntax)
    /// Where the parser found none; a diagnostic says so.
    case invalid
  }
}

package struct ConditionalBranch: Sendable {
  package var condition: ExpressionSyntax
  package var value: ExpressionSyntax

  package init(condition: ExpressionSyntax, value: ExpressionSyntax) {
    self.condition = condition
    self.value = value
  }
}

package struct CallSyntax: Sendable {
  package struct Argument: Sendable {
    /// `level` in `ci_low(achievement, level: 90%)`.
    package var label: Name?
    package var value: ExpressionSyntax

    package init(label: Name?, value: ExpressionSyntax) {
      self.label = label
      self.value = value
    }
  }

  package var name: Name
  package var arguments: [Argument]
  /// `sex = "F"` in `sum(jobs where sex = "F")` and `count(where sex = "F")`.
  package var filter: ExpressionSyntax?
  /// `indicator` in `mean(achievement per indicator)`: the argument is worked out for each of these first.
  package var per: [ExpressionSyntax]

  package init(name: Name, arguments: [Argument], filter: ExpressionSyntax?, per: [ExpressionSyntax]) {
    self.name = name
    self.arguments = arguments
    self.filter = filter
    self.per = per
  }
}

package enum UnaryOperator: String, Sendable {
  case negate = "-"
  case not
}

package enum BinaryOperator: String, Sendable, CaseIterable {
  case or
  case and
  case coalesce = "??"
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
}

package enum ComparisonOperator: String, Sendable, CaseIterable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  /// Contains, ignoring case and accents.
  case contains = "~"
}

package struct ComparisonLink: Sendable {
  package var comparison: ComparisonOperator
  package var operatorSpan: Span
  package var right: ExpressionSyntax

  package init(_ comparison: ComparisonOperator, operatorSpan: Span, right: ExpressionSyntax) {
    self.comparison = comparison
    self.operatorSpan = operatorSpan
    self.right = right
  }
}

/// A period as it is written, checked to exist.
package enum PeriodSyntax: Sendable, Hashable {
  /// `FY2019`
  case fiscalYear(Int)
  /// `2019-S1`
  case semester(Int, Int)
  /// `2019-Q3`
  case quarter(Int, Int)
  /// `2019-04`
  case month(Int, Int)
  /// `2019-04-15`
  case day(Int, Int, Int)
}

/// The unit words of durations; singular and plural are the same word.
package enum DurationWord: String, Sendable, CaseIterable {
  case day, week, month, quarter, semester, year
}
