package enum Comparison: Sendable {
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual

  /// The comparison that says the same with its sides exchanged.
  package var mirrored: Comparison {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }

  /// The reals of which it holds with `value` on the right; nil for `.notEqual`, of which those are no range.
  package func reals(_ value: Double) -> ClosedRange<Double>? {
    switch self {
    case .equal: value...value
    case .notEqual: nil
    case .less: -.infinity...value.nextDown
    case .lessOrEqual: -.infinity...value
    case .greater: value.nextUp...(.infinity)
    case .greaterOrEqual: value...(.infinity)
    }
  }

  package func holds<T: Comparable>(_ lhs: T, _ rhs: T) -> Bool {
    switch self {
    case .equal: lhs == rhs
    case .notEqual: lhs != rhs
    case .less: lhs < rhs
    case .lessOrEqual: lhs <= rhs
    case .greater: lhs > rhs
    case .greaterOrEqual: lhs >= rhs
    }
  }
}

/// Comparisons, whose answer is true or false and never missing: missing equals missing, and is in no order with
/// anything.
package enum ComparisonKernels {
  package static func compare(
    _ lhs: Input<Int64>, _ comparison: Comparison, _ rhs: Input<Int64>, count: Int
  ) -> Bitmap {
    compareRows(lhs, comparison, rhs, count: count)
  }

  package static func compare(
    _ lhs: Input<Double>, _ comparison: Comparison, _ rhs: Input<Double>, count: Int
  ) -> Bitmap {
    compareRows(lhs, comparison, rhs, count: count)
  }

  /// Compares truth values: false before true.
  package static func compare(
    _ lhs: BooleanColumn, _ comparison: Comparison, _ rhs: BooleanColumn, count: Int
  ) -> Bitmap {
    let left = lhs.values
    let right = rhs.values
    let bits: Bitmap
    switch comparison {
    case .equal, .notEqual: bits = left.andNot(right).or(right.andNot(left)).inverted
    case .less: bits = right.andNot(left)
    case .lessOrEqual: bits = left.andNot(right).inverted
    case .greater: bits = left.andNot(right)
    case .greaterOrEqual: bits = right.andNot(left).inverted
    }
    return truth(bits, comparison, lhs.validity, rhs.validity, count: count)
  }

  /// Applies what a comparison says of missing values to the bits of the values; those of `.notEqual` are the bits of
  /// `.equal`.
  static func truth(
    _ bits: Bitmap, _ comparison: Comparison, _ lhs: Bitmap?, _ rhs: Bitmap?, count: Int
  ) -> Bitmap {
    var result = bits
    if let valid = Bitmap.both(lhs, rhs) { result = result.and(valid) }
    guard comparison == .equal || comparison == .notEqual else { return result }
    if let lhs, let rhs { result = result.or(lhs.or(rhs).inverted) }
    return comparison == .equal ? result : result.inverted
  }

  /// True where the value is one of `values` (or missing, where `orMissing`).
  package static func isMember(
    _ input: PrimitiveColumn<Int64>, of values: [Int64], orMissing: Bool
  ) -> Bitmap {
    let set = Set(values)
    let rows = input.values.span
    let bits =
      values.count <= 8
      ? Bitmap(count: rows.count) { values.contains(rows[$0]) }
      : Bitmap(count: rows.count) { set.contains(rows[$0]) }
    return membership(bits, input.validity, orMissing)
  }

  package static func isMember(
    _ input: PrimitiveColumn<Double>, of values: [Double], orMissing: Bool
  ) -> Bitmap {
    let set = Set(values)
    let rows = input.values.span
    return membership(Bitmap(count: rows.count) { set.contains(rows[$0]) }, input.validity, orMissing)
  }

  static func membership(_ bits: Bitmap, _ validity: Bitmap?, _ orMissing: Bool) -> Bitmap {
    guard let validity else { return bits }
    return orMissing ? bits.and(validity).or(validity.inverted) : bits.and(validity)
  }

  @inline(__always)
  private static func compareRows<T: Comparable & BitwiseCopyable & Sendable>(
    _ lhs: Input<T>, _ comparison: Comparison, _ rhs: Input<T>, count: Int
  ) -> Bitmap {
    let bits: Bitmap
    switch comparison {
    case .equal, .notEqual: bits = compareBits(lhs, rhs, count: count) { $0 == $1 }
    case .less: bits = compareBits(lhs, rhs, count: count) { $0 < $1 }
    case .lessOrEqual: bits = compareBits(lhs, rhs, count: count) { $0 <= $1 }
    case .greater: bits = compareBits(lhs, rhs, count: count) { $0 > $1 }
    case .greaterOrEqual: bits = compareBits(lhs, rhs, count: count) { $0 >= $1 }
    }
    return truth(bits, comparison, lhs.validity(count: count), rhs.validity(count: count), count: count)
  }

  @inline(__always)
  private static func compareBits<T: BitwiseCopyable & Sendable>(
    _ lhs: Input<T>, _ rhs: Input<T>, count: Int, _ holds: (T, T) -> Bool
  ) -> Bitmap {
    switch (lhs, rhs) {
    case (.missing, _), (_, .missing): return Bitmap(repeating: false, count: count)
    case (.column(let lhs), .column(let rhs)):
      let left = lhs.values.span
      let right = rhs.values.span
      return bits(count: count) { holds(left[$0], right[$0]) }
    case (.column(let lhs), .constant(let right)):
      let left = lhs.values.span
      return bits(count: count) { holds(left[$0], right) }
    case (.constant(let left), .column(let rhs)):
      let right = rhs.values.span
      return bits(count: count) { holds(left, right[$0]) }
    case (.constant(let left), .constant(let right)):
      return Bitmap(repeating: holds(left, right), count: count)
    }
  }

  /// One bit per row: a byte each in a loop that vectorises, then eight of them at a time.
  @inline(__always)
  private static func bits(count: Int, _ bit: (Int) -> Bool) -> Bitmap {
    Bitmap(flags: Buffer<UInt8>(count: count) { bit($0) ? 1 : 0 })
  }

  // MARK: Ranges

  /// True where a number lies between two, ends included; never where it is missing.
  package static func isWithin(_ column: IntegerColumn, _ range: ClosedRange<Int64>) -> Bitmap {
    let bits =
      switch column.storage {
      case .int8(let values): rangeBits(values, range)
      case .int16(let values): rangeBits(values, range)
      case .int32(let values): rangeBits(values, range)
      case .int64(let values): rangeBits(values, range)
      }
    return column.validity.map { bits.and($0) } ?? bits
  }

  package static func isWithin(_ column: RealColumn, _ range: ClosedRange<Double>) -> Bitmap {
    if let wholes = column.wholes, wholes.isNarrow {
      guard let range = wholeRange(range, scale: column.scale) else {
        return Bitmap(repeating: false, count: column.count)
      }
      return isWithin(wholes, range)
    }
    let doubles = column.doubles
    let source = doubles.span
    let (low, high) = (range.lowerBound, range.upperBound)
    // `&` on flags, as a branch would keep the loop from being vectorised.
    let flags = Buffer<UInt8>(count: source.count) { (source[$0] >= low ? 1 : 0) & (source[$0] <= high ? 1 : 0) }
    let bits = Bitmap(flags: flags)
    return column.validity.map { bits.and($0) } ?? bits
  }

  /// The whole numbers, of up to 32 bits, whose quotients lie in a range; nil for none.
  private static func wholeRange(_ range: ClosedRange<Double>, scale: Double) -> ClosedRange<Int64>? {
    let limit = Double(Int32.max) + 1
    func near(_ bound: Double) -> Int64 { Int64(max(-limit, min(limit, bound * scale)).rounded()) }
    // The product is rounded, so that the number beside it may be the one.
    var (low, high) = (near(range.lowerBound) - 1, near(range.upperBound) + 1)
    while low <= Int64(limit), Double(low) / scale < range.lowerBound { low += 1 }
    while high >= -Int64(limit), Double(high) / scale > range.upperBound { high -= 1 }
    return low <= high ? low...high : nil
  }

  @inline(__always)
  private static func rangeBits<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<T>, _ range: ClosedRange<Int64>
  ) -> Bitmap {
    let source = values.span
    let (low, high) = (T(clamping: range.lowerBound), T(clamping: range.upperBound))
    guard range.overlaps(Int64(T.min)...Int64(T.max)) else { return Bitmap(repeating: false, count: source.count) }
    return Bitmap(
      flags: Buffer<UInt8>(count: source.count) { (source[$0] >= low ? 1 : 0) & (source[$0] <= high ? 1 : 0) })
  }

  // MARK: Narrow integers

  /// Compares reals with a constant, decimals as the whole numbers they are kept as; nil where they are kept as doubles.
  package static func compareWholes(_ column: RealColumn, _ comparison: Comparison, _ value: Double) -> Bitmap? {
    guard let wholes = column.wholes, wholes.isNarrow, !value.isNaN else { return nil }
    let bits = isWithin(column, comparison.reals(value) ?? value...value)
    return truth(bits, comparison, column.validity, nil, count: column.count)
  }

  /// Compares whole numbers with a constant in the width they are kept in.
  package static func compare(_ column: IntegerColumn, _ comparison: Comparison, _ value: Int64) -> Bitmap {
    let bits =
      switch column.storage {
      case .int8(let values): narrowBits(values, comparison, value)
      case .int16(let values): narrowBits(values, comparison, value)
      case .int32(let values): narrowBits(values, comparison, value)
      case .int64(let values): narrowBits(values, comparison, value)
      }
    return truth(bits, comparison, column.validity, nil, count: column.count)
  }

  /// The bits of the values; those of `.notEqual` are the bits of `.equal`.
  @inline(__always)
  private static func narrowBits<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<T>, _ comparison: Comparison, _ value: Int64
  ) -> Bitmap {
    let source = values.span
    guard let value = T(exactly: value) else {
      // Every value is on one side of it.
      let isAbove = value > 0
      switch comparison {
      case .equal, .notEqual: return Bitmap(repeating: false, count: source.count)
      case .less, .lessOrEqual: return Bitmap(repeating: isAbove, count: source.count)
      case .greater, .greaterOrEqual: return Bitmap(repeating: !isAbove, count: source.count)
      }
    }
    switch comparison {
    case .equal, .notEqual: return bits(count: source.count) { source[$0] == value }
    case .less: return bits(count: source.count) { source[$0] < value }
    case .lessOrEqual: return bits(count: source.count) { source[$0] <= value }
    case .greater: return bits(count: source.count) { source[$0] > value }
    case .greaterOrEqual: return bits(count: source.count) { source[$0] >= value }
    }
  }
}
