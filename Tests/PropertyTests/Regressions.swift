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
    #expect(try run("from t | summarize n = count by x across k with totals", empty) == "x,total\ntotal,0\n")
  }

  /// Products of decimals, some of other digits than those before, and of zeros with what 32 bits do not hold.
  @Test func sumsOfProductsOfDecimals() throws {
    let tables = [
      TestTable(
        name: "t", columns: [("a", .reals([1.25, 2.5])), ("b", .reals([0.5, 1.5])), ("z", .integers([0, 0]))]),
      TestTable(
        name: "u",
        columns: [("a", .reals([9_000_000, 1.5])), ("b", .reals([0.123456, 0.1])), ("z", .integers([0, 0]))]),
    ]
    for order in ["from t | append (from u)", "from u | append (from t)"] {
      let text = order + " | summarize s = sum(a * b), m = mean(a * b - 1), z = sum(z * 5000000000.5)"
      let results = try Session(catalog: try Catalog.of(tables)).run(text)
      #expect(results.map(csv).joined() == "s,m,z\n1111108.525,277776.13125,0\n")
    }
  }

  /// The measure of a row is that of a group of one: no weight, no mean.
  @Test func measuresOfWeightsOnRows() throws {
    let columns: [(name: String, values: ColumnValues)] = [
      ("x", .reals([1, 2, 3])), ("w", .reals([nil, 0, 2])),
    ]
    #expect(
      try run("let m = weighted_mean(x, w)\nlet q = quantile(x, 1)\nfrom t | keep m = m, q = q", columns)
        == "m,q\n,1\n,2\n3,3\n")
  }

  /// Which spelling of an accent comes first decides nothing.
  @Test func decomposedAccentsOfAHost() throws {
    let columns: [(name: String, values: ColumnValues)] = [("k", .texts(["Fe\u{300}s", "F\u{E8}s"]))]
    #expect(try Array(run("from t | count by k", columns).utf8) == Array("k,count\nF\u{E8}s,2\n".utf8))
  }

  /// Columns of one `add` see those before them, and so do its `per` and `sort`.
  @Test func addGroupsByItsOwnColumns() throws {
    let columns: [(name: String, values: ColumnValues)] = [("k", .integers([1, 2])), ("v", .integers([10, 20]))]
    #expect(try run("from t | add k = 0, s = sum(v) per k", columns) == "k,v,s\n0,10,30\n0,20,30\n")
    #expect(try run("from t | add k = 0, s = sum(v + k) per k", columns) == "k,v,s\n0,10,30\n0,20,30\n")
    #expect(try run("from t | add s = sum(v), k = 0 per k", columns) == "k,v,s\n0,10,10\n0,20,20\n")
    #expect(try run("from t | add h = v / 10, r = row() sort h desc", columns) == "k,v,h,r\n1,10,1,2\n2,20,2,1\n")
  }

  /// A period lies in a range as a whole, also where the range ends with days.
  @Test func periodsInRangesOfDays() throws {
    let periods: [(name: String, values: ColumnValues)] = [("p", .periods(["2019", "2019-06", "2019-06-10"]))]
    #expect(try run("from t | where p in 2019-06-02..2019-12-31", periods) == "p\n2019-06-10\n")
    #expect(try run("from t | where p in 2019-06-01..2019-06-30", periods) == "p\n2019-06\n2019-06-10\n")
  }
}
