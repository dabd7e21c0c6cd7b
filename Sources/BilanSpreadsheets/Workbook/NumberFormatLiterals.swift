#if Spreadsheets
  import BilanReaders

  /// What the first section of a number format shows beside numbers: `#,##0.00 [$€-40C]`, `#,##0 "DH"`, `0.0" %"`.
  struct NumberFormatLiterals {
    /// Each run of them, blanks inside left in.
    private var runs: [(text: String, isBehind: Bool)] = []
    /// How often it divides by a thousand: commas behind the last digit.
    private var scale = 0

    init(_ code: String) {
      var literal = ""
      var hasDigit = false
      func isMark(_ scalar: Unicode.Scalar) -> Bool { [0x200E, 0x200F, 0x061C].contains(scalar.value) }
      func flush() {
        let plain = String(String.UnicodeScalarView(literal.unicodeScalars.filter { !isMark($0) }))
        let words = plain.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if !words.isEmpty { runs.append((words, hasDigit)) }
        literal = ""
      }
      var rest = Substring(code)
      scan: while let character = rest.popFirst() {
        switch character {
        case ";": break scan
        case "\"":
          literal += rest.prefix { $0 != "\"" }
          rest = rest.drop { $0 != "\"" }.dropFirst()
        case "\\": if let escaped = rest.popFirst() { literal.append(escaped) }
        case "_", "*": _ = rest.popFirst()
        case "[":
          let inside = rest.prefix { $0 != "]" }
          rest = rest.drop { $0 != "]" }.dropFirst()
          // A currency and where it is written so: `$€-40C`; a place alone, `$-40C`, shows nothing.
          if inside.first == "$" { literal += inside.dropFirst().prefix { $0 != "-" } }
        case "$", "€", "£", "¥", " ", "\u{A0}", "\u{202F}": literal.append(character)
        case "0", "#", "?":
          flush()
          (hasDigit, scale) = (true, 0)
        case ",": scale += 1
        default:
          flush()
          if character == "." { scale = 0 }
          // `General" ha"`
          if character == "G" { hasDigit = true }
        }
      }
      flush()
    }

    /// How the currency is written; nil where the format shows none that is known.
    ///
    /// A format that shows thousands, `#,##0, "k€"`, shows another unit than the number in the cell is in.
    var currency: String? {
      let found = runs.lazy.map { $0.text.filter { !$0.isWhitespace } }.first { AmountUnit.isSpelling($0) }
      guard let found else { return nil }
      if scale == 0 { return found }
      // The letter says by how much the format divides.
      let letters: [Character] = scale == 1 ? ["k", "K"] : scale == 2 ? ["M"] : []
      let unit = String(found.dropFirst())
      return letters.contains(found.first!) && AmountUnit.isSpelling(unit) ? unit : nil
    }

    /// Longer texts are sentences.
    private static let longest = 40

    /// What stands behind the digits and is no currency alone, `ha`, `milliers DH`, `%`; nil for none, and where the format
    /// shows thousands, of which the number in the cell is none.
    var unit: String? {
      guard scale == 0, let last = runs.last, last.isBehind, last.text.utf8.count <= Self.longest,
        last.text.contains(where: { $0.isLetter || "%‰°$€£¥".contains($0) })
      else { return nil }
      return last.text
    }
  }
#endif
