/// Finds the whole number of a rank by counting: how many stand in each 256th of what they lie in tells which of these it is
/// in, and the same is then done there.
///
/// Nothing is compared that the processor would have to guess, and no order of the numbers is a bad one: of 32 bits each
/// turn settles eight.
package struct WholeSelection {
  private var counts = [UInt32](repeating: 0, count: 256)
  private var kept: [Int32] = []

  /// So few are sorted.
  private static let few = 32

  package init() {}

  /// - Parameter rank: from 0, less than there are numbers.
  mutating func value(of numbers: Span<Int32>, rank: Int) -> Int32 {
    precondition(numbers.indices.contains(rank))
    kept.removeAll(keepingCapacity: true)
    var (low, high) = (numbers[0], numbers[0])
    for index in numbers.indices {
      low = min(low, numbers[index])
      high = max(high, numbers[index])
    }
    if numbers.count <= Self.few {
      for index in numbers.indices { kept.append(numbers[index]) }
      kept.sort()
      return kept[rank]
    }
    let part = Self.part(of: numbers, low, high, rank, &counts)
    if part.width == 1 { return part.low }
    // Taken from the numbers at once: a copy of all of them first made medians a fifth slower.
    kept.append(contentsOf: repeatElement(0, count: numbers.count))
    var count = 0
    do {
      var kept = kept.mutableSpan
      for index in numbers.indices {
        kept[count] = numbers[index]
        count &+= UInt32(bitPattern: numbers[index] &- part.low) < part.width ? 1 : 0
      }
    }
    return value(ofKept: count, part, rank - part.before)
  }

  /// The same among the first `count` that are kept.
  private mutating func value(ofKept count: Int, _ part: Part, _ rank: Int) -> Int32 {
    var (count, part, rank) = (count, part, rank)
    var counts: [UInt32] = []
    swap(&counts, &self.counts)
    defer { swap(&counts, &self.counts) }
    while count > Self.few, part.width > 1 {
      let high = Int32(truncatingIfNeeded: Int64(part.low) + Int64(part.width) - 1)
      part = Self.part(of: kept.span.extracting(0..<count), part.low, high, rank, &counts)
      rank -= part.before
      var numbers = kept.mutableSpan
      var next = 0
      for index in 0..<count {
        let number = numbers[index]
        numbers[next] = number
        next &+= UInt32(bitPattern: number &- part.low) < part.width ? 1 : 0
      }
      count = next
    }
    if part.width == 1 { return part.low }
    kept.removeLast(kept.count - count)
    kept.sort()
    return kept[rank]
  }

  /// A stretch of numbers: from `low` on as many as `width` says.
  private struct Part {
    var low: Int32
    var width: UInt32
    /// How many are less.
    var before: Int
  }

  /// Where among numbers from `low` to `high` that of a rank is.
  private static func part(
    of numbers: Span<Int32>, _ low: Int32, _ high: Int32, _ rank: Int, _ counts: inout [UInt32]
  ) -> Part {
    let span = UInt32(bitPattern: high &- low)
    let shift = UInt32(max(0, 24 - span.leadingZeroBitCount))
    var slots = counts.mutableSpan
    for slot in slots.indices { slots[slot] = 0 }
    for index in numbers.indices { slots[Int(UInt32(bitPattern: numbers[index] &- low) &>> shift)] &+= 1 }
    var before = 0
    var slot = 0
    while before + Int(slots[slot]) <= rank {
      before += Int(slots[slot])
      slot += 1
    }
    return Part(
      low: low &+ Int32(truncatingIfNeeded: slot << Int(shift)), width: 1 &<< shift, before: before)
  }
}
