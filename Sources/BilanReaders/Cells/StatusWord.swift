/// Words behind a number or a period that say how sure it is: `2019-Q1 (p)`, `2019 prov.`, `1 250 (estimation)`.
enum StatusWord {
  /// The size of such a word at the end of a text, with its parentheses; 0 where there is none.
  static func size(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    guard to - from >= 4, lasts.contains(bytes[to - 1]) else { return 0 }
    let isEnclosed = bytes[to - 1] == UInt8(ascii: ")")
    let end = isEnclosed ? to - 1 : to
    if isEnclosed, bytes[to - 3] == UInt8(ascii: "("), letters.contains(bytes[to - 2]) { return 3 }
    for word in words where word.count < end - from && FieldText.holds(word, at: end - word.count, bytes) {
      let start = end - word.count
      if isEnclosed { return bytes[start - 1] == UInt8(ascii: "(") ? word.count + 2 : 0 }
      return FieldText.skippingBlanks(before: start, bytes, from) < start ? word.count : 0
    }
    return 0
  }

  private static let words = [
    "prov.", "prov", "provisoire", "provisoires", "provisional", "est.", "estimé", "estimée", "estimation", "estimated",
    "estimate", "rév.", "rev.", "révisé", "révisée", "revised", "prél.", "préliminaire", "preliminary", "proj.",
    "projection", "prév.", "prévision", "forecast", "env.", "environ", "approx.",
  ].map { Array($0.utf8) }

  private static let lasts = ByteSet(words.map { $0[$0.count - 1] } + [UInt8(ascii: ")")])

  /// Provisional, estimated, revised.
  private static let letters = ByteSet("per".utf8)
}
