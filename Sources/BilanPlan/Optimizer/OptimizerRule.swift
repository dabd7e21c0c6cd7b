import BilanColumnar
import BilanDiagnostics
import BilanFunctions

/// A rewriting of plans that keeps what they give: same columns, same rows, same order.
///
/// Pure and total: any verified plan goes in, a verified plan with the same schema comes out. Applied twice it changes
/// nothing more. A plan may only come to fail less often, never more: see `Expression.canFail`.
package protocol OptimizerRule: Sendable {
  /// What switches it off, and what `.explain` lists.
  static var name: String { get }
  /// One line.
  static var summary: Localized { get }

  static func apply(_ plan: LogicalPlan, context: OptimizerContext) -> LogicalPlan
}

/// What rules may know besides the plan.
package struct OptimizerContext: Sendable {
  /// What `today()` is.
  package var today: CalendarDate
  /// The first month of a fiscal year, 1 to 12.
  package var fiscalYearStart: Int

  package init(today: CalendarDate, fiscalYearStart: Int) {
    self.today = today
    self.fiscalYearStart = fiscalYearStart
  }
}

/// How a plan is to be optimized.
package struct OptimizerOptions: Sendable {
  /// Names of rules that are left out.
  package var disabled: Set<String>
  package var today: CalendarDate
  package var fiscalYearStart: Int
  /// Whether to say which rules changed the plan, as `.explain` does.
  package var tracesRules: Bool

  package init(
    disabled: Set<String> = [], today: CalendarDate, fiscalYearStart: Int, tracesRules: Bool = true
  ) {
    self.disabled = disabled
    self.today = today
    self.fiscalYearStart = fiscalYearStart
    self.tracesRules = tracesRules
  }
}
