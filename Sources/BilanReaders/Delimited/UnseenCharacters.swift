/// Finds texts that differ from others of their column in nothing but characters that cannot be seen, or by which kind of
/// blank parts their words: `Béni Mellal` with a no-break space, a zero-width space behind `Fès`.
struct UnseenCharacters {
  let bytes: [UInt8]
  let index: RecordIndex
  let quote: UInt8
  let rows: Range<Int>

  /// Nil where a column has none.
  func find(_ place: Int) -> EndBlanks.Found? {
    var doubtful: [String: [Int]] = [:]
    for record in rows {
      let range = index.rawRange(record, place)
      guard mayHave(range) else { continue }
      let text = FieldText.string(bytes, range, quote: quote)
      let plain = Self.plain(text)
      // Blanks at the ends are another matter.
      if plain != text, plain != FieldText.trimmed(text) { doubtful[plain, default: []].append(record) }
    }
    guard !doubtful.isEmpty else { return nil }
    var found = EndBlanks.Found()
    var known: Set<String> = []
    for record in rows {
      let text = FieldText.trimmed(FieldText.string(bytes, index.rawRange(record, place), quote: quote))
      guard let records = doubtful[text], known.insert(text).inserted else { continue }
      found.count += records.count
      if found.first.map({ records[0] < $0.record }) ?? true { found.first = (text, records[0]) }
    }
    return found.count > 0 ? found : nil
  }

  /// The first bytes of such characters.
  private func mayHave(_ range: Range<Int>) -> Bool {
    range.contains { bytes[$0] == 0xC2 || bytes[$0] == 0xE2 || bytes[$0] == 0xEF }
  }

  private static func plain(_ text: String) -> String {
    var plain = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\u{A0}", "\u{202F}", "\u{2007}", "\u{2009}": plain.append(" ")
      case "\u{AD}", "\u{200B}"..."\u{200F}", "\u{2060}", "\u{FEFF}": continue
      default: plain.append(scalar)
      }
    }
    return FieldText.trimmed(String(plain))
  }
}
