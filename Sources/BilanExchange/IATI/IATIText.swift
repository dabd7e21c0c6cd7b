import BilanColumnar
import BilanReaders

/// Texts of IATI as cells.
enum IATIText {
  /// Without blanks around.
  static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !isBlank($0) }),
      let last = scalars.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(scalars[first...last])
  }

  /// On one line: an indented narrative has line ends that mean nothing.
  static func oneLine(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var hasGap = false
    for scalar in text.unicodeScalars {
      if isBlank(scalar) {
        hasGap = !result.isEmpty
      } else {
        if hasGap { result.append(" ") }
        hasGap = false
        result.append(scalar)
      }
    }
    return String(result)
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value <= 0x20 || scalar.value == 0xA0 || scalar.value == 0xFEFF
  }

  /// A day as `2019-04-15`, from a date that may have a time or a zone behind it; as it is written where it is none.
  static func date(_ text: String?) -> String? {
    guard let text else { return nil }
    let trimmed = trimmed(text)
    let head = String(trimmed.unicodeScalars.prefix(10))
    guard day(head) != nil else { return trimmed }
    let rest = trimmed.unicodeScalars.dropFirst(10).first
    return rest == nil || ["T", "Z", "+", "-", " "].contains(rest) ? head : trimmed
  }

  /// Whether a text is a day as `date` gives it.
  static func isDay(_ text: String?) -> Bool { text.flatMap(day) != nil }

  private static func day(_ text: String) -> CalendarDate? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2, parts[2].utf8.count == 2,
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    return CalendarDate(year: year, month: month, day: day)
  }

  /// `true` and `false` for what XML Schema calls boolean, and for the words that publishers write instead, those that a
  /// column of truth values is read by; as it is written where it is something else.
  static func boolean(_ text: String?) -> String? {
    guard let text else { return nil }
    let word = trimmed(text).lowercased()
    if CodeList.declaredTrue.contains(word) { return "true" }
    return CodeList.declaredFalse.contains(word) ? "false" : word
  }

  /// An attribute that says something: without blanks around, and nil where nothing is left.
  static func value(_ text: String?) -> String? {
    guard let text = text.map(trimmed), !text.isEmpty else { return nil }
    return text
  }

  /// Nil where one of the two is no day.
  private static func span(from start: String?, to end: String?) -> (start: CalendarDate, end: CalendarDate)? {
    guard let start = date(start).flatMap(day), let end = date(end).flatMap(day) else { return nil }
    return (start, end)
  }

  /// The days of a span, as their numbers; nil where it has none.
  static func days(from start: String?, to end: String?) -> ClosedRange<Int>? {
    guard let (start, end) = span(from: start, to: end), start.days <= end.days else { return nil }
    return start.days...end.days
  }

  /// Whether a span ends before it starts.
  static func isReversed(from start: String?, to end: String?) -> Bool {
    span(from: start, to: end).map { $0.end.days < $0.start.days } ?? false
  }

  /// The first month of a year that is none of the calendar; nil for all other spans.
  static func firstMonthOfYear(from start: String?, to end: String?) -> Int? {
    span(from: start, to: end).flatMap(firstMonthOfYear)
  }

  private static func firstMonthOfYear(from start: CalendarDate, to end: CalendarDate) -> Int? {
    let first = start.components
    return first.day == 1 && first.month > 1 && start.adding(months: 12).days == end.days + 1 ? first.month : nil
  }

  /// The period from one day to another, `2019`, `FY2019`, `2019-S1`, `2019-Q3`, `2019-04`; nil where they bound none.
  ///
  /// - Parameter firstMonth: of fiscal years.
  static func period(from start: String?, to end: String?, firstMonth: Int = 1) -> String? {
    guard let (start, end) = span(from: start, to: end) else { return nil }
    let (first, last) = (start.components, end.components)
    if firstMonthOfYear(from: start, to: end) == firstMonth {
      return Period.fiscalYear(first.year, firstMonth: firstMonth).description
    }
    guard first.year == last.year, first.day == 1, first.month <= last.month else { return nil }
    let (following, overflow) = last.month == 12 ? (1, 1) : (last.month + 1, 0)
    guard let next = CalendarDate(year: last.year + overflow, month: following, day: 1), next.days == end.days + 1
    else { return nil }
    switch (last.month - first.month + 1, first.month) {
    case (12, 1): return "\(first.year)"
    case (6, 1), (6, 7): return "\(first.year)-S\(first.month == 1 ? 1 : 2)"
    case (3, 1), (3, 4), (3, 7), (3, 10): return "\(first.year)-Q\(first.month / 3 + 1)"
    case (1, _): return "\(first.year)-" + (first.month < 10 ? "0" : "") + "\(first.month)"
    default: return nil
    }
  }
}

/// Reads the figures that publishers write where the standard asks for a decimal number.
enum IATINumber {
  /// A figure that was read.
  struct Reading: Equatable {
    /// With a decimal point and nothing else.
    var number: String
    var doubts: Set<Doubt> = []
  }

  /// Why a figure may mean something else than the number read.
  enum Doubt {
    /// Where a mark stands, or that it is there: `12,5`, `8,386413`, `1.234.567`.
    case mark
    /// It is negative by the parentheses around it: `(1 200)`.
    case enclosed
    /// The same of one or two digits, which may be the mark of a footnote: `(4)`.
    case shortEnclosed
    /// It is said not to be exact: `~3`, `approx. 3`.
    case approximate
  }

  /// A number with a decimal point and nothing else, from what is one with blanks around, marks for thousands, a percent
  /// sign, or a currency before or behind it; nil for all else.
  ///
  ///     " 20,000 "  20000      "GBP 3,500,000"  3500000      "527000000."  527000000      "Yes"  nil
  ///
  /// The percent sign is dropped and the figure stays as it is: in IATI, 45 is 45 percent. As the standard has it, a point
  /// is decimal and a comma groups; only one comma with one or two digits behind it is decimal, as people write it, or with
  /// nothing but zeros before it: `0,500`, for no grouped number begins so.
  static func read(_ text: String) -> String? { reading(text)?.number }

  /// The same, and what there is to doubt.
  static func reading(_ text: String) -> Reading? {
    let trimmed = IATIText.trimmed(text)
    let bytes = Array(trimmed.utf8)
    if let start = Approximation.end(bytes.span, 0, bytes.count) {
      var reading = plain(Array(String(decoding: bytes[start...], as: UTF8.self).unicodeScalars))
      reading?.doubts.insert(.approximate)
      return reading
    }
    let scalars = withoutUnits(Array(trimmed.unicodeScalars))
    guard scalars.count > 2, scalars.first == "(", scalars.last == ")" else { return plain(scalars) }
    let inner = withoutUnits(Array(scalars.dropFirst().dropLast()))
    guard let first = inner.first, !isMinus(first), first != "+", var reading = plain(inner) else { return nil }
    reading.number = "-" + reading.number
    reading.doubts.insert(inner.count < 3 && inner.allSatisfy(isDigit) ? .shortEnclosed : .enclosed)
    return reading
  }

  private static func plain(_ figure: [Unicode.Scalar]) -> Reading? {
    var scalars = figure[...]
    guard let first = scalars.first else { return nil }
    let sign = isMinus(first) ? "-" : ""
    if isMinus(first) || first == "+" {
      scalars.removeFirst()
      scalars = scalars.drop(while: isSpace)
    }
    var exponent = ""
    if let place = scalars.firstIndex(where: { $0 == "e" || $0 == "E" }) {
      let digits = scalars[(place + 1)...]
      let bare = digits.first == "-" || digits.first == "+" ? digits.dropFirst() : digits
      guard !bare.isEmpty, bare.count <= 3, bare.allSatisfy(isDigit) else { return nil }
      exponent = "e" + String(String.UnicodeScalarView(digits))
      scalars.removeSubrange(place...)
    }
    guard let (whole, fraction, isInDoubt) = parts(Array(scalars)) else { return nil }
    let digits = whole.drop { $0 == "0" }
    var number = (digits.isEmpty ? "0" : String(digits)) + (fraction.isEmpty ? "" : "." + fraction)
    if !exponent.isEmpty {
      guard let shifted = shifted(number, exponent) else { return nil }
      number = shifted
    }
    return Reading(number: sign + number, doubts: isInDoubt ? [.mark] : [])
  }

  /// Also the minus of typesetters, and the dash that is typed for it.
  private static func isMinus(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "-" || scalar == "\u{2212}" || scalar == "\u{2013}"
  }

  /// The digits before and after the decimal mark.
  private static func parts(_ scalars: [Unicode.Scalar]) -> (whole: String, fraction: String, isInDoubt: Bool)? {
    var runs: [[Unicode.Scalar]] = [[]]
    var marks: [Unicode.Scalar] = []
    for scalar in scalars {
      if isDigit(scalar) {
        runs[runs.count - 1].append(scalar)
      } else if let mark = mark(scalar) {
        marks.append(mark)
        runs.append([])
      } else {
        return nil
      }
    }
    let last = runs[runs.count - 1]
    let isBelowOne = !runs[0].isEmpty && runs[0].allSatisfy { $0 == "0" }
    let isDecimal =
      switch marks.last {
      case ".": !marks.dropLast().contains(".")
      case ",":
        !marks.dropLast().contains(",")
          && (marks.count > 1 || (1...2).contains(last.count) || (isBelowOne && !last.isEmpty))
      default: false
      }
    let groups = isDecimal ? runs.dropLast() : runs[...]
    let grouping = Set(isDecimal ? marks.dropLast() : marks[...])
    guard grouping.count <= 1, runs.contains(where: { !$0.isEmpty }) else { return nil }
    let areThrees = groups.count == 1 || (groups[0].count <= 3 && groups.dropFirst().allSatisfy { $0.count == 3 })
    // A lost digit between commas is a slip; between blanks it is two numbers.
    guard areThrees || grouping == [","], groups.count == 1 || groups.allSatisfy({ !$0.isEmpty }) else { return nil }
    // Thousands behind a zero are none: `0,500,000` is a slip, `0 500` is no number.
    let beginsWithZero = groups.count > 1 && groups[0].first == "0"
    if beginsWithZero, grouping != [","] { return nil }
    return (
      String(String.UnicodeScalarView(groups.joined())), isDecimal ? String(String.UnicodeScalarView(last)) : "",
      !areThrees || beginsWithZero || grouping == ["."] || (isDecimal && marks.last == ",")
    )
  }

  /// The marks that stand between digits, each kind of blank and of apostrophe one.
  private static func mark(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case ".", ",", "'": scalar
    case "\u{2019}": "'"
    default: isSpace(scalar) ? " " : nil
    }
  }

  private static func shifted(_ figure: String, _ exponent: String) -> String? {
    guard let value = Double(figure + exponent), value.isFinite else { return nil }
    return value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
  }

  /// The currency that is written before or behind a number; nil for none, and for a sign of several.
  static func currency(_ text: String) -> String? {
    guard reading(text) != nil else { return nil }
    let letters = text.unicodeScalars.filter { $0.value >= 0x41 && $0.value <= 0x5A }
    if letters.count == 3 { return String(String.UnicodeScalarView(letters)) }
    for (sign, code) in [("€", "EUR"), ("£", "GBP")] where text.contains(sign) { return code }
    return nil
  }

  /// Without a percent sign and without a currency: three capital letters or a sign.
  private static func withoutUnits(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var rest = scalars[...]
    func dropBlanks() {
      while let last = rest.last, isSpace(last) { rest.removeLast() }
      while let first = rest.first, isSpace(first) { rest.removeFirst() }
    }
    let signs: Set<Unicode.Scalar> = ["$", "£", "€", "¥"]
    func isCode(_ letters: ArraySlice<Unicode.Scalar>) -> Bool {
      letters.count == 3 && letters.allSatisfy { $0.value >= 0x41 && $0.value <= 0x5A }
    }
    if let last = rest.last, last == "%" { rest.removeLast() }
    if let last = rest.last, signs.contains(last) { rest.removeLast() }
    if isCode(rest.prefix(3)) { rest.removeFirst(3) } else if isCode(rest.suffix(3)) { rest.removeLast(3) }
    dropBlanks()
    if let first = rest.first, signs.contains(first) { rest.removeFirst() }
    dropBlanks()
    return Array(rest)
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.value &- 0x30 < 10 }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    [0x20, 0x09, 0xA0, 0x202F, 0x2009].contains(scalar.value)
  }
}
