import BilanColumnar
import BilanDiagnostics
import BilanTestSupport
import Testing

@testable import BilanReaders

@Suite struct ReadingPropertyTests {
  /// A random text of what makes delimited files hard.
  private func text(_ random: inout SplitMix64) -> String {
    let pieces = [
      "a", "é", "œuvre", "\"", "\"\"", ",", ";", "\t", "|", "\n", "\r\n", " ", "1", "0,5", "-", "Ω", "x y", "'",
    ]
    return (0..<Int.random(in: 0...6, using: &random)).map { _ in pieces.randomElement(using: &random)! }.joined()
  }

  private func quoted(_ text: String, _ delimiter: String, _ random: inout SplitMix64) -> String {
    let needs =
      text.contains("\"") || text.contains(delimiter) || text.contains { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
      || text.hasPrefix(" ") || text.hasSuffix(" ") || text.contains("\t") || text.isEmpty
    guard needs || Int.random(in: 0..<4, using: &random) == 0 else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  @Test(arguments: 0..<200) func whatIsWrittenIsReadBack(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let width = Int.random(in: 1...5, using: &random)
    let delimiter = [",", ";", "\t", "|"].randomElement(using: &random)!
    let end = ["\n", "\r\n", "\r"].randomElement(using: &random)!
    let rows = (0..<Int.random(in: 0...40, using: &random)).map { _ in (0..<width).map { _ in text(&random) } }
    var file = (0..<width).map { "c\($0)" }.joined(separator: delimiter) + end
    for row in rows { file += row.map { quoted($0, delimiter, &random) }.joined(separator: delimiter) + end }
    let options = ReadOptions(
      delimiter: delimiter.utf8.first, hasHeader: true, missingCodes: [],
      types: Dictionary(uniqueKeysWithValues: (0..<width).map { ("c\($0)", DataType.text) }),
      chunkRows: Int.random(in: 1...9, using: &random))
    let table = try open(file, options: options)
    #expect(table.report.strayQuoteCount == 0)
    #expect(table.report.shortRowCount + table.report.longRowCount == 0)
    // An empty text is missing; a footnote is told apart only where three columns stand above it.
    let kept = rows.count - table.report.footnoteLineCount
    for field in 0..<width {
      let expected = rows.prefix(kept).map { $0[field].isEmpty ? Value.missing : .text($0[field]) }
      #expect(try columns(table)[field] == expected, "seed \(seed), column \(field)")
    }
  }

  @Test(arguments: [1, 2, 63, 64, 65, 1000]) func theChunkSizeChangesNothing(rows: Int) throws {
    var text = "n;x;t;d;b;p\n"
    for row in 0..<200 {
      text +=
        "\(row);\(row % 7 == 0 ? "" : "\(row),5");t\(row % 5);\(row % 28 + 1)/02/2020;\(row % 2 == 0 ? "oui" : "non");2020-T\(row % 4 + 1)\n"
    }
    let whole = try columns(try open(text))
    let table = try open(text, options: ReadOptions(chunkRows: rows))
    #expect(try columns(table) == whole)
    #expect(table.schema.fields.map(\.type) == [.integer, .real, .text, .date, .boolean, .period])
    let chunks = try table.read(columns: [2, 0]) { false }
    #expect(chunks.allSatisfy { $0.count <= rows && $0.columns.count == 2 })
    let counting = try table.read(columns: []) { false }
    #expect(counting.reduce(0) { $0 + $1.count } == 200)
  }

  @Test func cancellationStopsReading() throws {
    let table = try open("a,b\nx,1\n")
    #expect(throws: QueryError.self) { try table.read(columns: [0]) { true } }
  }

  private static let files = [
    "région;date;montant\r\nFès;03/04/2019;1 200,50\r\n\"Béni; Mellal\";25/12/2020;n/d\r\n",
    "\u{FEFF}id\tname\tdone\n007\t\"a\"\"b\"\ttrue\n008\t\tfalse\n",
    "Title of a report\n\na,b,c\n1,2.5,2019-Q3\n2,-3e4,2019-Q4\nSource: a\n",
  ]

  @Test(arguments: 0..<300) func damagedFilesAreReadOrRefused(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let (text, other) = (Self.files[seed % 3], Self.files[(seed + 1) % 3])
    let bytes = Damage.damaged(Array(text.utf8), with: Array(other.utf8), &random)
    expectReadOrRefused("seed \(seed)") { () throws(QueryError) in
      try DelimitedReader.open(bytes: bytes, name: "fuzz")
    }
  }

  @Test(arguments: 0..<400) func randomBytesAreReadOrRefused(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed) &* 7919)
    let alphabet: [UInt8] =
      Array("ab01 ,;\t|\"\r\n.-/%é'".utf8) + [0xE9, 0xCC, 0x81, 0xE2, 0x80, 0xAF, 0xEF, 0xBB, 0xBF]
    let isWild = seed % 4 == 0
    let bytes = (0..<Int.random(in: 0...300, using: &random)).map { _ in
      isWild ? UInt8.random(in: 0...255, using: &random) : alphabet.randomElement(using: &random)!
    }
    expectReadOrRefused("seed \(seed)") { () throws(QueryError) in
      let table = try DelimitedReader.open(bytes: bytes, name: "fuzz")
      #expect(Set(table.schema.fields.map(\.handle)).count == table.schema.count, "seed \(seed)")
      return table
    }
  }
}
