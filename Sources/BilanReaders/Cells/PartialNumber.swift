/// Texts of which a number is a part that says more together with the rest: `34 ans`, `12K`, `120 (45 %)`, `73 [72-74]`,
/// `12,5 ± 0,4`, `<5`. They stay texts; that they hold numbers is worth a note.
enum PartialNumber {
  static func isThere(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard 2...32 ~= to - from else { return false }
    if let start = bound(bytes, from, to) { return NumberShape.scan(bytes, start, to) != nil }
    guard bytes[from] &- 0x30 < 10 else { return false }
    var end = from
    while end < to, bytes[end] &- 0x30 < 10 || isMark(bytes[end]) { end += 1 }
    let rest = end
    while isMark(bytes[end - 1]) { end -= 1 }
    guard rest < to, let shape = NumberShape.scan(bytes, from, end), !shape.hasLeadingZero else { return false }
    if bytes[rest] == UInt8(ascii: "(") || bytes[rest] == UInt8(ascii: "[") { return isOfNumbers(bytes, rest, to) }
    // `±`
    if bytes[rest] == 0xC2, rest + 2 < to, bytes[rest + 1] == 0xB1 {
      let start = FieldText.skippingBlanks(bytes, rest + 2, to)
      return start < to && NumberShape.scan(bytes, start, to) != nil
    }
    return isUnit(bytes, rest, to, isApart: end < rest, isFraction: shape.kind != .integer)
  }

  /// Whether parentheses or brackets hold a share or an interval, `(45 %)` and `[72.1-74.0]`: digits and no letters.
  private static func isOfNumbers(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    let end: UInt8 = bytes[from] == UInt8(ascii: "(") ? UInt8(ascii: ")") : UInt8(ascii: "]")
    guard to - from > 3, bytes[to - 1] == end else { return false }
    let inner = from + 1..<to - 1
    return inner.contains { bytes[$0] &- 0x30 < 10 } && !inner.contains { (0x61...0x7A).contains(bytes[$0] | 0x20) }
  }

  /// Where a number begins behind `<`, `>=`, `≤`, `±` or `+/-`.
  private static func bound(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    guard firsts.contains(bytes[from]) else { return nil }
    for sign in signs where sign.count < to - from && FieldText.holds(sign, at: from, bytes) {
      let start = FieldText.skippingBlanks(bytes, from + sign.count, to)
      return start < to && bytes[start] &- 0x30 < 10 ? start : nil
    }
    return nil
  }

  private static let signs = ["<=", ">=", "<", ">", "≤", "≥", "±", "+/-"].map { Array($0.utf8) }

  private static let firsts = ByteSet(signs.map { $0[0] })

  private static func isMark(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",")
  }

  /// Whether what stands behind a number are words without digits, of which there are few; a letter alone is one of a code,
  /// but for thousands and millions, and `5e` is a rank.
  private static func isUnit(_ bytes: Span<UInt8>, _ from: Int, _ to: Int, isApart: Bool, isFraction: Bool) -> Bool {
    guard to - from <= 16, bytes[from] >= 0x41, !(from..<to).contains(where: { bytes[$0] &- 0x30 < 10 }) else {
      return false
    }
    if to - from == 1 {
      // Hours and days stand apart, `12 h`.
      return bytes[from] | 0x20 == UInt8(ascii: "k") || bytes[from] == UInt8(ascii: "M")
        || isApart && (bytes[from] == UInt8(ascii: "h") || bytes[from] == UInt8(ascii: "j"))
        // Credit and debit.
        || isApart && isFraction && (bytes[from] == UInt8(ascii: "C") || bytes[from] == UInt8(ascii: "D"))
    }
    let isRank = ranks.contains { rank in
      rank.count <= to - from && FieldText.holds(rank, at: from, bytes)
        && (rank.count == to - from || bytes[from + rank.count] == 0x20)
    }
    // Names of streets are capital letters, or several words.
    let isOneWord =
      !(from..<to).contains { bytes[$0] == 0x20 }
      || phrases.contains { $0.count <= to - from && FieldText.holds($0, at: from, bytes) }
    return !isRank && bytes[from] >= 0x61 && isOneWord
  }

  private static let phrases = ["pour cent", "million", "milliard"].map { Array($0.utf8) }

  private static let ranks = ["e", "er", "re", "ère", "ème", "eme", "nd", "nde", "st", "th", "rd", "bis", "ter"].map {
    Array($0.utf8)
  }
}
