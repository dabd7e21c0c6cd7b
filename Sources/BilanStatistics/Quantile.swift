/// Quantiles of a sample.
package enum Quantile {
  /// The quantile of type 7 of values, which are reordered; nil where there are none.
  ///
  /// Linear between the two values beside position `(n - 1) q`, as R and NumPy do by default. The values are selected,
  /// not sorted.
  ///
  /// Source: R. J. Hyndman and Y. Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996).
  /// - Precondition: `0 <= q <= 1`, no value is NaN.
  /// - Complexity: O(n) on average.
  package static func type7(_ values: inout [Double], _ q: Double) -> Double? {
    guard !values.isEmpty else { return nil }
    let (rank, fraction) = place(q, of: values.count)
    let low = select(&values, rank)
    guard fraction > 0 else { return low }
    // Everything after the rank is at least as large: the next value is the smallest of it.
    var high = values[rank + 1]
    for index in rank + 1..<values.count { high = min(high, values[index]) }
    return between(low, high, fraction)
  }

  /// The same of whole numbers divided by a scale.
  ///
  /// - Complexity: O(n).
  package static func type7(
    _ wholes: Span<Int32>, _ q: Double, scale: Double, _ selection: inout WholeSelection
  ) -> Double? {
    guard !wholes.isEmpty else { return nil }
    let (rank, fraction) = place(q, of: wholes.count)
    let low = selection.value(of: wholes, rank: rank)
    guard fraction > 0 else { return Double(low) / scale }
    // The next value is the same, where more are not above it than the rank says; else the least above it.
    var count = 0
    var high = Int32.max
    for index in wholes.indices {
      let isAbove = wholes[index] > low
      count &+= isAbove ? 0 : 1
      high = min(high, isAbove ? wholes[index] : .max)
    }
    return between(Double(low) / scale, Double(count > rank + 1 ? low : high) / scale, fraction)
  }

  /// The rank below position `(n - 1) q`, and how far that is from it.
  private static func place(_ q: Double, of count: Int) -> (rank: Int, fraction: Double) {
    let position = Double(count - 1) * q
    let below = position.rounded(.down)
    return (Int(below), position - below)
  }

  /// Written so that equal neighbours give exactly themselves, and so that nothing overflows.
  private static func between(_ low: Double, _ high: Double, _ fraction: Double) -> Double {
    low == high ? low : low * (1 - fraction) + high * fraction
  }

  /// Moves the value of rank `rank` to its place, smaller ones before and larger ones after.
  ///
  /// Source: C. A. R. Hoare, "Algorithm 65: Find" (1961), with the median of three as pivot.
  private static func select(_ values: inout [Double], _ rank: Int) -> Double {
    var low = 0
    var high = values.count - 1
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
