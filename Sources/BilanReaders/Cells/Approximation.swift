/// What stands before a number that is not exact: `~120`, `≈ 1 200`, `env. 50`, `environ 50`.
package enum Approximation {
  /// Where the number begins behind such a sign or word; nil where there is none.
  package static func end(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    guard to - from >= 2, firsts.contains(bytes[from]), bytes[to - 1] &- 0x30 < 10 else { return nil }
    for sign in signs where sign.count < to - from && FieldText.holds(sign, at: from, bytes) {
      let start = FieldText.skippingBlanks(bytes, from + sign.count, to)
      // A word stands apart, or ends in a point.
      guard start < to, bytes[start] &- 0x30 < 10,
        start > from + sign.count || sign[sign.count - 1] < 0x61 || sign[0] > 0x7A
      else { continue }
      return start
    }
    return nil
  }

  private static let signs = [
    "~", "≈", "env.", "Env.", "env", "environ", "Environ", "ca.", "approx.", "approximately", "about", "around",
  ].map { Array($0.utf8) }

  private static let firsts = ByteSet(signs.map { $0[0] })
}
