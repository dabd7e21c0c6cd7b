import BilanColumnar
import BilanDiagnostics

extension TextDictionary {
  /// The same texts as UTF-8, which formats do not make sure of.
  ///
  /// - Returns: where all were UTF-8, this dictionary and no mapping; else repaired texts, what code each code now is, and
  ///   how many were not.
  package func sound() -> (dictionary: TextDictionary, mapping: [UInt32], damagedCount: Int) {
    let texts = bytes.array
    // Sound as a whole, and no text starting within a character: then each is sound.
    let isSound =
      String(validating: texts, as: UTF8.self) != nil
      && (0..<count).allSatisfy { code in
        let start = Int(offsets[code])
        return start == texts.count || texts[start] & 0xC0 != 0x80
      }
    if isSound { return (self, [], 0) }
    var interner = TextInterner()
    var mapping: [UInt32] = []
    var damagedCount = 0
    for code in 0..<count {
      let text = texts[byteRange(code)]
      if String(validating: text, as: UTF8.self) == nil { damagedCount += 1 }
      let bytes = Array(String(decoding: text, as: UTF8.self).utf8)
      mapping.append(interner.code(bytes.span, 0, bytes.count))
    }
    return (interner.finish(), mapping, damagedCount)
  }
}

extension TextColumn {
  /// The same texts as UTF-8, with a note where some were not.
  package func sound(label: String) -> (column: TextColumn, notes: [Diagnostic]) {
    let (dictionary, mapping, damagedCount) = dictionary.sound()
    guard damagedCount > 0 else { return (self, []) }
    let codes = codes.array
    let column = TextColumn(
      Buffer(count: codes.count) { row in
        // An invalid slot may hold a code that an empty dictionary does not have.
        let code = Int(codes[row])
        return code < mapping.count ? mapping[code] : 0
      }, dictionary, validity: validity)
    return (column, [Self.damageNote(damagedCount, label)])
  }

  private static func damageNote(_ count: Int, _ label: String) -> Diagnostic {
    .note(
      .invalidEncoding,
      Localized(
        "\(count) texts of column `\(label)` are not UTF-8; what is none is shown as `\u{FFFD}`",
        fr:
          "\(count) textes de la colonne `\(label)` ne sont pas en UTF-8 ; ce qui n’en est pas est montré par `\u{FFFD}`"
      ), count: count)
  }
}
