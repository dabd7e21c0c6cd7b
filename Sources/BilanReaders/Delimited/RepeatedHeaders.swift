import BilanColumnar

/// Finds the names of the columns where they stand again among the rows, as they do in what was printed page by page or
/// put together of several exports.
enum RepeatedHeaders {
  /// The records behind the header that are it once more.
  ///
  /// - Parameter count: of the header's records, which stand again one behind the other.
  static func find(_ bytes: [UInt8], _ index: RecordIndex, header count: Int, quote: UInt8) -> [Int] {
    guard index.width >= 2, count > 0, index.count > count else { return [] }
    let names = (0..<count).map { index.cells(ofRecord: $0, bytes, quote: quote) }
    // Two names at least, and none that is a value: the row of a table in which all is text may well occur twice.
    guard names[count - 1].count(where: { !$0.isEmpty }) >= 2,
      names[count - 1].contains(where: { !$0.isEmpty && !HeaderGuess.isTyped($0) }),
      let first = names[0].firstIndex(where: { !$0.isEmpty })
    else { return [] }
    let key = Array(names[0][first].utf8)
    var found: [Int] = []
    var record = count
    while record + count <= index.count {
      if begins(record, with: key, at: first, bytes, index, quote), isRepeated(record, names, bytes, index, quote) {
        found += record..<record + count
        record += count
      } else {
        record += 1
      }
    }
    return found
  }

  /// Whether a field may be a name: nearly every row is refused by a few bytes.
  private static func begins(
    _ record: Int, with name: [UInt8], at place: Int, _ bytes: [UInt8], _ index: RecordIndex, _ quote: UInt8
  ) -> Bool {
    let range = index.rawRange(record, place)
    guard range.count >= name.count else { return false }
    let (start, end) = FieldText.trimmed(bytes.span, range.lowerBound, range.upperBound, quote: quote)
    return end - start >= name.count && bytes[start] == name[0]
  }

  private static func isRepeated(
    _ record: Int, _ names: [[String]], _ bytes: [UInt8], _ index: RecordIndex, _ quote: UInt8
  ) -> Bool {
    names.indices.allSatisfy { row in
      (0..<index.width).allSatisfy { place in
        FieldText.string(bytes, index.rawRange(record + row, place), quote: quote) == names[row][place]
      }
    }
  }
}
