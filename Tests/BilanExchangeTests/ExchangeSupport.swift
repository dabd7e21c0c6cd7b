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

/// A small generator with a seed, the same on every run.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}

/// Files as people publish them, where they are at hand.
enum RealData {
  static let directory: String = {
    if let given = ProcessInfo.processInfo.environment["BILAN_REAL_DATA"] { return given }
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return root.deletingLastPathComponent().appendingPathComponent("shared/data/real").path
  }()

  static var isPresent: Bool { FileManager.default.fileExists(atPath: directory) }

  static let xml: [String] = {
    let all = FileManager.default.enumerator(atPath: directory)?.compactMap { $0 as? String } ?? []
    return all.filter { $0.hasSuffix(".xml") }.sorted()
  }()
}

func day(_ year: Int, _ month: Int, _ day: Int) -> Value { .date(CalendarDate(year: year, month: month, day: day)!) }
