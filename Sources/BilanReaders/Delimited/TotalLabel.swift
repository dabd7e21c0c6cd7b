import BilanColumnar

/// The words by which rows of totals are called, in French, English, Dutch and Arabic, and the asterisks of SAP.
enum TotalLabel {
  /// Whether a trimmed cell may be the label of a total: `Total`, `TOTAL Oriental`, `Sous-total`, `Ensemble`,
  /// `Oriental – total`, `Tous`, `F+H`, `National`.
  ///
  /// Words alone prove nothing (`Total Energies`): `TotalRows` looks at the numbers too.
  static func mayBe(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    if bytes[from] == UInt8(ascii: "*") {
      // Bold in Markdown.
      if to - from > 4, bytes[from + 1] == UInt8(ascii: "*"), bytes[to - 1] == UInt8(ascii: "*"),
        bytes[to - 2] == UInt8(ascii: "*"), bytes[from + 2] != 0x20
      {
        return mayBe(bytes, from + 2, to - 2)
      }
      return isOfAsterisks(bytes, from, to)
    }
    guard to - from >= 3 else { return isOfLetters(bytes, from, to) }
    // Two letters refuse nearly every text.
    switch (bytes[from] | 0x20, bytes[from + 1] | 0x20) {
    case (UInt8(ascii: "t"), UInt8(ascii: "o")):
      if begins(
        bytes, from, to, ["total", "totaux", "totale", "totales", "totaal", "tot", "tous", "toutes", "tout milieu"])
      {
        return true
      }
    case (UInt8(ascii: "e"), UInt8(ascii: "n")): if begins(bytes, from, to, ["ensemble"]) { return true }
    case (UInt8(ascii: "s"), UInt8(ascii: "o")), (UInt8(ascii: "s"), UInt8(ascii: "u")),
      (UInt8(ascii: "s"), UInt8(ascii: "/")):
      let words = [
        "somme", "subtotal", "sub-total", "sous-total", "sous-totaux", "sous total", "s/total", "s/t", "subtotaal",
        "sum",
      ]
      if begins(bytes, from, to, words) || begins(bytes, from, to, balances) { return true }
    case (UInt8(ascii: "g"), UInt8(ascii: "r")), (UInt8(ascii: "g"), UInt8(ascii: "e")):
      if begins(bytes, from, to, ["grand total", "grand totals", "general total", "gesamt", "gesamtsumme", "geral"]) {
        return true
      }
    case (UInt8(ascii: "a"), UInt8(ascii: "n")), (UInt8(ascii: "o"), UInt8(ascii: "p")),
      (UInt8(ascii: "c"), UInt8(ascii: "l")), (UInt8(ascii: "s"), UInt8(ascii: "a")),
      (UInt8(ascii: "b"), UInt8(ascii: "a")):
      if begins(bytes, from, to, balances) { return true }
    case (UInt8(ascii: "t"), UInt8(ascii: "t")): if begins(bytes, from, to, ["ttl"]) { return true }
    case (UInt8(ascii: "("), _): return begins(bytes, from, to, ["(all)", "(tous)", "(toutes)"])
    case (UInt8(ascii: "u"), UInt8(ascii: "r")), (UInt8(ascii: "r"), UInt8(ascii: "u")):
      if begins(
        bytes, from, to, ["urbain + rural", "urbain+rural", "urbain et rural", "rural + urbain", "rural et urbain"])
      {
        return true
      }
    case (UInt8(ascii: "c"), UInt8(ascii: "u")): if begins(bytes, from, to, ["cumul"]) { return true }
    case (UInt8(ascii: "n"), UInt8(ascii: "a")), (UInt8(ascii: "n"), UInt8(ascii: "i")),
      (UInt8(ascii: "n"), UInt8(ascii: "o")):
      if begins(bytes, from, to, ["national", "niveau national"]) || begins(bytes, from, to, balances) { return true }
    case (UInt8(ascii: "l"), UInt8(ascii: "e")), (UInt8(ascii: "d"), UInt8(ascii: "e")),
      (UInt8(ascii: "b"), UInt8(ascii: "o")), (UInt8(ascii: "a"), UInt8(ascii: "l")):
      if begins(bytes, from, to, ["les deux", "deux sexes", "both", "all", "algemeen totaal"]) {
        return true
      }
    // What pages of accounts carry over.
    case (UInt8(ascii: "r"), UInt8(ascii: "e")): if begins(bytes, from, to, ["report", "reports"]) { return true }
    case (UInt8(ascii: "a"), 0x20), (0xE3, 0xA0):
      if begins(bytes, from, to, ["a reporter", "à reporter", "a nouveau", "à nouveau"]) { return true }
    case (UInt8(ascii: "t"), 0x20): if begins(bytes, from, to, ["t o t a l"]) { return true }
    // Letters of Arabic begin with D8 and D9.
    case (0xF8, _), (0xF9, _): if begins(bytes, from, to, arabic) { return true }
    case (UInt8(ascii: "u"), UInt8(ascii: "+")): return begins(bytes, from, to, ["u+r"])
    case (UInt8(ascii: "g"), UInt8(ascii: "+")): return begins(bytes, from, to, ["g+f"])
    case (UInt8(ascii: "f"), _), (UInt8(ascii: "h"), _), (UInt8(ascii: "m"), _), (UInt8(ascii: "w"), _):
      if isOfBothSexes(bytes, from, to) { return true }
    default: break
    }
    // A word of its own at the end.
    return to - from > 6 && bytes[to - 6] < 0x41 && bytes[to - 1] | 0x20 == UInt8(ascii: "l")
      && begins(bytes, to - 5, to, ["total"])
  }

  /// `T` and `_T`, the code of totals in exchanged statistics.
  private static func isOfLetters(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    bytes[to - 1] == UInt8(ascii: "T") && (to - from == 1 || bytes[from] == UInt8(ascii: "_"))
  }

  /// `*`, `** 612100`, as SAP marks the levels of its totals.
  private static func isOfAsterisks(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var end = from
    while end < to, bytes[end] == UInt8(ascii: "*") { end += 1 }
    return end - from <= 4 && (end == to || bytes[end] == 0x20)
  }

  /// `F+H`, `H / F`, `M & W`, `Femmes et hommes`: a word or a letter for either sex, and no other.
  private static func isOfBothSexes(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard to - from <= 24,
      sexes.contains(where: { end(of: $0, bytes, from, to).map { $0 < to && !FieldText.isLetter(bytes[$0]) } ?? false })
    else { return false }
    var small: [UInt8] = []
    for index in from..<to { small.append(bytes[index] | 0x20) }
    let words = String(decoding: small, as: UTF8.self).split { !$0.isLetter }
      .filter { !["et", "and"].contains($0) }
    guard words.count == 2 else { return false }
    func isFemale(_ word: Substring) -> Bool { females.contains(String(word)) }
    func isMale(_ word: Substring) -> Bool { males.contains(String(word)) }
    return isFemale(words[0]) && isMale(words[1]) || isMale(words[0]) && isFemale(words[1])
  }

  /// The total, the sum, all of them, and without the article and the hamza.
  private static let arabic = ["المجموع", "مجموع", "الإجمالي", "الاجمالي", "إجمالي", "اجمالي", "الكل"]
  private static let foldedArabic = arabic.dropLast().map(TextFolding.fold)
  private static let plainArabic = (arabic.dropLast() + ["المجموع العام", "الإجمالي العام", "مجموع عام"]).map(
    TextFolding.fold)

  private static let females = ["f", "w", "femmes", "femme", "women", "female", "filles", "girls"]
  private static let males = ["h", "m", "hommes", "homme", "men", "male", "g", "garcons", "garçons", "boys"]
  private static let sexes = females + males

  /// Whether a label is of what an account had or has: `SOLDE INITIAL`, `Nouveau solde`.
  static func isBalance(_ label: String) -> Bool {
    let folded = TextFolding.fold(label)
    return foldedBalances.contains { folded.hasPrefix($0) }
  }

  private static let balances = [
    "solde initial", "solde final", "solde precedent", "solde précédent", "solde anterieur", "solde antérieur",
    "solde a nouveau", "solde à nouveau", "solde au", "solde d'ouverture", "solde d’ouverture", "solde de cloture",
    "solde de clôture", "solde debut", "solde début", "solde de debut", "solde de début", "solde fin", "solde de fin",
    "solde crediteur", "solde créditeur", "solde debiteur", "solde débiteur", "solde reporte", "solde reporté",
    "ancien solde", "nouveau solde", "a nouveau", "à nouveau", "opening balance", "closing balance", "balance b/f",
    "balance c/f", "balance brought forward", "balance carried forward", "saldo anterior", "saldo inicial",
    "saldo final",
    "anfangsbestand", "endbestand",
  ]
  private static let foldedBalances = Set(balances.map(TextFolding.fold)).sorted() + ["report a nouveau"]

  /// Whether a label is of what the page before has come to: `Report`.
  static func isCarriedOver(_ label: String) -> Bool { ["report", "reports"].contains(TextFolding.fold(label)) }

  /// Whether a label is of what a page has come to, for the next: `À reporter`.
  static func isCarried(_ label: String) -> Bool { TextFolding.fold(label).hasPrefix("a reporter") }

  /// Whether the label itself says that it is a total: `TOTAL Oriental`, and not `National`.
  static func saysSo(_ label: String) -> Bool {
    let folded = TextFolding.fold(label)
    if folded.hasPrefix("*") || ["report", "reports", "t o t a l"].contains(folded) { return true }
    return (["total", "totaux", "totaal", "ensemble", "somme", "cumul", "s/t", "a reporter"] + foldedArabic).contains {
      folded.contains($0)
    }
  }

  /// Whether a label says nothing else than that it is a total: `Total`, `TOTAL GÉNÉRAL`, `Sous-total`.
  static func isPlain(_ label: String) -> Bool {
    var words = FieldText.trimmed(TextFolding.fold(label).filter { $0 != ":" })
    // `Grand Totals (2 records)`
    if let count = words.firstIndex(of: "("), words.hasSuffix(")"), words[count...].dropFirst().first?.isNumber == true
    {
      words = FieldText.trimmed(String(words[..<count]))
    }
    return [
      "total", "total general", "grand total", "grand totals", "totaux", "sous-total", "sous total", "subtotal",
      "sub-total",
      "sub total", "ensemble", "s/total", "totaal", "algemeen totaal", "subtotaal", "t o t a l", "gesamt",
      "gesamtsumme", "ttl",
    ].contains(words.filter { $0 != "*" })
      || plainArabic.contains(words)
  }

  /// Whether a label begins with the word: `Total des emplois`, and not `Population, total`.
  static func isFirst(in label: String) -> Bool {
    let folded = TextFolding.fold(label)
    return (["total", "sous-total", "grand total", "ensemble", "somme"] + foldedArabic).contains {
      folded.hasPrefix($0)
    }
  }

  /// Whether a cell begins with one of these words, whose ASCII letters are small ones, whatever its case, and no letter
  /// follows.
  private static func begins(_ bytes: Span<UInt8>, _ from: Int, _ to: Int, _ words: [String]) -> Bool {
    words.contains { word in
      // `Sommeron` and `Totalité` are other words.
      end(of: word, bytes, from, to).map { $0 == to || bytes[$0] < 0x41 || bytes[$0] == 0xC2 || bytes[$0] == 0xE2 }
        ?? false
    }
  }

  /// Where a word ends with which a cell begins, whatever its case; nil where it begins otherwise.
  @inline(__always)
  private static func end(of word: String, _ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    let letters = word.utf8
    guard letters.count <= to - from else { return nil }
    var index = from
    for letter in letters {
      let byte = bytes[index]
      // `À` is C3 80, `à` C3 A0.
      let isCapital = byte >= 0x41 && byte <= 0x5A || byte &- 0x80 < 0x1F && index > from && bytes[index - 1] == 0xC3
      if (isCapital ? byte | 0x20 : byte) != letter { return nil }
      index += 1
    }
    return index
  }
}
