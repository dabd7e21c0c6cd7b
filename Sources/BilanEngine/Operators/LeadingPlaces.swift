import BilanColumnar

/// The best words of each group, side by side, of which smaller ones are better:
///
///     best      7 9 │ 4 8 │ 5 ∞     the best two words of groups 0, 1, 2 (∞: none yet)
///     bounds      9 │   8 │   ∞     the worst of them, in 32 bits
///
/// Most rows reach no place, and are dropped by a look at the bounds, which stay in a near cache where the words do not.
struct LeadingPlaces {
  /// Places in a group.
  let count: Int
  private var best: [UInt64] = []
  private var bounds: [UInt32] = []
  /// Whether the words are those of whole numbers.
  private var isWhole = true
  /// Whether many rows reached a place of late, so that a look at the bounds drops few.
  private var isFilling = true

  /// Rows that are looked at in one go.
  private static let blockRows = 1 << 12

  init(count: Int) { self.count = count }

  private var groupCount: Int { bounds.count }

  mutating func grow(to groupCount: Int) {
    let new = groupCount - self.groupCount
    guard new > 0 else { return }
    best.append(contentsOf: repeatElement(.max, count: new * count))
    bounds.append(contentsOf: repeatElement(.max, count: new))
  }

  /// The worst word that has a place in the only group, once all are taken.
  var boundOfAll: UInt64? { best.last.flatMap { $0 == .max ? nil : $0 } }

  /// Whether a word has a place.
  func reaches(_ word: UInt64, _ group: UInt32) -> Bool { word <= best[(Int(group) + 1) * count - 1] }

  /// The rows that reach a place of their group as it is when they come, ties with the last place among them.
  ///
  /// - Parameter isWhole: whether the words are those of whole numbers; once they are not, they never are again.
  mutating func select(
    _ ranked: Buffer<UInt64>, _ validity: Bitmap?, _ groups: Buffer<UInt32>, isWhole: Bool
  ) -> [Int32] {
    if isWhole != self.isWhole {
      self.isWhole = isWhole
      bound()
    }
    var kept: [Int32] = []
    var start = 0
    while start < ranked.count {
      let rows = start..<min(start + Self.blockRows, ranked.count)
      let reaching = isFilling ? rows.map { Int32(truncatingIfNeeded: $0) } : reachingBounds(rows, ranked, groups)
      let keptCount = kept.count
      switch (count, validity) {
      case (1, nil): placeWithoutBranches(reaching, places: 1, ranked, groups, &kept)
      case (2, nil): placeWithoutBranches(reaching, places: 2, ranked, groups, &kept)
      case (3, nil): placeWithoutBranches(reaching, places: 3, ranked, groups, &kept)
      default: place(reaching, ranked, validity, groups, &kept)
      }
      isFilling = (kept.count - keptCount) * 2 > rows.count
      start = rows.upperBound
    }
    return kept
  }

  /// The rows that may reach a place, and few others.
  private func reachingBounds(_ rows: Range<Int>, _ ranked: Buffer<UInt64>, _ groups: Buffer<UInt32>) -> [Int32] {
    isWhole
      ? Self.reaching(rows, ranked, groups, bounds, isWhole: true)
      : Self.reaching(rows, ranked, groups, bounds, isWhole: false)
  }

  @inline(__always)
  private static func reaching(
    _ rows: Range<Int>, _ ranked: Buffer<UInt64>, _ groups: Buffer<UInt32>, _ bounds: [UInt32], isWhole: Bool
  ) -> [Int32] {
    let (words, groups, bounds) = (ranked.span, groups.span, bounds.span)
    var found = [Int32](repeating: 0, count: rows.count)
    var count = 0
    do {
      var found = found.mutableSpan
      // Every row is written, and stays where it reaches the bound. That is told by a difference below zero, as a comparison
      // is made a branch, which nobody can guess.
      for row in rows {
        found[count] = Int32(truncatingIfNeeded: row)
        let (word, bound) = (Self.short(words[row], isWhole: isWhole), bounds[Int(groups[row])])
        count &+= Int(truncatingIfNeeded: (UInt64(word) &- UInt64(bound) &- 1) &>> 63)
      }
    }
    found.removeLast(rows.count - count)
    return found
  }

  private mutating func place(
    _ rows: [Int32], _ ranked: Buffer<UInt64>, _ validity: Bitmap?, _ groups: Buffer<UInt32>, _ kept: inout [Int32]
  ) {
    let (words, groups) = (ranked.span, groups.span)
    for row in rows {
      let (word, group) = (words[Int(row)], Int(groups[Int(row)]))
      let last = (group &+ 1) &* count &- 1
      if word > best[last] { continue }
      if let validity, !validity[Int(row)] { continue }
      kept.append(row)
      if word < best[last] { insert(word, group) }
    }
  }

  /// Of few places each takes the better word and hands the other on: nothing has to be guessed while groups fill.
  @inline(__always)
  private mutating func placeWithoutBranches(
    _ rows: [Int32], places: Int, _ ranked: Buffer<UInt64>, _ groups: Buffer<UInt32>, _ kept: inout [Int32]
  ) {
    let (words, groups, isWhole) = (ranked.span, groups.span, isWhole)
    let keptBefore = kept.count
    kept.append(contentsOf: rows)
    var count = keptBefore
    var (best, bounds) = (self.best, self.bounds)
    (self.best, self.bounds) = ([], [])
    defer { (self.best, self.bounds) = (best, bounds) }
    do {
      var kept = kept.mutableSpan
      var best = best.mutableSpan
      var bounds = bounds.mutableSpan
      for index in keptBefore..<kept.count {
        let row = kept[index]
        let group = Int(groups[Int(row)])
        let first = group &* places
        var word = words[Int(row)]
        kept[count] = row
        count &+= word <= best[first &+ places &- 1] ? 1 : 0
        for place in first..<first &+ places {
          let here = best[place]
          best[place] = min(here, word)
          word = max(here, word)
        }
        bounds[group] = Self.short(best[first &+ places &- 1], isWhole: isWhole)
      }
    }
    kept.removeLast(kept.count - count)
  }

  /// Puts a word in its place among a group's, the worst of which goes.
  private mutating func insert(_ word: UInt64, _ group: Int) {
    let first = group &* count
    let last = first &+ count &- 1
    var place = last
    while place > first, best[place &- 1] > word {
      best[place] = best[place &- 1]
      place &-= 1
    }
    best[place] = word
    bounds[group] = Self.short(best[last], isWhole: isWhole)
  }

  /// Takes the best words of other groups over.
  ///
  /// - Parameter mapping: the group here of each of theirs; all are there.
  mutating func take(_ others: LeadingPlaces, _ mapping: [UInt32]) {
    for other in 0..<others.groupCount where others.best[other * count] != .max {
      let group = Int(mapping[other])
      let last = (group + 1) * count - 1
      for place in other * count..<(other + 1) * count where others.best[place] < best[last] {
        insert(others.best[place], group)
      }
    }
  }

  /// Ranks values in the place of whole numbers.
  mutating func rankValues(_ ranking: RankWords) {
    best = ranking.valueWords(of: best)
    isWhole = false
    bound()
  }

  /// A word in 32 bits, never in another order than the words themselves: of whole numbers near zero as good as the word,
  /// of doubles their first digits.
  @inline(__always)
  private static func short(_ word: UInt64, isWhole: Bool) -> UInt32 {
    // A value beyond 32 bits is as good as the last that has them.
    let lowest: UInt64 = 1 << 63 - 1 << 31
    if isWhole { return UInt32(truncatingIfNeeded: min(max(word, lowest) &- lowest, UInt64(UInt32.max))) }
    return UInt32(truncatingIfNeeded: word &>> 32)
  }

  private mutating func bound() {
    for group in bounds.indices {
      bounds[group] = Self.short(best[(group + 1) * count - 1], isWhole: isWhole)
    }
  }
}
