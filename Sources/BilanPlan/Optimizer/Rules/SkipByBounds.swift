import BilanColumnar
import BilanDiagnostics

/// Tells a scan which of its conditions the least and greatest values of many rows can rule out, so that it need not
/// read or look at those rows: row groups of a Parquet file by its statistics, stretches of a table in memory by bounds
/// that are found once.
///
///     scan results: date, actual where date >= 2019-01-01 and actual > 3
///       →  … skipping by date, actual
///
/// The rows that are left out are rows for which the condition is not true. Where it can fail or leaves notes it must be
/// tried on every row, and nothing is skipped.
package enum SkipByBounds: OptimizerRule {
  package static let name = "skip_by_bounds"
  package static let summary = Localized(
    "leaves out stretches of rows whose bounds show that none can count",
    fr: "écarte les suites de lignes dont les bornes montrent qu’aucune ne peut compter")

  package static func apply(_ plan: LogicalPlan, context: OptimizerContext) -> LogicalPlan {
    plan.rewritten { node in
      guard case .scan(var scan) = node, let predicate = scan.predicate, !predicate.canFail, !predicate.leavesNotes
      else { return node }
      scan.skipping = predicate.conjuncts.compactMap { ColumnCondition($0) }.filter { [scan] condition in
        scan.source.hasBounds(ofColumn: scan.columns[condition.column])
      }
      return .scan(scan)
    }
  }
}
