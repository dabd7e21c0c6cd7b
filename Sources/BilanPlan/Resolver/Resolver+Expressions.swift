import BilanColumnar
import BilanDiagnostics
import BilanFunctions
import BilanSyntax

extension Resolver {
  /// What an expression is in `scope`.
  func expression(_ syntax: ExpressionSyntax, in scope: Scope) throws(QueryError) -> Resolved {
    let span = syntax.span
    switch syntax.kind {
    case .integer(let value): return Resolved(.constant(.integer(value), span: span))
    case .real(let value): return Resolved(.constant(.real(value), span: span))
    case .percent(let value): return Resolved(.constant(.real(value), span: span), display: .percent)
    case .text(let value): return Resolved(.constant(.text(value), span: span))
    case .boolean(let value): return Resolved(.constant(.boolean(value), span: span))
    case .missing: return Resolved(.constant(.missing, span: span))
    case .period(let period): return Resolved(constant(period, span: span))
    case .duration(let count, let word): return Resolved(try duration(count, word, span: span))
    case .name(let name): return try self.name(name, in: scope)
    case .parameter(let name): return try parameter(name)
    case .field(let base, let field):
      if let column = dottedName(syntax, in: scope.schema) { return try name(column, in: scope) }
      return try self.field(field, of: base, in: scope)
    case .call(let call): return try self.call(call, at: span, in: scope)
    case .unary(let unary, let operand): return try self.unary(unary, operand, at: span, in: scope)
    case .binary(let binary, let left, let right):
      return try self.binary(binary, left, right, at: span, in: scope)
    case .comparison(let first, let links): return try comparison(first, links, at: span, in: scope)
    case .isMissing(let operand, let negated):
      let value = try expression(operand, in: scope)
      let test = try scalar("is_missing", [Resolved(value.expression)], at: span)
      return negated ? try scalar("not", [test], at: span) : test
    case .membership(let operand, let list, let negated):
      let test = try membership(operand, in: list, at: span, scope: scope)
      return negated ? try scalar("not", [test], at: span) : test
    case .range:
      throw failure(
        .typeMismatch,
        Localized("a range is not a value by itself", fr: "un intervalle n’est pas une valeur en soi"), at: span,
        label: Localized("needs `in` before it", fr: "demande `in` devant"),
        help: Localized(
          "write `x in \(span.text.collapsingWhiteSpace)`", fr: "écrire `x in \(span.text.collapsingWhiteSpace)`")
      )
    case .list:
      throw failure(
        .typeMismatch, Localized("a list is not a value by itself", fr: "une liste n’est pas une valeur en soi"),
        at: span, label: Localized("needs `in` before it", fr: "demande `in` devant"))
    case .conditional(let branches, let otherwise):
      return try conditional(branches[...], otherwise, at: span, in: scope)
    case .pipeline(let pipeline): return try subquery(pipeline, at: span, in: scope)
    case .parenthesized(let inner): return try expression(inner, in: scope)
    case .invalid: return Resolved(.constant(.missing, span: span))
    }
  }

  /// An expression that must be a condition.
  func condition(_ syntax: ExpressionSyntax, in scope: Scope) throws(QueryError) -> Resolved {
    let resolved = try expression(syntax, in: scope)
    switch resolved.type {
    case .boolean: return resolved
    case .missing: return Resolved(.constant(.boolean(false), span: syntax.span))
    default:
      throw failure(
        .conditionExpected, Localized("a condition is needed here", fr: "il faut une condition ici"), at: syntax.span,
        label: Localized(
          "this is \(Resolver.article(resolved.type))", fr: "ceci est \(Resolver.frenchArticle(resolved.type))"),
        help: Localized(
          "compare it with something: `\(syntax.span.text.collapsingWhiteSpace.prefixed(40)) = …`",
          fr: "le comparer à quelque chose : `\(syntax.span.text.collapsingWhiteSpace.prefixed(40)) = …`"))
    }
  }

  private func constant(_ period: PeriodSyntax, span: Span) -> Expression {
    switch period {
    case .fiscalYear(let year):
      .constant(.period(.fiscalYear(year, firstMonth: environment.fiscalYearStart)), span: span)
    case .semester(let year, let number): .constant(.period(.semester(year, number)), span: span)
    case .quarter(let year, let number): .constant(.period(.quarter(year, number)), span: span)
    case .month(let year, let month): .constant(.period(.month(year, month)), span: span)
    case .day(let year, let month, let day):
      .constant(CalendarDate(year: year, month: month, day: day).map { .date($0) } ?? .missing, type: .date, span: span)
    }
  }

  private func duration(_ count: Int64, _ word: DurationWord, span: Span) throws(QueryError) -> Expression {
    let (unit, factor): (DurationUnit, Int64) =
      switch word {
      case .day: (.days, 1)
      case .week: (.days, 7)
      case .month: (.months, 1)
      case .quarter: (.months, 3)
      case .semester: (.months, 6)
      case .year: (.months, 12)
      }
    let (product, overflow) = count.multipliedReportingOverflow(by: factor)
    if overflow || abs(product) > 10_000_000 {
      throw failure(
        .invalidNumber, Localized("this duration is too long", fr: "cette durée est trop longue"), at: span)
    }
    return .constant(.duration(product, unit), span: span)
  }

  /// The column that names with points between them are, such as what is nested in JSON; nil where the first of them
  /// is a column itself.
  func dottedName(_ syntax: ExpressionSyntax, in schema: Schema) -> Name? {
    func path(_ syntax: ExpressionSyntax) -> [String]? {
      switch syntax.kind {
      case .name(let name): [name.text]
      case .field(let base, let field): path(base).map { $0 + [field.text] }
      default: nil
      }
    }
    guard case .field = syntax.kind, let path = path(syntax),
      case .none = NameLookup.column(path[0], in: schema)
    else { return nil }
    let label = path.joined(separator: ".")
    guard schema.visible.contains(where: { $0.label == label }) else { return nil }
    return Name(label, isQuoted: true, span: syntax.span)
  }

  private func field(_ field: Name, of base: ExpressionSyntax, in scope: Scope) throws(QueryError) -> Resolved {
    let value = try expression(base, in: scope)
    let parts = ["numerator", "denominator", "reported", "expected"]
    guard value.type == .ratio else {
      throw failure(
        .unknownField,
        Localized(
          "\(Resolver.article(value.type)) has no parts", fr: "\(Resolver.frenchArticle(value.type)) n’a pas de parties"
        ),
        at: field.span,
        help: Localized(
          "only ratios have `.numerator`, `.denominator`, `.reported`, `.expected`",
          fr: "seuls les ratios ont `.numerator`, `.denominator`, `.reported`, `.expected`"))
    }
    guard parts.contains(field.text) else {
      let near = Suggestions.near(field.text, among: parts, fold: TextFolding.handle(of:), limit: 1)
      throw failure(
        .unknownField,
        Localized("a ratio has no part `\(field.text)`", fr: "un ratio n’a pas de partie `\(field.text)`"),
        at: field.span, help: near.isEmpty ? Resolver.available(parts) : Resolver.didYouMean(near))
    }
    return try scalar(field.text, [Resolved(value.expression)], at: base.span.union(field.span))
  }

  // MARK: if

  /// A condition known beforehand, such as `has(baseline)`, chooses its branch; the other is not even looked at.
  private func conditional(
    _ branches: ArraySlice<ConditionalBranch>, _ otherwise: ExpressionSyntax, at span: Span, in scope: Scope
  ) throws(QueryError) -> Resolved {
    guard let branch = branches.first else { return try expression(otherwise, in: scope) }
    let condition = try self.condition(branch.condition, in: scope)
    if case .boolean(let value)? = condition.expression.constantValue {
      return value
        ? try expression(branch.value, in: scope)
        : try conditional(branches.dropFirst(), otherwise, at: span, in: scope)
    }
    let value = try expression(branch.value, in: scope)
    let rest = try conditional(branches.dropFirst(), otherwise, at: span, in: scope)
    guard let type = matching.commonType([value.expression, rest.expression]) else {
      throw QueryError(
        Diagnostic.error(
          .typeMismatch,
          Localized("the branches of `if` differ in type", fr: "les branches de `if` diffèrent de type"),
          at: branch.value.span,
          label: Localized(
            "this is \(Resolver.article(value.type))", fr: "ceci est \(Resolver.frenchArticle(value.type))")
        ).labelling(
          (branches.dropFirst().first?.value ?? otherwise).span,
          Localized("this is \(Resolver.article(rest.type))", fr: "ceci est \(Resolver.frenchArticle(rest.type))")))
    }
    var result = try scalar("select", [condition, value, rest], at: span)
    if type != .missing { result.expression.type = type }
    result.display = value.type == .missing ? rest.display : value.display
    result.unit = value.unit ?? rest.unit
    return result
  }

  // MARK: Pipelines in parentheses

  private func subquery(_ pipeline: PipelineSyntax, at span: Span, in scope: Scope) throws(QueryError) -> Resolved {
    let (plan, field) = try oneColumn(pipeline, at: span, in: scope)
    var value = Resolved(Expression(.subquery(plan), type: field.type, span: span), field: field)
    // One value for all rows is in no unit of theirs.
    value.rowUnit = nil
    return value
  }

  /// The plan of a pipeline that must give one column.
  func oneColumn(
    _ pipeline: PipelineSyntax, at span: Span, in scope: Scope
  ) throws(QueryError) -> (plan: LogicalPlan, field: Field) {
    let count = diagnostics.count
    var state = try self.pipeline(pipeline, bindings: scope.bindings)
    state.plan = withoutHidden(state.plan)
    if diagnostics.count > count { throw QueryError([]) }
    let fields = state.plan.schema.fields
    guard fields.count == 1, state.plan.hasKnownColumns else {
      throw failure(
        .tableWhereValueExpected,
        Localized(
          "this pipeline gives \(fields.count) columns; one is needed here",
          fr: "ce pipeline donne \(fields.count) colonnes ; il en faut une ici"), at: span,
        help: Localized("add `| keep` and the column", fr: "ajouter `| keep` et la colonne"))
    }
    return (state.plan, fields[0])
  }

  // MARK: Words for types

  static func article(_ type: DataType) -> String {
    switch type {
    case .integer, .real: "a number"
    case .text: "text"
    case .boolean: "a condition"
    case .date: "a date"
    case .period: "a period"
    case .duration(.days): "a duration in days"
    case .duration(.months): "a duration in months"
    case .ratio: "a ratio"
    case .list: "a list"
    case .missing: "missing"
    }
  }

  static func frenchArticle(_ type: DataType) -> String {
    switch type {
    case .integer, .real: "un nombre"
    case .text: "du texte"
    case .boolean: "une condition"
    case .date: "une date"
    case .period: "une période"
    case .duration(.days): "une durée en jours"
    case .duration(.months): "une durée en mois"
    case .ratio: "un ratio"
    case .list: "une liste"
    case .missing: "une valeur manquante"
    }
  }
}
