import BilanDiagnostics

/// Makes one filter of two that follow each other: one pass over the rows, one copy of those that stay.
///
///     where actual > 0                     where region = "Oriental" and actual > 0
///       where region = "Oriental"     →
///
/// `and` looks at both sides on every row. So a later condition that can fail stays on its own, behind the earlier one
/// that may be there to protect it.
package enum MergeFilters: OptimizerRule {
  package static let name = "merge_filters"
  package static let summary = Localized("makes one filter of several", fr: "réunit plusieurs filtres en un seul")

  package static func apply(_ plan: LogicalPlan, context: OptimizerContext) -> LogicalPlan {
    plan.rewritten { node in
      guard case .filter(let outer) = node, case .filter(let inner) = outer.input, !outer.condition.canFail,
        !outer.condition.leavesNotes
      else { return node }
      return .filter(FilterNode(input: inner.input, condition: inner.condition.and(outer.condition)))
    }
  }
}
