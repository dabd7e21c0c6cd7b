import BilanColumnar

/// What the cells of one column look like, counted over every row: the evidence from which its type is decided.
struct ColumnProfile {
  /// Cells that hold something which is not a code for missing.
  private(set) var valueCount = 0
  private(set) var emptyCount = 0
  /// How often each code of `CodeList.missing` (or the declared list) occurs.
  private(set) var codeCounts: [Int]

  private(set) var numbers = [Int](repeating: 0, count: NumberShape.Kind.allCases.count)
  /// Percentages, by how they are written; they are among the numbers too.
  private(set) var percentages = [Int](repeating: 0, count: NumberShape.Kind.allCases.count)
  private(set) var exponentCount = 0
  private(set) var leadingZeroCount = 0
  /// Whole numbers of more than 15 digits, which double precision would not keep.
  private(set) var longIntegerCount = 0
  /// Those of them that a double does not keep.
  private(set) var inexactIntegerCount = 0
  /// `2,43E+13`, as a spreadsheet writes identifiers that it took for numbers.
  private(set) var scientificCount = 0
  /// Those of them that have a decimal comma.
  private(set) var scientificCommas = 0
  /// Whole numbers of 12 digits and more, which a spreadsheet would have written as powers of ten.
  private(set) var wideIntegerCount = 0
  /// `1E5`: a code, or a power of ten that no spreadsheet wrote.
  private(set) var barePowers = 0
  /// `1e5`, which programs write too.
  private(set) var smallPowers = 0
  /// Texts of capital letters and digits with a letter before the last digit, as codes have: `2A004`.
  private(set) var lettered = 0
  private(set) var yearCount = 0
  /// The digit 0 alone, which is the same with and without a percent sign.
  private(set) var zeroCount = 0
  /// Of those the ones with a currency beside them.
  private(set) var zeroAmounts = 0
  /// Numbers whose size must be tried: with an exponent, or more digits than a double has room for.
  private(set) var extremeCount = 0
  /// Fractions of more digits than a double keeps.
  private(set) var longFractionCount = 0
  /// Of the numbers, where they are looked at closely.
  private(set) var fractions = FractionCounts()

  private(set) var dates = DateCounts()
  private(set) var periods = PeriodCounts()
  private(set) var booleanCount = 0
  /// `o` or `y`, and `n`.
  private(set) var yesLetters = 0
  private(set) var noLetters = 0
  /// Numbers with a currency beside them, by its spelling in `AmountUnit`; empty where there are none.
  private(set) var amounts: [Int] = []
  /// Numbers with a point and three digits behind it, of which the last is a zero: `1.500`.
  private(set) var roundPoints = 0
  /// Whole numbers of four digits and more without a mark for thousands.
  private(set) var unmarkedThousands = 0
  /// Amounts with one mark, three digits behind it and several before: `12.000 €`.
  private(set) var wideAmounts = 0
  /// `(1 200)` and `1 200-`
  private(set) var accountingCount = 0
  /// Numbers with a zero alone before their fraction, and no percent sign.
  private(set) var belowOne = 0
  /// What stands around numbers, or is meant by them, that was taken so.
  private(set) var marks: NumberMarks = []
  /// What is a number only where other cells say so.
  private(set) var marked = MarkedNumbers()
  /// What is a day or a period only where its name or other cells say so.
  private(set) var times = DoubtfulTimes()
  /// Which spellings of them are taken for times.
  private(set) var timeSpellings: TimeSpellings = []
  /// `-   €`, which counts as the code that it holds.
  private(set) var dashAmounts = 0
  /// Texts that begin or end as the label of a total does.
  private(set) var totalLabels = 0
  /// `="001"`, a formula of a text as a whole cell.
  private(set) var formulas = 0
  /// Two capital letters, as country codes are.
  private(set) var twoLetterCount = 0

  let codes: CodeList
  private let checksCodesFirst: Bool
  private var plainTexts: PlainTexts?
  /// Whether the fractions of numbers are looked at, which may be those of codes.
  private let looksClosely: Bool
  /// Whether numbers may be days or months, by the name of their column.
  private let looksForTimes: Bool

  /// - Parameters:
  ///   - looksClosely: whether the numbers may be codes, by the name of their column.
  ///   - looksForTimes: whether they may be days or months.
  ///   - glances: false in tests, where each cell is compared with all that values are written with.
  init(codes: CodeList, looksClosely: Bool = false, looksForTimes: Bool = false, glances: Bool = true) {
    self.codes = codes
    self.looksClosely = looksClosely
    self.looksForTimes = looksForTimes
    checksCodesFirst = codes.hasNumbers
    // What may be a day is looked at in other ways.
    plainTexts = glances && !looksForTimes ? PlainTexts(codes: codes) : nil
    codeCounts = [Int](repeating: 0, count: codes.codes.count)
  }

  /// Whether the same cells count the same in both.
  func countsLike(_ other: ColumnProfile) -> Bool {
    codes == other.codes && looksClosely == other.looksClosely && looksForTimes == other.looksForTimes
  }

  /// Counts a cell, as often as it occurs; `from..<to` may have blanks and quotes around.
  mutating func observe(_ bytes: Span<UInt8>, _ from: Int, _ to: Int, quote: UInt8, count: Int = 1) {
    let (start, end) = FieldText.trimmed(bytes, from, to, quote: quote)
    guard start < end else {
      emptyCount += count
      return
    }
    if plainTexts?.contains(bytes, start, end) ?? false {
      valueCount += count
      return
    }
    if checksCodesFirst, let code = codes.index(bytes, start, end) {
      codeCounts[code] += count
      return
    }
    if looksForTimes { times.observeNumber(bytes, start, end, count) }
    if observePlain(bytes, start, end, count) { return }
    let first = bytes[start]
    if first <= 0x39 || first == 0xE2 {
      if let shape = NumberShape.scan(bytes, start, end) {
        observe(shape, bytes, start, end, count)
        return
      }
      if let shape = DateShape.scan(bytes, start, end) {
        // `00/00/0000` is how databases write that there is no date.
        if shape.first == 0, shape.second == 0, let code = codes.index(bytes, start, end) {
          codeCounts[code] += count
          return
        }
        valueCount += count
        dates.observe(shape, count)
        return
      }
      dates.observeCode(bytes, start, end, count)
    } else if let date = Weekday.end(bytes, start, end), let shape = DateShape.scan(bytes, date, end) {
      valueCount += count
      dates.observe(shape, onDay: Weekday.number(bytes, start, date), count)
      return
    }
    let mayBeTime = TimeGlance.mayBeTime(bytes, start, end)
    if mayBeTime {
      if let plain = ArabicDigits.plain(bytes, start, end) {
        observe(plain.span, 0, plain.count, quote: 0, count: count)
        return
      }
      times.observeText(bytes, start, end, count)
    }
    if mayBeTime, periods.observe(bytes, start, end, count) {
      // It is one.
    } else if !checksCodesFirst, let code = codes.index(bytes, start, end) {
      codeCounts[code] += count
      return
    } else if let word = CodeList.booleans.index(bytes, start, end) {
      if word < CodeList.firstLetterOfBooleans {
        booleanCount += count
      } else if word % 2 == 0 {
        yesLetters += count
      } else {
        noLetters += count
      }
    } else if Self.isLettered(bytes, start, end) {
      // `15MAR2019`, as SAS writes days, is no code.
      if !(mayBeTime && 8...9 ~= end - start && dates.observeNamed(bytes, start, end, count)) { lettered += count }
    } else if end - start == 2, first >= 0x41, first <= 0x5A, bytes[start + 1] >= 0x41, bytes[start + 1] <= 0x5A {
      twoLetterCount += count
    } else if observeWords(bytes, start, end, mayBeTime: mayBeTime, count) {
      return
    }
    valueCount += count
  }

  /// Whether a text is of capital letters and digits, with a letter before the last digit: a code such as `2A004`.
  private static func isLettered(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard end - start <= 12, bytes[end - 1] &- 0x30 < 10 else { return false }
    var hasLetter = false
    for index in start..<end where bytes[index] &- 0x30 > 9 {
      guard bytes[index] >= 0x41, bytes[index] <= 0x5A else { return false }
      hasLetter = true
    }
    return hasLetter
  }

  /// Counts what is written with words: dates with the month's name, amounts with a currency, labels of totals.
  ///
  /// - Returns: true where the value is counted as such.
  private mutating func observeWords(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int, mayBeTime: Bool, _ count: Int
  ) -> Bool {
    if mayBeTime,
      dates.observeNamed(bytes, start, end, count) || periods.observePair(bytes, start, end, count)
        || periods.observeMarked(bytes, start, end, count)
    {
      return false
    }
    if marked.observe(bytes, start, end, count) {
      valueCount += count
      return true
    } else if let (from, to, spelling, isNegative) = AmountUnit.amount(bytes, start, end) {
      if to - from <= 3, let code = codes.index(bytes, from, to) {
        codeCounts[code] += count
        dashAmounts += count
        return true
      }
      guard let shape = NumberShape.scan(bytes, from, to), !shape.isPercent else { return false }
      if amounts.isEmpty { amounts = [Int](repeating: 0, count: AmountUnit.spellingCount) }
      amounts[spelling] += count
      if isNegative, bytes[start] == UInt8(ascii: "(") {
        accountingCount += count
        marked.enclosedCount += count
      }
      if shape.kind == .integer, shape.digitCount == 1, bytes[from] == 0x30 { zeroAmounts += count }
      if shape.kind == .maybePoint || shape.kind == .maybeComma, shape.digitCount > 4 { wideAmounts += count }
      observe(shape, bytes, from, to, count)
      return true
    } else if TotalLabel.mayBe(bytes, start, end) {
      totalLabels += count
    } else if TextFormulas.isThere(bytes, start, end) {
      formulas += count
    } else {
      marked.observePartial(bytes, start, end, count)
    }
    return false
  }

  /// Takes for numbers what these marks stand around.
  mutating func take(_ marks: NumberMarks) {
    self.marks = marks
    if marks.contains(.shortNegatives) {
      numbers[NumberShape.Kind.integer.rawValue] += marked.shortNegatives
      accountingCount += marked.shortNegatives
    }
    for kind in NumberShape.Kind.allCases {
      if marks.contains(.footnotes) { numbers[kind.rawValue] += marked.footnoted[kind] }
      if marks.contains(.approximate) { numbers[kind.rawValue] += marked.approximate[kind] }
      if marks.contains(.measures) { numbers[kind.rawValue] += marked.measured[kind] }
    }
    if marks.contains(.measures) {
      roundPoints += marked.roundPoints
      unmarkedThousands += marked.unmarkedThousands
    }
    periods.take(marks)
    guard marks.contains(.flags) else { return }
    for kind in NumberShape.Kind.allCases { numbers[kind.rawValue] += marked.flagged[kind] }
    if let code = codes.codes.firstIndex(of: ":") {
      valueCount -= marked.flaggedMissing
      codeCounts[code] += marked.flaggedMissing
    }
  }

  /// Takes for days and periods what is written so.
  mutating func take(_ spellings: TimeSpellings) {
    timeSpellings = spellings
    func taken(_ spelling: TimeSpellings) -> Int { spellings.contains(spelling) ? times[spelling] : 0 }
    // Of those that were counted as numbers.
    let days = taken(.compactDays) + taken(.serialDays)
    let daysFirst = taken(.compactDaysFirst)
    numbers[NumberShape.Kind.integer.rawValue] -= days + daysFirst + taken(.compactMonths)
    // All values are days then: the zeros are theirs.
    if daysFirst > 0 { leadingZeroCount = 0 }
    numbers[NumberShape.Kind.point.rawValue] -= taken(.dottedMonths)
    dates.add(yearFirst: days, dayFirst: daysFirst, shortDotted: taken(.shortDotted))
    periods.add(taken(.compactMonths) + taken(.dottedMonths) + taken(.shortPeriods) + taken(.slashMonths))
  }

  /// Counts what most cells of numbers are, digits with at most one point, as `NumberShape` would and faster.
  ///
  /// - Returns: false where the cell is anything else, and nothing was counted.
  @inline(__always)
  private mutating func observePlain(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ count: Int) -> Bool {
    var index = start
    if bytes[index] == UInt8(ascii: "-") { index &+= 1 }
    let digits = index
    while index < end, bytes[index] &- 0x30 < 10 { index &+= 1 }
    let whole = index &- digits
    // A zero first is a code, a fraction or zero itself; more than 15 digits are looked at closely.
    guard whole > 0, end &- digits <= 15, bytes[digits] != 0x30 || (whole == 1 && end &- digits > 1) else {
      return false
    }
    if index == end {
      if whole == 4, start == digits, bytes[digits] <= 0x32 { yearCount &+= count }
      if whole >= 12 { wideIntegerCount &+= count }
      if whole > 3 { unmarkedThousands &+= count }
      numbers[NumberShape.Kind.integer.rawValue] &+= count
    } else {
      guard bytes[index] == UInt8(ascii: "."), !looksClosely else { return false }
      index &+= 1
      let fraction = end &- index
      guard fraction > 0, fraction != 3 || whole > 3 || bytes[digits] == 0x30 else { return false }
      while index < end {
        if bytes[index] &- 0x30 > 9 { return false }
        index &+= 1
      }
      numbers[NumberShape.Kind.point.rawValue] &+= count
      if bytes[digits] == 0x30 { belowOne &+= count }
    }
    valueCount &+= count
    return true
  }

  private mutating func observe(
    _ shape: NumberShape, _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ count: Int
  ) {
    valueCount += count
    if shape.isAccounting {
      accountingCount += count
      if bytes[start] == UInt8(ascii: "(") { marked.enclosedCount += count }
    }
    if shape.exponent != nil || shape.digitCount > 15 { extremeCount += count }
    if shape.kind == .integer, shape.exponent == nil, !shape.isPercent {
      if shape.digitCount > 15 {
        longIntegerCount += count
        if !shape.isExactAsDouble(bytes) { inexactIntegerCount += count }
      }
      if shape.digitCount >= 12 { wideIntegerCount += count }
      // A plus and many digits is a telephone number.
      if shape.hasLeadingZero || (shape.hasPlus && shape.digitCount >= 8) { leadingZeroCount += count }
      if shape.digitCount == 1, bytes[start] == 0x30 { zeroCount += count }
      if shape.digitCount == 4, end - start == 4, bytes[start] == 0x31 || bytes[start] == 0x32 { yearCount += count }
    } else if shape.hasLeadingZero {
      leadingZeroCount += count
    }
    if shape.kind != .integer {
      if shape.digitCount > 17, shape.significantDigits(bytes) > 17 { longFractionCount += count }
      if looksClosely { fractions.observe(shape, bytes, count) }
    }
    if shape.isPercent {
      percentages[shape.kind.rawValue] += count
    } else if shape.kind != .integer, bytes[shape.start] == 0x30 {
      belowOne += count
    }
    if let exponent = shape.exponent {
      exponentCount += count
      if exponent >= 9, Self.isOfSpreadsheet(shape, bytes, end, exponent) {
        scientificCount += count
        if shape.kind == .comma { scientificCommas += count }
      } else if shape.kind == .integer, shape.digitCount <= 4, exponent >= 0, bytes[end - 1] != UInt8(ascii: "%"),
        bytes[shape.end + 1] &- 0x30 < 10
      {
        if bytes[shape.end] == UInt8(ascii: "E") { barePowers += count } else { smallPowers += count }
      }
    }
    numbers[shape.kind.rawValue] += count
    if shape.kind == .maybePoint, bytes[shape.end - 1] == 0x30 { roundPoints += count }
    if shape.kind == .integer, shape.digitCount > 3 { unmarkedThousands += count }
  }

  /// Whether a power of ten is written as spreadsheets do: a capital, a sign, two digits, and few digits before.
  private static func isOfSpreadsheet(_ shape: NumberShape, _ bytes: Span<UInt8>, _ end: Int, _ exponent: Int) -> Bool {
    if shape.kind == .comma { return true }
    let mark = shape.end
    return shape.digitCount <= 6 && exponent < 100 && end - mark == 4 && bytes[mark] == UInt8(ascii: "E")
      && bytes[mark + 1] == UInt8(ascii: "+")
  }

  /// Takes numbers that were read plainly, digits with at most one decimal mark, and counted on the way.
  mutating func add(_ plain: NumberCapture.Counts, mark: DecimalMark) {
    valueCount += plain.integers + plain.fractions + plain.ambiguous
    emptyCount += plain.empties
    numbers[NumberShape.Kind.integer.rawValue] += plain.integers
    numbers[(mark == .point ? NumberShape.Kind.point : .comma).rawValue] += plain.fractions
    numbers[(mark == .point ? NumberShape.Kind.maybePoint : .maybeComma).rawValue] += plain.ambiguous
    yearCount += plain.years
    zeroCount += plain.zeros
    wideIntegerCount += plain.wide
  }

  /// Takes what was counted over other rows, with the same codes.
  mutating func merge(_ other: ColumnProfile) {
    valueCount += other.valueCount
    emptyCount += other.emptyCount
    for code in codeCounts.indices { codeCounts[code] += other.codeCounts[code] }
    for kind in numbers.indices { numbers[kind] += other.numbers[kind] }
    for kind in percentages.indices { percentages[kind] += other.percentages[kind] }
    exponentCount += other.exponentCount
    leadingZeroCount += other.leadingZeroCount
    longIntegerCount += other.longIntegerCount
    inexactIntegerCount += other.inexactIntegerCount
    scientificCount += other.scientificCount
    scientificCommas += other.scientificCommas
    wideIntegerCount += other.wideIntegerCount
    barePowers += other.barePowers
    smallPowers += other.smallPowers
    lettered += other.lettered
    yearCount += other.yearCount
    zeroCount += other.zeroCount
    zeroAmounts += other.zeroAmounts
    extremeCount += other.extremeCount
    longFractionCount += other.longFractionCount
    fractions.merge(other.fractions)
    yesLetters += other.yesLetters
    noLetters += other.noLetters
    accountingCount += other.accountingCount
    belowOne += other.belowOne
    dates.merge(other.dates)
    periods.merge(other.periods)
    marked.merge(other.marked)
    times.merge(other.times)
    dashAmounts += other.dashAmounts
    wideAmounts += other.wideAmounts
    roundPoints += other.roundPoints
    unmarkedThousands += other.unmarkedThousands
    totalLabels += other.totalLabels
    formulas += other.formulas
    if amounts.isEmpty {
      amounts = other.amounts
    } else {
      for (spelling, count) in other.amounts.enumerated() { amounts[spelling] += count }
    }
    booleanCount += other.booleanCount
    twoLetterCount += other.twoLetterCount
  }
}
