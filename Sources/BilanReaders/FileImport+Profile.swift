import BilanColumnar
import BilanDiagnostics

extension FileImport {
  /// Looks at every cell that was not counted before, each worker at its range of rows.
  ///
  /// - Parameter empty: what counts the cells of each column.
  func profile(_ rows: Range<Int>, _ empty: [ColumnProfile]) throws(QueryError) -> [ColumnProfile] {
    let isCounted = rows == 1..<index.count && index.removed.isEmpty
    func known(_ place: Int) -> ColumnProfile? {
      isCounted && place < counted.count && empty[place].countsLike(counted[place]) ? counted[place] : nil
    }
    var profiles = empty.indices.map { known($0) ?? empty[$0] }
    let fields = empty.indices.filter { known($0) == nil }
    guard !fields.isEmpty else { return profiles }
    let workers = Workers(options.workers)
    let ranges = workers.ranges(of: rows.count, least: 1 << 14)
    let (bytes, records, quote, isCancelled) = (bytes, index, dialect.quote, options.isCancelled)
    let parts = try workers.run(ranges.count) { part throws(QueryError) in
      let range = ranges[part].lowerBound + rows.lowerBound..<ranges[part].upperBound + rows.lowerBound
      return try Self.profile(fields, range, empty, bytes, records, quote, isCancelled)
    }
    for field in fields {
      profiles[field] = parts[0][field]
      for part in parts.dropFirst() { profiles[field].merge(part[field]) }
    }
    return profiles
  }

  /// A block of rows at a time, so that the bytes stay in the cache.
  private static func profile(
    _ fields: [Int], _ rows: Range<Int>, _ empty: [ColumnProfile], _ bytes: [UInt8], _ index: RecordIndex,
    _ quote: UInt8, _ isCancelled: () -> Bool
  ) throws(QueryError) -> [ColumnProfile] {
    var profiles = empty
    let stride = index.width + 1
    let starts = index.starts
    let (source, offsets) = (bytes.span, starts.span)
    var row = rows.lowerBound
    while row < rows.upperBound {
      if isCancelled() { throw .cancelled }
      let stop = min(row + 2048, rows.upperBound)
      for field in fields {
        var profile = ColumnProfile(codes: .init([]))
        swap(&profile, &profiles[field])
        for record in row..<stop {
          let place = record &* stride &+ field
          profile.observe(source, Int(offsets[place]), Int(offsets[place &+ 1]) &- 1, quote: quote)
        }
        swap(&profile, &profiles[field])
      }
      row = stop
    }
    return profiles
  }
}
