import BilanColumnar
import BilanDiagnostics
import BilanTestSupport
import Testing

@testable import BilanReaders

/// Reading by several workers gives what one gives, wherever the shares are cut.
@Suite struct ParallelReadingTests {
  /// Lines with what files have in them: quotes with line ends inside, ragged rows, blank lines, stray quotes.
  private static func text(_ random: inout SplitMix64) -> String {
    let cells = [
      "1", "-2.5", "", "n/d", "a \"stray\" one", "\"two\nlines\"", "\"a; b\"", "\"\"\"quoted\"\"\"", "01/02/2019", "é",
      "12 345,6",
    ]
    let lineEnd = Bool.random(using: &random) ? "\n" : "\r\n"
    var text = "a;b;c" + lineEnd
    for _ in 0..<Int.random(in: 0...60, using: &random) {
      let count = Int.random(in: 0...9, using: &random) == 0 ? Int.random(in: 0...5, using: &random) : 3
      text += (0..<count).map { _ in cells.randomElement(using: &random)! }.joined(separator: ";") + lineEnd
    }
    return text
  }

  @Test(arguments: 0..<200) func indexesAsOneWorkerDoes(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let bytes = Array(Self.text(&random).utf8)
    func index(_ workers: Int) throws -> RecordIndex {
      try RecordIndex(
        bytes, from: 0, dialect: Dialect(delimiter: UInt8(ascii: ";")), width: 3, name: "test",
        workers: Workers(workers), leastShare: 7)
    }
    let whole = try index(1)
    for workers in [2, 3, 8] {
      let parts = try index(workers)
      #expect(parts.starts == whole.starts, "seed \(seed), \(workers) workers")
      #expect(parts.count == whole.count)
      #expect(parts.ragged.shortCount == whole.ragged.shortCount)
      #expect(parts.ragged.longCount == whole.ragged.longCount)
      #expect(parts.ragged.examples.map(\.offset) == whole.ragged.examples.map(\.offset))
      #expect(parts.blankLineCount == whole.blankLineCount)
      #expect(parts.lastBlankBefore == whole.lastBlankBefore)
      #expect(parts.strayQuoteCount == whole.strayQuoteCount)
      #expect(parts.strayQuoteOffsets == whole.strayQuoteOffsets)
      #expect(parts.widestRecord == whole.widestRecord)
    }
  }

  /// Enough rows that every pass is shared out.
  @Test func readsAsOneWorkerDoes() throws {
    var random = SplitMix64(seed: 7)
    var text = "id;name;amount;date;note\n"
    for row in 0..<40_000 {
      let amount = row % 7 == 0 ? "n/d" : "\(row),\(row % 10)"
      text += "\(row);name \(row % 100);\(amount);\(1 + row % 28)/02/2019;\(Int.random(in: 0...9, using: &random))\n"
    }
    func table(_ workers: Int) throws -> FileTable {
      try DelimitedReader.open(bytes: Array(text.utf8), name: "test", options: ReadOptions(workers: workers))
    }
    let (one, three) = (try table(1), try table(3))
    #expect(one.schema == three.schema)
    #expect(one.report.columns.map(\.evidence) == three.report.columns.map(\.evidence))
    #expect(one.report.notes.map(\.message) == three.report.notes.map(\.message))
    let columns = Array(one.schema.fields.indices)
    let (first, second) = (try one.read(columns: columns) { false }, try three.read(columns: columns) { false })
    #expect(first.map(\.count) == second.map(\.count))
    for (left, right) in zip(first, second) {
      for column in columns {
        let type = one.schema[column].type
        #expect(
          (0..<left.count).allSatisfy {
            left.columns[column].value($0, as: type) == right.columns[column].value($0, as: type)
          })
      }
    }
  }
}
