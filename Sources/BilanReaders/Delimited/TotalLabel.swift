/// The words by which rows of totals are called, in French and in English.
enum TotalLabel {
  /// Whether a trimmed cell may be the label of a total: `Total`, `TOTAL Oriental`, `Sous-total`, `Ensemble`,
  /// `Oriental – total`.
  ///
  /// Words alone prove nothing (`Total Energies`): `TotalRows` looks at the numbers too.
  static func mayBe(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from >= 5 else { return false }
    switch bytes[from] | 0x20 {
    case UInt8(ascii: "t"): if begins(bytes, from, to, "tota") { return true }
    case UInt8(ascii: "e"): if begins(bytes, from, to, "ensemble") { return true }
    case UInt8(ascii: "s"):
      if begins(bytes, from, to, "somme") || begins(bytes, from, to, "subtotal") || begins(bytes, from, to, "sub-total")
        || begins(bytes, from, to, "sous-tota") || begins(bytes, from, to, "sous tota")
        || begins(bytes, from, to, "s/total")
      {
        return true
      }
    case UInt8(ascii: "g"):
      if begins(bytes, from, to, "grand total") || begins(bytes, from, to, "general total") { return true }
    default: break
    }
    // A word of its own at the end.
    return to - from > 6 && bytes[to - 6] < 0x41 && bytes[to - 1] | 0x20 == UInt8(ascii: "l")
      && begins(bytes, to - 5, to, "total")
  }

  /// Whether a cell begins with a word in small ASCII letters, whatever its case.
  private static func begins(_ bytes: Span<UInt8>, _ from: Int, _ to: Int, _ word: String) -> Bool {
    let letters = word.utf8
    guard letters.count <= to - from else { return false }
    var index = from
    for letter in letters {
      let byte = bytes[index]
      if (byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte) != letter { return false }
      index += 1
    }
    return true
  }
}
