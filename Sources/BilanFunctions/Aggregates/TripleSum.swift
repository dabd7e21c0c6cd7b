/// A sum of exact products: three reals hold some 159 bits, since a product of two reals alone fills 106.
struct TripleSum: Sendable {
  private var high = 0.0
  private var middle = 0.0
  private var low = 0.0

  static let zero = TripleSum()

  @inline(__always)
  mutating func add(_ value: Double) {
    let sum = high + value
    let part = sum - high
    addMiddle((high - (sum - part)) + (value - part))
    high = sum
  }

  /// Adds `x * y` without rounding it.
  @inline(__always)
  mutating func addProduct(_ x: Double, _ y: Double) {
    let product = DoubleDouble.product(x, y)
    add(product.high)
    addMiddle(product.low)
  }

  /// Adds `whole / scale`, to some 106 bits.
  mutating func add(_ whole: Int128, over scale: Double) {
    let high = Double(whole)
    let rest = Double(whole - (Int128(exactly: high) ?? whole))
    let quotient = high / scale
    let product = DoubleDouble.product(quotient, scale)
    add(quotient)
    addMiddle(((high - product.high) - product.low + rest) / scale)
  }

  mutating func add(_ other: TripleSum) {
    add(other.high)
    addMiddle(other.middle)
    low += other.low
  }

  @inline(__always)
  private mutating func addMiddle(_ value: Double) {
    let sum = middle + value
    let part = sum - middle
    low += (middle - (sum - part)) + (value - part)
    middle = sum
  }

  /// The first 106 bits.
  var rounded: DoubleDouble {
    var result = DoubleDouble(middle)
    result.add(low)
    var total = DoubleDouble(high)
    total.add(result.high)
    total.low += result.low
    return total.normalized
  }
}
