import BilanColumnar

/// The row with which a list of movements of an account begins that has no names of columns, as banks write them:
///
///     Compte de chèques;;04/03/2019;;1 234,56
///     01/03/2019;VIR;VIREMENT RECU;;500,00
///     02/03/2019;CB;CARREFOUR;;-23,50
enum AccountRow {
  /// Records below that are looked at.
  private static let sampleRecords = 200

  /// What the first record is called where it is such a row: it has words where all others have days, and a day where none
  /// of them has.
  static func name(_ bytes: [UInt8], _ index: RecordIndex, quote: UInt8) -> String? {
    guard index.width >= 3, index.count >= 3 else { return nil }
    let first = index.cells(ofRecord: 0, bytes, quote: quote)
    guard let place = first.firstIndex(where: { !$0.isEmpty && !HeaderGuess.isTyped($0) }),
      let day = first.firstIndex(where: { $0.utf8.count > 5 && isDay($0) })
    else { return nil }
    func below(_ place: Int) -> [String] {
      (1..<min(index.count, sampleRecords)).map {
        FieldText.string(bytes, index.rawRange($0, place), quote: quote)
      }
    }
    return below(place).allSatisfy(isDay) && !below(day).contains(where: isDay) ? first[place] : nil
  }

  private static func isDay(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return !bytes.isEmpty
      && (DateShape.scan(bytes.span, 0, bytes.count) != nil || NamedDate.date(bytes.span, 0, bytes.count) != nil)
  }
}
