import BilanColumnar

/// Which rows of an old table are which of a new one.
///
/// Rows are numbered through: the old table's first, from `oldCount` on the new one's. Rows with a key that no other row
/// of their table has are paired; the others are never, as nothing tells which is which: those that are there on both
/// sides as they are cancel out, the rest are removed and added.
struct RowPairing {
  struct Pair {
    var old: Int32
    var new: Int32
  }

  /// Rows of one table that have their key in common.
  struct Repetition {
    var rowCount = 0
    /// One of them; -1 where there is none.
    var example: Int32 = -1
  }

  /// In the order of the new table's rows.
  private(set) var pairs: [Pair] = []
  /// In the order of their table.
  private(set) var removed: [Int32] = []
  private(set) var added: [Int32] = []
  private(set) var oldRepetition = Repetition()
  private(set) var newRepetition = Repetition()

  /// - Parameters:
  ///   - key: the columns that identify a row; nil compares rows as wholes.
  ///   - columns: all that both tables have.
  init(key: [Column]?, columns: [Column], oldCount: Int, newCount: Int) {
    let rowCount = oldCount + newCount
    guard let key else {
      cancel((0..<Int32(rowCount)).map { $0 }, columns, oldCount: oldCount)
      return
    }
    let groups = RowNumbers(key, rowCount: rowCount)
    var (firstOld, firstNew) = (
      [Int32](repeating: -1, count: groups.count), [Int32](repeating: -1, count: groups.count)
    )
    var isRepeated = [Bool](repeating: false, count: groups.count)
    for row in 0..<rowCount {
      let group = Int(groups.numbers[row])
      if row < oldCount {
        if firstOld[group] >= 0 { isRepeated[group] = true } else { firstOld[group] = Int32(row) }
      } else {
        if firstNew[group] >= 0 { isRepeated[group] = true } else { firstNew[group] = Int32(row) }
      }
    }
    var repeated: [Int32] = []
    for row in 0..<rowCount {
      let group = Int(groups.numbers[row])
      if isRepeated[group] {
        repeated.append(Int32(row))
      } else if row < oldCount {
        if firstNew[group] < 0 { removed.append(Int32(row)) }
      } else if firstOld[group] >= 0 {
        pairs.append(Pair(old: firstOld[group], new: Int32(row)))
      } else {
        added.append(Int32(row))
      }
    }
    if repeated.isEmpty { return }
    countRepetitions(repeated, groups.numbers, oldCount: oldCount, groupCount: groups.count)
    cancel(repeated, columns, oldCount: oldCount)
    removed.sort()
    added.sort()
  }

  /// A key may be repeated in one of the tables only.
  private mutating func countRepetitions(_ rows: [Int32], _ groups: [UInt32], oldCount: Int, groupCount: Int) {
    var (olds, news) = ([Int32](repeating: 0, count: groupCount), [Int32](repeating: 0, count: groupCount))
    for row in rows {
      if Int(row) < oldCount { olds[Int(groups[Int(row)])] += 1 } else { news[Int(groups[Int(row)])] += 1 }
    }
    for row in rows {
      let group = Int(groups[Int(row)])
      if Int(row) < oldCount, olds[group] > 1 {
        if oldRepetition.example < 0 { oldRepetition.example = row }
        oldRepetition.rowCount += 1
      } else if Int(row) >= oldCount, news[group] > 1 {
        if newRepetition.example < 0 { newRepetition.example = row }
        newRepetition.rowCount += 1
      }
    }
  }

  /// Rows as wholes, as often as they are there: what is on both sides cancels out.
  private mutating func cancel(_ rows: [Int32], _ columns: [Column], oldCount: Int) {
    let isAll = columns.first.map { $0.count == rows.count } ?? true
    let groups = RowNumbers(isAll ? columns : columns.map { $0.gather(rows) }, rowCount: rows.count)
    var (olds, news) = ([Int32](repeating: 0, count: groups.count), [Int32](repeating: 0, count: groups.count))
    for (place, row) in rows.enumerated() {
      if Int(row) < oldCount { olds[Int(groups.numbers[place])] += 1 } else { news[Int(groups.numbers[place])] += 1 }
    }
    for (place, row) in rows.enumerated() {
      let group = Int(groups.numbers[place])
      if Int(row) < oldCount {
        news[group] -= 1
        if news[group] < 0 { removed.append(row) }
      } else {
        olds[group] -= 1
        if olds[group] < 0 { added.append(row) }
      }
    }
  }
}

/// For each row the number of the combination of values that it has in some columns; missing is a value.
struct RowNumbers {
  let numbers: [UInt32]
  let count: Int

  /// - Precondition: each column has `rowCount` values.
  init(_ columns: [Column], rowCount: Int) {
    var grouper = Grouper(columns.map(\.kind))
    numbers = grouper.assign(columns, rowCount: rowCount)
    count = grouper.count
  }

  /// Whether no two rows of the first `oldCount` have the same number, and no two of the others.
  func tellApart(oldCount: Int) -> Bool {
    guard count >= max(oldCount, numbers.count - oldCount) else { return false }
    var seen = [UInt8](repeating: 0, count: count)
    for (row, number) in numbers.enumerated() {
      let bit: UInt8 = row < oldCount ? 1 : 2
      if seen[Int(number)] & bit != 0 { return false }
      seen[Int(number)] |= bit
    }
    return true
  }
}
