import BilanColumnar
import BilanDiagnostics
import Testing

@testable import BilanReaders

/// Opens a text as a file called `t.csv`.
func open(
  _ text: String, options: ReadOptions = .init(), resource: DataPackage.Resource? = nil
) throws -> FileTable {
  try DelimitedReader.open(bytes: Array(text.utf8), name: "t.csv", options: options, resource: resource)
}

/// A table as values, column by column.
func columns(_ table: FileTable) throws -> [[Value]] { try columns(table, Array(0..<table.schema.count)) }

/// Some columns of it.
func columns(_ table: FileTable, _ wanted: [Int]) throws -> [[Value]] {
  values(try table.read(columns: wanted) { false }, wanted.map { table.schema[$0] })
}

/// What chunks hold, column by column.
func values(_ chunks: [Chunk], _ fields: [Field]) -> [[Value]] {
  fields.indices.map { index in
    chunks.flatMap { chunk in (0..<chunk.count).map { chunk.columns[index].value($0, as: fields[index].type) } }
  }
}

/// The values of the column called `label`.
func column(_ table: FileTable, _ label: String) throws -> [Value] {
  try columns(table, [try #require(table.schema.fields.firstIndex { $0.label == label })])[0]
}

/// The type and values that a column with these cells gets, under a header.
func infer(_ cells: [String], options: ReadOptions = .init()) throws -> (
  type: DataType, values: [Value], table: FileTable
) {
  let text = "k\tx\n" + cells.enumerated().map { "a\($0)\t\($1)\n" }.joined()
  let table = try open(text, options: options)
  return (table.schema[1].type, try columns(table)[1], table)
}

func labels(_ table: FileTable) -> [String] { table.schema.fields.map(\.label) }

func codes(_ table: FileTable) -> [DiagnosticCode] { table.report.notes.map(\.code) }

/// What was decided, with its evidence, by what it is about.
func decisions(_ table: FileTable) -> [String: String] {
  Dictionary(
    table.report.decisions.map { ($0.subject.english, $0.value.english + " | " + $0.evidence.english) },
    uniquingKeysWith: { first, _ in first })
}

/// Checks that a text gives the same where it is read in blocks, of which the first is a small sample, as where it is read
/// whole.
///
/// - Returns: its columns and the codes of its notes.
@discardableResult
func expectSameInBlocks(_ text: String) throws -> (columns: [[Value]], codes: [DiagnosticCode]) {
  var options = ReadOptions()
  options.scan.leastFile = 1
  options.scan.sample = 64
  let scanned = try ScannedFileTests.withFile(text.utf8) { path in
    let table = try DelimitedReader.open(path: path, name: "t.csv", options: options)
    try table.settle()
    return (columns: try columns(table), codes: codes(table))
  }
  let whole = try open(text)
  #expect(try scanned.columns == columns(whole))
  #expect(scanned.codes == codes(whole))
  return scanned
}

/// The code of the error that opening these bytes throws.
func refusal(_ bytes: [UInt8], name: String = "t.csv", options: ReadOptions = .init()) -> DiagnosticCode? {
  do throws(QueryError) {
    _ = try DelimitedReader.open(bytes: bytes, name: name, options: options)
    return nil
  } catch {
    #expect(error.kind == .data)
    return error.diagnostics.first?.code
  }
}

func day(_ year: Int, _ month: Int, _ day: Int) -> Value { .date(CalendarDate(year: year, month: month, day: day)!) }

/// Whatever the bytes: a table whose columns are as long as it says, or an error that says why not.
func expectReadOrRefused(_ source: Comment, _ open: () throws(QueryError) -> FileTable) {
  do throws(QueryError) {
    let table = try open()
    let read = (try? columns(table)) ?? []
    #expect(read.count == table.schema.count, source)
    #expect(read.allSatisfy { $0.count == table.rowCount }, source)
  } catch {
    #expect(error.kind == .data && !error.diagnostics.isEmpty, source)
  }
}
