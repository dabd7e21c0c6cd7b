import BilanDiagnostics

/// Takes a condition apart at its `and`s, so that each part can sink as far as it may.
///
///     where region = "Oriental" and achievement > 110%
///       aggregate achievement by region
///                       ↓
///     where achievement > 110%
///       where region = "Oriental"          (may now go below the aggregate)
///         aggregate achievement by region
///
/// The left part is tested first, the right one only on the rows it keeps. `MergeFilters` joins what is left side by
/// side.
package enum SplitConjunctions: OptimizerRule {
  package static let name = "split_conjunctions"
  package static let summary = Localized("takes conditions apart at `and`", fr: "sépare les conditions à chaque `and`")

  package static func apply(_ plan: LogicalPlan, context: OptimizerContext) -> LogicalPlan {
    plan.rewritten { node in
      guard case .filter(let filter) = node, !filter.condition.leavesNotes else { return node }
      return filter.condition.conjuncts.reduce(filter.input) { .filter(FilterNode(input: $0, condition: $1)) }
    }
  }
}
