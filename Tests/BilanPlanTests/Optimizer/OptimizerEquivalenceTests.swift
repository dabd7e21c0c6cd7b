import BilanColumnar
import BilanPlan
import BilanTestSupport
import Testing

/// Random plans give the same rows after any choice of rules as before.
@Suite struct OptimizerEquivalenceTests {
  @Test(arguments: 0..<8) func optimizedPlansGiveTheSame(part: Int) throws {
    var ran = 0
    for round in 0..<150 {
      let seed = UInt64(part * 1000 + round)
      var generator = PlanGenerator(seed: seed)
      let plan = generator.plan()
      let names = Optimizer.rules.map { $0.name }
      let disabled = round % 3 == 0 ? [] : names.filter { _ in generator.chance(3) }
      #expect(PlanVerifier.verify(plan) == nil, "seed \(seed)")
      let options = OptimizerOptions(
        disabled: Set(disabled), today: CalendarDate(days: 0), fiscalYearStart: 1)
      let (optimized, applied) = Optimizer.optimize(plan, options: options)

      var before = PlanEvaluator()
      // A plan may come to fail less often, so one that fails says nothing.
      guard let expected = try? before.run(plan) else { continue }
      ran += 1
      var after = PlanEvaluator()
      let rows = try? after.run(optimized)
      let story: Comment =
        "seed \(seed), \(applied.map(\.rule))\n\(PlanPrinter.print(plan))\n\n\(PlanPrinter.print(optimized))"
      #expect(rows == expected, story)
      #expect(Set(after.failed) == Set(before.failed), story)
    }
    #expect(ran > 90)
  }
}
