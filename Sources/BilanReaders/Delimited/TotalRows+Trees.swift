import BilanColumnar

/// Totals that stand beside their parts, whatever they are called: regions over their provinces, accounts over those under
/// them, a country below its regions.
extension TotalRows {
  /// Rows that are looked at: of few anything may be the sum of others, and tables of many are made by programs.
  private static let treeSizes = 4...2000

  var mayHaveTrees: Bool { Self.treeSizes.contains(rows.count) }

  /// The rows whose numbers are the sums of those next to them, where that makes trees of nearly all rows.
  ///
  /// - Parameters:
  ///   - known: records that are totals for other reasons.
  ///   - called: records that are called totals.
  func treeTotals(_ quantities: [Column], except known: Set<Int>, called: Set<Int>) -> [Int] {
    guard mayHaveTrees, !quantities.isEmpty else { return [] }
    let quantities = quantities.prefix(Self.columnLimit)
    var records: [Int] = []
    var values: [Double] = []
    values.reserveCapacity(rows.count * quantities.count)
    for record in rows where !known.contains(record) && !parts.contains(record) {
      let start = values.count
      for column in quantities { values.append(Self.value(column, record - rows.lowerBound) ?? .nan) }
      if values[start...].allSatisfy(\.isNaN) { values.removeLast(quantities.count) } else { records.append(record) }
    }
    guard records.count >= Self.treeSizes.lowerBound else { return [] }
    let areCalled = records.map(called.contains)
    func wholes(_ order: [Int]) -> [Int]? {
      let trees = SumTrees(values, width: quantities.count, order, areCalled)
      return trees.wholesIfSure?.map { records[$0] }.sorted()
    }
    // Totals above their parts, or below them.
    let order = Array(records.indices)
    return wholes(order) ?? wholes(order.reversed()) ?? []
  }
}

/// Rows over those that they are the sums of, found from the last row up.
private struct SumTrees {
  /// The rows that are sums of others below them.
  private var wholes: [Int] = []
  /// The rows that no row above them holds.
  private var roots: [Int] = []
  /// The bits of all numbers that are sums: what chance is up against.
  private var bits = 0
  /// By row, then by column; not a number where one is missing.
  private let values: [Double]
  private let width: Int
  private let order: [Int]
  /// Which rows are called totals.
  private let areCalled: [Bool]
  private let hasNegatives: Bool
  /// What has been added up of each column.
  private var sums: [TotalRows.Sum]

  /// - Parameter order: of the rows.
  init(_ values: [Double], width: Int, _ order: [Int], _ areCalled: [Bool]) {
    (self.values, self.width, self.order, self.areCalled) = (values, width, order, areCalled)
    hasNegatives = values.contains { $0 < 0 }
    sums = Array(repeating: TotalRows.Sum(), count: width)
    for row in order.reversed() { add(row) }
  }

  /// The sums, where trees are most of the table and chance makes none such; nil for others.
  var wholesIfSure: [Int]? {
    // The sum of all may stand at the other end.
    let last = order[order.count - 1]
    var trees = SumTrees(values, width: width, order.dropLast(), areCalled)
    trees.clearSums()
    for root in trees.roots { trees.addUp(root) }
    if let bits = trees.agreement(with: last) {
      trees.add(last, bits)
      trees.roots = [last]
      if trees.isSure { return trees.wholes }
    }
    return isSure ? wholes : nil
  }

  /// About two digits are a chance of one in a hundred for each.
  private var isSure: Bool {
    if wholes.count == 1 { return roots.count == 1 && bits >= 8 }
    let isRoot = Set(roots)
    let leaves = roots.count - wholes.count(where: isRoot.contains)
    return wholes.count > 1 && leaves * 2 <= wholes.count && bits >= 6 * wholes.count
  }

  /// Makes a row the whole of the fewest roots below it whose sums it holds.
  private mutating func add(_ row: Int) {
    defer { roots.append(row) }
    var numberCount = 0
    for place in row * width..<(row + 1) * width where values[place] != 0 && !values[place].isNaN { numberCount += 1 }
    guard numberCount > 0 else { return }
    clearSums()
    var first = roots.count
    while first > 0 {
      first -= 1
      addUp(roots[first])
      // Where most sums are beyond the whole, more parts help only if some are negative.
      if !hasNegatives {
        var beyond = 0
        for place in 0..<width where sums[place].value > values[row * width + place] { beyond += 1 }
        if beyond * 2 > numberCount { return }
      }
      guard roots.count - first > 1, let found = agreement(with: row) else { continue }
      add(row, found)
      roots.removeLast(roots.count - first)
      return
    }
  }

  private mutating func add(_ whole: Int, _ bits: Int) {
    // Its name says as much as a number of two digits.
    self.bits += areCalled[whole] ? bits + 7 : bits
    wholes.append(whole)
  }

  private mutating func clearSums() {
    for place in 0..<width { sums[place] = TotalRows.Sum() }
  }

  private mutating func addUp(_ row: Int) {
    for place in 0..<width {
      let value = values[row * width + place]
      // A zero is a part that is not there.
      if value != 0, !value.isNaN { sums[place].add(value) }
    }
  }

  /// The bits of the numbers of a row that are sums, less some for each that is none; nil where those are more: rates and
  /// means are no sums.
  private func agreement(with row: Int) -> Int? {
    var (sumCount, otherCount, bits) = (0, 0, 0)
    for place in 0..<width {
      let (sum, whole) = (sums[place], values[row * width + place])
      guard whole != 0, whole.isFinite else { continue }
      // Where one part is as large as the whole, the others are nothing beside it.
      if sum.termCount > 1, abs(sum.value - whole) <= abs(whole) * 1e-9, abs(sum.greatest - whole) > abs(whole) * 1e-6 {
        sumCount += 1
        // Two decimals tell as much as two digits before them, and more digits than people write tell nothing.
        bits += min(20, max(0, Int((whole == whole.rounded() ? whole : 100 * whole).exponent)))
      } else {
        otherCount += 1
      }
    }
    return sumCount > 0 && sumCount >= otherCount ? bits - otherCount : nil
  }
}
