import BilanDiagnostics
import BilanTestSupport
import Foundation
import Testing

@testable import BilanReaders

/// JSON as people publish it, and the suites that try readers of it, where they are at hand.
@Suite(.enabled(if: RealData.isPresent, "no real data beside the package"))
struct RealJSONTests {
  /// Files whose names say whether a reader must accept them (`y_`), refuse them (`n_`), or may do either (`i_`).
  private static let suite: [String] = ["suite-jsontestsuite", "suite-jsontestsuite-transform"].flatMap { folder in
    let names = (try? FileManager.default.contentsOfDirectory(atPath: RealData.directory + "/" + folder)) ?? []
    return names.filter { $0.hasSuffix(".json") }.sorted().map { folder + "/" + $0 }
  }

  private func bytes(_ file: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: RealData.directory + "/" + file)))
  }

  /// Whether a text is accepted; one without records is right all the same.
  private func accepts(_ file: String) throws -> Bool {
    guard let error = jsonRefusal(try bytes(file)) else { return true }
    #expect([.malformedFile, .emptyFile].contains(error.code), "\(file)")
    // `[]` and `null` are texts without records; what is blank is no JSON.
    let text = try bytes(file)
    return error.code == .emptyFile && text.contains { (0x21...0x7F).contains($0) }
  }

  @Test func theTestSuite() throws {
    var counts: [String: Int] = [:]
    for file in Self.suite {
      let kind = String(file.split(separator: "/")[1].prefix(2))
      let isAccepted = try accepts(file)
      counts[kind + (isAccepted ? " accepted" : " refused"), default: 0] += 1
      if kind == "y_" { #expect(isAccepted, "\(file)") }
      if kind == "n_" { #expect(!isAccepted, "\(file)") }
    }
    #expect(counts["y_ accepted"] == 61)
    #expect(counts["n_ refused"] == 125)
    // Of what may be either, numbers of any size are accepted (a column that cannot hold one says so), and UTF-16 with
    // and without a mark; refused is what is no Unicode: halves of surrogate pairs and bytes that are no UTF-8.
    #expect(counts["i_ accepted"] == 9)
    #expect(counts["i_ refused"] == 15)
  }

  @Test func everyFileIsReadOrRefused() throws {
    let all = FileManager.default.enumerator(atPath: RealData.directory)?.compactMap { $0 as? String } ?? []
    let files = all.filter { name in
      [".json", ".ndjson", ".jsonl", ".geojson"].contains(where: name.hasSuffix) && !name.contains("jsontestsuite/")
    }.sorted()
    #expect(files.count > 400)
    var outcomes: [String: Int] = [:]
    for file in files {
      do {
        let table = try JSONFormat.open(bytes: try bytes(file), name: file)
        let chunks = try table.read(columns: Array(0..<table.schema.count)) { false }
        #expect(chunks.reduce(0) { $0 + $1.count } == table.rowCount, "\(file)")
        outcomes["read", default: 0] += 1
      } catch let error as QueryError {
        #expect(error.kind == .data)
        outcomes[error.diagnostics.first?.code.rawValue ?? "no diagnostic", default: 0] += 1
        if ProcessInfo.processInfo.environment["BILAN_REAL_VERBOSE"] != nil {
          print("\(file) REFUSED \(error.diagnostics[0].message.english)")
        }
      }
    }
    #expect(outcomes["no diagnostic"] == nil)
    #expect(outcomes["read", default: 0] * 10 > files.count * 9, "\(outcomes)")
  }

  /// What of the files that DuckDB tries its reader with is refused, and why; all others are read.
  private static let refused: [String: (DiagnosticCode, reason: String)] = [
    "empty_array.json": (.emptyFile, "an array without records"),
    "empty_no_newline.json": (.emptyFile, "an object without names"),
    "malformed/array_comma_malformed.json": (.malformedFile, "a comma where a value is expected"),
    "multi_file_hang/my.json": (.malformedFile, "values beside one another, which JSON Lines has on lines"),
    "multi_file_hang/my2.json": (.malformedFile, "values beside one another, which JSON Lines has on lines"),
    "multiple_objects_per_line.ndjson": (.malformedFile, "values beside one another, which JSON Lines has on lines"),
    "trailing_content.ndjson": (.malformedFile, "text after the value"),
    "unterminated_quotes.ndjson": (.malformedFile, "a text that does not end"),
  ]

  @Test func filesOfDuckDB() throws {
    let folder = "suite-duckdb-json/"
    let files = RealData.files(".json", ".ndjson", ".jsonl", ".geojson").filter { $0.hasPrefix(folder) }
    #expect(files.count > 30)
    for file in files {
      let code = jsonRefusal(try bytes(file))?.code
      #expect(code == Self.refused[String(file.dropFirst(folder.count))]?.0, "\(file)")
    }
  }

  /// The tables of csv-spectrum as JSON are those of its CSV files.
  @Test func csvSpectrumInJSON() throws {
    let folder = RealData.directory + "/suite-csv-spectrum/"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }.sorted()
    #expect(names.count == 11)
    // The line ends inside a cell of that file are two characters in its CSV and one in its JSON.
    for name in names where name != "newlines_crlf.json" {
      let csv = folder + name.dropLast(4) + "csv"
      guard FileManager.default.fileExists(atPath: csv) else { continue }
      let (one, other) = (try DelimitedReader.open(path: csv), try openJSONFile(folder + name))
      #expect(one.schema.fields.map(\.label) == other.schema.fields.map(\.label), "\(name)")
      #expect(try columns(one) == columns(other), "\(name)")
    }
  }

  private func openJSONFile(_ path: String) throws -> FileTable {
    try JSONFormat.open(bytes: try FileBytes.read(path: path), name: path)
  }
}
