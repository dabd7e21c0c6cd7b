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

  /// A period lies in a range as a whole, also where the range ends with days.
  @Test func periodsInRangesOfDays() throws {
    let periods: [(name: String, values: ColumnValues)] = [("p", .periods(["2019", "2019-06", "2019-06-10"]))]
    #expect(try run("from t | where p in 2019-06-02..2019-12-31", periods) == "p\n2019-06-10\n")
    #expect(try run("from t | where p in 2019-06-01..2019-06-30", periods) == "p\n2019-06\n2019-06-10\n")
  }
}
