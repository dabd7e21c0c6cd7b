/// What a condition says of each text of a dictionary and of a missing one: rows are then looked up by their codes.
///
/// The texts for which it holds are often neighbours (one text, or what comes before another where codes are in reading
/// order). Then no table is asked: codes between two are found many at a time.
package struct TextFlags: Sendable {
  /// 0 or 1 for each code, and then for a missing text.
  private let flags: Buffer<UInt8>
  /// The codes with a flag, where they are neighbours.
  private let run: ClosedRange<UInt32>?
  private let isEmpty: Bool
  private let holdsMissing: Bool

  /// - Parameter truths: a bit for each code, and then one for a missing text.
  package init(_ truths: Bitmap) {
    flags = Buffer(count: truths.count) { truths[$0] ? 1 : 0 }
    let codes = 0..<truths.count - 1
    holdsMissing = truths[codes.upperBound]
    let first = codes.first { truths[$0] }
    let last = codes.last { truths[$0] }
    isEmpty = first == nil
    if let first, let last, (first...last).allSatisfy({ truths[$0] }) {
      run = UInt32(first)...UInt32(last)
    } else {
      run = nil
    }
  }

  /// The rows for which the condition holds.
  ///
  /// - Precondition: the column's dictionary is the one that the flags are of.
  package func rows(of column: TextColumn) -> Bitmap {
    let bits =
      switch column.storage {
      case .uint8(let codes): rows(codes)
      case .uint16(let codes): rows(codes)
      case .uint32(let codes): rows(codes)
      }
    guard let validity = column.validity else { return bits }
    let valid = bits.and(validity)
    return holdsMissing ? valid.or(validity.inverted) : valid
  }

  @inline(__always)
  private func rows<T: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable>(_ codes: Buffer<T>) -> Bitmap {
    let source = codes.span
    if isEmpty { return Bitmap(repeating: false, count: source.count) }
    if let run {
      let low = T(truncatingIfNeeded: run.lowerBound)
      let reach = T(truncatingIfNeeded: run.upperBound - run.lowerBound)
      return Bitmap(flags: Buffer(count: source.count) { source[$0] &- low <= reach ? 1 : 0 })
    }
    let table = flags.span
    return Bitmap(flags: Buffer(count: source.count) { table[Int(source[$0])] })
  }
}
