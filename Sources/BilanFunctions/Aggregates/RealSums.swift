import BilanColumnar

/// A sum of reals in each slot, the same whatever the order of additions.
///
/// Decimals of few digits, as files hold them, are added up as the whole numbers they are: exact, an integer addition a
/// row. `value * scale + magic` is that whole number in the low bits of a double's bit pattern, and the patterns are
/// added less that of the magic. All other reals are added in double-double.
///
/// The rounding by addition is the old one of fixed-point conversions; it holds below 2^51 (`Decimals.limit`).
struct RealSums {
  private var scaled: [Int64] = []
  private var decimals: Decimals?
  /// No scaled sum is greater than this.
  private var reach: Int64 = 0
  private var sums: [DoubleDouble] = []
  private var slotCount = 0

  mutating func grow(to count: Int) {
    slotCount = max(slotCount, count)
    if decimals != nil { scaled.grow(to: slotCount, with: 0) }
    if !sums.isEmpty { sums.grow(to: slotCount, with: .zero) }
  }

  /// Adds the rows that have a value.
  mutating func add(_ column: RealColumn, _ validity: Bitmap?, _ groups: Buffer<UInt32>, rowCount: Int) {
    guard let decimals = column.decimals, let factor = factor(of: column, decimals),
      prepare(decimals, times: factor, rowCount: rowCount), let own = self.decimals
    else {
      return addExact(column.doubles, validity, groups, rowCount)
    }
    switch column.storage {
    case .double(let values):
      let source = values.span
      let scale = own.scale
      addScaled(validity, groups, rowCount) { Decimals.whole(of: source[$0] * scale) }
    case .whole(.int8(let wholes)): addWholes(wholes, times: factor, validity, groups, rowCount)
    case .whole(.int16(let wholes)): addWholes(wholes, times: factor, validity, groups, rowCount)
    case .whole(.int32(let wholes)): addWholes(wholes, times: factor, validity, groups, rowCount)
    case .whole(.int64(let wholes)): addWholes(wholes, times: factor, validity, groups, rowCount)
    }
  }

  /// Adds decimals as often as their weights say.
  mutating func add(_ column: RealColumn, weights: Buffer<Int64>, _ groups: Buffer<UInt32>) {
    guard let decimals = column.decimals else { preconditionFailure("decimals have weights") }
    let weightCount = (0..<weights.count).reduce(0) { $0 + Int(weights[$1]) }
    guard prepare(decimals, times: 1, rowCount: weightCount) else { preconditionFailure("sums have room for them") }
    let wholes = decimals.wholes(of: column)
    for row in 0..<groups.count where column.validity?[row] ?? true {
      scaled[Int(groups[row])] &+= wholes[row] &* weights[row]
    }
  }

  @inline(__always)
  private mutating func addWholes<T: FixedWidthInteger>(
    _ wholes: Buffer<T>, times factor: Int64, _ validity: Bitmap?, _ groups: Buffer<UInt32>, _ rowCount: Int
  ) {
    let source = wholes.span
    if slotCount == 1, validity == nil {
      scaled[0] &+= Self.total(source.extracting(0..<rowCount)) &* factor
    } else if factor == 1 {
      addScaled(validity, groups, rowCount) { Int64(truncatingIfNeeded: source[$0]) }
    } else {
      addScaled(validity, groups, rowCount) { Int64(truncatingIfNeeded: source[$0]) &* factor }
    }
  }

  /// The sum of all, where it fits: of 16 bits and less so many at a time that 32 bits hold them.
  @inline(__always)
  private static func total<T: FixedWidthInteger>(_ wholes: Span<T>) -> Int64 {
    var total: Int64 = 0
    guard T.bitWidth <= 16 else {
      for row in wholes.indices { total &+= Int64(truncatingIfNeeded: wholes[row]) }
      return total
    }
    var start = 0
    while start < wholes.count {
      let part = wholes.extracting(start..<min(start + (1 << 15), wholes.count))
      var sum: Int32 = 0
      for row in part.indices { sum &+= Int32(truncatingIfNeeded: part[row]) }
      total &+= Int64(sum)
      start += part.count
    }
    return total
  }

  /// What makes whole numbers of the column's digits those of the sums, which take more digits where they have room; nil
  /// where these digits do not go together.
  private mutating func factor(of column: RealColumn, _ new: Decimals) -> Int64? {
    guard let own = decimals, own.digits != new.digits else { return 1 }
    if new.digits > own.digits { return widen(to: new.digits) ? 1 : nil }
    let factor = Self.factor(own.digits - new.digits)
    // Doubles are scaled to whole numbers that must be told from each other.
    if column.wholes == nil, new.greatest > Decimals.limit / factor { return nil }
    return factor
  }

  private static func factor(_ digits: Int) -> Int64 { Int64(Decimals(digits: digits, greatest: 0).scale) }

  /// Gives the sums more digits; false where they have no room for them.
  private mutating func widen(to digits: Int) -> Bool {
    guard let own = decimals else { return false }
    let factor = Self.factor(digits - own.digits)
    guard reach <= Int64(1 << 62) / factor else { return false }
    for slot in scaled.indices { scaled[slot] &*= factor }
    reach *= factor
    decimals = Decimals(digits: digits, greatest: 0)
    return true
  }

  /// Makes room for decimals; false where they are too large.
  private mutating func prepare(_ new: Decimals, times factor: Int64, rowCount: Int) -> Bool {
    let (greatest, overflows) = new.greatest.multipliedReportingOverflow(by: factor)
    let scaledUp = Decimals(digits: decimals?.digits ?? new.digits, greatest: greatest)
    guard !overflows, let added = reach(of: scaledUp, rowCount: rowCount) else { return false }
    if factor == 1 { decimals = new }
    scaled.grow(to: slotCount, with: 0)
    if !holds(added) { flush() }
    reach += added
    return true
  }

  /// Counts a chunk of decimals that is added up elsewhere and comes by `addScaled`; false where it must come by `add`.
  mutating func reserve(_ new: Decimals, rowCount: Int) -> Bool {
    guard let added = reach(of: new, rowCount: rowCount), holds(added) else { return false }
    decimals = new
    reach += added
    return true
  }

  /// The greatest sum of so many decimals; nil where they have other digits than those so far, or it leaves 64 bits.
  private func reach(of new: Decimals, rowCount: Int) -> Int64? {
    if let decimals, decimals.digits != new.digits { return nil }
    let (reach, overflows) = new.greatest.multipliedReportingOverflow(by: Int64(rowCount))
    return overflows ? nil : reach
  }

  /// Whether the scaled sums have room for so much more.
  private func holds(_ added: Int64) -> Bool {
    let (sum, overflows) = reach.addingReportingOverflow(added)
    return !overflows && sum <= 1 << 62
  }

  /// Takes scaled sums, of which the chunks were reserved.
  mutating func addScaled(_ sums: [Int64]) {
    scaled.grow(to: max(slotCount, sums.count), with: 0)
    for slot in sums.indices { scaled[slot] &+= sums[slot] }
  }

  /// - Parameter whole: the whole number of a row.
  @inline(__always)
  private mutating func addScaled(
    _ validity: Bitmap?, _ groups: Buffer<UInt32>, _ rowCount: Int, _ whole: (Int) -> Int64
  ) {
    if slotCount == 1 {
      var sum: Int64 = 0
      _ = forEachValidRow(validity, count: rowCount) { sum &+= whole($0) }
      scaled[0] &+= sum
      return
    }
    let groups = groups.span
    guard usesLanes(rowCount) else {
      _ = forEachValidRow(validity, count: rowCount, updating: &scaled) { scaled, row in
        scaled[Int(groups[row])] &+= whole(row)
      }
      return
    }
    var lanes = [Int64](repeating: 0, count: slotCount * Self.laneCount)
    forEachRow(validity, count: rowCount, updating: &lanes) { lanes, row, bit in
      let lane = Int(groups[row]) &* Self.laneCount &+ row & (Self.laneCount &- 1)
      lanes[lane] &+= whole(row) & (0 &- Int64(bitPattern: bit))
    }
    for lane in lanes.indices { scaled[lane / Self.laneCount] &+= lanes[lane] }
  }

  private mutating func addExact(
    _ values: Buffer<Double>, _ validity: Bitmap?, _ groups: Buffer<UInt32>, _ rowCount: Int
  ) {
    sums.grow(to: slotCount, with: .zero)
    let values = values.span
    if slotCount == 1, validity == nil {
      sums[0].add(Self.total(values, count: rowCount))
      return
    }
    let groups = groups.span
    guard usesLanes(rowCount) else {
      _ = forEachValidRow(validity, count: rowCount, updating: &sums) { sums, row in
        sums[Int(groups[row])].add(values[row])
      }
      return
    }
    var lanes = [DoubleDouble](repeating: .zero, count: slotCount * Self.laneCount)
    _ = forEachValidRow(validity, count: rowCount, updating: &lanes) { lanes, row in
      lanes[Int(groups[row]) &* Self.laneCount &+ row & (Self.laneCount &- 1)].add(values[row])
    }
    for lane in lanes.indices { sums[lane / Self.laneCount].add(lanes[lane]) }
  }

  /// With few slots neighbouring rows often go to the same one, and each addition would wait for the one before it:
  /// then every slot has some sums side by side, for rows in turn.
  private static let laneCount = 4

  private func usesLanes(_ rowCount: Int) -> Bool { slotCount <= 256 && rowCount >= slotCount * 16 }

  /// The sum of all values; four sums side by side, since each addition waits for the one before it.
  private static func total(_ values: Span<Double>, count: Int) -> DoubleDouble {
    var high = SIMD4<Double>.zero
    var low = SIMD4<Double>.zero
    var row = 0
    while row &+ 4 <= count {
      let value = SIMD4(values[row], values[row &+ 1], values[row &+ 2], values[row &+ 3])
      let sum = high + value
      let part = sum - high
      low += (high - (sum - part)) + (value - part)
      high = sum
      row &+= 4
    }
    var total = DoubleDouble(high: high[0], low: low[0])
    for lane in 1..<4 { total.add(DoubleDouble(high: high[lane], low: low[lane])) }
    while row < count {
      total.add(values[row])
      row &+= 1
    }
    return total
  }

  /// Takes the scaled sums over into double-double, before they could leave 64 bits or meet other digits.
  private mutating func flush() {
    guard let decimals else { return }
    sums.grow(to: slotCount, with: .zero)
    for slot in scaled.indices where scaled[slot] != 0 {
      sums[slot].add(Self.unscaled(scaled[slot], decimals))
      scaled[slot] = 0
    }
    reach = 0
  }

  /// - Parameter groups: for each slot of `later` its slot here.
  mutating func merge(_ later: RealSums, groups: [UInt32]) {
    var later = later
    if let theirs = later.decimals {
      if let decimals, decimals.digits != theirs.digits,
        !(decimals.digits > theirs.digits
          ? later.widen(to: decimals.digits) : widen(to: theirs.digits))
      {
        later.flush()
      } else {
        decimals = later.decimals
        scaled.grow(to: slotCount, with: 0)
        if !holds(later.reach) { flush() }
        if !holds(later.reach) { later.flush() }
        reach += later.reach
        combine(later.scaled, into: &scaled, at: groups) { $0 &+= $1 }
      }
    }
    if !later.sums.isEmpty {
      sums.grow(to: slotCount, with: .zero)
      combine(later.sums, into: &sums, at: groups) { $0.add($1) }
    }
  }

  func total(_ slot: Int) -> DoubleDouble {
    var total = slot < sums.count ? sums[slot] : .zero
    if let decimals, slot < scaled.count { total.add(Self.unscaled(scaled[slot], decimals)) }
    return total
  }

  /// Nil where the sum is not finite.
  func value(_ slot: Int) -> Double? {
    if sums.isEmpty, let decimals, slot < scaled.count, scaled[slot].magnitude <= 1 << 53 {
      return Double(scaled[slot]) / decimals.scale
    }
    return total(slot).value
  }

  /// The sum divided by a count, of decimals in one step: the mean of three times 0.1 is 0.1.
  func mean(_ slot: Int, of count: Int64) -> Double? {
    if sums.isEmpty, let decimals, slot < scaled.count, scaled[slot].magnitude <= 1 << 53,
      case let divisor = decimals.scale * Double(count), divisor <= 0x1p53
    {
      return Double(scaled[slot]) / divisor
    }
    return value(slot).map { $0 / Double(count) }
  }

  private static func unscaled(_ whole: Int64, _ decimals: Decimals) -> DoubleDouble {
    let high = Double(whole)
    let rest = Double(truncating(whole, high))
    let quotient = high / decimals.scale
    // What the division left, exactly: the product of quotient and scale is taken off without rounding.
    let product = DoubleDouble.product(quotient, decimals.scale)
    let remainder = (high - product.high) - product.low
    return DoubleDouble(high: quotient, low: (remainder + rest) / decimals.scale)
  }

  /// `whole - high`, where high is the double nearest to it.
  private static func truncating(_ whole: Int64, _ high: Double) -> Int64 {
    // 2^63 does not fit; the difference still does.
    high >= 0x1p63 ? whole &- .max &- 1 : whole &- Int64(high)
  }
}
