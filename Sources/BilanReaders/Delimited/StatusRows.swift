import BilanColumnar

/// Rows that hold no values but what each value of the row above is, provisional or final, as Insee exports series in rows:
///
///     Libellé;idBank;2019-11;2019-12
///     Indice des prix;001759970;103.98;104.39
///     Codes;;A;P
enum StatusRows {
  /// Bytes of a file up to which it is looked at, as for totals.
  private static let fileLimit = TotalRows.fileLimit

  /// - Parameters:
  ///   - first: the first record that is a row.
  ///   - fileSize: of the whole file, of which `bytes` may be the beginning.
  static func find(
    _ bytes: [UInt8], _ index: RecordIndex, from first: Int, quote: UInt8, fileSize: Int
  ) -> [Int] {
    guard index.width >= 3, fileSize <= fileLimit, index.count > first + 1 else { return [] }
    func cells(_ record: Int) -> [String] { index.cells(ofRecord: record, bytes, quote: quote) }
    func isStatus(_ record: Int) -> Bool {
      let range = index.rawRange(record, 0)
      guard 4...8 ~= range.count, case let cells = cells(record), TextFolding.fold(cells[0]) == "codes" else {
        return false
      }
      let letters = cells.dropFirst().filter { !$0.isEmpty }
      return !letters.isEmpty
        && letters.allSatisfy { $0.utf8.count == 1 && $0.utf8.first! >= 0x41 && $0.utf8.first! <= 0x5A }
    }
    return (first + 1..<index.count).filter { record in
      guard isStatus(record), !isStatus(record - 1) else { return false }
      // Each letter stands under a value.
      return zip(cells(record).dropFirst(), cells(record - 1).dropFirst()).allSatisfy {
        $0.isEmpty || HeaderGuess.isTyped($1)
      }
    }
  }
}
