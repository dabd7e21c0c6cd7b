import BilanColumnar
import BilanPlan
import BilanTestSupport
import Testing

/// Where conditions sink and where they stop; which columns go and which must stay.
@Suite struct PushdownRuleTests {
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
    #expect(
      PlanPrinter.print(rule.apply(once, context: context)) == expected, "twice", sourceLocation: sourceLocation)
  }

  private func stays(_ builder: PlanBuilder, sourceLocation: SourceLocation = #_sourceLocation) {
    check(FilterPushdown.self, builder, PlanPrinter.print(builder.plan), sourceLocation: sourceLocation)
  }

  private let isFirst: (PlanBuilder) -> Expression = { call("=", $0["rank"], number(1)) }
  private let isNorth: (PlanBuilder) -> Expression = { call("=", $0["zone"], text("north")) }
  private let scan = "scan regions: id, zone, rank"

  // MARK: Filters

  @Test func sinksThroughProjectsAndSorts() {
    check(
      FilterPushdown.self,
      regions.sort("rank").project { [("next", call("+", $0["rank"], number(1)))] }
        .filter { call("<", $0["next"], number(5)) },
      """
      project next = rank + 1
        sort rank
          where rank + 1 < 5
            \(scan)
      """)
  }

  @Test func sinksIntoBothSidesOfAnAppend() {
    check(
      FilterPushdown.self, regions.append(regions.sort("id")).filter(isFirst),
      """
      append
        where rank = 1
          \(scan)
        sort id
          where rank = 1
            \(scan)
      """)
  }

  @Test func sinksBelowAggregatesOnKeysOnly() {
    let counted = regions.aggregate(by: { [("zone", $0["zone"])] }) { _ in [("n", aggregate("count"))] }
    check(
      FilterPushdown.self, counted.filter(isNorth).filter { call(">", $0["n"], number(2)) },
      """
      where n > 2
        aggregate n = count by zone
          where zone = "north"
            \(scan)
      """)
    stays(
      regions.aggregate(by: { [("zone", $0["zone"])] }, totals: [[]]) { _ in [("n", aggregate("count"))] }
        .filter(isNorth))
    stays(regions.aggregate { _ in [("n", aggregate("count"))] }.filter { _ in truth(false) })
  }

  @Test func sinksBelowWindowsOnPartitionKeysOnly() {
    let window = regions.window(per: { [$0["zone"]] }) { _ in [("n", .aggregate(aggregate("count")), .integer)] }
    check(
      FilterPushdown.self, window.filter(isNorth).filter(isFirst),
      """
      where rank = 1
        window n = count per zone
          where zone = "north"
            \(scan)
      """)
  }

  @Test func sinksBelowTheLeftOfAJoin() {
    for kind in [JoinNode.Kind.left, .inner, .semi, .anti] {
      let taking = kind == .left || kind == .inner ? ["zone"] : []
      let joined = results.keep("region", "year").join(kind, regions, on: "region", "id", taking: taking)
      check(
        FilterPushdown.self, joined.filter { call("=", $0["year"], number(2019)) },
        """
        join \(kind.rawValue) many on region = id\(taking.isEmpty ? "" : " taking zone")
          project region, year
            where year = 2019
              scan results: region, sex, year, target, actual, known
          \(scan)
        """)
    }
    let full = results.join(.full, regions, on: "region", "id", taking: ["zone"])
    stays(full.filter { call("=", $0["year"], number(2019)) })
    // The note of rows without a match would count rows that have one.
    stays(results.join(.inner, regions, on: "region", "id", taking: ["zone"]).filter(isNorth))
  }

  @Test func sinksBelowUnpivotOnKeptColumns() {
    check(
      FilterPushdown.self,
      results.unpivot(["target", "actual"], keeping: ["year"]).filter { call("=", $0["year"], number(2019)) }
        .filter { call("is_missing", $0["value"]) },
      """
      where value is missing
        unpivot target, actual into kind, value beside year
          where year = 2019
            scan results: region, sex, year, target, actual, known
      """)
  }

  @Test func stopsAtStepsThatAreAboutOtherRows() {
    stays(regions.take(0..<3).filter(isFirst))
    stays(regions.top(3, by: "rank").filter(isFirst))
    stays(regions.distinct().filter(isFirst))
    stays(regions.complete("zone").filter(isNorth))
    stays(regions.check { call("is_missing", $0["id"]) }.filter(isFirst))
  }

  @Test func triesNoConditionOnRowsThatWereKeptFromIt() {
    let fragile: (PlanBuilder) -> Expression = { call("fragile", $0["year"]) }
    stays(results.join(.inner, regions, on: "region", "id").filter(fragile))
    let window = results.window(per: { [$0["year"]] }) { _ in [("n", .row, .integer)] }
    stays(window.filter { call("<", $0["n"], number(3)) }.filter(fragile))
  }

  @Test func leavesConditionsThatLeaveNotes() {
    let noted = regions.project { [("r", call("missing_if", truth(true), $0["rank"]))] }
    stays(noted.filter { call("is_missing", $0["r"]) })
  }

  @Test func doesNotGrowConditionsWithoutEnd() {
    var doubling = regions
    for _ in 0..<40 { doubling = doubling.project { [("rank", call("+", $0["rank"], $0["rank"]))] } }
    let context = OptimizerContext(today: CalendarDate(days: 0), fiscalYearStart: 1)
    let plan = FilterPushdown.apply(doubling.filter(isFirst).plan, context: context)
    #expect(PlanPrinter.print(plan).utf8.count < 20_000)
  }

  // MARK: Columns

  @Test func narrowsScansToWhatIsRead() {
    check(
      DeadColumns.self,
      regions.filter(isNorth).sort("rank").keep("id"),
      "project id\n  sort rank\n    where zone = \"north\"\n      \(scan)")
    check(
      DeadColumns.self, results.add { [("x", call("+", $0["region"], $0["sex"]))] }.sort("year").keep("region"),
      "project region\n  sort year\n    project region, year\n      scan results: region, year")
    check(
      DeadColumns.self, results.keep("region").aggregate { _ in [("n", aggregate("count"))] },
      "aggregate n = count\n  scan results")
  }

  @Test func dropsUnreadCallsAndJoinedColumns() {
    let grouped = results.aggregate(by: { [("region", $0["region"])] }) {
      [("a", aggregate("sum", $0["actual"])), ("t", aggregate("sum", $0["target"]))]
    }
    check(
      DeadColumns.self, grouped.keep("t"),
      "project t\n  aggregate t = sum(target) by region\n    scan results: region, target")
    check(
      DeadColumns.self,
      results.window(per: { [$0["region"]] }) { _ in [("n", .row, .integer)] }.keep("year"),
      "project year\n  scan results: year")
    check(
      DeadColumns.self,
      results.join(.left, regions, on: "region", "id", taking: ["zone", "rank"]).keep("year", "rank"),
      """
      project year, rank
        join left many on region = id taking rank
          scan results: region, year
          scan regions: id, rank
      """)
    check(
      DeadColumns.self,
      results.aggregate { [("a", aggregate("sum", $0["actual"]))] }.project { _ in [("x", number(1))] },
      "project x = 1\n  aggregate a = sum(actual)\n    scan results: actual")
  }

  @Test func narrowsBothSidesOfAnAppendAlike() {
    check(
      DeadColumns.self, regions.append(regions.filter(isNorth)).keep("rank"),
      """
      project rank
        append
          scan regions: rank
          project rank
            where zone = "north"
              scan regions: zone, rank
      """)
  }

  @Test func keepsTheColumnsThatAStepNeedsItself() {
    check(DeadColumns.self, regions.distinct().keep("id"), "project id\n  distinct\n    \(scan)")
    check(
      DeadColumns.self, regions.check { call("is_missing", $0["id"]) }.keep("rank"),
      "project rank\n  check id is missing\n    \(scan)")
    check(
      DeadColumns.self, regions.complete("zone").keep("id"), "project id\n  complete zone\n    scan regions: id, zone")
    let pivot = LogicalPlan.pivot(
      PivotNode(
        input: regions.aggregate(by: { [("zone", $0["zone"]), ("id", $0["id"])] }) {
          [("r", aggregate("sum", $0["rank"]))]
        }.plan, keyCount: 1, valueCount: 1, hasTotals: false))
    check(
      DeadColumns.self, PlanBuilder(pivot).take(0..<3),
      """
      take 3
        pivot r by zone across id
          aggregate r = sum(rank) by zone, id
            \(scan)
      """)
  }

  @Test func keepsValuesWhosePipelineHasACheck() {
    let checked = regions.check { call("is_missing", $0["id"]) }.take(0..<1).keep("rank").plan
    let added = regions.add { _ in [("x", Expression(.subquery(checked), type: .integer))] }
    check(
      DeadColumns.self, added.keep("id"),
      """
      project id
        project id, x = (subquery 1)
          subquery 1:
            project rank
              take 1
                check id is missing
                  \(scan)
          scan regions: id
      """)
  }

  // MARK: The whole list

  @Test func everyRuleCanBeSwitchedOff() {
    let plan = results.add { [("rate", call("*", $0["actual"], real(2)))] }
      .filter { call("and", call("=", $0["year"], number(2019)), call(">", $0["rate"], real(1))) }
      .sort("rate", descending: true).keep("region", "rate").take(0..<3).plan
    func optimize(_ disabled: Set<String>) -> (text: String, applied: [String]) {
      let options = OptimizerOptions(disabled: disabled, today: CalendarDate(days: 0), fiscalYearStart: 1)
      let (plan, applied) = Optimizer.optimize(plan, options: options)
      return (PlanPrinter.print(plan), applied.map(\.rule))
    }
    let all = optimize([])
    #expect(
      all.text == """
        sort rate desc, first 3
          project region, rate = actual * 2.0
            scan results: region, year, actual where year = 2019 and actual * 2.0 > 1.0, skipping by year
        """)
    #expect(
      all.applied == [
        "split_conjunctions", "limit_pushdown", "filter_pushdown", "merge_filters", "scan_predicates", "top_k",
        "dead_columns", "identity_projects", "skip_by_bounds",
      ])
    // Here the two conditions may sink together, and the scan joins what it is given.
    let dispensable: Set<String> = ["split_conjunctions", "merge_filters"]
    for rule in all.applied {
      let without = optimize([rule])
      #expect(without.text != all.text || dispensable.contains(rule), "without \(rule)")
      #expect(!without.applied.contains(rule))
    }
    #expect(optimize(Set(Optimizer.rules.map { $0.name })) == (PlanPrinter.print(plan), []))
  }

  @Test func verifierFindsWhatIsWrong() {
    let wide = LogicalPlan.filter(
      FilterNode(input: regions.plan, condition: call("is_missing", .column(7, .text))))
    #expect(PlanVerifier.verify(wide) == "filter: no column 7 among 3")
    let mistyped = regions.project { _ in [("x", .column(0, .integer))] }.sort("x").plan
    #expect(PlanVerifier.verify(mistyped) == "project: column 0, `id`, is text, not integer")
    let notACondition = regions.filter { $0["rank"] }.plan
    #expect(PlanVerifier.verify(notACondition) == "filter: a condition of type integer")
  }
}
