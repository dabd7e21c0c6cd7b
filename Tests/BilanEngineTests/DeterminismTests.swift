import BilanColumnar
import BilanDiagnostics
import BilanFunctions
import BilanPlan
import Testing

@testable import BilanEngine

/// SplitMix64: the same numbers from the same seed on every machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Random tables and plans over them.
struct PlanGenerator {
  var generator: SeededGenerator
  private let names = ["Fès", "fes", "Oriental", "Agadir", "É", "e", "", "Béni Mellal", "a", "b", "c"]

  init(seed: UInt64) { generator = SeededGenerator(seed) }

  mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &generator) }

  /// Five columns: two texts, two integers (one of a wide range), a truth value.
  mutating func table() -> Table {
    let count = [0, 1, 2, 5, 40, 150][below(6)]
    let rows = (0..<count).map { _ in (0..<5).map { value($0) } }
    return makeTable(
      [("a", .text), ("b", .text), ("x", .integer), ("y", .integer), ("f", .boolean)], rows, chunkSize: 1 + below(60))
  }

  private mutating func value(_ column: Int) -> Value {
    if below(6) == 0 { return .missing }
    switch column {
    case 0: return .text(names[below(names.count)])
    case 1: return .text(names[below(3)])
    case 2: return .integer(Int64(below(7)) - 3)
    case 3: return .integer(below(2) == 0 ? Int64(below(5)) : Int64(below(1 << 40)) - 1 << 39)
    default: return .boolean(below(2) == 0)
    }
  }

  mutating func plan() -> LogicalPlan {
    var plan = scan(table())
    for _ in 0..<1 + below(4) { plan = step(over: plan) }
    return plan
  }

  private mutating func anyColumn(_ plan: LogicalPlan) -> Expression { column(plan, below(plan.schema.count)) }

  private mutating func integer(_ plan: LogicalPlan) -> Expression? {
    let candidates = plan.schema.fields.indices.filter { plan.schema[$0].type == .integer }
    return candidates.isEmpty ? nil : column(plan, candidates[below(candidates.count)])
  }

  private mutating func condition(_ plan: LogicalPlan) -> Expression {
    if let integer = integer(plan), below(3) > 0 { return greater(integer, Int64(below(5)) - 2) }
    return equal(anyColumn(plan), names[below(3)])
  }

  private mutating func calls(_ plan: LogicalPlan) -> [AggregateCall] {
    var calls = [count(), list(anyColumn(plan))]
    if let integer = integer(plan), let other = self.integer(plan) {
      calls.append(sum(integer, filter: below(2) == 0 ? condition(plan) : nil))
      calls.append(ratio(integer, other))
      let nested = NestedAggregation(keys: [anyColumn(plan)], aggregates: [sum(integer)])
      calls.append(sum(.column(0, .integer), nested: nested))
      calls.append(
        aggregate("list", [.column(0, .integer)], .text, nested: nested) { rows in
          .text(rows.map { ValueText.text(of: $0[0]) }.joined(separator: ","))
        })
    }
    return calls
  }

  private mutating func step(over plan: LogicalPlan) -> LogicalPlan {
    let width = plan.schema.count
    switch below(14) {
    case 0: return .filter(FilterNode(input: plan, condition: condition(plan)))
    case 1:
      var outputs = (0..<width).map { OutputExpression(column(plan, $0), field: plan.schema[$0]) }
      if let integer = integer(plan) {
        outputs.append(OutputExpression(plus(integer, .constant(.integer(1))), field: Field("sum", .integer)))
      }
      return .project(ProjectNode(input: plan, outputs: outputs.shuffled(using: &generator)))
    case 2, 3:
      let keys = Array((0..<width).shuffled(using: &generator).prefix(below(4)))
      let totals = keys.isEmpty || below(2) == 0 ? [] : [[0], []].suffix(1 + below(2))
      return summarize(plan, by: keys, calls(plan), totals: Array(totals))
    case 4:
      let keys = (0..<1 + below(3)).map { _ in SortKey(anyColumn(plan), isDescending: below(2) == 0) }
      return .sort(SortNode(input: plan, keys: keys, limit: below(2) == 0 ? below(20) : nil))
    case 5:
      let start = below(10)
      return .limit(LimitNode(input: plan, range: start..<start + below(20)))
    case 6:
      let per = (0..<below(3)).map { _ in anyColumn(plan) }
      return .top(
        TopNode(input: plan, count: below(5), by: anyColumn(plan), isBottom: below(2) == 0, per: per))
    case 7:
      let keys = [below(width)]
      return .distinct(
        DistinctNode(
          input: .project(
            ProjectNode(
              input: plan, outputs: keys.map { OutputExpression(column(plan, $0), field: plan.schema[$0]) }))))
    case 8, 9:
      let kinds: [JoinNode.Kind] = [.left, .inner, .full, .semi, .anti]
      let kind = kinds[below(kinds.count)]
      let key = below(width)
      let other = scan(table(), name: "other")
      guard let match = (0..<5).first(where: { other.schema[$0].type == plan.schema[key].type }) else { return plan }
      let outputs = kind == .semi || kind == .anti ? [] : [(column: 1, field: other.schema[1])]
      // Sorted and cut, so that chains of joins stay small.
      return .limit(
        LimitNode(
          input: .join(
            JoinNode(
              kind: kind, allowsMany: below(4) > 0, left: plan, right: other, leftKeys: [column(plan, key)],
              rightKeys: [column(other, match)], rightOutputs: outputs, keyColumns: [key], rightName: "other",
              span: nil)), range: 0..<300))
    case 10: return .append(AppendNode(first: plan, second: plan))
    case 11:
      guard let first = integer(plan), let second = integer(plan) else { return plan }
      return .unpivot(
        UnpivotNode(
          input: plan, kept: [below(width)], values: [(first, "first"), (second, "second"), (first, "first")],
          nameField: Field("name", .text), valueField: Field("value", .integer)))
    case 12:
      let order = (0..<below(3)).map { _ in SortKey(anyColumn(plan), isDescending: below(2) == 0) }
      var windowCalls: [(call: WindowNode.Call, field: Field)] = [
        (.rank, Field("rank", .integer)), (.row, Field("row", .integer)),
      ]
      let shifted = anyColumn(plan)
      windowCalls.append((.shifted(shifted, distance: below(5) - 2), Field("shifted", shifted.type)))
      for call in calls(plan) {
        windowCalls.append((below(2) == 0 ? .aggregate(call) : .running(call), Field(call.name, call.type)))
      }
      return .window(
        WindowNode(
          input: plan, partition: (0..<below(3)).map { _ in anyColumn(plan) }, order: order, calls: windowCalls))
    default:
      return .check(
        CheckNode(
          input: plan, condition: condition(plan), text: "condition", message: nil, isAboutTable: false,
          visibleColumns: width, span: nil))
    }
  }
}

@Suite struct DeterminismTests {
  private enum Found: Equatable {
    case outcome(Outcome)
    case error([String])
  }

  private func find(_ plan: LogicalPlan, _ chunkSize: Int, _ workers: Int) -> Found {
    do throws(QueryError) {
      return .outcome(Outcome(try run(plan, chunkSize: chunkSize, workers: workers)))
    } catch {
      return .error(error.diagnostics.map(\.message.english))
    }
  }

  @Test(arguments: 0..<250) func sameAnswerHoweverCut(_ seed: Int) {
    var generator = PlanGenerator(seed: UInt64(seed))
    let plan = generator.plan()
    let expected = find(plan, 65_536, 1)
    for chunkSize in [1, 3, 64, 65_536] {
      for workers in [1, 2, 4] {
        #expect(
          find(plan, chunkSize, workers) == expected, "seed \(seed), chunk size \(chunkSize), \(workers) workers")
      }
    }
  }
}

/// The operators beside evaluators too simple to be wrong, over random tables.
@Suite struct DifferentialTests {
  private func order(_ table: Table, _ column: Int) -> [Value: Int] {
    let values = Set(table.rows.map { $0[column] })
    let sorted = values.sorted { lhs, rhs in
      switch (lhs, rhs) {
      case (.missing, _): return false
      case (_, .missing): return true
      case (.text(let left), .text(let right)): return CollationKey(left) < CollationKey(right)
      case (.integer(let left), .integer(let right)): return left < right
      case (.boolean(let left), .boolean(let right)): return !left && right
      default: return false
      }
    }
    return Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, $0) })
  }

  @Test(arguments: 0..<60) func groupsAreThoseOfADictionary(_ seed: Int) throws {
    var generator = PlanGenerator(seed: UInt64(1000 + seed))
    let table = generator.table()
    let keys = Array([0, 1, 2, 3, 4].shuffled(using: &generator.generator).prefix(1 + generator.below(3)))
    let ranks = keys.map { order(table, $0) }
    var sums: [[Value]: Int64] = [:]
    for row in table.rows { sums[keys.map { row[$0] }, default: 0] += row[2].integer ?? 0 }
    let expected = sums.keys.sorted { lhs, rhs in
      let left = zip(lhs, ranks).map { $1[$0]! }
      return left.lexicographicallyPrecedes(zip(rhs, ranks).map { $1[$0]! })
    }
    let input = scan(table)
    let found = try run(
      summarize(input, by: keys, [sum(column(input, 2))]), chunkSize: 1 + generator.below(20), workers: 2
    ).table.rows
    #expect(found.map { Array($0.prefix(keys.count)) } == expected)
    #expect(found.map { $0[keys.count].integer ?? 0 } == expected.map { sums[$0]! })
  }

  @Test(arguments: 0..<60) func sortIsThatOfTheLibrary(_ seed: Int) throws {
    var generator = PlanGenerator(seed: UInt64(2000 + seed))
    let table = generator.table()
    let keys = (0..<2).map { _ in (column: generator.below(5), isDescending: generator.below(2) == 0) }
    let ranks = keys.map { key in
      order(table, key.column).reduce(into: [Value: Int]()) { result, entry in
        result[entry.key] = entry.key == .missing ? .max : key.isDescending ? -entry.value : entry.value
      }
    }
    let expected = table.rows.enumerated().sorted { lhs, rhs in
      let left = zip(keys, ranks).map { $1[lhs.element[$0.column]]! } + [lhs.offset]
      return left.lexicographicallyPrecedes(zip(keys, ranks).map { $1[rhs.element[$0.column]]! } + [rhs.offset])
    }.map(\.element)
    let input = scan(table)
    let sortKeys = keys.map { SortKey(column(input, $0.column), isDescending: $0.isDescending) }
    #expect(try rows(.sort(SortNode(input: input, keys: sortKeys))) == expected)
    let limit = generator.below(30)
    #expect(try rows(.sort(SortNode(input: input, keys: sortKeys, limit: limit))) == Array(expected.prefix(limit)))
  }

  @Test(arguments: 0..<60) func joinIsThatOfNestedLoops(_ seed: Int) throws {
    var generator = PlanGenerator(seed: UInt64(3000 + seed))
    let left = generator.table()
    let right = generator.table()
    let keys = Array([0, 1, 2, 3, 4].shuffled(using: &generator.generator).prefix(1 + generator.below(2)))
    var expected: [[Value]] = []
    for row in left.rows {
      let matches = right.rows.filter { other in keys.allSatisfy { row[$0] == other[$0] && row[$0] != .missing } }
      expected += matches.isEmpty ? [row + [.missing]] : matches.map { row + [$0[3]] }
    }
    let node = JoinNode(
      kind: .left, allowsMany: true, left: scan(left), right: scan(right),
      leftKeys: keys.map { column(scan(left), $0) }, rightKeys: keys.map { column(scan(right), $0) },
      rightOutputs: [(3, right.schema[3])], keyColumns: keys.map { $0 }, rightName: "right", span: nil)
    #expect(try run(.join(node), chunkSize: 1 + generator.below(20), workers: 2).table.rows == expected)
  }
}
