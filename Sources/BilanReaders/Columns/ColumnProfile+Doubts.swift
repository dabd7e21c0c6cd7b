import BilanColumnar

/// What the cells of a column leave open, and what all of them together decide.
extension ColumnProfile {
  /// True where other columns of the file help to decide what these cells are: the order of dates, a mark that may be of
  /// thousands, a code that is only missing where others use it so.
  var leavesDoubt: Bool {
    if dates.dayFirst > 0, dates.order == nil, !areDatesDotted { return true }
    if isMarkInDoubt { return true }
    if marked.flaggedCount + marked.flaggedMissing > 0 { return true }
    return codesFound.contains { CodeList.missingInTextIfUsed.contains($0.code) }
  }

  /// Whether one value in fifty at least is numbered as no date is, where all dates have years of two digits: a slip, or a
  /// day that is not known, `00/00/00`, looks otherwise.
  var isOfNumberedCodes: Bool {
    dates.numberedCodes > 0 && dates.numberedCodes * 50 >= valueCount && dates.shortYears > 0
      && dates.yearFirst + dates.named == 0
      && max(dates.dayFirst, dates.monthFirst, dates.shortYearsFirst) <= dates.shortYears
  }

  /// Whether every date is of a year from 1400 to 1460: what people write today in the Hijri calendar, whose months are
  /// others, and hardly a day of the fifteenth century.
  var areDatesHijri: Bool {
    dates.earliestYear >= 1400 && dates.latestYear <= 1460 && dates.earliestYear <= dates.latestYear
      && dates.shortYears + dates.named + periods.count == 0
  }

  /// Whether the parts of most dates have points between: who writes so has the day first.
  var areDatesDotted: Bool { dates.dotted * 2 > dates.dayFirst }

  /// True where every value is an amount in one currency that has no third decimal, and some have several digits before
  /// their mark, or no mark at all: `12.000 €` are thousands, `1,499 €` may be the price of a litre.
  var areAmountsInThousands: Bool {
    guard wideAmounts > 0 || self[.integer] > zeroCount, case let units = units, units.count == 1,
      units[0].count + zeroCount - zeroAmounts == valueCount
    else { return false }
    return AmountUnit.hasAtMostTwoDecimals(units[0].unit)
  }

  /// True where points stand before three digits alone, a zero is last of some, and other numbers have no mark and fewer
  /// than four digits: `1.500` beside `950`. Who writes three decimals writes them everywhere, who leaves zeros out leaves
  /// them out there too.
  var arePointsOfThousands: Bool {
    roundPoints > 0 && percentagesFitting(.point) == 0 && self[.integer] > zeroCount && unmarkedThousands == 0
      && exponentCount == 0 && isMarkInDoubt
      && self[.maybeComma] == 0
  }

  /// True where the marks of the numbers may be of fractions and of thousands.
  var isMarkInDoubt: Bool {
    self[.maybePoint] + self[.maybeComma] > 0 && numbersNeeding(.point) == numbersNeeding(.comma)
  }
}
