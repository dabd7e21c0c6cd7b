import BilanColumnar

/// A column that two deliveries of a table have, its values end to end: first those of the old table, then the new one's.
package struct SharedColumn: Sendable {
  package let old: Field
  package let new: Field
  /// Of the values here: what both fields are, numbers where both are numbers that compare exactly, else texts.
  package let type: DataType
  package let column: Column
  /// False where one of them has no value, which says nothing of its type.
  private let hasTypes: Bool

  /// Whether its values may be counted, not listed.
  package var isSensitive: Bool { old.isSensitive || new.isSensitive }

  /// Whether the files disagree on what the values are.
  package var changesType: Bool { hasTypes && old.type.name != new.type.name }

  /// Whether the files disagree on what the numbers count.
  var changesUnit: Bool { hasTypes && old.unit != new.unit }

  /// Whether only one of them reads as text.
  var isOnceText: Bool { changesType && (old.type == .text) != (new.type == .text) }

  /// - Parameters:
  ///   - oldTexts: the old values as they are written, where that is known.
  ///   - newTexts: the new ones.
  init(
    _ old: Field, _ oldValues: Column, _ new: Field, _ newValues: Column, oldTexts: Column? = nil,
    newTexts: Column? = nil
  ) {
    self.old = old
    self.new = new
    hasTypes = oldValues.hasValues && newValues.hasValues
    let type: DataType =
      if old.type == new.type || !newValues.hasValues {
        old.type
      } else if !oldValues.hasValues {
        new.type
      } else {
        old.type.isNumber && new.type.isNumber
          ? Self.numberType(oldValues, newValues)
          : .text
      }
    self.type = type
    let (oldTexts, newTexts) = type == .text ? (oldTexts, newTexts) : (nil, nil)
    column = Column.concatenate(
      [
        oldTexts ?? oldValues.converted(from: old.type, to: type),
        newTexts ?? newValues.converted(from: new.type, to: type),
      ], kind: type.columnKind)
  }

  /// Which pairs of rows have different values; missing is a value of its own.
  func changes(_ pairs: [RowPairing.Pair]) -> [Int] {
    let validity = column.validity
    switch column {
    case .integer(let column):
      let values = column.values.span
      return changes(pairs, validity) { values[$0] != values[$1] }
    case .real(let column):
      let doubles = column.doubles
      let values = doubles.span
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

extension SharedColumn {
  /// The type as which whole numbers and reals compare exactly: reals, unless one of the whole numbers lies between two
  /// of them; then whole numbers, where all are; else texts.
  private static func numberType(_ old: Column, _ new: Column) -> DataType {
    if old.hasOnlyReals, new.hasOnlyReals { return .real }
    return old.hasOnlyIntegers && new.hasOnlyIntegers ? .integer : .text
  }
}

extension Column {
  fileprivate var hasValues: Bool { validity.map { !$0.isEmptyOfOnes } ?? (count > 0) }

  /// Whether each number is one that a double holds.
  fileprivate var hasOnlyReals: Bool {
    guard case .integer(let integers) = self else { return true }
    let values = integers.values.span
    return values.indices.allSatisfy { Int64(exactly: Double(values[$0])) == values[$0] }
  }

  /// Whether each number is whole and of 64 bits.
  fileprivate var hasOnlyIntegers: Bool {
    guard case .real(let reals) = self else { return true }
    let doubles = reals.doubles
    let values = doubles.span
    return values.indices.allSatisfy { !(reals.validity?[$0] ?? true) || Int64(exactly: values[$0]) != nil }
  }

  /// The same values as another type: numbers as numbers that hold them, anything as text.
  fileprivate func converted(from type: DataType, to wanted: DataType) -> Column {
    if type == wanted { return self }
    if !hasValues { return .missing(wanted.columnKind, count: count) }
    if wanted == .real, case .integer(let integers) = self {
      let values = integers.values.span
      return .real(
        PrimitiveColumn(Buffer(count: values.count) { Double(values[$0]) }, validity: integers.validity))
    }
    if wanted == .integer, case .real(let reals) = self {
      let doubles = reals.doubles
      let values = doubles.span
      return .integer(
        IntegerColumn(
          Buffer(count: values.count) { Int64(exactly: values[$0]) ?? 0 }, validity: reals.validity))
    }
    var builder = ColumnBuilder(.text)
    for row in 0..<count { builder.append(text(of: value(row, as: type)).map { .text($0) } ?? .missing) }
    return builder.finish()
  }

  /// A number has one text, whichever type holds it.
  private func text(of value: Value) -> String? {
    if case .real(let real) = value, let whole = Int64(exactly: real) { return String(whole) }
    return value.plainDescription
  }
}

extension Table {
  /// A whole column.
  func column(_ place: Int) -> Column {
    Column.concatenate(chunks.map { $0.columns[place] }, kind: schema[place].type.columnKind)
  }
}
