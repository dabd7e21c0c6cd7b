import BilanColumnar

/// A column that names each group once and is blank in the other rows of the group, as cells that are merged over several
/// rows are exported:
///
///     Région;Province;Cible
///     Oriental;Oujda;10
///     ;Nador;20
///     Fès-Meknès;Fès;15
///     ;Meknès;25
///
/// What the blanks stand for is not written, so that they stay missing.
struct BlankGroups {
  let bytes: [UInt8]
  let index: RecordIndex
  let quote: UInt8
  let rows: Range<Int>

  struct Found {
    var groups = 0
    var blanks = 0
    /// The first row that is blank there.
    var first = 0
  }

  /// Nil where the column at a place does not look so, which only one at the left of the table may.
  ///
  /// - Parameter outer: the column of wider groups to its left, each of which may have groups of the same names.
  func find(_ place: Int, within outer: Int?) -> Found? {
    guard place + 1 < index.width, rows.count >= 4, !isBlank(rows.lowerBound, place) else { return nil }
    var found = Found()
    var names: Set<String> = []
    for record in rows {
      if let outer, !isBlank(record, outer) { names.removeAll() }
      if isBlank(record, place) {
        // A row of a group has something else.
        guard !(place + 1..<index.width).allSatisfy({ isBlank(record, $0) }) else { return nil }
        if found.blanks == 0 { found.first = record }
        found.blanks += 1
      } else {
        // A name that comes again is a value that is only missing here and there.
        let name = FieldText.string(bytes, index.rawRange(record, place), quote: quote)
        guard names.insert(name).inserted else { return nil }
        if !TotalLabel.saysSo(name) { found.groups += 1 }
      }
    }
    return found.groups >= 2 && found.blanks >= found.groups ? found : nil
  }

  private func isBlank(_ record: Int, _ place: Int) -> Bool {
    index.isBlank(record, place, bytes, quote: quote)
  }
}
