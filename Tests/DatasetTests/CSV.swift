import Foundation
import Testing

/// A shipped file of `datasets/`, read by the simplest reader that can: no code is shared with the generator or Bilan.
struct CSV {
  let header: [String]
  let rows: [[String: String]]

  init(_ name: String, delimiter: Character = ",", encoding: String.Encoding = .utf8) throws {
    let text = try #require(String(data: try CSV.bytes(of: name), encoding: encoding))
    var records = CSV.records(in: text, delimiter: delimiter)
    let header = records.removeFirst()
    self.header = header
    rows = try records.map { record in
      try #require(record.count == header.count, "\(name): \(record)")
      return Dictionary(uniqueKeysWithValues: zip(header, record))
    }
  }

  static let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "datasets")

  static func bytes(of name: String) throws -> Data {
    try Data(contentsOf: directory.appending(path: name))
  }

  private static func records(in text: String, delimiter: Character) -> [[String]] {
    var records: [[String]] = []
    var record: [String] = []
    var cell = ""
    var isQuoted = false
    var characters = text.makeIterator()
    var pending = characters.next()
    while let character = pending {
      pending = characters.next()
      switch character {
      case "\"" where isQuoted && pending == "\"":
        cell.append("\"")
        pending = characters.next()
      case "\"":
        isQuoted.toggle()
      case delimiter where !isQuoted:
        record.append(cell)
        cell = ""
      case "\n" where !isQuoted, "\r\n" where !isQuoted:
        records.append(record + [cell])
        record = []
        cell = ""
      default:
        cell.append(character)
      }
    }
    return records
  }
}
