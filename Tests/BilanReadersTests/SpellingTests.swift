import BilanColumnar
import BilanDiagnostics
import BilanTestSupport
import Testing

@testable import BilanReaders

/// Numbers, dates, periods and truth values in the spellings of reports.
@Suite struct SpellingTests {
  @Test func negativesOfAccountants() throws {
    let (type, values, table) = try infer(["(1 200,50)", "500,25-", "(12,5)", "(1200)", "250"])
    #expect(type == .real)
    #expect(values == [-1200.5, -500.25, -12.5, -1200, 250].map { .real($0) })
    let note = try #require(table.report.notes.first { $0.code == .accountingNegatives })
    #expect(note.count == 4)
    let whole = try infer(["(1 200)", "7", "300-"])
    #expect(whole.type == .integer)
    #expect(whole.values == [-1200, 7, -300].map { .integer($0) })
    // The mark of a footnote, an open span of years, a sign twice: none of them is a number.
    for text in ["(1)", "(12)", "2019-", "(-1200)", "--5", "((1200))", "(0123)", "()", "-(1200)", "(", "-"] {
      let cell = Array(text.utf8)
      #expect(NumberShape.scan(cell.span, 0, cell.count) == nil, "\(text)")
    }
  }

  /// One or two digits in parentheses are negative where others are.
  @Test func shortNegativesOfAccountants() throws {
    let (type, values, table) = try infer(["(3)", "(150)", "-150", "(12)", "200"])
    #expect(type == .integer)
    #expect(values == [-3, -150, -150, -12, 200].map { .integer($0) })
    #expect(table.report.notes.first { $0.code == .accountingNegatives }?.count == 3)
    #expect(try infer(["(3)", "(1 200,50)", "7"]).values == [.real(-3), .real(-1200.5), .real(7)])
    // Beside a minus alone, or nothing of the kind, they may mark a footnote.
    #expect(try infer(["(3)", "-150", "200"]).type == .text)
    #expect(try infer(["(3)", "12", "15"]).type == .text)
    // So many notes no table has, and differences are negative as often as not.
    #expect(try infer(["(12)", "1 800", "(30)", "50"]).values == [-12, 1800, -30, 50].map { .integer($0) })
    let gaps = try open("Poste;Écart\nA;(3)\nB;12\nC;15\n")
    #expect(try columns(gaps)[1] == [.integer(-3), .integer(12), .integer(15)])
    #expect(codes(gaps) == [.accountingNegatives])
  }

  /// How spreadsheets show nothing in a currency.
  @Test func dashesBesideACurrency() throws {
    let (type, values, table) = try infer(["1 200,50 €", " -   € ", "300,00 €", "- €"])
    #expect(type == .real)
    #expect(values == [.real(1200.5), .missing, .real(300), .missing])
    #expect(table.schema[1].unit == "EUR")
    #expect(table.report.columns[1].missingCodes.map(\.count) == [2])
    #expect(codes(table).isEmpty)
  }

  /// Letters by which statistical offices say that a value is provisional.
  @Test func flagsBehindNumbers() throws {
    let text = "geo;2018;2019;n°\nMA;12 p;13.5 e;12\nFR;11;14 b;15 bis\nDE;: c;15;7 b\nES;10;:;9\n"
    let table = try open(text)
    #expect(try columns(table)[1] == [.integer(12), .integer(11), .missing, .integer(10)])
    #expect(try columns(table)[2] == [.real(13.5), .real(14), .real(15), .missing])
    // Numbers of houses have letters too.
    #expect(table.schema[3].type == .text)
    #expect(codes(table).filter { $0 == .flagsDropped }.count == 2)
    for cells in [
      ["12 p", "13 p", "14"], ["12.5 m", "13"], ["12 bis", "13", "14"], ["12.5p", "13"], ["10.5", "12.0", "4.5 in"],
      ["1.5 s", "2.5"], ["3.5 d", "2.5"], ["2.5 pcs", "3", "4"], ["1.5 sec", "3", "4"], ["1.5 s", "3.5 d", "2"],
      ["1.5 bp", "2.5 e", "3", "4"],
    ] {
      #expect(try infer(cells).type == .text, "\(cells)")
    }
    #expect(try infer(["12.5 p", "13"]).values == [.real(12.5), .real(13)])
    #expect(try infer(["12.5 s", "13 b", "14.5", "15"]).values == [12.5, 13, 14.5, 15].map { .real($0) })
    // Other columns of the file have them, and under years they may be several; units are none anywhere.
    let beside = try open("geo;v;2018;2019\nMA;1.5 b;12 p;1 in\nFR;2.5;13 bp;2\nES;3;14;3\nIT;3;15;4\n")
    #expect(beside.schema.fields.map(\.type) == [.text, .real, .integer, .text])
    // Right behind fractions under years.
    let attached = try open("geo;2017;2018\nMA;12,3;12,5p\nFR;10,1;10,2\nDE;9,8;9,2e\n")
    #expect(try columns(attached)[2] == [.real(12.5), .real(10.2), .real(9.2)])
    #expect(codes(attached) == [.flagsDropped])
    let large = text + (0..<200).map { "X\($0);\($0);\($0).5;1\n" }.joined()
    try expectSameInBlocks(large)
  }

  /// The marks of footnotes.
  @Test func asterisksBehindNumbers() throws {
    let (type, values, table) = try infer(["12*", "10,5", "1 200 **", "n/d", "7"])
    #expect(type == .real)
    #expect(values == [.real(12), .real(10.5), .real(1200), .missing, .real(7)])
    #expect(
      table.report.notes.map(\.message.english) == [
        "2 numbers of column `x` have asterisks behind them, the marks of footnotes: they are left out"
      ])
    // They do not hide that a year names the column.
    #expect(
      try open("Région;2018;2019*\nFès;10;12*\nOujda;20;21\nNador;30*;33\n").schema.fields.map(\.label).last == "2019*")
    // Those of all numbers hide digits, and so do many.
    for cells in [
      ["12*", "13*"], ["12*", "13*", "14"], ["12****", "13", "14"], ["*12", "13"], ["012*", "13", "14"],
    ] {
      #expect(try infer(cells).type == .text, "\(cells)")
    }
    let large = "k;n\n" + (0..<200).map { "X\($0);\($0)\($0 % 50 == 49 ? "*" : "")\n" }.joined()
    let scanned = try expectSameInBlocks(large)
    #expect(scanned.codes == [.flagsDropped])
  }

  /// As forms and their exports write the moment at which something was sent.
  @Test func timesBehindNamedDates() throws {
    let cells = ["Mar 12, 2019 9:45:00 AM", "Mar 13, 2019 10:45:00 PM", "March 14, 2019, 10:45", "3 Jan 2019 2:05 PM"]
    let (type, values, table) = try infer(cells)
    #expect(type == .date)
    #expect(values == [day(2019, 3, 12), day(2019, 3, 13), day(2019, 3, 14), day(2019, 1, 3)])
    #expect(codes(table) == [.timeOfDayDropped])
    for text in ["Mar 12, 2019 at noon", "Mar 12, 2019 25:99 AM", "Mar 12, 2019 9 PM m", "12 mars 2019 cm"] {
      let cell = Array(text.utf8)
      #expect(NamedDate.date(cell.span, 0, cell.count) == nil, "\(text)")
    }
  }

  /// What makes a percentage negative may stand behind its sign.
  @Test func negativePercentages() throws {
    let (type, values, table) = try infer(["5 %", "(4,0 %)", "4,5 %-", "0"])
    #expect(type == .real)
    #expect(values == [0.05, -0.04, -0.045, 0].map { .real($0) })
    #expect(codes(table) == [.accountingNegatives])
    // Among plain numbers a percentage is off by a hundred.
    let plain = try infer((1...30).map { "\($0)" } + ["(4,5 %)"])
    #expect(plain.values.last == .missing)
    #expect(codes(plain.table).contains(.unreadableValues))
  }

  /// A percentage written with the other mark is no number, and that is said.
  @Test func percentagesWithBothMarks() throws {
    let (type, values, table) = try infer(["15.5 %", "12,5 %", "13,5 %", "14,5 %"])
    #expect(type == .text)
    #expect(values.first == .text("15.5 %"))
    #expect(codes(table) == [.mostlyTyped])
    let many = try infer(["15.5 %"] + (1...40).map { "\($0),5 %" })
    #expect(many.values.first == .missing)
    #expect(codes(many.table) == [.unreadableValues])
  }

  /// No-break spaces around a value are blanks as others.
  @Test func wideBlanksAround() throws {
    #expect(try infer(["\u{A0}5", "\u{202F}6\u{A0}", "8"]).values == [5, 6, 8].map { .integer($0) })
    #expect(
      try infer(["Fès\u{A0}", "\u{202F} Fès", "là", "Fès"]).values == ["Fès", "Fès", "là", "Fès"].map { .text($0) })
    // In quotes everything is part of a text.
    #expect(try infer(["\"Fès\u{A0}\"", "a"]).values.first == .text("Fès\u{A0}"))
  }

  @Test func yearsOfTwoDigitsThatComeFirst() throws {
    let (type, values, table) = try infer(["19-12-31", "20-01-15", "20-06-02"])
    #expect(type == .date)
    #expect(values == [day(2019, 12, 31), day(2020, 1, 15), day(2020, 6, 2)])
    #expect(codes(table) == [.ambiguousDates, .ambiguousDates])
    #expect(table.report.columns[1].confidence == .assumed)
    let timed = try infer(["19-12-31 10:30", "20-01-15", "20-06-02"])
    #expect(timed.values == values)
    #expect(codes(timed.table) == [.ambiguousDates, .ambiguousDates, .timeOfDayDropped])
    // First and last days of months.
    #expect(try infer(["01-06-15", "01-07-15", "01-01-19"]).values.first == day(2015, 6, 1))
    #expect(try infer(["31-01-19", "28-02-19", "31-12-21"]).values.first == day(2019, 1, 31))
    #expect(try infer(["85-06-13", "99-12-31"]).values == [day(1985, 6, 13), day(1999, 12, 31)])
    #expect(try infer(["13/06/20", "28/12/21", "02/05/19"]).values.first == day(2020, 6, 13))
    #expect(try infer(["12/05/20"]).values == [day(2020, 5, 12)])
  }

  @Test func signsAndTimesAsTheyAreTyped() throws {
    #expect(try infer(["- 9", "– 8", "−7", "5"]).values == [-9, -8, -7, 5].map { .integer($0) })
    #expect(try infer(["−520,50 €", "3 €"]).values == [-520.5, 3].map { .real($0) })
    let times = try infer(["5/13/2020 2:05 PM", "5/14/2020 12:00 AM"])
    #expect(times.values == [day(2020, 5, 13), day(2020, 5, 14)])
    #expect(times.table.report.notes.first { $0.code == .timeOfDayDropped }?.count == 1)
    let named = try infer(["3 Jan 2019 10:30", "4 janvier 2019"])
    #expect(named.values == [day(2019, 1, 3), day(2019, 1, 4)])
    #expect(codes(named.table) == [.timeOfDayDropped])
    #expect(try infer(["T1-19", "T4 19"]).type == .period)
    #expect(
      try infer(["5", "NSP", "s.o.", ":", "na"]).values == [.integer(5), .missing, .missing, .missing, .missing])
  }

  @Test func amountsWithTheirCurrency() throws {
    let cells = ["1 234,50 DH", "300 Dh", "1\u{202F}000 dirhams", "n/d", "12", "MAD 7,5", "(1 000,25) DH"]
    let (type, values, table) = try infer(cells)
    #expect(type == .real)
    #expect(values == [.real(1234.5), .real(300), .real(1000), .missing, .real(12), .real(7.5), .real(-1000.25)])
    #expect(table.schema[1].unit == "MAD")
    #expect(table.report.columns[1].unit == "MAD")
    let euros = try infer(["€ 1.200", "3.400,5 €", "EUR 7"])
    #expect(euros.values == [1200, 3400.5, 7].map { .real($0) })
    #expect(euros.table.schema[1].unit == "EUR")
    #expect(try infer(["12 k€", "4,5 k€"]).values == [12, 4.5].map { .real($0) })
    #expect(try infer(["12 k€", "4,5 k€"]).table.schema[1].unit == "k€")
    // One amount tells what the numbers beside it are in.
    let lone = try infer(["12,5", "13", "14 €"])
    #expect(lone.values == [12.5, 13, 14].map { .real($0) })
    #expect(lone.table.schema[1].unit == "EUR")
    // What is not in the column's currency is not read.
    let mostly = try infer((1...39).map { "\($0) DH" } + ["40 €"])
    #expect(mostly.type == .integer)
    #expect(mostly.values.last == .missing)
    #expect(mostly.table.report.columns[1].unreadable?.examples.first?.text == "40 €")
    #expect(mostly.table.report.columns[1].confidence == .likely)
  }

  @Test func severalCurrenciesAreNotAddedUp() throws {
    let (type, values, table) = try infer(["1 200 DH", "300 €", "100 DH"])
    #expect(type == .text)
    #expect(values[1] == .text("300 €"))
    #expect(codes(table) == [.mixedCurrencies])
    #expect(try infer(["12 k€", "4 €"]).type == .text)
    // Texts about amounts are texts.
    #expect(try infer(["1200 DH HT", "300 DH TTC"]).type == .text)
    #expect(try infer(["12 kg net", "3 kg brut"]).type == .text)
    #expect(try infer(["DH", "€"]).type == .text)
  }

  @Test func datesWithTheMonthsName() throws {
    let cells = [
      "3 janvier 2019", "1er mars 2020", "12-Mar-2019", "01-févr.-2020", "March 3, 2019", "Mar 3rd 2019",
      "15 AOÛT 2021",
      "lundi 3 juin 2019", "2 déc. 19", "31 Décembre 2018", "4/May/2020",
    ]
    let (type, values, table) = try infer(cells)
    #expect(type == .date)
    #expect(
      values == [
        day(2019, 1, 3), day(2020, 3, 1), day(2019, 3, 12), day(2020, 2, 1), day(2019, 3, 3), day(2019, 3, 3),
        day(2021, 8, 15), day(2019, 6, 3), day(2019, 12, 2), day(2018, 12, 31), day(2020, 5, 4),
      ])
    #expect(codes(table) == [.ambiguousDates])
    // They stand beside dates in numbers.
    #expect(try infer(["3 janvier 2019", "15/04/2019"]).values == [day(2019, 1, 3), day(2019, 4, 15)])
    for text in [
      "31 février 2019", "3 jan 20190", "Total 3 mars 2019", "3 marsouins 2019", "janvier 2019 3", "3janvier2019",
    ] {
      let cell = Array(text.utf8)
      #expect(NamedDate.date(cell.span, 0, cell.count) == nil, "\(text)")
    }
  }

  @Test(arguments: [
    ("janv. 2019", Period.month(2019, 1)), ("janv.-19", .month(2019, 1)), ("Jan-19", .month(2019, 1)),
    ("janvier 2019", .month(2019, 1)), ("AOUT 2020", .month(2020, 8)), ("août-20", .month(2020, 8)),
    ("juil. 2020", .month(2020, 7)), ("June 2020", .month(2020, 6)), ("T1 2019", .quarter(2019, 1)),
    ("2019 T1", .quarter(2019, 1)), ("2019-Q1", .quarter(2019, 1)), ("2019 Q1", .quarter(2019, 1)),
    ("Q1/2019", .quarter(2019, 1)), ("1T 2019", .quarter(2019, 1)), ("1er trimestre 2019", .quarter(2019, 1)),
    ("3ème trimestre 2019", .quarter(2019, 3)), ("Premier trimestre 2019", .quarter(2019, 1)),
    ("Trimestre 4 - 2019", .quarter(2019, 4)), ("2nd quarter of 2019", .quarter(2019, 2)),
    ("S2 2018", .semester(2018, 2)), ("H2 2018", .semester(2018, 2)), ("2e semestre 2018", .semester(2018, 2)),
    ("1er semestre de 2018", .semester(2018, 1)), ("first half 2018", .semester(2018, 1)),
  ]) func periodsInAllSpellings(text: String, period: Period) throws {
    let cell = Array(text.utf8)
    #expect(PeriodCell.scan(cell.span, 0, cell.count, firstMonth: 1) == period)
  }

  @Test(arguments: [
    "5e trimestre 2019", "3e semestre 2019", "mars 19", "janvier", "trimestre 2019", "1er trimestre 19",
    "Marseille 2019",
    "Rapport du 1er trimestre 2019", "T0 2019", "2018/2020", "2019-2018", "jui 2019",
  ]) func whatIsNoPeriod(text: String) {
    let cell = Array(text.utf8)
    #expect(PeriodCell.scan(cell.span, 0, cell.count, firstMonth: 7) == nil)
  }

  @Test func pairsOfYearsAreFiscalYearsWhereTheProjectSaysSo() throws {
    let cells = ["2018/2019", "2019-2020", "2020/21"]
    let plain = try infer(cells)
    #expect(plain.type == .text)
    var options = ReadOptions()
    options.fiscalYearStart = 7
    let fiscal = try infer(cells, options: options)
    #expect(fiscal.type == .period)
    #expect(fiscal.values == [2018, 2019, 2020].map { .period(.fiscalYear($0, firstMonth: 7)) })
  }

  @Test func ambiguousDatesByTheProjectsSetting() throws {
    var options = ReadOptions()
    options.usualDates = .monthDayYear
    let american = try infer(["01/02/2019", "03/04/2019"], options: options)
    #expect(american.values == [day(2019, 1, 2), day(2019, 3, 4)])
    let note = try #require(american.table.report.notes.first)
    #expect(note.code == .ambiguousDates)
    #expect(note.message.english.contains("project's setting"))
    // The file knows better.
    #expect(try infer(["01/02/2019", "30/04/2019", "31/05/2019"], options: options).values[0] == day(2019, 2, 1))
    options.dates = .monthDayYear
    let told = try infer(["01/02/2019", "03/04/2019"], options: options)
    #expect(told.values == [day(2019, 1, 2), day(2019, 3, 4)])
    #expect(codes(told.table).isEmpty)
  }

  @Test func lettersForTrueAndFalse() throws {
    let (type, values, _) = try infer(["O", "N", "", "o"])
    #expect(type == .boolean)
    #expect(values == [.boolean(true), .boolean(false), .missing, .boolean(true)])
    #expect(try infer(["Y", "N"]).type == .boolean)
    // One letter alone, or with others, is a code.
    #expect(try infer(["N", "N"]).type == .text)
    #expect(try infer(["O", "N", "S", "E"]).type == .text)
    #expect(try infer(["x", ""]).type == .text)
  }

  @Test func wordsForMissing() throws {
    let cells = ["1", "Non renseigné", "NR", "non disponible", "2"]
    #expect(try infer(cells).values == [.integer(1), .missing, .missing, .missing, .integer(2)])
    #expect(try infer(["oui", "non", "non renseigné"]).values == [.boolean(true), .boolean(false), .missing])
    // Among texts it is one, as a country's code is.
    #expect(try infer(["Fès", "non renseigné", "NR"]).values[1] == .text("non renseigné"))
  }

  @Test func moreCodesForMissing() throws {
    let cells = ["1", "n.a.", "#N/D", "#VALEUR!", "n/r", "#NOM?", "nc", "ND", "—", "."]
    let (type, values, _) = try infer(cells)
    #expect(type == .integer)
    #expect(values.dropFirst().allSatisfy { $0 == .missing })
  }

  /// The readers look at bytes that nobody wrote on purpose.
  @Test(arguments: 0..<300) func randomCellsAreReadOrNot(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let pieces = [
      "(", ")", "-", "€", "k€", "DH", "mars", "janv", ".", " ", "1", "20", "2019", "trimestre", "1er", "é", "\u{A0}",
      "/",
      "\u{202F}", ",", "%", "e", "lundi", "T", "Q", "total", "US$", "’",
    ]
    let text = (0..<Int.random(in: 1...6, using: &random)).map { _ in pieces.randomElement(using: &random)! }.joined()
    var bytes = Array(text.utf8)
    if seed % 3 == 0 { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
    guard !bytes.isEmpty else { return }
    let count = bytes.count
    _ = NamedDate.date(bytes.span, 0, count)
    _ = PeriodCell.scan(bytes.span, 0, count, firstMonth: 7, takesYears: true, takesDays: true)
    _ = TotalLabel.mayBe(bytes.span, 0, count)
    if let amount = AmountUnit.amount(bytes.span, 0, count) {
      #expect(amount.start < amount.end && amount.end <= count)
    }
    // A number by its shape is one by its value, unless it leaves the range.
    if let shape = NumberShape.scan(bytes.span, 0, count), shape.digitCount < 15, shape.exponent == nil {
      let mark: DecimalMark = shape.kind.fits(.comma) ? .comma : .point
      let value = NumberCell.real(bytes.span, 0, count, mark: mark)
      #expect(value != nil, "\(text)")
      #expect((value ?? 0) <= 0 || !shape.isNegative, "\(text)")
    }
  }

  /// As forms of Google write them.
  @Test func zonesBehindHalvesOfTheDay() throws {
    let (type, values, table) = try infer([
      "2020/01/15 9:05:07 AM UTC+1", "2020/01/16 11:45:07 PM UTC+1", "2020/01/17 9:05\u{202F}PM GMT-5",
    ])
    #expect(type == .date)
    #expect(values == [day(2020, 1, 15), day(2020, 1, 16), day(2020, 1, 17)])
    #expect(codes(table) == [.timeOfDayDropped])
    #expect(try infer(["2020/01/15 9:05 AMBER", "2020/01/16 9:05 XM"]).type == .text)
  }

  /// Numbers of decrees, of which most look like dates.
  @Test func numbersOfDecreesAreNoDates() throws {
    let decrees = (10...38).map { "2-12-\($0)" }
    let (type, values, table) = try infer(decrees + ["1-59-413"])
    #expect(type == .text)
    #expect(values.first == .text("2-12-10"))
    #expect(table.report.notes.map(\.message.english).first?.contains("`1-59-413` (line 31)") == true)
    #expect(try infer(decrees).type == .date)
    #expect(try infer(["2-12-45", "2-59-13", "1-59-413", "2-12-11"]).type == .text)
    // A slip of a day is none.
    let days = (1...29).map { "\($0)/01/19" }
    for slip in ["31/02/19", "00/00/00", "15/15/19", "12/45/19", "12/04/219"] {
      #expect(try infer(days + [slip]).type == .date, "\(slip)")
    }
    #expect(try infer((1...28).map { "\($0)/02/2019" } + ["1-59-413"]).type == .date)
  }
}
