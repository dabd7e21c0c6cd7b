/// A sum of reals with its rounding errors: some 106 bits, so that the order and the grouping of additions leave no
/// trace in the 53 bits that are shown.
///
/// Source: D. E. Knuth, "The Art of Computer Programming" 2, 4.2.2, theorem B (two-sum); T. J. Dekker, "A
/// Floating-Point Technique for Extending the Available Precision" (1971) (two-product by splitting, since not every
/// machine multiplies and adds in one step).
struct DoubleDouble: Sendable {
  var high: Double
  var low: Double

  static let zero = DoubleDouble(high: 0, low: 0)

  init(high: Double, low: Double) {
    self.high = high
    self.low = low
  }

  init(_ value: Double) { self.init(high: value, low: 0) }

  /// Nil where the sum is not finite.
  var value: Double? {
    let sum = high + low
    return sum.isFinite ? sum : nil
  }

  @inline(__always)
  mutating func add(_ value: Double) {
    let sum = high + value
    let part = sum - high
    low += (high - (sum - part)) + (value - part)
    high = sum
  }

  @inline(__always)
  mutating func add(_ other: DoubleDouble) {
    add(other.high)
    low += other.low
  }

  /// The exact product of two reals.
  @inline(__always)
  static func product(_ a: Double, _ b: Double) -> DoubleDouble {
    let product = a * b
    // 2^27 + 1 cuts 53 bits in halves whose products are exact.
    let a1 = 134_217_729 * a
    let aHigh = a1 - (a1 - a)
    let aLow = a - aHigh
    let b1 = 134_217_729 * b
    let bHigh = b1 - (b1 - b)
    let bLow = b - bHigh
    let error = ((aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh) + aLow * bLow
    return DoubleDouble(high: product, low: error)
  }

  /// The same number with all that fits in the high part.
  var normalized: DoubleDouble {
    let sum = high + low
    return DoubleDouble(high: sum, low: low - (sum - high))
  }

  static func * (lhs: DoubleDouble, rhs: DoubleDouble) -> DoubleDouble {
    let a = lhs.normalized
    let b = rhs.normalized
    var result = product(a.high, b.high)
    result.low += a.high * b.low + a.low * b.high
    return result.normalized
  }

  static func - (lhs: DoubleDouble, rhs: DoubleDouble) -> DoubleDouble {
    var result = lhs
    result.add(DoubleDouble(high: -rhs.high, low: -rhs.low))
    return result.normalized
  }
}
