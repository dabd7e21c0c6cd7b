import BilanColumnar
import BilanDiagnostics
import BilanFunctions
import BilanSyntax

/// What does not add up by what its columns declare: amounts in different currencies, days and months.
extension Resolver {
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
}
