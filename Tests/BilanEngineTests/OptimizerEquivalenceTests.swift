import BilanColumnar
import BilanEngine
import BilanPlan
import BilanTestSupport
import Testing

/// The engine gives the same for a plan, for what the optimizer makes of it, and what the row-by-row evaluator gives.
@Suite struct OptimizerEquivalenceTests {
  @Test(arguments: 0..<8) func optimizedPlansRunAlike(part: Int) throws {
    var ran = 0
    for round in 0..<100 {
      let seed = UInt64(100_000 + part * 1000 + round)
      var generator = BilanTestSupport.PlanGenerator(seed: seed)
      let plan = generator.plan()
      let (optimized, applied) = Optimizer.optimize(
        plan, options: OptimizerOptions(today: CalendarDate(days: 0), fiscalYearStart: 1))
      let story: Comment =
        "seed \(seed), \(applied.map(\.rule))\n\(PlanPrinter.print(plan))\n\n\(PlanPrinter.print(optimized))"

      var evaluator = BilanTestSupport.PlanEvaluator()
      // A plan may come to fail less often, so one that fails says nothing.
      guard let expected = try? evaluator.run(plan) else { continue }
      ran += 1
      let before = try? rows(plan, chunkSize: 3)
      #expect(before == expected, story)
      let after = try? rows(optimized, chunkSize: 5)
      #expect(after == expected, story)
    }
    #expect(ran > 60)
  }

  private func rows(_ plan: LogicalPlan, chunkSize: Int) throws -> [[Value]] {
    let options = ExecutionOptions(today: CalendarDate(days: 0), chunkSize: chunkSize, workers: 2)
    let table = try Engine.run(plan, options: options).table
    return table.chunks.flatMap { chunk in
      (0..<chunk.count).map { row in
        zip(chunk.columns, table.schema.fields).map { $0.value(row, as: $1.type) }
      }
    }
  }
}
