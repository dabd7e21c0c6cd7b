import BilanTestSupport
import Testing

@testable import Bilan

/// A sum and a mean of the same column, which are made of one total, against each by itself.
@Suite struct SharedTotalsTests {
  private static let rows: String = {
    var random = SplitMix64(seed: 21)
    var text = "g;k;n;x;y\n"
    for row in 0..<400 {
      let n = row % 7 == 3 ? "" : "\(random.number(-40...9000))"
      let x = row % 11 == 5 ? "" : "\(random.number(0...99)),\(random.number(10...99))"
      let y = row % 13 == 2 ? "" : "\(random.number(1...9)).\(random.number(100_000...999_999))\(row)e-3"
      text += "\(["a", "b", "c"][row % 3]);\(random.number(1...5));\(n);\(x);\(y.replacing(".", with: ","))\n"
    }
    return text
  }()

  @Test(arguments: [
    "from \"t.csv\" | summarize … by g", "from \"t.csv\" | summarize …",
    "from \"t.csv\" | summarize … by g, k with totals",
    "from \"t.csv\" | join inner many \"r.csv\" on k | summarize … by g",
    "from \"t.csv\" | join left many \"r.csv\" on k | summarize … by h",
  ])
  func isEachByItself(_ query: String) throws {
    let folder = try FileFolder()
    try folder.write("t.csv", Self.rows)
    try folder.write("r.csv", "k;h;w\n1;u;2,5\n2;v;\n3;v;0,25\n1;w;4\n")
    var calls = ["n", "x", "y"].flatMap { ["sum(\($0))", "mean(\($0))", "max(\($0))"] }
    if query.contains("join") { calls += ["mean(w)", "sum(w)"] }
    let named = calls.enumerated().map { "c\($0) = \($1)" }
    for workers in [1, 3] {
      let together = try folder.run(query.replacing("…", with: named.joined(separator: ", ")), workers: workers)
      for (number, call) in named.enumerated() {
        let alone = try folder.run(query.replacing("…", with: call), workers: workers)
        let column = try #require(alone.columns.first { $0.name == "c\(number)" })
        let own = try #require(together.columns.first { $0.name == "c\(number)" })
        #expect(own.descriptions == column.descriptions, "\(call)")
        #expect(column.descriptions.contains { $0 != nil })
        let left = alone.notes.map(\.message)
        #expect(left.allSatisfy { note in together.notes.contains { $0.message == note } }, "\(call)")
      }
    }
  }
}
