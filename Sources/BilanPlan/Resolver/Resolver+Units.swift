import BilanColumnar
import BilanDiagnostics
import BilanFunctions
import BilanSyntax

/// What does not add up: amounts in different currencies, days and months, persons and enterprises.
extension Resolver {
  // MARK: Units that columns declare

  /// Euros and dirhams do not add up.
  func requireOneUnit(
    _ first: Resolved, _ second: Resolved, _ symbol: String, at span: Span
  ) throws(QueryError) {
    guard let one = first.unit, let other = second.unit, one != other, first.type.isNumber, second.type.isNumber
    else { return }
    throw QueryError(
      Diagnostic.error(
        .mixedUnits,
        Localized(
          "`\(one)` and `\(other)` cannot be combined by `\(symbol)`",
          fr: "`\(one)` et `\(other)` ne se combinent pas par `\(symbol)`"), at: span,
        help: Localized(
          "convert one of them first, for example with a rate",
          fr: "convertir d’abord l’un d’eux, par exemple par un taux")
      ))
  }

  /// - Parameter values: of which some are amounts, all in one currency.
  func requireOneUnit(_ values: [Resolved], _ symbol: String, at span: Span) throws(QueryError) {
    let amounts = values.filter { $0.unit != nil && $0.type.isNumber }
    for amount in amounts.dropFirst() { try requireOneUnit(amounts[0], amount, symbol, at: span) }
  }

  /// What the elements of two columns of lists are in has to be the same where the columns become one.
  func requireOneUnit(
    ofElements label: String, _ here: DataType, _ there: DataType, in name: String, at span: Span
  ) throws(QueryError) {
    guard let list = here.list, let other = there.list, let found = list.part(inOtherUnitThan: other) else { return }
    let (one, two) = (found.here.unit ?? "", found.there.unit ?? "")
    throw failure(
      .mixedUnits,
      Localized(
        "the lists of `\(label)` are in `\(one)` here and in `\(two)` in `\(name)`",
        fr: "les listes de `\(label)` sont en `\(one)` ici et en `\(two)` dans `\(name)`"), at: span)
  }

  func requireOneDurationUnit(_ first: Resolved, _ second: Resolved, at span: Span) throws(QueryError) {
    guard case .duration(let one) = first.type, case .duration(let other) = second.type, one != other else { return }
    throw failure(
      .mixedUnits,
      Localized(
        "a duration in \(one.rawValue) and one in \(other.rawValue) do not mix",
        fr: "une durée en \(Resolver.french(one)) et une en \(Resolver.french(other)) ne se mélangent pas"), at: span,
      label: Localized(
        "a month has no fixed number of days", fr: "un mois n’a pas un nombre fixe de jours"),
      help: Localized(
        "`months_between(a, b)` counts months, `days_between(a, b)` days",
        fr: "`months_between(a, b)` compte des mois, `days_between(a, b)` des jours"))
  }

  static func french(_ unit: DurationUnit) -> String {
    switch unit {
    case .days: "jours"
    case .months: "mois"
    }
  }

  // MARK: Units that differ from row to row

  /// A column that says in which unit, or in which currency, the figures of each row are.
  struct RowUnits {
    /// What the column is called.
    enum Kind: String, CaseIterable {
      case unit, currency

      /// The columns whose figures it speaks of, by their names in English.
      var figures: [String] {
        switch self {
        case .unit: ["actual", "target", "baseline", "value"]
        case .currency: ["amount", "budget", "value"]
        }
      }

      /// What must not be added up.
      var several: Localized {
        switch self {
        case .unit: Localized("different units", fr: "des unités différentes")
        case .currency: Localized("different currencies", fr: "des monnaies différentes")
        }
      }

      /// What groups have to be made by.
      var keys: Localized {
        switch self {
        case .unit: Localized("`unit` or `indicator`", fr: "`unit` ou `indicator`")
        case .currency: Localized(verbatim: "`currency`")
        }
      }
    }

    var column: Int
    var kind: Kind
  }

  /// Persons and enterprises do not add up, nor euros and dirhams: where the rows say in which unit their figures are, the
  /// count of the units that an addition would mix; nil where it cannot mix any.
  ///
  /// - Parameter keys: what every group has one value of.
  func unitCount(
    _ call: AggregateCall, keys: [Expression], in scope: Scope
  ) throws(QueryError) -> (count: AggregateCall, of: RowUnits)? {
    // The measures of the prelude look at indicators themselves.
    guard Self.adding.contains(call.name), call.nested == nil, let span = call.span,
      span.source.name != Prelude.sourceName,
      let (figure, unit) = figureWithUnits(call, in: scope.schema),
      !keys.contains(where: { plainColumn($0) == unit.column }),
      case .aggregate(let overloads, _)? = FunctionTable.entry(named: "count_distinct")?.kind
    else { return nil }
    let isThere = try scalar(
      "not", [try scalar("is_missing", [Resolved(figure)], at: span)], at: span)
    var filter = isThere
    if let own = call.filter { filter = try scalar("and", [Resolved(own), isThere], at: span) }
    let units = Expression.column(unit.column, .text, span: span)
    guard
      case .success(let (overload, match)) = matching.best(
        of: overloads, parameters: \.parameters, result: \.result, arguments: [(label: nil, expression: units)])
    else { return nil }
    let count = AggregateCall(
      name: "count_distinct", overload: overload, arguments: match.arguments, constants: [],
      filter: filter.expression, nested: nil, type: match.resultType, span: span)
    return (count, unit)
  }

  /// The first argument whose figures are in the units of their rows, and those.
  private func figureWithUnits(_ call: AggregateCall, in schema: Schema) -> (Expression, RowUnits)? {
    for kind in RowUnits.Kind.allCases {
      guard case .found(let column) = NameLookup.column(kind.rawValue, in: schema), schema[column].type == .text,
        let figure = call.arguments.first(where: { holdsFigure($0, of: kind, in: schema) })
      else { continue }
      return (figure, RowUnits(column: column, kind: kind))
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

  /// Whether an expression is worked out from figures whose unit is their row's; conditions on them are not.
  private func holdsFigure(_ expression: Expression, of units: RowUnits.Kind, in schema: Schema) -> Bool {
    guard expression.type.isNumber || expression.type == .ratio else { return false }
    return switch expression.kind {
    case .column(let index): index < schema.count && schema[index].unit == nil && isFigure(schema[index], of: units)
    default: expression.children.contains { holdsFigure($0, of: units, in: schema) }
    }
  }

  /// A column whose unit is its row's.
  private func isFigure(_ field: Field, of units: RowUnits.Kind) -> Bool {
    let names = [field.handle] + field.aliases
    return field.type.isNumber && units.figures.contains { names.contains($0) }
  }

  /// - Parameter isTotal: whether groups are of one unit each, and only their total mixes them.
  func refusing(
    _ value: Resolved, mixing count: Expression, of units: RowUnits.Kind, isTotal: Bool = false, at span: Span
  ) throws(QueryError) -> Resolved {
    let isMixed = try scalar(
      ">", [Resolved(count), Resolved(.constant(.integer(1), span: span))], at: span)
    let text = span.text.collapsingWhiteSpace
    let (mixed, keys) = (units.several, units.keys)
    let notes =
      isTotal
      ? Localized(
        "the total of `\(text)` would add up \(mixed.english): it is left out",
        fr: "le total de `\(text)` additionnerait \(mixed.french) : il est omis")
      : Localized(
        "`\(text)` would add up \(mixed.english): add \(keys.english) to `by`, or keep one of them with `where`",
        fr:
          "`\(text)` additionnerait \(mixed.french) : ajouter \(keys.french) à `by`, ou n’en garder qu’une avec `where`"
      )
    var result = try scalar(
      "missing_if",
      [
        value, isMixed, Resolved(.constant(.text(notes.english), span: span)),
        Resolved(.constant(.text(notes.french), span: span)),
      ], at: span)
    result.display = value.display
    result.unit = value.unit
    return result
  }
}
