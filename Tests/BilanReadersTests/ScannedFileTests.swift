import BilanColumnar
import BilanDiagnostics
import BilanTestSupport
import Foundation
import Testing

@testable import BilanReaders

/// A file that is read in blocks from the disk is the table that it is when it is read whole.
@Suite struct ScannedFileTests {
  /// A file with these bytes for as long as `body` runs.
  static func withFile<Result>(_ text: some Sequence<UInt8>, _ body: (String) throws -> Result) throws -> Result {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".csv").path
    try Data(text).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
  }

  /// Everything that is known of a table, in text; what it was refused with, where it was.
  static func account(_ path: String, _ options: ReadOptions, inTurn random: inout SplitMix64) -> [String] {
    do {
      let table = try DelimitedReader.open(path: path, name: "t.csv", options: options)
      // Columns come one after the other, in any order.
      for place in Array(0..<table.schema.count).shuffled(using: &random).prefix(3) where place < table.schema.count {
        _ = try? table.read(columns: [place]) { false }
      }
      try table.settle()
      var lines = ["\(table.schema)"]
      let report = table.report
      lines.append(
        "\(report.encoding) \(report.encodingEvidence) \(report.dialect) \(report.dialectEvidence) \(report.hasHeader) "
          + "\(report.headerEvidence) \(report.rowCount) \(report.titleLineCount) \(report.footnoteLineCount) "
          + "\(report.headerRowCount) \(report.totalLines) \(report.blankLineCount) \(report.shortRowCount) \(report.longRowCount) \(report.strayQuoteCount)"
      )
      lines += remarks(report)
      for (index, values) in try columns(table).enumerated() {
        lines.append("\(table.schema[index].label): \(values)")
      }
      return lines
    } catch {
      return ["\(error)"]
    }
  }

  /// What a report says of columns, and its notes.
  static func remarks(_ report: ImportReport) -> [String] {
    report.columns.map { "\($0)" }
      + report.notes.map { "\($0.code) \($0.message) \(String(describing: $0.count))" }
  }

  /// Opens a random file for each seed, but those that are refused.
  static func eachRandomFile(
    _ seeds: Range<UInt64>, _ options: (inout SplitMix64) -> ReadOptions = Self.options,
    _ body: (FileTable) throws -> Void
  ) throws {
    for seed in seeds {
      var random = SplitMix64(seed: seed)
      let text = RandomDelimitedText.make(&random)
      try withFile(text.utf8) { path in
        if let table = try? DelimitedReader.open(path: path, options: options(&random)) { try body(table) }
      }
    }
  }

  static func options(_ random: inout SplitMix64) -> ReadOptions {
    ReadOptions(
      workers: Int.random(in: 1...3, using: &random),
      scan: ScanSizes(
        leastFile: 0, sample: 1 << 20, block: Int.random(in: 16...300, using: &random),
        morselRows: Int.random(in: 1...40, using: &random), lookedUpTexts: Int.random(in: 1...20, using: &random)))
  }

  static var whole: ReadOptions { ReadOptions(scan: ScanSizes(leastFile: .max)) }

  @Test(arguments: 0..<600) func readsAsAWholeFile(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let text = RandomDelimitedText.make(&random)
    try Self.withFile(text.utf8) { path in
      let whole = Self.account(path, Self.whole, inTurn: &random)
      let scanned = Self.account(path, Self.options(&random), inTurn: &random)
      // The lines that differ tell more than both accounts.
      let differing = zip(scanned, whole).filter { $0 != $1 }
      #expect(scanned.count == whole.count && differing.isEmpty, "seed \(seed): \(differing)")
    }
  }

  /// The comparison above is one of two ways: most of these files are not in the end read whole.
  @Test func readsMostFilesInBlocks() throws {
    var scanned = 0
    try Self.eachRandomFile(0..<100) { table in
      try table.settle()
      if !table.isWhole { scanned += 1 }
    }
    #expect(scanned > 55)
  }

  /// A large file's beginning shows integers; its end does not.
  @Test func findsWhatItsBeginningDoesNotShow() throws {
    var text = "id;amount;note\n"
    for row in 0..<4000 { text += "\(row);\(row);\(row)\n" }
    for row in 0..<4000 { text += "\(row);\(row),5;text \(row)\n" }
    try Self.withFile(text.utf8) { path in
      let options = ReadOptions(
        workers: 2, scan: ScanSizes(leastFile: 0, sample: 20_000, block: 1000, morselRows: 100))
      let table = try DelimitedReader.open(path: path, options: options)
      #expect(table.schema.fields.map(\.type) == [.integer, .integer, .integer])
      #expect(try table.settle([0]))
      #expect(table.rowCount == 8000)
      // Reading says that the schema is another, once.
      do {
        _ = try table.read(columns: [1]) { false }
        Issue.record("the integers were believed")
      } catch let error as QueryError {
        #expect(error.kind == .stale)
      }
      #expect(table.schema.fields.map(\.type) == [.integer, .real, .text])
      let chunks = try table.read(columns: [0, 1, 2]) { false }
      #expect(chunks.reduce(0) { $0 + $1.count } == 8000)
      #expect(chunks.last!.columns[1].value(chunks.last!.count - 1, as: .real) == .real(3999.5))
      let whole = try DelimitedReader.open(path: path, options: Self.whole)
      #expect(try columns(table) == (try columns(whole)))
    }
  }

  /// Somebody writes into a file that is open.
  @Test func saysThatAFileHasChanged() throws {
    let text = "a;b\n" + (0..<2000).map { "\($0);x\n" }.joined()
    try Self.withFile(text.utf8) { path in
      let options = ReadOptions(scan: ScanSizes(leastFile: 0))
      let table = try DelimitedReader.open(path: path, name: "t.csv", options: options)
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      try file.seekToEnd()
      try file.write(contentsOf: Data("1;y\n".utf8))
      try file.close()
      do {
        _ = try table.read(columns: [0]) { false }
        Issue.record("the change was not seen")
      } catch let error as QueryError {
        #expect(error.kind == .data)
        #expect(error.diagnostics[0].message.english == "`t.csv` has changed since it was opened")
      }
    }
  }

  @Test func stopsWhenCancelled() throws {
    let text = "a;b\n" + (0..<2000).map { "\($0);x\n" }.joined()
    try Self.withFile(text.utf8) { path in
      let table = try DelimitedReader.open(path: path, options: ReadOptions(scan: ScanSizes(leastFile: 0, block: 100)))
      do {
        _ = try table.read(columns: [0]) { true }
        Issue.record("it went on")
      } catch let error as QueryError {
        #expect(error.kind == .cancelled)
      }
      // What was interrupted can be done again.
      #expect(try table.read(columns: [0]) { false }.reduce(0) { $0 + $1.count } == 2000)
    }
  }

  @Test(.enabled(if: RealData.isPresent, "no real data beside the package"))
  func readsRealFilesAsWholeOnes() throws {
    var random = SplitMix64(seed: 1)
    var scanned = 0
    for file in RealData.files(".csv", ".tsv", ".txt") {
      let path = RealData.directory + "/" + file
      let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
      guard size < 3 << 20 else { continue }
      var options = Self.options(&random)
      options.scan.block = Int.random(in: 100...8000, using: &random)
      options.scan.morselRows = Int.random(in: 10...2000, using: &random)
      let whole = Self.account(path, Self.whole, inTurn: &random)
      #expect(Self.account(path, options, inTurn: &random) == whole, "\(file)")
      scanned += 1
    }
    #expect(scanned > 100)
  }
}
