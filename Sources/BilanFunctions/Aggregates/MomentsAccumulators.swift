import BilanColumnar
import BilanStatistics

/// What is made of the number, sum and sum of squares of values.
enum MomentsResult: Sendable {
  case variance, standardDeviation
  /// A limit of the mean's confidence interval.
  case meanLow(level: Double), meanHigh(level: Double)
}

/// `variance`, `stddev` and the interval of a mean, from exact sums of values and their squares.
final class MomentsAccumulator: Accumulator {
  private struct Moments {
    var sum = TripleSum.zero
    var squares = TripleSum.zero
  }

  private let result: MomentsResult
  private var whole = WholeMomentSums<SquareSums>()
  /// Empty while all values are decimals of few digits.
  private var moments: [Moments] = []
  private var slotCount = 0
  private var missing = MissingCounts()

  init(_ result: MomentsResult) { self.result = result }

  var skippedCount: Int { missing.total }

  func grow(to count: Int) { slotCount = max(slotCount, count) }

  func update(_ arguments: [Operand], groups: Buffer<UInt32>, rowCount: Int) throws(KernelError) {
    let column = arguments[0].realColumn(count: rowCount)
    missing.add(column.validity, groups, rowCount: rowCount, slotCount: slotCount)
    if whole.add(column, nil, column.validity, groups, rowCount: rowCount, slotCount: slotCount) { return }
    moments.grow(to: slotCount, with: Moments())
    let doubles = column.doubles
    let (values, groups) = (doubles.span, groups.span)
    _ = forEachValidRow(column.validity, count: rowCount, updating: &moments) { moments, row in
      let slot = Int(groups[row])
      moments[slot].sum.add(values[row])
      moments[slot].squares.addProduct(values[row], values[row])
    }
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) throws(KernelError) {
    guard let other = other as? MomentsAccumulator else { preconditionFailure("accumulators of two kinds") }
    missing.merge(other.missing, groups: groups, slotCount: slotCount)
    let isTaken = whole.merge(other.whole, groups: groups, slotCount: slotCount)
    if isTaken, other.moments.isEmpty { return }
    moments.grow(to: slotCount, with: Moments())
    combine(other.moments, into: &moments, at: groups) { here, theirs in
      here.sum.add(theirs.sum)
      here.squares.add(theirs.squares)
    }
    if !isTaken {
      for slot in 0..<other.whole.slotCount { Self.add(other.whole, slot, to: &moments[Int(groups[slot])]) }
    }
  }

  /// Takes whole sums over.
  private static func add(_ whole: WholeMomentSums<SquareSums>, _ slot: Int, to moments: inout Moments) {
    guard let digits = whole.digits else { return }
    let sums = whole[slot]
    moments.sum.add(Int128(sums.x), over: Decimals(digits: digits.x, greatest: 0).scale)
    let scale = Decimals(digits: digits.x, greatest: 0).scale
    moments.squares.add(sums.xx.total, over: scale * scale)
  }

  func finish(rowCounts: [Int64], workers: Workers) throws(KernelError) -> Column {
    .reals(count: slotCount) { slot in value(slot, count: rowCounts[slot] - missing[slot]) }
  }

  private func value(_ slot: Int, count: Int64) -> Double? {
    guard count > 1 else { return nil }
    let n = Double(count)
    if moments.isEmpty, let digits = whole.digits {
      let sums = whole[slot]
      let scale = Decimals(digits: digits.x, greatest: 0).scale
      if let deviations = CrossDeviations.of(sums.xx, sums.x, sums.x, count) {
        return result(variance: deviations / (scale * scale) / n / (n - 1), sum: Double(sums.x) / scale, count)
      }
    }
    var own = slot < moments.count ? moments[slot] : Moments()
    Self.add(whole, slot, to: &own)
    let deviations = crossDeviations(own.squares, own.sum, own.sum, n)
    guard deviations.isFinite, let sum = own.sum.rounded.value else { return nil }
    return result(variance: max(0, deviations / n / (n - 1)), sum: sum, count)
  }

  private func result(variance: Double, sum: Double, _ count: Int64) -> Double? {
    switch result {
    case .variance: return variance
    case .standardDeviation: return variance.squareRoot()
    case .meanLow(let level):
      return ConfidenceInterval.mean(mean: sum / Double(count), variance: variance, count: Int(count), level: level)?
        .low
    case .meanHigh(let level):
      return ConfidenceInterval.mean(mean: sum / Double(count), variance: variance, count: Int(count), level: level)?
        .high
    }
  }
}

/// n times the sum of the products of deviations from the means: `n Σxy - Σx Σy`. What cancels there is exact to some
/// 100 bits.
private func crossDeviations(_ products: TripleSum, _ x: TripleSum, _ y: TripleSum, _ n: Double) -> Double {
  let minuend = DoubleDouble(n) * products.rounded
  let difference = minuend - x.rounded * y.rounded
  // Less than the rounding of the last steps is nothing: equal values have no variance at all.
  let smallest = minuend.high.magnitude * 0x1p-100
  return difference.high.magnitude <= smallest ? 0 : difference.high
}

/// `correlation(x, y)`: Pearson's coefficient over the rows that have both.
final class CorrelationAccumulator: Accumulator {
  private struct Moments {
    var x = TripleSum.zero
    var y = TripleSum.zero
    var xx = TripleSum.zero
    var yy = TripleSum.zero
    var xy = TripleSum.zero
  }

  private var whole = WholeMomentSums<ProductSums>()
  /// Empty while all values are decimals of few digits.
  private var moments: [Moments] = []
  private var slotCount = 0
  private var missing = MissingCounts()

  var skippedCount: Int { missing.total }

  func grow(to count: Int) { slotCount = max(slotCount, count) }

  func update(_ arguments: [Operand], groups: Buffer<UInt32>, rowCount: Int) throws(KernelError) {
    let pair = RealPair(arguments, rowCount: rowCount)
    missing.add(pair.validity, groups, rowCount: rowCount, slotCount: slotCount)
    if whole.add(pair.first, pair.second, pair.validity, groups, rowCount: rowCount, slotCount: slotCount) { return }
    moments.grow(to: slotCount, with: Moments())
    let (first, second) = (pair.first.doubles, pair.second.doubles)
    let (xs, ys, groups) = (first.span, second.span, groups.span)
    _ = forEachValidRow(pair.validity, count: rowCount, updating: &moments) { moments, row in
      let slot = Int(groups[row])
      let (x, y) = (xs[row], ys[row])
      moments[slot].x.add(x)
      moments[slot].y.add(y)
      moments[slot].xx.addProduct(x, x)
      moments[slot].yy.addProduct(y, y)
      moments[slot].xy.addProduct(x, y)
    }
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) throws(KernelError) {
    guard let other = other as? CorrelationAccumulator else { preconditionFailure("accumulators of two kinds") }
    missing.merge(other.missing, groups: groups, slotCount: slotCount)
    let isTaken = whole.merge(other.whole, groups: groups, slotCount: slotCount)
    if isTaken, other.moments.isEmpty { return }
    moments.grow(to: slotCount, with: Moments())
    combine(other.moments, into: &moments, at: groups) { here, theirs in
      here.x.add(theirs.x)
      here.y.add(theirs.y)
      here.xx.add(theirs.xx)
      here.yy.add(theirs.yy)
      here.xy.add(theirs.xy)
    }
    if !isTaken {
      for slot in 0..<other.whole.slotCount { Self.add(other.whole, slot, to: &moments[Int(groups[slot])]) }
    }
  }

  /// Takes whole sums over.
  private static func add(_ whole: WholeMomentSums<ProductSums>, _ slot: Int, to moments: inout Moments) {
    guard let digits = whole.digits else { return }
    let sums = whole[slot]
    let xScale = Decimals(digits: digits.x, greatest: 0).scale
    let yScale = Decimals(digits: digits.y, greatest: 0).scale
    moments.x.add(Int128(sums.x), over: xScale)
    moments.y.add(Int128(sums.y), over: yScale)
    moments.xx.add(sums.xx.total, over: xScale * xScale)
    moments.yy.add(sums.yy.total, over: yScale * yScale)
    moments.xy.add(sums.xy.total, over: xScale * yScale)
  }

  func finish(rowCounts: [Int64], workers: Workers) throws(KernelError) -> Column {
    .reals(count: slotCount) { slot in value(slot, count: rowCounts[slot] - missing[slot]) }
  }

  private func value(_ slot: Int, count: Int64) -> Double? {
    guard count > 1 else { return nil }
    if moments.isEmpty, !whole.isEmpty {
      // The scales of x and y cancel.
      let sums = whole[slot]
      if let xx = CrossDeviations.of(sums.xx, sums.x, sums.x, count),
        let yy = CrossDeviations.of(sums.yy, sums.y, sums.y, count),
        let xy = CrossDeviations.of(sums.xy, sums.x, sums.y, count)
      {
        return Self.coefficient(xx, yy, xy)
      }
    }
    var own = slot < moments.count ? moments[slot] : Moments()
    Self.add(whole, slot, to: &own)
    let n = Double(count)
    return Self.coefficient(
      crossDeviations(own.xx, own.x, own.x, n), crossDeviations(own.yy, own.y, own.y, n),
      crossDeviations(own.xy, own.x, own.y, n))
  }

  private static func coefficient(_ xx: Double, _ yy: Double, _ xy: Double) -> Double? {
    guard xx > 0, yy > 0 else { return nil }
    return max(-1, min(1, xy / (xx.squareRoot() * yy.squareRoot())))
  }
}

/// `weighted_mean(x, w)` over the rows that have both.
final class WeightedMeanAccumulator: Accumulator {
  private var products: [TripleSum] = []
  private var weights: [TripleSum] = []
  private(set) var skippedCount = 0

  func grow(to count: Int) {
    products.grow(to: count, with: .zero)
    weights.grow(to: count, with: .zero)
  }

  func update(_ arguments: [Operand], groups: Buffer<UInt32>, rowCount: Int) throws(KernelError) {
    let pair = RealPair(arguments, rowCount: rowCount)
    let (first, second) = (pair.first.doubles, pair.second.doubles)
    let (xs, ws, groups) = (first.span, second.span, groups.span)
    skippedCount += forEachValidRow(pair.validity, count: rowCount, updating: &products) { products, row in
      products[Int(groups[row])].addProduct(xs[row], ws[row])
    }
    _ = forEachValidRow(pair.validity, count: rowCount, updating: &weights) { weights, row in
      weights[Int(groups[row])].add(ws[row])
    }
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) throws(KernelError) {
    guard let other = other as? WeightedMeanAccumulator else { preconditionFailure("accumulators of two kinds") }
    for slot in other.weights.indices {
      products[Int(groups[slot])].add(other.products[slot])
      weights[Int(groups[slot])].add(other.weights[slot])
    }
    skippedCount += other.skippedCount
  }

  /// Missing where the weights add up to zero, as they do over no row.
  func finish(rowCounts: [Int64], workers: Workers) throws(KernelError) -> Column {
    .reals(count: weights.count) { slot in
      guard let weight = weights[slot].rounded.value, weight != 0, let product = products[slot].rounded.value else {
        return nil
      }
      return product / weight
    }
  }
}

/// Two columns of reals and the rows that have both.
struct RealPair {
  let first: RealColumn
  let second: RealColumn
  let validity: Bitmap?

  init(_ arguments: [Operand], rowCount: Int) {
    first = arguments[0].realColumn(count: rowCount)
    second = arguments[1].realColumn(count: rowCount)
    validity =
      switch (first.validity, second.validity) {
      case (nil, let other), (let other, nil): other
      case (let first?, let second?): first.and(second)
      }
  }
}
