/// What is known of reals that are decimals of few digits, so that sums of them can be exact: every value of the table's
/// whole column is the double nearest to a whole number divided by `10^digits`, or, where it was computed from such
/// values, so near to it that the whole number is found again.
package struct Decimals: Sendable, Hashable {
  /// Digits after the point, 0 to 15.
  package var digits: Int
  /// The greatest of the whole numbers, apart from the sign; at most `limit`.
  package var greatest: Int64

  /// Below 2^51 rounding finds the whole number again.
  package static let limit: Int64 = 1 << 51 - 1

  package init(digits: Int, greatest: Int64) {
    self.digits = digits
    self.greatest = greatest
  }

  /// What is known of two columns' values side by side; nil where they have other digits.
  package func together(with other: Decimals?) -> Decimals? {
    guard let other, other.digits == digits else { return nil }
    return Decimals(digits: digits, greatest: max(greatest, other.greatest))
  }

  /// What is known of whole numbers, as decimals without digits; nil where they may be beyond `limit`.
  init?(_ column: IntegerColumn) {
    let greatest = column.greatestMagnitude
    guard greatest <= UInt64(Self.limit) else { return nil }
    self.init(digits: 0, greatest: Int64(greatest))
  }

  /// Between which the whole numbers lie.
  package var bounds: IntegerBounds { IntegerBounds(low: -greatest, high: greatest) }

  /// The whole numbers that decimals of these digits are.
  ///
  /// `value * scale + magic` is the number in the low bits of a double's bit pattern, from which the magic's are taken off.
  package func wholes(of column: RealColumn) -> Buffer<Int64> { IntegerColumn(storage(of: column)).values }

  /// The same in whatever width they are kept.
  package func storage(of column: RealColumn) -> IntegerColumn.Storage {
    switch column.storage {
    case .double(let values): .int64(wholes(of: values))
    case .whole(let wholes): wholes
    }
  }

  func wholes(of values: Buffer<Double>) -> Buffer<Int64> {
    let source = values.span
    let scale = scale
    return Buffer(count: source.count) { Self.whole(of: source[$0] * scale) }
  }

  /// `|value| * scale`, if that is a whole number and the value the nearest double to it divided by the scale.
  static func whole(_ value: Double, _ scale: Double) -> Int64? {
    let scaled = (value.magnitude * scale).rounded()
    guard scaled <= Double(limit), scaled / scale == value.magnitude else { return nil }
    return Int64(scaled)
  }

  /// 1.5 · 2^52: adding it rounds to a whole number, which the low bits of the sum then hold.
  package static let magic = 6_755_399_441_055_744.0

  /// The whole number nearest to a double, up to `limit`, as some processors find it for several at a time.
  @inlinable @inline(__always)
  package static func whole(of value: Double) -> Int64 {
    Int64(bitPattern: (value + magic).bitPattern) &- Int64(bitPattern: magic.bitPattern)
  }

  /// A whole number up to `limit`, likewise.
  @inline(__always)
  static func real(_ whole: Int64) -> Double {
    Double(bitPattern: UInt64(bitPattern: whole &+ Int64(bitPattern: magic.bitPattern))) - magic
  }

  /// `10^digits`, which is exact.
  package var scale: Double { Self.powersOfTen[digits] }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]
}

/// Arithmetic on what is known. A double is rounded by at most 2^-53 of its size, so that what is off by little of a
/// whole number after a step can be told beforehand; kernels then take the double nearest to the decimal.
extension Decimals {
  /// A number that is written with few digits.
  package init?(_ value: Double) {
    for digits in 0...6 {
      if let whole = Self.whole(value, Self.powersOfTen[digits]) {
        self.init(digits: digits, greatest: whole)
        return
      }
    }
    return nil
  }

  /// What is known of sums and of differences; nil where the whole numbers could not be told any more.
  package static func sum(_ lhs: Decimals?, _ rhs: Decimals?) -> Decimals? {
    guard let lhs, let rhs else { return nil }
    let digits = max(lhs.digits, rhs.digits)
    let (left, right) = (powersOfTen[digits - lhs.digits], powersOfTen[digits - rhs.digits])
    return Decimals(
      digits: digits, greatest: Double(lhs.greatest) * left + Double(rhs.greatest) * right,
      error: lhs.distance * left + rhs.distance * right)
  }

  /// What is known of products; nil where the whole numbers could not be told any more.
  static func product(_ lhs: Decimals?, _ rhs: Decimals?) -> Decimals? {
    guard let lhs, let rhs, lhs.digits + rhs.digits < powersOfTen.count else { return nil }
    let (left, right) = (Double(lhs.greatest), Double(rhs.greatest))
    return Decimals(
      digits: lhs.digits + rhs.digits, greatest: left * right,
      error: lhs.distance * right + rhs.distance * left + lhs.distance * rhs.distance)
  }

  /// - Parameter error: of the operands.
  private init?(digits: Int, greatest: Double, error: Double) {
    // The step rounds once, and so does scaling the result to find its whole number.
    let error = error + greatest * 0x1p-53
    guard greatest < 0x1p50, error + greatest * 0x1p-53 < 0.25 else { return nil }
    self.init(digits: digits, greatest: Int64(greatest.rounded(.up)))
  }

  /// How far a double may lie from its whole number, in whole numbers.
  private var distance: Double { Double(greatest) * 0x1p-53 }
}
