import BilanColumnar
import BilanFunctions
import Testing

@Suite struct ArithmeticOperatorTests {
  @Test func addsColumnsAndConstantsInBothOrders() throws {
    #expect(try call("+", .integers(1, nil, 3), .integers(10, 20, nil)) == [.integer(11), .missing, .missing])
    #expect(try call("+", .integers(1, nil), 5) == [.integer(6), .missing])
    #expect(try call("-", 5, .integers(1, nil)) == [.integer(4), .missing])
    #expect(try call("-", .integers(1, nil), 5) == [.integer(-4), .missing])
    #expect(try call("*", 6, 7) == [.integer(42)])
    #expect(try call("+", .integers(1, 2), .missing) == [.missing, .missing])
    #expect(try call("+", .reals(0.5, nil), 1) == [.real(1.5), .missing])
    #expect(try call("negate", .integers(3, nil)) == [.integer(-3), .missing])
    #expect(try call("negate", 2.5) == [.real(-2.5)])
    #expect(try call("+", .integers(), 1) == [])
  }

  @Test func overflowNamesTheFirstRow() {
    for (symbol, argument) in [("+", Int64.max), ("-", Int64.min), ("*", Int64.max)] {
      let cells = TestArgument.integers(0, argument, argument)
      #expect { try call(symbol, cells, symbol == "-" ? 1 : 2) } throws: { error in
        if case KernelError.overflow(row: 1) = error { true } else { false }
      }
    }
    #expect(throws: KernelError.self) { try call("negate", .value(.integer(.min))) }
  }

  /// What an invalid slot holds must not count: here both slots would overflow if they were looked at.
  @Test func overflowOfAnInvalidSlotIsNone() throws {
    guard case .scalar(let overloads) = try #require(FunctionTable.entry(named: "+")).kind else { return }
    let values = PrimitiveColumn<Int64>([.max, 1], validity: Bitmap(words: [0b10], count: 2))
    let context = KernelContext(rowCount: 2, today: CalendarDate(days: 0), fiscalYearStart: 1)
    let sum = try overloads[0].kernel(
      [.column(.integer(values)), .constant(.integer(1))], [.integer, .integer], context)
    #expect(sum.value(0, as: .integer) == .missing && sum.value(1, as: .integer) == .integer(2))
  }

  @Test func divisionIsRealAndMissingByZero() throws {
    #expect(try call("/", .integers(7, 1, nil), .integers(2, 0, 1)) == [.real(3.5), .missing, .missing])
    #expect(try call("/", 0, 0) == [.missing])
    #expect(try call("*", 1e300, 1e300) == [.missing])
    #expect(try call("/", .months(18), .months(12)) == [.real(1.5)])
  }

  @Test func joinsTexts() throws {
    #expect(try call("+", .texts("a", nil, "a"), "-x") == [.text("a-x"), .missing, .text("a-x")])
    #expect(try call("+", "é", .texts("a", "b")) == [.text("éa"), .text("éb")])
    #expect(
      try call("+", .texts("a", "b", "a", "a"), .texts("x", "x", nil, "x"))
        == [.text("ax"), .text("bx"), .missing, .text("ax")])
  }

  @Test func movesDates() throws {
    #expect(try call("+", .dates("2019-01-31", nil), .months(1)) == [.date(day("2019-02-28")), .missing])
    #expect(try call("+", .days(30), .date("2019-01-31")) == [.date(day("2019-03-02"))])
    #expect(try call("-", .date("2020-03-31"), .months(1)) == [.date(day("2020-02-29"))])
    #expect(try call("-", .date("2019-03-01"), .date("2019-02-01")) == [.duration(28, .days)])
    #expect(try call("-", .date("2019-03-01"), .days(1)) == [.date(day("2019-02-28"))])
    #expect(try call("+", .date("9999-12-31"), .days(1)) == [.missing])
    #expect(try call("+", .date("9999-12-31"), .value(.duration(.max, .days))) == [.missing])
    #expect(try call("+", .date("2019-01-01"), .value(.duration(.max, .months))) == [.missing])
    #expect(try call("+", .months(1), .months(2)) == [.duration(3, .months)])
    #expect(try call("*", 3, .days(2)) == [.duration(6, .days)])
    #expect(throws: TestFailure.self) { try call("+", .months(1), .days(2)) }
  }

  @Test func movesPeriods() throws {
    #expect(try call("-", .periods("2019-Q1", nil), 1) == [.period(span("2018-Q4")), .missing])
    #expect(try call("+", 2, .period("2019-S2")) == [.period(span("2020-S2"))])
    #expect(try call("+", .period("2019-12"), .integers(1, nil)) == [.period(span("2020-01")), .missing])
    #expect(try call("-", .period("2019-03-01"), 1) == [.period(span("2019-02-28"))])
  }
}

@Suite struct ComparisonOperatorTests {
  private let yes = Value.boolean(true)
  private let no = Value.boolean(false)

  @Test func missingEqualsMissingAndIsInNoOrder() throws {
    for (left, right) in [
      (TestArgument.integers(1, 1, nil, nil), TestArgument.integers(1, 2, 1, nil)),
      (.reals(1, 1, nil, nil), .reals(1, 2, 1, nil)),
      (.texts("a", "a", nil, nil), .texts("a", "b", "a", nil)),
      (.booleans(false, false, nil, nil), .booleans(false, true, false, nil)),
      (.dates("2019-01-01", "2019-01-01", nil, nil), .dates("2019-01-01", "2019-01-02", "2019-01-01", nil)),
      (.periods("2019", "2019", nil, nil), .periods("2019", "2020", "2019", nil)),
    ] {
      #expect(try call("=", left, right) == [yes, no, no, yes])
      #expect(try call("!=", left, right) == [no, yes, yes, no])
      #expect(try call("<", left, right) == [no, yes, no, no])
      #expect(try call("<=", left, right) == [yes, yes, no, no])
      #expect(try call(">", left, right) == [no, no, no, no])
      #expect(try call(">=", left, right) == [yes, no, no, no])
      #expect(try call(">", right, left) == [no, yes, no, no])
      #expect(try call("=", left, .missing) == [no, no, yes, yes])
      #expect(try call("!=", .missing, left) == [yes, yes, no, no])
      #expect(try call("<", left, .missing) == [no, no, no, no])
    }
  }

  @Test func comparesWithConstantsOnEitherSide() throws {
    #expect(try call("<", .integers(1, 3, nil), 2) == [yes, no, no])
    #expect(try call("<", 2, .integers(1, 3, nil)) == [no, yes, no])
    #expect(try call("<", .integers(1, 3), 2.5) == [yes, no])
    #expect(try call("=", .texts("a", "A", nil), "a") == [yes, no, no])
    #expect(try call("!=", "a", .texts("a", "A", nil)) == [no, yes, yes])
    #expect(try call("=", .integers(1, nil), .integers(1, nil)) == [yes, yes])
    let many = TestArgument.cells((0..<200).map { .integer($0) }, .integer)
    #expect(try call(">=", many, 100) == (0..<200).map { .boolean($0 >= 100) })
  }

  @Test func ordersTextsByLettersFirst() throws {
    #expect(try call("<", .texts("Étude", "Zone", "eau"), "F") == [yes, no, yes])
    #expect(try call(">", "F", .texts("Étude", "Zone")) == [yes, no])
    #expect(try call("<", .texts("été", "a"), .texts("etf", "B")) == [yes, yes])
  }

  @Test func comparesRatiosByValue() throws {
    let ratios = TestArgument.ratios(
      RatioValue(numerator: 6, denominator: 5, reported: 1, expected: 1),
      RatioValue(numerator: 0, denominator: 0, reported: 0, expected: 1))
    #expect(try call(">", ratios, 1.1) == [yes, no])
    #expect(try call("=", ratios, 1.2) == [yes, no])
    #expect(try call("is_missing", ratios) == [no, yes])
  }

  /// A date or a period against 2019-Q3: before its start, after its end.
  @Test(arguments: [
    ("2019-06-30", [true, true, false, false]), ("2019-07-01", [false, true, false, true]),
    ("2019-09-30", [false, true, false, true]), ("2019-10-01", [false, false, true, true]),
  ])
  func comparesDatesWithPeriods(_ text: String, _ expected: [Bool]) throws {
    for (symbol, answer) in zip(["<", "<=", ">", ">="], expected) {
      #expect(try call(symbol, .date(text), .period("2019-Q3")) == [.boolean(answer)])
      #expect(try call(symbol, .dates(text, nil), .periods("2019-Q3", "2019-Q3")) == [.boolean(answer), no])
      let mirrored = ["<": ">", "<=": ">=", ">": "<", ">=": "<="][symbol]!
      #expect(try call(mirrored, .period("2019-Q3"), .date(text)) == [.boolean(answer)])
    }
    #expect(throws: TestFailure.self) { try call("=", .date(text), .period("2019-Q3")) }
  }

  @Test func comparesPeriodsByTheirDays() throws {
    #expect(try call("<", .period("2018"), .period("2019-Q1")) == [yes])
    #expect(try call("<", .period("2019"), .period("2019-Q3")) == [no])
    #expect(try call("<=", .period("2019-Q3"), .period("2019")) == [yes])
    #expect(try call("<=", .period("2019"), .period("2019-Q3")) == [no])
    #expect(try call(">=", .period("2019-Q3"), .period("2019")) == [yes])
    #expect(try call(">", .period("2020-01"), 2019) == [yes])
    #expect(try call("=", .period("2019"), .period("2019-Q1")) == [no])
    #expect(try call("=", .period("2019"), 2019) == [yes])
  }

  @Test func isInAList() throws {
    #expect(try call("in", .integers(1, 2, nil), 1, 3) == [yes, no, no])
    #expect(try call("in", .integers(1, nil), 1, .missing) == [yes, yes])
    #expect(try call("in", .texts("a", "b", nil), "b", "c") == [no, yes, no])
    #expect(try call("in", .reals(0.5, 1), 0.5) == [yes, no])
    #expect(try call("in", .booleans(true, false, nil), true) == [yes, no, no])
    #expect(try call("in", .periods("2019", "2020"), .period("2019")) == [yes, no])
    #expect(try call("in", 3, 1, 2, 3) == [yes])
  }

  @Test func isInAPeriod() throws {
    #expect(try call("in_period", .dates("2019-07-01", "2019-10-01", nil), .period("2019-Q3")) == [yes, no, no])
    #expect(
      try call("in_period", .dates("2019-07-01", "2019-10-01", nil), .periods("2019-Q3", "2019-Q3", "2019"))
        == [yes, no, no])
    #expect(try call("in_period", .periods("2019-Q3", "2019", "2018"), 2019) == [yes, yes, no])
    #expect(try call("in_period", .period("2019"), .period("2019-Q3")) == [no])
    #expect(try call("in_period", .date("2019-07-01"), .missing) == [no])
  }

  @Test func searchesWithoutCaseAndAccents() throws {
    let regions = TestArgument.texts("Fès-Meknès", "Oriental", nil, "FES", "Œuvre", "")
    #expect(try call("~", regions, "fes") == [yes, no, no, yes, no, no])
    #expect(try call("~", regions, "oeuvre") == [no, no, no, no, yes, no])
    #expect(try call("~", regions, "") == [yes, yes, no, yes, yes, yes])
    #expect(try call("~", "Fès-Meknès", .texts("MEKNES", "x", nil)) == [yes, no, no])
    #expect(try call("~", regions, .missing) == [no, no, no, no, no, no])
    #expect(try call("~", .texts("aab", "xaaab"), "AAB") == [yes, yes])
  }
}

@Suite struct LogicOperatorTests {
  private let yes = Value.boolean(true)
  private let no = Value.boolean(false)

  @Test func missingCountsAsFalse() throws {
    #expect(try call("not", .booleans(true, false, nil)) == [no, yes, yes])
    #expect(try call("and", .booleans(true, true, nil), .booleans(true, nil, true)) == [yes, no, no])
    #expect(try call("or", .booleans(true, nil, nil), .booleans(nil, false, true)) == [yes, no, yes])
    #expect(try call("and", true, .booleans(true, nil)) == [yes, no])
  }

  @Test func replacesMissing() throws {
    #expect(try call("??", .integers(1, nil), 0) == [.integer(1), .integer(0)])
    #expect(try call("??", .integers(1, nil), 0.5) == [.real(1), .real(0.5)])
    #expect(try call("??", .texts(nil, "a", nil), .texts("x", "y", nil)) == [.text("x"), .text("a"), .missing])
    #expect(try call("??", .missing, 3) == [.integer(3)])
    #expect(try call("??", .booleans(nil, true), false) == [no, yes])
  }

  @Test func testsMissing() throws {
    #expect(try call("is_missing", .texts("a", nil)) == [no, yes])
    #expect(try call("is_missing", .missing) == [yes])
    #expect(try call("is_missing", 1) == [no])
  }

  @Test func chooses() throws {
    let condition = TestArgument.booleans(true, false, nil)
    #expect(try call("select", condition, 1, .integers(7, nil, 9)) == [.integer(1), .missing, .integer(9)])
    #expect(try call("select", condition, .texts("a", "b", "c"), "z") == [.text("a"), .text("z"), .text("z")])
    #expect(try call("select", condition, .missing, "z") == [.missing, .text("z"), .text("z")])
    let r = RatioValue(numerator: 1, denominator: 2, reported: 1, expected: 3)
    let s = RatioValue(numerator: 3, denominator: 2, reported: 2, expected: 2)
    #expect(try call("select", condition, .ratios(r, r, r), .ratios(s, s, s)) == [.ratio(r), .ratio(s), .ratio(s)])
  }

  @Test func converts() throws {
    #expect(
      try call("year_to_period", .integers(2019, 0, 10_000, nil)) == [
        .period(span("2019")), .missing, .missing, .missing,
      ])
    #expect(try call("day_to_date", .periods("2019-04-15", "2019")) == [.date(day("2019-04-15")), .missing])
    #expect(try call("date_to_day", .dates("2019-04-15", nil)) == [.period(span("2019-04-15")), .missing])
  }
}
