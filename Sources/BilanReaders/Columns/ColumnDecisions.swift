import BilanColumnar
import BilanDiagnostics

/// How every column of a file will be read: first each by itself, then in the light of the others.
struct ColumnDecisions: Sendable {
  private(set) var plans: [ColumnPlan] = []
  /// For each column the codes for missing that are declared; nil for the usual ones.
  private let codes: [CodeList?]
  private(set) var remarks: [[ColumnGuess.Remark]] = []
  /// Cells of each column that do not fit, or may not.
  private var misfits: [Int] = []
  var reports: [ColumnReport] = []
  /// For columns that are text though most of them reads as something else: the first values that do not.
  private(set) var outliers: [Int: [(line: Int, text: String)]] = [:]
  /// The columns whose values may be counted, not listed.
  private let sensitive: Set<Int>

  /// - Parameters:
  ///   - codes: for each column the codes for missing that are declared; nil for the usual ones.
  ///   - mark: the decimal mark declared for the whole file.
  init(
    _ profiles: [ColumnProfile], codes: [CodeList?], declared: DeclaredFields, labels: [String], delimiter: UInt8,
    mark: DecimalMark?, firstMonth: Int, dates: DateConvention = .init()
  ) {
    self.codes = codes
    let marks = NumberMarks.found(in: profiles, labels: labels)
    let times = profiles.indices.map { place in
      profiles[place].timeSpellings(
        declared.timeName(place, handle: TextFolding.handle(of: labels[place])),
        areStored: declared.isOfStoredNumbers(place))
    }
    let profiles = profiles.indices.map { place in
      var profile = profiles[place]
      profile.take(marks[place])
      profile.take(times[place])
      return profile
    }
    sensitive = Set(profiles.indices.filter { declared[$0]?.isSensitive ?? false })
    // Numbers that the file stores as numbers have no mark of their own, so they say nothing of those of texts.
    let context = FileContext(
      delimiter: delimiter, profiles: profiles, labels: labels,
      marksOf: profiles.indices.filter { !declared.isOfStoredNumbers($0) },
      dates: dates)
    for (place, profile) in profiles.enumerated() {
      let handle = TextFolding.handle(of: labels[place])
      let name = NumberName(label: labels[place])
      var guess =
        profile.valueCount == 0 && FieldAliases.namesANumber(handle)
        ? ColumnGuess.numbersToCome
        : ColumnGuess(
          profile, in: context, mark: declared.mark(place) ?? mark ?? Self.markOfDegrees(profile, handle),
          name: name, firstMonth: firstMonth)
      if case .integer = guess.format, guess.unit == nil, FieldAliases.namesAnIdentifier(handle) {
        guess = ColumnGuess.identifiers
      }
      let code = declared.codeName(place, label: labels[place], handle: handle)
      if case .real(let mark, isPercent: false) = guess.format, guess.unit == nil, code.holds(profile, mark) {
        guess = ColumnGuess.codes(profile.fractionCount(mark), like: .decimals)
      }
      switch guess.format {
      case .date where code.holdsDates(handle):
        guess = ColumnGuess.codes(profile.valueCount - guess.misfits, like: .dates)
      case .period where code.holdsPeriods(handle):
        guess = ColumnGuess.codes(profile.valueCount - guess.misfits, like: .periods)
      case .period where TimeName.partCount(handle: handle).map(profile.mayBeParts) ?? false:
        guess = ColumnGuess.monthsOrParts(profile.valueCount)
      default: break
      }
      let format = declared.format(
        place, mark: Self.mark(profile, context, mark, name), order: Self.order(profile, context),
        firstMonth: firstMonth)
      let pivot = Self.pivot(profile, handle)
      plans.append(
        ColumnPlan(
          fieldIndex: place, format: format ?? guess.format, missing: codes[place] ?? .missing,
          units: declared[place]?.units ?? guess.unit.map {
            marks[place].contains(.measures) ? .measure($0) : .currency($0)
          } ?? .none,
          marks: marks[place], times: times[place], pivot: pivot,
          isNamedCode: code != .none))
      var own =
        format.map { Self.doubts(on: $0, place, profile, context, declared, mark, name) }
        ?? guess.remarks + (guess.format.type.isNumber ? declared.remarks(place) : [])
      if declared[place] == nil { own += Self.remarks(on: marks[place], plans[place].format, profile) }
      if declared[place] == nil { own += Self.remarks(on: times[place], plans[place].format, profile.times) }
      remarks.append(
        own.map { remark in
          if case .shortYears(let count, _) = remark { .shortYears(count: count, pivot) } else { remark }
        })
      misfits.append(guess.misfits + (plans[place].format.type.isNumber ? profile.extremeCount : 0))
      reports.append(
        Self.report(
          labels[place], profile, plans[place], isDeclared: format != nil, evidence: guess.evidence))
      reports[place].confidence = format == nil ? guess.confidence(profile) : .declared
    }
    decideTextCodes(profiles)
    for place in reports.indices where codes[place] == nil {
      let errors = reports[place].missingCodes.filter { CodeList.isSpreadsheetError($0.code) }
      if !errors.isEmpty { remarks[place].append(.spreadsheetErrors(errors)) }
    }
  }

  /// What there is to say of what stands around values and is left out.
  private static func remarks(
    on marks: NumberMarks, _ format: ColumnFormat, _ profile: ColumnProfile
  ) -> [ColumnGuess.Remark] {
    let (marked, periods) = (profile.marked, profile.periods)
    var (flagged, footnoted, areStars) = (0, 0, true)
    switch format.type {
    case .integer, .real:
      if marks.contains(.flags) { flagged += marked.flaggedCount }
      if marks.contains(.footnotes) {
        flagged += marked.statusCount
        footnoted = marked.footnotedCount - marked.statusCount
        areStars = !marked.hasReferences
      }
    case .period:
      if marks.contains(.flags) { flagged += periods.flagged }
      if marks.contains(.footnotes) {
        flagged += periods.marked - periods.footnoted
        footnoted = periods.footnoted
        areStars = !periods.hasReferences
      }
    default: return []
    }
    var remarks: [ColumnGuess.Remark] = []
    if flagged > 0 { remarks.append(.flagged(count: flagged)) }
    if footnoted > 0 { remarks.append(.footnoted(count: footnoted, areStars: areStars)) }
    if marks.contains(.approximate), format.type.isNumber {
      remarks.append(.approximate(count: marked.approximateCount))
    }
    return remarks
  }

  /// What there is to say of spellings that could be something else.
  private static func remarks(
    on spellings: TimeSpellings, _ format: ColumnFormat, _ times: DoubtfulTimes
  ) -> [ColumnGuess.Remark] {
    switch format.type {
    case .date where spellings.contains(.serialDays): [.serialDays(count: times[.serialDays])]
    case .period where spellings.contains(.shortPeriods): [.shortPeriods(count: times[.shortPeriods], .usual)]
    default: []
    }
  }

  /// The mark of degrees of latitude and longitude, of which there are no thousands; nil for other columns.
  private static func markOfDegrees(_ profile: ColumnProfile, _ handle: String) -> DecimalMark? {
    guard handle.split(separator: "_").contains(where: WordList("lat latitude lng lon long longitude").contains) else {
      return nil
    }
    if profile[.maybePoint] > 0, profile.numbersNeeding(.comma) == 0 { return .point }
    return profile[.maybeComma] > 0 && profile.numbersNeeding(.point) == 0 ? .comma : nil
  }

  /// Gives numbers that say nothing else the unit that stands over them.
  mutating func take(_ unit: String, of place: Int) {
    if plans[place].format.type.isNumber, reports[place].unit == nil { reports[place].unit = unit }
  }

  /// Says what could not be read of a column.
  mutating func note(_ unreadable: ColumnReport.Unreadable, of place: Int) {
    reports[place].unreadable = ColumnReport.Unreadable(
      count: unreadable.count, examples: shown(unreadable.examples, of: place))
  }

  /// Says which values make a column text; nothing where these are the deeper numbers of an outline, `2.1.1` under `2.1`.
  mutating func note(outliers examples: [(line: Int, text: String)], of place: Int) {
    outliers[place] = shown(examples, of: place)
    guard !examples.isEmpty, examples.allSatisfy({ Self.isOutlineNumber($0.text) }) else { return }
    let total = reports[place].valueCount
    remarks[place].removeAll { remark in
      // One among many is a slip.
      if case .almost(_, let misfits) = remark { misfits > 1 && misfits * 20 >= total } else { false }
    }
  }

  /// Short whole numbers with points between, two at least.
  private static func isOutlineNumber(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count >= 3 && parts.allSatisfy { 1...2 ~= $0.utf8.count && $0.utf8.allSatisfy { $0 &- 0x30 < 10 } }
  }

  /// The lines alone where the values are personal.
  private func shown(_ examples: [(line: Int, text: String)], of place: Int) -> [(line: Int, text: String)] {
    sensitive.contains(place) ? examples.map { (line: $0.line, text: "…") } : examples
  }

  /// What years of two digits mean: those of births, and those beside older years, lie in the past.
  private static func pivot(_ profile: ColumnProfile, _ handle: String) -> ShortYearPivot {
    let usual = ShortYearPivot.usual
    return FieldAliases.namesABirth(handle) || profile.dates.earliestYear < usual.years.lowerBound ? .past : usual
  }

  /// What a declared type leaves to be told: it says nothing of marks, of the order of dates or of times.
  private static func doubts(
    on format: ColumnFormat, _ place: Int, _ profile: ColumnProfile, _ context: FileContext, _ declared: DeclaredFields,
    _ mark: DecimalMark?, _ name: NumberName
  ) -> [ColumnGuess.Remark] {
    switch format {
    case .integer, .real:
      var remarks = ColumnGuess.numbers(profile, context, declared.mark(place) ?? mark, name).remarks
      // A descriptor that names the decimal mark and none for thousands does not know of these.
      if let other = declared.undeclaredGroupMark(place),
        profile[other == .comma ? .maybeComma : .maybePoint] > 0
      {
        remarks.append(.ambiguousMark(other, isThousands: true))
      }
      return remarks.filter {
        switch $0 {
        case .ambiguousMark, .inexact: true
        case .accountingNegatives: declared[place] == nil
        default: false
        }
      }
    case .date:
      return ColumnGuess.dates(profile, context).remarks.filter {
        if case .ambiguousDates = $0 { !declared.hasDateOrder(place) } else { declared[place]?.takesAnyDate != true }
      }
    default: return []
    }
  }

  /// How many notes there are about each column.
  var noteCounts: [Int] {
    reports.indices.map { remarks[$0].count + (reports[$0].unreadable == nil ? 0 : 1) }
  }

  /// True where some cells may turn out not to fit: the column must be built to know them.
  func mayHaveUnreadable(_ place: Int) -> Bool {
    plans[place].format != .text && (misfits[place] > 0 || reports[place].isDeclared)
  }

  /// How a column that is text would be read by most of its values.
  func nearPlan(_ place: Int) -> ColumnPlan? {
    for remark in remarks[place] {
      switch remark {
      case .almost(let format, misfits: _), .mixedKinds(let format, _):
        var plan = plans[place]
        plan.format = format
        plan.missing = codes[place] ?? .missing
        return plan
      default: continue
      }
    }
    return nil
  }

  private static func mark(
    _ profile: ColumnProfile, _ context: FileContext, _ declared: DecimalMark?, _ name: NumberName
  ) -> DecimalMark {
    switch ColumnGuess.numbers(profile, context, declared, name).format {
    case .integer(let mark), .real(let mark, _): mark
    default: .point
    }
  }

  private static func order(_ profile: ColumnProfile, _ context: FileContext) -> DateOrder {
    if case .date(let order) = ColumnGuess.dates(profile, context).format, order != .yearMonthDay { return order }
    return .dayMonthYear
  }

  /// Which codes mean missing in the text columns, once it is known which ones the other columns use.
  private mutating func decideTextCodes(_ profiles: [ColumnProfile]) {
    var used: Set<String> = []
    for (place, plan) in plans.enumerated() where plan.format != .text {
      used.formUnion(profiles[place].codesFound.map(\.code).filter(CodeList.missingInTextIfUsed.contains))
    }
    for place in plans.indices where plans[place].format == .text && codes[place] == nil {
      let profile = profiles[place]
      // Where signs alone stand in a column, `..`, it has no texts.
      if profile.valueCount == 0,
        profile.codesFound.allSatisfy({ !$0.code.contains(where: \.isLetter) && $0.code != "*" })
      {
        plans[place].missing = .missing
        continue
      }
      let isCodeColumn = profile.twoLetterCount * 2 > profile.valueCount
      let missing =
        used.isEmpty || isCodeColumn
        ? CodeList.missingInText
        : CodeList(CodeList.missing.codes.filter { CodeList.missingInText.contains($0) || used.contains($0) })
      plans[place].missing = missing
      let found = profile.codesFound
      reports[place].missingCodes = found.filter { missing.contains($0.code) }
      reports[place].keptCodes = found.filter { !missing.contains($0.code) }
      let keptCount = reports[place].keptCodes.reduce(0) { $0 + $1.count }
      // They are texts as the others are.
      if keptCount > 0, reports[place].evidence == ColumnGuess.counted(profile.valueCount, "text", fr: "texte") {
        reports[place].evidence = ColumnGuess.counted(profile.valueCount + keptCount, "text", fr: "texte")
      }
      reports[place].valueCount += keptCount
    }
  }

  private static func report(
    _ label: String, _ profile: ColumnProfile, _ plan: ColumnPlan, isDeclared: Bool, evidence: Localized
  ) -> ColumnReport {
    let format = plan.format
    var report = ColumnReport(
      label: label, handle: "", type: format.type, isDeclared: isDeclared,
      evidence: isDeclared ? Localized("declared", fr: "déclaré") : evidence,
      hasThousandsMarks: format.type.isNumber && profile.groupedCount > 0, valueCount: profile.valueCount,
      emptyCount: profile.emptyCount, missingCodes: profile.codesFound, keptCodes: [])
    switch format {
    case .integer(let mark): report.groupMark = profile.groupMark(mark)
    case .real(let mark, let isPercent):
      report.decimalMark = mark
      report.groupMark = profile.groupMark(mark)
      report.isPercent = isPercent
    case .date(let order): report.dateOrder = order
    default: break
    }
    switch plan.units {
    case .currency(let unit), .measure(let unit): if format.type.isNumber { report.unit = unit }
    default: break
    }
    return report
  }
}
