import BilanColumnar

/// Totals that stand beside their parts, whatever they are called: regions over their provinces, accounts over those under
/// them, a country below its regions.
extension TotalRows {
  /// Rows that are looked at: of few anything may be the sum of others, and tables of many are made by programs.
  private static let treeSizes = 3...2000

  var mayHaveTrees: Bool { Self.treeSizes.contains(rows.count) }

  /// The rows whose numbers are the sums of those next to them, where that makes trees of nearly all rows.
  ///
  /// - Parameters:
  ///   - known: records that are totals for other reasons.
  ///   - called: records that are called totals.
  func treeTotals(_ quantities: [Column], except known: Set<Int>, called: Set<Int>) -> [Int] {
    guard mayHaveTrees, !quantities.isEmpty else { return [] }
    let columns = quantities.prefix(Self.columnLimit).map(Self.numbers)
    let width = columns.count
    var records: [Int] = []
    var values: [Double] = []
    values.reserveCapacity(rows.count * width)
    for record in rows where !known.contains(record) && !parts.contains(record) {
      let row = record - rows.lowerBound
      guard columns.contains(where: { !$0[row].isNaN }) else { continue }
      for column in columns { values.append(column[row]) }
      records.append(record)
    }
    guard records.count >= Self.treeSizes.lowerBound else { return [] }
    let areCalled = called.isEmpty ? [] : records.map(called.contains)
    // Totals above their parts, or below them; of rows that hold nothing but sums, or else rates and means beside them. By
    // chance one number of a row is the sum of others more often than all are.
    func wholes(_ isStrict: Bool) -> [Int]? {
      let trees = SumTrees(values, width: width, areCalled, isStrict: isStrict)
      return trees.wholesIfSure(records.indices) ?? trees.wholesIfSure(records.indices.reversed())
    }
    let found = (width > 1 ? wholes(true) : nil) ?? wholes(false)
    return found?.map { records[$0] }.sorted() ?? []
  }

  /// The numbers of a column by row; not a number where one is missing.
  private static func numbers(of column: Column) -> [Double] {
    var numbers: [Double]
    switch column {
    case .integer(let integers): numbers = (0..<column.count).map { Double(integers[$0]) }
    case .real(let reals): numbers = (0..<column.count).map { reals[$0] }
    default: return Array(repeating: .nan, count: column.count)
    }
    for row in numbers.indices where !column.isValid(row) { numbers[row] = .nan }
    return numbers
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
  /// Which rows are called totals; empty where none is.
  private let areCalled: [Bool]
  /// Whether each number of a whole is a sum.
  private let isStrict: Bool
  private let hasNegatives: Bool
  /// What has been added up of each column.
  private var sums: [TotalRows.Sum]

  /// Parts of one whole that are looked for where some are negative: any number of them may make it up, while else their
  /// sums grow beyond it soon.
  private static let partLimit = 256

  /// What sums of decimals are off by: `1150.4 + 835.7` is a little more than `1986.1`.
  private static let tolerance = 1e-9

  /// The sums, where trees are most of the table and chance makes none such; nil for others.
  ///
  /// - Parameter order: of the rows, wholes above their parts.
  func wholesIfSure(_ order: some BidirectionalCollection<Int>) -> [Int]? {
    guard let last = order.last else { return nil }
    let none = self
    var trees = none
    for row in order.reversed() { trees.add(row) }
    // The sum of all may stand at the other end. Where it is no part of a row, the others are the trees that they would be
    // without it.
    var others = trees
    if trees.roots[0] == last {
      others.roots.removeFirst()
    } else {
      others = none
      for row in order.dropLast().reversed() { others.add(row) }
    }
    if let wholes = others.wholes(under: last) { return wholes }
    if !areCalled.isEmpty, areCalled[last], let wholes = others.withOnlyParts.wholes(under: last) { return wholes }
    return trees.isSure ? trees.wholes : nil
  }

  /// The sums, with that of all in a row; nil where it holds something else.
  private func wholes(under last: Int) -> [Int]? {
    var trees = self
    trees.clearSums()
    for root in trees.roots { trees.addUp(root) }
    guard let bits = trees.agreement(with: last) else { return nil }
    trees.add(last, bits)
    trees.roots = [last]
    return trees.isSure ? trees.wholes : nil
  }

  /// The same where a row with the numbers of the next is the whole of that one alone: `Souss;1990` above `Agadir;1990`.
  /// Only the sum of all can tell.
  private var withOnlyParts: SumTrees {
    var result = self
    var place = 0
    while place + 1 < result.roots.count {
      let (part, whole) = (result.roots[place], result.roots[place + 1])
      if !result.wholes.contains(whole), haveSameNumbers(part, whole) {
        result.wholes.append(whole)
        result.roots.remove(at: place)
      }
      place += 1
    }
    return result
  }

  private func haveSameNumbers(_ row: Int, _ other: Int) -> Bool {
    var isSomething = false
    for place in 0..<width {
      let (here, there) = (values[row * width + place], values[other * width + place])
      if here.isNaN && there.isNaN { continue }
      if here != there { return false }
      if here != 0 { isSomething = true }
    }
    return isSomething
  }

  init(_ values: [Double], width: Int, _ areCalled: [Bool], isStrict: Bool) {
    (self.values, self.width, self.areCalled, self.isStrict) = (values, width, areCalled, isStrict)
    hasNegatives = values.contains { $0 < 0 }
    sums = Array(repeating: TotalRows.Sum(), count: width)
  }

  /// About two digits are a chance of one in a hundred for each.
  private var isSure: Bool {
    // One row below two others is their sum more easily than one of many.
    if wholes.count == 1 { return roots.count == 1 && bits >= (values.count > 3 * width ? 8 : 30) }
    guard wholes.count > 1, bits >= 6 * wholes.count else { return false }
    let isRoot = Set(roots)
    let leaves = roots.count - wholes.count(where: isRoot.contains)
    return leaves * 2 <= wholes.count
  }

  /// Makes a row the whole of the fewest roots below it whose sums it holds.
  private mutating func add(_ row: Int) {
    defer { roots.append(row) }
    var numberCount = 0
    for place in row * width..<(row + 1) * width where values[place] != 0 && !values[place].isNaN { numberCount += 1 }
    guard numberCount > 0 else { return }
    clearSums()
    var first = roots.count
    let end = hasNegatives ? max(0, first - Self.partLimit) : 0
    while first > end {
      first -= 1
      addUp(roots[first])
      // Where most sums are beyond the whole, more parts help only if some are negative.
      if !hasNegatives {
        var beyond = 0
        for place in 0..<width where sums[place].value > values[row * width + place] * (1 + Self.tolerance) {
          // No sum comes down to what it has passed; but a whole that is zero is not compared.
          if isStrict, values[row * width + place] != 0 { return }
          beyond += 1
        }
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
    self.bits += !areCalled.isEmpty && areCalled[whole] ? bits + 7 : bits
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
      if sum.termCount > 1, abs(sum.value - whole) <= abs(whole) * Self.tolerance,
        abs(sum.greatest - whole) > abs(whole) * 1e-6
      {
        sumCount += 1
        // Two decimals tell as much as two digits before them, and more digits than people write tell nothing.
        bits += min(20, max(0, Int((whole == whole.rounded() ? whole : 100 * whole).exponent)))
      } else {
        otherCount += 1
      }
    }
    return sumCount > 0 && otherCount <= (isStrict ? 0 : sumCount) ? bits - otherCount : nil
  }
}
