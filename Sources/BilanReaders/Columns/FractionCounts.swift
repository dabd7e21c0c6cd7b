/// The fractions of numbers that have at most one mark, counted: what tells codes from numbers.
struct FractionCounts {
  /// `1.0`
  private(set) var zero = 0
  /// Of several digits, `1.10`.
  private(set) var endingInZero = 0
  private(set) var oneDigit = 0

  mutating func observe(_ shape: NumberShape, _ bytes: Span<UInt8>, _ count: Int) {
    guard !shape.kind.isGrouped else { return }
    var start = shape.end
    while start > shape.start, bytes[start - 1] &- 0x30 < 10 { start -= 1 }
    let size = shape.end - start
    if size == 1 { oneDigit += count }
    if (start..<shape.end).allSatisfy({ bytes[$0] == 0x30 }) {
      zero += count
    } else if size > 1, bytes[shape.end - 1] == 0x30 {
      endingInZero += count
    }
  }

  /// Takes what was counted over other rows.
  mutating func merge(_ other: FractionCounts) {
    zero += other.zero
    endingInZero += other.endingInZero
    oneDigit += other.oneDigit
  }
}
