import BilanColumnar

/// Days and periods in spellings that may as well be a number or a code, so that the name of their column, or its other
/// values, must say what they are.
enum DoubtfulTime {
  /// `20190312`
  static func compactDay(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> CalendarDate? {
    guard to - from == 8, let number = digits(bytes, from, to), years.contains(number / 10_000) else { return nil }
    return CalendarDate(year: number / 10_000, month: number / 100 % 100, day: number % 100)
  }

  /// `12032019`, and `2032019` where a spreadsheet took the zero away. No day is written so with the year first, as no
  /// month is 19 or 20.
  static func compactDayFirst(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> CalendarDate? {
    guard to - from == 8 || to - from == 7, let number = digits(bytes, from, to), years.contains(number % 10_000) else {
      return nil
    }
    return CalendarDate(year: number % 10_000, month: number / 10_000 % 100, day: number / 1_000_000)
  }

  /// `201903`
  static func compactMonth(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Period? {
    guard to - from == 6, let number = digits(bytes, from, to), years.contains(number / 100),
      (1...12).contains(number % 100)
    else { return nil }
    return .month(number / 100, number % 100)
  }

  /// `2019/03`; of some years a month is written as the years of two digits that follow are: `2009/10`.
  static func slashMonth(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Period? {
    guard to - from == 7, bytes[from + 4] == UInt8(ascii: "/"), let year = digits(bytes, from, from + 4),
      let month = digits(bytes, from + 5, to), years.contains(year), (1...12).contains(month)
    else { return nil }
    return .month(year, month)
  }

  /// `2019.03` and `03.2019`, which are numbers as well.
  static func dottedMonth(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Period? {
    guard to - from == 7 else { return nil }
    let isYearFirst = bytes[from + 4] == UInt8(ascii: ".")
    guard isYearFirst || bytes[from + 2] == UInt8(ascii: "."),
      let year = isYearFirst ? digits(bytes, from, from + 4) : digits(bytes, from + 3, to),
      let month = isYearFirst ? digits(bytes, from + 5, to) : digits(bytes, from, from + 2), years.contains(year),
      (1...12).contains(month)
    else { return nil }
    return .month(year, month)
  }

  /// `43536`, the days that spreadsheets count from the end of 1899.
  static func serialDay(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> CalendarDate? {
    guard to - from == 5, let number = digits(bytes, from, to), (20_000...60_000).contains(number) else { return nil }
    return CalendarDate(days: number - 25_569)
  }

  /// `Q1-19` `S1 19` `H2/19` `1T19` `2S 19` `FY19` `janvier 19` `Jan 19` `1er trim. 19`
  static func shortPeriod(_ bytes: Span<UInt8>, _ from: Int, _ to: Int, firstMonth: Int) -> Period? {
    guard to - from >= 4, to - from <= 20, let year = digits(bytes, to - 2, to), bytes[to - 3] &- 0x30 > 9 else {
      return nil
    }
    let fullYear = ShortYearPivot.usual.year(ofTwoDigits: year)
    var index = from
    let (first, second) = (bytes[from], bytes[from + 1])
    if first & 0xDF == UInt8(ascii: "F"), second & 0xDF == UInt8(ascii: "Y") {
      index = from + 2
      PeriodCell.skipGaps(bytes, &index, to - 2)
      return index == to - 2 ? .fiscalYear(fullYear, firstMonth: firstMonth) : nil
    }
    if first &- 0x30 < 10 || second &- 0x30 < 10 {
      let (letter, digit) = first &- 0x30 < 10 ? (second, first) : (first, second)
      index = from + 2
      // Between a digit and the year there is a gap: `Q119` is a code.
      PeriodCell.skipGaps(bytes, &index, to - 2)
      guard index == to - 2 || bytes[to - 3] == 0x20, index > from + 2 || first &- 0x30 < 10 else { return nil }
      if index < to - 2 { return PeriodWords.scan(bytes, from, to - 2, year: fullYear) }
      return PeriodCell.part(letter & 0xDF, Int(digit &- 0x30), of: fullYear)
    }
    guard let (month, end) = MonthName.scan(bytes, from, to) else { return nil }
    index = end
    PeriodCell.skipGaps(bytes, &index, to - 2)
    return index == to - 2 && index > end ? .month(fullYear, month) : nil
  }

  /// A column with later ones is more likely of other numbers, or its days and months are none that can be relied upon.
  private static let years = 1900...2049

  private static func digits(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    PeriodCell.digits(bytes, from, to, most: 8)
  }
}
