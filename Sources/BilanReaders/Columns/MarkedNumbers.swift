import BilanColumnar

/// The cells of a column that are numbers only where others say so, counted.
struct MarkedNumbers {
  /// `(1 200)`, which is negative anywhere.
  var enclosedCount = 0
  /// `(3)`
  private(set) var shortNegatives = 0
  /// `12 p` and `12*`, by how the number is written.
  private(set) var flagged = KindCounts()
  private(set) var starred = KindCounts()
  /// `: c`
  private(set) var flaggedMissing = 0
  /// Of the flags, and whether some are of more than one.
  private(set) var letters = Letters()
  private(set) var hasLongFlags = false

  /// Small letters, a bit each.
  struct Letters: OptionSet {
    let rawValue: UInt32

    init(rawValue: UInt32) { self.rawValue = rawValue }

    init(_ letter: UInt8) { rawValue = 1 << UInt32(letter & 0x1F) }

    /// What is provisional or estimated.
    static let alone: Letters = [Letters(UInt8(ascii: "p")), Letters(UInt8(ascii: "e"))]

    var hasSeveral: Bool { rawValue.nonzeroBitCount > 1 }
  }

  var starredCount: Int { starred.total }
  var flaggedCount: Int { flagged.total }
  var hasFlaggedFractions: Bool { flaggedCount > flagged[NumberShape.Kind.integer] }

  /// Numbers, by how they are written; without memory where there are none.
  struct KindCounts {
    private var counts: [Int] = []

    var total: Int { counts.reduce(0, +) }

    subscript(kind: NumberShape.Kind) -> Int { counts.isEmpty ? 0 : counts[kind.rawValue] }

    mutating func add(_ count: Int, of kind: NumberShape.Kind) {
      if counts.isEmpty { counts = [Int](repeating: 0, count: NumberShape.Kind.allCases.count) }
      counts[kind.rawValue] += count
    }

    mutating func merge(_ other: KindCounts) {
      for kind in NumberShape.Kind.allCases where other[kind] > 0 { add(other[kind], of: kind) }
    }
  }

  /// - Returns: true where the text is counted as one of those.
  mutating func observe(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ count: Int) -> Bool {
    // Digits, signs, parentheses and the colon: most texts begin with none of them.
    guard bytes[start] <= 0x3A || bytes[start] == 0xE2 else { return false }
    if NumberMarks.isShortNegative(bytes, start, end) {
      shortNegatives += count
      return true
    }
    if let cut = NumberMarks.endBeforeStars(bytes, start, end) {
      guard let shape = NumberShape.scan(bytes, start, cut), !shape.hasLeadingZero, !shape.isAccounting,
        !shape.isPercent
      else { return false }
      starred.add(count, of: shape.kind)
      return true
    }
    guard let (cut, first) = NumberMarks.placeOfFlags(bytes, start, end) else { return false }
    if cut == start + 1, bytes[start] == UInt8(ascii: ":") {
      flaggedMissing += count
      note(bytes, first, end)
      return true
    }
    guard let shape = NumberShape.scan(bytes, start, cut), !shape.hasLeadingZero, !shape.isAccounting else {
      return false
    }
    flagged.add(count, of: shape.kind)
    note(bytes, first, end)
    return true
  }

  private mutating func note(_ bytes: Span<UInt8>, _ first: Int, _ end: Int) {
    for index in first..<end { letters.insert(Letters(bytes[index])) }
    if end - first > 1 { hasLongFlags = true }
  }

  /// Takes what was counted over other rows.
  mutating func merge(_ other: MarkedNumbers) {
    enclosedCount += other.enclosedCount
    shortNegatives += other.shortNegatives
    flagged.merge(other.flagged)
    starred.merge(other.starred)
    flaggedMissing += other.flaggedMissing
    letters.formUnion(other.letters)
    if other.hasLongFlags { hasLongFlags = true }
  }
}
