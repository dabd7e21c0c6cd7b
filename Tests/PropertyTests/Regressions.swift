import Bilan
import Testing

/// What random queries have found, as the smallest case of each.
@Suite struct Regressions {
  private func run(
    _ text: String, _ columns: [(name: String, values: ColumnValues)],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let tables = [TestTable(name: "t", columns: columns)]
    let results = try Session(catalog: try Catalog.of(tables)).run(text)
    return results.map(csv).joined()
  }

  /// The total of nothing is there, as the one row of a `summarize` without keys is.
  @Test func totalsOverNoRows() throws {
    let empty: [(name: String, values: ColumnValues)] = [("k", .texts([])), ("x", .integers([]))]
    #expect(try run("from t | summarize n = count, s = sum(x) by k with totals", empty) == "k,n,s\ntotal,0,\n")
    #expect(try run("from t | summarize n = count across k with totals", empty) == "total\n0\n")
    #expect(try run("from t | summarize n = count by x across k with totals", empty) == "x,total\n,0\n")
  }

  /// The measure of a row is that of a group of one: no weight, no mean.
  @Test func measuresOfWeightsOnRows() throws {
    let columns: [(name: String, values: ColumnValues)] = [
      ("x", .reals([1, 2, 3])), ("w", .reals([nil, 0, 2])),
    ]
    #expect(
      try run("let m = weighted_mean(x, w)\nlet q = quantile(x, 1.5)\nfrom t | keep m = m, q = q", columns)
        == "m,q\n,\n,\n3,\n")
  }

  /// Which spelling of an accent comes first decides nothing.
  @Test func decomposedAccentsOfAHost() throws {
    let columns: [(name: String, values: ColumnValues)] = [("k", .texts(["Fe\u{300}s", "F\u{E8}s"]))]
    #expect(try Array(run("from t | count by k", columns).utf8) == Array("k,count\nF\u{E8}s,2\n".utf8))
  }

  /// A period lies in a range as a whole, also where the range ends with days.
  @Test func periodsInRangesOfDays() throws {
    let periods: [(name: String, values: ColumnValues)] = [("p", .periods(["2019", "2019-06", "2019-06-10"]))]
    #expect(try run("from t | where p in 2019-06-02..2019-12-31", periods) == "p\n2019-06-10\n")
    #expect(try run("from t | where p in 2019-06-01..2019-06-30", periods) == "p\n2019-06\n2019-06-10\n")
  }
}
