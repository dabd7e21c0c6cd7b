import BilanColumnar

/// Dates and months that are written with the month's name.
enum NamedDate {
  /// The day that the trimmed cell `from..<to` writes; nil where it writes none.
  ///
  /// `3 janvier 2019` `1er mars 2020` `lundi 3 janvier 2019` `12-Mar-2019` `12 mars 19` `March 3, 2019` `Mar 3rd 2019`
  /// `Mar 12, 2019 9:45:00 AM`
  static func date(
    _ bytes: Span<UInt8>, _ from: Int, _ to: Int, pivot: ShortYearPivot = .usual
  ) -> CalendarDate? {
    // A digit is last, or the end of a time: `PM`, `14h`, `GMT`, `(CET)`.
    guard to - from >= 8, to - from <= 80, isDigit(bytes[to - 1]) || lasts.contains(bytes[to - 1]) else { return nil }
    var index = from
    if !isDigit(bytes[index]) {
      if let date = monthFirst(bytes, from, to) { return date }
      guard let day = Weekday.end(bytes, from, to) else { return nil }
      if let date = monthFirst(bytes, day, to) { return date }
      guard isDigit(bytes[day]) else { return nil }
      index = day
    }
    guard let day = number(bytes, &index, to, most: 2) else { return nil }
    // `12mar2019`, as Stata writes days.
    if let (month, end) = MonthName.scan(bytes, index, to), end - index == 3, to - end == 4,
      let year = year(bytes, end, to)
    {
      return CalendarDate(year: year, month: month, day: day)
    }
    skipOrdinal(bytes, &index, to)
    guard skipGap(bytes, &index, to), let (month, end) = MonthName.scan(bytes, index, to) else { return nil }
    index = end
    guard skipGap(bytes, &index, to) else { return nil }
    guard let year = year(bytes, index, yearEnd(bytes, index, to), pivot) else { return nil }
    return CalendarDate(year: year, month: month, day: day)
  }

  /// Where a year ends that may have a time behind it, `2019 10:30`, which is dropped as from other dates.
  private static func yearEnd(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    guard to - from > 5, !isDigit(bytes[from + 4]) else { return to }
    return TimeOfDay.scan(bytes, from + 4, to) == nil ? to : from + 4
  }

  private static let lasts = ByteSet("mMhHZTC)".utf8)

  /// Whether a date has a time behind it.
  static func hasTime(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    (from..<to).contains {
      bytes[$0] == UInt8(ascii: ":")
        || $0 > from && bytes[$0] | 0x20 == UInt8(ascii: "h") && (isDigit(bytes[$0 - 1]) || bytes[$0 - 1] == 0x20)
          && ($0 + 1 == to || isDigit(bytes[$0 + 1]) || bytes[$0 + 1] == 0x20)
    }
  }

  /// `March 3, 2019`
  private static func monthFirst(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> CalendarDate? {
    guard let (month, end) = MonthName.scan(bytes, from, to) else { return nil }
    var index = end
    guard skipGap(bytes, &index, to), let day = number(bytes, &index, to, most: 2) else { return nil }
    skipOrdinal(bytes, &index, to)
    if index < to, bytes[index] == UInt8(ascii: ",") { index += 1 }
    guard skipGap(bytes, &index, to), case let end = yearEnd(bytes, index, to), end - index == 4,
      let year = year(bytes, index, end)
    else { return nil }
    return CalendarDate(year: year, month: month, day: day)
  }

  /// The month that the trimmed cell `from..<to` writes: `janvier 2019` `janv. 2019` `janv.-19` `Jan-19` `mars/2020`.
  static func month(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Period? {
    guard to - from >= 6, to - from <= 40, isDigit(bytes[to - 1]), !isDigit(bytes[from]),
      let (month, end) = MonthName.scan(bytes, skippingMonth(bytes, from, to), to)
    else { return nil }
    var index = end
    guard skipGap(bytes, &index, to), let year = year(bytes, index, to) else { return nil }
    // Two digits after a blank may be a day: `mars 19`.
    if to - index == 2, bytes[index - 1] == 0x20 { return nil }
    return .month(year, month)
  }

  /// Where a name begins behind the word for months: `mois de janvier 2019`, `Mois d’août 2019`, `شهر يناير 2019`.
  private static func skippingMonth(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    guard bytes[from] | 0x20 == UInt8(ascii: "m") || bytes[from] == 0xD8 else { return from }
    for word in monthWords where word.count < to - from {
      if (1..<word.count).allSatisfy({ bytes[from + $0] == word[$0] }) { return from + word.count }
    }
    return from
  }

  private static let monthWords = ["mois de ", "mois d'", "mois d’", "month of ", "شهر "].map { Array($0.utf8) }

  /// Blanks, a dash or a slash; false where there is none.
  private static func skipGap(_ bytes: Span<UInt8>, _ index: inout Int, _ to: Int) -> Bool {
    let start = index
    while index < to {
      switch bytes[index] {
      case 0x20, UInt8(ascii: "-"), UInt8(ascii: "/"): index += 1
      case 0xC2 where index + 1 < to && bytes[index + 1] == 0xA0: index += 2
      default: return index > start && index - start <= 3
      }
    }
    return false
  }

  /// `1er`, `2nd`, `3rd`, `4th`.
  private static func skipOrdinal(_ bytes: Span<UInt8>, _ index: inout Int, _ to: Int) {
    guard index + 2 < to else { return }
    let pair = (bytes[index] | 0x20, bytes[index + 1] | 0x20)
    let isOrdinal =
      pair == (UInt8(ascii: "e"), UInt8(ascii: "r")) || pair == (UInt8(ascii: "s"), UInt8(ascii: "t"))
      || pair == (UInt8(ascii: "n"), UInt8(ascii: "d")) || pair == (UInt8(ascii: "r"), UInt8(ascii: "d"))
      || pair == (UInt8(ascii: "t"), UInt8(ascii: "h"))
    // A no-break space is no letter.
    if isOrdinal, !FieldText.isLetter(bytes[index + 2]) || bytes[index + 2] == 0xC2 { index += 2 }
  }

  private static func number(_ bytes: Span<UInt8>, _ index: inout Int, _ to: Int, most: Int) -> Int? {
    var value = 0
    let start = index
    while index < to, index - start < most, isDigit(bytes[index]) {
      value = value * 10 + Int(bytes[index] &- 0x30)
      index += 1
    }
    return index > start ? value : nil
  }

  /// A year of four or of two digits up to the end of the cell.
  private static func year(
    _ bytes: Span<UInt8>, _ from: Int, _ to: Int, _ pivot: ShortYearPivot = .usual
  ) -> Int? {
    var index = from
    guard let value = number(bytes, &index, to, most: 4), index == to else { return nil }
    switch to - from {
    case 4: return (1000...2999).contains(value) ? value : nil
    case 2: return pivot.year(ofTwoDigits: value)
    default: return nil
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
}
