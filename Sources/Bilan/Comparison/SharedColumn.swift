import BilanColumnar

/// A column that two deliveries of a table have, its values end to end: first those of the old table, then the new one's.
package struct SharedColumn: Sendable {
  package let old: Field
  package let new: Field
  /// Of the values here: what both fields are, numbers where both are numbers, else texts.
  package let type: DataType
  package let column: Column
  /// False where one of them has no value, which says nothing of its type.
  private let hasTypes: Bool

  /// Whether its values may be counted, not listed.
  package var isSensitive: Bool { old.isSensitive || new.isSensitive }

  /// Whether the files disagree on what the values are.
  package var changesType: Bool { hasTypes && old.type.name != new.type.name }

  init(_ old: Field, _ oldValues: Column, _ new: Field, _ newValues: Column) {
    self.old = old
    self.new = new
    hasTypes = oldValues.hasValues && newValues.hasValues
    let type: DataType =
      if old.type == new.type || !newValues.hasValues {
        old.type
      } else if !oldValues.hasValues {
        new.type
      } else {
        old.type.isNumber && new.type.isNumber ? .real : .text
      }
    self.type = type
    column = Column.concatenate(
      [oldValues.converted(from: old.type, to: type), newValues.converted(from: new.type, to: type)],
      kind: type.columnKind)
  }

  /// Which pairs of rows have different values; missing is a value of its own.
  func changes(_ pairs: [RowPairing.Pair]) -> [Int] {
    let validity = column.validity
    switch column {
    case .integer(let column):
      let values = column.values.span
      return changes(pairs, validity) { values[$0] != values[$1] }
    case .real(let column):
      let values = column.values.span
      return changes(pairs, validity) { values[$0] != values[$1] }
    case .text(let column):
      // One dictionary, in which each text has one code.
      let codes = column.codes.span
      return changes(pairs, validity) { codes[$0] != codes[$1] }
    case .boolean(let column):
      let values = column.values
      return changes(pairs, validity) { values[$0] != values[$1] }
    case .ratio(let column): return changes(pairs, validity) { column[$0] != column[$1] }
    }
  }

  @inline(__always)
  private func changes(
    _ pairs: [RowPairing.Pair], _ validity: Bitmap?, _ differ: (Int, Int) -> Bool
  ) -> [Int] {
    var changed: [Int] = []
    for (place, pair) in pairs.enumerated() {
      let (old, new) = (Int(pair.old), Int(pair.new))
      let (isThere, isThereNow) = (validity?[old] ?? true, validity?[new] ?? true)
      if isThere != isThereNow || isThere && differ(old, new) { changed.append(place) }
    }
    return changed
  }
}

extension Column {
  fileprivate var hasValues: Bool { validity.map { !$0.isEmptyOfOnes } ?? (count > 0) }

  /// The same values as another type: whole numbers as reals, anything as text.
  fileprivate func converted(from type: DataType, to wanted: DataType) -> Column {
    if type == wanted { return self }
    if !hasValues { return .missing(wanted.columnKind, count: count) }
    if wanted == .real, case .integer(let integers) = self {
      let values = integers.values.span
      return .real(
        PrimitiveColumn(Buffer(count: values.count) { Double(values[$0]) }, validity: integers.validity))
    }
    var builder = ColumnBuilder(.text)
    for row in 0..<count { builder.append(value(row, as: type).plainDescription.map { .text($0) } ?? .missing) }
    return builder.finish()
  }
}

extension Table {
  /// A whole column.
  func column(_ place: Int) -> Column {
    Column.concatenate(chunks.map { $0.columns[place] }, kind: schema[place].type.columnKind)
  }
}
