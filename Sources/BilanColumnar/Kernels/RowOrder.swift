/// The order of rows by some key columns: stable, missing last in both directions, text in reading order.
///
/// The naive sort compares two rows through their columns at every step. Here each key becomes one 64-bit word a row
/// whose unsigned order is the wanted order (`SortWords`), and rows are sorted by the first key's words with a radix
/// sort; only runs of equal words are then sorted by the next key.
package struct RowOrder: Sendable {
  private let keys: [[UInt64]]
  private let count: Int

  /// - Precondition: each key has `count` rows.
  package init(_ keys: [(column: Column, isDescending: Bool)], count: Int) {
    self.keys = keys.flatMap { SortWords.words($0.column, isDescending: $0.isDescending) }
    self.count = count
  }

  /// All rows in order; or the first `limit` of them.
  package func rows(limit: Int? = nil) -> [Int32] {
    guard let limit, limit < count else { return rows(of: Array(0..<Int32(count))) }
    return Array(rows(of: leading(limit, of: Array(0..<Int32(count)))).prefix(limit))
  }

  /// The given rows, which are in input order, sorted.
  package func rows(of rows: [Int32]) -> [Int32] {
    guard let first = keys.first else { return rows }
    var pairs = rows.map { WordedRow(word: first[Int($0)], row: $0) }
    RadixSort.sort(&pairs)
    var sorted = pairs.map(\.row)
    if keys.count > 1 { refine(&sorted, 0..<sorted.count, by: 0) }
    return sorted
  }

  /// Those of `rows` among which the first `limit` are, ties of the first key included: a superset, in input order.
  ///
  /// Keeps the `limit` least words in a heap with the greatest on top; one pass, and only few rows left to sort.
  package func leading(_ limit: Int, of rows: [Int32]) -> [Int32] {
    guard limit > 0 else { return [] }
    guard let first = keys.first, limit < rows.count / 2 else { return rows }
    var heap = GreatestOnTop(capacity: limit)
    for row in rows { heap.offer(first[Int(row)]) }
    let threshold = heap.top
    return rows.filter { first[Int($0)] <= threshold }
  }

  /// True where no key tells the rows apart.
  package func areTied(_ lhs: Int32, _ rhs: Int32) -> Bool {
    keys.allSatisfy { $0[Int(lhs)] == $0[Int(rhs)] }
  }

  /// Sorts runs that are equal by `key` by the next.
  private func refine(_ rows: inout [Int32], _ range: Range<Int>, by key: Int) {
    let words = keys[key]
    let next = keys[key + 1]
    var start = range.lowerBound
    while start < range.upperBound {
      var end = start + 1
      while end < range.upperBound, words[Int(rows[end])] == words[Int(rows[start])] { end += 1 }
      if end - start > 1 {
        var pairs = rows[start..<end].map { WordedRow(word: next[Int($0)], row: $0) }
        RadixSort.sort(&pairs)
        for (offset, pair) in pairs.enumerated() { rows[start + offset] = pair.row }
        if key + 2 < keys.count { refine(&rows, start..<end, by: key + 1) }
      }
      start = end
    }
  }
}

/// A binary heap of the least words offered, the greatest of them on top.
private struct GreatestOnTop {
  private var words: [UInt64] = []
  private let capacity: Int

  init(capacity: Int) {
    self.capacity = capacity
    words.reserveCapacity(capacity)
  }

  /// - Precondition: something was offered.
  var top: UInt64 { words[0] }

  mutating func offer(_ word: UInt64) {
    if words.count < capacity {
      words.append(word)
      var child = words.count - 1
      while child > 0, words[(child - 1) / 2] < words[child] {
        words.swapAt(child, (child - 1) / 2)
        child = (child - 1) / 2
      }
    } else if word < words[0] {
      words[0] = word
      var parent = 0
      while true {
        var greatest = parent
        for child in [parent * 2 + 1, parent * 2 + 2] where child < words.count && words[child] > words[greatest] {
          greatest = child
        }
        if greatest == parent { break }
        words.swapAt(parent, greatest)
        parent = greatest
      }
    }
  }
}
