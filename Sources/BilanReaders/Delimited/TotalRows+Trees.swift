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
    guard Self.treeSizes.contains(rows.count), !quantities.isEmpty else { return [] }
    var records: [Int] = []
    var values: [[Double?]] = []
    for record in rows where !known.contains(record) && !parts.contains(record) {
      let row = quantities.prefix(Self.columnLimit).map { Self.value($0, record - rows.lowerBound) }
      guard row.contains(where: { $0 != nil }) else { continue }
      records.append(record)
      values.append(row)
    }
    guard records.count >= Self.treeSizes.lowerBound else { return [] }
    let areCalled = records.map(called.contains)
    if let wholes = SumTrees(values, areCalled).wholesIfSure { return wholes.map { records[$0] }.sorted() }
    // Totals below their parts.
    guard let wholes = SumTrees(values.reversed(), areCalled.reversed()).wholesIfSure else { return [] }
    return wholes.map { records[records.count - 1 - $0] }.sorted()
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
  private let values: [[Double?]]
  private let hasNegatives: Bool
  /// Which rows are called totals.
  private let areCalled: [Bool]

  /// - Parameter values: by row, then by column.
  init(_ values: [[Double?]], _ areCalled: [Bool]) {
    (self.values, self.areCalled) = (values, areCalled)
    hasNegatives = values.contains { $0.contains { ($0 ?? 0) < 0 } }
    for row in values.indices.reversed() { add(row) }
  }

  /// The sums, where trees are most of the table and chance makes none such; nil for others.
  var wholesIfSure: [Int]? {
    // The sum of all may stand at the other end.
    let last = values.count - 1
    var trees = SumTrees(Array(values.dropLast()), Array(areCalled.dropLast()))
    var sums = [TotalRows.Sum](repeating: TotalRows.Sum(), count: values[last].count)
    for root in trees.roots { trees.add(root, to: &sums) }
    if let bits = Self.agreement(sums, values[last]) {
      trees.add(last, bits, isCalled: areCalled[last])
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
    let whole = values[row]
    let numberCount = whole.count { $0 != nil && $0 != 0 }
    guard numberCount > 0 else { return }
    var sums = [TotalRows.Sum](repeating: TotalRows.Sum(), count: whole.count)
    for (place, root) in roots.reversed().enumerated() {
      add(root, to: &sums)
      // Where most sums are beyond the whole, more parts help only if some are negative.
      if !hasNegatives, zip(sums, whole).count(where: { $0.value > $1 ?? .infinity }) * 2 > numberCount { return }
      guard place > 0, let found = Self.agreement(sums, whole) else { continue }
      add(row, found, isCalled: areCalled[row])
      roots.removeLast(place + 1)
      return
    }
  }

  private mutating func add(_ whole: Int, _ bits: Int, isCalled: Bool) {
    // Its name says as much as a number of two digits.
    self.bits += isCalled ? bits + 7 : bits
    wholes.append(whole)
  }

  private func add(_ row: Int, to sums: inout [TotalRows.Sum]) {
    // A zero is a part that is not there.
    for place in sums.indices where values[row][place] != 0 { sums[place].add(values[row][place]) }
  }

  /// The bits of the numbers of a row that are sums, less some for each that is none; nil where those are more: rates and
  /// means are no sums.
  private static func agreement(_ sums: [TotalRows.Sum], _ whole: [Double?]) -> Int? {
    var (sumCount, otherCount, bits) = (0, 0, 0)
    for (sum, whole) in zip(sums, whole) {
      guard let whole, whole != 0, whole.isFinite else { continue }
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
