import BilanColumnar

/// Finds the rows of a table that hold totals of others: their labels say so, and their numbers are sums.
struct TotalRows {
  /// What was found.
  struct Found {
    private var rows: [(record: Int, label: String, place: Int)] = []

    /// Ascending.
    var records: [Int] { rows.map(\.record) }

    /// The labels, each once, in their order.
    var labels: [String] { Self.distinct(rows.map(\.label)) }

    /// For each column of labels, by its place, the labels there.
    var labelsByColumn: [Int: [String]] {
      Dictionary(grouping: rows, by: \.place).mapValues { Self.distinct($0.map(\.label)) }
    }

    /// For each column of labels, by its place, how many rows have them there.
    var rowsByColumn: [Int: Int] { Dictionary(grouping: rows, by: \.place).mapValues(\.count) }

    mutating func append(_ record: Int, _ label: String, at place: Int) { rows.append((record, label, place)) }

    /// The same with the rows below each, up to where `isPart` is false.
    func goingOn(_ isPart: (_ record: Int, _ place: Int) -> Bool) -> Found {
      var more = Found()
      for (record, label, place) in rows {
        more.append(record, label, at: place)
        var next = record + 1
        while isPart(next, place) {
          more.append(next, "", at: place)
          next += 1
        }
      }
      return more
    }

    mutating func remove(_ records: [Int]) {
      let removed = Set(records)
      rows.removeAll { removed.contains($0.record) }
    }

    private static func distinct(_ labels: [String]) -> [String] {
      var seen: Set<String> = []
      return labels.filter { seen.insert($0).inserted }
    }
  }

  /// Bytes of a file up to which it is looked at: tables with totals, and several in one file, are made by people.
  static let fileLimit = 4 << 20

  /// Columns of numbers that are compared.
  static let columnLimit = 12

  let bytes: [UInt8]
  let index: RecordIndex
  let quote: UInt8
  let rows: Range<Int>
  /// The records that are parts of others, which no sum counts.
  var parts: Set<Int> = []

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

  /// Those of the candidates whose numbers are sums of other rows, others whose label says nothing else, and what an
  /// account had before its movements or has after them.
  ///
  /// - Parameters:
  ///   - keys: the columns that say what a row is of.
  ///   - numbers: columns of numbers, whole; of those that can be added up, what is added up is compared.
  func totals(
    _ candidates: [(record: Int, place: Int)], keys: [Int], quantities: [Column], numbers: [Column]
  ) -> (sums: Found, others: Found, balances: Found) {
    let labels = candidates.map { text($0.record, $0.place) }
    // A label that may well say something else is believed where several rows add up.
    let leastTerms = labels.map { TotalLabel.saysSo($0) ? 1 : 2 }
    var isTotal = [Bool](repeating: false, count: candidates.count)
    for column in quantities.prefix(Self.columnLimit) { mark(&isTotal, candidates, leastTerms, column) }
    markByKeys(&isTotal, candidates, keys, quantities)
    // By chance a few of many are sums of something.
    let doubtful = candidates.indices.filter { leastTerms[$0] > 1 }
    for places in Dictionary(grouping: doubtful, by: { labels[$0] }).values
    where places.count(where: { isTotal[$0] }) * 2 < places.count {
      for place in places { isTotal[place] = false }
    }
    var (sums, others, balances) = (Found(), Found(), Found())
    let isCarried = labels.contains(where: TotalLabel.isCarried)
    for (place, candidate) in candidates.enumerated() {
      let label = labels[place]
      if isTotal[place] {
        sums.append(candidate.record, label, at: candidate.place)
        continue
      }
      let isCarriedOver = TotalLabel.isCarriedOver(label) && (isCarried || isOfNothingElse(candidate, keys))
      if TotalLabel.isBalance(label) || isCarriedOver {
        balances.append(candidate.record, label, at: candidate.place)
        continue
      }
      let isLast = candidate.record == rows.upperBound - 1
      guard TotalLabel.isPlain(label) || isLast && TotalLabel.isFirst(in: label) else { continue }
      // Below a list of people the last row may say `Total` and nothing else, or count them under a column of texts.
      if numbers.contains(where: { $0.isValid(candidate.record - rows.lowerBound) })
        || isLast && (TotalLabel.isPlain(label) || isAlone(candidate))
      {
        others.append(candidate.record, label, at: candidate.place)
      }
    }
    return (sums, others, balances)
  }

  /// Whether a row has no other word than its label, while others have.
  private func isOfNothingElse(_ candidate: (record: Int, place: Int), _ keys: [Int]) -> Bool {
    keys.count > 1 && keys.allSatisfy { $0 == candidate.place || text(candidate.record, $0).isEmpty }
  }

  /// Whether a row has nothing beside its label.
  private func isAlone(_ candidate: (record: Int, place: Int)) -> Bool {
    (0..<index.width).allSatisfy { $0 == candidate.place || text(candidate.record, $0).isEmpty }
  }

  /// What has been added up, and of how many rows.
  struct Sum {
    var value = 0.0
    var termCount = 0
    /// The term farthest from zero.
    var greatest = 0.0

    mutating func add(_ term: Double?) {
      guard let term else { return }
      value += term
      if abs(term) > abs(greatest) { greatest = term }
      termCount += 1
    }
  }

  /// Marks the candidates whose value in a column is the sum of the rows above since the last total, of those below down to
  /// the next, of all rows above, of the totals above, or of all other rows of the table.
  private func mark(
    _ isTotal: inout [Bool], _ candidates: [(record: Int, place: Int)], _ leastTerms: [Int], _ column: Column
  ) {
    var whole = Sum()
    // Of the rows between a candidate and the next.
    var below = [Sum](repeating: Sum(), count: candidates.count + 1)
    var next = 0
    for record in rows {
      if next < candidates.count, candidates[next].record == record {
        next += 1
      } else if !parts.contains(record) {
        let value = Self.value(column, record - rows.lowerBound)
        whole.add(value)
        below[next].add(value)
      }
    }
    var (above, totals) = (Sum(), Sum())
    for (place, candidate) in candidates.enumerated() {
      above.value += below[place].value
      above.termCount += below[place].termCount
      guard let value = Self.value(column, candidate.record - rows.lowerBound) else { continue }
      if value != 0,
        [below[place], below[place + 1], above, totals, whole].contains(where: {
          $0.termCount >= leastTerms[place] && Self.isSum($0.value, value)
        })
      {
        isTotal[place] = true
      }
      if Self.isSum(totals.value, value) { totals = Sum() } else { totals.add(value) }
    }
  }

  /// Marks the candidates most of whose quantities are the sums of the rows that are of the same but for the label's column,
  /// wherever these stand: `Oriental;Tous;2019` of `Oriental;F;2019` and `Oriental;H;2019`.
  private func markByKeys(
    _ isTotal: inout [Bool], _ candidates: [(record: Int, place: Int)], _ keys: [Int], _ quantities: [Column]
  ) {
    let records = Set(candidates.map(\.record))
    for label in Set(candidates.lazy.filter { keys.contains($0.place) }.map(\.place)) {
      let others = keys.filter { $0 != label }
      let sums = sums(of: quantities, by: others) { !records.contains($0) }
      for (place, candidate) in candidates.enumerated() where candidate.place == label && !isTotal[place] {
        // Rates and means are no sums.
        let found = compare(candidate.record, quantities, with: sums[key(candidate.record, others)])
        isTotal[place] = found.sums > 0 && found.sums >= found.others
      }
    }
  }

  /// The sums of the first quantities of the rows that are wanted, by what stands in some columns.
  func sums(of quantities: [Column], by places: [Int], where isWanted: (Int) -> Bool) -> [[String]: [Sum]] {
    let quantities = quantities.prefix(Self.columnLimit)
    var sums: [[String]: [Sum]] = [:]
    for record in rows where isWanted(record) {
      let row = record - rows.lowerBound
      var group = sums.removeValue(forKey: key(record, places)) ?? Array(repeating: Sum(), count: quantities.count)
      for (place, column) in quantities.enumerated() { group[place].add(Self.value(column, row)) }
      sums[key(record, places)] = group
    }
    return sums
  }

  /// How many quantities of a row are the sums of several, and how many are another number.
  func compare(_ record: Int, _ quantities: [Column], with sums: [Sum]?) -> (sums: Int, others: Int) {
    guard let sums else { return (0, 0) }
    var (sumCount, otherCount) = (0, 0)
    for (column, sum) in zip(quantities, sums) {
      guard let value = Self.value(column, record - rows.lowerBound), value != 0 else { continue }
      if sum.termCount > 1, Self.isSum(sum.value, value) { sumCount += 1 } else { otherCount += 1 }
    }
    return (sumCount, otherCount)
  }

  func key(_ record: Int, _ places: [Int]) -> [String] { places.map { text(record, $0) } }

  func text(_ record: Int, _ place: Int) -> String {
    FieldText.string(bytes, index.rawRange(record, place), quote: quote)
  }

  /// Published sums may be off by what their terms were rounded by.
  static func isSum(_ sum: Double, _ value: Double) -> Bool {
    sum != 0 && abs(sum - value) <= abs(value) * 0.005
  }

  /// Whether a column numbers the rows, 1, 2, 3: then each third number is the sum of two.
  static func isNumbering(_ column: Column) -> Bool {
    guard case .integer(let integers) = column, let first = (0..<column.count).first(where: column.isValid),
      0...1 ~= integers[first]
    else { return false }
    var expected = integers[first]
    for row in first..<column.count where column.isValid(row) {
      guard integers[row] == expected else { return false }
      expected += 1
    }
    return expected - integers[first] > 2
  }

  static func value(_ column: Column, _ row: Int) -> Double? {
    guard column.isValid(row) else { return nil }
    switch column {
    case .integer(let integers): return Double(integers[row])
    case .real(let reals): return reals[row]
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
      let words = labels.filter { !$0.isEmpty }
      if words.count < labels.count {
        // What is blank on these rows is missing there.
        return words.isEmpty
          ? "\(name) is not missing" : "\(name) is not missing and \(isNone(name, of: words.map(quoted)))"
      }
      if labels.count > 4, labels.allSatisfy({ TextFolding.fold($0).utf8.starts(with: "total".utf8) }) {
        return "not starts_with(fold(\(name)), \"total\")"
      }
      return isNone(name, of: labels.map(quoted))
    }
    return "where " + parts.joined(separator: " and ")
  }

  /// Labels that a condition names; what has more is easier to tell by other means.
  private static let namedLimit = 12

  /// The step that keeps every other row by what these are called, whatever that is; nil where others are called so too, where
  /// the labels are many, or stand in several columns.
  func conditionByLabels(_ found: Found, _ fields: [Field]) -> String? {
    let labels = Set(found.labels)
    guard found.rowsByColumn.count == 1, let place = found.rowsByColumn.keys.first, case let field = fields[place],
      labels.count <= Self.namedLimit, field.type == .text || field.type.isNumber
    else { return nil }
    if field.type == .text {
      guard rows.count(where: { labels.contains(text($0, place)) }) == found.records.count else { return nil }
      return Self.condition(found, fields) { _ in 0 }
    }
    // `1.10` is the number that `1.1` is.
    let numbers = Set(labels.compactMap { Double($0) })
    guard numbers.count == labels.count, labels.allSatisfy({ $0.utf8.last != UInt8(ascii: ".") }),
      rows.count(where: { Double(text($0, place)).map(numbers.contains) ?? false }) == found.records.count
    else { return nil }
    return "where " + Self.isNone(field.handle, of: found.labels)
  }

  /// What says in a condition that a column has none of some values, which stand as the language writes them.
  static func isNone(_ name: String, of values: [String]) -> String {
    values.count == 1 ? "\(name) != \(values[0])" : "\(name) not in [\(values.joined(separator: ", "))]"
  }
}
