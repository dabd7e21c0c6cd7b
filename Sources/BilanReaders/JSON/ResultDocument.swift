import BilanColumnar
import BilanDiagnostics

/// A result as Bilan writes one in JSON: its rows, and of which types they are.
///
///     {"columns": [{"name": "region", "type": "text"}, …], "rows": [{…}, …], "meta": {…}}
struct ResultDocument {
  struct Column {
    var name: String
    var type: String
    var unit: String?
  }

  let columns: [Column]
  /// The array of rows.
  let rows: JSONTables.Table

  /// - Parameter values: the places of the text's values, as `JSONSyntax` gives them.
  /// - Returns: nil for any other document.
  init?(_ bytes: [UInt8], values: [Int]) {
    guard values.count == 1, bytes[values[0]] == UInt8(ascii: "{") else { return nil }
    var columns: [Column]?
    var rows: JSONTables.Table?
    var cursor = JSONCursor(bytes, at: values[0])
    cursor.members { cursor, key in
      switch String(decoding: cursor.text(key), as: UTF8.self) {
      case "columns": columns = Self.columns(&cursor)
      case "rows" where cursor.byte == UInt8(ascii: "["):
        var table = JSONTables.Table(name: "rows", place: cursor.place, count: 0)
        cursor.elements {
          $0.skipValue()
          table.count += 1
        }
        rows = table
      default: cursor.skipValue()
      }
    }
    guard let columns, !columns.isEmpty, let rows else { return nil }
    (self.columns, self.rows) = (columns, rows)
  }

  /// The columns that an array names, each by an object with a name and a type; nil for anything else.
  private static func columns(_ cursor: inout JSONCursor) -> [Column]? {
    guard cursor.byte == UInt8(ascii: "[") else {
      cursor.skipValue()
      return nil
    }
    var columns: [Column] = []
    var areAll = true
    cursor.elements { cursor in
      guard cursor.byte == UInt8(ascii: "{") else {
        areAll = false
        cursor.skipValue()
        return
      }
      var members: [String: String] = [:]
      cursor.members { cursor, key in
        let isText = cursor.byte == UInt8(ascii: "\"")
        let value = cursor.skipValue()
        if isText {
          members[String(decoding: cursor.text(key), as: UTF8.self)] = String(
            decoding: cursor.text(value), as: UTF8.self)
        }
      }
      if let name = members["name"], let type = members["type"] {
        columns.append(Column(name: name, type: type, unit: members["unit"]))
      } else {
        areAll = false
      }
    }
    return areAll ? columns : nil
  }

  /// What the document says of its columns, where that does not follow from how their values are written in JSON.
  func declare(in options: inout ReadOptions) {
    // What is missing is written as such, so that every text is one.
    options.missingCodes = options.missingCodes ?? []
    for column in columns where options.types[column.name] == nil {
      switch column.type {
      case "text": options.types[column.name] = .text
      case "date": options.types[column.name] = .date
      case "period": options.types[column.name] = .period
      default: break
      }
    }
  }

  /// What numbers are measured in, by the names of their columns.
  var units: [String: String] {
    columns.reduce(into: [:]) { units, column in column.unit.map { units[column.name] = $0 } }
  }

  /// The table of a result without rows.
  func emptyTable(
    named name: String, byteCount: Int, options: ReadOptions, resource: DataPackage.Resource?
  ) throws(QueryError) -> FileTable {
    var text = CellText()
    for column in columns { text.append(column.name) }
    text.endRow()
    return try text.open(
      name: name, format: JSONFormat.name, byteCount: byteCount, hasHeader: true, isBare: true, options: options,
      resource: resource)
  }
}
