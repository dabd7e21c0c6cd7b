/// Folds case and accents: how names are looked up, how `~` searches and what text sorts by first.
package enum TextFolding {
  /// Lower case without accents or other marks; ligatures opened (`œ` → `oe`). Nothing else changes.
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
    case 0xC0...0x17F, 0x1CD...0x233, 0x1E00...0x1EFF:
      if let plain = base(of: scalar) {
        result += plain
      } else {
        result += scalar.properties.lowercaseMapping
      }
    default:
      if scalar.properties.generalCategory != .nonspacingMark { result += scalar.properties.lowercaseMapping }
    }
  }

  /// The plain letter under a Latin letter with marks, from its Unicode name: `LATIN SMALL LETTER E WITH ACUTE` → e.
  private static func base(of scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0xC6, 0xE6: return "ae"
    case 0x152, 0x153: return "oe"
    case 0xDF: return "ss"
    case 0xD0, 0xF0: return "d"
    case 0xDE, 0xFE: return "th"
    case 0x131: return "i"
    case 0x132, 0x133: return "ij"
    default: break
    }
    guard let name = scalar.properties.name, name.hasPrefix("LATIN "), let with = name.range(of: " LETTER ")
    else { return nil }
    let rest = name[with.upperBound...]
    guard let letter = rest.first, letter.isASCII else { return nil }
    let after = rest.dropFirst()
    guard after.isEmpty || after.hasPrefix(" WITH ") else { return nil }
    return letter.lowercased()
  }

  /// The plain name of a label: folded, everything but letters and digits an underscore, none at the ends.
  ///
  /// `Région d'intervention` → `region_d_intervention`; a name that would start with a digit gets an underscore.
  package static func handle(of label: String) -> String {
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
}

extension String {
  /// The first occurrence of an ASCII pattern; a stand-in for Foundation's, which this module does not use.
  fileprivate func range(of pattern: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(pattern) { return start..<index(start, offsetBy: pattern.count) }
      start = index(after: start)
    }
    return nil
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
