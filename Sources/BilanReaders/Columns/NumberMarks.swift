import BilanColumnar

/// What stands around the numbers of some columns, where the whole column shows what it means.
struct NumberMarks: OptionSet, Sendable, Hashable {
  let rawValue: UInt8

  /// `(3)`, which alone would be the mark of a footnote: negative where other numbers of the column are, `(150)`.
  static let shortNegatives = NumberMarks(rawValue: 1)
  /// `12 p`, `: c`: letters by which statistical offices say that a value is provisional, estimated, confidential.
  static let flags = NumberMarks(rawValue: 2)
  /// `12*` and `12(1)`, which have a footnote.
  static let footnotes = NumberMarks(rawValue: 4)
  /// `12 ha`, all in one unit.
  static let measures = NumberMarks(rawValue: 8)
  /// Numbers without a sign that are percentages as others are: `85` beside `92,5 %` under `Taux (%)`.
  static let percents = NumberMarks(rawValue: 16)
  /// `~120`, `env. 50`
  static let approximate = NumberMarks(rawValue: 32)

  /// What stands behind a number and is no letter of a statistical office.
  enum Footnote {
    /// Up to three asterisks.
    case stars
    /// `(1)`, `[a]` or `¹`
    case reference
    /// `(p)`, `prov.`
    case status
  }

  /// The letters of Eurostat and of the SDMX code list of observation statuses.
  private static let letters = Set("bcdefinprsuz".utf8)
  /// What is made of them, and measures, counts or numbers.
  private static let words: Set<Int> = Set(
    ["in", "sec", "pc", "pcs", "pce", "dz", "bis", "pp"].map { word in
      word.utf8.reduce(0) { $0 * 256 + Int($1) }
    })

  /// Where a value ends before its flags, of which there are up to three after a blank, and where these begin; nil where
  /// there are none.
  static func placeOfFlags(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> (end: Int, start: Int)? {
    var end = to
    while end > from, to - end < 3, letters.contains(bytes[end - 1]) { end -= 1 }
    guard end < to else { return nil }
    let letter = end
    end = FieldText.skippingBlanks(before: end, bytes, from)
    guard end < letter || to - letter == 1 && mayBeAttached(bytes, from, before: letter), end > from,
      bytes[end - 1] &- 0x30 < 10 || bytes[end - 1] == UInt8(ascii: ":")
    else {
      return nil
    }
    if to - letter > 1, words.contains((letter..<to).reduce(0) { $0 * 256 + Int(bytes[$1]) }) { return nil }
    return (end, letter)
  }

  /// Whether a flag may stand right behind a number: behind a year, `2020e`, or what is provisional, estimated or revised
  /// behind a fraction, `12,5p`.
  private static func mayBeAttached(_ bytes: Span<UInt8>, _ from: Int, before letter: Int) -> Bool {
    if isYear(bytes, from, before: letter) { return true }
    guard MarkedNumbers.Letters.ofYears.contains(MarkedNumbers.Letters(bytes[letter])) else { return false }
    var point = letter
    while point > from, bytes[point - 1] &- 0x30 < 10 { point -= 1 }
    return 1...3 ~= letter - point && point - from > 1 && bytes[point - 2] &- 0x30 < 10
      && (bytes[point - 1] == UInt8(ascii: ",") || bytes[point - 1] == UInt8(ascii: "."))
  }

  /// Whether four digits that stand alone are a year: `2020` of `2020e`.
  private static func isYear(_ bytes: Span<UInt8>, _ from: Int, before end: Int) -> Bool {
    guard end - from >= 4, end - from == 4 || bytes[end - 5] &- 0x30 > 9,
      let year = PeriodCell.digits(bytes, end - 4, end)
    else { return false }
    return (1900...2099).contains(year)
  }

  /// Where a value ends before the mark of a footnote, up to three asterisks, `(1)`, `[a]` or `¹`, or before a
  /// word for how sure it is; nil where there is none, or no digit before it.
  static func endBeforeFootnote(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> (end: Int, kind: Footnote)? {
    var end = to
    while end > from, bytes[end - 1] == UInt8(ascii: "*") { end -= 1 }
    var kind = Footnote.stars
    var mayHaveBlank = true
    if end == to, case let size = StatusWord.size(bytes, from, to), size > 0 {
      (end, kind) = (to - size, .status)
    } else if end == to {
      guard case let size = referenceSize(bytes, from, to), size > 0 else { return nil }
      (end, kind) = (to - size, .reference)
      // `45 (12)` is a number and its share.
      mayHaveBlank = size < 4
    } else if to - end > 3 {
      return nil
    }
    let mark = end
    while end > from, bytes[end - 1] == 0x20 { end -= 1 }
    if kind == .status { end = FieldText.skippingBlanks(before: end, bytes, from) }
    guard end > from, bytes[end - 1] &- 0x30 < 10, mayHaveBlank || end == mark else { return nil }
    return (end, kind)
  }

  /// The size of `(1)`, `(12)`, `[a]` or of a raised digit at the end of a text.
  private static func referenceSize(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    guard to - from >= 3 else { return 0 }
    // `¹`, `²`, `³`
    if bytes[to - 2] == 0xC2, [0xB9, 0xB2, 0xB3].contains(bytes[to - 1]) { return 2 }
    let open: UInt8
    switch bytes[to - 1] {
    case UInt8(ascii: ")"): open = UInt8(ascii: "(")
    case UInt8(ascii: "]"): open = UInt8(ascii: "[")
    default: return 0
    }
    func isDigit(_ place: Int) -> Bool { bytes[place] &- 0x30 < 10 }
    if to - from >= 4, bytes[to - 3] == open {
      return isDigit(to - 2) || (0x61...0x7A).contains(bytes[to - 2]) ? 3 : 0
    }
    return to - from >= 5 && bytes[to - 4] == open && isDigit(to - 2) && isDigit(to - 3) ? 4 : 0
  }

  /// `Taux (%)`, `Pourcentage de femmes`
  private static func namesPercentages(_ label: String) -> Bool {
    if label.contains("%") { return true }
    return TextFolding.handle(of: label).split(separator: "_").contains {
      ["pourcentage", "pourcentages", "percentage", "percent", "pct"].contains($0)
    }
  }

  /// `Écart`, `Solde`: what is as often negative as not.
  private static func namesDifferences(_ label: String) -> Bool {
    TextFolding.handle(of: label).split(separator: "_").contains {
      [
        "balance", "change", "deficit", "difference", "ecart", "ecarts", "evolution", "gap", "net", "resultat", "solde",
        "surplus", "variance", "variation",
      ].contains($0)
    }
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
  /// stand on no more values than not. Else they are single letters behind fractions, several kinds of them in the column
  /// or in those that are known, or the letter for what is provisional or estimated alone; and such letters behind years.
  /// Marks of footnotes are such where most numbers have none: asterisks behind all numbers of a column hide digits. Units
  /// are read where every value has the same one.
  static func found(in profiles: [ColumnProfile], labels: [String]) -> [NumberMarks] {
    let areFew = profiles.map { $0.numberCount >= $0.marked.flaggedCount }
    func isUnderTime(_ place: Int) -> Bool {
      HeaderGuess.isTyped(labels[place]) && HeaderGuess.areNames([labels[place]])
    }
    let haveSign = profiles.indices.map { place in
      let marked = profiles[place].marked
      return marked.flaggedMissing > 0 || marked.flaggedCount > 0 && isUnderTime(place)
    }
    // The last year may be provisional as a whole.
    let times = haveSign.contains(true) ? profiles.indices.filter(isUnderTime) : []
    let areFewUnderTimes =
      times.reduce(0) { $0 + profiles[$1].numberCount } >= times.reduce(0) { $0 + profiles[$1].marked.flaggedCount }
    let isOfFlags = profiles.indices.contains { haveSign[$0] && (areFew[$0] || areFewUnderTimes && isUnderTime($0)) }
    // The letters of the columns that are known to have flags.
    let known = profiles.indices.reduce(MarkedNumbers.Letters()) { letters, place in
      isOfFlags && haveSign[place] ? letters.union(profiles[place].marked.letters) : letters
    }
    let mayHaveFlags = profiles.indices.map { place in
      let marked = profiles[place].marked
      // A letter right behind a number is a size, `12.5p`, but under a year.
      if marked.attachedCount > 0, !isUnderTime(place) { return false }
      if haveSign[place] { return isOfFlags }
      // `2019 p` among years.
      if marked.flaggedCount > 0, marked.flaggedCount == marked.flaggedYears,
        profiles[place].numberCount + marked.statusCount > 0,
        profiles[place].yearCount == profiles[place].numberCount, !marked.hasLongFlags,
        marked.letters.isSubset(of: .ofYears)
      {
        return true
      }
      guard marked.hasFlaggedFractions, !marked.hasLongFlags, areFew[place] else { return false }
      return marked.letters.union(known).hasSeveral || marked.letters.isSubset(of: .alone)
    }
    return profiles.indices.map { place in
      var marks: NumberMarks = []
      let marked = profiles[place].marked
      // `(12)` may also be the mark of a footnote, of which there are few so long.
      if marked.shortNegatives > 0,
        marked.enclosedCount > 0 || marked.shortNegatives > 1 && marked.twoDigitNegatives > 0
          || namesDifferences(labels[place])
      {
        marks.insert(.shortNegatives)
      }
      if mayHaveFlags[place] { marks.insert(.flags) }
      let (others, times) = (marked.footnotedCount - marked.statusCount, profiles[place].periods)
      if marked.footnotedCount > 0, others == 0 || profiles[place].numberCount >= marked.footnotedCount {
        marks.insert(.footnotes)
      }
      if times.marked > 0, times.footnoted == 0 || times.count >= times.footnoted { marks.insert(.footnotes) }
      if times.flagged > 0 { marks.insert(.flags) }
      let isNamedCode = CodeName(label: labels[place], handle: TextFolding.handle(of: labels[place])) == .plain
      if marked.measureUnit != nil, !isNamedCode,
        marked.measuredCount + profiles[place].zeroCount == profiles[place].valueCount
      {
        marks.insert(.measures)
      }
      if marked.approximateCount > 0, !isNamedCode { marks.insert(.approximate) }
      if profiles[place].mayBePercentages, namesPercentages(labels[place]) { marks.insert(.percents) }
      return marks
    }
  }
}
