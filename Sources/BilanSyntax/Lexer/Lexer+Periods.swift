import BilanDiagnostics

extension Lexer {
  /// Takes the rest of a period whose year has just been read; false where the year is only a number.
  mutating func lexPeriod(from start: Int) -> Bool {
    guard byte() == UInt8(ascii: "-") else { return false }
    if Self.isDigit(byte(1)) {
      lexCalendarPeriod(from: start)
      return true
    }
    // `2019-Q3`; but `2019-quota` subtracts a column.
    guard "qsthw".utf8.contains(byte(1) | 0x20), Self.isDigit(byte(2)) else { return false }
    let part = position + 1
    position = part
    scanName()
    let written = text(start, position)
    let all = span(start, position)
    let year = text(start, start + 4)
    let letters = text(part, position)
    if PeriodSyntax(written) != nil {
      emit(.period, from: start)
      return true
    }
    var diagnostic: Diagnostic
    if let proper = Self.yearPart(letters) {
      diagnostic = .error(
        .invalidPeriod,
        Localized("`\(written)` is written `\(year)-\(proper)`", fr: "`\(written)` s’écrit `\(year)-\(proper)`"),
        at: all,
        help: Localized(
          "quarters are `Q1` to `Q4`, semesters `S1` and `S2`",
          fr: "les trimestres vont de `Q1` à `Q4`, les semestres sont `S1` et `S2`")
      ).fixing(
        Localized("write `\(year)-\(proper)`", fr: "écrire `\(year)-\(proper)`"), replace: all,
        with: "\(year)-\(proper)")
    } else {
      switch letters.utf8.first.map({ $0 | 0x20 }) {
      case UInt8(ascii: "s"), UInt8(ascii: "h"):
        diagnostic = invalidPeriod(
          all,
          Localized(
            "`\(written)` is no semester: they are `S1` and `S2`",
            fr: "`\(written)` n’est pas un semestre : ce sont `S1` et `S2`"))
      case UInt8(ascii: "w"):
        diagnostic = invalidPeriod(
          all,
          Localized("`\(written)`: weeks are not periods", fr: "`\(written)` : les semaines ne sont pas des périodes"),
          help: Localized("`week(date)` is the number of a week", fr: "`week(date)` est le numéro d’une semaine"))
      default:
        diagnostic = invalidPeriod(
          all,
          Localized(
            "`\(written)` is no quarter: they are `Q1` to `Q4`",
            fr: "`\(written)` n’est pas un trimestre : ils vont de `Q1` à `Q4`"))
      }
    }
    diagnostics.append(diagnostic)
    emit(.invalid, from: start)
    return true
  }

  /// `15/04/2019` and `2019/04/15`, which would be divisions; false for other numbers.
  mutating func lexSlashedDate() -> Bool {
    var parts: [String] = []
    var end = position
    while parts.count < 3 {
      let first = end
      while end < bytes.count, Self.isDigit(bytes[end]) { end += 1 }
      guard end > first, end - first <= 4 else { return false }
      parts.append(text(first, end))
      guard parts.count < 3 else { break }
      guard end < bytes.count, bytes[end] == UInt8(ascii: "/") else { return false }
      end += 1
    }
    let isYearFirst = parts[0].utf8.count == 4
    let days = isYearFirst ? [parts[1], parts[2]] : [parts[0], parts[1]]
    guard isYearFirst || parts[2].utf8.count == 4, days.allSatisfy({ $0.utf8.count <= 2 }) else { return false }
    let start = position
    position = end
    var diagnostic = invalidPeriod(
      span(start, end),
      Localized("a date is written year first: `2019-04-15`", fr: "une date s’écrit année d’abord : `2019-04-15`"),
      help: Localized("to divide, put spaces around `/`", fr: "pour diviser, mettre des espaces autour de `/`"))
    func padded(_ number: String) -> String { number.utf8.count == 1 ? "0" + number : number }
    let month = padded(days[isYearFirst ? 0 : 1])
    let day = padded(days[isYearFirst ? 1 : 0])
    let proper = "\(parts[isYearFirst ? 0 : 2])-\(month)-\(day)"
    // 04/05/2019 is the fifth of April for some: only a day above twelve tells.
    if isYearFirst || day > "12" || day == month, PeriodSyntax(proper) != nil {
      diagnostic = diagnostic.fixing(
        Localized("write `\(proper)`", fr: "écrire `\(proper)`"), replace: span(start, end), with: proper)
    }
    diagnostics.append(diagnostic)
    emit(.invalid, from: start)
    return true
  }

  /// `Q3` for `t3`, `S1` for `H1`; nil where there is no such part of a year.
  static func yearPart(_ letters: String) -> String? {
    let bytes = Array(letters.utf8)
    guard bytes.count == 2, isDigit(bytes[1]) else { return nil }
    let number = Int(bytes[1] - UInt8(ascii: "0"))
    switch bytes[0] | 0x20 {
    case UInt8(ascii: "q"), UInt8(ascii: "t"): return (1...4).contains(number) ? "Q\(number)" : nil
    case UInt8(ascii: "s"), UInt8(ascii: "h"): return (1...2).contains(number) ? "S\(number)" : nil
    default: return nil
    }
  }

  /// `2019-04`, `2019-04-15`, and what looks like them.
  private mutating func lexCalendarPeriod(from start: Int) {
    while byte() == UInt8(ascii: "-"), Self.isDigit(byte(1)) {
      position += 1
      while Self.isDigit(byte()) { position += 1 }
    }
    if isAtName { scanName() }
    let written = text(start, position)
    if PeriodSyntax(written) != nil { return emit(.period, from: start) }
    diagnostics.append(diagnose(written, at: span(start, position)))
    emit(.invalid, from: start)
  }

  private func diagnose(_ written: String, at all: Span) -> Diagnostic {
    let parts = written.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    let numbers = parts.map { Int($0) }
    let spaced = parts.joined(separator: " - ")
    let subtract = Localized(
      "to subtract, put spaces: `\(spaced)`", fr: "pour soustraire, mettre des espaces : `\(spaced)`")
    guard parts.count <= 3, numbers.allSatisfy({ $0 != nil }), let month = numbers[1] else {
      return invalidPeriod(
        all, Localized("`\(written)` is not a period", fr: "`\(written)` n’est pas une période"),
        help: Localized(
          "periods are written `2019-04-15`, `2019-04`, `2019-Q3`, `2019-S1` or `FY2019`",
          fr: "une période s’écrit `2019-04-15`, `2019-04`, `2019-Q3`, `2019-S1` ou `FY2019`"))
    }
    let padded = ([parts[0]] + parts.dropFirst().map { $0.utf8.count == 1 ? "0\($0)" : $0 }).joined(separator: "-")
    if padded != written, PeriodSyntax(padded) != nil {
      return invalidPeriod(
        all,
        Localized(
          "`\(written)` is not a period: months and days have two digits",
          fr: "`\(written)` n’est pas une période : les mois et les jours ont deux chiffres"),
        help: subtract
      ).fixing(Localized("write `\(padded)`", fr: "écrire `\(padded)`"), replace: all, with: padded)
    }
    if parts.count == 2, parts[1].utf8.count > 2 {
      return invalidPeriod(
        all,
        Localized(
          "`\(written)` is not a period, and a subtraction has spaces",
          fr: "`\(written)` n’est pas une période, et une soustraction porte des espaces")
      ).fixing(Localized("write `\(spaced)`", fr: "écrire `\(spaced)`"), replace: all, with: spaced)
    }
    if !(1...12).contains(month) {
      return invalidPeriod(
        all,
        Localized("`\(written)`: there is no month \(parts[1])", fr: "`\(written)` : il n’y a pas de mois \(parts[1])"),
        help: parts.count == 2 ? subtract : nil)
    }
    if parts.count == 3, parts[1].utf8.count == 2, parts[2].utf8.count <= 2 {
      let last = PeriodSyntax.dayCount(year: numbers[0]!, month: month)
      return invalidPeriod(
        all,
        Localized(
          "`\(written)`: there is no such day, \(parts[0])-\(parts[1]) has \(last) days",
          fr: "`\(written)` : ce jour n’existe pas, \(parts[0])-\(parts[1]) a \(last) jours"))
    }
    return invalidPeriod(
      all, Localized("`\(written)` is not a period", fr: "`\(written)` n’est pas une période"), help: subtract)
  }

  private func invalidPeriod(_ span: Span, _ message: Localized, help: Localized? = nil) -> Diagnostic {
    .error(.invalidPeriod, message, at: span, help: help)
  }

  /// Whether a name is the token `FY2019`.
  func isFiscalYear(_ range: Range<Int>) -> Bool {
    range.count == 6 && bytes[range.lowerBound] | 0x20 == UInt8(ascii: "f")
      && bytes[range.lowerBound + 1] | 0x20 == UInt8(ascii: "y")
      && bytes[(range.lowerBound + 2)..<range.upperBound].allSatisfy(Self.isDigit)
  }

  mutating func lexFiscalYear(from start: Int) {
    guard byte() == UInt8(ascii: "-"), Self.isNameByte(byte(1)) else { return emit(.period, from: start) }
    let year = text(start, position)
    position += 1
    scanName()
    let written = text(start, position)
    diagnostics.append(
      invalidPeriod(
        span(start, position),
        Localized(
          "`\(written)`: a fiscal year is a period as a whole", fr: "`\(written)` : un exercice est une période entière"
        ),
        help: Localized(
          "its parts are those of the calendar, as in `2019-Q3`; to subtract, put spaces after `\(year)`",
          fr:
            "ses parties sont celles du calendrier, comme `2019-Q3` ; pour soustraire, mettre des espaces après `\(year)`"
        )
      ))
    emit(.invalid, from: start)
  }
}

extension PeriodSyntax {
  /// The period that a text names, nil where it names none: `2019-Q3`, `2019-s1`, `2019-04`, `2019-04-15`, `FY2019`.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for byte in bytes[range] {
        guard Lexer.isDigit(byte) else { return nil }
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
      }
      return value
    }
    if bytes.count == 6, bytes[0] | 0x20 == UInt8(ascii: "f"), bytes[1] | 0x20 == UInt8(ascii: "y") {
      guard let year = number(2..<6) else { return nil }
      self = .fiscalYear(year)
      return
    }
    guard bytes.count >= 7, bytes[4] == UInt8(ascii: "-"), let year = number(0..<4) else { return nil }
    if bytes.count == 7, bytes[5] | 0x20 == UInt8(ascii: "q"), let quarter = number(6..<7) {
      guard (1...4).contains(quarter) else { return nil }
      self = .quarter(year, quarter)
    } else if bytes.count == 7, bytes[5] | 0x20 == UInt8(ascii: "s"), let semester = number(6..<7) {
      guard (1...2).contains(semester) else { return nil }
      self = .semester(year, semester)
    } else {
      guard let month = number(5..<7), (1...12).contains(month) else { return nil }
      if bytes.count == 7 {
        self = .month(year, month)
      } else {
        guard bytes.count == 10, bytes[7] == UInt8(ascii: "-"), let day = number(8..<10),
          day >= 1, day <= Self.dayCount(year: year, month: month)
        else { return nil }
        self = .day(year, month, day)
      }
    }
  }

  /// The days of a month of the Gregorian calendar.
  static func dayCount(year: Int, month: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
