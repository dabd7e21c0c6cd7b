import BilanColumnar

/// What was counted, put together.
extension ColumnProfile {
  subscript(kind: NumberShape.Kind) -> Int { numbers[kind.rawValue] }

  /// Whether numbers stand beside percentages, and none of them may be a share as it is stored: `0,85` beside `92,5 %`.
  var mayBePercentages: Bool {
    let signed = percentages.reduce(0, +)
    return signed > 0 && numberCount - signed > zeroCount && belowOne == 0
  }

  var numberCount: Int { numbers.reduce(0, +) }

  /// The numbers that can be read with `mark` as their decimal mark.
  func numbersFitting(_ mark: DecimalMark) -> Int {
    NumberShape.Kind.allCases.reduce(0) { $0 + ($1.fits(mark) ? self[$1] : 0) }
  }

  /// The percentages that can be read with `mark`.
  func percentagesFitting(_ mark: DecimalMark) -> Int {
    NumberShape.Kind.allCases.reduce(0) { $0 + ($1.fits(mark) ? percentages[$1.rawValue] : 0) }
  }

  /// The numbers that can be read with `mark` and not with the other.
  func numbersNeeding(_ mark: DecimalMark) -> Int {
    let other: DecimalMark = mark == .point ? .comma : .point
    return NumberShape.Kind.allCases.reduce(0) { $0 + ($1.fits(mark) && !$1.fits(other) ? self[$1] : 0) }
  }

  /// True where some number has a fraction under `mark`.
  func hasFractions(_ mark: DecimalMark) -> Bool {
    NumberShape.Kind.allCases.contains { self[$0] > 0 && $0.fits(mark) && $0.hasFraction(mark) }
  }

  /// The numbers that have a fraction under `mark`.
  func fractionCount(_ mark: DecimalMark) -> Int {
    NumberShape.Kind.allCases.reduce(0) { $0 + ($1.fits(mark) && $1.hasFraction(mark) ? self[$1] : 0) }
  }

  var groupedCount: Int { NumberShape.Kind.allCases.reduce(0) { $0 + ($1.isGrouped ? self[$1] : 0) } }

  /// The units of the amounts, with how many have each, the most frequent first.
  var units: [(unit: String, count: Int)] {
    var found: [(unit: String, count: Int)] = []
    for (spelling, count) in amounts.enumerated() where count > 0 {
      let unit = AmountUnit.unit(spelling)
      if let place = found.firstIndex(where: { $0.unit == unit }) {
        found[place].count += count
      } else {
        found.append((unit, count))
      }
    }
    return found.sorted { ($1.count, $0.unit) < ($0.count, $1.unit) }
  }

  /// True where none of the values, of which there are some, is a number, a date or a period, or has digits as codes do.
  var isOfWords: Bool {
    valueCount > 0 && numberCount == 0 && periods.count + periods.yearPairs + periods.seasons + lettered == 0
      && dates.yearFirst + dates.dayFirst + dates.monthFirst + dates.shortYears + dates.named == 0
  }

  /// True where blanks mark thousands, in some number at least.
  var areThousandsSpaced: Bool { self[.spaced] + self[.spacedPoint] + self[.spacedComma] > 0 }

  /// True where every value is a month whose number is that of the next year, of several years: `2008-09`, `2009-10`.
  /// Beside those whose number is none of a month, `2012-13`, one is enough.
  var isOfSchoolYears: Bool {
    periods.pairLikeMonths > 0 && periods.pairLikeMonths + periods.yearPairs == valueCount
      && (periods.yearPairs > 0 || (periods.pairLikeYears?.count ?? 0) > 1)
  }

  /// How many values are of two years, or of a year that begins within one of the calendar, where all others are periods.
  var spanCount: Int {
    let spans = periods.yearPairs + periods.seasons
    return spans + periods.count + yearCount == valueCount ? spans : 0
  }

  /// True where all values are words for true or false; single letters only where both stand there.
  var isOfTruthValues: Bool {
    let letters = yesLetters + noLetters
    return valueCount > 0 && booleanCount + letters == valueCount && (letters == 0 || yesLetters > 0 && noLetters > 0)
  }

  /// What separates thousands, where something does: a blank, an apostrophe (which is counted with blanks) or the mark that
  /// is not the decimal one.
  func groupMark(_ mark: DecimalMark) -> String? {
    switch mark {
    case .comma where self[.pointGroups] + self[.pointGroupsComma] + self[.maybePoint] > 0: return "."
    case .point where self[.commaGroups] + self[.commaGroupsPoint] + self[.maybeComma] > 0: return ","
    default: return self[.spaced] + self[.spacedPoint] + self[.spacedComma] > 0 ? " " : nil
    }
  }

  /// The codes that occur, with their counts.
  var codesFound: [(code: String, count: Int)] {
    zip(codes.codes, codeCounts).filter { $0.1 > 0 }.map { (code: $0.0, count: $0.1) }
  }
}
