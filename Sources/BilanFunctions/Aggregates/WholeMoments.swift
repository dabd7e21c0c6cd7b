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
protocol WholeSums: BitwiseCopyable, Sendable {
  init()
  mutating func take(_ x: Int64, _ y: Int64)
}

/// Those that hold any number of rows.
protocol WholeMoments: WholeSums {
  /// Those that hold as many as 64 bits do: a row costs them a fourth.
  associatedtype Small: WholeSums
  mutating func add(_ other: Self)
  mutating func add(_ small: Small)
}

/// Of one variable.
struct SquareSums: WholeMoments {
  struct Small: WholeSums {
    var x: Int64 = 0
    var xx: Int64 = 0

    @inline(__always)
    mutating func take(_ x: Int64, _ y: Int64) {
      self.x &+= x
      xx &+= x &* x
    }
  }

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

  mutating func add(_ small: Small) {
    x &+= small.x
    xx.add(small.xx)
  }
}

/// Of two.
struct ProductSums: WholeMoments {
  struct Small: WholeSums {
    var x: Int64 = 0
    var y: Int64 = 0
    var xx: Int64 = 0
    var yy: Int64 = 0
    var xy: Int64 = 0

    @inline(__always)
    mutating func take(_ x: Int64, _ y: Int64) {
      self.x &+= x
      self.y &+= y
      xx &+= x &* x
      yy &+= y &* y
      xy &+= x &* y
    }
  }

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

  mutating func add(_ small: Small) {
    x &+= small.x
    y &+= small.y
    xx.add(small.xx)
    yy.add(small.yy)
    xy.add(small.xy)
  }
}

/// The sums that variances and correlations need, over decimals of few digits: exact, in whole numbers.
///
/// Rows go into sums of 64 bits; before these could be full, they are added to wider ones.
struct WholeMomentSums<Slot: WholeMoments> {
  private var slots: [Slot] = []
  private var small: [Slot.Small] = []
  /// What no sum of products in `small` is beyond.
  private var reach = 0
  /// The digits of x and of y; nil before the first chunk.
  private(set) var digits: (x: Int, y: Int)?

  var isEmpty: Bool { digits == nil }

  var slotCount: Int { max(slots.count, small.count) }

  subscript(slot: Int) -> Slot {
    var sums = slot < slots.count ? slots[slot] : Slot()
    if slot < small.count { sums.add(small[slot]) }
    return sums
  }

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
    let greatest = Int(max(first.greatest, second.greatest))
    let (firsts, seconds) = (first.storage(of: x), y.map { second.storage(of: $0) })
    if makeRoom(greatest * greatest, rowCount: rowCount) {
      small.grow(to: slotCount, with: Slot.Small())
      Self.add(firsts, seconds, validity, groups, to: &small)
    } else {
      slots.grow(to: slotCount, with: Slot())
      Self.add(firsts, seconds, validity, groups, to: &slots)
    }
    return true
  }

  /// Sees to it that as many products more fit in the small sums; false where they never do.
  private mutating func makeRoom(_ product: Int, rowCount: Int) -> Bool {
    let limit = 1 << 62
    let (more, overflows) = product.multipliedReportingOverflow(by: rowCount)
    guard !overflows, more <= limit else { return false }
    if reach > limit - more { settle() }
    reach += more
    return true
  }

  /// Numbers of the same width as they are: widening them takes a fifth of the time.
  private static func add<Sums: WholeSums>(
    _ xs: IntegerColumn.Storage, _ ys: IntegerColumn.Storage?, _ validity: Bitmap?, _ groups: Buffer<UInt32>,
    to slots: inout [Sums]
  ) {
    switch (xs, ys) {
    case (.int8(let xs), nil): add(xs, validity, groups, to: &slots)
    case (.int16(let xs), nil): add(xs, validity, groups, to: &slots)
    case (.int32(let xs), nil): add(xs, validity, groups, to: &slots)
    case (.int64(let xs), nil): add(xs, validity, groups, to: &slots)
    case (.int8(let xs), .int8(let ys)): add(xs, ys, validity, groups, to: &slots)
    case (.int16(let xs), .int16(let ys)): add(xs, ys, validity, groups, to: &slots)
    case (.int32(let xs), .int32(let ys)): add(xs, ys, validity, groups, to: &slots)
    case (_, let ys?): add(IntegerColumn(xs).values, IntegerColumn(ys).values, validity, groups, to: &slots)
    }
  }

  private static func add<Sums: WholeSums, T: FixedWidthInteger>(
    _ xs: Buffer<T>, _ validity: Bitmap?, _ groups: Buffer<UInt32>, to slots: inout [Sums]
  ) {
    let (groups, xs) = (groups.span, xs.span)
    _ = forEachValidRow(validity, count: groups.count, updating: &slots) { slots, row in
      slots[Int(groups[row])].take(Int64(truncatingIfNeeded: xs[row]), 0)
    }
  }

  private static func add<Sums: WholeSums, T: FixedWidthInteger>(
    _ xs: Buffer<T>, _ ys: Buffer<T>, _ validity: Bitmap?, _ groups: Buffer<UInt32>, to slots: inout [Sums]
  ) {
    let (groups, xs, ys) = (groups.span, xs.span, ys.span)
    _ = forEachValidRow(validity, count: groups.count, updating: &slots) { slots, row in
      slots[Int(groups[row])].take(Int64(truncatingIfNeeded: xs[row]), Int64(truncatingIfNeeded: ys[row]))
    }
  }

  /// Adds the small sums to the wide ones.
  private mutating func settle() {
    slots.grow(to: small.count, with: Slot())
    for slot in small.indices { slots[slot].add(small[slot]) }
    small = []
    reach = 0
  }

  /// - Returns: false, and nothing is taken, where the digits differ.
  mutating func merge(_ later: WholeMomentSums, groups: [UInt32], slotCount: Int) -> Bool {
    guard let theirs = later.digits else { return true }
    if let digits, digits != theirs { return false }
    digits = theirs
    settle()
    var later = later
    later.settle()
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
