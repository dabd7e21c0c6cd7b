/// Rows under the names by which programs know what the columns hold: the hashtags of humanitarian data (hxlstandard.org), and
/// what Qualtrics writes below the texts of its questions:
///
///     Region,People reached      StartDate,Q1
///     #adm1+name,#reached        Start Date,How old are you?
///     Fes,210                    "{""ImportId"":""startDate""}","{""ImportId"":""QID1""}"
enum TagRows {
  /// How many such rows there are.
  static func count(_ bytes: [UInt8], _ index: RecordIndex, dialect: Dialect) -> Int {
    func isOf(_ record: Int, _ isTag: (String) -> Bool) -> Bool {
      guard index.width >= 2, index.count > record else { return false }
      let cells = index.cells(ofRecord: record, bytes, quote: dialect.quote)
      let tags = cells.filter { !$0.isEmpty }
      return tags.count * 2 > cells.count && tags.allSatisfy(isTag)
    }
    if isOf(1, isTag) { return 1 }
    return isOf(2) { $0.hasPrefix("{\"ImportId\"") } ? 2 : 0
  }

  /// `#adm1+name`, `#affected +f +children`
  private static func isTag(_ cell: String) -> Bool {
    let parts = cell.split { $0 == "+" || $0 == " " }
    guard let name = parts.first, name.hasPrefix("#"), name.count > 1 else { return false }
    return name.dropFirst().first!.isLetter && name.dropFirst().allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
      && parts.dropFirst().allSatisfy { $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } }
  }
}
