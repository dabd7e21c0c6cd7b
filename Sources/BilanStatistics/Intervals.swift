/// Confidence intervals.
package enum ConfidenceInterval {
  /// The Wilson score interval of a share: `successes` of `trials`; nil unless `0 <= successes <= trials`, `trials > 0`
  /// and `0 < level < 1`. It stays within 0 and 1 and is defined where all or none succeed.
  ///
  /// Source: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal of the
  /// American Statistical Association 22 (1927).
  package static func wilson(successes: Double, trials: Double, level: Double) -> (low: Double, high: Double)? {
    guard trials > 0, successes >= 0, successes <= trials, level > 0, level < 1,
      let z = NormalDistribution.quantile(0.5 + level / 2)
    else { return nil }
    let p = successes / trials
    let square = z * z
    let scale = 1 + square / trials
    let centre = (p + square / (2 * trials)) / scale
    let half = z / scale * (p * (1 - p) / trials + square / (4 * trials * trials)).squareRoot()
    // At the ends the formula gives the bound exactly, its rounding does not.
    return (successes == 0 ? 0 : max(0, centre - half), successes == trials ? 1 : min(1, centre + half))
  }

  /// The interval of a mean by Student's t; nil for fewer than two values or unless `0 < level < 1`.
  package static func mean(
    mean: Double, variance: Double, count: Int, level: Double
  ) -> (low: Double, high: Double)? {
    guard count > 1, level > 0, level < 1,
      let t = StudentDistribution.quantile(0.5 + level / 2, freedom: Double(count - 1))
    else { return nil }
    let half = t * (variance / Double(count)).squareRoot()
    return (mean - half, mean + half)
  }
}
