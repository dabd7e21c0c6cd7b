import Bilan
import BilanColumnar
import BilanDiagnostics
import BilanReaders
import BilanRenderers
import BilanSyntax
import BilanTestSupport
import Testing

/// What is written reads back as what it was.
@Suite struct RoundTripTests {
  @Test func printedQueriesParseToThemselves() throws {
    for seed in 0..<UInt64(caseCount) {
      let text = query(seed).text
      let parsed = Parser.parse(Source(name: "<query>", text: text))
      let printed = Printer.print(parsed.program)
      let again = Parser.parse(Source(name: "<printed>", text: printed))
      #expect(again.diagnostics.isEmpty, "seed \(seed)\n\(printed)")
      #expect(
        ASTDump.describe(parsed.program, ignoringParentheses: true)
          == ASTDump.describe(again.program, ignoringParentheses: true), "seed \(seed)\n\(text)\n\(printed)")
      #expect(Printer.print(again.program) == printed, "seed \(seed)\n\(printed)")
    }
  }

  /// The types of a file's columns are inferred, so tables are compared as the text they are written as.
  ///
  /// A reader takes an empty text for missing, and a row that is empty but for its first cell for no row of the table:
  /// results that have such are left out.
  @Test func csvReadsBack() throws {
    var count = 0
    for seed in 0..<UInt64(caseCount) {
      let (text, tables) = query(seed)
      guard let result = try? Session(catalog: try Catalog.of(tables)).run(text)[0], result.rowCount > 0,
        Set(result.columns.map(\.name)).count == result.columns.count,
        !result.columns.contains(where: { $0.name.isEmpty || $0.name.hasSuffix(" ") })
      else { continue }
      let cells = result.columns.map(\.descriptions)
      let isSparse = (0..<result.rowCount).contains { row in cells.dropFirst().allSatisfy { $0[row] == nil } }
      if isSparse || cells.contains(where: { $0.contains("") }) { continue }
      count += 1
      let written = csv(result)
      let file = try DelimitedReader.open(
        bytes: Array(written.utf8), name: "written", options: ReadOptions(delimiter: UInt8(ascii: ","), hasHeader: true)
      )
      #expect(file.schema.fields.map(\.label) == result.columns.map(\.name), "seed \(seed)\n\(text)\n\(written)")
      let chunks = try file.read(columns: Array(0..<file.schema.count), isCancelled: { false })
      let read = Table(schema: file.schema, chunks: chunks)
      var sink = BufferSink()
      render(read, notes: [], as: .csv, options: RenderOptions(), into: &sink)
      #expect(sink.text == written, "seed \(seed)\n\(text)\n\(written)")
    }
    #expect(count > caseCount / 20)
  }

  private func query(_ seed: UInt64) -> (text: String, tables: [TestTable]) {
    var tables = TableGenerator(seed: seed)
    let data = tables.tables()
    var queries = QueryGenerator(seed: seed, data)
    return (queries.program(), data)
  }
}
