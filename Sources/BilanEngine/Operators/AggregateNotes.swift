import BilanColumnar
import BilanDiagnostics

/// What is said under a result about its aggregates.
enum AggregateNotes {
  /// Aggregates for which a missing value is no loss, or that show their coverage themselves.
  private static let silent: Set = ["count", "ratio", "share", "pool"]

  static func skipped(_ aggregate: PhysicalAggregate, count: Int) -> Diagnostic? {
    guard count > 0, !silent.contains(aggregate.name) else { return nil }
    let text = aggregate.text
    return .note(
      .missingSkipped,
      count == 1
        ? Localized("`\(text)` left out 1 missing value", fr: "`\(text)` a laissé de côté 1 valeur manquante")
        : Localized(
          "`\(text)` left out \(count) missing values", fr: "`\(text)` a laissé de côté \(count) valeurs manquantes"),
      count: count)
  }

  /// A column of ratios some of which rest on part of their rows, with the first of them as the example.
  static func coverage(_ label: String, _ columns: [Column]) -> Diagnostic? {
    var count = 0
    var example: RatioValue?
    for case .ratio(let column) in columns {
      for row in 0..<column.numerators.count {
        let ratio = column[row]
        guard ratio.reported > 0, ratio.reported < ratio.expected else { continue }
        count += 1
        example = example ?? ratio
      }
    }
    guard let example else { return nil }
    let (reported, expected) = (example.reported, example.expected)
    let rows = count == 1 ? Localized("1 row", fr: "1 ligne") : Localized("\(count) rows", fr: "\(count) lignes")
    let verb = count == 1 ? Localized("rests", fr: "repose") : Localized("rest", fr: "reposent")
    return .note(
      .partialCoverage,
      Localized(
        "`\(label)` of \(rows.english) \(verb.english) on part of the data: "
          + "(\(reported)/\(expected)) means \(reported) of \(expected) had both parts",
        fr: "`\(label)` de \(rows.french) \(verb.french) sur une partie des données : "
          + "(\(reported)/\(expected)) veut dire que \(reported) sur \(expected) avaient les deux parts"),
      count: count)
  }
}
