import BilanColumnar
import BilanDiagnostics

/// What is said under a result about its aggregates.
enum AggregateNotes {
  /// Aggregates for which a missing value is no loss, or that show their coverage themselves.
  private static let silent: Set = ["count", "ratio", "share", "pool"]

  static func skipped(_ aggregate: PhysicalAggregate, count: Int) -> Diagnostic? {
    guard count > 0, !aggregate.isTest, !silent.contains(aggregate.name) else { return nil }
    let text = aggregate.text
    return .note(
      .missingSkipped,
      count == 1
        ? Localized("`\(text)` left out 1 missing value", fr: "`\(text)` a laissé de côté 1 valeur manquante")
        : Localized(
          "`\(text)` left out \(count) missing values", fr: "`\(text)` a laissé de côté \(count) valeurs manquantes"),
      count: count)
  }
}
