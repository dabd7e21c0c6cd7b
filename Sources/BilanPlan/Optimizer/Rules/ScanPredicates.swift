import BilanDiagnostics

/// Gives a filter that stands on a scan to the scan, which can skip rows while it reads.
///
///     where year = 2019                    scan results: year, actual where year = 2019
///       scan results: year, actual    →
///
/// As in `MergeFilters`, a condition that can fail does not join one that is there already.
package enum ScanPredicates: OptimizerRule {
  package static let name = "scan_predicates"
  package static let summary = Localized("filters rows while they are read", fr: "filtre les lignes dès la lecture")

  package static func apply(_ plan: LogicalPlan, context: OptimizerContext) -> LogicalPlan {
    plan.rewritten { node in
      guard case .filter(let filter) = node, case .scan(var scan) = filter.input else { return node }
      if let predicate = scan.predicate {
        guard !filter.condition.canFail, !filter.condition.leavesNotes else { return node }
        scan.predicate = predicate.and(filter.condition)
      } else {
        scan.predicate = filter.condition
      }
      return .scan(scan)
    }
  }
}
