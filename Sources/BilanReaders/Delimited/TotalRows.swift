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

  /// Those of the candidates whose numbers are sums of other rows, and a last row that is called a total.
  ///
  /// - Parameter columns: columns of numbers, whole.
  func totals(_ candidates: [(record: Int, place: Int)], _ columns: [Column]) -> Found {
    var isTotal = [Bool](repeating: false, count: candidates.count)
    for column in columns.prefix(Self.columnLimit) { mark(&isTotal, candidates, column) }
    if let last = candidates.last, last.record == rows.upperBound - 1,
      columns.contains(where: { $0.isValid(last.record - rows.lowerBound) })
    {
      isTotal[candidates.count - 1] = true
    }
    var found = Found()
    for (candidate, isTotal) in zip(candidates, isTotal) where isTotal {
      found.records.append(candidate.record)
      let label = FieldText.string(bytes, index.rawRange(candidate.record, candidate.place), quote: quote)
      if !found.labels.contains(label) { found.labels.append(label) }
      if found.labelsByColumn[candidate.place]?.contains(label) != true {
        found.labelsByColumn[candidate.place, default: []].append(label)
      }
    }
    return found
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

  /// The step that keeps every other row: `where region != "Total"`.
  ///
  /// - Parameter fields: the table's, by place.
  static func condition(_ found: Found, _ fields: [Field]) -> String {
    func quoted(_ text: String) -> String {
      "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined() + "\""
    }
    let parts = found.labelsByColumn.sorted { $0.key < $1.key }.map { place, labels -> String in
      let name = fields[place].handle
      // A label among numbers is missing there.
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
