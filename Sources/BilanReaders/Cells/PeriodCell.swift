import BilanColumnar

/// Reads a period as reports write them, in English and in French.
enum PeriodCell {
  /// The period that the trimmed cell `from..<to` writes; nil where it writes none.
  ///
  /// `2019-Q3` `2019Q3` `2019 T3` `2019 - T3` `Q3 2019` `T3-2019` `T 3 2019` `Q3’19` `2019-S1` `H1 2019` `2019-04` `2019M04`
  /// `M04-2019` `04/2019` `2019-avr` `FY2019` `Q1 FY2019`, and in words (`PeriodWords`, `YearWord`). `2018/2019` and
  /// `FY2018/19` are fiscal years where those do not begin in January, and else no periods. A bare year is a number; it is
  /// one of these only where `takesYears`, and a day where `takesDays`.
  static func scan(
    _ bytes: Span<UInt8>, _ from: Int, _ to: Int, firstMonth: Int, takesYears: Bool = false, takesDays: Bool = false
  ) -> Period? {
    guard to - from >= 4, to - from <= 32 || bytes[from] >= 0xD8 else { return nil }
    var index = from
    if bytes[index] &- 0x30 < 10 {
      let start = index
      while index < to, bytes[index] &- 0x30 < 10 { index += 1 }
      let size = index - start
      if size == 4 {
        if firstMonth != 1, let year = yearOfPair(bytes, from, to) {
          return .fiscalYear(year, firstMonth: firstMonth)
        }
        return yearFirst(bytes, start, index, to, takesYears: takesYears, takesDays: takesDays)
      }
      // 1T 2019
      if size == 1, index < to, let period = numberFirst(bytes, start, to) { return period }
      // 04/2019
      guard size <= 2, index < to, bytes[index] == UInt8(ascii: "/") || bytes[index] == UInt8(ascii: "-"),
        to - index == 5, let year = digits(bytes, index + 1, to), let month = digits(bytes, start, index),
        (1...12).contains(month), (1000...2999).contains(year)
      else { return PeriodWords.scan(bytes, from, to) ?? (takesDays ? day(bytes, from, to) : nil) }
      return .month(year, month)
    }
    let letter = bytes[index] & 0xDF
    // `T 3 2019`
    if bytes[index + 1] == 0x20, to - from >= 8, bytes[index + 2] &- 0x30 < 10 {
      return gapAndYear(bytes, index + 3, to).flatMap { part(letter, Int(bytes[index + 2] &- 0x30), of: $0) }
    }
    if bytes[index + 1] &- 0x30 > 9, letter != UInt8(ascii: "F") || bytes[index + 1] & 0xDF != UInt8(ascii: "Y") {
      return NamedDate.month(bytes, from, to) ?? PeriodWords.scan(bytes, from, to)
        ?? YearWord.period(bytes, from, to, firstMonth: firstMonth)
        ?? (takesDays ? NamedDate.date(bytes, from, to).map(Period.day) : nil)
    }
    if letter == UInt8(ascii: "F") {
      guard bytes[index + 1] & 0xDF == UInt8(ascii: "Y") else { return nil }
      return fiscal(bytes, index + 2, to, firstMonth)
    }
    let number = Int(bytes[index + 1] &- 0x30)
    index += 2
    if letter == UInt8(ascii: "M"), index < to, bytes[index] &- 0x30 < 10 {
      // `M04-2019`
      let month = number * 10 + Int(bytes[index] &- 0x30)
      guard (1...12).contains(month), let year = gapAndYear(bytes, index + 1, to) else { return nil }
      return .month(year, month)
    }
    // `Q3’19`
    let mark = bytes[index] == 0x20 ? index + 1 : index
    if case let size = apostropheSize(bytes, mark, to), size > 0, mark + size == to - 2,
      let year = digits(bytes, to - 2, to)
    {
      return part(letter, number, of: ShortYearPivot.usual.year(ofTwoDigits: year))
    }
    let after = index
    skipGaps(bytes, &index, to)
    // `Q1 FY2019`
    if to - index > 5, bytes[index] & 0xDF == UInt8(ascii: "F"), bytes[index + 1] & 0xDF == UInt8(ascii: "Y") {
      index += 2
      skipGaps(bytes, &index, to)
      return fiscalYear(bytes, index, to, firstMonth).flatMap { fiscalPart(letter, number, of: $0, firstMonth) }
    }
    // `S1 2018/2019`
    if firstMonth != 1, index > after, let year = yearOfPair(bytes, index, to) {
      return fiscalPart(letter, number, of: year, firstMonth)
    }
    guard let year = digits(bytes, index, to) else { return nil }
    // `T1-19`
    if to - index == 2, index == after + 1, letter == UInt8(ascii: "T") { return part(letter, number, of: 2000 + year) }
    return to - index == 4 ? part(letter, number, of: year) : nil
  }

  /// The first of two years one after the other, `2018/2019`, `2018 - 2019`, `2018/19` or `2018-19`, which is no month; nil
  /// for anything else.
  static func yearOfPair(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    guard 7...13 ~= to - from, bytes[to - 1] &- 0x30 < 10, let year = digits(bytes, from, from + 4),
      (1000...2998).contains(year)
    else { return nil }
    var index = from + 4
    while index < to, bytes[index] == 0x20 { index += 1 }
    let mark = bytes[index]
    if mark == UInt8(ascii: "/") || mark == UInt8(ascii: "-") {
      index += 1
    } else if index + 2 < to, NumberShape.isMinus(bytes, index) {
      index += 3
    } else {
      return nil
    }
    while index < to, bytes[index] == 0x20 { index += 1 }
    guard let next = digits(bytes, index, to) else { return nil }
    if to - index == 4 { return next == year + 1 ? year : nil }
    guard to - index == 2, next == (year + 1) % 100 else { return nil }
    return mark == UInt8(ascii: "/") || next > 12 || next == 0 ? year : nil
  }

  /// Whether a short text is of a fiscal year or of two years: `Q1 FY2019`, `FY2018/19`, `S1 2018/2019`.
  static func isOfFiscalYear(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    guard 7...20 ~= to - from, fiscalFirsts.contains(bytes[from]) else { return false }
    let isNamed = (from..<to - 4).contains {
      bytes[$0] & 0xDF == UInt8(ascii: "F") && bytes[$0 + 1] & 0xDF == UInt8(ascii: "Y")
    }
    guard isNamed || bytes[from + 1] &- 0x30 < 10, scan(bytes, from, to, firstMonth: 7) != nil else { return false }
    return isNamed || scan(bytes, from, to, firstMonth: 1) == nil
  }

  private static let fiscalFirsts = ByteSet("FQTSHfqtsh".utf8)

  /// What stands behind `FY`: a year, two years one after the other, or a year and a quarter of it.
  private static func fiscal(_ bytes: Span<UInt8>, _ from: Int, _ to: Int, _ firstMonth: Int) -> Period? {
    var index = from
    skipGaps(bytes, &index, to)
    guard index < to, bytes[index] &- 0x30 < 10 else { return nil }
    if let year = fiscalYear(bytes, index, to, firstMonth) { return .fiscalYear(year, firstMonth: firstMonth) }
    // `FY2019 Q1`, `FY2018/19-Q1`
    guard to - index >= 6, bytes[to - 1] &- 0x30 < 10, bytes[to - 2] >= 0x41 else { return nil }
    var end = to - 2
    while end > index, gapSize(bytes, end - 1, to) == 1 { end -= 1 }
    return fiscalYear(bytes, index, end, firstMonth).flatMap {
      fiscalPart(bytes[to - 2] & 0xDF, Int(bytes[to - 1] &- 0x30), of: $0, firstMonth)
    }
  }

  /// `2019`; `2018/19` where fiscal years do not begin in January.
  private static func fiscalYear(_ bytes: Span<UInt8>, _ from: Int, _ to: Int, _ firstMonth: Int) -> Int? {
    guard to - from == 4 else { return firstMonth == 1 ? nil : yearOfPair(bytes, from, to) }
    return digits(bytes, from, to).flatMap { (1000...2999).contains($0) ? $0 : nil }
  }

  /// A quarter or a half of a fiscal year, where it is one of the calendar too.
  private static func fiscalPart(_ letter: UInt8, _ number: Int, of year: Int, _ firstMonth: Int) -> Period? {
    guard let part = part(letter, number, of: year), (firstMonth - 1) % part.kind.monthCount == 0 else { return nil }
    return Period(kind: part.kind, start: part.start.adding(months: firstMonth - 1))
  }

  /// The year of `2009-10`, whose month may as well be the next year; nil for anything else.
  static func yearOfPairLikeMonth(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    guard to - from == 7, bytes[from + 4] == UInt8(ascii: "-"), let year = digits(bytes, from, from + 4),
      let next = digits(bytes, from + 5, to), next == (year + 1) % 100
    else { return nil }
    return year
  }

  private static func numberFirst(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Period? {
    var index = from + 2
    skipGaps(bytes, &index, to)
    guard to - index == 4, let year = digits(bytes, index, to) else { return nil }
    return part(bytes[from + 1] & 0xDF, Int(bytes[from] &- 0x30), of: year)
  }

  private static func yearFirst(
    _ bytes: Span<UInt8>, _ from: Int, _ after: Int, _ to: Int, takesYears: Bool, takesDays: Bool
  ) -> Period? {
    guard let year = digits(bytes, from, after), (1000...2999).contains(year) else {
      return takesDays ? day(bytes, from, to) : nil
    }
    if after == to { return takesYears ? .year(year) : nil }
    var index = after
    let gap = gapSize(bytes, index, to)
    let hasGap = gap > 0
    index += gap
    guard index < to else { return nil }
    if bytes[index] &- 0x30 < 10 {
      // 2019-04, not 2019 04 nor 201904.
      guard hasGap, bytes[after] == UInt8(ascii: "-"), to - index == 2, let month = digits(bytes, index, to),
        (1...12).contains(month)
      else {
        // `2019 1er trimestre`
        return PeriodWords.scan(bytes, index, to, year: year) ?? (takesDays ? day(bytes, from, to) : nil)
      }
      return .month(year, month)
    }
    // `2019 - T1`, `2019, T1`
    skipGaps(bytes, &index, to)
    if index < to, bytes[index] == UInt8(ascii: ",") || bytes[index] == UInt8(ascii: "."), !hasGap {
      index += 1
      skipGaps(bytes, &index, to)
    }
    guard index < to else { return nil }
    if let (month, end) = MonthName.scan(bytes, index, to), end == to { return .month(year, month) }
    if to - index > 3 { return PeriodWords.scan(bytes, index, to, year: year) }
    let letter = bytes[index] & 0xDF
    guard let number = digits(bytes, index + 1, to) else { return nil }
    if letter == UInt8(ascii: "M"), 2...3 ~= to - index, (1...12).contains(number) { return .month(year, number) }
    guard to - index == 2 else { return nil }
    return part(letter, number, of: year)
  }

  static func part(_ letter: UInt8, _ number: Int, of year: Int) -> Period? {
    guard (1000...2999).contains(year) else { return nil }
    switch letter {
    case UInt8(ascii: "Q"), UInt8(ascii: "T"): return (1...4).contains(number) ? .quarter(year, number) : nil
    case UInt8(ascii: "S"), UInt8(ascii: "H"): return (1...2).contains(number) ? .semester(year, number) : nil
    default: return nil
    }
  }

  /// A year of four digits with nothing but a gap before it.
  private static func gapAndYear(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    guard to - from > 4, let year = digits(bytes, to - 4, to), (1000...2999).contains(year) else { return nil }
    var index = from
    skipGaps(bytes, &index, to - 4)
    return index == to - 4 ? year : nil
  }

  /// The size of an apostrophe, `'` or `’`.
  private static func apostropheSize(_ bytes: Span<UInt8>, _ place: Int, _ to: Int) -> Int {
    guard place < to else { return 0 }
    if bytes[place] == UInt8(ascii: "'") { return 1 }
    return place + 2 < to && bytes[place] == 0xE2 && bytes[place + 1] == 0x80 && bytes[place + 2] == 0x99 ? 3 : 0
  }

  private static func day(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Period? {
    guard let shape = DateShape.scan(bytes, from, to) else { return NamedDate.date(bytes, from, to).map(Period.day) }
    return shape.isYearFirst ? shape.date(.yearMonthDay).map(Period.day) : nil
  }

  /// The size of a dash, a blank, a slash or a low line at a place; 0 for anything else.
  private static func gapSize(_ bytes: Span<UInt8>, _ place: Int, _ to: Int) -> Int {
    switch bytes[place] {
    case UInt8(ascii: "-"), UInt8(ascii: " "), UInt8(ascii: "/"), UInt8(ascii: "_"): 1
    // A no-break space, or a narrow one.
    case 0xC2 where place + 1 < to && bytes[place + 1] == 0xA0: 2
    case 0xE2 where place + 2 < to && bytes[place + 1] == 0x80 && bytes[place + 2] == 0xAF: 3
    default: 0
    }
  }

  /// Passes dashes, blanks, slashes and low lines.
  static func skipGaps(_ bytes: Span<UInt8>, _ index: inout Int, _ to: Int) {
    while index < to, case let size = gapSize(bytes, index, to), size > 0 { index += size }
  }

  /// A number of up to `most` digits and nothing else.
  static func digits(_ bytes: Span<UInt8>, _ from: Int, _ to: Int, most: Int = 4) -> Int? {
    guard from < to, to - from <= most else { return nil }
    var value = 0
    for index in from..<to {
      guard bytes[index] &- 0x30 < 10 else { return nil }
      value = value * 10 + Int(bytes[index] &- 0x30)
    }
    return value
  }
}

/// Quarters and semesters in words.
enum PeriodWords {
  /// `1er trimestre 2019` `2e semestre 2018` `3ème trimestre 2019` `premier trimestre 2019` `1st quarter 2019`
  /// `trimestre 1 2019` `second half 2018`; nil for anything else.
  static func scan(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Period? {
    if bytes[from] >= 0xD8 { return ArabicPeriod.scan(bytes, from, to) }
    // The year is last, and stands apart from other digits.
    guard to - from >= 9, to - from <= 32, bytes[to - 4] == 0x31 || bytes[to - 4] == 0x32, bytes[to - 5] &- 0x30 > 9,
      let year = PeriodCell.digits(bytes, to - 4, to)
    else { return nil }
    return scan(bytes, from, to - 4, year: year)
  }

  /// What stands beside a year: `1er trimestre`, `semestre 1`, `T. 1`.
  static func scan(_ bytes: Span<UInt8>, _ from: Int, _ to: Int, year: Int) -> Period? {
    if from < to, bytes[from] >= 0xD8 { return ArabicPeriod.scan(bytes, from, to, year: year) }
    guard namesUnit(bytes, from, to) else { return nil }
    // `Trim1`
    var text = ""
    for character in TextFolding.fold(string(bytes, from, to)) {
      if let last = text.last, last.isLetter, last.isASCII, character.isNumber { text += " " }
      text.append(character)
    }
    let words = TextFolding.handle(of: text).split(separator: "_")
    guard words.count == 2 || words.count == 3 && ["de", "of"].contains(words[2]) else { return nil }
    for (unit, number) in [(words[0], words[1]), (words[1], words[0])] {
      if let letter = letter(unit), let number = self.number(number) {
        return PeriodCell.part(letter, number, of: year)
      }
    }
    return nil
  }

  /// Whether a word begins as units do, or is a letter that stands for one, `1er T`: what most texts are refused by, without
  /// being folded.
  private static func namesUnit(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    func letter(_ index: Int) -> UInt8 { index < to ? bytes[index] | 0x20 : 0x20 }
    for index in from..<to where index == from || bytes[index - 1] < 0x41 {
      switch (letter(index), letter(index + 1), letter(index + 2)) {
      case (UInt8(ascii: "t"), UInt8(ascii: "r"), UInt8(ascii: "i")),
        (UInt8(ascii: "s"), UInt8(ascii: "e"), UInt8(ascii: "m")),
        (UInt8(ascii: "q"), UInt8(ascii: "u"), UInt8(ascii: "a")),
        (UInt8(ascii: "q"), UInt8(ascii: "t"), UInt8(ascii: "r")),
        (UInt8(ascii: "m"), UInt8(ascii: "o"), UInt8(ascii: "i")),
        (UInt8(ascii: "h"), UInt8(ascii: "a"), UInt8(ascii: "l")):
        return true
      case (UInt8(ascii: "t"), 0x20...0x3F, _), (UInt8(ascii: "s"), 0x20...0x3F, _): return true
      default: continue
      }
    }
    return false
  }

  private static func string(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> String {
    String(decoding: (from..<to).map { bytes[$0] }, as: UTF8.self)
  }

  private static func letter(_ word: Substring) -> UInt8? {
    switch word {
    case "trimestre", "trim", "t", "quarter", "qtr": UInt8(ascii: "Q")
    case "semestre", "sem", "s", "semester", "half", "moitie": UInt8(ascii: "S")
    default: nil
    }
  }

  private static func number(_ word: Substring) -> Int? {
    switch word {
    case "1", "1er", "1re", "1ere", "1st", "i", "ier", "premier", "premiere", "first": 1
    case "2", "2e", "2eme", "2nd", "2nde", "ii", "iie", "iieme", "deuxieme", "second", "seconde": 2
    case "3", "3e", "3eme", "3rd", "iii", "iiie", "iiieme", "troisieme", "third": 3
    case "4", "4e", "4eme", "4th", "iv", "ive", "iveme", "quatrieme", "fourth": 4
    default: nil
    }
  }
}
