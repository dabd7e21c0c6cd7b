/// The tables that a JSON text holds, by their names.
///
/// A text that is an array is one table, as are JSON Lines, and both are called `$`, as JSONPath calls the whole. In an
/// object the arrays of objects are tables, `data.regions`, and arrays of arrays that are called as data are; where there are
/// none, the other arrays of arrays; else it is one row.
struct JSONTables {
  /// The whole text as a table.
  static let whole = "$"

  struct Table {
    var name: String
    /// Where the array stands.
    var place: Int
    var count: Int

    /// How much its name says that it is the data, and not what stands beside them: its own name, or one that it is in.
    fileprivate var rank: Int {
      let names = name.lowercased().split(separator: ".")
      if names.last.map({ JSONTables.dataNames.contains($0) }) ?? false { return 2 }
      return names.contains { JSONTables.dataNames.contains($0) } ? 1 : 0
    }
  }

  /// What services call the array of their records, beside which stand facets, headers, links and columns.
  private static let dataNames: Set<Substring> = [
    "data", "records", "results", "features", "items", "rows", "value", "values", "entries", "observations",
    "docs", "enregistrements", "donnees", "données",
  ]

  /// In the order of the text; empty where only the whole is one.
  private(set) var arrays: [Table] = []
  /// Names beside the only table of an object, which are no part of it.
  private(set) var membersBeside: [String] = []
  /// Arrays whose name occurs again, where the last counts: their names, and where that begins.
  private(set) var repeated: [(name: String, place: Int)] = []

  /// Where the text is an array of arrays of objects, pages one after another: where each begins.
  private(set) var pages: [Int] = []
  /// Whether the text is what a service says of a page that has no record, `[{"page": 1, "total": 0}, null]`.
  private(set) var isEmptyPage = false
  /// Whether the text is known to be JSON Lines, of which one may be all there is: the whole is then meant.
  private let isLines: Bool

  /// Arrays nested deeper are no tables of their own.
  private static let depthLimit = 8

  /// - Parameters:
  ///   - values: the places of the text's values, as `JSONSyntax` gives them.
  ///   - isLines: whether the file is called as one of JSON Lines.
  init(_ bytes: [UInt8], values: [Int], isLines: Bool = false) {
    self.isLines = isLines
    guard values.count == 1 else { return }
    var objects: [Table] = []
    var rows: [Table] = []
    var empties: [Table] = []
    var cursor = JSONCursor(bytes, at: values[0])
    switch cursor.byte {
    case UInt8(ascii: "{"):
      Self.search(&cursor, name: "", depth: 0, &objects, &rows, &empties)
      let named = rows.filter { $0.rank == 2 }
      var tables = objects.isEmpty ? rows : (objects + named).sorted { $0.place < $1.place }
      // A page without a record is no record of its own.
      if tables.isEmpty { tables = empties }
      for table in tables {
        if let earlier = arrays.firstIndex(where: { $0.name == table.name }) {
          repeated.append((table.name, table.place))
          arrays.remove(at: earlier)
        }
        arrays.append(table)
      }
      if arrays.count == 1 { membersBeside = Self.names(bytes, at: values[0], without: arrays[0].name) }
    case UInt8(ascii: "["):
      // What comes in pages: [{"page": 1, "pages": 7}, [{…}, {…}]], or [[{…}, {…}], [{…}]].
      var shape: [UInt8] = []
      var pages: [Int] = []
      var arePages = true
      var (isPaged, hasRecords) = (false, false)
      cursor.elements { cursor in
        let (first, place) = (cursor.byte, cursor.place)
        if shape.count <= 8 { shape.append(first) }
        if shape.count == 1, first == UInt8(ascii: "{") { isPaged = Self.isPageHead(cursor) }
        guard first == UInt8(ascii: "["), arePages || shape.count <= 8 else {
          arePages = false
          if shape.count > 1, first != UInt8(ascii: "n") { hasRecords = true }
          cursor.skipValue()
          return
        }
        let (count, found) = Self.survey(&cursor)
        if count > 0 { hasRecords = true }
        let element = found ?? (isPaged && Self.hasObjects(bytes, at: place) ? UInt8(ascii: "{") : nil)
        if element == UInt8(ascii: "{") || count == 0 { pages.append(place) } else { arePages = false }
        guard shape.count <= 8 else { return }
        if element == UInt8(ascii: "{") {
          objects.append(Table(name: "[\(shape.count - 1)]", place: place, count: count))
        }
      }
      if objects.count == 1, shape.count <= 8, shape.contains(UInt8(ascii: "{")) { arrays = objects }
      isEmptyPage = isPaged && !hasRecords && shape.count == 2
      // Empty arrays alone are rows without cells.
      if arePages, !objects.isEmpty { self.pages = pages }
    default: break
    }
  }

  /// The one that is meant where none is named: one that is called as data are, of several or none the longest, of equals
  /// the first; nil for the whole.
  var main: Table? {
    if isLines { return nil }
    return arrays.max { ($0.rank, $0.count, -$0.place) < ($1.rank, $1.count, -$1.place) }
  }

  /// The main table first.
  var names: [String] {
    guard let main else { return [Self.whole] + arrays.map(\.name) }
    return [main.name] + arrays.map(\.name).filter { $0 != main.name } + [Self.whole]
  }

  private static func search(
    _ cursor: inout JSONCursor, name: String, depth: Int, _ objects: inout [Table], _ rows: inout [Table],
    _ empties: inout [Table]
  ) {
    cursor.members { cursor, key in
      let own = name + (name.isEmpty ? "" : ".") + String(decoding: cursor.text(key), as: UTF8.self)
      switch cursor.byte {
      case UInt8(ascii: "{") where depth < depthLimit:
        search(&cursor, name: own, depth: depth + 1, &objects, &rows, &empties)
      case UInt8(ascii: "["):
        let place = cursor.place
        let (count, element) = survey(&cursor)
        let table = Table(name: own, place: place, count: count)
        if element == UInt8(ascii: "{") || (element == nil && table.rank == 2 && hasObjects(cursor.bytes, at: place)) {
          objects.append(table)
        }
        if element == UInt8(ascii: "[") { rows.append(table) }
        if count == 0, table.rank == 2 { empties.append(table) }
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

  /// Whether an array holds objects, and beside them plain values alone.
  private static func hasObjects(_ bytes: [UInt8], at place: Int) -> Bool {
    var (hasObjects, hasArrays) = (false, false)
    var cursor = JSONCursor(bytes, at: place)
    cursor.elements { cursor in
      if cursor.byte == UInt8(ascii: "{") { hasObjects = true }
      if cursor.byte == UInt8(ascii: "[") { hasArrays = true }
      cursor.skipValue()
    }
    return hasObjects && !hasArrays
  }

  /// What services say of a page beside its records.
  private static let pageNames: Set<String> = ["pages", "per_page", "perpage", "page_size", "pagesize", "total"]

  /// Whether an object says which page follows it, of how many.
  private static func isPageHead(_ cursor: JSONCursor) -> Bool {
    var cursor = cursor
    var names: Set<String> = []
    cursor.members { cursor, key in
      names.insert(String(decoding: cursor.text(key), as: UTF8.self).lowercased())
      cursor.skipValue()
    }
    return names.contains("page") && !names.isDisjoint(with: pageNames)
  }

  /// The names of an object's plain members: `page`, `meta.total`.
  private static func names(_ bytes: [UInt8], at place: Int, without table: String) -> [String] {
    var columns = JSONColumns()
    var cursor = JSONCursor(bytes, at: place)
    columns.walk(&cursor)
    return columns.columns.map(columns.label).filter { $0 != table }
  }
}
