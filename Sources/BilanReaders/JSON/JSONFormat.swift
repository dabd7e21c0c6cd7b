import BilanColumnar
import BilanDiagnostics

/// JSON and JSON Lines as tables: records are rows, what is nested in them becomes columns with dotted names.
///
/// The text is checked whole before anything is made of it, then its records are walked twice, once for the columns and
/// once for the cells, which go to `CellText` one after another.
package enum JSONFormat: FileFormat {
  package static let name = "json"
  package static let extensions = ["ndjson", "jsonl"]

  /// Cells that a table may have for each byte of its file: what is denser than this is no table but a map.
  private static let cellsPerByte = 2

  package static func recognizes(_ head: [UInt8], path: String) -> Bool {
    let ending = path.utf8.lastIndex(of: UInt8(ascii: ".")).map { path[$0...].lowercased() } ?? ""
    switch ending {
    case ".json", ".ndjson", ".jsonl", ".geojson": return true
    case ".csv", ".tsv", ".tab": return false
    default: return looksLikeJSON(TextHead.utf8(head))
    }
  }

  /// Whether a text begins as objects and arrays of them do.
  private static func looksLikeJSON(_ head: [UInt8]) -> Bool {
    var index = 0
    func skipSpace() { while index < head.count, [0x20, 0x0A, 0x0D, 0x09].contains(head[index]) { index += 1 } }
    func take(_ byte: UInt8) -> Bool {
      skipSpace()
      guard index < head.count, head[index] == byte else { return false }
      index += 1
      return true
    }
    while take(UInt8(ascii: "[")) {}
    guard take(UInt8(ascii: "{")) else { return false }
    if take(UInt8(ascii: "}")) { return true }
    guard take(UInt8(ascii: "\"")) else { return false }
    while index < head.count, head[index] != UInt8(ascii: "\"") {
      index += head[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    index += 1
    return take(UInt8(ascii: ":"))
  }

  package static func tables(in path: String) throws(QueryError) -> [String] {
    let text = try JSONDocument(try FileBytes.read(path: path), name: path, declared: nil)
    return JSONTables(text.bytes, values: text.values, isLines: isLines(path)).names
  }

  /// Whether a file is called as one of JSON Lines, compressed or not: each of its lines is a row, though it be the only one.
  private static func isLines(_ path: String) -> Bool {
    let name = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[path.index(after: $0)...] } ?? path[...]
    return name.lowercased().split(separator: ".").dropFirst().suffix(2).contains { $0 == "ndjson" || $0 == "jsonl" }
  }

  package static func open(
    path: String, table: String?, name: String, options: ReadOptions, resource: DataPackage.Resource?
  ) throws(QueryError) -> any TableSource {
    try open(
      bytes: try FileBytes.read(path: path), path: path, table: table, name: name, options: options, resource: resource)
  }

  package static func open(
    bytes: [UInt8], path: String, table: String?, name: String, options: ReadOptions, resource: DataPackage.Resource?
  ) throws(QueryError) -> any TableSource {
    try open(
      bytes: bytes, table: table, name: name, isLines: isLines(path), options: options, resource: resource)
  }

  /// Opens bytes that are already in memory, as standard input's are.
  package static func open(
    bytes: consuming [UInt8], table: String? = nil, name: String, isLines: Bool = false,
    options: ReadOptions = ReadOptions(), resource: DataPackage.Resource? = nil
  ) throws(QueryError) -> FileTable {
    let byteCount = bytes.count
    let declared = options.encoding ?? resource?.encoding.flatMap(TextEncoding.init(name:))
    let document = try JSONDocument(bytes, name: name, declared: declared)
    if table == nil, !isLines, document.values.count == 1,
      let cube = JSONCube(document.bytes, root: document.values[0])
    {
      guard cube.rowCount > 0 else { throw JSONImport.empty(name) }
      return try cube.text(options.isCancelled).open(
        name: name, format: "json", byteCount: byteCount, hasHeader: true, isBare: true, decisions: [cube.decision],
        notes: cube.notes(name), options: options, resource: resource)
    }
    let tables = JSONTables(document.bytes, values: document.values, isLines: isLines)
    var options = options
    var chosen: JSONTables.Table?
    var isGuess = false
    var units: [String: String] = [:]
    if table == nil || table == "rows", let result = ResultDocument(document.bytes, values: document.values) {
      result.declare(in: &options)
      guard result.rows.count > 0 else {
        return try result.emptyTable(named: name, byteCount: byteCount, options: options, resource: resource)
      }
      chosen = result.rows
      units = result.units
    } else {
      chosen = try choose(table, of: tables, in: name)
      isGuess = table == nil
      if isGuess, tables.isEmptyPage { throw JSONImport.empty(name) }
    }
    var reading = JSONImport(document, tables, table: chosen, isGuess: isGuess, options: options)
    reading.units = units
    if isGuess, chosen == nil, !isLines, document.values.count == 1,
      let map = JSONColumnMap(document.bytes, root: document.values[0])
    {
      return try reading.table(of: map, named: name, byteCount: byteCount, resource: resource)
    }
    return try reading.table(named: name, byteCount: byteCount, limit: cellsPerByte, resource: resource)
  }

  /// The array that is meant; nil for the whole.
  private static func choose(
    _ name: String?, of tables: JSONTables, in file: String
  ) throws(QueryError) -> JSONTables.Table? {
    guard let name else { return tables.main }
    if name == JSONTables.whole { return nil }
    guard let table = tables.arrays.first(where: { $0.name == name }) else {
      throw FileFormats.unknownTable(name, in: file, among: tables.names)
    }
    return table
  }
}

/// A JSON text that is known to be right: its bytes as UTF-8, and where its values begin.
struct JSONDocument {
  let bytes: [UInt8]
  let values: [Int]
  let name: String

  /// - Throws: `emptyFile` for blank text; `malformedFile` with line and column.
  init(_ raw: [UInt8], name: String, declared: TextEncoding?) throws(QueryError) {
    self.name = name
    var bytes = raw
    var start = 0
    do throws(JSONFault) {
      if let isBig = Self.utf16IsBigEndian(raw, declared) {
        bytes = try Self.utf16(raw, isBigEndian: isBig)
      } else if declared == .windows1252 {
        bytes = ByteTable.windows1252.decode(raw, from: 0)
      } else {
        let survey = UTF8Survey(raw)
        if survey.invalidCount > 0 {
          throw JSONFault(
            survey.firstInvalid, "the bytes are no UTF-8, in which JSON is written",
            fr: "les octets ne sont pas de l’UTF-8, dans lequel JSON s’écrit")
        }
      }
      if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
      values = try JSONSyntax.values(of: bytes, from: start)
    } catch {
      throw Self.malformed(error, in: bytes, name: name)
    }
    self.bytes = bytes
    guard !values.isEmpty else {
      throw QueryError(
        .error(.emptyFile, Localized("`\(name)` is empty", fr: "`\(name)` est vide")), kind: .data)
    }
  }

  /// Nil for what is not UTF-16: a mark says that it is, or a zero beside the bracket or quote at the beginning.
  private static func utf16IsBigEndian(_ raw: [UInt8], _ declared: TextEncoding?) -> Bool? {
    if raw.starts(with: [0xFE, 0xFF]) || declared == .utf16BigEndian { return true }
    if raw.starts(with: [0xFF, 0xFE]) || declared == .utf16LittleEndian { return false }
    guard raw.count >= 2 else { return nil }
    if raw[0] == 0, raw[1] != 0 { return true }
    return raw[1] == 0 && raw[0] != 0 ? false : nil
  }

  private static func utf16(_ raw: [UInt8], isBigEndian: Bool) throws(JSONFault) -> [UInt8] {
    let isMarked = raw.starts(with: [0xFE, 0xFF]) || raw.starts(with: [0xFF, 0xFE])
    let units = UTF16Units.of(raw[(isMarked ? 2 : 0)...], isBigEndian: isBigEndian)
    guard raw.count % 2 == 0, let text = String(validating: units, as: UTF16.self) else {
      throw JSONFault(0, "the bytes are no valid UTF-16", fr: "les octets ne sont pas de l’UTF-16 valide")
    }
    return Array(text.utf8)
  }

  /// The error for a fault, with its line and its column in characters.
  private static func malformed(_ fault: JSONFault, in bytes: [UInt8], name: String) -> QueryError {
    let line = SourceLines.line(of: fault.offset, in: bytes)
    let before = bytes[..<min(fault.offset, bytes.count)]
    let start = before.lastIndex { $0 == 0x0A || $0 == 0x0D }.map { $0 + 1 } ?? 0
    var column = 1 + before[start...].count { $0 & 0xC0 != 0x80 }
    if start == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]), fault.offset >= 3 { column -= 1 }
    return QueryError(
      .error(
        .malformedFile,
        Localized(
          "line \(line), column \(column) of `\(name)` is not JSON: \(fault.problem.english)",
          fr: "la ligne \(line), colonne \(column) de `\(name)` n’est pas du JSON : \(fault.problem.french)"),
        help: fault.help(in: bytes)), kind: .data)
  }
}
