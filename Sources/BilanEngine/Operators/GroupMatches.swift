/// The pairs of left and right rows with equal keys, by number, without being made: those of a left row stand side by side.
///
///     group of left rows     0        -1   1
///     rows of the group      4 9 11        0
///     number of the pair     0 1 2     3   4     where rows without a match are kept
struct GroupMatches {
  private let table: JoinTable
  private let groups: [Int32]
  /// The number of each left row's first pair, and behind the last how many there are.
  private let starts: [Int]

  /// - Parameters:
  ///   - groups: for each left row the group of its keys in `table`; -1 where there is none.
  ///   - keepsUnmatched: whether a left row without a match is a pair without a right row.
  init(_ table: JoinTable, _ groups: [Int32], keepsUnmatched: Bool) {
    self.table = table
    self.groups = groups
    var starts: [Int] = []
    starts.reserveCapacity(groups.count + 1)
    var count = 0
    for group in groups {
      starts.append(count)
      count += group >= 0 ? table.range(of: group).count : keepsUnmatched ? 1 : 0
    }
    starts.append(count)
    self.starts = starts
  }

  var count: Int { starts[groups.count] }

  /// The rows of the pairs in `range`, without those whose right row is dropped; -1 for no right row.
  func pairs(_ range: Range<Int>) -> (left: [Int32], right: [Int32]) {
    var left: [Int32] = []
    var right: [Int32] = []
    left.reserveCapacity(range.count)
    right.reserveCapacity(range.count)
    var row = firstRow(of: range.lowerBound)
    while row < groups.count, starts[row] < range.upperBound {
      if groups[row] >= 0 {
        let first = table.range(of: groups[row]).lowerBound
        let wanted = range.clamped(to: starts[row]..<starts[row + 1])
        for number in wanted {
          let match = table.row(first + number - starts[row])
          guard table.isKept(match) else { continue }
          left.append(Int32(row))
          right.append(match)
        }
      } else if starts[row] < starts[row + 1] {
        left.append(Int32(row))
        right.append(-1)
      }
      row += 1
    }
    return (left, right)
  }

  /// The left row that has the pair of this number: the last whose first pair is not behind it.
  private func firstRow(of pair: Int) -> Int {
    var (low, high) = (0, groups.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle + 1] > pair { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
