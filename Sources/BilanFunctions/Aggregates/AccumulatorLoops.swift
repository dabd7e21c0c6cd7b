import BilanColumnar

/// Moves an array out of a property, so that a loop works on a local one that nothing else refers to.
@inline(__always)
func take<T>(_ array: inout [T]) -> [T] {
  var result: [T] = []
  swap(&result, &array)
  return result
}

/// Combines each slot of `other` with its slot in `slots`, worked on as a local array.
@inline(__always)
func combine<T>(_ other: [T], into slots: inout [T], at groups: [UInt32], _ operation: (inout T, T) -> Void) {
  var here = take(&slots)
  for slot in other.indices { operation(&here[Int(groups[slot])], other[slot]) }
  slots = here
}

extension Array {
  /// Appends `element` until there are `count`.
  mutating func grow(to count: Int, with element: Element) {
    if self.count < count { append(contentsOf: repeatElement(element, count: count - self.count)) }
  }
}

/// Which rows have a value, to be asked row by row: the words of a bitmap, since its own subscript is a call into
/// another module.
struct RowFlags {
  private let words: [UInt64]?

  /// Nil: all rows.
  init(_ bitmap: Bitmap?) { words = bitmap?.words }

  @inline(__always)
  subscript(row: Int) -> Bool {
    guard let words else { return true }
    return words[row >> 6] &>> UInt64(truncatingIfNeeded: row & 63) & 1 == 1
  }
}

/// Visits the rows that have a value, a word of the bitmap at a time.
///
/// - Returns: how many have none.
@inline(__always)
func forEachValidRow(_ validity: Bitmap?, count: Int, _ body: (Int) -> Void) -> Int {
  guard let validity else {
    for row in 0..<count { body(row) }
    return 0
  }
  var visited = 0
  for (index, word) in validity.words.enumerated() {
    let start = index << 6
    if word == ~0 {
      for row in start..<start + 64 { body(row) }
      visited += 64
    } else {
      var bits = word
      visited += bits.nonzeroBitCount
      while bits != 0 {
        body(start | bits.trailingZeroBitCount)
        bits &= bits - 1
      }
    }
  }
  return count - visited
}

/// As the other, with the slots at hand as a span: an array that a closure captures is checked for uniqueness at every
/// write, which costs more than the addition.
@inline(__always)
func forEachValidRow<Slot>(
  _ validity: Bitmap?, count: Int, updating slots: inout [Slot], _ body: (inout MutableSpan<Slot>, Int) -> Void
) -> Int {
  var span = slots.mutableSpan
  guard let validity else {
    for row in 0..<count { body(&span, row) }
    return 0
  }
  var visited = 0
  for (index, word) in validity.words.enumerated() {
    let start = index << 6
    var bits = word
    visited += bits.nonzeroBitCount
    while bits != 0 {
      body(&span, start | bits.trailingZeroBitCount)
      bits &= bits - 1
    }
  }
  return count - visited
}

/// Calls `body` for every row with 1 where it has a value and else 0, which must then change nothing: without a branch
/// to guess, where most rows have values.
@inline(__always)
func forEachRow<Slot>(
  _ validity: Bitmap?, count: Int, updating slots: inout [Slot], _ body: (inout MutableSpan<Slot>, Int, UInt64) -> Void
) {
  var span = slots.mutableSpan
  guard let validity else {
    for row in 0..<count { body(&span, row, 1) }
    return
  }
  for (index, word) in validity.words.enumerated() where word != 0 {
    let start = index << 6
    for offset in 0..<min(64, count - start) {
      body(&span, start | offset, word &>> UInt64(truncatingIfNeeded: offset) & 1)
    }
  }
}

extension Operand {
  /// As a column of reals, whatever kind of number it is.
  func realColumn(count: Int) -> RealColumn {
    if case .real(let column) = typed(.real, count: count) { return column }
    return RealColumn(.missing(count: count))
  }

  /// As a column of what is stored in integers.
  func integerColumn(count: Int) -> PrimitiveColumn<Int64> {
    if case .integer(let column) = typed(.integer, count: count) { return column.wide }
    return .missing(count: count)
  }
}

/// A value for each place, in a loop of this module: a closure that goes into another one is called for each.
@inline(__always)
func filled<T: BitwiseCopyable & Sendable>(_ count: Int, with blank: T, _ value: (Int) -> T) -> Buffer<T> {
  var values = [T](repeating: blank, count: count)
  var span = values.mutableSpan
  for place in 0..<count { span[place] = value(place) }
  return Buffer(values)
}

extension Column {
  /// One integer per slot, missing where nil.
  @inline(__always)
  static func integers(count: Int, _ value: (Int) -> Int64?) -> Column {
    var hasMissing = false
    let values = filled(count, with: Int64(0)) { slot in
      let value = value(slot)
      hasMissing = hasMissing || value == nil
      return value ?? 0
    }
    return .integer(IntegerColumn(values, validity: hasMissing ? Bitmap(count: count) { value($0) != nil } : nil))
  }

  /// One real per slot, missing where nil or not finite.
  @inline(__always)
  static func reals(count: Int, _ value: (Int) -> Double?) -> Column {
    var hasMissing = false
    let values = filled(count, with: 0.0) { slot in
      let value = value(slot)
      hasMissing = hasMissing || !(value?.isFinite ?? false)
      return value ?? 0
    }
    return .real(
      PrimitiveColumn(
        values, validity: hasMissing ? Bitmap(count: count) { value($0)?.isFinite ?? false } : nil))
  }

  static func booleans(_ values: [Bool?]) -> Column {
    let validity = Bitmap(count: values.count) { values[$0] != nil }
    return .boolean(
      BooleanColumn(Bitmap(count: values.count) { values[$0] ?? false }, validity: validity.allOnes ? nil : validity))
  }

  static func values(_ values: [Value], _ type: DataType) -> Column {
    var builder = ColumnBuilder(type)
    for value in values { builder.append(value) }
    return builder.finish()
  }
}
