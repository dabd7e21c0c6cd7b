import BilanColumnar
import BilanDiagnostics

/// The decision how to read a column, and why.
struct ColumnGuess {
  var format: ColumnFormat
  var evidence: Localized
  var remarks: [Remark] = []
  /// Values that do not fit and will be missing.
  var misfits = 0
  /// The currency of amounts.
  var unit: String?
  /// Numbers without a unit beside amounts in thousands or millions.
  var bareAmounts = 0

  func confidence(_ profile: ColumnProfile) -> ColumnReport.Confidence {
    if profile.valueCount == 0 { return .assumed }
    for remark in remarks {
      switch remark {
      case .ambiguousDates, .ambiguousYears, .ambiguousMark, .barePowers: return .assumed
      case .barePercentages, .mixedMeasures, .serialDays, .shortPeriods, .almost, .hijriDates, .longNumbers,
        .mixedCurrencies, .bareAmounts, .unitOfFew, .codesKept, .schoolYears:
        return .likely
      default: continue
      }
    }
    return misfits > 0 ? .likely : .certain
  }

  /// One value in twenty may fail to fit, a footnote or a slip; with more, the column is text.
  static func tolerates(misfits: Int, of count: Int) -> Bool { misfits * 20 <= count && misfits < count }

  /// Decides by what most cells are; of equals, in the order tried.
  init(
    _ profile: ColumnProfile, in context: FileContext, mark declaredMark: DecimalMark?, name: NumberName = .none,
    firstMonth: Int
  ) {
    let count = profile.valueCount
    guard count > 0 else {
      self.init(.text, Localized("no value", fr: "aucune valeur"))
      return
    }
    if profile.isOfTruthValues {
      self.init(
        .boolean(trueWords: nil, falseWords: nil),
        Localized("\(count) words for true or false", fr: "\(count) mots pour vrai ou faux"))
      return
    }
    if profile.isOfSchoolYears {
      self.init(
        .text, Localized("\(count) pairs of years", fr: "\(count) couples d’années"), [.schoolYears(count: count)])
      return
    }
    var candidates = [
      Self.dates(profile, context), Self.numbers(profile, context, declaredMark, name), Self.truthValues(profile),
    ]
    if profile.periodCount > 0 || (firstMonth != 1 && profile.yearPairs > 0) {
      candidates.insert(Self.periods(profile, firstMonth), at: 1)
    }
    var best = candidates[0]
    for candidate in candidates.dropFirst() where candidate.misfits < best.misfits { best = candidate }
    if profile.leadingZeroCount > 0, best.format.type.isNumber {
      self.init(
        .text,
        Localized(
          "codes: \(profile.leadingZeroCount) begin with a zero or a plus",
          fr: "codes : \(profile.leadingZeroCount) commencent par un zéro ou un plus"))
    } else if profile.longIntegerCount > 0, best.format.type == .integer {
      self.init(
        .text,
        Localized(
          "identifiers: \(profile.longIntegerCount) have more than 15 digits",
          fr: "identifiants : \(profile.longIntegerCount) ont plus de 15 chiffres"),
        profile.longIntegerCount * 2 < count ? [.longNumbers(count: profile.longIntegerCount)] : [])
    } else if profile.scientificCount > 0, best.format.type.isNumber,
      profile.scientificCommas * 2 > count || profile.scientificCount + profile.wideIntegerCount == count
    {
      self.init(
        .text,
        Localized(
          "identifiers that a spreadsheet wrote as powers of ten",
          fr: "identifiants qu’un tableur a écrits en puissances de dix"),
        [.scientificIdentifiers(count: profile.scientificCount)])
    } else if profile.barePowers > 0, profile.barePowers < count, best.format.type.isNumber, best.misfits * 2 < count,
      profile[.integer] == profile.numberCount, profile.exponentCount == profile.barePowers
    {
      // Powers of ten among whole numbers are letters among digits: `12E3`, `2E5`.
      let lettered = profile.lettered + profile.barePowers
      self.init(
        .text,
        Localized(
          lettered == 1 ? "codes: 1 has a letter" : "codes: \(lettered) have letters",
          fr: lettered == 1 ? "codes : 1 a une lettre" : "codes : \(lettered) ont des lettres"),
        profile.lettered > 0 ? [] : [.almost(.integer(.point), misfits: best.misfits + profile.barePowers)])
    } else if best.misfits > 0, best.format.type == .integer, best.misfits == profile.lettered {
      self.init(
        .text,
        Localized(
          profile.lettered == 1 ? "codes: 1 has a letter" : "codes: \(profile.lettered) have letters",
          fr: profile.lettered == 1 ? "codes : 1 a une lettre" : "codes : \(profile.lettered) ont des lettres"))
    } else if best.bareAmounts > 0, let unit = best.unit {
      self.init(
        .text, Localized("amounts in \(unit) and in no unit", fr: "montants en \(unit) et sans unité"),
        [.bareAmounts(unit: unit)])
    } else if case .date = best.format, profile.isOfNumberedCodes {
      // Numbers of decrees, of which most look like dates.
      self.init(
        .text,
        Localized(
          "codes: \(profile.numberedCodes) of \(count) cannot be dates",
          fr: "codes : \(profile.numberedCodes) sur \(count) ne peuvent être des dates"),
        [.almost(best.format, misfits: best.misfits)])
    } else if case .date = best.format, profile.areDatesHijri, best.misfits * 2 < count {
      let years = "\(profile.earliestYear)–\(profile.latestYear)"
      self.init(
        .text, Localized("dates of the years \(years)", fr: "dates des années \(years)"),
        [.hijriDates(count: count - best.misfits, profile.earliestYear...profile.latestYear)])
    } else if Self.tolerates(misfits: best.misfits, of: count) {
      self = best
    } else if profile.units.count > 1, profile.numberCount * 20 >= count * 19 {
      let units = profile.units.map(\.unit)
      let list = units.joined(separator: ", ")
      self.init(
        .text, Localized("amounts in several currencies: \(list)", fr: "montants en plusieurs monnaies : \(list)"),
        [.mixedCurrencies(units)])
    } else if best.misfits * 2 < count {
      self.init(
        .text,
        Localized(
          "\(best.misfits) of \(count) values are no \(best.format.type.name)",
          fr: "\(best.misfits) valeurs sur \(count) ne sont pas du type `\(best.format.type.name)`"),
        [.almost(best.format, misfits: best.misfits)])
      unit = best.unit
    } else if case let marked = profile.marked, marked.measuredCount > 0,
      marked.measuredCount + profile.numberCount == count
    {
      let units = marked.measureUnits.sorted()
      let list = units.joined(separator: ", ")
      self.init(
        .text, Localized("numbers in several units: \(list)", fr: "nombres en plusieurs unités : \(list)"),
        [units.count > 1 ? .mixedMeasures(units) : .bareAmounts(unit: units[0])])
    } else if profile.yearPairs == count {
      self.init(
        .text,
        Localized(
          "\(count) pairs of years: fiscal years where `fiscal_year_start` says when they begin",
          fr: "\(count) couples d’années : des exercices si `fiscal_year_start` dit quand ils commencent"))
    } else {
      self.init(.text, Self.counted(count, "text", fr: "texte"))
    }
  }

  private init(_ format: ColumnFormat, _ evidence: Localized, _ remarks: [Remark] = [], misfits: Int = 0) {
    self.format = format
    self.evidence = evidence
    self.remarks = remarks
    self.misfits = misfits
  }

  /// A column of numbers by its name, none of which is there yet.
  static var numbersToCome: ColumnGuess {
    ColumnGuess(
      .real(.point, isPercent: false),
      Localized("no value; a number by its name", fr: "aucune valeur ; un nombre d’après son nom"))
  }

  /// A column of identifiers by its name, which its values write as whole numbers.
  static var identifiers: ColumnGuess {
    ColumnGuess(.text, Localized("identifiers by its name", fr: "des identifiants d’après son nom"))
  }

  /// A column of codes by its name, which its values write as something else.
  static func codes(_ count: Int, like likeness: Likeness) -> ColumnGuess {
    ColumnGuess(
      .text, Localized("codes by its name", fr: "des codes d’après son nom"),
      [.codesKept(count: count, like: likeness)])
  }

  /// The column read as words for true and false.
  private static func truthValues(_ profile: ColumnProfile) -> ColumnGuess {
    ColumnGuess(
      .boolean(trueWords: nil, falseWords: nil),
      Localized(
        "\(profile.booleanCount) words for true or false", fr: "\(profile.booleanCount) mots pour vrai ou faux"),
      misfits: profile.valueCount - profile.booleanCount)
  }

  /// The column read as dates.
  static func dates(_ profile: ColumnProfile, _ context: FileContext) -> ColumnGuess {
    let day = profile.dayFirstDates
    let month = profile.monthFirstDates
    var order = DateOrder.yearMonthDay
    var remarks: [Remark] = []
    var evidence = Localized(
      "\(Self.dates(profile.yearFirstDates)), year first", fr: "\(Self.dates(profile.yearFirstDates)), année d’abord")
    if let found = shortYearsFirst(profile, context) {
      evidence = found.evidence
      if !found.isSure { remarks.append(.ambiguousYears(count: profile.shortYearDates)) }
    } else if let declared = context.dates.declared, day + month > 0 {
      order = declared
      evidence = Localized(
        "\(Self.dates(max(day, month))), order declared", fr: "\(Self.dates(max(day, month))), ordre déclaré")
    } else if day > month {
      order = .dayMonthYear
      evidence = Localized(
        "\(Self.dates(day)), \(day - month) of which only the day first can mean",
        fr: "\(Self.dates(day)), dont \(day - month) ne se lisent que jour d’abord")
    } else if month > day {
      order = .monthDayYear
      evidence = Localized(
        "\(Self.dates(month)), \(month - day) of which only the month first can mean",
        fr: "\(Self.dates(month)), dont \(month - day) ne se lisent que mois d’abord")
    } else if day > 0, profile.areDatesDotted {
      order = .dayMonthYear
      evidence = Localized(
        "\(Self.dates(day)) with points, which have the day first",
        fr: "\(Self.dates(day)) avec des points, jour d’abord")
    } else if day > 0 {
      order = context.dateOrder ?? context.dates.usual ?? .dayMonthYear
      if context.dateOrder == nil, let usual = context.dates.usual {
        remarks.append(.ambiguousDates(count: day, usual, .setting))
        evidence = Localized(
          "\(Self.dates(day)), none with a day above 12: read as the project’s setting says",
          fr: "\(Self.dates(day)), aucune avec un jour au-delà de 12 : lues selon le réglage du projet")
      } else if context.dateOrder == nil {
        remarks.append(.ambiguousDates(count: day, order, .usage))
        evidence = Localized(
          "\(Self.dates(day)), none with a day above 12: day first assumed",
          fr: "\(Self.dates(day)), aucune avec un jour au-delà de 12 : jour d’abord supposé")
      } else {
        remarks.append(.ambiguousDates(count: day, order, .otherColumns))
        evidence = Localized(
          "\(Self.dates(day)), in the order of the file’s other dates",
          fr: "\(Self.dates(day)), dans l’ordre des autres dates du fichier")
      }
    }
    let shortYears = profile.shortYearDates + profile.shortNamedDates
    if shortYears > 0 { remarks.append(.shortYears(count: shortYears, .usual)) }
    if profile.timesOfDay > 0 { remarks.append(.timesDropped(count: profile.timesOfDay)) }
    if profile.namedDates > 0 {
      let named = profile.namedDates
      let others = max(day, month) + profile.yearFirstDates > 0
      evidence = Localized(
        (others ? evidence.english + ", " : "") + "\(Self.dates(named)) with the month’s name",
        fr: (others ? evidence.french + ", " : "") + "\(Self.dates(named)) avec le nom du mois")
    }
    if profile.timeSpellings.contains(.serialDays) {
      let serial = profile.times[.serialDays]
      evidence = Localized(
        "\(serial) days as spreadsheets count them, by the column’s name",
        fr: "\(serial) jours comme les tableurs les comptent, d’après le nom de la colonne")
    }
    let inOrder =
      switch order {
      case .yearMonthDay: context.dates.declared == nil ? profile.shortYearsFirst : 0
      case .dayMonthYear: day
      case .monthDayYear: month
      }
    let fits = profile.yearFirstDates + profile.namedDates + inOrder
    return ColumnGuess(.date(order), evidence, remarks, misfits: profile.valueCount - fits)
  }

  /// Whether years of two digits come first, `19-12-31`, and on what evidence; nil where they come last.
  private static func shortYearsFirst(
    _ profile: ColumnProfile, _ context: FileContext
  ) -> (evidence: Localized, isSure: Bool)? {
    let (count, others) = (profile.shortYearDates, max(profile.dayFirstDates, profile.monthFirstDates))
    guard count > 0, context.dates.declared == nil, profile.shortYearsFirst >= others else { return nil }
    let areYearsFirst = profile.shortYearBounds.areYearsFirst
    // A single `99-12-31` does not turn all the others round.
    if profile.shortYearsFirst > others, areYearsFirst || (count - others) * 2 >= count {
      return (
        Localized(
          "\(Self.dates(count)), \(count - others) of which only the year first can mean",
          fr: "\(Self.dates(count)), dont \(count - others) ne se lisent qu’année d’abord"),
        areYearsFirst || others == 0
      )
    }
    guard areYearsFirst else { return nil }
    return (
      Localized(
        "\(Self.dates(count)), whose last numbers are days of a month rather than years",
        fr: "\(Self.dates(count)), dont les derniers nombres sont des jours plutôt que des années"), false
    )
  }

  /// The column read as periods; years and days may stand among them.
  static func periods(_ profile: ColumnProfile, _ firstMonth: Int) -> ColumnGuess {
    let fits =
      profile.periodCount + profile.yearCount + profile.yearFirstDates + profile.namedDates
      + (firstMonth == 1 ? 0 : profile.yearPairs)
    return ColumnGuess(
      .period(firstMonth: firstMonth), Self.counted(fits, "period", fr: "période"),
      misfits: profile.valueCount - fits)
  }

  /// `1 number`, `3 numbers`.
  private static func counted(_ count: Int, _ noun: String, fr french: String) -> Localized {
    count == 1
      ? Localized("1 \(noun)", fr: "1 \(french)") : Localized("\(count) \(noun)s", fr: "\(count) \(french)s")
  }

  /// The same word in both languages.
  private static func dates(_ count: Int) -> String { counted(count, "date", fr: "date").english }

  /// The column read as numbers: which decimal mark, whole or not, percentages or not.
  static func numbers(
    _ profile: ColumnProfile, _ context: FileContext, _ declared: DecimalMark?, _ name: NumberName = .none
  ) -> ColumnGuess {
    var remarks: [Remark] = []
    let mark = declared ?? decimalMark(profile, context, name, &remarks)
    let fits = profile.numbersFitting(mark)
    let numbers = counted(fits, "number", fr: "nombre")
    var evidence = numbers
    if mark == .comma {
      evidence = Localized("\(numbers.english), decimal comma", fr: "\(numbers.french), virgule décimale")
    }
    if profile.groupedCount > 0 {
      evidence = Localized(
        "\(evidence.english), thousands marked", fr: "\(evidence.french), milliers séparés")
    }
    var misfits = profile.valueCount - fits
    if profile.accountingCount > 0 { remarks.append(.accountingNegatives(count: profile.accountingCount)) }
    let percentages = profile.percentagesFitting(mark)
    if percentages > 0 {
      let bare = fits - percentages - profile.zeroCount
      if profile.marks.contains(.percents), bare > 0 {
        return ColumnGuess(
          .real(mark, isPercent: true),
          Localized(
            "\(percentages + bare) percentages, \(bare) of which by the column’s name",
            fr: "\(percentages + bare) pourcentages, dont \(bare) d’après le nom de la colonne"),
          remarks + [.barePercentages(count: bare)], misfits: misfits)
      }
      if percentages >= bare {
        return ColumnGuess(
          .real(mark, isPercent: true),
          counted(percentages, "percentage", fr: "pourcentage"), remarks, misfits: misfits + bare)
      }
      misfits += percentages
    }
    // A currency is the column's where it is the only one or most have it; the amounts in another are not read.
    let units = profile.units
    let inUnits = units.reduce(0) { $0 + $1.count }
    let bare = fits - inUnits - percentages - (profile.zeroCount - profile.zeroAmounts)
    var unit: String?
    if let first = units.first {
      if units.count == 1, bare > first.count {
        remarks.append(.unitOfFew(first.unit, count: first.count, bare: bare))
      }
      // Amounts in one currency tell what bare numbers beside them are in.
      if units.count == 1 || first.count >= fits - inUnits - profile.zeroCount {
        unit = first.unit
        misfits += inUnits - first.count
        evidence = Localized(
          "\(evidence.english), amounts in \(first.unit)", fr: "\(evidence.french), montants en \(first.unit)")
      } else {
        misfits += inUnits
      }
    }
    if profile.marks.contains(.measures), let measure = profile.marked.measureUnit {
      unit = measure
      evidence = Localized("\(evidence.english), in \(measure)", fr: "\(evidence.french), en \(measure)")
    }
    // A dash beside another currency than the column's is not read.
    if unit == nil { misfits += profile.dashAmounts }
    if profile.barePowers > 0 {
      remarks.append(.barePowers(count: profile.barePowers))
    }
    let isReal = profile.hasFractions(mark) || profile.exponentCount > 0
    let inexact = profile.longFractionCount + (isReal ? profile.inexactIntegerCount : 0)
    if inexact > 0 { remarks.append(.inexact(count: inexact)) }
    var guess = ColumnGuess(
      isReal ? .real(mark, isPercent: false) : .integer(mark), evidence, remarks, misfits: misfits)
    guess.unit = unit
    if let unit, AmountUnit.isScaled(unit) { guess.bareAmounts = bare }
    return guess
  }

  /// The mark that most numbers need; where none needs one, what the file's other columns and its delimiter suggest.
  private static func decimalMark(
    _ profile: ColumnProfile, _ context: FileContext, _ name: NumberName, _ remarks: inout [Remark]
  ) -> DecimalMark {
    let point = profile.numbersNeeding(.point)
    let comma = profile.numbersNeeding(.comma)
    if point != comma { return point > comma ? .point : .comma }
    if profile[.maybePoint] == 0, profile[.maybeComma] == 0 { return context.decimalMark ?? .point }
    // Who marks thousands by blanks has the mark for fractions.
    if profile.areThousandsSpaced, (profile[.maybePoint] == 0) != (profile[.maybeComma] == 0) {
      return profile[.maybePoint] == 0 ? .comma : .point
    }
    if let mark = context.decimalMark {
      // What every number of the column has may be its fraction all the same.
      if profile[.maybePoint] > 0 { remarks.append(.ambiguousMark(.point, isThousands: mark == .comma)) }
      if profile[.maybeComma] > 0 { remarks.append(.ambiguousMark(.comma, isThousands: mark == .point)) }
      return mark
    }
    if profile.areAmountsInThousands, (profile[.maybePoint] == 0) != (profile[.maybeComma] == 0) {
      let mark: DecimalMark = profile[.maybePoint] == 0 ? .point : .comma
      remarks.append(.ambiguousMark(mark == .point ? .comma : .point, isThousands: true))
      return mark
    }
    // Where the comma separates cells, a point is one of fractions.
    if context.delimiter == UInt8(ascii: ";") && profile.arePointsOfThousands
      || context.takesPointsForThousands(profile, name)
    {
      remarks.append(.ambiguousMark(.point, isThousands: true))
      return .comma
    }
    if profile[.maybeComma] > 0, profile[.maybePoint] == 0 {
      // Where the semicolon separates, the comma is usually taken by fractions; in French it marks no thousands.
      let isOfFractions =
        context.delimiter == UInt8(ascii: ";") || context.delimiter == UInt8(ascii: "\t") && context.isOfCommas
      let mark: DecimalMark = isOfFractions ? .comma : .point
      remarks.append(.ambiguousMark(.comma, isThousands: mark == .point))
      return mark
    }
    remarks.append(.ambiguousMark(.point, isThousands: false))
    return .point
  }
}
