import BilanColumnar
import BilanDiagnostics

/// Columns read as dates and as periods.
extension ColumnGuess {
  /// The column read as dates.
  static func dates(_ profile: ColumnProfile, _ context: FileContext) -> ColumnGuess {
    let day = profile.dates.dayFirst
    let month = profile.dates.monthFirst
    var order = DateOrder.yearMonthDay
    var remarks: [Remark] = []
    var evidence = Localized(
      "\(Self.dates(profile.dates.yearFirst)), year first", fr: "\(Self.dates(profile.dates.yearFirst)), année d’abord")
    if let found = shortYearsFirst(profile, context) {
      evidence = found.evidence
      if !found.isSure { remarks.append(.ambiguousYears(count: profile.dates.shortYears)) }
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
    } else if day > 0, let byWeekday = profile.dates.order {
      order = byWeekday
      let count = max(profile.dates.dayFirstByWeekday, profile.dates.monthFirstByWeekday)
      let (english, french) = order == .dayMonthYear ? ("day", "jour") : ("month", "mois")
      evidence = Localized(
        "\(Self.dates(day)), \(count) of which fall on their days of the week only with the \(english) first",
        fr: "\(Self.dates(day)), dont \(count) ne tombent sur leur jour de la semaine que \(french) d’abord")
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
    let shortYears = profile.dates.shortYears + profile.dates.shortNamed
    if shortYears > 0 { remarks.append(.shortYears(count: shortYears, .usual)) }
    if profile.dates.timesOfDay > 0 { remarks.append(.timesDropped(count: profile.dates.timesOfDay)) }
    if profile.dates.named > 0 {
      let named = profile.dates.named
      let others = max(day, month) + profile.dates.yearFirst > 0
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
      case .yearMonthDay: context.dates.declared == nil ? profile.dates.shortYearsFirst : 0
      case .dayMonthYear: day
      case .monthDayYear: month
      }
    let fits = profile.dates.yearFirst + profile.dates.named + inOrder
    return ColumnGuess(.date(order), evidence, remarks, misfits: profile.valueCount - fits)
  }

  /// Whether years of two digits come first, `19-12-31`, and on what evidence; nil where they come last.
  private static func shortYearsFirst(
    _ profile: ColumnProfile, _ context: FileContext
  ) -> (evidence: Localized, isSure: Bool)? {
    let (count, others) = (profile.dates.shortYears, max(profile.dates.dayFirst, profile.dates.monthFirst))
    guard count > 0, context.dates.declared == nil, profile.dates.shortYearsFirst >= others else { return nil }
    let areYearsFirst = profile.dates.shortYearBounds.areYearsFirst
    // A single `99-12-31` does not turn all the others round.
    if profile.dates.shortYearsFirst > others, areYearsFirst || (count - others) * 2 >= count {
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
      profile.periods.count + profile.yearCount + profile.dates.yearFirst + profile.dates.named
      + (firstMonth == 1 ? 0 : profile.periods.yearPairs)
      - ((firstMonth - 1) % 3 == 0 ? 0 : profile.periods.fiscalParts)
    return ColumnGuess(
      .period(firstMonth: firstMonth), Self.counted(fits, "period", fr: "période"),
      firstMonth == 1 && profile.periods.fiscal > 0 ? [.fiscalYears(count: profile.periods.fiscal)] : [],
      misfits: profile.valueCount - fits)
  }

  /// The same word in both languages.
  private static func dates(_ count: Int) -> String { counted(count, "date", fr: "date").english }
}
