/// Reals of 32 bits as the decimals that they are written for.
package enum SinglePrecision {
  /// The shortest decimal of which these bits are the nearest real: 0.1, and not 0.10000000149011612.
  ///
  /// Different reals have different decimals, in the same order.
  package static func real(_ bits: UInt32) -> Double {
    let single = Float(bitPattern: bits)
    let value = Double(single)
    // Most are of few decimals, which takes no text to find. The products are exact, of 24 bits and the 28 of 5¹² at most, so
    // that the nearest number of so many decimals is found.
    if abs(value) < 0x1p24, abs(value) >= 1e-4 {
      for scale in scales {
        let decimal = (value * scale).rounded(.toNearestOrEven) / scale
        if Float(decimal) == single { return decimal }
      }
    }
    guard value.isFinite, value != 0, value != value.rounded() || abs(value) >= 0x1p24 else { return value }
    return Double(single.description) ?? value
  }

  private static let scales: [Double] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12]
}
