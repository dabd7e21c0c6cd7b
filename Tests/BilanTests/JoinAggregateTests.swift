import Bilan
import Foundation
import Testing

/// Aggregations over joins that need no rows of the join: they give what the rows give, and say the same.
@Suite struct JoinAggregateTests {
  /// Left rows: of key 9, which no right row has, such as would fail or overflow.
  private static let left = """
    k;name;x;p;q;day;note
    9;d;1,5;4000000000;4000000000;02/01/2019;a
    9;d;2,5;4000000000;4000000000;02/01/2019;

    """
    + (0..<40).map { row in
      let key = row % 5 == 4 ? "" : "\(row % 5)"
      let amount = row % 7 == 3 ? "" : "\(row * 3),\(row % 10)5"
      return "\(key);\(["a", "b", "c"][row % 3]);\(amount);\(row);2;\(10 + row % 3)/01/2019;n\(row % 4)\n"
    }.joined()
  private static let right = "k;g;w;r\n0;nord;1;0,5\n1;sud;2;1,25\n2;;3;\n3;nord;;2,5\n"
  private static let names = "name;label\na;Un\nb;\n"

  private static let files = Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "bilan-joins-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return try ["l": left, "r": right, "n": names].map { name, text in
      let file = folder.appending(path: "\(name).csv")
      try text.write(to: file, atomically: true, encoding: .utf8)
      return "\(name)=\(file.path)"
    }
  }

  /// Where `…` stands the rows of the join are sorted, which has to have them.
  @Test(arguments: [
    "from l | join inner r on k … | summarize s = sum(p * q * 0.5), n = sum(p + q) by g",
    "from l | where k != 9 | join left r on k … | summarize s = sum(p * q * 0.5), w = sum(w), r = mean(r), c = count(w) by g",
    "from l | where k is missing or k < 3 | join left r on k … | summarize n = count, c = count(x), m = max(x), r = sum(r) by g with totals",
    "from l | join inner r on k … | summarize sum(x), min(x), mean(x), sum(r), count by k",
    "from l | join inner r on k … | summarize sum(x), sum(w)",
    "from l | join inner n on name … | summarize sum(x), count by label, name with totals",
    "from l | join inner (from r | add d = 2019-01-10 + k, p = period(d)) on day = d … | summarize sum(x) by day",
    "from l | join inner (from r | add p = period(2019-01-10 + k) | keep p, g) on day = p … | summarize sum(x) by day, g",
    "from l | where k = 9 | join inner r on k … | summarize sum(x), count by g with totals",
    "from l | where k = 9 | join left r on k … | summarize sum(x), sum(w), mean(r), count by g",
    "from l | join left (from r | where k > 99) on k … | summarize sum(x), sum(w), count",
    "from l | join inner (from r | where k > 99) on k … | summarize sum(x), sum(w), count",
    "from l | join inner r on k | where w > 1 … | summarize sum(x), sum(w), count by g",
    "from l | where false | join inner r on k … | summarize sum(x), sum(w), count",
  ])
  func givesWhatTheRowsGive(_ query: String) throws {
    var found: [[String]] = []
    for (workers, step, off) in [
      (1, "", ""), (3, "", ""), (2, "", "aggregate_joins"), (1, "| sort x", ""), (2, "| sort x", ""),
    ] {
      let session = Session(
        catalog: try Catalog(try Self.files.get()), options: SessionOptions(workers: workers, disabledRules: [off]))
      let result = try session.run(query.replacing("…", with: step))[0]
      found.append(
        result.columns.map { "\($0.name): \($0.descriptions.map { $0 ?? "missing" })" }
          + result.notes.map { "\($0)" })
    }
    for other in found.dropFirst() { #expect(found[0] == other) }
  }

  /// What the rows that an inner join leaves out add up to is nobody's concern.
  @Test func sumsOfRowsLeftOutDoNotFail() throws {
    let large = 9_000_000_000_000_000_000
    let catalog = try Catalog([])
      .adding(
        "l",
        columns: [
          ("k", .integers(Array(repeating: 1, count: 8) + [9, 9])),
          ("x", .integers(Array(repeating: 1, count: 8) + [large, large])),
        ]
      )
      .adding("r", columns: [("k", .integers([1])), ("g", .texts(["a"]))])
    let result = try Session(catalog: catalog).run("from l | join inner r on k | summarize s = sum(x) by g")[0]
    #expect(result.column("s")?.numbers == [8])
  }
}
