import BilanColumnar

/// How the cells of a column are read.
enum ColumnFormat: Sendable, Hashable {
  case text
  case integer(DecimalMark)
  /// With `isPercent` every cell but a zero ends in `%`, and `12 %` is 0.12.
  case real(DecimalMark, isPercent: Bool)
  /// Words for true and for false; nil for the usual ones.
  case boolean(trueWords: CodeList?, falseWords: CodeList?)
  case date(DateOrder)
  case datePattern(DatePattern)
  case period(firstMonth: Int)

  /// Numbers that can be added up, which percentages cannot.
  var isOfQuantities: Bool {
    switch self {
    case .integer, .real(_, isPercent: false): true
    default: false
    }
  }

  var isPercent: Bool {
    if case .real(_, isPercent: true) = self { true } else { false }
  }

  var type: DataType {
    switch self {
    case .text: .text
    case .integer: .integer
    case .real: .real
    case .boolean: .boolean
    case .date, .datePattern: .date
    case .period: .period
    }
  }
}

/// Everything that building a column needs to know.
struct ColumnPlan: Sendable {
  /// Its place in the records of the file.
  var fieldIndex: Int
  var format: ColumnFormat
  /// The cells that mean missing, beside empty ones.
  var missing: CodeList
  /// What may stand around the digits of a number.
  var units = UnitMarks.none
  var marks: NumberMarks = []
  /// Which doubtful spellings are days and periods.
  var times: TimeSpellings = []
  /// What years of two digits mean.
  var pivot = ShortYearPivot.usual
  /// The column is called a code, so that the digits of its fractions matter.
  var isNamedCode = false

  /// Whether something may stand around the digits.
  var allowsMarks: Bool { units != .none || !marks.isEmpty }

  /// Whether cells of the same file mean the same by both.
  func reads(as other: ColumnPlan) -> Bool {
    format == other.format && units == other.units && marks == other.marks && times == other.times
      && pivot == other.pivot && isNamedCode == other.isNamedCode
  }
}

/// What may stand around the digits of a number.
enum UnitMarks: Sendable, Hashable {
  case none
  /// Whatever there is (a descriptor's `bareNumber: false`).
  case any
  /// One currency, in any of its spellings; `AmountUnit` has the units.
  case currency(String)
  /// One unit that is no currency, behind every number; `MeasureUnit` has them.
  case measure(String)
}

extension ColumnPlan {
  /// A number without what may stand around it: `€ 1 200,50 HT`, `(3)`, `12 p`.
  ///
  /// - Returns: also whether its sign is among that.
  func bare(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> (start: Int, end: Int, isNegative: Bool) {
    var (start, end) = (from, to)
    if marks.contains(.approximate), let number = Approximation.end(bytes, start, end) { start = number }
    if marks.contains(.flags), let flags = NumberMarks.placeOfFlags(bytes, start, end) { end = flags.end }
    if marks.contains(.footnotes), let footnote = NumberMarks.endBeforeFootnote(bytes, start, end) {
      end = footnote.end
    }
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
    case .measure: return (start, MeasureUnit.amount(bytes, start, end)?.end ?? end, false)
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

  /// The day that a cell writes.
  func date(_ bytes: Span<UInt8>, _ from: Int, _ to: Int, _ order: DateOrder) -> CalendarDate? {
    if let shape = DateShape.scan(
      bytes, Weekday.end(bytes, from, to) ?? from, to, takesShortDotted: times.contains(.shortDotted))
    {
      return shape.date(order, pivot: pivot)
    }
    if let date = NamedDate.date(bytes, from, to, pivot: pivot) { return date }
    if times.contains(.compactDays), let date = DoubtfulTime.compactDay(bytes, from, to) { return date }
    if times.contains(.compactDaysFirst), let date = DoubtfulTime.compactDayFirst(bytes, from, to) { return date }
    return times.contains(.serialDays) ? DoubtfulTime.serialDay(bytes, from, to) : nil
  }

  /// The period that a cell writes.
  func period(_ bytes: Span<UInt8>, _ from: Int, _ to: Int, _ firstMonth: Int) -> Period? {
    if let period = PeriodCell.scan(bytes, from, to, firstMonth: firstMonth, takesYears: true, takesDays: true) {
      return period
    }
    if times.contains(.shortPeriods),
      let period = DoubtfulTime.shortPeriod(bytes, from, to, firstMonth: firstMonth)
    {
      return period
    }
    if times.contains(.slashMonths), let period = DoubtfulTime.slashMonth(bytes, from, to) { return period }
    if times.contains(.dottedMonths), let period = DoubtfulTime.dottedMonth(bytes, from, to) { return period }
    return times.contains(.compactMonths) ? DoubtfulTime.compactMonth(bytes, from, to) : nil
  }
}
