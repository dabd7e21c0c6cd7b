/// Joins a Latin letter and the combining mark after it into the one letter they make.
///
/// `e` + U+0301 and `é` look alike and would group apart; composed, they are one value (the part of Unicode's form NFC
/// that Latin text needs). Texts in composed form, nearly all of them, are found in one pass and left alone.
package enum LetterComposition {
  /// The text with its letters composed.
  package static func composed(_ text: String) -> String {
    var bytes = Array(text.utf8)
    return compose(&bytes) > 0 ? String(decoding: bytes, as: UTF8.self) : text
  }

  /// Composes in place and returns how many letters changed.
  static func compose(_ bytes: inout [UInt8]) -> Int {
    guard firstMark(in: bytes) != nil else { return 0 }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var changed = 0
    // The last scalar is held back until it is known that no mark follows.
    var held: Unicode.Scalar?
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      if (0x300...0x36F).contains(scalar.value), let letter = held, let joined = composites[Pair(letter, scalar)] {
        held = joined
        changed += 1
        continue
      }
      if let held { result.append(contentsOf: UTF8.encode(held)!) }
      held = scalar
    }
    if let held { result.append(contentsOf: UTF8.encode(held)!) }
    if changed > 0 { bytes = result }
    return changed
  }

  /// U+0300...U+036F are the bytes CC 80 to CD AF.
  private static func firstMark(in bytes: [UInt8]) -> Int? {
    let span = bytes.span
    return [span.place(of: 0xCC), span.place(of: 0xCD)].compactMap { $0 }.min()
  }

  private struct Pair: Hashable {
    var letter: UInt32
    var mark: UInt32

    init(_ letter: Unicode.Scalar, _ mark: Unicode.Scalar) {
      self.letter = letter.value
      self.mark = mark.value
    }
  }

  /// Worked out from the names of the letters: `… E WITH CIRCUMFLEX AND ACUTE` is `… E WITH CIRCUMFLEX` and an acute.
  private static let composites: [Pair: Unicode.Scalar] = {
    var named: [String: Unicode.Scalar] = [:]
    let ranges: [ClosedRange<UInt32>] = [0x41...0x5A, 0x61...0x7A, 0xC0...0x24F, 0x1E00...0x1EFF]
    for value in ranges.joined() {
      if let scalar = Unicode.Scalar(value), let name = scalar.properties.name { named[name] = scalar }
    }
    var result: [Pair: Unicode.Scalar] = [:]
    for (name, letter) in named {
      let joint = name.split(separator: " ").contains("WITH") ? " AND " : " WITH "
      for (mark, markName) in marks {
        if let joined = named[name + joint + markName] { result[Pair(letter, Unicode.Scalar(mark)!)] = joined }
      }
    }
    return result
  }()

  private static let marks: [(UInt32, String)] = [
    (0x300, "GRAVE"), (0x301, "ACUTE"), (0x302, "CIRCUMFLEX"), (0x303, "TILDE"), (0x304, "MACRON"), (0x306, "BREVE"),
    (0x307, "DOT ABOVE"), (0x308, "DIAERESIS"), (0x309, "HOOK ABOVE"), (0x30A, "RING ABOVE"), (0x30B, "DOUBLE ACUTE"),
    (0x30C, "CARON"), (0x30F, "DOUBLE GRAVE"), (0x311, "INVERTED BREVE"), (0x31B, "HORN"), (0x323, "DOT BELOW"),
    (0x326, "COMMA BELOW"), (0x327, "CEDILLA"), (0x328, "OGONEK"), (0x331, "LINE BELOW"),
  ]
}
