import BilanColumnar

/// A sum of 64-bit numbers in 128 bits.
struct WideSum: BitwiseCopyable, Sendable {
  private var high: Int64 = 0
  private var low: UInt64 = 0

  @inline(__always)
  mutating func add(_ value: Int64) {
    let (sum, carries) = low.addingReportingOverflow(UInt64(bitPattern: value))
    low = sum
    high &+= value &>> 63 &+ (carries ? 1 : 0)
  }

  mutating func add(_ other: WideSum) {
    let (sum, carries) = low.addingReportingOverflow(other.low)
    low = sum
    high &+= other.high &+ (carries ? 1 : 0)
  }

  var total: Int128 { Int128(high) << 64 | Int128(low) }

  /// The sum if it fits in 64 bits.
  var small: Int64? {
    let value = Int64(bitPattern: low)
    return high == value >> 63 ? value : nil
  }
}

/// Sums of whole numbers and of their products in one slot.
protocol WholeMoments: BitwiseCopyable, Sendable {
  init()
  mutating func take(_ x: Int64, _ y: Int64)
  mutating func add(_ other: Self)
}

/// Of one variable.
struct SquareSums: WholeMoments {
  var x: Int64 = 0
  var xx = WideSum()

  @inline(__always)
  mutating func take(_ x: Int64, _ y: Int64) {
    self.x &+= x
    xx.add(x &* x)
  }

  mutating func add(_ other: SquareSums) {
    x &+= other.x
    xx.add(other.xx)
  }
}

/// Of two.
struct ProductSums: WholeMoments {
  var x: Int64 = 0
  var y: Int64 = 0
  var xx = WideSum()
  var yy = WideSum()
  var xy = WideSum()

  @inline(__always)
  mutating func take(_ x: Int64, _ y: Int64) {
    self.x &+= x
    self.y &+= y
    xx.add(x &* x)
    yy.add(y &* y)
    xy.add(x &* y)
  }

  mutating func add(_ other: ProductSums) {
    x &+= other.x
    y &+= other.y
    xx.add(other.xx)
    yy.add(other.yy)
    xy.add(other.xy)
  }
}

/// The sums that variances and correlations need, over decimals of few digits: exact, in whole numbers.
struct WholeMomentSums<Slot: WholeMoments> {
  private(set) var slots: [Slot] = []
  /// The digits of x and of y; nil before the first chunk.
  private(set) var digits: (x: Int, y: Int)?

  var isEmpty: Bool { digits == nil }

  subscript(slot: Int) -> Slot { slot < slots.count ? slots[slot] : Slot() }

  /// Adds the rows that have both values; x alone where `y` is nil.
  ///
  /// - Returns: false, and nothing is added, where the numbers are too large or have other digits than those so far.
  @inline(__always)
  mutating func add(
    _ x: RealColumn, _ y: RealColumn?, _ validity: Bitmap?, _ groups: Buffer<UInt32>,
    rowCount: Int, slotCount: Int
  ) -> Bool {
    // Factors of up to 31 bits have products that 64 bits hold.
    guard let first = x.decimals, let second = (y ?? x).decimals, first.greatest <= 1 << 31,
      second.greatest <= 1 << 31
    else { return false }
    if let digits, digits != (first.digits, second.digits) { return false }
    digits = (first.digits, second.digits)
    slots.grow(to: slotCount, with: Slot())
    let (firsts, seconds) = (first.wholes(of: x), y.map { second.wholes(of: $0) })
    let (xs, groups) = (firsts.span, groups.span)
    guard let seconds else {
      _ = forEachValidRow(validity, count: rowCount, updating: &slots) { slots, row in
        let slot = Int(groups[row])
        var sums = slots[slot]
        sums.take(xs[row], 0)
        slots[slot] = sums
      }
      return true
    }
    let ys = seconds.span
    _ = forEachValidRow(validity, count: rowCount, updating: &slots) { slots, row in
      let slot = Int(groups[row])
      var sums = slots[slot]
      sums.take(xs[row], ys[row])
      slots[slot] = sums
    }
    return true
  }

  /// - Returns: false, and nothing is taken, where the digits differ.
  mutating func merge(_ later: WholeMomentSums, groups: [UInt32], slotCount: Int) -> Bool {
    guard let theirs = later.digits else { return true }
    if let digits, digits != theirs { return false }
    digits = theirs
    slots.grow(to: slotCount, with: Slot())
    combine(later.slots, into: &slots, at: groups) { $0.add($1) }
    return true
  }
}

enum CrossDeviations {
  /// `n Σxy - Σx Σy` in whole numbers; nil where 128 bits do not hold it.
  static func of(_ products: WideSum, _ x: Int64, _ y: Int64, _ n: Int64) -> Double? {
    if let small = products.small {
      let (minuend, overflows) = small.multipliedReportingOverflow(by: n)
      let (subtrahend, overflowsToo) = x.multipliedReportingOverflow(by: y)
      let (difference, overflowsAgain) = minuend.subtractingReportingOverflow(subtrahend)
      if !overflows, !overflowsToo, !overflowsAgain { return Double(difference) }
    }
    let (minuend, overflows) = products.total.multipliedReportingOverflow(by: Int128(n))
    let (difference, overflowsToo) = minuend.subtractingReportingOverflow(Int128(x) * Int128(y))
    return overflows || overflowsToo ? nil : double(difference)
  }

  /// The nearest double or its neighbour; the library's own conversion is many times slower.
  private static func double(_ value: Int128) -> Double {
    let magnitude = value.magnitude
    let high = UInt64(truncatingIfNeeded: magnitude >> 64)
    let low = UInt64(truncatingIfNeeded: magnitude)
    let result = Double(high) * 0x1p64 + Double(low)
    return value < 0 ? -result : result
  }
}
