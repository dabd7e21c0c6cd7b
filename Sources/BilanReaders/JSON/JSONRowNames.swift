/// What stands beside rows that are arrays and belongs to them: the names of their columns, and what each row is called.
///
///     {"columns": ["region", "actual"], "index": ["a", "b"], "data": [["Fès", 1], ["Oriental", 2]]}
struct JSONRowNames {
  /// What the array of the names is called.
  let source: String
  let names: [[UInt8]]
  /// Where the names of the rows stand; nil where there are none, or they only count the rows.
  private(set) var rows: [Range<Int>]?

  /// What programs call the array that names columns, and in it what of an object is the name.
  private static let words: Set<String> = [
    "columns", "fields", "header", "headers", "names", "cols", "columnnames", "column_names", "fieldnames",
    "colonnes", "champs", "entetes", "variables",
  ]
  private static let keys = ["name", "fieldname", "label", "title", "id", "nom", "field"]
  private static let depthLimit = 8

  /// An array that may name columns.
  private struct Candidate {
    var path: [String]
    var names: [[UInt8]]
  }

  /// Nil where nothing names as many columns, and nothing beside `table` names others: rows may be shorter than the names, or
  /// longer.
  ///
  /// - Parameters:
  ///   - root: where the object begins in which the table stands.
  ///   - count: of rows.
  init?(_ bytes: [UInt8], root: Int, table: JSONTables.Table, width: Int, count: Int) {
    guard bytes[root] == UInt8(ascii: "{") else { return nil }
    var candidates: [Candidate] = []
    var index: [Range<Int>] = []
    let parent = Array(table.name.split(separator: ".", omittingEmptySubsequences: false).dropLast().map(String.init))
    func visit(_ cursor: inout JSONCursor, _ path: [String]) {
      cursor.members { cursor, key in
        let name = String(decoding: cursor.text(key), as: UTF8.self)
        let inner = path + [name]
        switch cursor.byte {
        case UInt8(ascii: "{") where inner.count < Self.depthLimit: visit(&cursor, inner)
        case UInt8(ascii: "[") where cursor.place != table.place && Self.words.contains(name.lowercased()):
          let names = Self.texts(&cursor)
          let isBeside = path == parent && names.count >= 2
          if names.count == width || isBeside, Set(names).count == names.count, !names.contains([]) {
            candidates.append(Candidate(path: inner, names: names))
          }
        case UInt8(ascii: "[") where name == "index" && path == parent:
          index.removeAll()
          cursor.elements { index.append($0.skipValue()) }
        default: cursor.skipValue()
        }
      }
    }
    var cursor = JSONCursor(bytes, at: root)
    visit(&cursor, [])
    // Those of the width of the table go before others, and of these what stands beside it.
    let fitting = candidates.filter { $0.names.count == width }
    guard
      let found = fitting.first(where: { $0.path.dropLast().elementsEqual(parent) }) ?? fitting.first
        ?? candidates.first
    else { return nil }
    source = found.path.joined(separator: ".")
    names = found.names
    let isCounted = index.enumerated().allSatisfy { bytes[$1].elementsEqual("\($0)".utf8) }
    if index.count == count, !isCounted, !names.contains(Array("index".utf8)) { rows = index }
  }

  /// Whether an array says what the columns of the table beside it are called: it is no other data.
  ///
  /// - Parameters:
  ///   - given: what named the columns of rows; nil for records, which name their values themselves.
  ///   - labels: the columns of records, dotted where they are nested.
  static func describes(
    _ array: JSONTables.Table, in bytes: [UInt8], _ given: JSONRowNames?, labels: [String]
  ) -> Bool {
    guard let own = array.name.split(separator: ".").last, words.contains(own.lowercased()) else { return false }
    var cursor = JSONCursor(bytes, at: array.place)
    let names = texts(&cursor)
    if let given { return names.count == given.names.count }
    let described = Set(names.map { String(decoding: $0, as: UTF8.self) })
    // What it calls `place` may be columns of its own, and records may be nested in turn: `attributes.place`.
    let parts = labels.map { Set($0.split(separator: ".").map(String.init) + [$0]) }
    let found = parts.reduce(into: Set<String>()) { $0.formUnion($1) }
    return !described.isEmpty
      && (described.isSubset(of: found) || parts.allSatisfy { !$0.isDisjoint(with: described) })
  }

  /// The texts of an array, of objects in it what is their name; none where an element is neither.
  private static func texts(_ cursor: inout JSONCursor) -> [[UInt8]] {
    var texts: [[UInt8]] = []
    var areTexts = true
    cursor.elements { cursor in
      switch cursor.byte {
      case UInt8(ascii: "\""): texts.append(cursor.text(cursor.skipValue()))
      case UInt8(ascii: "{"):
        var named: [String: [UInt8]] = [:]
        cursor.members { cursor, key in
          let isText = cursor.byte == UInt8(ascii: "\"")
          let range = cursor.skipValue()
          if isText { named[String(decoding: cursor.text(key), as: UTF8.self).lowercased()] = cursor.text(range) }
        }
        if let name = keys.lazy.compactMap({ named[$0] }).first { texts.append(name) } else { areTexts = false }
      default:
        areTexts = false
        cursor.skipValue()
      }
    }
    return areTexts ? texts : []
  }
}
