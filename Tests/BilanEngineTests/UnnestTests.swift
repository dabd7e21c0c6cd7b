import BilanColumnar
import BilanDiagnostics
import BilanPlan
import BilanTestSupport
import Synchronization
import Testing

@testable import BilanEngine

@Suite struct UnnestTests {
  private static let numbers = DataType.list(ListType(of: .integer))
  private static let records = DataType.list(
    ListType([.init("code", .text), .init("n", .real), .init("tags", .list(ListType(of: .text)))]))

  private func table(_ rows: [[Value]]) -> Table {
    makeTable([("id", .integer), ("n", Self.numbers), ("r", Self.records)], rows)
  }

  @Test func eachElementIsARow() throws {
    let table = table([
      [.integer(1), .text("[3,null,-9223372036854775808]"), .missing],
      [.integer(2), .text("[]"), .text(#"[{"code":"a; \"b\"","n":1.5},{"n":2,"tags":["x","y"]},{}]"#)],
      [.integer(3), .missing, .text("[]")],
    ])
    let numbers = PlanBuilder(scan(table)).unnest("n", position: "at").keep("id", "n", "at")
    #expect(
      try rows(numbers.plan) == [
        [.integer(1), .integer(3), .integer(1)], [.integer(1), .missing, .integer(2)],
        [.integer(1), .integer(.min), .integer(3)], [.integer(2), .missing, .missing],
        [.integer(3), .missing, .missing],
      ])
    let records = PlanBuilder(scan(table)).unnest("r").keep("id", "r.code", "r.n", "r.tags")
    #expect(
      try rows(records.plan) == [
        [.integer(1), .missing, .missing, .missing], [.integer(2), .text("a; \"b\""), .real(1.5), .missing],
        [.integer(2), .missing, .real(2), .text(#"["x","y"]"#)], [.integer(2), .missing, .missing, .missing],
        [.integer(3), .missing, .missing, .missing],
      ])
  }

  @Test func partsOfATextAreRows() throws {
    let table = makeTable(
      [("t", .text)], [[.text(" a ;b;; ;c;")], [.text("a::b")], [.missing], [.text(" ")], [.text("null")]])
    func parts(_ separator: String) throws -> [Value] {
      try rows(PlanBuilder(scan(table)).unnest("t", by: separator).plan).map { $0[0] }
    }
    #expect(
      try parts(";") == [
        .text("a"), .text("b"), .text("c"), .text("a::b"), .missing, .missing, .text("null"),
      ])
    #expect(
      try parts("::") == [.text("a ;b;; ;c;"), .text("a"), .text("b"), .missing, .missing, .text("null")])
  }

  /// What is cut in the middle is read no further than it goes.
  @Test func damagedListsAreNoDanger() throws {
    let whole = Array(#"[{"code":"a\"\u0007","n":1,"tags":["x"]},null,3]"#.utf8)
    for length in 0...whole.count {
      let text = String(decoding: whole.prefix(length), as: UTF8.self)
      let rows = try rows(PlanBuilder(scan(table([[.integer(1), .text(text), .text(text)]]))).unnest("r").plan)
      #expect(!rows.isEmpty)
    }
  }

  /// Long lists go through the steps in pieces.
  @Test func longListsComeInPieces() throws {
    let long = "[" + (0..<30_000).map(String.init).joined(separator: ",") + "]"
    let table = table((0..<10).map { [.integer($0), .text($0 == 4 ? "[]" : long), .missing] })
    let plan = PlanBuilder(scan(table)).unnest("n").plan
    for workers in [1, 3] {
      let result = try run(plan, chunkSize: 100, workers: workers)
      #expect(result.table.rowCount == 9 * 30_000 + 1)
      #expect(result.table.chunks.allSatisfy { $0.count <= 1 << 17 })
      #expect(result.table.rows.last == [.integer(9), .missing, .integer(29_999)])
    }
  }

  /// A filter leaves out the columns that only its condition reads: the pieces do without them.
  @Test func piecesDoWithoutTheColumnsOfACondition() throws {
    let long = "[" + (0..<30_000).map(String.init).joined(separator: ",") + "]"
    let table = makeTable(
      [("id", .integer), ("n", Self.numbers)], (0..<10).map { [.integer($0), .text(long)] }, chunkSize: 10)
    let opened = PlanBuilder(scan(table)).filter { greater($0["id"], 4) }.unnest("n")
    let counted = opened.aggregate { [("elements", aggregate("count", $0["n"]))] }
    let (plan, _) = Optimizer.optimize(
      counted.plan, options: OptimizerOptions(today: CalendarDate(days: 0), fiscalYearStart: 1))
    for workers in [1, 3] {
      #expect(try run(plan, chunkSize: 100, workers: workers).table.rows == [[.integer(5 * 30_000)]])
    }
  }

  @Test func manyRowsAreCancelled() throws {
    let long = "[" + (0..<30_000).map(String.init).joined(separator: ",") + "]"
    let table = table((0..<10).map { [.integer($0), .text(long), .missing] })
    let asked = Atomic(0)
    let options = ExecutionOptions(
      today: CalendarDate(days: 0), chunkSize: 100, workers: 1,
      isCancelled: { asked.add(1, ordering: .relaxed).newValue > 3 })
    #expect {
      try Engine.run(PlanBuilder(scan(table)).unnest("n").plan, options: options)
    } throws: {
      ($0 as? QueryError)?.kind == .cancelled
    }
  }

  /// Random lists give what Foundation makes of them, whichever rules are on.
  @Test(arguments: 0..<40) func randomListsAreOpenedAlike(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    func list(_ element: (inout SplitMix64) -> String) -> Value {
      if random.next() % 6 == 0 { return .missing }
      let count = Int(random.next() % 4)
      return .text("[" + (0..<count).map { _ in element(&random) }.joined(separator: ",") + "]")
    }
    let rows = (0..<Int(random.next() % 30)).map { row -> [Value] in
      [
        .integer(Int64(row)), list { $0.next() % 4 == 0 ? "null" : "\(Int64($0.next() % 50) - 20)" },
        list { random in
          let members = [
            #""code":"\#(["a", "b; c", "é", #"\"q\""#][Int(random.next() % 4)])""#,
            #""n":\#(Double(random.next() % 100) / 4)"#, #""tags":["x","y"]"#,
          ].filter { _ in random.next() % 3 > 0 }
          return "{" + members.joined(separator: ",") + "}"
        },
      ]
    }
    let source = PlanBuilder(scan(table(rows)))
    let opened = source.unnest(random.next() % 2 == 0 ? "n" : "r", position: random.next() % 2 == 0 ? "at" : nil)
    var plan = opened.filter { greater($0["id"], 3) }
    if random.next() % 2 == 0, let last = opened.fields.last, last.type == .integer {
      plan = plan.filter { greater($0[last.label], 0) }
    }
    let kept = plan.fields.map(\.label).filter { _ in random.next() % 2 == 0 }
    plan = plan.project { input in kept.map { ($0, input[$0]) } }
    var evaluator = BilanTestSupport.PlanEvaluator()
    let expected = try evaluator.run(plan.plan)
    for rule in [""] + Optimizer.rules.map({ $0.name }) {
      let (optimized, _) = Optimizer.optimize(
        plan.plan,
        options: OptimizerOptions(disabled: [rule], today: CalendarDate(days: 0), fiscalYearStart: 1))
      let result = try run(optimized, chunkSize: 5, workers: 2)
      #expect(result.table.rows == expected, "without \(rule)\n\(PlanPrinter.print(optimized))")
    }
  }
}
