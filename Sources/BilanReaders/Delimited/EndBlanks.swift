/// Finds texts that differ from others of their column in nothing but blanks at their ends, which no reader sees and by
/// which they are a group of their own: `Oriental` and `Oriental `, in quotes or in cells of a sheet.
struct EndBlanks {
  let bytes: [UInt8]
  let index: RecordIndex
  let quote: UInt8
  let rows: Range<Int>

  struct Found {
    var count = 0
    /// The first such text, and its record.
    var first: (text: String, record: Int)?
  }

  /// Nil where a column has none.
  func find(_ place: Int) -> Found? {
    var trimmed: [String: [Int]] = [:]
    for record in rows {
      let range = index.rawRange(record, place)
      guard range.count > 2, quote != 0, bytes[range.lowerBound] == quote, hasEndBlank(range) else { continue }
      let text = FieldText.string(bytes, range, quote: quote)
      let inner = FieldText.trimmed(text)
      if inner != text, !inner.isEmpty { trimmed[inner, default: []].append(record) }
    }
    guard !trimmed.isEmpty else { return nil }
    var found = Found()
    var known: Set<String> = []
    for record in rows {
      let text = FieldText.string(bytes, index.rawRange(record, place), quote: quote)
      guard let records = trimmed[text], known.insert(text).inserted else { continue }
      found.count += records.count
      if found.first.map({ records[0] < $0.record }) ?? true {
        found.first = (FieldText.string(bytes, index.rawRange(records[0], place), quote: quote), records[0])
      }
    }
    return found.count > 0 ? found : nil
  }

  private func hasEndBlank(_ range: Range<Int>) -> Bool {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0xA0 || byte == 0xAF || byte == 0xC2 || byte == 0xE2 }
    return isBlank(bytes[range.lowerBound + 1]) || isBlank(bytes[range.upperBound - 2])
  }
}
