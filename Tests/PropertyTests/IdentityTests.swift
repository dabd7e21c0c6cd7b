import Bilan
import BilanTestSupport
import Testing

/// Two ways to say the same give the same.
@Suite struct IdentityTests {
  private static let aggregates = [
    "sum(target)", "mean(cost)", "median(cost)", "ratio(cost, target)", "count_distinct(created)", "max(région)",
    "share(flag)", "count", "stddev(target)", "mode(indicator)", "only(flag)", "list(indicator)", "first(period)",
  ]

  private func lines(_ text: String, _ tables: [TestTable]) throws -> [[String]] {
    let result = try Session(catalog: try Catalog.of(tables), options: SessionOptions(chunkSize: 3)).run(text)[0]
    let columns = result.columns.map(\.descriptions)
    return [result.columns.map(\.name)] + (0..<result.rowCount).map { row in columns.map { $0[row] ?? "–" } }
  }

  private func tables(_ seed: UInt64) -> (tables: [TestTable], random: SplitMix64) {
    var generator = TableGenerator(seed: seed)
    return (generator.tables(), SplitMix64(seed: seed))
  }

  @Test func totalsAreTheAggregateOverAllRows() throws {
    for seed in 0..<UInt64(caseCount) {
      var (data, random) = tables(seed)
      let aggregate = random.pick(Self.aggregates)
      let key = random.pick(["région", "period", "flag", "y = year(created)"])
      let totals = try lines("from results | summarize v = \(aggregate) by \(key) with totals", data)
      let all = try lines("from results | summarize v = \(aggregate)", data)
      #expect(totals.last == ["total"] + all[1], "seed \(seed): \(aggregate) by \(key)")
    }
  }

  @Test func acrossIsTheLongFormSpread() throws {
    for seed in 0..<UInt64(caseCount) {
      var (data, random) = tables(seed)
      let aggregate = random.pick(Self.aggregates)
      let (row, column) = random.pick([("région", "flag"), ("flag", "indicator"), ("created", "période")])
      let across = column == "période" ? "period" : column
      let wide = try lines("from results | summarize v = \(aggregate) by \(row) across \(across)", data)
      let long = try lines("from results | summarize v = \(aggregate) by \(row), \(across)", data).dropFirst()
      var expected: [[String]] = []
      let ofNoRow = aggregate.starts(with: "count") ? "0" : "–"
      let names = wide[0].dropFirst().map { $0 == "missing" ? "–" : $0 }
      for cell in long {
        if expected.last?.first != cell[0] { expected.append([cell[0]] + names.map { _ in ofNoRow }) }
        let place = try #require(names.firstIndex(of: cell[1]), "seed \(seed): no column \(cell[1])")
        expected[expected.count - 1][place + 1] = cell[2]
      }
      #expect(Array(wide.dropFirst()) == expected, "seed \(seed): \(aggregate) by \(row) across \(across)")
    }
  }

  @Test func addPerIsAJoinWithTheSummary() throws {
    for seed in 0..<UInt64(caseCount) {
      var (data, random) = tables(seed)
      let aggregate = random.pick(Self.aggregates)
      let key = random.pick(["région", "flag", "created"])
      // A missing key matches nothing in a join, and is a group of its own in `per`.
      let start = "from results | where \(key) is not missing"
      let added = try lines("\(start) | add v = \(aggregate) per \(key)", data)
      let joined = try lines("\(start) | join (\(start) | summarize v = \(aggregate) by \(key)) on \(key)", data)
      #expect(added == joined, "seed \(seed): \(aggregate) per \(key)")
    }
  }
}
