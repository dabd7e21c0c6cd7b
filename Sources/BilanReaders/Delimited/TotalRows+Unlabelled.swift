import BilanColumnar

/// Totals that no word says to be some.
extension TotalRows {
  /// Whether nothing stands in a cell.
  private func isBlank(_ record: Int, _ place: Int) -> Bool {
    index.isBlank(record, place, bytes, quote: quote)
  }

  /// The totals with the rows below them that have no label, where labels are written once for several rows: those of
  /// `Total;Emplois;96` and `;Entreprises;21` below it, as of `Oriental;Emplois;33` and `;Entreprises;6`.
  func withRowsWithoutLabel(_ found: Found) -> Found {
    let totals = Set(found.records)
    let more = found.goingOn { record, place in
      rows.contains(record) && !totals.contains(record) && isBlank(record, place)
        && (0..<index.width).contains { !isBlank(record, $0) }
    }
    let added = Set(more.records).subtracting(totals)
    let hasOthers = found.rowsByColumn.keys.contains { place in
      rows.contains { isBlank($0, place) && !added.contains($0) }
    }
    return hasOthers ? more : found
  }

  /// Whether the last row has nothing in any of these columns.
  func endsBlank(in places: [Int]) -> Bool {
    rows.count > 2 && places.allSatisfy { isBlank(rows.upperBound - 1, $0) }
  }

  /// Whether each quantity of the last row is the sum of all others: what somebody added up below the table.
  func endsInSums(_ quantities: [Column]) -> Bool {
    var sumCount = 0
    for column in quantities.prefix(Self.columnLimit) {
      guard let value = Self.value(column, rows.count - 1), value != 0 else { continue }
      let terms = (0..<rows.count - 1).compactMap { Self.value(column, $0) }
      guard terms.count > 1, Self.isSum(terms.reduce(0, +), value) else { return false }
      sumCount += 1
    }
    return sumCount > 0
  }

  /// The rows without a word in one column, whose numbers are the sums of those that have one there and share all else:
  /// `Oriental;;500` of `Oriental;Oujda;300` and `Oriental;Nador;200`. Nil where some row without a word there is no sum.
  ///
  /// - Parameters:
  ///   - place: the column.
  ///   - keys: the columns that say what a row is of.
  func subtotals(without place: Int, keys: [Int], quantities: [Column]) -> [Int]? {
    let blank = rows.filter { isBlank($0, place) }
    let others = keys.filter { $0 != place }
    guard !blank.isEmpty, blank.count * 2 < rows.count, !others.isEmpty else { return nil }
    let isOther = Set(blank)
    let sums = sums(of: quantities, by: others) { !isOther.contains($0) }
    func isSum(_ record: Int, of sums: [Sum]?) -> Bool {
      let found = compare(record, quantities, with: sums)
      return found.sums > 0 && found.others == 0
    }
    // A group may have one part only, whose numbers are the group's; all groups of one are the rows once more.
    func isOnly(_ record: Int) -> Bool {
      guard let sums = sums[key(record, others)] else { return false }
      let values = quantities.map { Self.value($0, record - rows.lowerBound) }
      return values.contains { $0 != nil && $0 != 0 }
        && zip(values, sums).allSatisfy { value, sum in
          value.map { sum.termCount == 1 && $0 == sum.value } ?? (sum.termCount == 0)
        }
    }
    let hasSums = blank.contains { isSum($0, of: sums[key($0, others)]) }
    for record in blank where !isSum(record, of: sums[key(record, others)]) && !(hasSums && isOnly(record)) {
      // One below all may be the sum of everything.
      guard record == rows.upperBound - 1, others.allSatisfy({ isBlank(record, $0) }),
        isSum(record, of: self.sums(of: quantities, by: []) { !isOther.contains($0) }[[]])
      else { return nil }
    }
    return blank
  }
}
