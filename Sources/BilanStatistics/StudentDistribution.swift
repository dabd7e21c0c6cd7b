#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Student's t distribution.
package enum StudentDistribution {
  /// The share of the distribution that lies below `t`; nil unless `freedom > 0`.
  package static func cumulative(_ t: Double, freedom: Double) -> Double? {
    guard freedom > 0 else { return nil }
    // Whichever of x and 1 - x is small is worked out without cancellation.
    let square = t * t
    let tail: Double
    if square < freedom {
      tail = 0.5 * (1 - incompleteBeta(0.5, freedom / 2, square / (freedom + square)))
    } else {
      tail = 0.5 * incompleteBeta(freedom / 2, 0.5, freedom / (freedom + square))
    }
    return t > 0 ? 1 - tail : tail
  }

  /// The number below which a share `p` of the distribution lies; nil unless `0 < p < 1` and `freedom > 0`.
  ///
  /// Inverts `cumulative` by bisection, whose bracket is found by doubling: slow beside the closed expansions, and
  /// right for every number of degrees of freedom.
  package static func quantile(_ p: Double, freedom: Double) -> Double? {
    guard p > 0, p < 1, freedom > 0 else { return nil }
    if p == 0.5 { return 0 }
    // Symmetric: look in the lower half, where shares are small and exact.
    let share = min(p, 1 - p)
    var low = -1.0
    while low > -1e300, cumulative(low, freedom: freedom)! > share { low *= 2 }
    var high = 0.0
    while true {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { break }
      if cumulative(middle, freedom: freedom)! < share { low = middle } else { high = middle }
    }
    return p < 0.5 ? high : -high
  }

  /// The regularised incomplete beta function.
  ///
  /// Source: W. J. Lentz's evaluation of the continued fraction DLMF 8.17.22; the symmetry DLMF 8.17.4 keeps it where
  /// it converges fast.
  static func incompleteBeta(_ a: Double, _ b: Double, _ x: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(b, a, 1 - x) }
    let front = exp(a * log(x) + b * log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b)) / a
    let tiny = 1e-300
    var c = 1.0
    var d = 1 - (a + b) * x / (a + 1)
    if d.magnitude < tiny { d = tiny }
    d = 1 / d
    var fraction = d
    for step in 1...10_000 {
      let m = Double(step)
      for term in [
        m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
        -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
      ] {
        d = 1 + term * d
        if d.magnitude < tiny { d = tiny }
        d = 1 / d
        c = 1 + term / c
        if c.magnitude < tiny { c = tiny }
        fraction *= c * d
      }
      if (c * d - 1).magnitude < 1e-16 { break }
    }
    return front * fraction
  }

  /// The logarithm of the gamma function, of a positive number.
  ///
  /// Source: Stirling's series, DLMF 5.11.1, from 10 on; the recurrence DLMF 5.5.1 below.
  static func logGamma(_ x: Double) -> Double {
    var z = x
    var product = 1.0
    while z < 10 {
      product *= z
      z += 1
    }
    let w = 1 / (z * z)
    let series =
      (1.0 / 12 - w * (1.0 / 360 - w * (1.0 / 1260 - w * (1.0 / 1680 - w * (1.0 / 1188 - w * (691.0 / 360_360)))))) / z
    return (z - 0.5) * log(z) - z + 0.5 * log(2 * Double.pi) + series - log(product)
  }
}
