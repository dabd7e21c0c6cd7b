import BilanColumnar
import BilanDiagnostics

/// Durations in words.
enum DurationText {
  /// `18 months`, as a query has it.
  static func machine(_ count: Int64, _ unit: DurationUnit) -> String { text(count, unit, .english) { String($0) } }

  static func text(
    _ count: Int64, _ unit: DurationUnit, _ language: Language, number: (Int64) -> String
  ) -> String {
    let name: Localized =
      switch unit {
      case .days: count.magnitude == 1 ? Localized("day", fr: "jour") : Localized("days", fr: "jours")
      case .months: count.magnitude == 1 ? Localized("month", fr: "mois") : Localized("months", fr: "mois")
      }
    return number(count) + " " + name[language]
  }
}
