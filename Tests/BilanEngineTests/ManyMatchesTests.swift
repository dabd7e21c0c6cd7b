import BilanColumnar
import BilanDiagnostics
import BilanPlan
import BilanTestSupport
import Synchronization
import Testing

@testable import BilanEngine

/// Joins whose answer is far larger than both sides.
@Suite struct ManyMatchesTests {
  private static let count = 600

  /// `key` counts from 0 to 2 and is missing once in a while; `n` counts rows.
  private static let table = makeTable(
    [("key", .text), ("n", .integer)],
    (0..<count).map { row in
      [row % 50 == 49 ? .missing : .text("k\(row % 3)"), .integer(Int64(row))]
    }, chunkSize: 400)

  private static func join(_ kind: JoinNode.Kind) -> PlanBuilder {
    PlanBuilder(scan(table)).join(kind, PlanBuilder(scan(table)), on: "key", "key", taking: ["n"])
  }

  /// Pairs of left and right rows, -1 where there is no right one.
  private static func expected(keepsUnmatched: Bool) -> [[Value]] {
    let keys = table.rows.map { $0[0] }
    return keys.indices.flatMap { left -> [[Value]] in
      let matches = keys[left] == .missing ? [] : keys.indices.filter { keys[$0] == keys[left] }
      if matches.isEmpty { return keepsUnmatched ? [[.integer(Int64(left)), .missing]] : [] }
      return matches.map { [.integer(Int64(left)), .integer(Int64($0))] }
    }
  }

  @Test(arguments: [JoinNode.Kind.inner, .left, .full])
  func theAnswerComesInParts(_ kind: JoinNode.Kind) throws {
    var expected = Self.expected(keepsUnmatched: kind != .inner)
    #expect(expected.count > Expansion.mostRows)
    if kind == .full {
      let lonely = Self.table.rows.filter { $0[0] == .missing }.map { [Value.missing, $0[1]] }
      expected += lonely
    }
    for workers in [1, 3] {
      let result = try run(Self.join(kind).plan, chunkSize: 1000, workers: workers)
      #expect(result.table.chunks.allSatisfy { $0.count <= Expansion.mostRows })
      #expect(result.table.rows.map { Array($0.suffix(2)) } == expected)
      #expect(result.notes.map(\.count) == [12])
    }
  }

  /// The right rows that a condition leaves out are counted as matches and are not there.
  @Test func aConditionOnTheRightRows() throws {
    let joined = Self.join(.inner)
    let left = Self.table.schema.count
    let plan = joined.filter { _ in greater(.column(left, .integer), 590) }.plan
    let expected = Self.expected(keepsUnmatched: false).filter { ($0[1].integer ?? 0) > 590 }
    #expect(try run(plan, chunkSize: 1000, workers: 2).table.rows.map { Array($0.suffix(2)) } == expected)
  }

  @Test func itIsCancelledBetweenParts() throws {
    let asked = Atomic(0)
    let options = ExecutionOptions(
      today: CalendarDate(days: 0), chunkSize: 1000, workers: 1,
      // Once for each side, for the pipeline, and for its only morsel.
      isCancelled: { asked.add(1, ordering: .relaxed).newValue > 4 })
    let error = try #require(throws: QueryError.self) { try Engine.run(Self.join(.inner).plan, options: options) }
    #expect(error.kind == .cancelled)
  }

  @Test func itEndsWhereMemoryDoes() throws {
    let asked = Atomic(0)
    let memory = MemoryBudget(
      limit: { 1 << 30 }, inUse: { asked.add(1, ordering: .relaxed).newValue > 3 ? 1 << 31 : 0 })
    let options = ExecutionOptions(today: CalendarDate(days: 0), chunkSize: 1000, workers: 1, memory: memory)
    let error = try #require(throws: QueryError.self) { try Engine.run(Self.join(.inner).plan, options: options) }
    #expect(error.diagnostics.map(\.code) == [.memoryExceeded])
  }
}
