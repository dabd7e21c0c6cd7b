import BilanColumnar
import BilanDiagnostics
import BilanReaders
import Foundation

@testable import Bilan

/// A cache in a folder of its own, in which files of any size are kept.
final class CacheFixture {
  let folder: FileFolder
  let cache: ColumnCache

  init(version: String = "test", leastSize: Int = 0, in folder: FileFolder? = nil) throws {
    self.folder = try folder ?? FileFolder()
    cache = ColumnCache(folder: self.folder.path + "/cache", version: version, leastSize: leastSize)
    try FileManager.default.createDirectory(atPath: cache.folder, withIntermediateDirectories: true)
  }

  func open(
    _ path: String, name: String = "t", options: ReadOptions = ReadOptions(), resource: DataPackage.Resource? = nil
  ) throws -> FileTable? {
    try cache.open(path, name: name, options: options, resource: resource)
  }

  /// Reads a file and keeps it; where its entry is, nil where it is not kept.
  @discardableResult
  func keep(
    _ path: String, options: ReadOptions = ReadOptions(), resource: DataPackage.Resource? = nil
  ) throws -> String? {
    _ = cache.takeOpened()
    _ = try open(path, options: options, resource: resource)
    guard let reading = cache.takeOpened().readings.first,
      let entry = try cache.entry(of: reading, isCancelled: { false })
    else { return nil }
    var bytes: [UInt8] = []
    entry.write { bytes += $0 }
    try Data(bytes).write(to: URL(fileURLWithPath: entry.path))
    return entry.path
  }

  /// Whether what was opened last came from an entry.
  func tookEntry() -> Bool {
    let opened = cache.takeOpened()
    return opened.readings.isEmpty && opened.entries.count == 1
  }
}

/// Everything that is known of a table, in texts.
enum Account {
  static func of(_ table: FileTable) throws -> [String] {
    try table.settle()
    let report = table.report
    var lines = [
      "\(table.name) \(table.schema)", "\(String(describing: table.rowCount)) \(String(describing: table.byteCount))",
      "\(report.name) \(report.format) \(report.decisions) \(report.byteCount) \(report.encoding) "
        + "\(report.encodingEvidence) \(report.dialect) \(report.dialectEvidence) \(report.hasHeader) "
        + "\(report.headerEvidence) \(report.headerRowCount) \(report.rowCount) \(report.titleLineCount) "
        + "\(report.footnoteLineCount) \(report.totalLines) \(report.blankLineCount) \(report.shortRowCount) "
        + "\(report.longRowCount) \(report.strayQuoteCount) \(report.composedLetterCount)",
    ]
    lines += report.columns.map { "\($0)" }
    lines += notes(report)
    let chunks = try table.read(columns: Array(0..<table.schema.count)) { false }
    for (place, field) in table.schema.fields.enumerated() {
      let cells = chunks.flatMap { chunk in
        (0..<chunk.count).map { chunk.columns[place].value($0, as: field.type) }
      }
      lines.append("\(field.label): \(cells)")
      lines.append("\(field.label): \(chunks.map { promises($0.columns[place]) })")
    }
    return lines
  }

  static func notes(_ report: ImportReport) -> [String] {
    report.notes.map {
      "\($0.severity) \($0.code) \($0.message) \($0.notes) \($0.help) \(String(describing: $0.count))"
    }
  }

  /// What a chunk says of its whole column.
  private static func promises(_ column: Column) -> String {
    switch column {
    case .integer(let column): "\(column.count) \(String(describing: column.bounds))"
    case .real(let column): "\(column.count) \(String(describing: column.decimals))"
    case .text(let column): "\(column.count) \(column.dictionary.isSorted) \(column.dictionary.texts)"
    case .boolean(let column): "\(column.values.count)"
    case .ratio: "ratio"
    }
  }
}
