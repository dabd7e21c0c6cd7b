import BilanColumnar

/// The words by which rows of totals are called, in French and in English.
enum TotalLabel {
  /// Whether a trimmed cell may be the label of a total: `Total`, `TOTAL Oriental`, `Sous-total`, `Ensemble`,
  /// `Oriental – total`.
  ///
  /// Words alone prove nothing (`Total Energies`): `TotalRows` looks at the numbers too.
  static func mayBe(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from >= 3 else { return false }
    // Two letters refuse nearly every text.
    switch (bytes[from] | 0x20, bytes[from + 1] | 0x20) {
    case (UInt8(ascii: "t"), UInt8(ascii: "o")):
      if begins(bytes, from, to, ["total", "totaux", "totale", "totales"]) { return true }
    case (UInt8(ascii: "e"), UInt8(ascii: "n")): if begins(bytes, from, to, ["ensemble"]) { return true }
    case (UInt8(ascii: "s"), UInt8(ascii: "o")), (UInt8(ascii: "s"), UInt8(ascii: "u")),
      (UInt8(ascii: "s"), UInt8(ascii: "/")):
      let words = ["somme", "subtotal", "sub-total", "sous-total", "sous-totaux", "sous total", "s/total", "s/t"]
      if begins(bytes, from, to, words) { return true }
    case (UInt8(ascii: "g"), UInt8(ascii: "r")), (UInt8(ascii: "g"), UInt8(ascii: "e")):
      if begins(bytes, from, to, ["grand total", "general total"]) { return true }
    case (UInt8(ascii: "c"), UInt8(ascii: "u")): if begins(bytes, from, to, ["cumul"]) { return true }
    default: break
    }
    // A word of its own at the end.
    return to - from > 6 && bytes[to - 6] < 0x41 && bytes[to - 1] | 0x20 == UInt8(ascii: "l")
      && begins(bytes, to - 5, to, ["total"])
  }

  /// Whether a label says nothing else than that it is a total: `Total`, `TOTAL GÉNÉRAL`, `Sous-total`.
  static func isPlain(_ label: String) -> Bool {
    let words = FieldText.trimmed(TextFolding.fold(label).filter { $0 != ":" })
    return ["total", "total general", "grand total", "totaux", "sous-total", "ensemble", "s/total"].contains(words)
  }

  /// Whether a label begins with the word: `Total des emplois`, and not `Population, total`.
  static func isFirst(in label: String) -> Bool {
    let folded = TextFolding.fold(label)
    return ["total", "sous-total", "grand total", "ensemble", "somme"].contains { folded.hasPrefix($0) }
  }

  /// Whether a cell begins with one of these words, in small ASCII letters, whatever its case, and no letter follows.
  private static func begins(_ bytes: Span<UInt8>, _ from: Int, _ to: Int, _ words: [String]) -> Bool {
    words.contains { word in
      let letters = word.utf8
      guard letters.count <= to - from else { return false }
      var index = from
      for letter in letters {
        let byte = bytes[index]
        if (byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte) != letter { return false }
        index += 1
      }
      // `Sommeron` and `Totalité` are other words.
      return index == to || bytes[index] < 0x41 || bytes[index] == 0xC2 || bytes[index] == 0xE2
    }
  }
}
