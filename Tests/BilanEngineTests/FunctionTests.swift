import BilanColumnar
import BilanDiagnostics
import BilanFunctions
import BilanPlan
import Testing

@testable import BilanEngine

/// The engine with the functions that queries use: their accumulators must merge, and finish more than once.
@Suite struct FunctionTests {
  private static let calls: [(name: String, arguments: [Int], constants: [Value])] = [
    ("count", [], []), ("count", [0], []), ("count_distinct", [0], []), ("sum", [2], []), ("sum", [3], []),
    ("mean", [2], []), ("mean", [3], []), ("median", [3], []), ("quantile", [3], [.real(0.9)]), ("min", [2], []),
    ("max", [3], []), ("min", [0], []), ("stddev", [3], []), ("variance", [3], []), ("ratio", [3, 3], []),
    ("share", [4], []), ("first", [0], []), ("last", [2], []), ("only", [1], []), ("any", [4], []), ("all", [4], []),
    ("mode", [1], []), ("list", [0], []), ("correlation", [3, 3], []), ("weighted_mean", [3, 3], []),
  ]

  private func table(_ seed: Int) -> Table {
    var generator = PlanGenerator(seed: UInt64(5000 + seed))
    let names = ["Fès", "Oriental", "é", "e", "Agadir"]
    let rows = (0..<[0, 1, 17, 90][seed % 4]).map { _ -> [Value] in
      [
        generator.below(5) == 0 ? .missing : .text(names[generator.below(5)]), .text(names[generator.below(2)]),
        generator.below(5) == 0 ? .missing : .integer(Int64(generator.below(1000)) - 500),
        generator.below(5) == 0 ? .missing : .real(Double(generator.below(1_000_000)) / 7),
        generator.below(5) == 0 ? .missing : .boolean(generator.below(2) == 0),
      ]
    }
    return makeTable(
      [("a", .text), ("b", .text), ("x", .integer), ("y", .real), ("f", .boolean)], rows,
      chunkSize: 1 + generator.below(30))
  }

  /// The call by the first overload that takes exactly these types.
  private func aggregateCall(_ index: Int, over schema: Schema) throws -> AggregateCall {
    let call = Self.calls[index]
    let entry = try #require(FunctionTable.entry(named: call.name), "\(call.name)")
    guard case .aggregate(let overloads, _) = entry.kind else { throw NoOverload() }
    let types = call.arguments.map { schema[$0].type }
    let overload = try #require(
      overloads.first { overload in
        let columns = overload.parameters.filter { !$0.mustBeConstant }
        guard columns.count == types.count else { return false }
        return zip(columns, types).allSatisfy { parameter, type in
          if case .exactly(let exact) = parameter.pattern { exact == type } else { true }
        }
      }, "\(call.name)")
    let type: DataType =
      switch overload.result {
      case .exactly(let type): type
      case .same: types[0]
      case .argument(let index): types[index]
      }
    return AggregateCall(
      name: call.name, overload: overload,
      arguments: call.arguments.map { .column($0, schema[$0].type) }, constants: call.constants, filter: nil,
      nested: nil, type: type, span: nil)
  }

  private struct NoOverload: Error {}

  @Test(arguments: 0..<12) func mergedIsWhole(_ seed: Int) throws {
    let table = table(seed)
    let input = scan(table)
    let calls = try Self.calls.indices.map { try aggregateCall($0, over: table.schema) }
    let nested = NestedAggregation(keys: [column(input, 0)], aggregates: [try aggregateCall(5, over: table.schema)])
    var outer = try aggregateCall(6, over: table.schema)
    outer.arguments = [.column(0, .real)]
    outer.nested = nested
    let plan = summarize(input, by: [1], calls + [outer], totals: [[]])
    let expected = Outcome(try run(plan, chunkSize: 65_536))
    for chunkSize in [1, 3, 64] {
      for workers in [1, 2, 4] {
        #expect(Outcome(try run(plan, chunkSize: chunkSize, workers: workers)) == expected)
      }
    }
  }

  /// The running value on a partition's last row is the aggregate of the partition.
  @Test(arguments: 0..<8) func runningEndsAtTheWhole(_ seed: Int) throws {
    let table = table(seed)
    let input = scan(table)
    for index in Self.calls.indices {
      let call = try aggregateCall(index, over: table.schema)
      let found = try rows(
        .window(
          WindowNode(
            input: input, partition: [column(input, 1)], order: [],
            calls: [
              (.running(call), Field("r", call.type)), (.aggregate(call), Field("a", call.type)),
              (.row, Field("row", .integer)),
            ])))
      var last: [Value: [Value]] = [:]
      for row in found { last[row[1]] = row }
      for row in last.values { #expect(row[5] == row[6], "\(call.name)") }
    }
  }

  @Test func theTablesMissingIfIsCounted() throws {
    let entry = try #require(FunctionTable.entry(named: "missing_if"))
    guard case .scalar(let overloads) = entry.kind else { throw NoOverload() }
    let input = scan(results)
    let plan = LogicalPlan.project(
      ProjectNode(
        input: input,
        outputs: [
          OutputExpression(
            Expression(
              .call(
                ScalarCall(
                  name: "missing_if", overload: overloads[0],
                  arguments: [
                    column(input, 2), greater(column(input, 2), 9), .constant(.text("left out")),
                    .constant(.text("omis")),
                  ])), type: .integer), field: Field("v", .integer))
        ]))
    let result = try run(plan)
    #expect(result.table.rows.map { $0[0].integer } == [nil, nil, nil, nil, 1, 5, 5])
    #expect(result.notes.map(\.count) == [4])
  }
}
