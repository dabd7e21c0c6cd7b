/// Folds case and accents: how names are looked up, how `~` searches and what text sorts by first.
package enum TextFolding {
  /// Lower case without accents or other marks; ligatures opened (`œ` → `oe`), apostrophes plain (`’` → `'`). Nothing
  /// else changes.
  package static func fold(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return asciiLowercased(text) }
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars { append(scalar, to: &result) }
    return result
  }

  private static func asciiLowercased(_ text: String) -> String {
    String(decoding: text.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }, as: UTF8.self)
  }

  private static func append(_ scalar: Unicode.Scalar, to result: inout String) {
    switch scalar.value {
    case 0x41...0x5A: result.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value | 0x20)))
    case 0..<0x80: result.unicodeScalars.append(scalar)
    case 0x300...0x36F: break  // combining marks
    case 0xC0...0x17F: append(scalar, from: latin, 0xC0, to: &result)
    case 0x1CD...0x233: append(scalar, from: extended, 0x1CD, to: &result)
    case 0x1E00...0x1EFF: append(scalar, from: additional, 0x1E00, to: &result)
    case 0x2018, 0x2019, 0x2BC: result += "'"
    default:
      if scalar.properties.generalCategory != .nonspacingMark { result += scalar.properties.lowercaseMapping }
    }
  }

  private static func append(
    _ scalar: Unicode.Scalar, from letters: StaticString, _ first: UInt32, to result: inout String
  ) {
    precondition(Int(scalar.value - first) < letters.utf8CodeUnitCount)
    // SAFETY: a static text is there for as long as the program, and the index was just held against its length.
    let letter = unsafe letters.utf8Start[Int(scalar.value - first)]
    if letter != UInt8(ascii: "-") {
      result.unicodeScalars.append(Unicode.Scalar(letter))
    } else {
      result += several(scalar) ?? scalar.properties.lowercaseMapping
    }
  }

  /// Ligatures and letters that open into two.
  private static func several(_ scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0xC6, 0xE6, 0x1E2, 0x1E3, 0x1FC, 0x1FD: "ae"
    case 0x152, 0x153: "oe"
    case 0xDF, 0x1E9E: "ss"
    case 0xDE, 0xFE: "th"
    case 0x132, 0x133: "ij"
    default: nil
    }
  }

  /// The plain letter under each letter with marks, from U+00C0 on; `-` where it is none or several.
  ///
  /// The three tables hold what the names of the letters say: `LATIN SMALL LETTER E WITH ACUTE` is e.
  private static let latin: StaticString =
    """
    aaaaaa-ceeeeiiiidnooooo-ouuuuy--aaaaaa-ceeeeiiiidnooooo-ouuuuy-yaaaaaaccccccccddddeeeeeeeeeeggggggggh\
    hhhiiiiiiiiii--jjkk-llllllllllnnnnnn---oooooo--rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzz-
    """
  /// From U+01CD on.
  private static let extended: StaticString =
    """
    aaiioouuuuuuuuuu-aaaa--ggggkkoooo--j-d-gg--nnaa--ooaaaaeeeeiiiioooorrrruuuusstt--hhnd--zzaaeeooooooooyy
    """
  /// From U+1E00 on.
  private static let additional: StaticString =
    """
    aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrsssss\
    sssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwya-----aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeii\
    iioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy----yy
    """

  /// The plain name of a label: folded, everything but letters and digits an underscore, none at the ends.
  ///
  /// `Région d'intervention` → `region_d_intervention`; a name that would start with a digit gets an underscore.
  package static func handle(of label: String) -> String {
    if let handle = asciiHandle(of: label) { return handle }
    var result = ""
    var gap = false
    for scalar in fold(label).unicodeScalars {
      if scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal {
        if gap, !result.isEmpty { result += "_" }
        gap = false
        result.unicodeScalars.append(scalar)
      } else {
        gap = true
      }
    }
    if let first = result.unicodeScalars.first, first.properties.numericType == .decimal { result = "_" + result }
    return result.isEmpty ? "_" : result
  }

  /// The same of a label in ASCII, whose letters and digits need no table; nil for any other.
  private static func asciiHandle(of label: String) -> String? {
    var result: [UInt8] = []
    result.reserveCapacity(label.utf8.count + 1)
    var gap = false
    for byte in label.utf8 {
      guard byte < 0x80 else { return nil }
      let letter = byte | 0x20
      let isDigit = byte &- 0x30 < 10
      if isDigit || (letter >= 0x61 && letter <= 0x7A) {
        if result.isEmpty ? isDigit : gap { result.append(UInt8(ascii: "_")) }
        gap = false
        result.append(isDigit ? byte : letter)
      } else {
        gap = true
      }
    }
    return result.isEmpty ? "_" : String(decoding: result, as: UTF8.self)
  }
}

/// What texts sort by: first their letters without case and accents, then as they are.
package struct CollationKey: Comparable {
  private let primary: [UInt8]
  private let tieBreak: [UInt8]

  package init(_ text: String) {
    primary = Array(TextFolding.fold(text).utf8)
    tieBreak = Array(text.utf8)
  }

  package static func < (lhs: CollationKey, rhs: CollationKey) -> Bool {
    if lhs.primary != rhs.primary { return lhs.primary.lexicographicallyPrecedes(rhs.primary) }
    // Lower case before upper, plain before accented: compare from the letter's own form.
    return lhs.tieBreak.lexicographicallyPrecedes(rhs.tieBreak)
  }
}
