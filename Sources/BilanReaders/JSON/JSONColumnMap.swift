/// A table that is written a column at a time, as pandas does unless it is told otherwise: what each column holds stands
/// under the names of the rows.
///
///     {"region": {"0": "Fès", "1": "Oriental"}, "actual": {"0": 10, "1": 20}}
struct JSONColumnMap {
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

  /// Nil where the object that begins at `root` is no such table: its members are objects with the same names in the same
  /// order, of plain values. These are the numbers of rows, or what each column holds is of one kind and what each row
  /// holds is not; else an object may as well be a row as a column.
  init?(_ bytes: [UInt8], root: Int) {
    guard bytes[root] == UInt8(ascii: "{") else { return nil }
    var isTable = true
    var cursor = JSONCursor(bytes, at: root)
    cursor.members { cursor, key in
      guard isTable, cursor.byte == UInt8(ascii: "{") else {
        isTable = false
        cursor.skipValue()
        return
      }
      var own: [[UInt8]] = []
      var values: [Range<Int>] = []
      cursor.members { cursor, key in
        own.append(cursor.text(key))
        if cursor.byte == UInt8(ascii: "{") { isTable = false }
        values.append(cursor.skipValue())
      }
      if names.isEmpty { rows = own }
      if own != rows { isTable = false }
      names.append(cursor.text(key))
      cells.append(values)
    }
    guard isTable, names.count >= 2, rows.count >= 1, Set(names).count == names.count, Set(rows).count == rows.count,
      areRowsNumbered || areKindsOfColumns(bytes)
    else { return nil }
  }

  /// Whether the rows are called 0, 1, 2…, so that their names say nothing.
  var areRowsCounted: Bool { rows.enumerated().allSatisfy { Array("\($0)".utf8) == $1 } }

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
