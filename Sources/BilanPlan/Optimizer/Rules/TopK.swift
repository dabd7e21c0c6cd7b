import BilanDiagnostics

/// Tells a sort how many of its rows are wanted, so that it need not order the others.
///
///     take 10                              sort cost desc, first 10
///       sort cost desc                →
///
///     take 11..20                          take 11..20
///       sort cost desc                →      sort cost desc, first 20
package enum TopK: OptimizerRule {
  package static let name = "top_k"
  package static let summary = Localized(
    "sorts no more than the rows wanted", fr: "ne trie pas plus que les lignes demandées")

  package static func apply(_ plan: LogicalPlan, context: OptimizerContext) -> LogicalPlan {
    plan.rewritten { node in
      guard case .limit(var limit) = node, case .sort(var sort) = limit.input else { return node }
      sort.limit = min(sort.limit ?? limit.range.upperBound, limit.range.upperBound)
      if limit.range.lowerBound == 0 { return .sort(sort) }
      limit.input = .sort(sort)
      return .limit(limit)
    }
  }
}
