import BilanColumnar

extension ColumnGuess {
  /// What a decision deserves to be told beside its evidence.
  enum Remark {
    /// No date of the column says which number is the day.
    case ambiguousDates(count: Int, DateOrder, DateBasis)
    /// Years of two digits, and which those are taken to mean.
    case shortYears(count: Int, ShortYearPivot)
    /// Text, because dates are of years of the Hijri calendar.
    case hijriDates(count: Int, ClosedRange<Int>)
    /// Years of two digits are taken to come first, and could come last.
    case ambiguousYears(count: Int)
    /// Whole numbers that are taken for the days that spreadsheets count.
    case serialDays(count: Int)
    /// Periods with years of two digits, and which those are taken to mean.
    case shortPeriods(count: Int, ShortYearPivot)
    /// Identifiers that a spreadsheet turned into `2,43E+13`.
    case scientificIdentifiers(count: Int)
    /// Text, because of a few whole numbers of more than 15 digits.
    case longNumbers(count: Int)
    /// `1E5` all through: numbers, unless they are codes.
    case barePowers(count: Int)
    /// Text, as months under the name of quarters or semesters may have the numbers of those.
    case monthsOrParts(count: Int)
    /// Decimal commas in a file whose other numbers have a point.
    case strayCommas(count: Int)
    /// Dates with a time of day, which is dropped.
    case timesDropped(count: Int)
    /// Text, though most of it reads as something else.
    case almost(ColumnFormat, misfits: Int)
    /// Text, though most of it reads as numbers, dates and periods, of which none are enough.
    case mixedKinds(ColumnFormat, [(kind: Kind, count: Int)])
    /// Numbers that are said not to be exact, `~120`.
    case approximate(count: Int)
    /// A mark with three digits after it, taken for thousands or for a fraction without proof.
    case ambiguousMark(DecimalMark, isThousands: Bool)
    /// Numbers in parentheses or with the minus behind, which are negative.
    case accountingNegatives(count: Int)
    /// Amounts in more than one currency, which cannot be added up.
    case mixedCurrencies([String])
    /// Numbers in more than one unit that is no currency.
    case mixedMeasures([String])
    /// Amounts in thousands or millions beside numbers that have no unit.
    case bareAmounts(unit: String)
    /// Numbers without a unit, taken for amounts in that of a few others.
    case unitOfFew(String, count: Int, bare: Int)
    /// Text, because the column is called a code: `1.1` and `1.10` are two codes, and so are `1/2019` and `01/2019`.
    case codesKept(count: Int, like: Likeness)
    /// `2009-10` all through, which may be months: a year and the next.
    case schoolYears(count: Int)
    /// Text, because of years that are two of the calendar: fiscal ones, or those of schools and farms.
    case spansOfYears(count: Int, areFiscal: Bool)
    /// `FY2019`, taken for the year of the calendar.
    case fiscalYears(count: Int)
    /// Numbers of more digits than a double keeps.
    case inexact(count: Int)
    /// Numbers or periods with letters or a word behind them, which say that they are provisional or the like.
    case flagged(count: Int)
    /// Numbers with the marks of footnotes behind them: asterisks, or digits and letters too.
    case footnoted(count: Int, areStars: Bool)
    /// Numbers without a percent sign, taken for percentages by the column's name.
    case barePercentages(count: Int)
    /// Errors of a spreadsheet, which are missing.
    case spreadsheetErrors([(code: String, count: Int)])
  }

  /// What a value of a column of several kinds is.
  enum Kind: Sendable {
    case number, markedNumber, percentage, date, period, text
  }

  /// What codes are written like.
  enum Likeness: Sendable {
    case decimals, dates, periods
  }

  /// What decided the order of dates that do not say which number is the day.
  enum DateBasis {
    /// Nothing: the day comes first where nobody says otherwise.
    case usage
    /// The project's setting.
    case setting
    /// The other dates of the file.
    case otherColumns
  }
}
