import BilanColumnar
import BilanDiagnostics
import Foundation
import Testing

@testable import BilanExchange
@testable import BilanReaders

/// Opens a text as a file called `t.xml`.
func openIATI(_ text: String, table: String? = nil, options: ReadOptions = ReadOptions()) throws -> FileTable {
  try IATIFormat.open(bytes: Array(text.utf8), table: table, name: "t.xml", options: options)
}

/// An activity around some elements, in a file.
func activity(_ content: String, attributes: String = #"xml:lang="en" default-currency="MAD""#) -> String {
  """
  <?xml version="1.0" encoding="UTF-8"?>
  <iati-activities version="2.03">
  <iati-activity \(attributes)>
  <iati-identifier>MA-1-A</iati-identifier>
  <reporting-org ref="MA-1" type="22"><narrative>Bilan</narrative></reporting-org>
  <title><narrative>Jobs</narrative><narrative xml:lang="fr">Emplois</narrative></title>
  \(content)
  </iati-activity>
  </iati-activities>
  """
}

/// The values of the column called `label`.
func column(_ table: FileTable, _ label: String) throws -> [Value] {
  let index = try #require(table.schema.fields.firstIndex { $0.label == label }, "no column \(label)")
  let chunks = try table.read(columns: [index]) { false }
  return chunks.flatMap { chunk in (0..<chunk.count).map { chunk.columns[0].value($0, as: table.schema[index].type) } }
}

/// The error that opening these bytes throws; nil where they are read.
func refusal(_ bytes: [UInt8], table: String? = nil) -> Diagnostic? {
  do throws(QueryError) {
    _ = try IATIFormat.open(bytes: bytes, table: table, name: "t.xml")
    return nil
  } catch {
    #expect(error.kind == .data)
    return error.diagnostics.first
  }
}

func day(_ year: Int, _ month: Int, _ day: Int) -> Value { .date(CalendarDate(year: year, month: month, day: day)!) }
