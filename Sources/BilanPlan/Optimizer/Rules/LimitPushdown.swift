import BilanDiagnostics

/// Takes the first rows before columns are computed for them, not after.
///
///     take 10                              project label = lower(name)
///       project label = lower(name)   →      take 10
///         sort cost desc                       sort cost desc
///
/// The limit may so meet a sort, where `TopK` waits. A check or a filter is not passed: they look at rows beyond.
package enum LimitPushdown: OptimizerRule {
  package static let name = "limit_pushdown"
  package static let summary = Localized(
    "takes the first rows before computing columns", fr: "prend les premières lignes avant de calculer les colonnes")

  package static func apply(_ plan: LogicalPlan, context: OptimizerContext) -> LogicalPlan {
    plan.rewritten { node in
      guard case .limit(let limit) = node else { return node }
      return push(limit.range, into: limit.input)
    }
  }

  private static func push(_ range: Range<Int>, into plan: LogicalPlan) -> LogicalPlan {
    guard case .project(var project) = plan, !project.outputs.contains(where: \.expression.leavesNotes) else {
      return .limit(LimitNode(input: plan, range: range))
    }
    project.input = push(range, into: project.input)
    return .project(project)
  }
}
