import BilanColumnar
import BilanFunctions
import BilanPlan
import BilanTestSupport
import Testing

/// Each rule alone: what it makes of a plan, what it leaves alone, and that applied twice it changes nothing more.
@Suite struct OptimizerRuleTests {
  private func check(
    _ rule: any OptimizerRule.Type, _ builder: PlanBuilder, _ expected: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let context = OptimizerContext(today: CalendarDate(days: 0), fiscalYearStart: 1)
    #expect(PlanVerifier.verify(builder.plan) == nil, sourceLocation: sourceLocation)
    let once = rule.apply(builder.plan, context: context)
    #expect(PlanVerifier.verify(once) == nil, sourceLocation: sourceLocation)
    #expect(once.schema == builder.plan.schema, sourceLocation: sourceLocation)
    #expect(PlanPrinter.print(once) == expected, sourceLocation: sourceLocation)
    let twice = rule.apply(once, context: context)
    #expect(PlanPrinter.print(twice) == expected, sourceLocation: sourceLocation)
  }

  private func unchanged(
    _ rule: any OptimizerRule.Type, _ builder: PlanBuilder, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    check(rule, builder, PlanPrinter.print(builder.plan), sourceLocation: sourceLocation)
  }

  // MARK: Constant folding

  @Test func foldsCallsOfConstants() {
    check(
      ConstantFolding.self, results.filter { call("<", $0["year"], call("+", number(2), number(3))) },
      "where year < 5\n  scan results: region, sex, year, target, actual, known")
    check(
      ConstantFolding.self, regions.project { _ in [("t", call("today"))] },
      "project t = 7\n  scan regions: id, zone, rank")
  }

  @Test func leavesCallsThatFailOrLeaveNotes() {
    unchanged(ConstantFolding.self, regions.project { _ in [("n", call("+", number(.max), number(1)))] })
    unchanged(ConstantFolding.self, regions.project { _ in [("n", call("missing_if", truth(true), number(1)))] })
  }

  @Test func simplifiesConditions() {
    let old: (PlanBuilder) -> Expression = { call("<", $0["rank"], number(3)) }
    let plain = "where rank < 3\n  scan regions: id, zone, rank"
    check(ConstantFolding.self, regions.filter { call("and", truth(true), old($0)) }, plain)
    check(ConstantFolding.self, regions.filter { call("or", old($0), truth(false)) }, plain)
    check(ConstantFolding.self, regions.filter { call("or", old($0), truth(true)) }, "scan regions: id, zone, rank")
    check(
      ConstantFolding.self, regions.filter { call("and", old($0), call("not", truth(true))) },
      "where false\n  scan regions: id, zone, rank")
    check(
      ConstantFolding.self, regions.filter { _ in .constant(.missing, type: .boolean) },
      "where false\n  scan regions: id, zone, rank")
  }

  @Test func keepsWhatAndMakesOfMissing() {
    // `known` may be missing: as a condition it is as good as `known and true`, as a value it is not.
    let both: (PlanBuilder) -> Expression = { call("and", $0["known"], truth(true)) }
    check(
      ConstantFolding.self, results.filter(both),
      "where known\n  scan results: region, sex, year, target, actual, known")
    unchanged(ConstantFolding.self, results.project { [("k", both($0))] })
  }

  @Test func takesTheBranchOfAConstantCondition() {
    let condition = call("=", number(1), number(2))
    check(
      ConstantFolding.self, regions.project { [("x", call("select", condition, $0["id"], $0["zone"]))] },
      "project x = zone\n  scan regions: id, zone, rank")
    check(
      ConstantFolding.self,
      regions.project { [("x", call("select", condition, $0["id"], .constant(.missing, type: .missing)))] }.sort("x"),
      "sort x\n  project x = missing\n    scan regions: id, zone, rank")
  }

  @Test func foldsInsideAggregatesAndSubqueries() {
    let two = call("+", number(1), number(1))
    let nested = NestedAggregation(
      keys: [results["region"]], aggregates: [aggregate("sum", results["actual"], filter: call("<", two, number(3)))])
    check(
      ConstantFolding.self,
      results.aggregate { _ in [("a", aggregate("sum", .column(0, .real), nested: nested))] },
      "aggregate a = sum(sum(actual where true) per region)\n"
        + "  scan results: region, sex, year, target, actual, known")
    let inner = regions.filter { call("<", $0["rank"], two) }.keep("id")
    check(
      ConstantFolding.self,
      regions.filter { Expression(.inSubquery($0["zone"], inner.plan), type: .boolean) },
      """
      where zone in (subquery 1)
        subquery 1:
          project id
            where rank < 2
              scan regions: id, zone, rank
        scan regions: id, zone, rank
      """)
  }

  // MARK: Conjunctions

  @Test func splitsConjunctionsFromLeftToRight() {
    check(
      SplitConjunctions.self,
      regions.filter { input in
        let ranks = call("and", call("<", input["rank"], number(3)), call(">", input["rank"], number(1)))
        return call("and", ranks, call("is_missing", input["zone"]))
      },
      """
      where zone is missing
        where rank > 1
          where rank < 3
            scan regions: id, zone, rank
      """)
    unchanged(
      SplitConjunctions.self,
      regions.filter { call("or", call("<", $0["rank"], number(3)), call("is_missing", $0["zone"])) })
  }

  @Test func mergesFiltersUnlessTheLaterOneCanFail() {
    let first = regions.filter { call("<", $0["rank"], number(3)) }
    check(
      MergeFilters.self, first.filter { call("is_missing", $0["zone"]) },
      "where rank < 3 and zone is missing\n  scan regions: id, zone, rank")
    unchanged(MergeFilters.self, first.filter { call("<", call("*", $0["rank"], $0["rank"]), number(9)) })
  }

  @Test func givesFiltersToScans() {
    let first = regions.filter { call("<", $0["rank"], number(3)) }
    check(ScanPredicates.self, first, "scan regions: id, zone, rank where rank < 3")
    check(
      ScanPredicates.self, first.filter { call("is_missing", $0["zone"]) },
      "scan regions: id, zone, rank where rank < 3 and zone is missing")
    check(
      ScanPredicates.self, first.filter { call("fragile", $0["rank"]) },
      "where fragile(rank)\n  scan regions: id, zone, rank where rank < 3")
  }

  // MARK: Limits

  @Test func takesRowsBeforeComputing() {
    check(
      LimitPushdown.self,
      regions.sort("rank").project { [("x", call("+", $0["id"], $0["zone"]))] }.keep("x").take(0..<5),
      """
      project x
        project x = id + zone
          take 5
            sort rank
              scan regions: id, zone, rank
      """)
    unchanged(LimitPushdown.self, regions.filter { call("is_missing", $0["id"]) }.take(0..<5))
    unchanged(LimitPushdown.self, regions.check { call("is_missing", $0["id"]) }.take(0..<5))
  }

  @Test func tellsSortsHowManyRowsAreWanted() {
    check(
      TopK.self, regions.sort("rank", descending: true).take(0..<5),
      "sort rank desc, first 5\n  scan regions: id, zone, rank")
    check(
      TopK.self, regions.sort("rank").take(10..<20),
      "take 11..20\n  sort rank, first 20\n    scan regions: id, zone, rank")
    check(TopK.self, regions.sort("rank").take(0..<9).take(0..<5), "sort rank, first 5\n  scan regions: id, zone, rank")
  }

  // MARK: Projects

  @Test func mergesProjectsThatComputeNothingTwice() {
    let sum = regions.project { [("s", call("+", $0["rank"], number(1))), ("id", $0["id"])] }
    check(
      MergeProjects.self, sum.project { [("t", call("*", $0["s"], number(2))), ("a", $0["id"]), ("b", $0["id"])] },
      "project t = (rank + 1) * 2, a = id, b = id\n  scan regions: id, zone, rank")
    unchanged(MergeProjects.self, sum.project { [("t", call("*", $0["s"], $0["s"]))] })
  }

  @Test func dropsProjectsThatChangeNothing() {
    check(IdentityProjects.self, regions.keep("id", "zone", "rank"), "scan regions: id, zone, rank")
    unchanged(IdentityProjects.self, regions.keep("id", "zone"))
    unchanged(IdentityProjects.self, regions.keep("id", "rank", "zone"))
    unchanged(IdentityProjects.self, regions.project { [("id", $0["id"]), ("z", $0["zone"]), ("rank", $0["rank"])] })
  }

  // MARK: Aggregates

  @Test func computesOnceWhatAggregatesShare() {
    let next: (PlanBuilder) -> Expression = { call("+", $0["rank"], number(1)) }
    check(
      SharedExpressions.self,
      regions.aggregate(by: { [("zone", $0["zone"])] }) {
        [("a", aggregate("sum", next($0))), ("b", aggregate("sum", call("*", next($0), number(2))))]
      },
      """
      aggregate a = sum(shared_1), b = sum(shared_1 * 2) by zone
        project id, zone, rank, shared_1 = rank + 1
          scan regions: id, zone, rank
      """)
    // The largest part that is shared, not its parts as well.
    check(
      SharedExpressions.self,
      regions.aggregate {
        [
          ("a", aggregate("min", call("*", next($0), number(2)))),
          ("b", aggregate("max", call("*", next($0), number(2)))),
        ]
      },
      """
      aggregate a = min(shared_1), b = max(shared_1)
        project id, zone, rank, shared_1 = (rank + 1) * 2
          scan regions: id, zone, rank
      """)
    unchanged(
      SharedExpressions.self,
      regions.aggregate { [("a", aggregate("sum", next($0))), ("b", aggregate("sum", $0["rank"]))] })
    // Sums of products of reals are worked out in whole numbers.
    let one = Expression(.constant(.real(1)), type: .real)
    let prices = results.project { _ in [("x", one)] }
    let price = Expression.column(0, .real)
    let product = call("*", price, call("-", one, price))
    unchanged(
      SharedExpressions.self,
      prices.aggregate { _ in [("a", aggregate("sum", product)), ("b", aggregate("mean", call("*", product, price)))] })
    check(
      SharedExpressions.self,
      prices.aggregate { _ in
        [("a", aggregate("min", product)), ("b", aggregate("sum", product)), ("c", aggregate("max", product))]
      },
      """
      aggregate a = min(shared_1), b = sum(shared_1), c = max(shared_1)
        project x, shared_1 = x * (1.0 - x)
          project x = 1.0
            scan results: region, sex, year, target, actual, known
      """)
    // A filter keeps an overflow away: what it guards stays behind it.
    unchanged(
      SharedExpressions.self,
      regions.aggregate {
        [
          ("a", aggregate("sum", next($0), filter: call("<", $0["rank"], number(5)))),
          ("b", aggregate("max", next($0), filter: call("<", $0["rank"], number(9)))),
        ]
      })
  }
}
