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
      case .ambiguousDates, .ambiguousYears, .ambiguousMark, .barePowers, .strayCommas: return .assumed
      case .barePercentages, .mixedMeasures, .serialDays, .shortPeriods, .almost, .mixedKinds, .hijriDates,
        .longNumbers, .mixedCurrencies, .bareAmounts, .unitOfFew, .codesKept, .monthsOrParts, .schoolYears,
        .spansOfYears, .fiscalYears:
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
    if profile.periods.count > 0 || (firstMonth != 1 && profile.periods.yearPairs > 0) {
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
          "codes: \(profile.dates.numberedCodes) of \(count) cannot be dates",
          fr: "codes : \(profile.dates.numberedCodes) sur \(count) ne peuvent être des dates"),
        [.almost(best.format, misfits: best.misfits)])
    } else if case .date = best.format, profile.areDatesHijri, best.misfits * 2 < count {
      let years = "\(profile.dates.earliestYear)–\(profile.dates.latestYear)"
      self.init(
        .text, Localized("dates of the years \(years)", fr: "dates des années \(years)"),
        [.hijriDates(count: count - best.misfits, profile.dates.earliestYear...profile.dates.latestYear)])
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
    } else if case let spans = profile.spanCount, spans > 0 {
      let seasons = profile.periods.seasons
      self.init(
        .text,
        seasons == 0
          ? Localized(
            "\(spans) pairs of years: fiscal years where `fiscal_year_start` says when they begin",
            fr: "\(spans) couples d’années : des exercices si `fiscal_year_start` dit quand ils commencent")
          : Localized(
            "\(spans) years that begin within one of the calendar",
            fr: "\(spans) années qui commencent en cours d’année civile"),
        [.spansOfYears(count: spans, areFiscal: seasons == 0)])
    } else {
      let kinds = Self.kinds(profile)
      let isMixed =
        (kinds.count > 1 || kinds[0].kind == .markedNumber)
        && kinds.reduce(0) { $0 + ($1.kind == .text ? 0 : $1.count) } * 2 > count
      self.init(
        .text, Self.counted(count, "text", fr: "texte"), isMixed ? [.mixedKinds(best.format, kinds)] : [])
    }
  }

  init(_ format: ColumnFormat, _ evidence: Localized, _ remarks: [Remark] = [], misfits: Int = 0) {
    self.format = format
    self.evidence = evidence
    self.remarks = remarks
    self.misfits = misfits
  }

  /// How many values are of each kind, whatever stands around them.
  private static func kinds(_ profile: ColumnProfile) -> [(kind: Kind, count: Int)] {
    let (marked, dates, periods) = (profile.marked, profile.dates, profile.periods)
    let percentages = profile.percentages.reduce(0, +)
    var kinds: [(kind: Kind, count: Int)] = [
      (.number, profile.numberCount - percentages),
      (
        .markedNumber,
        [
          (NumberMarks.flags, marked.flaggedCount), (.footnotes, marked.footnotedCount),
          (.measures, marked.measuredCount), (.approximate, marked.approximateCount),
        ].reduce(marked.partialCount) { profile.marks.contains($1.0) ? $0 : $0 + $1.1 }
      ),
      (.percentage, percentages),
      (.date, dates.yearFirst + max(dates.dayFirst, dates.monthFirst) + dates.named),
      (.period, periods.count + periods.yearPairs + periods.seasons),
    ]
    let others = profile.valueCount - kinds.reduce(0) { $0 + $1.count }
    kinds.append((.text, others))
    return kinds.filter { $0.count > 0 }
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

  /// A column of quarters or semesters by its name, which its values write like months.
  static func monthsOrParts(_ count: Int) -> ColumnGuess {
    ColumnGuess(
      .text, Localized("codes by its name", fr: "des codes d’après son nom"),
      [.monthsOrParts(count: count)])
  }

  /// The column read as words for true and false.
  private static func truthValues(_ profile: ColumnProfile) -> ColumnGuess {
    ColumnGuess(
      .boolean(trueWords: nil, falseWords: nil),
      Localized(
        "\(profile.booleanCount) words for true or false", fr: "\(profile.booleanCount) mots pour vrai ou faux"),
      misfits: profile.valueCount - profile.booleanCount)
  }

  /// `1 number`, `3 numbers`.
  static func counted(_ count: Int, _ noun: String, fr french: String) -> Localized {
    count == 1
      ? Localized("1 \(noun)", fr: "1 \(french)") : Localized("\(count) \(noun)s", fr: "\(count) \(french)s")
  }
}
