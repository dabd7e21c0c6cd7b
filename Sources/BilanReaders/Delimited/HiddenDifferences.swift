/// Finds texts that differ from others of their column in nothing that a reader sees, and by which they are a group of their
/// own.
struct HiddenDifferences {
  enum Kind {
    /// Blanks at the ends, in quotes or in cells of a sheet: `Oriental` and `Oriental `.
    case endBlanks
    /// Characters without width, or another kind of blank between words: a no-break space in `Béni Mellal`.
    case unseen
  }

  let bytes: [UInt8]
  let index: RecordIndex
  let quote: UInt8
  let rows: Range<Int>

  struct Found {
    var count = 0
    /// The first such text, as it can be shown, and its record.
    var first: (text: String, record: Int)?
  }

  /// Nil where a column has none.
  func find(_ kind: Kind, _ place: Int) -> Found? {
    // The records by what their texts look like.
    var doubtful: [String: [Int]] = [:]
    for record in rows {
      let range = index.rawRange(record, place)
      guard mayBe(kind, range) else { continue }
      let text = FieldText.string(bytes, range, quote: quote)
      if let look = look(of: text, kind) { doubtful[look, default: []].append(record) }
    }
    guard !doubtful.isEmpty else { return nil }
    var found = Found()
    var known: Set<String> = []
    for record in rows {
      let text = FieldText.string(bytes, index.rawRange(record, place), quote: quote)
      guard let records = doubtful[text], known.insert(text).inserted else { continue }
      found.count += records.count
      if found.first.map({ records[0] < $0.record }) ?? true {
        // Blanks at the ends can be shown in their place.
        let own = FieldText.string(bytes, index.rawRange(records[0], place), quote: quote)
        found.first = (kind == .endBlanks ? own : text, records[0])
      }
    }
    return found.count > 0 ? found : nil
  }

  /// A few bytes refuse nearly every cell.
  private func mayBe(_ kind: Kind, _ range: Range<Int>) -> Bool {
    switch kind {
    case .endBlanks:
      func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0xA0 || byte == 0xAF || byte == 0xC2 || byte == 0xE2
      }
      return range.count > 2 && quote != 0 && bytes[range.lowerBound] == quote
        && (isBlank(bytes[range.lowerBound + 1]) || isBlank(bytes[range.upperBound - 2]))
    case .unseen: return range.contains { bytes[$0] == 0xC2 || bytes[$0] == 0xE2 || bytes[$0] == 0xEF }
    }
  }

  /// The text without what cannot be seen; nil where there is nothing of the kind.
  private func look(of text: String, _ kind: Kind) -> String? {
    let trimmed = FieldText.trimmed(text)
    switch kind {
    case .endBlanks: return trimmed != text && !trimmed.isEmpty ? trimmed : nil
    case .unseen:
      let plain = Self.plain(text)
      return plain != text && plain != trimmed ? plain : nil
    }
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
