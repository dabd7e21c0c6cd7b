/// The words of each group side by side, to which rows are added.
///
/// Neighbouring rows of one group would wait for each other: of few groups each has some slots, for rows in turn.
struct LaneSlots {
  private static let mostCopied = 256
  private static let mostCopies = 4

  /// How many words a slot has: 1, 2 or 4.
  let width: Int
  private let copies: Int
  private var words: [Int64] = []
  private(set) var groupCount = 0
  /// Each bit that the first word of some slot has had, where there are many.
  private var seen: UInt64 = 0

  init(width: Int, groupCount: Int) {
    self.width = width
    copies = groupCount <= Self.mostCopied ? Self.mostCopies : 1
    grow(to: groupCount)
  }

  /// Each bit that the first word of some slot has.
  var firstBits: UInt64 {
    if copies == 1 { return seen }
    return stride(from: 0, to: words.count, by: width).reduce(0) { $0 | UInt64(bitPattern: words[$1]) }
  }

  /// Whether the slots may be of so many groups as well.
  func holds(groupCount: Int) -> Bool { copies == 1 || groupCount <= Self.mostCopied }

  mutating func grow(to count: Int) {
    groupCount = max(groupCount, count)
    var slotCount = groupCount * copies
    if copies > 1, slotCount > 0 {
      // A power of two, for the mask.
      slotCount = copies
      while slotCount < groupCount * copies { slotCount *= 2 }
    }
    words.grow(to: slotCount * width, with: 0)
  }

  /// - Parameters:
  ///   - width: that of the slots, a literal for the loop's sake.
  ///   - row: the words of a row, of which there are as many as `width` says.
  @inline(__always)
  mutating func add(_ groups: Span<UInt32>, width: Int, _ row: (Int) -> (Int64, Int64, Int64, Int64)) {
    precondition(width == self.width && !words.isEmpty)
    var taken = take(&words)
    defer { words = taken }
    var words = taken.mutableSpan
    if copies == 1 {
      add(groups, width, to: &words, row)
    } else {
      addInTurn(groups, width, to: &words, row)
    }
  }

  @inline(__always)
  private mutating func add(
    _ groups: Span<UInt32>, _ width: Int, to words: inout MutableSpan<Int64>,
    _ row: (Int) -> (Int64, Int64, Int64, Int64)
  ) {
    let count = words.count
    var seen: Int64 = 0
    for place in groups.indices {
      let slot = Int(groups[place]) &* width
      precondition(slot < count)
      // SAFETY: slots begin at multiples of their width, and there are only whole ones.
      seen |= unsafe Self.put(row(place), width, at: slot, of: &words)
    }
    self.seen |= UInt64(bitPattern: seen)
  }

  @inline(__always)
  private func addInTurn(
    _ groups: Span<UInt32>, _ width: Int, to words: inout MutableSpan<Int64>,
    _ row: (Int) -> (Int64, Int64, Int64, Int64)
  ) {
    let mask = words.count &- width
    @inline(__always)
    func add(_ place: Int, copy: Int, _ words: inout MutableSpan<Int64>) {
      // SAFETY: the place is below the count of the groups; the mask keeps a multiple of the width, which is a power
      // of two as the count is, below the count.
      let slot = unsafe (Int(groups[unchecked: place]) &* Self.mostCopies &+ copy) &* width & mask
      _ = unsafe Self.put(row(place), width, at: slot, of: &words)
    }
    var place = 0
    while place < groups.count &- (Self.mostCopies &- 1) {
      add(place, copy: 0, &words)
      add(place &+ 1, copy: 1, &words)
      add(place &+ 2, copy: 2, &words)
      add(place &+ 3, copy: 3, &words)
      place &+= Self.mostCopies
    }
    while place < groups.count {
      add(place, copy: 0, &words)
      place &+= 1
    }
  }

  /// - Precondition: `slot` and what follows it, up to the width, are places of `words`.
  /// - Returns: the slot's first word.
  @unsafe @inline(__always)
  private static func put(
    _ row: (Int64, Int64, Int64, Int64), _ width: Int, at slot: Int, of words: inout MutableSpan<Int64>
  ) -> Int64 {
    let first = unsafe words[unchecked: slot] &+ row.0
    unsafe words[unchecked: slot] = first
    if width > 1 { unsafe words[unchecked: slot &+ 1] &+= row.1 }
    if width > 2 {
      unsafe words[unchecked: slot &+ 2] &+= row.2
      unsafe words[unchecked: slot &+ 3] &+= row.3
    }
    return first
  }

  /// Adds what the words of each group's slots come to.
  ///
  /// - Parameters:
  ///   - word: which one of a slot.
  ///   - value: what it stands for.
  @inline(__always)
  func addUp(_ word: Int, into totals: inout [Int64], _ value: (UInt64) -> Int64) {
    totals.grow(to: groupCount, with: 0)
    var slot = word
    for group in 0..<groupCount {
      for _ in 0..<copies {
        totals[group] &+= value(UInt64(bitPattern: words[slot]))
        slot &+= width
      }
    }
  }
}
