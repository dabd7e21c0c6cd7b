import BilanColumnar

/// Sums of whole numbers and of their products in one slot: `Product` is 64 bits where those hold all, else 128.
struct WholeMoments<Product: FixedWidthInteger & SignedInteger & BitwiseCopyable & Sendable>: BitwiseCopyable, Sendable
{
  var x: Int64 = 0
  var y: Int64 = 0
  var xx: Product = 0
  var yy: Product = 0
  var xy: Product = 0

  mutating func add(_ other: WholeMoments) {
    x &+= other.x
    y &+= other.y
    xx &+= other.xx
    yy &+= other.yy
    xy &+= other.xy
  }
}

/// The sums that variances and correlations need, over decimals of few digits: exact, in whole numbers.
struct WholeMomentSums {
  private var small: [WholeMoments<Int64>] = []
  private var large: [WholeMoments<Int128>] = []
  /// The digits of x and of y; nil before the first chunk.
  private(set) var digits: (x: Int, y: Int)?
  /// No sum of `small` is greater than this.
  private var reach: Int64 = 0

  /// Factors of up to 31 bits have products that 64 bits hold.
  private static let greatestFactor: Int64 = 1 << 31

  var isEmpty: Bool { digits == nil }

  /// Adds the rows that have both values; x alone where `y` is nil.
  ///
  /// - Returns: false, and nothing is added, where the numbers are too large or have other digits than those so far.
  mutating func add(
    _ x: PrimitiveColumn<Double>, _ y: PrimitiveColumn<Double>?, _ validity: Bitmap?, _ groups: Buffer<UInt32>,
    rowCount: Int, slotCount: Int
  ) -> Bool {
    guard let first = x.decimals, let second = (y ?? x).decimals, first.greatest <= Self.greatestFactor,
      second.greatest <= Self.greatestFactor
    else { return false }
    if let digits, digits != (first.digits, second.digits) { return false }
    digits = (first.digits, second.digits)
    let greatest = max(first.greatest, second.greatest)
    let (added, overflows) = (greatest * greatest).multipliedReportingOverflow(by: Int64(rowCount))
    let xs = first.wholes(of: x.values)
    let ys = y.map { second.wholes(of: $0.values) }
    if !overflows, added < 1 << 40, reach + added < 1 << 62 {
      reach += added
      small.grow(to: slotCount, with: WholeMoments())
      Self.add(xs, ys, validity, groups, rowCount, to: &small)
    } else {
      large.grow(to: slotCount, with: WholeMoments())
      Self.add(xs, ys, validity, groups, rowCount, to: &large)
    }
    return true
  }

  @inline(__always)
  private static func add<Product>(
    _ xs: Buffer<Int64>, _ ys: Buffer<Int64>?, _ validity: Bitmap?, _ groups: Buffer<UInt32>, _ rowCount: Int,
    to slots: inout [WholeMoments<Product>]
  ) {
    let (x, groups) = (xs.span, groups.span)
    guard let ys else {
      _ = forEachValidRow(validity, count: rowCount, updating: &slots) { slots, row in
        let slot = Int(groups[row])
        var sums = slots[slot]
        sums.x &+= x[row]
        sums.xx &+= Product(truncatingIfNeeded: x[row] &* x[row])
        slots[slot] = sums
      }
      return
    }
    let y = ys.span
    _ = forEachValidRow(validity, count: rowCount, updating: &slots) { slots, row in
      let slot = Int(groups[row])
      let (a, b) = (x[row], y[row])
      var sums = slots[slot]
      sums.x &+= a
      sums.y &+= b
      sums.xx &+= Product(truncatingIfNeeded: a &* a)
      sums.yy &+= Product(truncatingIfNeeded: b &* b)
      sums.xy &+= Product(truncatingIfNeeded: a &* b)
      slots[slot] = sums
    }
  }

  /// - Returns: false, and nothing is taken, where the digits differ.
  mutating func merge(_ later: WholeMomentSums, groups: [UInt32], slotCount: Int) -> Bool {
    guard let theirs = later.digits else { return true }
    if let digits, digits != theirs { return false }
    digits = theirs
    if !later.small.isEmpty {
      if reach + later.reach < 1 << 62 {
        reach += later.reach
        small.grow(to: slotCount, with: WholeMoments())
        combine(later.small, into: &small, at: groups) { $0.add($1) }
      } else {
        large.grow(to: slotCount, with: WholeMoments())
        combine(later.small.map { Self.widened($0) }, into: &large, at: groups) { $0.add($1) }
      }
    }
    if !later.large.isEmpty {
      large.grow(to: slotCount, with: WholeMoments())
      combine(later.large, into: &large, at: groups) { $0.add($1) }
    }
    return true
  }

  private static func widened(_ moments: WholeMoments<Int64>) -> WholeMoments<Int128> {
    WholeMoments(
      x: moments.x, y: moments.y, xx: Int128(moments.xx), yy: Int128(moments.yy), xy: Int128(moments.xy))
  }

  /// The sums of a slot.
  subscript(slot: Int) -> WholeMoments<Int128> {
    var total = slot < large.count ? large[slot] : WholeMoments()
    if slot < small.count { total.add(Self.widened(small[slot])) }
    return total
  }

  var slotCount: Int { max(small.count, large.count) }

  /// `n Σxy - Σx Σy` in whole numbers; nil where 128 bits do not hold it.
  static func crossDeviations(_ products: Int128, _ x: Int64, _ y: Int64, _ n: Int64) -> Double? {
    let (minuend, overflows) = products.multipliedReportingOverflow(by: Int128(n))
    let subtrahend = Int128(x) * Int128(y)
    let (difference, overflowsToo) = minuend.subtractingReportingOverflow(subtrahend)
    return overflows || overflowsToo ? nil : Double(difference)
  }
}
