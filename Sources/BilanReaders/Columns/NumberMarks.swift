import BilanColumnar

/// What stands around the numbers of some columns, where the whole column shows what it means.
struct NumberMarks: OptionSet, Sendable, Hashable {
  let rawValue: UInt8

  /// `(3)`, which alone would be the mark of a footnote: negative where other numbers of the column are, `(150)`.
  static let shortNegatives = NumberMarks(rawValue: 1)
  /// `12 p`, `: c`: letters by which statistical offices say that a value is provisional, estimated, confidential.
  static let flags = NumberMarks(rawValue: 2)

  /// `12*`, which has a footnote.
  static let stars = NumberMarks(rawValue: 4)

  /// The letters of Eurostat and of the SDMX code list of observation statuses.
  private static let letters = Set("bcdefinprsuz".utf8)
  /// What is made of them, and measures, counts or numbers.
  private static let words: Set<Int> = Set(
    ["in", "sec", "pc", "pcs", "pce", "dz", "bis"].map { word in
      word.utf8.reduce(0) { $0 * 256 + Int($1) }
    })

  /// Where a value ends before its flags, of which there are up to three after a blank; nil where there are none.
  static func endBeforeFlags(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    placeOfFlags(bytes, from, to)?.end
  }

  /// Where a value ends before its flags, and where these begin; nil where there are none.
  static func placeOfFlags(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> (end: Int, start: Int)? {
    var end = to
    while end > from, to - end < 3, letters.contains(bytes[end - 1]) { end -= 1 }
    guard end < to else { return nil }
    let letter = end
    if to - letter > 1, words.contains((letter..<to).reduce(0) { $0 * 256 + Int(bytes[$1]) }) { return nil }
    while end > from, bytes[end - 1] == 0x20 { end -= 1 }
    while end > from, case let size = WideBlank.size(before: end, bytes, from: from), size > 0 { end -= size }
    guard end < letter, end > from, bytes[end - 1] &- 0x30 < 10 || bytes[end - 1] == UInt8(ascii: ":") else {
      return nil
    }
    return (end, letter)
  }

  /// Where a value ends before up to three asterisks; nil where there are none, or no digit before them.
  static func endBeforeStars(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    var end = to
    while end > from, bytes[end - 1] == UInt8(ascii: "*") { end -= 1 }
    guard 1...3 ~= to - end else { return nil }
    while end > from, bytes[end - 1] == 0x20 { end -= 1 }
    return end > from && bytes[end - 1] &- 0x30 < 10 ? end : nil
  }

  /// Whether a text is one or two digits in parentheses.
  static func isShortNegative(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard 3...4 ~= to - from, bytes[from] == UInt8(ascii: "("), bytes[to - 1] == UInt8(ascii: ")") else { return false }
    return (from + 1..<to - 1).allSatisfy { bytes[$0] &- 0x30 < 10 } && bytes[from + 1] != 0x30
  }

  /// The marks of each column.
  ///
  /// Numbers of houses have letters too, `15 bis`, and so have sizes, `1.5 s`. Flags are known by what else there is in their
  /// column: a flag on what is missing, or a year or a period for a name; and in one such column of the file at least, they
  /// stand on no more values than not. Else they are single letters behind fractions: several kinds of them in the column
  /// or in those that are known, or the letter for what is provisional or estimated alone. Asterisks are
  /// marks of footnotes where most numbers have none: those of all numbers of a column hide digits.
  static func found(in profiles: [ColumnProfile], labels: [String]) -> [NumberMarks] {
    let areFew = profiles.map { $0.numberCount >= $0.marked.flaggedCount }
    let haveSign = profiles.indices.map { place in
      let marked = profiles[place].marked
      return marked.flaggedMissing > 0
        || marked.flaggedCount > 0 && HeaderGuess.isTyped(labels[place]) && HeaderGuess.areNames([labels[place]])
    }
    let isOfFlags = profiles.indices.contains { haveSign[$0] && areFew[$0] }
    // The letters of the columns that are known to have flags.
    let known = profiles.indices.reduce(MarkedNumbers.Letters()) { letters, place in
      isOfFlags && haveSign[place] ? letters.union(profiles[place].marked.letters) : letters
    }
    let mayHaveFlags = profiles.indices.map { place in
      if haveSign[place] { return isOfFlags }
      let marked = profiles[place].marked
      guard marked.hasFlaggedFractions, !marked.hasLongFlags, areFew[place] else { return false }
      return marked.letters.union(known).hasSeveral || marked.letters.isSubset(of: .alone)
    }
    return profiles.indices.map { place in
      var marks: NumberMarks = []
      let marked = profiles[place].marked
      if marked.shortNegatives > 0, marked.enclosedCount > 0 { marks.insert(.shortNegatives) }
      if mayHaveFlags[place] { marks.insert(.flags) }
      if marked.starredCount > 0, profiles[place].numberCount >= marked.starredCount { marks.insert(.stars) }
      return marks
    }
  }
}

/// The cells of a column that are numbers only where others say so, counted.
struct MarkedNumbers {
  /// `(1 200)`, which is negative anywhere.
  var enclosedCount = 0
  /// `(3)`
  private(set) var shortNegatives = 0
  /// `12 p`, by how the number is written; empty where there are none. And `: c`.
  private(set) var flagged: [Int] = []
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

  /// `12*`, by how the number is written; empty where there are none.
  private(set) var starred: [Int] = []

  var starredCount: Int { starred.reduce(0, +) }
  var flaggedCount: Int { flagged.reduce(0, +) }
  var hasFlaggedFractions: Bool { flaggedCount > (flagged.first ?? 0) }

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
      if starred.isEmpty { starred = [Int](repeating: 0, count: NumberShape.Kind.allCases.count) }
      starred[shape.kind.rawValue] += count
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
    if flagged.isEmpty { flagged = [Int](repeating: 0, count: NumberShape.Kind.allCases.count) }
    flagged[shape.kind.rawValue] += count
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
    flagged = flagged.isEmpty || other.flagged.isEmpty ? flagged + other.flagged : zip(flagged, other.flagged).map(+)
    starred = starred.isEmpty || other.starred.isEmpty ? starred + other.starred : zip(starred, other.starred).map(+)
    flaggedMissing += other.flaggedMissing
    letters.formUnion(other.letters)
    if other.hasLongFlags { hasLongFlags = true }
  }
}

extension ColumnPlan {
  /// A number without what may stand around it: `€ 1 200,50 HT`, `(3)`, `12 p`.
  ///
  /// - Returns: also whether its sign is among that.
  func bare(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> (start: Int, end: Int, isNegative: Bool) {
    var (start, end) = (from, to)
    if marks.contains(.flags), let cut = NumberMarks.endBeforeFlags(bytes, start, end) { end = cut }
    if marks.contains(.stars), let cut = NumberMarks.endBeforeStars(bytes, start, end) { end = cut }
    if marks.contains(.shortNegatives), NumberMarks.isShortNegative(bytes, start, end) {
      return (start + 1, end - 1, true)
    }
    switch units {
    case .none: return (start, end, false)
    case .currency(let unit):
      guard let amount = AmountUnit.amount(bytes, start, end), AmountUnit.unit(amount.spelling) == unit else {
        return (start, end, false)
      }
      return (amount.start, amount.end, amount.isNegative)
    case .any:
      func isNumeral(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
      while start < end, !isNumeral(bytes[start]), bytes[start] != UInt8(ascii: "-") { start += 1 }
      // Where any unit may stand, a percent sign is one: 95 % is 95.
      while start < end, !isNumeral(bytes[end - 1]), !format.isPercent || bytes[end - 1] != UInt8(ascii: "%") {
        end -= 1
      }
      return (start, end, false)
    }
  }

  /// Whether a text means missing, whatever stands around it: `n/d`, `-   €`, `: c`.
  func isMissing(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    if missing.index(bytes, from, to) != nil { return true }
    guard allowsMarks, format != .text, units != .any else { return false }
    let (start, end, _) = bare(bytes, from, to)
    return start < end && end - start < to - from && missing.index(bytes, start, end) != nil
  }
}
