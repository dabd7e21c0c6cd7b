import BilanColumnar

/// Currencies as people write them beside amounts.
///
/// Thousands and millions of a currency are units of their own: an amount in `k€` is what it says, in `k€`, and a column
/// that mixes `k€` and `€` has no unit.
package enum AmountUnit {
  /// Each spelling and its unit, an ISO 4217 code where the spelling stands for one currency.
  private static let spellings: [(spelling: [UInt8], unit: String)] = [
    ("€", "EUR"), ("EUR", "EUR"), ("euros", "EUR"), ("euro", "EUR"), ("DH", "MAD"), ("DHS", "MAD"), ("MAD", "MAD"),
    ("dirhams", "MAD"), ("dirham", "MAD"), ("$", "$"), ("USD", "USD"), ("US$", "USD"), ("£", "GBP"), ("GBP", "GBP"),
    ("CHF", "CHF"), ("FCFA", "FCFA"), ("F CFA", "FCFA"), ("XOF", "XOF"), ("XAF", "XAF"), ("TND", "TND"), ("DT", "TND"),
    ("DZD", "DZD"), ("CAD", "CAD"), ("¥", "¥"), ("JPY", "JPY"), ("k€", "k€"), ("M€", "M€"), ("Md€", "Md€"),
    ("KDH", "kMAD"), ("MDH", "MMAD"), ("MMAD", "MMAD"), ("MMDH", "MMAD"), ("M DH", "MMAD"), ("millions DH", "MMAD"),
    ("millions de DH", "MMAD"), ("Md DH", "MdMAD"), ("MdDH", "MdMAD"), ("Mds DH", "MdMAD"), ("Md$", "Md$"),
    ("kMAD", "kMAD"), ("KEUR", "k€"), ("MEUR", "M€"), ("k$", "k$"),
    ("M$", "M$"), ("درهم", "MAD"), ("دراهم", "MAD"), ("د.م.", "MAD"), ("د.م", "MAD"), ("د.ت", "TND"), ("دج", "DZD"),
    ("د.ج", "DZD"), ("أورو", "EUR"), ("يورو", "EUR"), ("دولار", "$"),
  ].map { (Array($0.0.utf8), $0.1) }

  /// The first and the last bytes of spellings, in either case: by them nearly every text is refused.
  private static let firsts = ByteSet(spellings.map { $0.spelling[0] }, ignoringCase: true)
  private static let lasts = ByteSet(spellings.map { $0.spelling[$0.spelling.count - 1] }, ignoringCase: true)

  /// How many spellings there are: one bit each says which a column has.
  static var spellingCount: Int { spellings.count }

  /// The unit that a spelling stands for.
  static func unit(_ spelling: Int) -> String { spellings[spelling].unit }

  /// Whether a unit is thousands or millions of a currency.
  static func isScaled(_ unit: String) -> Bool { Field.scaledUnits.contains(unit) }

  /// Whether amounts in a currency are written without a third decimal: dinars have millimes, thousands and millions
  /// may have any.
  static func hasAtMostTwoDecimals(_ unit: String) -> Bool { unit != "TND" && !isScaled(unit) }

  /// Whether a text is one that people write beside amounts, and nothing else.
  package static func isSpelling(_ text: String) -> Bool { unit(spelled: text) != nil }

  /// The unit that a text which is nothing else spells; nil where it spells none.
  static func unit(spelled text: String) -> String? {
    let bytes = Array(text.utf8)
    return spellings.first { $0.spelling.count == bytes.count && matches(bytes.span, 0, $0.spelling) }?.unit
  }

  /// Whether `unit` is one of those that are known.
  static func isKnown(_ unit: String) -> Bool { spellings.contains { $0.unit == unit } }

  /// The number of an amount without its currency, and which spelling that is; negative where a sign or parentheses stand
  /// around both, as spreadsheets write them: `-$46.99`, `($46.99)`, `-   300,00 €`. Nil where there is no currency.
  static func amount(
    _ bytes: Span<UInt8>, _ from: Int, _ to: Int
  ) -> (start: Int, end: Int, spelling: Int, isNegative: Bool)? {
    if let (start, end, spelling) = strip(bytes, from, to) {
      // A sign with blanks behind it is none of a number's.
      let sign = signSize(bytes, start)
      guard sign > 0, case let digits = FieldText.skippingBlanks(bytes, start + sign, end), digits > start + sign,
        digits < end
      else { return (start, end, spelling, false) }
      return (digits, end, spelling, true)
    }
    guard to - from >= 3, to - from <= 64 else { return nil }
    var (inner, outer) = (from, to)
    if bytes[from] == UInt8(ascii: "("), bytes[to - 1] == UInt8(ascii: ")") {
      (inner, outer) = (from + 1, to - 1)
    } else if case let sign = signSize(bytes, from), sign > 0 {
      inner += sign
    } else {
      return nil
    }
    inner = FieldText.skippingBlanks(bytes, inner, outer)
    outer = FieldText.skippingBlanks(before: outer, bytes, inner)
    guard outer - inner >= 2, let (start, end, spelling) = strip(bytes, inner, outer), bytes[start] &- 0x30 < 10,
      bytes[end - 1] &- 0x30 < 10
    else { return nil }
    return (start, end, spelling, true)
  }

  /// The size of the minus at a place; zero where there is none.
  private static func signSize(_ bytes: Span<UInt8>, _ place: Int) -> Int {
    if bytes[place] == UInt8(ascii: "-") { return 1 }
    return place + 2 < bytes.count && NumberShape.isMinus(bytes, place) ? 3 : 0
  }

  /// The number of an amount without its currency, which stands before or behind it, and which spelling that is;
  /// nil where there is none.
  private static func strip(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> (start: Int, end: Int, spelling: Int)? {
    // Longer texts are sentences, which may end with a number.
    guard to - from >= 2, to - from <= 64 else { return nil }
    let first = bytes[from]
    let last = bytes[to - 1]
    // A digit stands at one end, or a sign or a parenthesis before it.
    let isMinus = to - from > 3 && NumberShape.isMinus(bytes, from)
    let isSign = first == UInt8(ascii: "-") || first == UInt8(ascii: "+") || first == UInt8(ascii: "(")
    if first &- 0x30 < 10 || isSign || isMinus {
      guard last &- 0x30 > 9, let (size, spelling) = suffix(bytes, from, to) else { return nil }
      let end = FieldText.skippingBlanks(before: to - size, bytes, from)
      return end > from ? (from, end, spelling) : nil
    }
    guard last &- 0x30 < 10 || last == UInt8(ascii: ")") || last == UInt8(ascii: "-"),
      let (size, spelling) = prefix(bytes, from, to)
    else { return nil }
    let start = FieldText.skippingBlanks(bytes, from + size, to)
    return start < to ? (start, to, spelling) : nil
  }

  private static func suffix(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> (size: Int, spelling: Int)? {
    guard lasts.contains(bytes[to - 1]) else { return nil }
    var best: (size: Int, spelling: Int)?
    for (place, entry) in spellings.enumerated() {
      let spelling = entry.spelling
      let size = spelling.count
      guard size < to - from, size > best?.size ?? 0, matches(bytes, to - size, spelling) else { continue }
      let before = bytes[to - size - 1]
      // What precedes is a digit, a blank, a mark or a parenthesis, no letter.
      if before < 0x41 || before == 0xA0 || before == 0xAF { best = (size, place) }
    }
    return best
  }

  private static func prefix(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> (size: Int, spelling: Int)? {
    guard firsts.contains(bytes[from]) else { return nil }
    var best: (size: Int, spelling: Int)?
    for (place, entry) in spellings.enumerated() {
      let spelling = entry.spelling
      let size = spelling.count
      guard size < to - from, size > best?.size ?? 0, matches(bytes, from, spelling) else { continue }
      let after = bytes[from + size]
      if after < 0x41 || after == 0xC2 || after == 0xE2 { best = (size, place) }
    }
    return best
  }

  /// Whether the bytes at a place are those of a spelling; of letters, in either case.
  private static func matches(_ bytes: Span<UInt8>, _ at: Int, _ spelling: [UInt8]) -> Bool {
    let isLong = spelling.count > 2 && spelling[0] != UInt8(ascii: "M") && spelling[0] != UInt8(ascii: "k")
    for (offset, wanted) in spelling.enumerated() {
      let byte = bytes[at + offset]
      if byte == wanted { continue }
      // `Dh`, `Eur`; but `M€` is not `m€`.
      guard isLong || spelling[0] == UInt8(ascii: "D") || spelling[0] == UInt8(ascii: "k"), wanted < 0x80, byte < 0x80,
        byte | 0x20 == wanted | 0x20, wanted | 0x20 >= 0x61, wanted | 0x20 <= 0x7A
      else { return false }
    }
    return true
  }
}
