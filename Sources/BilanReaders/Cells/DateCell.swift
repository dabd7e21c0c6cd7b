import BilanColumnar

/// In which order the parts of a date stand.
package enum DateOrder: String, Sendable, Hashable {
  case yearMonthDay = "yyyy-mm-dd"
  case dayMonthYear = "dd/mm/yyyy"
  case monthDayYear = "mm/dd/yyyy"
}

/// The three numbers of a date as written, before their order is decided.
struct DateShape {
  var first: Int
  var second: Int
  var third: Int
  /// `2019-04-15`; else the year is last.
  var isYearFirst: Bool
  var separator: UInt8
  var hasTwoDigitYear: Bool
  /// A time of day that is not midnight.
  var hasTimeOfDay: Bool

  /// The shape of the trimmed cell `from..<to`: three numbers with the same `-`, `/` or `.` between, and perhaps a
  /// time (`T00:00:00`, ` 10:30`); nil for anything else.
  ///
  /// - Parameter takesShortDotted: whether `12.3.19` is a date, too, which may be the number of a chapter.
  static func scan(_ bytes: Span<UInt8>, _ from: Int, _ to: Int, takesShortDotted: Bool = false) -> DateShape? {
    guard to - from >= 6, bytes[from] &- 0x30 < 10 else { return nil }
    var index = from
    let (first, firstSize) = number(bytes, &index, to)
    guard index < to else { return nil }
    let separator = bytes[index]
    guard separator == UInt8(ascii: "-") || separator == UInt8(ascii: "/") || separator == UInt8(ascii: ".")
    else { return nil }
    index += 1
    let (second, secondSize) = number(bytes, &index, to)
    guard index < to, bytes[index] == separator, secondSize == 1 || secondSize == 2 else { return nil }
    index += 1
    let (third, thirdSize) = number(bytes, &index, to)
    let isYearFirst = firstSize == 4
    if isYearFirst {
      guard thirdSize == 1 || thirdSize == 2 else { return nil }
    } else {
      guard firstSize == 1 || firstSize == 2 else { return nil }
      guard
        thirdSize == 4
          || (thirdSize == 2 && (separator != UInt8(ascii: ".") || firstSize + secondSize == 4 || takesShortDotted))
      else { return nil }
    }
    var hasTime = false
    if index < to {
      guard let time = TimeOfDay.scan(bytes, index, to) else { return nil }
      hasTime = time != 0
    }
    return DateShape(
      first: first, second: second, third: third, isYearFirst: isYearFirst, separator: separator,
      hasTwoDigitYear: !isYearFirst && thirdSize == 2, hasTimeOfDay: hasTime)
  }

  /// Whether a text that is no date is three whole numbers with the same mark between, the second of which is neither a day
  /// nor a month: no slip makes a date so.
  static func isNumbered(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var index = from
    var mark: UInt8 = 0
    for part in 0..<3 {
      let start = index
      let (value, size) = number(bytes, &index, to)
      guard index > start, part != 1 || size > 2 || value > 31 else { return false }
      if part == 2 { break }
      guard index < to, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "/"),
        part == 0 || bytes[index] == mark
      else { return false }
      mark = bytes[index]
      index += 1
    }
    return index == to
  }

  /// The day in the given order; nil where the calendar has none, or the year is not where the order has it.
  @inline(__always)
  func date(_ order: DateOrder, pivot: ShortYearPivot = .usual) -> CalendarDate? {
    if isYearFirst { return CalendarDate(year: first, month: second, day: third) }
    let year = hasTwoDigitYear ? pivot.year(ofTwoDigits: third) : third
    return switch order {
    case .yearMonthDay:
      hasTwoDigitYear ? CalendarDate(year: pivot.year(ofTwoDigits: first), month: second, day: third) : nil
    case .dayMonthYear: CalendarDate(year: year, month: second, day: first)
    case .monthDayYear: CalendarDate(year: year, month: first, day: second)
    }
  }

  @inline(__always)
  private static func number(_ bytes: Span<UInt8>, _ index: inout Int, _ to: Int) -> (value: Int, size: Int) {
    var value = 0
    let start = index
    while index < to, index - start < 5, bytes[index] &- 0x30 < 10 {
      value = value * 10 + Int(bytes[index] &- 0x30)
      index += 1
    }
    return (value, index - start)
  }
}

/// The time after a date: read only to know that it is one, and whether it is midnight.
enum TimeOfDay {
  /// Hours, minutes and seconds added up, so that 0 is midnight; nil where the bytes are no time.
  ///
  /// `T10:30` ` 10:30:00` `, 10:30` ` à 14h30` ` at 2:30 PM` ` - 14h`
  static func scan(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    guard var index = endOfLink(bytes, from, to) else { return nil }
    var sum = 0
    var parts = 0
    var hasHour = false
    while parts < 3 {
      if hasHour, index == to { break }
      guard index + 1 < to || (parts == 0 && index < to), bytes[index] &- 0x30 < 10 else { return nil }
      var value = Int(bytes[index] &- 0x30)
      index += 1
      if index < to, bytes[index] &- 0x30 < 10 {
        value = value * 10 + Int(bytes[index] &- 0x30)
        index += 1
      }
      guard value < (parts == 0 ? 25 : 61) else { return nil }
      sum += value
      parts += 1
      if parts == 1, let after = endOfHour(bytes, index, to) {
        (hasHour, index) = (true, after)
        continue
      }
      guard index < to, bytes[index] == UInt8(ascii: ":") else { break }
      index += 1
    }
    guard parts >= 2 || hasHour else { return nil }
    if index < to, bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ",") {
      index += 1
      while index < to, bytes[index] &- 0x30 < 10 {
        sum += Int(bytes[index] &- 0x30)
        index += 1
      }
    }
    // `2:05 PM`
    var half = index
    if half < to { half += bytes[half] == 0x20 ? 1 : WideBlank.size(at: half, bytes, to: to) }
    if half + 1 < to, bytes[half + 1] | 0x20 == UInt8(ascii: "m"), half + 2 == to || bytes[half + 2] == 0x20 {
      let letter = bytes[half] | 0x20
      guard letter == UInt8(ascii: "a") || letter == UInt8(ascii: "p") else { return nil }
      // 12 AM is midnight, and no other hour of the morning is.
      sum = letter == UInt8(ascii: "a") && sum == 12 ? 0 : max(sum, 1)
      index = half + 2
    }
    // A zone: `Z`, `UTC`, `UTC+1`, `GMT`, `+02:00`, ` -0500`. The day stays the one written.
    while index < to {
      switch bytes[index] {
      case 0x30...0x39, UInt8(ascii: ":"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "Z"), UInt8(ascii: " "),
        UInt8(ascii: "U"), UInt8(ascii: "T"), UInt8(ascii: "C"), UInt8(ascii: "G"), UInt8(ascii: "M"),
        UInt8(ascii: "E"), UInt8(ascii: "S"), UInt8(ascii: "W"):
        index += 1
      // `GMT+0100 (heure normale d’Europe centrale)`
      case UInt8(ascii: "(") where bytes[to - 1] == UInt8(ascii: ")"): return sum
      default: return nil
      }
      if index - from > 40 { return nil }
    }
    return sum
  }
}

extension TimeOfDay {
  /// Where a time begins behind a `T`, or behind blanks with a comma, a dash or a word among them; nil where there is none.
  private static func endOfLink(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    if bytes[from] == UInt8(ascii: "T") { return from + 1 }
    var index = FieldText.skippingBlanks(bytes, bytes[from] == UInt8(ascii: ",") ? from + 1 : from, to)
    guard index > from, index < to else { return nil }
    switch bytes[index] {
    case 0x30...0x39: return index
    case UInt8(ascii: "-"): index += 1
    case UInt8(ascii: "a") where index + 1 < to && bytes[index + 1] == UInt8(ascii: "t"): index += 2
    case 0xC3 where index + 1 < to && bytes[index + 1] == 0xA0: index += 2
    default: return nil
    }
    let end = FieldText.skippingBlanks(bytes, index, to)
    return end > index && end < to ? end : nil
  }

  /// Where what stands behind the letter of hours begins, `14h30` or `14 h 30`; nil where there is no such letter.
  private static func endOfHour(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    var index = from
    if index < to, bytes[index] == 0x20 { index += 1 }
    guard index < to, bytes[index] | 0x20 == UInt8(ascii: "h") else { return nil }
    index += 1
    if index < to, bytes[index] == 0x20 { index += 1 }
    return index
  }
}

/// A date format that a descriptor declares: `%d/%m/%Y`.
package struct DatePattern: Sendable, Hashable {
  private enum Part: Hashable {
    case year, shortYear, month, day, ignoredNumber
    case literal(UInt8)
  }

  private let parts: [Part]

  /// Reads a strftime pattern of `%Y` `%y` `%m` `%d` `%H` `%M` `%S` and literals; nil where it has another or lacks a
  /// part of the date.
  package init?(_ pattern: String) {
    var parts: [Part] = []
    var bytes = Array(pattern.utf8)[...]
    while let byte = bytes.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        parts.append(.literal(byte))
        continue
      }
      switch bytes.popFirst() {
      case UInt8(ascii: "Y"): parts.append(.year)
      case UInt8(ascii: "y"): parts.append(.shortYear)
      case UInt8(ascii: "m"): parts.append(.month)
      case UInt8(ascii: "d"), UInt8(ascii: "e"): parts.append(.day)
      case UInt8(ascii: "H"), UInt8(ascii: "M"), UInt8(ascii: "S"): parts.append(.ignoredNumber)
      case UInt8(ascii: "%"): parts.append(.literal(UInt8(ascii: "%")))
      default: return nil
      }
    }
    guard parts.contains(.year) || parts.contains(.shortYear), parts.contains(.month), parts.contains(.day)
    else { return nil }
    self.parts = parts
  }

  /// The day that the trimmed cell `from..<to` writes in this pattern.
  func date(
    _ bytes: Span<UInt8>, _ from: Int, _ to: Int, pivot: ShortYearPivot = .usual
  ) -> CalendarDate? {
    var index = from
    var (year, month, day) = (0, 0, 0)
    for part in parts {
      if case .literal(let byte) = part {
        guard index < to, bytes[index] == byte else { return nil }
        index += 1
        continue
      }
      var value = 0
      var size = 0
      while index < to, size < (part == .year ? 4 : 2), bytes[index] &- 0x30 < 10 {
        value = value * 10 + Int(bytes[index] &- 0x30)
        index += 1
        size += 1
      }
      // A year of two digits would be one of the first century.
      guard size > 0, part != .year || size == 4 else { return nil }
      switch part {
      case .year: year = value
      case .shortYear: year = pivot.year(ofTwoDigits: value)
      case .month: month = value
      case .day: day = value
      default: break
      }
    }
    return index == to ? CalendarDate(year: year, month: month, day: day) : nil
  }
}
