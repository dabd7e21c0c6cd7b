import BilanColumnar

/// Finds the rows of a table that hold totals of others: their labels say so, and their numbers are sums.
struct TotalRows {
  /// What was found.
  struct Found {
    /// By record, ascending.
    var records: [Int] = []
    /// The labels, each once, in their order.
    var labels: [String] = []
    /// For each column of labels, by its place, the labels there.
    var labelsByColumn: [Int: [String]] = [:]
    /// For each column of labels, by its place, how many rows have them there.
    var rowsByColumn: [Int: Int] = [:]

    mutating func append(_ record: Int, _ label: String, at place: Int) {
      records.append(record)
      if !labels.contains(label) { labels.append(label) }
      if labelsByColumn[place]?.contains(label) != true { labelsByColumn[place, default: []].append(label) }
      rowsByColumn[place, default: 0] += 1
    }
  }

  /// Bytes of a file up to which it is looked at: tables with totals are made by people.
  static let fileLimit = 4 << 20

  /// Columns of numbers that are compared.
  private static let columnLimit = 12

  let bytes: [UInt8]
  let index: RecordIndex
  let quote: UInt8
  let rows: Range<Int>

  /// The rows that are called totals, with the place of the label.
  func candidates(_ places: [Int]) -> [(record: Int, place: Int)] {
    let span = bytes.span
    var found: [(record: Int, place: Int)] = []
    for record in rows {
      for place in places {
        let range = index.rawRange(record, place)
        let (start, end) = FieldText.trimmed(span, range.lowerBound, range.upperBound, quote: quote)
        if start < end, TotalLabel.mayBe(span, start, end) {
          found.append((record, place))
          break
        }
      }
    }
    return found
  }

  /// Those of the candidates whose numbers are sums of other rows, and others whose label says nothing else.
  ///
  /// - Parameter columns: columns of numbers, whole; of those that can be added up, what is added up is compared.
  func totals(
    _ candidates: [(record: Int, place: Int)], quantities: [Column], numbers: [Column]
  ) -> (sums: Found, others: Found) {
    var isTotal = [Bool](repeating: false, count: candidates.count)
    for column in quantities.prefix(Self.columnLimit) { mark(&isTotal, candidates, column) }
    var (sums, others) = (Found(), Found())
    for (candidate, isTotal) in zip(candidates, isTotal) {
      let label = FieldText.string(bytes, index.rawRange(candidate.record, candidate.place), quote: quote)
      if isTotal {
        sums.append(candidate.record, label, at: candidate.place)
      } else if numbers.contains(where: { $0.isValid(candidate.record - rows.lowerBound) }),
        TotalLabel.isPlain(label) || (candidate.record == rows.upperBound - 1 && TotalLabel.isFirst(in: label))
      {
        others.append(candidate.record, label, at: candidate.place)
      }
    }
    return (sums, others)
  }

  /// Marks the candidates whose value in a column is the sum of the rows above since the last total, of all rows above, of
  /// the totals above, or of all other rows of the table.
  private func mark(_ isTotal: inout [Bool], _ candidates: [(record: Int, place: Int)], _ column: Column) {
    var whole = 0.0
    var next = 0
    for record in rows {
      if next < candidates.count, candidates[next].record == record {
        next += 1
      } else {
        whole += Self.value(column, record - rows.lowerBound) ?? 0
      }
    }
    var (block, above, totals) = (0.0, 0.0, 0.0)
    next = 0
    for record in rows {
      let value = Self.value(column, record - rows.lowerBound)
      guard next < candidates.count, candidates[next].record == record else {
        block += value ?? 0
        above += value ?? 0
        continue
      }
      if let value, value != 0, [block, above, totals, whole].contains(where: { Self.isSum($0, value) }) {
        isTotal[next] = true
      }
      if let value, Self.isSum(totals, value) { totals = 0 } else { totals += value ?? 0 }
      block = 0
      next += 1
    }
  }

  /// Whether the last row has nothing in any of these columns.
  func endsBlank(in places: [Int]) -> Bool {
    let span = bytes.span
    return rows.count > 2
      && places.allSatisfy { place in
        let range = index.rawRange(rows.upperBound - 1, place)
        let (start, end) = FieldText.trimmed(span, range.lowerBound, range.upperBound, quote: quote)
        return start >= end
      }
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

  /// Published sums may be off by what their terms were rounded by.
  private static func isSum(_ sum: Double, _ value: Double) -> Bool {
    sum != 0 && abs(sum - value) <= abs(value) * 0.005
  }

  private static func value(_ column: Column, _ row: Int) -> Double? {
    guard column.isValid(row) else { return nil }
    switch column {
    case .integer(let integers): return Double(integers[row])
    case .real(let reals): return reals.values[row]
    default: return nil
    }
  }

  /// The step that keeps every other row, `where region != "Total"`; nil where no condition on the labels says it.
  ///
  /// - Parameters:
  ///   - fields: the table's, by place.
  ///   - missingCount: how many values a column lacks.
  static func condition(_ found: Found, _ fields: [Field], missingCount: (Int) -> Int) -> String? {
    func quoted(_ text: String) -> String {
      "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined() + "\""
    }
    // A label among numbers is missing there; where more is, that does not tell.
    let isPlain = found.rowsByColumn.allSatisfy { place, rows in
      fields[place].type == .text || missingCount(place) == rows
    }
    guard isPlain else { return nil }
    let parts = found.labelsByColumn.sorted { $0.key < $1.key }.map { place, labels -> String in
      let name = fields[place].handle
      guard fields[place].type == .text else { return "\(name) is not missing" }
      if labels.count == 1 { return "\(name) != \(quoted(labels[0]))" }
      if labels.count > 4, labels.allSatisfy({ TextFolding.fold($0).utf8.starts(with: "total".utf8) }) {
        return "not starts_with(fold(\(name)), \"total\")"
      }
      return "\(name) not in [\(labels.map(quoted).joined(separator: ", "))]"
    }
    return "where " + parts.joined(separator: " and ")
  }
}
