import BilanColumnar
import BilanFunctions
import Testing

@Suite struct DateFunctionTests {
  @Test func readsPartsOfDates() throws {
    let dates = TestArgument.dates("2019-04-15", "2018-12-31", nil)
    #expect(try call("year", dates) == [.integer(2019), .integer(2018), .missing])
    #expect(try call("semester", dates) == [.period(span("2019-S1")), .period(span("2018-S2")), .missing])
    #expect(try call("quarter", dates) == [.period(span("2019-Q2")), .period(span("2018-Q4")), .missing])
    #expect(try call("month", dates) == [.period(span("2019-04")), .period(span("2018-12")), .missing])
    #expect(try call("week", dates) == [.integer(16), .integer(1), .missing])
    #expect(try call("weekday", dates) == [.integer(1), .integer(1), .missing])
  }

  @Test func readsPartsOfPeriods() throws {
    let periods = TestArgument.periods("2019", "2019-S2", "2019-Q3", "2019-04", "2019-04-15", nil)
    #expect(try call("year", periods) == Array(repeating: .integer(2019), count: 5) + [.missing])
    #expect(
      try call("quarter", periods) == [
        .missing, .missing, .period(span("2019-Q3")), .period(span("2019-Q2")), .period(span("2019-Q2")), .missing,
      ])
    #expect(try call("semester", .period("2019-Q3")) == [.period(span("2019-S2"))])
    #expect(try call("month", .period("2019-Q3")) == [.missing])
    #expect(try call("start", .periods("2019-Q3", nil)) == [.date(day("2019-07-01")), .missing])
    #expect(try call("end", .periods("2020-02", "2019-04-15")) == [.date(day("2020-02-29")), .date(day("2019-04-15"))])
    #expect(try call("end", 2019) == [.date(day("2019-12-31"))])
  }

  @Test func measuresDistances() throws {
    #expect(try call("days_between", .dates("2019-01-01", nil), .date("2019-03-01")) == [.integer(59), .missing])
    #expect(try call("days_between", .date("2019-03-01"), .date("2019-01-01")) == [.integer(-59)])
    for (from, to, months) in [
      ("2019-01-31", "2019-02-28", 1), ("2019-01-31", "2019-03-30", 1), ("2019-01-31", "2019-03-31", 2),
      ("2019-01-15", "2019-01-14", 0), ("2019-03-15", "2019-01-14", -2), ("2018-06-01", "2020-05-31", 23),
    ] as [(String, String, Int64)] {
      #expect(try call("months_between", .date(from), .date(to)) == [.integer(months)], "\(from) \(to)")
    }
    #expect(try call("today") == [.date(day("2024-02-29"))])
  }
}

@Suite struct ConversionFunctionTests {
  @Test(arguments: [
    ("1234", 1234.0), ("-1 234,5", -1234.5), ("1\u{202F}234,5", 1234.5), ("1,234.5", 1234.5), ("1.234,5", 1234.5),
    ("1,234,567", 1_234_567), ("1.234.567", 1_234_567), ("1,234", 1.234), ("12 %", 0.12), ("12,5%", 0.125),
    (" 7 ", 7), ("+3", 3), ("\u{2212}3", -3), ("2e6", 2e6), ("1,5E-2", 0.015), (".5", 0.5), ("5.", 5),
    ("1'234", 1234),
  ])
  func readsNumbers(_ text: String, _ number: Double) throws {
    #expect(try call("number", .value(.text(text))) == [.real(number)])
  }

  @Test(arguments: [
    "", " ", "abc", "1 23", "12 34", "1234 567", "1,2,3", "1.2.3", "--1", "1e", "e5", ".", ",", "1 234 5", "nan", "inf",
    "0x10", "1e999", "12 %%", "1,234,56", "1 2345", "1, 234", "%",
  ])
  func readsNoNumber(_ text: String) throws {
    #expect(try call("number", .value(.text(text))) == [.missing])
  }

  @Test func makesNumbersOfOtherTypes() throws {
    #expect(try call("number", .booleans(true, false, nil)) == [.integer(1), .integer(0), .missing])
    #expect(try call("number", .integers(1, nil)) == [.integer(1), .missing])
    let ratio = RatioValue(numerator: 1, denominator: 4, reported: 1, expected: 1)
    #expect(try call("number", .ratios(ratio)) == [.real(0.25)])
  }

  @Test func writesTexts() throws {
    #expect(try call("text", .integers(-12, nil)) == [.text("-12"), .missing])
    #expect(try call("text", .reals(3, 0.1, 1e20)) == [.text("3"), .text("0.1"), .text("1e+20")])
    #expect(try call("text", .booleans(true)) == [.text("true")])
    #expect(try call("text", .dates("2019-04-15")) == [.text("2019-04-15")])
    #expect(try call("text", .periods("2019-Q3")) == [.text("2019-Q3")])
    #expect(try call("text", .months(18)) == [.text("18 months")])
    #expect(try call("text", .days(1)) == [.text("1 day")])
    let known = RatioValue(numerator: 1, denominator: 4, reported: 1, expected: 1)
    let unknown = RatioValue(numerator: 0, denominator: 0, reported: 0, expected: 1)
    #expect(try call("text", .ratios(known, unknown)) == [.text("0.25"), .missing])
  }

  @Test func readsDates() throws {
    #expect(
      try call("date", .texts("2019-04-15", "2019-02-29", "15/04/2019", nil, " 2019-04-15 "))
        == [.date(day("2019-04-15")), .missing, .missing, .missing, .date(day("2019-04-15"))])
    #expect(try call("date", "15/04/2019", "dd/mm/yyyy") == [.date(day("2019-04-15"))])
    #expect(
      try call("date", .texts("5.4.19", "05.04.69"), "d.m.yy") == [.date(day("2019-04-05")), .date(day("1969-04-05"))])
    #expect(try call("date", "20190415", "yyyymmdd") == [.date(day("2019-04-15"))])
    #expect(try call("date", "5/4/2019", "dd/mm/yyyy") == [.missing])
    for format in ["", "yyyy-mm", "yyyy-mm-dd-dd", "yyy-mm-dd", "hh:mm", "dd-mm-mm"] {
      #expect(throws: KernelError.self) { try call("date", "2019-04-15", .value(.text(format))) }
    }
  }

  @Test(arguments: [
    ("2019", "2019"), ("2019-Q3", "2019-Q3"), ("T3 2019", "2019-Q3"), ("2019q3", "2019-Q3"), ("2019-T3", "2019-Q3"),
    ("Q3/2019", "2019-Q3"), ("2019-S1", "2019-S1"), ("S2 2019", "2019-S2"), ("2019-H2", "2019-S2"),
    ("2019-04", "2019-04"), ("04/2019", "2019-04"), ("2019-M04", "2019-04"), ("2019-04-15", "2019-04-15"),
    (" 2019 ", "2019"),
  ])
  func readsPeriods(_ text: String, _ expected: String) throws {
    let values = try call("period", .value(.text(text)))
    #expect(
      values.map { value in if case .period(let period) = value { period.description } else { "" } } == [expected])
  }

  @Test func readsFiscalYears() throws {
    #expect(try call("period", "FY2019", fiscalYearStart: 4) == [.period(.fiscalYear(2019, firstMonth: 4))])
    #expect(try call("period", "FY 2019") == [.period(.fiscalYear(2019, firstMonth: 1))])
  }

  @Test(arguments: [
    "", "19", "2019-Q5", "2019-Q0", "2019-S3", "2019-13", "2019-02-29", "2019--Q3", "3Q2019", "2019-Q", "Q2019", "x",
    "2019-W05", "15/04/2019", "2019FY", "0000", "2019-", "20190", "2019 2020",
  ])
  func readsNoPeriod(_ text: String) throws {
    #expect(try call("period", .value(.text(text))) == [.missing])
  }

  @Test func makesPeriodsOfDates() throws {
    #expect(try call("period", .date("2019-04-15")) == [.period(span("2019-04-15"))])
    #expect(try call("period", .integers(2019, nil)) == [.period(span("2019")), .missing])
  }

  @Test func masks() throws {
    let condition = TestArgument.booleans(true, false, nil)
    #expect(
      try call("missing_if", .integers(1, 2, 3), condition, "too many", "trop") == [.missing, .integer(2), .integer(3)])
    #expect(
      try call("missing_if", .texts("a", "b", nil), condition, "too many", "trop") == [.missing, .text("b"), .missing])
    let ratio = RatioValue(numerator: 1, denominator: 4, reported: 2, expected: 3)
    let masked = RatioValue(numerator: 0, denominator: 0, reported: 0, expected: 3)
    #expect(
      try call("missing_if", .ratios(ratio, ratio, ratio), condition, "mixed", "mélangé")
        == [.ratio(masked), .ratio(ratio), .ratio(ratio)])
  }
}

@Suite struct RatioFunctionTests {
  @Test func rowsAreGroupsOfOne() throws {
    #expect(
      try call("row_ratio", .integers(6, nil, 6, nil), .integers(5, 5, nil, nil)) == [
        .ratio(RatioValue(numerator: 6, denominator: 5, reported: 1, expected: 1)),
        .ratio(RatioValue(numerator: 0, denominator: 0, reported: 0, expected: 1)),
        .ratio(RatioValue(numerator: 0, denominator: 0, reported: 0, expected: 1)),
        .ratio(RatioValue(numerator: 0, denominator: 0, reported: 0, expected: 0)),
      ])
    #expect(
      try call("row_share", .booleans(true, false, nil)) == [
        .ratio(RatioValue(numerator: 1, denominator: 1, reported: 1, expected: 1)),
        .ratio(RatioValue(numerator: 0, denominator: 1, reported: 1, expected: 1)),
        .ratio(RatioValue(numerator: 0, denominator: 0, reported: 0, expected: 1)),
      ])
  }

  @Test func readsParts() throws {
    let ratios = TestArgument.ratios(
      RatioValue(numerator: 6, denominator: 5, reported: 1, expected: 2),
      RatioValue(numerator: 0, denominator: 0, reported: 0, expected: 1))
    #expect(try call("numerator", ratios) == [.real(6), .missing])
    #expect(try call("denominator", ratios) == [.real(5), .missing])
    #expect(try call("reported", ratios) == [.integer(1), .integer(0)])
    #expect(try call("expected", ratios) == [.integer(2), .integer(1)])
    #expect(try call("to_real", ratios) == [.real(1.2), .missing])
  }

  @Test func limitsOfShares() throws {
    let ratios = TestArgument.ratios(
      RatioValue(numerator: 0, denominator: 10, reported: 10, expected: 10),
      RatioValue(numerator: 12, denominator: 10, reported: 10, expected: 10),
      RatioValue(numerator: 0, denominator: 0, reported: 0, expected: 10))
    #expect(try call("ratio_ci_low", ratios) == [.real(0), .missing, .missing])
    let high = try call("ratio_ci_high", ratios, 0.95)
    guard case .real(let limit) = high[0] else { return #expect(Bool(false)) }
    #expect((limit - 0.27753279986288926).magnitude < 1e-12)
    #expect(try call("ratio_ci_low", ratios, 2) == [.missing, .missing, .missing])
  }
}
