import BilanColumnar

/// How many values of each slot were missing: what makes the number of values of the number of rows.
///
/// Most columns have a value in every row, and then nothing is kept.
struct MissingCounts {
  private var counts: [Int64] = []
  private(set) var total = 0

  /// Counts the rows whose bit is 0.
  mutating func add(_ validity: Bitmap?, _ groups: Buffer<UInt32>, rowCount: Int, slotCount: Int) {
    guard let validity else { return }
    let missing = rowCount - validity.onesCount
    guard missing > 0 else { return }
    total += missing
    counts.grow(to: slotCount, with: 0)
    let groups = groups.span
    var counts = take(&counts)
    for (index, word) in validity.words.enumerated() {
      let start = index << 6
      var bits = ~word
      if start + 64 > rowCount { bits &= 1 << UInt64(rowCount - start) - 1 }
      while bits != 0 {
        counts[Int(groups[start | bits.trailingZeroBitCount])] &+= 1
        bits &= bits - 1
      }
    }
    self.counts = counts
  }

  /// Counts rows without a value as often as their weights say.
  mutating func add(_ validity: Bitmap?, weights: Buffer<Int64>, _ groups: Buffer<UInt32>, slotCount: Int) {
    guard let validity, !validity.allOnes else { return }
    counts.grow(to: slotCount, with: 0)
    for row in 0..<groups.count where !validity[row] {
      counts[Int(groups[row])] += weights[row]
      total += Int(weights[row])
    }
  }

  /// - Parameter groups: for each slot of `later` its slot here.
  mutating func merge(_ later: MissingCounts, groups: [UInt32], slotCount: Int) {
    total += later.total
    guard !later.counts.isEmpty else { return }
    counts.grow(to: slotCount, with: 0)
    combine(later.counts, into: &counts, at: groups) { $0 &+= $1 }
  }

  subscript(slot: Int) -> Int64 { slot < counts.count ? counts[slot] : 0 }

  var isEmpty: Bool { total == 0 }
}
