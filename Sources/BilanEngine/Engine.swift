import BilanColumnar
import BilanDiagnostics
import BilanPlan

/// Runs logical plans.
///
///     logical plan ── PhysicalPlanner ──▶ pipelines ── Executor, Scheduler ──▶ table, notes, failed checks
package struct Engine {
  /// The rows of `plan` with what they leave out.
  ///
  /// The answer does not depend on `chunkSize` and `workers`.
  ///
  /// - Throws: what a kernel, a join or a source finds wrong; `.cancelled` when asked to stop.
  package static func run(
    _ plan: LogicalPlan, options: ExecutionOptions
  ) throws(QueryError) -> ExecutionResult {
    let executor = Executor(options: options)
    let result = try executor.run(PhysicalPlanner.pipeline(for: plan))
    let table = Table(schema: result.schema, chunks: result.chunks.filter { $0.count > 0 })
    executor.add(CoverageNotes.notes(table, isCrosstab: !plan.hasKnownColumns))
    return ExecutionResult(
      table: table, notes: executor.notes, failedChecks: executor.failedChecks, profile: executor.profile)
  }
}
