import BilanColumnar

/// Finds the rows that are a part of the one above them, `dont femmes`, `dont Fès-Médina`: what adding up counts twice.
enum PartRows {
  private static let words = ["dont ", "dont:", "of which", "- dont ", "– dont ", "— dont "].map { Array($0.utf8) }

  /// The records of such rows whose first cell says so, and which are not all there are.
  ///
  /// - Parameter place: of the column of labels.
  static func find(_ place: Int, _ rows: Range<Int>, _ bytes: [UInt8], _ index: RecordIndex, quote: UInt8) -> [Int] {
    let span = bytes.span
    let found = rows.dropFirst().filter { record in
      let range = index.rawRange(record, place)
      let (start, end) = FieldText.trimmed(span, range.lowerBound, range.upperBound, quote: quote)
      return start < end && mayBegin(span[start])
        && words.contains {
          $0.count < end - start && FieldText.holds($0, inAnyCaseAt: start, span)
        }
    }
    return found.count * 2 <= rows.count ? found : []
  }

  private static func mayBegin(_ byte: UInt8) -> Bool {
    byte | 0x20 == UInt8(ascii: "d") || byte | 0x20 == UInt8(ascii: "o") || byte == UInt8(ascii: "-") || byte == 0xE2
  }
}
