import Bilan
import BilanEngine
import BilanTestSupport
import Testing

/// What is decided while a plan runs is named, and can be switched off; answers stay what they are.
@Suite struct ExecutionRuleTests {
  private static let queries = [
    "from rows | summarize n = count, s = sum(value), m = median(value) by key",
    "from rows | summarize n = count, s = sum(value) by name",
    "from rows | join inner kinds on kind | where weight > 3 | summarize n = count, s = sum(weight) by kind",
    "from rows | join left kinds on kind | summarize s = sum(weight * value) by key",
  ]

  /// More rows than those from which groups are counted off in order: ascending keys, and names that nearly all differ.
  private static let catalog = Result {
    let count = 200_000
    var random = SplitMix64(seed: 5)
    return try Catalog([])
      .adding(
        "rows",
        columns: [
          ("key", .integers((0..<count).map { $0 / 3 })), ("name", .texts((0..<count).map { "n\($0 * 7919 % count)" })),
          ("kind", .integers((0..<count).map { _ in Int.random(in: 0..<12, using: &random) })),
          ("value", .integers((0..<count).map { _ in Int.random(in: -50...50, using: &random) })),
        ]
      )
      .adding("kinds", columns: [("kind", .integers(Array(0..<10))), ("weight", .integers(Array(0..<10)))])
  }

  @Test(arguments: queries) func answersStayWithoutEach(_ query: String) throws {
    func answer(_ off: Set<String>, workers: Int) throws -> [String] {
      let options = SessionOptions(workers: workers, disabledRules: off)
      let result = try Session(catalog: try Self.catalog.get(), options: options).run(query)[0]
      return result.columns.map { "\($0.name): \($0.descriptions.map { $0 ?? "missing" })" }
        + result.notes.map { "\($0)" }
    }
    let names = ExecutionRule.allCases.map(\.rawValue)
    let usual = try answer([], workers: 2)
    for off in names.map({ Set([$0]) }) + [Set(names)] { #expect(try answer(off, workers: 2) == usual, "\(off)") }
  }

  @Test func explainListsThoseThatAPlanLeavesOpen() throws {
    func open(_ query: String, off: Set<String> = []) throws -> [String] {
      let session = Session(catalog: try Self.catalog.get(), options: SessionOptions(disabledRules: off))
      let lines = try session.explain(query).split(separator: "\n")
      return lines.drop { $0 != "decided while it runs" }.dropFirst().map { String($0.dropFirst(2)) }
    }
    #expect(try open(Self.queries[0]) == ["aggregate_in_order"])
    #expect(try open(Self.queries[2]) == ["reduce_joins", "aggregate_joins"])
    #expect(try open(Self.queries[2], off: ["reduce_joins"]) == ["aggregate_joins"])
    #expect(try open("from rows | where key > 3") == [])
  }
}
