import BilanColumnar

/// Reads a period as reports write them, in English and in French.
enum PeriodCell {
  /// The period that the trimmed cell `from..<to` writes; nil where it writes none.
  ///
  /// `2019-Q3` `2019Q3` `2019 T3` `Q3 2019` `T3-2019` `2019-S1` `H1 2019` `2019-04` `2019M04` `04/2019` `FY2019`.
  /// A bare year is a number; it is one of these only where `takesYears`, and a day where `takesDays`.
  static func scan(
    _ bytes: Span<UInt8>, _ from: Int, _ to: Int, firstMonth: Int, takesYears: Bool = false, takesDays: Bool = false
  ) -> Period? {
    guard to - from >= 4, to - from <= 32 else { return nil }
    var index = from
    if bytes[index] &- 0x30 < 10 {
      let start = index
      while index < to, bytes[index] &- 0x30 < 10 { index += 1 }
      let size = index - start
      if size == 4 { return yearFirst(bytes, start, index, to, takesYears: takesYears, takesDays: takesDays) }
      // 04/2019
      guard size <= 2, index < to, bytes[index] == UInt8(ascii: "/") || bytes[index] == UInt8(ascii: "-"),
        to - index == 5, let year = digits(bytes, index + 1, to), let month = digits(bytes, start, index),
        (1...12).contains(month), (1000...2999).contains(year)
      else { return takesDays ? day(bytes, from, to) : nil }
      return .month(year, month)
    }
    let letter = bytes[index] & 0xDF
    if letter == UInt8(ascii: "F") {
      guard bytes[index + 1] & 0xDF == UInt8(ascii: "Y") else { return nil }
      index += 2
      while index < to, isGap(bytes[index]) { index += 1 }
      guard to - index == 4, let year = digits(bytes, index, to) else { return nil }
      return .fiscalYear(year, firstMonth: firstMonth)
    }
    let number = Int(bytes[index + 1] &- 0x30)
    index += 2
    while index < to, isGap(bytes[index]) { index += 1 }
    guard to - index == 4, let year = digits(bytes, index, to) else { return nil }
    return part(letter, number, of: year)
  }

  private static func yearFirst(
    _ bytes: Span<UInt8>, _ from: Int, _ after: Int, _ to: Int, takesYears: Bool, takesDays: Bool
  ) -> Period? {
    guard let year = digits(bytes, from, after), (1000...2999).contains(year) else { return nil }
    if after == to { return takesYears ? .year(year) : nil }
    var index = after
    let hasGap = isGap(bytes[index])
    if hasGap { index += 1 }
    guard index < to else { return nil }
    if bytes[index] &- 0x30 < 10 {
      // 2019-04, not 2019 04 nor 201904.
      guard hasGap, bytes[after] == UInt8(ascii: "-"), to - index == 2, let month = digits(bytes, index, to),
        (1...12).contains(month)
      else { return takesDays ? day(bytes, from, to) : nil }
      return .month(year, month)
    }
    let letter = bytes[index] & 0xDF
    guard let number = digits(bytes, index + 1, to) else { return nil }
    if letter == UInt8(ascii: "M"), to - index == 3, (1...12).contains(number) { return .month(year, number) }
    guard to - index == 2 else { return nil }
    return part(letter, number, of: year)
  }

  private static func part(_ letter: UInt8, _ number: Int, of year: Int) -> Period? {
    guard (1000...2999).contains(year) else { return nil }
    switch letter {
    case UInt8(ascii: "Q"), UInt8(ascii: "T"): return (1...4).contains(number) ? .quarter(year, number) : nil
    case UInt8(ascii: "S"), UInt8(ascii: "H"): return (1...2).contains(number) ? .semester(year, number) : nil
    default: return nil
    }
  }

  private static func day(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Period? {
    guard let shape = DateShape.scan(bytes, from, to), shape.isYearFirst else { return nil }
    return shape.date(.yearMonthDay).map(Period.day)
  }

  private static func isGap(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "_")
  }

  private static func digits(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    guard from < to, to - from <= 4 else { return nil }
    var value = 0
    for index in from..<to {
      guard bytes[index] &- 0x30 < 10 else { return nil }
      value = value * 10 + Int(bytes[index] &- 0x30)
    }
    return value
  }
}
