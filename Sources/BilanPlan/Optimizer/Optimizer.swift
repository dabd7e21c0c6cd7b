import BilanDiagnostics

/// Rewrites a plan rule by rule, in the order of one list, into one that gives the same with less work.
package struct Optimizer {
  /// Every rule, in the order applied.
  ///
  /// Conditions are taken apart first so that each part can sink on its own, and joined again where they came to rest.
  /// Sinking brings projects side by side and constants into expressions, so merging and a second folding follow it.
  /// What is computed twice is looked for when expressions are as they stay. Columns are counted out when it is settled
  /// who reads what, and conditions by which to skip are listed last, over the columns that are left.
  package static let rules: [any OptimizerRule.Type] = [
    ConstantFolding.self,
    SplitConjunctions.self,
    LimitPushdown.self,
    FilterPushdown.self,
    MergeProjects.self,
    ConstantFolding.self,
    MergeFilters.self,
    ScanPredicates.self,
    TopK.self,
    SharedExpressions.self,
    DeadColumns.self,
    IdentityProjects.self,
    SkipByBounds.self,
  ]

  /// A rule that changed a plan.
  package struct Application: Sendable {
    package var rule: String
    package var summary: Localized
  }

  /// The plan after every rule that is not disabled, and those that changed it, in order, where `tracesRules`.
  ///
  /// Debug builds verify the plan before the first rule and after each.
  package static func optimize(
    _ plan: LogicalPlan, options: OptimizerOptions
  ) -> (plan: LogicalPlan, applied: [Application]) {
    assertValid(plan, after: nil)
    let context = OptimizerContext(today: options.today, fiscalYearStart: options.fiscalYearStart)
    let schema = plan.schema
    var plan = plan
    // Printing costs more than the rules: only a caller who wants to know pays for it.
    var text = options.tracesRules ? PlanPrinter.print(plan) : ""
    var applied: [Application] = []
    for rule in rules where !options.disabled.contains(rule.name) {
      plan = rule.apply(plan, context: context)
      assertValid(plan, after: rule.name)
      assert(plan.schema == schema, "rule `\(rule.name)` changed the columns of the plan")
      guard options.tracesRules else { continue }
      let rewritten = PlanPrinter.print(plan)
      if rewritten != text { applied.append(Application(rule: rule.name, summary: rule.summary)) }
      text = rewritten
    }
    return (plan, applied)
  }

  private static func assertValid(_ plan: LogicalPlan, after rule: String?) {
    assert(
      {
        guard let fault = PlanVerifier.verify(plan) else { return true }
        print("plan is wrong \(rule.map { "after rule `\($0)`" } ?? "before any rule"): \(fault)")
        print(PlanPrinter.print(plan))
        return false
      }(), "the plan is wrong")
  }
}
