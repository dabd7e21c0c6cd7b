import BilanColumnar

/// The cells of a column that are numbers only where others say so, counted.
struct MarkedNumbers {
  /// `(1 200)`, which is negative anywhere.
  var enclosedCount = 0
  /// `(3)`
  private(set) var shortNegatives = 0
  /// Of them, those like `(12)`.
  private(set) var twoDigitNegatives = 0
  /// `12 p`, `12*` and `12(1)`, and `12 ha`, by how the number is written.
  private(set) var flagged = KindCounts()
  private(set) var footnoted = KindCounts()
  private(set) var measured = KindCounts()
  /// Of the measures, those with a point and a zero last behind it, and whole ones of four digits and more.
  private(set) var roundPoints = 0
  private(set) var unmarkedThousands = 0
  /// `~120`
  private(set) var approximate = KindCounts()
  /// Of the flagged ones, years: `2020 e`; and fractions with the letter right behind: `12,5p`.
  private(set) var flaggedYears = 0
  private(set) var attachedCount = 0
  /// Of the footnotes, words for how sure a number is: `12 (p)`.
  private(set) var statusCount = 0
  /// `34 ans`, `120 (45 %)`: what is no number, but holds one.
  private(set) var partialCount = 0
  /// Whether some footnote is a digit or a letter.
  private(set) var hasReferences = false
  /// Of the measures, each once.
  private(set) var measureUnits: [String] = []
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

    /// What is so or was revised.
    static let ofYears: Letters = [.alone, Letters(UInt8(ascii: "r"))]

    var hasSeveral: Bool { rawValue.nonzeroBitCount > 1 }
  }

  var footnotedCount: Int { footnoted.total }
  var measuredCount: Int { measured.total }
  var approximateCount: Int { approximate.total }
  /// What all measures are in; nil where there are none, or several units.
  var measureUnit: String? { measureUnits.count == 1 ? measureUnits[0] : nil }
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
    if let number = Approximation.end(bytes, start, end) {
      guard let shape = NumberShape.scan(bytes, number, end), !shape.hasLeadingZero, !shape.isAccounting else {
        return false
      }
      approximate.add(count, of: shape.kind)
      return true
    }
    // Digits, signs, parentheses and the colon: most texts begin with none of them.
    guard bytes[start] <= 0x3A || bytes[start] == 0xE2 else { return false }
    if NumberMarks.isShortNegative(bytes, start, end) {
      shortNegatives += count
      if end - start > 3 { twoDigitNegatives += count }
      return true
    }
    if let (cut, kind) = NumberMarks.endBeforeFootnote(bytes, start, end) {
      guard let shape = NumberShape.scan(bytes, start, cut), !shape.hasLeadingZero, !shape.isAccounting,
        !shape.isPercent
      else { return false }
      footnoted.add(count, of: shape.kind)
      if kind == .status { statusCount += count }
      if kind == .reference { hasReferences = true }
      return true
    }
    if let (cut, unit) = MeasureUnit.amount(bytes, start, end) {
      guard let shape = NumberShape.scan(bytes, start, cut), !shape.hasLeadingZero, !shape.isAccounting else {
        return false
      }
      measured.add(count, of: shape.kind)
      if shape.kind == .maybePoint, bytes[shape.end - 1] == 0x30 { roundPoints += count }
      if shape.kind == .integer, shape.digitCount > 3 { unmarkedThousands += count }
      note(unit)
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
    if shape.kind != .integer, cut == first { attachedCount += count }
    if shape.kind == .integer, cut - start == 4, bytes[start] == 0x31 || bytes[start] == 0x32 { flaggedYears += count }
    note(bytes, first, end)
    return true
  }

  /// Counts a text that is nothing else if it holds a number.
  mutating func observePartial(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ count: Int) {
    if PartialNumber.isThere(bytes, start, end) { partialCount += count }
  }

  private mutating func note(_ bytes: Span<UInt8>, _ first: Int, _ end: Int) {
    for index in first..<end { letters.insert(Letters(bytes[index])) }
    if end - first > 1 { hasLongFlags = true }
  }

  private mutating func note(_ unit: String) {
    if !measureUnits.contains(unit) { measureUnits.append(unit) }
  }

  /// Takes what was counted over other rows.
  mutating func merge(_ other: MarkedNumbers) {
    enclosedCount += other.enclosedCount
    shortNegatives += other.shortNegatives
    twoDigitNegatives += other.twoDigitNegatives
    flagged.merge(other.flagged)
    footnoted.merge(other.footnoted)
    measured.merge(other.measured)
    roundPoints += other.roundPoints
    unmarkedThousands += other.unmarkedThousands
    approximate.merge(other.approximate)
    partialCount += other.partialCount
    flaggedYears += other.flaggedYears
    attachedCount += other.attachedCount
    statusCount += other.statusCount
    if other.hasReferences { hasReferences = true }
    for unit in other.measureUnits { note(unit) }
    flaggedMissing += other.flaggedMissing
    letters.formUnion(other.letters)
    if other.hasLongFlags { hasLongFlags = true }
  }
}
