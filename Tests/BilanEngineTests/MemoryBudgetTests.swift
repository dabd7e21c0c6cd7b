import BilanDiagnostics
import Testing

@testable import BilanEngine

@Suite struct MemoryBudgetTests {
  private func budget(_ limit: Int, inUse: Int) -> MemoryBudget {
    MemoryBudget(limit: { limit }, inUse: { inUse })
  }

  @Test func letsPassWhatFits() throws {
    try budget(1000, inUse: 400).demand(600)
    // No limit.
    try budget(0, inUse: 400).demand(.max)
  }

  @Test(arguments: [601, Int.max]) func endsTheQueryBeyondIt(_ more: Int) {
    do throws(QueryError) {
      try budget(1000, inUse: 400).demand(more)
      Issue.record("more than the limit was given")
    } catch {
      #expect(error.kind == .data)
      #expect(error.diagnostics.map(\.code) == [.memoryExceeded])
    }
  }

  /// Up to some bytes the limit is not asked for; beyond them it holds.
  @Test func asksForTheLimitWhenItMatters() throws {
    let small = MemoryBudget(
      limit: {
        Issue.record("the limit was asked for")
        return 1
      }, unasked: 1000, inUse: { 400 })
    try small.demand(600)
    let large = MemoryBudget(limit: { 1200 }, unasked: 1000, inUse: { 400 })
    try large.demand(800)
    #expect(throws: QueryError.self) { try large.demand(801) }
  }

  @Test func writesSizes() {
    #expect(MemoryBudget.text(512) == Localized("512 B", fr: "512 o"))
    #expect(MemoryBudget.text(1536 << 20) == Localized("1.5 GiB", fr: "1,5 Gio"))
    #expect(MemoryBudget.text(290 << 20) == Localized("290 MiB", fr: "290 Mio"))
  }
}
