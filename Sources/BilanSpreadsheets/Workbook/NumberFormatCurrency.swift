#if Spreadsheets
  import BilanReaders

  /// The currency that a number format shows beside numbers: `#,##0.00 [$€-40C]`, `#,##0 "DH"`, `"$"#,##0`.
  enum NumberFormatCurrency {
    /// How the currency of a format code is written, in its first section; nil where it shows none that is known.
    ///
    /// A format that shows thousands, `#,##0, "k€"`, shows another unit than the number in the cell is in.
    static func spelling(in code: String) -> String? {
      var literals: [String] = []
      var literal = ""
      // Commas behind the last digit, each of which divides by a thousand.
      var scale = 0
      func flush() {
        let trimmed = literal.filter { !$0.isWhitespace }
        if !trimmed.isEmpty { literals.append(trimmed) }
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
          scale = 0
        case ",": scale += 1
        default:
          flush()
          if character == "." { scale = 0 }
        }
      }
      flush()
      guard let found = literals.first(where: { AmountUnit.isSpelling($0) }) else { return nil }
      if scale == 0 { return found }
      // The letter says by how much the format divides.
      let letters: [Character] = scale == 1 ? ["k", "K"] : scale == 2 ? ["M"] : []
      let unit = String(found.dropFirst())
      return letters.contains(found.first!) && AmountUnit.isSpelling(unit) ? unit : nil
    }
  }
#endif
