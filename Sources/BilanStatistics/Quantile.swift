/// Quantiles of a sample.
package enum Quantile {
  /// The quantile of type 7 of the values in `range`, which are reordered; nil where there are none.
  ///
  /// Linear between the two values beside position `(n - 1) q`, as R and NumPy do by default. The values are selected,
  /// not sorted.
  ///
  /// Source: R. J. Hyndman and Y. Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996).
  /// - Precondition: `0 <= q <= 1`, no value is NaN.
  /// - Complexity: O(n) on average.
  package static func type7(_ values: inout [Double], in range: Range<Int>, _ q: Double) -> Double? {
    type7(&values, in: range, q) { $0 }
  }

  /// The same of whole numbers divided by a scale.
  package static func type7(
    _ wholes: inout [Int32], in range: Range<Int>, _ q: Double, scale: Double
  ) -> Double? {
    type7(&wholes, in: range, q) { Double($0) / scale }
  }

  /// - Parameter real: what a value is in double precision, in the same order.
  @inline(__always)
  private static func type7<Value: Comparable>(
    _ values: inout [Value], in range: Range<Int>, _ q: Double, _ real: (Value) -> Double
  ) -> Double? {
    guard !range.isEmpty else { return nil }
    let position = Double(range.count - 1) * q
    let below = Int(position.rounded(.down))
    let fraction = position - Double(below)
    let rank = range.lowerBound + below
    let low = select(&values, in: range, rank)
    guard fraction > 0 else { return real(low) }
    // Everything after the rank is at least as large: the next value is the smallest of it.
    var high = values[rank + 1]
    for index in rank + 1..<range.upperBound { high = min(high, values[index]) }
    // Written so that equal neighbours give exactly themselves, and so that nothing overflows.
    return low == high ? real(low) : real(low) * (1 - fraction) + real(high) * fraction
  }

  /// Moves the value of rank `rank` to its place, smaller ones before and larger ones after.
  ///
  /// Source: C. A. R. Hoare, "Algorithm 65: Find" (1961), with the median of three as pivot.
  private static func select<Value: Comparable>(
    _ values: inout [Value], in range: Range<Int>, _ rank: Int
  ) -> Value {
    var low = range.lowerBound
    var high = range.upperBound - 1
    var turnsLeft = 64
    while low < high {
      // An adversary can make every pivot a bad one; sorting what is left bounds that.
      if turnsLeft == 0 {
        values[low...high].sort()
        break
      }
      turnsLeft -= 1
      let middle = low + (high - low) / 2
      let (a, b, c) = (values[low], values[middle], values[high])
      let pivot = max(min(a, b), min(max(a, b), c))
      var left = low
      var right = high
      while left <= right {
        while values[left] < pivot { left += 1 }
        while values[right] > pivot { right -= 1 }
        if left <= right {
          values.swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if rank <= right {
        high = right
      } else if rank >= left {
        low = left
      } else {
        break
      }
    }
    return values[rank]
  }
}
