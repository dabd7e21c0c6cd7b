/// Some whole numbers of a small range, a bit for each number in it.
package struct IntegerSet: Sendable {
  private let low: Int64
  private let bits: Bitmap

  /// The most bits: two megabytes, which the cache nearest to a core but one holds.
  private static let mostBits = 1 << 24

  /// - Returns: nil where the values are too far apart.
  package init?(_ column: IntegerColumn) {
    // The column's own, not those of the table that it is a part of.
    guard let bounds = IntegerColumn(column.storage, validity: column.validity).foundBounds else {
      low = 0
      bits = Bitmap(repeating: false, count: 0)
      return
    }
    guard let span = bounds.span, span <= Self.mostBits else { return nil }
    low = bounds.low
    let values = column.values
    var bits = Bitmap(repeating: false, count: span)
    for row in 0..<column.count where column.validity?[row] ?? true { bits[Int(values[row] - bounds.low)] = true }
    self.bits = bits
  }

  /// Which rows have a value of the set.
  package func contains(_ column: IntegerColumn) -> Bitmap {
    let found =
      switch column.storage {
      case .int8(let values): look(values)
      case .int16(let values): look(values)
      case .int32(let values): look(values)
      case .int64(let values): look(values)
      }
    return column.validity.map { found.and($0) } ?? found
  }

  @inline(__always)
  private func look<T: FixedWidthInteger & BitwiseCopyable & Sendable>(_ values: Buffer<T>) -> Bitmap {
    let source = values.span
    let own = bits.words
    let words = own.span
    let low = UInt64(bitPattern: low)
    let count = UInt64(bits.count)
    return Bitmap(
      flags: Buffer<UInt8>(count: source.count) { row in
        let place = UInt64(truncatingIfNeeded: source[row]) &- low
        guard place < count else { return 0 }
        return UInt8(truncatingIfNeeded: words[Int(truncatingIfNeeded: place &>> 6)] &>> (place & 63) & 1)
      })
  }
}
