import BilanColumnar
import BilanDiagnostics
import Foundation

@testable import BilanReaders

/// What the cells of a delimited text are by RFC 4180 and nothing else: a reader too simple to be wrong.
enum StrictCells {
  /// The records, blanks around unquoted cells taken off; nil where the text is not what the standard describes: a stray
  /// quote, one that never closes, records of different widths, a blank line.
  static func read(_ bytes: [UInt8], delimiter: UInt8) -> [[String]]? {
    var records: [[String]] = []
    var record: [String] = []
    var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while index < bytes.count {
      var cell: [UInt8] = []
      let isQuoted = bytes[index] == UInt8(ascii: "\"")
      if isQuoted {
        index += 1
        while true {
          guard index < bytes.count else { return nil }
          if bytes[index] != UInt8(ascii: "\"") {
            cell.append(bytes[index])
            index += 1
          } else if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\"") {
            cell.append(bytes[index])
            index += 2
          } else {
            index += 1
            break
          }
        }
      } else {
        while index < bytes.count, bytes[index] != delimiter, bytes[index] != 0x0A, bytes[index] != 0x0D {
          if bytes[index] == UInt8(ascii: "\"") { return nil }
          cell.append(bytes[index])
          index += 1
        }
        while cell.first.map({ $0 <= 0x20 }) == true { cell.removeFirst() }
        while cell.last.map({ $0 <= 0x20 }) == true { cell.removeLast() }
      }
      guard let text = String(validating: cell, as: UTF8.self) else { return nil }
      record.append(text)
      if index < bytes.count, bytes[index] == delimiter {
        index += 1
        // A delimiter at the very end is followed by an empty cell.
        if index == bytes.count { record.append("") }
        if index < bytes.count { continue }
      } else if index < bytes.count {
        guard bytes[index] == 0x0A || bytes[index] == 0x0D else { return nil }
        index += bytes[index] == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A ? 2 : 1
      }
      if record == [""] { return nil }
      if let first = records.first, first.count != record.count { return nil }
      records.append(record)
      record = []
    }
    return records.isEmpty ? nil : records
  }
}

/// A file of a suite and what the reader makes of it.
struct SuiteFile {
  enum Outcome: Equatable {
    /// The cells are those of RFC 4180.
    case exact
    /// The file is not what the standard describes, or holds more than a table; a note says so.
    case noted
    /// The file is no UTF-8; the report says which encoding it was read in.
    case decoded(TextEncoding)
    /// The file is not what the standard describes, and no note says what became of it.
    case silent
    /// The cells are others, and no note says why.
    case wrong
    case refused(DiagnosticCode)
  }

  let bytes: [UInt8]
  let name: String

  init(_ path: String, name: String) throws {
    bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    self.name = name
  }

  var outcome: Outcome {
    let table: FileTable
    do throws(QueryError) {
      table = try DelimitedReader.open(bytes: bytes, name: name)
    } catch {
      return .refused(error.diagnostics[0].code)
    }
    let said: Set<DiagnosticCode> = [.raggedRow, .strayQuote, .invalidEncoding, .skippedLines]
    let isSaid = table.report.notes.contains { said.contains($0.code) }
    let delimiter = table.report.dialect.delimiter
    guard let strict = StrictCells.read(bytes, delimiter: delimiter == 0 ? 0x1F : delimiter) else {
      // Blank lines are no records, and letters with combining marks are made one: neither changes a cell.
      if isSaid { return .noted }
      if table.report.blankLineCount + table.report.composedLetterCount > 0 { return .exact }
      return table.report.encoding == .utf8 ? .silent : .decoded(table.report.encoding)
    }
    if isSaid { return .noted }
    return cells(of: table, strict) ? .exact : .wrong
  }

  /// Whether a table's cells, read as texts and with every line a row, are these; columns at the end that have neither a
  /// name nor a value are none.
  private func cells(of table: FileTable, _ strict: [[String]]) -> Bool {
    var options = ReadOptions(
      delimiter: table.report.dialect.delimiter, encoding: nil, hasHeader: false, missingCodes: [])
    for place in 0..<strict[0].count { options.types["column_\(place + 1)"] = .text }
    guard let plain = try? DelimitedReader.open(bytes: bytes, name: name, options: options),
      let read = try? columns(plain), read.count == strict[0].count,
      read.allSatisfy({ $0.count == strict.count })
    else { return false }
    return strict.indices.allSatisfy { row in
      read.indices.allSatisfy { place in
        let expected: Value = strict[row][place].isEmpty ? .missing : .text(strict[row][place])
        return read[place][row] == expected
      }
    }
  }
}
