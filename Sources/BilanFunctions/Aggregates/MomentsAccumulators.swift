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
    var count: Int64 = 0
    var sum = TripleSum.zero
    var squares = TripleSum.zero
  }

  private let result: MomentsResult
  private var moments: [Moments] = []
  private(set) var skippedCount = 0

  init(_ result: MomentsResult) { self.result = result }

  func grow(to count: Int) { moments.grow(to: count, with: Moments()) }

  func update(_ arguments: [Operand], groups: [UInt32], rowCount: Int) throws(KernelError) {
    let column = arguments[0].realColumn(count: rowCount)
    let values = column.values.span
    var moments = take(&self.moments)
    skippedCount += forEachValidRow(column.validity, count: rowCount, updating: &moments) { moments, row in
      let slot = Int(groups[row])
      moments[slot].count &+= 1
      moments[slot].sum.add(values[row])
      moments[slot].squares.addProduct(values[row], values[row])
    }
    self.moments = moments
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) throws(KernelError) {
    guard let other = other as? MomentsAccumulator else { preconditionFailure("accumulators of two kinds") }
    for (slot, theirs) in other.moments.enumerated() {
      let here = Int(groups[slot])
      moments[here].count += theirs.count
      moments[here].sum.add(theirs.sum)
      moments[here].squares.add(theirs.squares)
    }
    skippedCount += other.skippedCount
  }

  func finish() throws(KernelError) -> Column { .reals(moments.map(value)) }

  private func value(_ moments: Moments) -> Double? {
    guard moments.count > 1 else { return nil }
    let n = Double(moments.count)
    let deviations = crossDeviations(moments.squares, moments.sum, moments.sum, n)
    guard deviations.isFinite, let sum = moments.sum.rounded.value else { return nil }
    let variance = max(0, deviations / n / (n - 1))
    switch result {
    case .variance: return variance
    case .standardDeviation: return variance.squareRoot()
    case .meanLow(let level):
      return ConfidenceInterval.mean(mean: sum / n, variance: variance, count: Int(moments.count), level: level)?.low
    case .meanHigh(let level):
      return ConfidenceInterval.mean(mean: sum / n, variance: variance, count: Int(moments.count), level: level)?.high
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
    var count: Int64 = 0
    var x = TripleSum.zero
    var y = TripleSum.zero
    var xx = TripleSum.zero
    var yy = TripleSum.zero
    var xy = TripleSum.zero
  }

  private var moments: [Moments] = []
  private(set) var skippedCount = 0

  func grow(to count: Int) { moments.grow(to: count, with: Moments()) }

  func update(_ arguments: [Operand], groups: [UInt32], rowCount: Int) throws(KernelError) {
    let pair = RealPair(arguments, rowCount: rowCount)
    let xs = pair.first.values.span
    let ys = pair.second.values.span
    var moments = take(&self.moments)
    skippedCount += forEachValidRow(pair.validity, count: rowCount) { row in
      let slot = Int(groups[row])
      let (x, y) = (xs[row], ys[row])
      moments[slot].count &+= 1
      moments[slot].x.add(x)
      moments[slot].y.add(y)
      moments[slot].xx.addProduct(x, x)
      moments[slot].yy.addProduct(y, y)
      moments[slot].xy.addProduct(x, y)
    }
    self.moments = moments
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) throws(KernelError) {
    guard let other = other as? CorrelationAccumulator else { preconditionFailure("accumulators of two kinds") }
    for (slot, theirs) in other.moments.enumerated() {
      let here = Int(groups[slot])
      moments[here].count += theirs.count
      moments[here].x.add(theirs.x)
      moments[here].y.add(theirs.y)
      moments[here].xx.add(theirs.xx)
      moments[here].yy.add(theirs.yy)
      moments[here].xy.add(theirs.xy)
    }
    skippedCount += other.skippedCount
  }

  func finish() throws(KernelError) -> Column {
    .reals(
      moments.map { moments in
        guard moments.count > 1 else { return nil }
        let n = Double(moments.count)
        let xx = crossDeviations(moments.xx, moments.x, moments.x, n)
        let yy = crossDeviations(moments.yy, moments.y, moments.y, n)
        guard xx > 0, yy > 0 else { return nil }
        let coefficient = crossDeviations(moments.xy, moments.x, moments.y, n) / (xx.squareRoot() * yy.squareRoot())
        return max(-1, min(1, coefficient))
      })
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

  func update(_ arguments: [Operand], groups: [UInt32], rowCount: Int) throws(KernelError) {
    let pair = RealPair(arguments, rowCount: rowCount)
    let xs = pair.first.values.span
    let ws = pair.second.values.span
    var products = take(&self.products)
    var weights = take(&self.weights)
    skippedCount += forEachValidRow(pair.validity, count: rowCount) { row in
      let slot = Int(groups[row])
      products[slot].addProduct(xs[row], ws[row])
      weights[slot].add(ws[row])
    }
    self.products = products
    self.weights = weights
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
  func finish() throws(KernelError) -> Column {
    .reals(
      weights.indices.map { slot in
        guard let weight = weights[slot].rounded.value, weight != 0, let product = products[slot].rounded.value else {
          return nil
        }
        return product / weight
      })
  }
}

/// Two columns of reals and the rows that have both.
struct RealPair {
  let first: PrimitiveColumn<Double>
  let second: PrimitiveColumn<Double>
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
