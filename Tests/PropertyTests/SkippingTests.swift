import Bilan
import BilanColumnar
import BilanDiagnostics
import BilanParquet
import BilanTestSupport
import Foundation
import Testing

/// What bounds rule out is nothing that a filter would have kept: with the rule and without it a query gives the same
/// rows and notes, on tables in memory with bounds of two rows and on Parquet files with row groups of a few.
@Suite struct SkippingTests {
  @Test(arguments: 0..<4) func nothingThatCountsIsSkipped(_ part: Int) throws {
    var skipped = PartCount()
    for round in 0..<max(2, caseCount / 8) {
      let seed = UInt64(part * 1_000_000 + round)
      var random = SplitMix64(seed: seed)
      let columns = Self.columns(&random)
      let file = FileManager.default.temporaryDirectory.appending(path: "bilan-\(UUID().uuidString).parquet").path
      defer { try? FileManager.default.removeItem(atPath: file) }
      let memory = try Catalog([]).adding("t", columns: columns, zoneRows: random.pick([1, 2, 3]))
      let whole = try Session(catalog: memory).run("from t")[0]
      try Data(
        ParquetWriter.write(
          whole.table.schema, whole.table.chunks,
          options: .init(groupRows: random.pick([1, 2, 3, 7]), pageRows: 2))
      ).write(to: URL(fileURLWithPath: file))
      for _ in 0..<4 {
        let query = Self.query(&random)
        for workers in [1, 3] {
          let expected = Self.outcome("from t | \(query)", memory, isSkipping: false, workers)
          let found = Self.outcome("from t | \(query)", memory, isSkipping: true, workers)
          #expect(found.text == expected.text, "seed \(seed), in memory: \(query)")
          skipped += found.parts
        }
        // A file knows whether its reals are decimals, by which the last digits of their sums may differ.
        let read = Self.outcome("from \"\(file)\" | \(query)", try Catalog([]), isSkipping: false, 1)
        let found = Self.outcome("from \"\(file)\" | \(query)", try Catalog([]), isSkipping: true, 1)
        #expect(found.text == read.text, "seed \(seed), Parquet: \(query)")
        skipped += found.parts
      }
    }
    // The property would hold too where nothing is ever skipped.
    #expect(skipped.skipped > caseCount / 8, "\(skipped)")
  }

  private static func outcome(
    _ query: String, _ catalog: Catalog, isSkipping: Bool, _ workers: Int
  ) -> (text: String, parts: PartCount) {
    let session = Session(
      catalog: catalog,
      options: SessionOptions(
        today: "2021-01-22", workers: workers, chunkSize: 2, disabledRules: isSkipping ? [] : ["skip_by_bounds"]))
    do {
      let result = try session.profile(query)[0]
      var parts = PartCount()
      for stage in result.profile?.stages ?? [] { parts += stage.parts }
      return (csv(result) + result.notes.map(\.message).joined(separator: "\n"), parts)
    } catch {
      return (error.description, PartCount())
    }
  }

  // MARK: Data

  /// Rows more or less in order, as deliveries are.
  private static func columns(_ random: inout SplitMix64) -> [(name: String, values: ColumnValues)] {
    let count = random.pick([0, 1, 5, 20, 40])
    let disorder = random.pick([0, 0, 10, 100])
    func values<Value: Comparable>(_ choices: [Value]) -> [Value?] {
      let missing = random.pick([0, 0, 30, 100])
      var values = (0..<count).map { _ in random.pick(choices) }.sorted()
      for row in values.indices where random.chance(disorder) { values[row] = random.pick(choices) }
      return values.map { random.chance(missing) ? nil : $0 }
    }
    return [
      ("n", .integers(values([-7, -1, 0, 1, 3, 10, 12, 2019]))),
      ("far", .integers(values(TableGenerator.extremes))),
      (
        "x",
        .reals(
          values([-1e300, -2.5, -0.0, 0.0, .leastNonzeroMagnitude, 0.1, 0.1, 0.2, 0.123456789012, 3, 7.75, 1e300]))
      ),
      ("s", .texts(values(TableGenerator.regions + ["\u{10FFFF}", "a\u{301}", "日本"]))),
      ("p", .periods(values(TableGenerator.periods))), ("d", .dates(values(TableGenerator.dates))),
      ("b", .booleans(values([0, 1]).map { $0.map { $0 == 1 } })),
    ]
  }

  private static func query(_ random: inout SplitMix64) -> String {
    let conditions = (0..<random.number(1...3)).map { _ in condition(&random) }
    let joined = conditions.dropFirst().reduce(conditions[0]) { "\($0) \(random.pick(["and", "and", "or"])) (\($1))" }
    return "where \(joined)"
      + random.pick([
        "", " | summarize rows = count, sum(n), sum(x), mean(x), max(d), first(s)", " | summarize r = ratio(x, n) by b",
      ])
  }

  private static func condition(_ random: inout SplitMix64) -> String {
    let comparison = random.pick(["=", "!=", "<", "<=", ">", ">="])
    let (column, values): (String, [String]) = random.pick([
      ("n", ["-7", "0", "1", "2", "12", "2018", "0.5", "-1.0", "missing"]),
      ("far", ["9223372036854775807", "-9223372036854775808", "0", "1e18", "-1e30"]),
      ("x", ["0", "0.0", "-0.0", "0.1", "-2.5", "1e300", "3", "missing"]),
      ("s", ["\"Oriental\"", "\"École\"", "\"\"", "\"á\"", "\"\u{10FFFF}\"", "\"nowhere\""]),
      ("p", ["2019", "2019-Q3", "2019-12-31", "2020-02", "FY2019"]),
      ("d", ["2019-02-28", "2020-02-29", "2019", "2019-Q4", "1900-01-01"]),
      ("year(d)", ["2019", "2020", "1999", "0", "12345"]),
    ])
    let value = random.pick(values)
    switch random.number(0...9) {
    case 0: return "\(random.pick(["n", "far", "x", "s", "p", "d", "b"])) is \(random.pick(["", "not "]))missing"
    case 1: return random.pick(["b", "not b", "b = true", "b != false", "b = missing"])
    case 2 where column != "year(d)":
      return "\(column) \(random.pick(["", "not "]))in [\(value), \(random.pick(values))]"
    case 3: return "\(random.pick(["p", "d"])) in \(random.pick(["2019", "2019-Q1", "2020-02", "1900..2019"]))"
    case 4: return "n in \(random.number(-8...0))..\(random.number(0...2020))"
    case 5: return "\(value) \(comparison) \(column)"
    case 6: return "(\(column) \(comparison) \(value) or \(column) = \(random.pick(values)))"
    default: return "\(column) \(comparison) \(value)"
    }
  }
}
