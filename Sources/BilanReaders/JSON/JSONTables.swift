/// The tables that a JSON text holds, by their names.
///
/// A text that is an array is one table, as are JSON Lines, and both are called `$`, as JSONPath calls the whole. In an
/// object the arrays of objects are tables, `data.regions`; where there are none, the arrays of arrays; else it is one
/// row.
struct JSONTables {
  /// The whole text as a table.
  static let whole = "$"

  struct Table {
    var name: String
    /// Where the array stands.
    var place: Int
    var count: Int
  }

  /// In the order of the text; empty where only the whole is one.
  private(set) var arrays: [Table] = []
  /// Names beside the only table of an object, which are no part of it.
  private(set) var membersBeside: [String] = []
  /// Arrays whose name occurs again, where the last counts: their names, and where that begins.
  private(set) var repeated: [(name: String, place: Int)] = []

  /// Arrays nested deeper are no tables of their own.
  private static let depthLimit = 8

  /// - Parameter values: the places of the text's values, as `JSONSyntax` gives them.
  init(_ bytes: [UInt8], values: [Int]) {
    guard values.count == 1 else { return }
    var objects: [Table] = []
    var rows: [Table] = []
    var cursor = JSONCursor(bytes, at: values[0])
    switch cursor.byte {
    case UInt8(ascii: "{"):
      Self.search(&cursor, name: "", depth: 0, &objects, &rows)
      for table in objects.isEmpty ? rows : objects {
        if let earlier = arrays.firstIndex(where: { $0.name == table.name }) {
          repeated.append((table.name, table.place))
          arrays.remove(at: earlier)
        }
        arrays.append(table)
      }
      if arrays.count == 1 { membersBeside = Self.names(bytes, at: values[0], without: arrays[0].name) }
    case UInt8(ascii: "["):
      // What comes in pages: [{"page": 1, "pages": 7}, [{…}, {…}]].
      var shape: [UInt8] = []
      cursor.elements { cursor in
        let (first, place) = (cursor.byte, cursor.place)
        if shape.count <= 8 { shape.append(first) }
        guard first == UInt8(ascii: "["), shape.count <= 8 else {
          cursor.skipValue()
          return
        }
        let (count, element) = Self.survey(&cursor)
        if element == UInt8(ascii: "{") {
          objects.append(Table(name: "[\(shape.count - 1)]", place: place, count: count))
        }
      }
      if objects.count == 1, shape.count <= 8, shape.contains(UInt8(ascii: "{")) { arrays = objects }
    default: break
    }
  }

  /// The one that is meant where none is named: the longest, of equals the first; nil for the whole.
  var main: Table? { arrays.max { $0.count < $1.count || ($0.count == $1.count && $0.place > $1.place) } }

  /// The main table first.
  var names: [String] {
    guard let main else { return [Self.whole] }
    return [main.name] + arrays.map(\.name).filter { $0 != main.name } + [Self.whole]
  }

  private static func search(
    _ cursor: inout JSONCursor, name: String, depth: Int, _ objects: inout [Table], _ rows: inout [Table]
  ) {
    cursor.members { cursor, key in
      let own = name + (name.isEmpty ? "" : ".") + String(decoding: cursor.text(key), as: UTF8.self)
      switch cursor.byte {
      case UInt8(ascii: "{") where depth < depthLimit: search(&cursor, name: own, depth: depth + 1, &objects, &rows)
      case UInt8(ascii: "["):
        let place = cursor.place
        let (count, element) = survey(&cursor)
        let table = Table(name: own, place: place, count: count)
        if element == UInt8(ascii: "{") { objects.append(table) }
        if element == UInt8(ascii: "[") { rows.append(table) }
      default: cursor.skipValue()
      }
    }
  }

  /// How many elements an array has, and with which byte they all begin, `null` apart; nil where they differ.
  private static func survey(_ cursor: inout JSONCursor) -> (count: Int, element: UInt8?) {
    var count = 0
    var first: UInt8?
    var areAlike = true
    cursor.elements { cursor in
      count += 1
      let byte = cursor.byte
      if byte != UInt8(ascii: "n") {
        if first == nil { first = byte } else if first != byte { areAlike = false }
      }
      cursor.skipValue()
    }
    return (count, areAlike ? first : nil)
  }

  /// The names of an object's plain members: `page`, `meta.total`.
  private static func names(_ bytes: [UInt8], at place: Int, without table: String) -> [String] {
    var columns = JSONColumns()
    var cursor = JSONCursor(bytes, at: place)
    columns.walk(&cursor)
    return columns.columns.map(columns.label).filter { $0 != table }
  }
}
