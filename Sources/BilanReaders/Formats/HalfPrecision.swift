/// Reals of sixteen bits: five of the exponent, ten of the fraction.
package enum HalfPrecision {
  /// The decimal with the fewest digits behind the point of which these bits are the nearest real: 0.1, and not
  /// 0.0999755859375.
  package static func real(_ bits: UInt16) -> Double {
    let value = exact(bits)
    guard value.isFinite, value != value.rounded() else { return value }
    // Halfway to the next real further from zero, and nearer to it. At a power of two the nearer one is closer.
    let (before, after) = (exact(bits - 1), exact(bits + 1))
    let reach = min(abs(value - before), abs(after - value)) / 2
    for scale in scales {
      let decimal = (value * scale).rounded(.toNearestOrEven) / scale
      if abs(decimal - value) < reach { return decimal }
    }
    return value
  }

  private static let scales: [Double] = [1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8]

  private static func exact(_ bits: UInt16) -> Double {
    let fraction = Double(bits & 0x3FF)
    let exponent = Int(bits >> 10 & 0x1F)
    let magnitude: Double =
      switch exponent {
      case 0: fraction * 0x1p-24
      case 31: fraction == 0 ? .infinity : .nan
      default: (1 + fraction / 1024) * Double(sign: .plus, exponent: exponent - 15, significand: 1)
      }
    return bits >> 15 == 1 ? -magnitude : magnitude
  }
}
