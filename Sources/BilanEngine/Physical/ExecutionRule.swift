import BilanPlan

/// What is decided while a plan runs, by what its tables turn out to hold.
///
/// As with the rules of the optimizer the answer is the same without it: same rows, same order, same notes.
package enum ExecutionRule: String, Sendable, CaseIterable {
  /// See `JoinReduction`.
  case reduceJoins = "reduce_joins"
  /// See `JoinAggregation`.
  case aggregateJoins = "aggregate_joins"
  /// See `SortedAggregate`.
  case aggregateInOrder = "aggregate_in_order"
  /// See `RowStream`. No plan leaves it open: which files need not be kept, whoever runs it knows.
  case streamFiles = "stream_files"

  /// Those that a plan leaves open: each is taken where rows, keys and values are such that it pays.
  package static func open(in plan: LogicalPlan) -> [ExecutionRule] {
    allCases.filter { $0.isOpen(in: plan) }
  }

  private func isOpen(in plan: LogicalPlan) -> Bool {
    switch (self, plan) {
    case (.reduceJoins, .filter(let node)) where Self.joins(under: node.input).contains { $0.kind == .inner }: true
    case (.aggregateJoins, .aggregate(let node)) where !Self.joins(under: node.input).isEmpty: true
    case (.aggregateInOrder, .aggregate(let node)) where !node.keys.isEmpty && Self.isScan(node.input): true
    default: plan.inputs.contains { isOpen(in: $0) }
    }
  }

  /// The joins next below, through conditions and one another’s left sides.
  private static func joins(under plan: LogicalPlan) -> [JoinNode] {
    switch plan {
    case .filter(let node): joins(under: node.input)
    case .join(let node): [node] + joins(under: node.left)
    default: []
    }
  }

  private static func isScan(_ plan: LogicalPlan) -> Bool {
    if case .scan(let node) = plan { node.predicate == nil } else { false }
  }
}
