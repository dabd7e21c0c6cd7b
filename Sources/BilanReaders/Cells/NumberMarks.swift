import BilanColumnar

/// What stands around the numbers of some columns, where the whole column shows what it means.
struct NumberMarks: OptionSet, Sendable, Hashable {
  let rawValue: UInt8

  /// `(3)`, which alone would be the mark of a footnote: negative where other numbers of the column are, `(150)`.
  static let shortNegatives = NumberMarks(rawValue: 1)
  /// `12 p`, `: c`: letters by which statistical offices say that a value is provisional, estimated, confidential.
  static let flags = NumberMarks(rawValue: 2)

  /// The letters of Eurostat and of the SDMX code list of observation statuses.
  private static let letters = Set("bcdefinprsuz".utf8)

  /// Where a value ends before its flags, of which there are up to three after a blank; nil where there are none.
  static func endBeforeFlags(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    var end = to
    while end > from, to - end < 3, letters.contains(bytes[end - 1]) { end -= 1 }
    guard end < to else { return nil }
    let letter = end
    while end > from, bytes[end - 1] == 0x20 { end -= 1 }
    while end > from, case let size = WideBlank.size(before: end, bytes, from: from), size > 0 { end -= size }
    guard end < letter, end > from, bytes[end - 1] &- 0x30 < 10 || bytes[end - 1] == UInt8(ascii: ":") else {
      return nil
    }
    return end
  }

  /// Whether a text is one or two digits in parentheses.
  static func isShortNegative(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard 3...4 ~= to - from, bytes[from] == UInt8(ascii: "("), bytes[to - 1] == UInt8(ascii: ")") else { return false }
    return (from + 1..<to - 1).allSatisfy { bytes[$0] &- 0x30 < 10 } && bytes[from + 1] != 0x30
  }

  /// The marks of each column.
  ///
  /// Numbers of houses have letters too, `15 bis`. Flags are known by what else there is in their column: fractions with
  /// flags, a flag on what is missing, or a year or a period for a name; and in one such column of the file at least, they
  /// stand on no more values than not.
  static func found(in profiles: [ColumnProfile], labels: [String]) -> [NumberMarks] {
    let mayHaveFlags = profiles.indices.map { place in
      let marked = profiles[place].marked
      return marked.flaggedCount + marked.flaggedMissing > 0
        && (marked.hasFlaggedFractions || marked.flaggedMissing > 0
          || HeaderGuess.isTyped(labels[place]) && HeaderGuess.areNames([labels[place]]))
    }
    let haveFlags = profiles.indices.contains {
      mayHaveFlags[$0] && profiles[$0].numberCount >= profiles[$0].marked.flaggedCount
    }
    return profiles.indices.map { place in
      var marks: NumberMarks = []
      let marked = profiles[place].marked
      if marked.shortNegatives > 0, marked.enclosedCount > 0 { marks.insert(.shortNegatives) }
      if haveFlags, mayHaveFlags[place] { marks.insert(.flags) }
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
    guard let cut = NumberMarks.endBeforeFlags(bytes, start, end) else { return false }
    if cut == start + 1, bytes[start] == UInt8(ascii: ":") {
      flaggedMissing += count
      return true
    }
    guard let shape = NumberShape.scan(bytes, start, cut), !shape.hasLeadingZero, !shape.isAccounting else {
      return false
    }
    if flagged.isEmpty { flagged = [Int](repeating: 0, count: NumberShape.Kind.allCases.count) }
    flagged[shape.kind.rawValue] += count
    return true
  }

  /// Takes what was counted over other rows.
  mutating func merge(_ other: MarkedNumbers) {
    enclosedCount += other.enclosedCount
    shortNegatives += other.shortNegatives
    flagged = flagged.isEmpty || other.flagged.isEmpty ? flagged + other.flagged : zip(flagged, other.flagged).map(+)
    flaggedMissing += other.flaggedMissing
  }
}

extension ColumnPlan {
  /// A number without what may stand around it: `€ 1 200,50 HT`, `(3)`, `12 p`.
  ///
  /// - Returns: also whether its sign is among that.
  func bare(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> (start: Int, end: Int, isNegative: Bool) {
    var (start, end) = (from, to)
    if marks.contains(.flags), let cut = NumberMarks.endBeforeFlags(bytes, start, end) { end = cut }
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
