/// A table that is written as an object of its columns or of its rows, as pandas does unless it is told otherwise.
///
///     {"region": {"0": "Fès", "1": "Oriental"}, "actual": {"0": 10, "1": 20}}
///     {"region": ["Fès", "Oriental"], "actual": [10, 20]}
///     {"0": {"region": "Fès", "actual": 10}, "1": {"region": "Oriental", "actual": 20}}
struct JSONColumnMap {
  /// What the members of the object are.
  enum Shape {
    /// What each column holds, under the names of the rows.
    case columns
    /// What each column holds, in the order of the rows.
    case lists
    /// Rows, under their numbers.
    case rows
  }

  private(set) var shape = Shape.columns
  private(set) var names: [[UInt8]] = []
  /// What each row is called.
  private(set) var rows: [[UInt8]] = []
  /// Where the values stand, by column, a row each.
  private(set) var cells: [[Range<Int>]] = []

  /// What a value is, missing ones apart.
  private enum Kind {
    case text, number, truth, list

    init?(_ byte: UInt8) {
      switch byte {
      case UInt8(ascii: "n"): return nil
      case UInt8(ascii: "\""): self = .text
      case UInt8(ascii: "t"), UInt8(ascii: "f"): self = .truth
      case UInt8(ascii: "["): self = .list
      default: self = .number
      }
    }
  }

  /// Nil where the object that begins at `root` is no such table: its members are lists of plain values, as many in each,
  /// or objects with the same names in the same order. These are the numbers of rows, or what each column holds is of one
  /// kind and what each row holds is not; else an object may as well be a row as a column.
  init?(_ bytes: [UInt8], root: Int) {
    guard bytes[root] == UInt8(ascii: "{") else { return nil }
    var isTable = true
    var first: UInt8?
    var cursor = JSONCursor(bytes, at: root)
    cursor.members { cursor, key in
      let isOfLists = cursor.byte == UInt8(ascii: "[")
      guard isTable, isOfLists || cursor.byte == UInt8(ascii: "{"), first ?? cursor.byte == cursor.byte else {
        isTable = false
        cursor.skipValue()
        return
      }
      first = cursor.byte
      let (own, values) = isOfLists ? ([], Self.elements(&cursor)) : Self.members(&cursor)
      guard let values, names.isEmpty || own == rows && values.count == cells[0].count else {
        isTable = false
        return
      }
      rows = own
      names.append(cursor.text(key))
      cells.append(values)
    }
    guard isTable, names.count >= 2, cells[0].count >= 1, Set(names).count == names.count else { return nil }
    if first == UInt8(ascii: "[") {
      shape = .lists
      rows = cells[0].indices.map { Array("\($0)".utf8) }
      return
    }
    guard Set(rows).count == rows.count else { return nil }
    if areRowsNumbered || areKindsOfColumns(bytes) { return }
    turn()
    shape = .rows
    // Other numbers may be years or codes, and those columns, unless kinds tell.
    let isCounted = areRowsCounted || areRowsCounted(from: 1)
    guard areRowsNumbered, isPlain(bytes), isCounted || areKindsOfColumns(bytes) else { return nil }
  }

  /// Where the values of a list stand; nil where some are none that are plain.
  private static func elements(_ cursor: inout JSONCursor) -> [Range<Int>]? {
    var values: [Range<Int>] = []
    var arePlain = true
    cursor.elements { cursor in
      if isContainer(cursor.byte) { arePlain = false }
      values.append(cursor.skipValue())
    }
    return arePlain ? values : nil
  }

  /// The names in an object, and where their values stand; no values where some are objects.
  private static func members(_ cursor: inout JSONCursor) -> (names: [[UInt8]], values: [Range<Int>]?) {
    var names: [[UInt8]] = []
    var values: [Range<Int>] = []
    var areValues = true
    cursor.members { cursor, key in
      names.append(cursor.text(key))
      if cursor.byte == UInt8(ascii: "{") { areValues = false }
      values.append(cursor.skipValue())
    }
    return (names, areValues ? values : nil)
  }

  private static func isContainer(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") }

  private func isPlain(_ bytes: [UInt8]) -> Bool {
    cells.allSatisfy { $0.allSatisfy { !Self.isContainer(bytes[$0.lowerBound]) } }
  }

  /// Takes what was read for columns as rows.
  private mutating func turn() {
    let turned = rows.indices.map { row in cells.map { $0[row] } }
    (names, rows, cells) = (rows, names, turned)
  }

  /// Whether the rows are called 0, 1, 2…, so that their names say nothing.
  var areRowsCounted: Bool { areRowsCounted(from: 0) }

  private func areRowsCounted(from start: Int) -> Bool {
    rows.enumerated().allSatisfy { Array("\($0 + start)".utf8) == $1 }
  }

  /// Whether the rows have ascending numbers, some of which may have been filtered out, and the columns have none.
  private var areRowsNumbered: Bool {
    func number(_ name: [UInt8]) -> Int? {
      name.allSatisfy { $0 &- 0x30 < 10 } ? Int(String(decoding: name, as: UTF8.self)) : nil
    }
    let numbers = rows.compactMap(number)
    return numbers.count == rows.count && zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
      && names.allSatisfy { number($0) == nil }
  }

  private func areKindsOfColumns(_ bytes: [UInt8]) -> Bool {
    func kinds(_ ranges: some Sequence<Range<Int>>) -> Set<Kind> {
      Set(ranges.compactMap { Kind(bytes[$0.lowerBound]) })
    }
    guard rows.count >= 2, cells.allSatisfy({ kinds($0).count <= 1 }) else { return false }
    return rows.indices.contains { row in kinds(cells.map { $0[row] }).count > 1 }
  }
}
