import BilanColumnar
import BilanDiagnostics
import BilanFunctions
import BilanSyntax

/// What does not add up from row to row: persons and enterprises, euros and dirhams, where a column says which they are.
extension Resolver {
  /// How the result of a call stands to the unit of its row.
  ///
  /// Sums, differences and multiples of figures are in it. What comes of the unit itself is the query's own affair, as
  /// `if currency = "EUR" then amount * 10.8 else amount` is; so is a product with another column, such as a rate.
  func rowUnit(of name: String, _ arguments: [Resolved], _ type: DataType) -> RowUnit? {
    let marks = arguments.compactMap(\.rowUnit)
    if let said = marks.first(where: { $0.followed == nil }) { return said }
    guard type.isNumber, let followed = marks.first else { return nil }
    switch name {
    case "+", "-", "negate", "abs", "round", "floor", "ceil", "least", "greatest", "clamp", "select", "??",
      "missing_if", "to_real":
      return followed
    case "*": return arguments.contains { isOneValue($0.expression) } ? followed : nil
    case "/": return isOneValue(arguments[1].expression) ? followed : nil
    default: return nil
    }
  }

  /// Whether an expression is the same on every row.
  private func isOneValue(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .constant, .subquery: true
    case .column, .inSubquery: false
    case .call(let call): call.arguments.allSatisfy(isOneValue)
    }
  }

  /// How the result of an aggregate stands to the unit of the rows that it makes.
  func rowUnit(of name: String, over argument: Resolved?, _ type: DataType) -> RowUnit? {
    guard let mark = argument?.rowUnit else { return nil }
    switch mark {
    case .follows: return type.isNumber && !["count", "count_distinct", "variance"].contains(name) ? mark : nil
    case .says: return ["first", "last", "only", "min", "max", "mode"].contains(name) ? mark : nil
    }
  }

  /// A column that says in which unit, or in which currency, the figures of each row are.
  struct RowUnits {
    var kind: RowUnit.Kind
    var column: Int
    /// As a query writes it.
    var name: String
    /// Whether a step has left it out.
    var isHidden = false

    /// What must not be added up.
    var several: Localized {
      switch kind {
      case .unit: Localized("different units", fr: "des unités différentes")
      case .currency: Localized("different currencies", fr: "des monnaies différentes")
      }
    }

    /// What to do about it.
    var help: Localized {
      if isHidden {
        return Localized(
          "keep `\(name)` and add it to `by`, or keep one of them with `where`",
          fr: "garder `\(name)` et l’ajouter à `by`, ou n’en garder qu’une avec `where`")
      }
      let keys =
        switch kind {
        case .unit: Localized("`\(name)` or `indicator`", fr: "`\(name)` ou `indicator`")
        case .currency: Localized(verbatim: "`\(name)`")
        }
      return Localized(
        "add \(keys.english) to `by`, or keep one of them with `where`",
        fr: "ajouter \(keys.french) à `by`, ou n’en garder qu’une avec `where`")
    }

    /// - Parameter isTotal: whether groups are of one unit each, and only their total mixes them.
    func notes(on text: String, isTotal: Bool) -> Localized {
      isTotal
        ? Localized(
          "the total of `\(text)` would add up \(several.english): it is left out",
          fr: "le total de `\(text)` additionnerait \(several.french) : il est omis")
        : Localized(
          "`\(text)` would add up \(several.english): \(help.english)",
          fr: "`\(text)` additionnerait \(several.french) : \(help.french)")
    }
  }

  /// A count that is more than 1 where an aggregate would say nothing, and what is said then.
  struct UnitTest {
    var count: AggregateCall
    var notes: Localized
  }

  /// What tells, where the rows say in which unit their figures are, that an aggregate mixes units or adds percentages
  /// up.
  ///
  /// - Parameters:
  ///   - arguments: of the call, as they are written.
  ///   - filter: of the call, over the rows at hand.
  ///   - keys: what every group has one value of.
  ///   - hasTotals: whether all groups are taken together too.
  func unitTests(
    _ call: AggregateCall, of arguments: [Resolved], filter: Expression?, keys: [Expression], hasTotals: Bool,
    in scope: Scope
  ) throws(QueryError) -> [UnitTest] {
    // The measures of the prelude look at indicators themselves.
    guard Self.adding.contains(call.name), let span = call.span, span.source.name != Prelude.sourceName,
      let (figure, units) = figureWithUnits(arguments, in: scope.schema)
    else { return [] }
    var isCounted = filter.map { Resolved($0) }
    // What is worked out for groups within the group is not at hand for a row.
    if call.nested == nil {
      let isThere = try scalar("not", [try scalar("is_missing", [Resolved(figure)], at: span)], at: span)
      isCounted = try both(isCounted, isThere, at: span)
    }
    let column = Resolved(.column(units.column, .text, span: span))
    let text = span.text.collapsingWhiteSpace
    let isKey = keys.contains { plainColumn($0) == units.column }
    var tests: [UnitTest] = []
    if !isKey || hasTotals, let count = test("count_distinct", [column], isCounted?.expression, at: span) {
      tests.append(UnitTest(count: count, notes: units.notes(on: text, isTotal: isKey)))
    }
    if call.name == "sum", call.nested == nil, units.kind == .unit {
      let words = Self.percentages.map { Resolved(.constant(.text($0), span: span)) }
      let isPercent = try scalar("in", [try scalar("fold", [column], at: span)] + words, at: span)
      let counted = try both(isCounted, isPercent, at: span)
      if let count = test("count", [], counted?.expression, at: span) {
        tests.append(UnitTest(count: count, notes: Self.notesOnPercentages(text)))
      }
    }
    return tests
  }

  private static func notesOnPercentages(_ text: String) -> Localized {
    Localized(
      "`\(text)` would add up percentages: take their `mean`, or the `ratio` of what they are made of",
      fr: "`\(text)` additionnerait des pourcentages : prendre leur `mean`, ou le `ratio` de ce qui les compose")
  }

  private func test(_ name: String, _ arguments: [Resolved], _ filter: Expression?, at span: Span) -> AggregateCall? {
    guard case .aggregate(let overloads, _)? = FunctionTable.entry(named: name)?.kind,
      case .success(let (overload, match)) = matching.best(
        of: overloads, parameters: \.parameters, result: \.result,
        arguments: arguments.map { (label: nil, expression: $0.expression) })
    else { return nil }
    var count = AggregateCall(
      name: name, overload: overload, arguments: match.arguments, constants: [], filter: filter, nested: nil,
      type: match.resultType, span: span)
    count.isTest = true
    return count
  }

  /// Units of what is a share of something, which has no sum.
  private static let percentages = [
    "%", "percent", "per cent", "percentage", "percentages", "pct", "pourcent", "pour cent", "pourcentage",
    "pourcentages", "taux", "rate",
  ]

  /// The first argument whose figures are in the units of their rows, and those.
  private func figureWithUnits(_ arguments: [Resolved], in schema: Schema) -> (Expression, RowUnits)? {
    for argument in arguments {
      guard let kind = argument.rowUnit?.followed else { continue }
      let columns = schema.fields.indices.filter { schema[$0].rowUnit == .says(kind) && schema[$0].type == .text }
      guard let column = columns.first(where: { !schema[$0].isHidden }) ?? columns.first else { continue }
      let name = NameLookup.spelling(of: schema[column])
      return (
        argument.expression, RowUnits(kind: kind, column: column, name: name, isHidden: schema[column].isHidden)
      )
    }
    return nil
  }

  /// The aggregates that add figures up, or weigh them against each other.
  private static let adding: Set<String> = [
    "sum", "mean", "median", "quantile", "weighted_mean", "stddev", "variance", "ratio",
  ]

  /// The column that an expression is, conversions aside.
  func plainColumn(_ expression: Expression) -> Int? {
    switch expression.kind {
    case .column(let index): index
    case .call(let call) where call.name == "to_real": call.arguments.first.flatMap(plainColumn)
    default: nil
    }
  }

  /// The value, missing where a test says so.
  func refusing(
    _ value: Resolved, _ count: Expression, _ notes: Localized, at span: Span
  ) throws(QueryError) -> Resolved {
    let isRefused = try scalar(
      ">", [Resolved(count), Resolved(.constant(.integer(1), span: span))], at: span)
    var result = try scalar(
      "missing_if",
      [
        value, isRefused, Resolved(.constant(.text(notes.english), span: span)),
        Resolved(.constant(.text(notes.french), span: span)),
      ], at: span)
    result.display = value.display
    result.unit = value.unit
    return result
  }
}
