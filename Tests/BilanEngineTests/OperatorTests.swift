import BilanColumnar
import BilanDiagnostics
import BilanFunctions
import BilanPlan
import BilanTestSupport
import Testing

@testable import BilanEngine

/// Seven results of three regions, in four chunks with a dictionary each; a region, a year and an actual are missing.
let results = makeTable(
  [("region", .text), ("year", .integer), ("target", .integer), ("actual", .integer)],
  [
    [.text("Oriental"), .integer(2018), .integer(10), .integer(5)],
    [.text("Fès"), .integer(2018), .integer(20), .integer(30)],
    [.text("oriental"), .integer(2019), .integer(10), .missing],
    [.text("Oriental"), .integer(2019), .integer(40), .integer(10)],
    [.missing, .integer(2018), .integer(1), .integer(1)],
    [.text("Fès"), .missing, .integer(5), .integer(7)],
    [.text("Agadir"), .integer(2018), .integer(5), .integer(5)],
  ])
let empty = makeTable([("region", .text), ("year", .integer), ("target", .integer), ("actual", .integer)], [])

@Suite struct StreamingTests {
  @Test func filterCountsMissingAsFalse() throws {
    let input = scan(results)
    let kept = try rows(.filter(FilterNode(input: input, condition: greater(column(input, 3), 5))))
    #expect(kept.map { $0[3] } == [.integer(30), .integer(10), .integer(7)])
  }

  @Test func projectKeepsConstantsAndTypesMissing() throws {
    let input = scan(results)
    let plan = LogicalPlan.project(
      ProjectNode(
        input: input,
        outputs: [
          OutputExpression(plus(column(input, 2), column(input, 3)), field: Field("both", .integer)),
          OutputExpression(.constant(.text("x")), field: Field("x", .text)),
          OutputExpression(.constant(.missing), field: Field("none", .text)),
        ]))
    let found = try rows(plan)
    #expect(found[0] == [.integer(15), .text("x"), .missing])
    #expect(found[2] == [.missing, .text("x"), .missing])
  }

  @Test func overflowIsAnError() throws {
    let table = makeTable([("x", .integer)], [[.integer(1)], [.integer(.max)]])
    let input = scan(table)
    let plan = LogicalPlan.project(
      ProjectNode(
        input: input,
        outputs: [OutputExpression(plus(column(input, 0), column(input, 0)), field: Field("y", .integer))]))
    let error = try #require(throws: QueryError.self) { try run(plan) }
    #expect(error.diagnostics.map(\.code) == [.overflow])
  }

  @Test func unpivotGoesRowByRow() throws {
    let input = scan(results)
    let plan = LogicalPlan.unpivot(
      UnpivotNode(
        input: input, kept: [1], values: [(column(input, 2), "target"), (column(input, 3), "actual")],
        nameField: Field("name", .text), valueField: Field("value", .integer)))
    let found = try rows(plan)
    #expect(found.count == 14)
    #expect(found[4] == [.integer(2019), .text("target"), .integer(10)])
    #expect(found[5] == [.integer(2019), .text("actual"), .missing])
  }

  @Test func checkReportsRowsAndLetsThemThrough() throws {
    let input = scan(results)
    let plan = LogicalPlan.check(
      CheckNode(
        input: input, condition: greater(column(input, 3), 4), text: "actual > 4", message: "too few",
        isAboutTable: false, visibleColumns: 2, span: nil))
    let result = try run(plan)
    #expect(result.table.rowCount == 7)
    #expect(result.table.schema.count == 2)
    let check = try #require(result.failedChecks.first)
    #expect(check.count == 2)
    #expect(check.rows.rows == [[.text("oriental"), .integer(2019)], [.missing, .integer(2018)]])
    #expect(check.message == "too few")
  }

  @Test func aCheckShowsTwentyRowsAtMost() throws {
    let table = makeTable([("x", .integer)], (0..<50).map { [.integer(Int64($0))] }, chunkSize: 50)
    let input = scan(table)
    let plan = LogicalPlan.check(
      CheckNode(
        input: input, condition: greater(column(input, 0), 9), text: "x > 9", message: nil, isAboutTable: false,
        visibleColumns: 1, span: nil))
    #expect(try run(plan).failedChecks[0].count == 10)
    let never = LogicalPlan.check(
      CheckNode(
        input: input, condition: greater(column(input, 0), 99), text: "x > 99", message: nil, isAboutTable: false,
        visibleColumns: 1, span: nil))
    for workers in [1, 3] {
      let check = try run(never, chunkSize: 7, workers: workers).failedChecks[0]
      #expect(check.count == 50)
      #expect(check.rows.rows == (0..<20).map { [.integer(Int64($0))] })
    }
  }

  @Test func aCheckOfTheTableFailsWithoutRows() throws {
    let input = scan(empty)
    let total = summarize(input, [count()])
    let condition = Expression(
      .subquery(
        .project(
          ProjectNode(
            input: total, outputs: [OutputExpression(greater(column(total, 0), 0), field: Field("c", .boolean))]))),
      type: .boolean)
    let plan = LogicalPlan.check(
      CheckNode(
        input: input, condition: condition, text: "count > 0", message: nil, isAboutTable: true, visibleColumns: 4,
        span: nil))
    #expect(try run(plan).failedChecks.map(\.count) == [1])
  }

  @Test(arguments: [0..<0, 0..<3, 2..<5, 6..<100, 50..<60])
  func limitCutsAtPositions(_ range: Range<Int>) throws {
    let found = try rows(.limit(LimitNode(input: scan(results), range: range)))
    #expect(found == Array(results.rows[range.clamped(to: 0..<7)]))
  }

  @Test func appendAndUnit() throws {
    let plan = LogicalPlan.append(AppendNode(first: scan(results), second: scan(results)))
    #expect(try rows(plan) == results.rows + results.rows)
    #expect(try run(.unit).table.rowCount == 1)
  }

  @Test func distinctKeepsFirstRows() throws {
    let input = LogicalPlan.append(AppendNode(first: scan(results), second: scan(results)))
    #expect(try rows(.distinct(DistinctNode(input: input))) == results.rows)
    #expect(try rows(.distinct(DistinctNode(input: scan(empty)))).isEmpty)
  }

  @Test func aSubqueryIsAValue() throws {
    let total = summarize(scan(results), [sum(column(scan(results), 2))])
    let value = Expression(.subquery(total), type: .integer)
    let plan = LogicalPlan.project(
      ProjectNode(input: .unit, outputs: [OutputExpression(value, field: Field("v", .integer))]))
    #expect(try rows(plan) == [[.integer(91)]])
    let many = Expression(
      .subquery(scan(makeTable([("x", .integer)], [[.integer(1)], [.integer(2)]]))), type: .integer)
    let refused = LogicalPlan.project(
      ProjectNode(input: .unit, outputs: [OutputExpression(many, field: Field("v", .integer))]))
    let error = try #require(throws: QueryError.self) { try run(refused) }
    #expect(error.diagnostics[0].code == .subqueryNotSingle)
  }

  @Test func membershipInAPipeline() throws {
    let input = scan(results)
    let names = scan(makeTable([("r", .text)], [[.text("Fès")], [.text("nowhere")], [.missing]]))
    let plan = LogicalPlan.filter(
      FilterNode(input: input, condition: Expression(.inSubquery(column(input, 0), names), type: .boolean)))
    #expect(try rows(plan).map { $0[0] } == [.text("Fès"), .missing, .text("Fès")])
  }

  @Test func missingIfIsNoted() throws {
    let input = scan(results)
    let guarded = call(
      "missing_if",
      [column(input, 2), greater(column(input, 2), 9), .constant(.text("left out")), .constant(.text("omis"))],
      .integer
    ) { (values) throws(KernelError) in values[1] == .boolean(true) ? .missing : values[0] }
    let plan = LogicalPlan.project(
      ProjectNode(input: input, outputs: [OutputExpression(guarded, field: Field("v", .integer))]))
    let notes = try run(plan).notes
    #expect(notes.map(\.message) == [Localized("left out", fr: "omis")])
    #expect(notes.map(\.count) == [4])
  }

  @Test func cancellationStops() throws {
    let options = ExecutionOptions(today: CalendarDate(days: 0), isCancelled: { true })
    let error = try #require(throws: QueryError.self) { try Engine.run(scan(results), options: options) }
    #expect(error.diagnostics[0].code == .cancelled)
  }
}

@Suite struct AggregateTests {
  @Test func keysAreSortedAndMissingIsAGroup() throws {
    let input = scan(results)
    let result = try run(summarize(input, by: [0], [count(), sum(column(input, 3)), list(column(input, 2))]))
    #expect(
      result.table.rows == [
        [.text("Agadir"), .integer(1), .integer(5), .text("5")],
        [.text("Fès"), .integer(2), .integer(37), .text("20,5")],
        [.text("Oriental"), .integer(2), .integer(15), .text("10,40")],
        [.text("oriental"), .integer(1), .missing, .text("10")],
        [.missing, .integer(1), .integer(1), .text("1")],
      ])
    #expect(result.notes.map(\.message.english) == ["`sum` left out 1 missing value"])
  }

  @Test func emptyInput() throws {
    let input = scan(empty)
    #expect(try rows(summarize(input, [count(), sum(column(input, 3))])) == [[.integer(0), .missing]])
    #expect(try rows(summarize(input, by: [0], [count()])).isEmpty)
  }

  @Test func filtersBelongToTheirAggregate() throws {
    let input = scan(results)
    let calls = [
      count(filter: greater(column(input, 3), 5)), count(),
      sum(column(input, 2), filter: equal(column(input, 0), "Fès")),
    ]
    #expect(try rows(summarize(input, calls)) == [[.integer(3), .integer(7), .integer(25)]])
  }

  @Test func totalsComeFromTheRows() throws {
    let input = scan(results)
    let found = try rows(
      summarize(input, by: [0, 1], [ratio(column(input, 3), column(input, 2))], totals: [[0], [1], []]))
    let grand = try #require(found.last)
    #expect(grand[0...1] == [.missing, .missing])
    #expect(grand[2] == .ratio(RatioValue(numerator: 58, denominator: 81, reported: 6, expected: 7)))
    #expect(grand[3...4] == [.boolean(true), .boolean(true)])
    #expect(found.count == 7 + 5 + 3 + 1)
    #expect(found[7][3...4] == [.boolean(false), .boolean(true)])
  }

  @Test func coverageIsNoted() throws {
    let input = scan(results)
    let result = try run(summarize(input, [ratio(column(input, 3), column(input, 2))]))
    #expect(
      result.notes.map(\.message.english) == [
        "`ratio` of 1 row rests on part of its rows: (6/7) means 6 of 7 could be counted"
      ])
  }

  @Test func nestedAggregation() throws {
    let input = scan(results)
    // The sum over years of each year's largest target, by nothing.
    let largest = aggregate("max", [column(input, 2)], .integer) { rows in
      rows.compactMap { $0[0].integer }.max().map { .integer($0) } ?? .missing
    }
    let nested = NestedAggregation(keys: [column(input, 1)], aggregates: [largest])
    let plan = summarize(input, [sum(.column(0, .integer), nested: nested)])
    #expect(try rows(plan) == [[.integer(20 + 40 + 5)]])
    for (chunkSize, workers) in [(1, 2), (2, 4), (100, 1)] {
      #expect(try run(plan, chunkSize: chunkSize, workers: workers).table.rows == [[.integer(65)]])
    }
  }
}

@Suite struct OrderTests {
  private func sorted(_ key: Int, descending: Bool, limit: Int? = nil) throws -> [[Value]] {
    let input = scan(results)
    return try rows(
      .sort(
        SortNode(input: input, keys: [SortKey(column(input, key), isDescending: descending)], limit: limit)))
  }

  @Test func textByItsLettersMissingLast() throws {
    let names: [Value] = [
      .text("Agadir"), .text("Fès"), .text("Fès"), .text("Oriental"), .text("Oriental"), .text("oriental"),
    ]
    #expect(try sorted(0, descending: false).map { $0[0] } == names + [.missing])
    #expect(try sorted(0, descending: true).map { $0[0] } == names.reversed() + [.missing])
  }

  @Test func stableInBothDirections() throws {
    #expect(try sorted(2, descending: false).map { $0[2].integer } == [1, 5, 5, 10, 10, 20, 40])
    #expect(try sorted(2, descending: false)[1...2].map { $0[0] } == [.text("Fès"), .text("Agadir")])
    #expect(try sorted(2, descending: true)[5...6].map { $0[0] } == [.text("Agadir"), .missing])
    #expect(try sorted(2, descending: true)[4][0] == .text("Fès"))
  }

  @Test(arguments: 0..<9) func aLimitIsAPrefix(_ limit: Int) throws {
    #expect(try sorted(2, descending: true, limit: limit) == Array(try sorted(2, descending: true).prefix(limit)))
  }

  @Test func extremeIntegersDoNotMeetMissing() throws {
    let table = makeTable([("x", .integer)], [[.missing], [.integer(.max)], [.integer(.min)], [.missing]])
    let input = scan(table)
    for isDescending in [false, true] {
      let found = try rows(
        .sort(SortNode(input: input, keys: [SortKey(column(input, 0), isDescending: isDescending)])))
      let ends: [[Value]] = [[.integer(.min)], [.integer(.max)]]
      #expect(found == (isDescending ? ends.reversed() : ends) + [[.missing], [.missing]])
    }
  }

  @Test func topKeepsTies() throws {
    let input = scan(results)
    let result = try run(
      .top(TopNode(input: input, count: 3, by: column(input, 2), isBottom: false, per: [])))
    #expect(result.table.rows.map { $0[2].integer } == [40, 20, 10, 10])
    #expect(result.table.rows[2][0] == .text("Oriental"))
    #expect(result.notes.map(\.count) == [1])
  }

  @Test func bottomPerGroupLeavesMissingOut() throws {
    let input = scan(results)
    let result = try run(
      .top(TopNode(input: input, count: 1, by: column(input, 3), isBottom: true, per: [column(input, 1)])))
    #expect(
      result.table.rows.map { [$0[1], $0[3]] } == [
        [.integer(2018), .integer(1)], [.integer(2019), .integer(10)], [.missing, .integer(7)],
      ])
  }

  /// Chunks whose decimals are kept with one digit, with two, and as doubles, by any number of places and workers.
  @Test(arguments: [1, 2, 3, 4, 7])
  func topAcrossWaysOfKeepingDecimals(_ places: Int) throws {
    var random = SplitMix64(seed: UInt64(places))
    var expected: [(group: Int64, value: Double)] = []
    let chunks = (0..<40).map { number in
      let groups = (0..<50).map { _ in Int64(random.number(0...6)) }
      let tenths = groups.map { _ in Int8(random.number(-99...99)) }
      let values: RealColumn =
        switch (number < 8 ? 0 : number) % 3 {
        case 0: RealColumn(wholes: .int8(Buffer(tenths)), decimals: Decimals(digits: 1, greatest: 99))
        case 1:
          RealColumn(
            wholes: .int16(Buffer(tenths.map { Int16($0) * 10 })), decimals: Decimals(digits: 2, greatest: 990))
        default: RealColumn(Buffer(tenths.map { Double($0) / 10 }))
        }
      for (group, value) in zip(groups, tenths) { expected.append((group, Double(value) / 10)) }
      return Chunk(columns: [.integer(IntegerColumn(groups)), .real(values)], count: groups.count)
    }
    let table = Table(schema: Schema([Field("g", .integer), Field("x", .real)]), chunks: chunks)
    let input = scan(table)
    for isBottom in [false, true] {
      let wanted = (0...6).flatMap { group -> [[Value]] in
        let sorted = expected.filter { $0.group == group }.map(\.value).sorted { isBottom ? $0 < $1 : $0 > $1 }
        let last = sorted[min(places, sorted.count) - 1]
        return sorted.filter { isBottom ? $0 <= last : $0 >= last }.map { [.integer(Int64(group)), .real($0)] }
      }
      let plan = LogicalPlan.top(
        TopNode(input: input, count: places, by: column(input, 1), isBottom: isBottom, per: [column(input, 0)]))
      for workers in [1, 3] {
        #expect(try run(plan, chunkSize: 50, workers: workers).table.rows == wanted)
      }
    }
  }
}

@Suite struct JoinTests {
  let regions = makeTable(
    [("name", .text), ("pop", .integer)],
    [
      [.text("Fès"), .integer(3)], [.text("Rabat"), .integer(4)], [.text("Oriental"), .integer(2)],
      [.missing, .integer(9)],
    ], chunkSize: 3)

  private func join(_ kind: JoinNode.Kind, many: Bool = false, right: Table? = nil) -> LogicalPlan {
    let right = scan(right ?? regions, name: "regions")
    let outputs = kind == .semi || kind == .anti ? [] : [(column: 1, field: Field("pop", .integer))]
    return .join(
      JoinNode(
        kind: kind, allowsMany: many, left: scan(results), right: right, leftKeys: [.column(0, .text)],
        rightKeys: [.column(0, .text)], rightOutputs: outputs, keyColumns: [0], rightName: "regions", span: nil))
  }

  @Test func leftKeepsRowsAndNotesThem() throws {
    let result = try run(join(.left))
    #expect(result.table.rows.map { $0[4].integer } == [2, 3, nil, 2, nil, 3, nil])
    #expect(result.notes.map(\.message.english) == ["3 rows of 7 found no match in `regions`"])
  }

  @Test func innerSemiAnti() throws {
    #expect(try rows(join(.inner)).map { $0[4].integer } == [2, 3, 2, 3])
    #expect(try rows(join(.semi)).map { $0[2].integer } == [10, 20, 40, 5])
    #expect(try rows(join(.anti)).map { $0[2].integer } == [10, 1, 5])
  }

  @Test func fullAddsTheRight() throws {
    let found = try rows(join(.full))
    #expect(found.count == 9)
    #expect(found[7] == [.text("Rabat"), .missing, .missing, .missing, .integer(4)])
    #expect(found[8] == [.missing, .missing, .missing, .missing, .integer(9)])
  }

  @Test func fullFlowsOn() throws {
    let plan = summarize(join(.full), [count()])
    for (chunkSize, workers) in [(1, 1), (2, 3), (99, 2)] {
      #expect(try run(plan, chunkSize: chunkSize, workers: workers).table.rows == [[.integer(9)]])
    }
  }

  @Test func aSecondMatchIsAnErrorUnlessMeant() throws {
    let twice = makeTable(
      [("name", .text), ("pop", .integer)],
      [
        [.text("Rabat"), .integer(1)], [.text("Fès"), .integer(1)], [.text("Fès"), .integer(2)],
        [.text("Rabat"), .integer(1)],
      ])
    let error = try #require(throws: QueryError.self) { try run(join(.left, right: twice)) }
    #expect(error.diagnostics[0].code == .joinMultiplies)
    #expect(error.diagnostics[0].message.english.contains("`Fès` has 2 rows in `regions`"))
    #expect(try rows(join(.inner, many: true, right: twice)).map { $0[4].integer } == [1, 2, 1, 2])
    // A key that no left row has may be there as often as it likes; semi joins multiply nothing.
    #expect(try rows(join(.semi, right: twice)).count == 2)
  }

  @Test func anEmptySide() throws {
    let none = makeTable([("name", .text), ("pop", .integer)], [])
    #expect(try rows(join(.left, right: none)).map { $0[4] } == Array(repeating: .missing, count: 7))
    #expect(try rows(join(.inner, right: none)).isEmpty)
  }
}

@Suite struct WindowTests {
  private func window(
    _ calls: [WindowNode.Call], partition: [Int] = [], order: [(Int, Bool)] = [], over table: Table = results
  ) throws -> ExecutionResult {
    let input = scan(table)
    return try run(
      .window(
        WindowNode(
          input: input, partition: partition.map { column(input, $0) },
          order: order.map { SortKey(column(input, $0.0), isDescending: $0.1) },
          calls: calls.map { ($0, Field("w", .integer)) })))
  }

  @Test func shiftedStaysInItsPartition() throws {
    let found = try window(
      [.shifted(.column(2, .integer), distance: 1), .shifted(.column(2, .integer), distance: -1)], partition: [0]
    ).table.rows
    #expect(found.map { $0[4].integer } == [nil, nil, nil, 10, nil, 20, nil])
    #expect(found.map { $0[5].integer } == [40, 5, nil, nil, nil, nil, nil])
  }

  @Test func rankAndRowFollowTheOrder() throws {
    let found = try window([.rank, .row], order: [(2, true)]).table.rows
    #expect(found.map { $0[4].integer } == [3, 2, 3, 1, 7, 5, 5])
    #expect(found.map { $0[5].integer } == [3, 2, 4, 1, 7, 5, 6])
  }

  @Test func aggregatesAreRepeated() throws {
    let result = try window([.aggregate(sum(.column(3, .integer)))], partition: [1])
    #expect(result.table.rows.map { $0[4].integer } == [41, 41, 10, 10, 41, 7, 41])
    #expect(result.notes.map(\.count) == [1])
  }

  @Test func runningRowByRow() throws {
    let calls: [WindowNode.Call] = [
      .running(sum(.column(3, .integer))), .running(count()),
      .running(sum(.column(3, .integer), filter: greater(.column(3, .integer), 5))),
    ]
    let found = try window(calls, partition: [1], order: [(2, false)]).table.rows
    // 2018 by target: 1 (5th row), 5 (7th), 10 (1st), 20 (2nd).
    #expect(found.map { $0[4].integer } == [11, 41, nil, 10, 1, 7, 6])
    #expect(found.map { $0[5].integer } == [3, 4, 1, 2, 1, 1, 2])
    #expect(found.map { $0[6].integer } == [nil, 30, nil, 10, nil, 7, nil])
  }

  @Test func noRows() throws {
    #expect(try window([.rank, .aggregate(count())], over: empty).table.rowCount == 0)
  }
}

@Suite struct ReshapeTests {
  @Test func completeAddsCombinations() throws {
    let found = try rows(.complete(CompleteNode(input: scan(results), columns: [0, 1])))
    #expect(found.count == 7 + 4 * 2 - 5)
    #expect(found[7] == [.text("Agadir"), .integer(2019), .missing, .missing])
    #expect(
      found[8...].map { [$0[0], $0[1]] } == [[.text("Fès"), .integer(2019)], [.text("oriental"), .integer(2018)]])
  }

  private func crosstab(_ values: Int, totals: Bool) -> LogicalPlan {
    let input = scan(results)
    let calls = [count(), sum(column(input, 2))].prefix(values)
    return .pivot(
      PivotNode(
        input: summarize(input, by: [0, 1], Array(calls), totals: totals ? [[0], [1], []] : []), keyCount: 1,
        valueCount: values, hasTotals: totals))
  }

  @Test func pivotSpreadsAKey() throws {
    let result = try run(crosstab(1, totals: false))
    #expect(result.table.schema.fields.map(\.label) == ["region", "2018", "2019", "missing"])
    #expect(result.table.rows[0] == [.text("Agadir"), .integer(1), .missing, .missing])
    #expect(result.table.rows.count == 5)
  }

  @Test func pivotWithTotalsAndValues() throws {
    let result = try run(crosstab(2, totals: true))
    #expect(
      result.table.schema.fields.map(\.label) == [
        "region", "count: 2018", "sum: 2018", "count: 2019", "sum: 2019", "count: missing", "sum: missing",
        "count: total", "sum: total",
      ])
    // What a total is called is not the crosstab's to say.
    #expect(result.table.rows.map { $0[0] }.suffix(2) == [.missing, .missing])
    #expect(result.table.rows[5].map(\.integer) == [nil, 4, 36, 2, 50, 1, 5, 7, 91])
    #expect(result.table.rows[1].map(\.integer) == [nil, 1, 20, nil, nil, 1, 5, 2, 25])
  }

  @Test func tooManyColumns() throws {
    let table = makeTable([("x", .integer)], (0..<1001).map { [.integer(Int64($0))] }, chunkSize: 100)
    let plan = LogicalPlan.pivot(
      PivotNode(input: summarize(scan(table), by: [0], [count()]), keyCount: 0, valueCount: 1, hasTotals: false))
    let error = try #require(throws: QueryError.self) { try run(plan) }
    #expect(error.diagnostics[0].code == .tooManyColumns)
  }
}
