/// What the records above the rows say of the columns: what they are called, and what their numbers are measured in.
struct HeaderNames {
  private(set) var names: [String]
  private(set) var units: [Int: String] = [:]

  /// - Parameters:
  ///   - count: of the records, from the first.
  ///   - isBand: whether they were found to be groups and the names of their columns.
  init(_ count: Int, _ bytes: [UInt8], _ index: RecordIndex, dialect: Dialect, isBand: Bool) {
    if count == 2, !isBand, let units = UnitsRow.units(bytes, index, dialect: dialect) {
      names = index.cells(ofRecord: 0, bytes, quote: dialect.quote)
      self.units = units
    } else if !isBand, count > 1, TagRows.count(bytes, index, dialect: dialect) == count - 1 {
      names = index.cells(ofRecord: 0, bytes, quote: dialect.quote)
    } else if count > 2, count < index.count, MetadataRows.count(bytes, index, dialect: dialect) == count - 1 {
      names = index.cells(ofRecord: 0, bytes, quote: dialect.quote)
      names[0] = index.cells(ofRecord: count - 1, bytes, quote: dialect.quote)[0]
    } else {
      names = HeaderBand.names(0..<min(count, index.count), bytes, index, dialect)
    }
    while let last = names.last, last.isEmpty { names.removeLast() }
  }
}
