import BilanColumnar
import BilanDiagnostics
import BilanTestSupport
import Testing

@testable import BilanReaders

@Suite struct TypeInferenceTests {
  /// What forms, Hive and MySQL write where there is nothing.
  @Test func missingValuesOfPrograms() throws {
    let table = try open("n\tt\td\n1\ta\t2019-03-12\n---\t---\t---\n\\N\t\\N\t\\N\n")
    #expect(table.schema.fields.map(\.type) == [.integer, .text, .date])
    #expect(try columns(table).allSatisfy { $0.dropFirst() == [.missing, .missing] })
    #expect(try open("k;t\na;---\nb;x\n").schema[1].type == .text)
  }

  @Test func wholeNumbers() throws {
    let (type, values, _) = try infer(["1", "-20", "+3", "1 200", "1\u{A0}300", "1\u{202F}400", "1'500", "1’600 "])
    #expect(type == .integer)
    #expect(values == [1, -20, 3, 1200, 1300, 1400, 1500, 1600].map { .integer($0) })
  }

  @Test func decimalPointAndThousandsCommas() throws {
    let (type, values, table) = try infer(["1,234.5", "0.25", "1,234,567", "12", ".5", "-3.", "1e3", "−2.5"])
    #expect(type == .real)
    #expect(values == [1234.5, 0.25, 1_234_567, 12, 0.5, -3, 1000, -2.5].map { .real($0) })
    #expect(table.report.columns[1].decimalMark == .point)
  }

  @Test func decimalCommaAndThousandsPoints() throws {
    let (type, values, table) = try infer(["1.234,5", "0,25", "1.234.567", "12", "1 234,75", "1.500"])
    #expect(type == .real)
    #expect(values == [1234.5, 0.25, 1_234_567, 12, 1234.75, 1500].map { .real($0) })
    #expect(table.report.columns[1].decimalMark == .comma)
  }

  @Test func theMarkIsEachColumnsOwn() throws {
    let table = try open("a;b\n1,5;1.25\n2,5;3.75\n0,1;2.25\n")
    #expect(try columns(table) == [[1.5, 2.5, 0.1].map { .real($0) }, [1.25, 3.75, 2.25].map { .real($0) }])
  }

  @Test func aMarkWithThreeDigitsIsDecidedByTheOthers() throws {
    let french = try open("a;b\n18.000;1,5\n2.500;2,25\n")
    #expect(try columns(french)[0] == [.integer(18_000), .integer(2_500)])
    let alone = try open("a;b\n1,250;x\n2,500;y\n")
    #expect(try columns(alone)[0] == [.real(1.25), .real(2.5)])
    #expect(codes(alone) == [.ambiguousMark])
    let english = try open("a,b\n\"1,250\",x\n\"2,500\",y\n")
    #expect(try columns(english)[0] == [.integer(1250), .integer(2500)])
    let told = try open("a;b\n1,250;x\n", options: ReadOptions(decimalMark: .point))
    #expect(try columns(told)[0] == [.integer(1250)])
  }

  @Test func decimalsAreExact() throws {
    let texts = [
      "0.1", "0.3", "123456789012345.6", "0.1234567890123456789", "9007199254740993", "1.7976931348623157e308",
      "5e-324",
      "2.2250738585072014E-308", "179769313486231580793.5", "0.000000000000000000000000123456789", "8.41", "1e22",
      "1e23",
    ]
    let (_, values, _) = try infer(texts)
    #expect(values == texts.map { .real(Double($0)!) })
    // What no double holds is not read as infinite.
    let huge = try infer(Array(repeating: "1.5", count: 40) + ["1e999"])
    #expect(huge.values.last == .missing)
    #expect(huge.table.report.columns[1].unreadable?.count == 1)
  }

  @Test func randomDecimalsEqualTheStandardLibrarys() throws {
    var random = SplitMix64(seed: 11)
    let texts = (0..<2000).map { _ in
      let digits = (0..<Int.random(in: 1...20, using: &random)).map { _ in "\(Int.random(in: 0...9, using: &random))" }
      let whole = Int.random(in: 0..<1_000_000, using: &random)
      return "\(Bool.random(using: &random) ? "-" : "")\(whole).\(digits.joined())"
    }
    let (type, values, _) = try infer(texts)
    #expect(type == .real)
    #expect(values == texts.map { .real(Double($0)!) })
  }

  @Test func percentages() throws {
    let (type, values, table) = try infer(["12,5 %", "7%", "100\u{A0}%", "0", "n/d"])
    #expect(type == .real)
    #expect(values == [.real(0.125), .real(0.07), .real(1), .real(0), .missing])
    #expect(table.schema[1].display == .percent)
    // A bare 5 could be 5 or 500 %: it is not read as either.
    let mixed = try infer(Array(repeating: "50 %", count: 30) + ["5"])
    #expect(mixed.values.last == .missing)
    #expect(mixed.table.report.columns[1].unreadable?.examples.first?.text == "5")
  }

  @Test func identifiersStayText() throws {
    #expect(try infer(["01400", "75001"]).type == .text)
    #expect(try infer(["0.5", "0,5"].prefix(1).map { $0 }).type == .real)
    #expect(try infer(["1234567890123456", "1"]).type == .text)
    #expect(try infer(["123456789012345", "1"]).type == .integer)
    #expect(try infer(["+212600000000", "+212600000001"]).type == .text)
    let lost = try infer(["2,43E+13", "7,17E+13"])
    #expect(lost.type == .text)
    #expect(lost.values[0] == .text("2,43E+13"))
    #expect(codes(lost.table) == [.scientificIdentifiers])
    #expect(try infer(["1,5E-05", "2,5"]).values == [.real(1.5e-5), .real(2.5)])
  }

  @Test func truthValues() throws {
    let french = try infer(["oui", "Non", "", "OUI", "n/d"])
    #expect(french.type == .boolean)
    #expect(french.values == [.boolean(true), .boolean(false), .missing, .boolean(true), .missing])
    #expect(try infer(["true", "FALSE"]).type == .boolean)
    #expect(try infer(["vrai", "faux"]).type == .boolean)
    #expect(try infer(["0", "1"]).type == .integer)
    #expect(try infer(["yes", "maybe"]).type == .text)
  }

  @Test func dates() throws {
    let iso = try infer(["2019-04-15", "2019-04-16T00:00:00", "2020/02/29", "2019-04-15 00:00:00Z"])
    #expect(iso.type == .date)
    #expect(iso.values == [day(2019, 4, 15), day(2019, 4, 16), day(2020, 2, 29), day(2019, 4, 15)])
    #expect(codes(iso.table).isEmpty)
    #expect(try infer(["15/04/2019", "1/5/2019"]).values == [day(2019, 4, 15), day(2019, 5, 1)])
    #expect(try infer(["04/15/2019", "05/01/2019"]).values == [day(2019, 4, 15), day(2019, 5, 1)])
    #expect(try infer(["15-04-19", "01-05-99"]).values == [day(2019, 4, 15), day(1999, 5, 1)])
    #expect(try infer(["15.04.2019"]).values == [day(2019, 4, 15)])
    #expect(try infer(["1.2.3", "2.3.4"]).type == .text)
    let times = try infer(["2019-04-15 10:30", "2019-04-16 00:00"])
    #expect(times.type == .date)
    #expect(codes(times.table) == [.timeOfDayDropped])
  }

  @Test func ambiguousDates() throws {
    let alone = try infer(["01/02/2019", "03/04/2019"])
    #expect(alone.values == [day(2019, 2, 1), day(2019, 4, 3)])
    #expect(codes(alone.table) == [.ambiguousDates])
    #expect(alone.table.report.columns[1].dateOrder == .dayMonthYear)
    let settled = try open("a,b\n01/02/2019,12/31/2019\n03/04/2019,01/15/2019\n")
    #expect(try columns(settled)[0] == [day(2019, 1, 2), day(2019, 3, 4)])
    #expect(codes(settled) == [.ambiguousDates])
    #expect(try #require(settled.report.notes.first).message.english.hasSuffix("as in the file's other dates"))
  }

  @Test func yearsStayNumbers() throws {
    let table = try open("année,n\n2013,1\n2021,2\n")
    #expect(table.schema[0].type == .integer)
  }

  @Test func periods() throws {
    let cells = [
      "2019-Q3", "2019Q3", "Q3 2019", "T3 2019", "2019-T3", "2019 t3", "2019-S1", "S1 2019", "H1-2019", "2019-04",
      "2019M04", "04/2019", "2019", "2019-04-15", "FY2019",
    ]
    let (type, values, _) = try infer(cells)
    #expect(type == .period)
    let quarter = Value.period(.quarter(2019, 3))
    let semester = Value.period(.semester(2019, 1))
    let month = Value.period(.month(2019, 4))
    #expect(
      values == Array(repeating: quarter, count: 6) + Array(repeating: semester, count: 3)
        + Array(repeating: month, count: 3) + [
          .period(.year(2019)), .period(.day(CalendarDate(year: 2019, month: 4, day: 15)!)),
          .period(.fiscalYear(2019, firstMonth: 1)),
        ])
    #expect(try infer(["2019-Q5", "Q0 2019", "2019-13"]).type == .text)
  }

  @Test func missingCodesInTypedColumns() throws {
    let cells = [
      "1", "", "NA", "N/A", "n/a", "n/d", "nd", "ND", "N.D.", "-", "—", "–", ".", "..", "#N/A", "null", "NULL", "NaN",
      " ",
    ]
    let (type, values, table) = try infer(cells)
    #expect(type == .integer)
    #expect(values == [.integer(1)] + Array(repeating: .missing, count: cells.count - 1))
    #expect(table.report.columns[1].missingCodes.reduce(0) { $0 + $1.count } == 16)
    #expect(table.report.columns[1].emptyCount == 2)
    #expect(table.report.columns[1].unreadable == nil)
  }

  @Test func aTextThatLooksLikeACodeIsKept() throws {
    let (type, values, table) = try infer(["ND", "SD", "NA", "-", "n/d", "", "Rabat"])
    #expect(type == .text)
    #expect(values == [.text("ND"), .text("SD"), .text("NA"), .text("-"), .missing, .missing, .text("Rabat")])
    #expect(table.report.columns[1].keptCodes.map(\.code) == ["NA", "ND", "-"])
    #expect(table.report.columns[1].missingCodes.map(\.code) == ["n/d"])
  }

  @Test func naIsMissingInTextWhereNumbersUseIt() throws {
    let table = try open("name,code,n\nAda,MA,1\nNA,NA,NA\nBo,FR,2\n")
    #expect(try columns(table)[0] == [.text("Ada"), .missing, .text("Bo")])
    #expect(try columns(table)[1] == [.text("MA"), .text("NA"), .text("FR")])
  }

  @Test func aFewUnreadableValuesAreNoted() throws {
    let cells = (1...39).map { "\($0)" } + ["voir note"]
    let (type, values, table) = try infer(cells)
    #expect(type == .integer)
    #expect(values.last == .missing)
    let note = try #require(table.report.notes.first)
    #expect(note.code == .unreadableValues)
    #expect(note.count == 1)
    #expect(note.message.english.contains("`voir note` (line 41)"))
    #expect(note.message.french.contains("`voir note` (ligne 41)"))
  }

  @Test func manyUnreadableValuesMakeText() throws {
    let (type, values, table) = try infer(["1", "2", "3", "voir note"])
    #expect(type == .text)
    #expect(values.last == .text("voir note"))
    #expect(codes(table) == [.mostlyTyped])
  }

  @Test func anEmptyColumnOfTargetsIsOfNumbers() throws {
    let table = try open("indicateur;cible;note\nemplois;n/d;\nrevenus;;\n")
    #expect(table.schema.fields.map(\.type) == [.text, .real, .text])
    #expect(try columns(table)[1] == [.missing, .missing])
  }

  @Test func optionsRule() throws {
    let options = ReadOptions(missingCodes: ["-99"], types: ["x": .text])
    #expect(try infer(["1", "-99", "NA"], options: options).values == [.text("1"), .missing, .text("NA")])
    let numbers = ReadOptions(missingCodes: ["-99"])
    #expect(try infer(["1", "-99", "3"], options: numbers).values == [.integer(1), .missing, .integer(3)])
    let forced = try infer(["1", "u", "v"], options: ReadOptions(types: ["X": .real]))
    #expect(forced.values == [.real(1), .missing, .missing])
    #expect(forced.table.report.columns[1].unreadable?.count == 2)
    #expect(try open("a|b\n1|2\n", options: ReadOptions(delimiter: UInt8(ascii: ","))).schema.count == 1)
  }

  @Test func everyDecisionIsReported() throws {
    let table = try open("Région;Cible;Date\nFès;1 200,5;15/04/2019\nRabat;n/d;16/04/2019\n")
    let report = table.report
    #expect(report.rowCount == 2)
    #expect(report.columns.map(\.type) == [.text, .real, .date])
    #expect(report.columns[1].hasThousandsMarks)
    #expect(report.columns[1].missingCodes.map(\.code) == ["n/d"])
    #expect(report.columns[2].dateOrder == .dayMonthYear)
    #expect(report.columns.allSatisfy { !$0.evidence.english.isEmpty && !$0.evidence.french.isEmpty })
    #expect(!report.encodingEvidence.french.isEmpty && !report.headerEvidence.french.isEmpty)
  }

  /// A mark that other columns take for thousands may be this column's fraction: that is said.
  @Test func marksThatOtherColumnsDecideAreNoted() throws {
    let table = try open("id;m;v\na;33.573;1,5\nb;34.020;2,5\n")
    #expect(try column(table, "m") == [.integer(33573), .integer(34020)])
    #expect(codes(table) == [.ambiguousMark])
    #expect(table.report.columns[1].confidence == .assumed)
    // Two marks leave no doubt.
    #expect(codes(try open("id;n;v\na;1.033.573;1,5\nb;34.020;2,5\n")).isEmpty)
  }

  @Test func powersOfTenOfSpreadsheets() throws {
    let point = try infer(["2.43E+13", "24312345678901"])
    #expect(point.type == .text)
    #expect(codes(point.table) == [.scientificIdentifiers])
    #expect(try infer(["2,43E+13", "3,1E+12", "12"]).type == .text)
    // Measurements have fractions and exponents of every size.
    #expect(try infer(["2.43e13", "24312345678901"]).type == .real)
    #expect(try infer(["1.5E-05", "2.43E+13", "0.25"]).type == .real)
    let bare = try infer(["1E5", "2E10"])
    #expect(bare.type == .real)
    #expect(codes(bare.table) == [.scientificIdentifiers])
  }

  @Test func codesWithoutLeadingZeros() throws {
    let table = try open(
      "Code postal;SIRET;Téléphone;n\n30000;12345678901234;612345678;5\n10000;12345678901235;612345679;6\n")
    #expect(table.schema.fields.map(\.type) == [.text, .text, .text, .integer])
    let communes = (0..<34).map { "\(20000 + $0)" } + ["2A004"]
    let (type, values, found) = try infer(communes)
    #expect(type == .text)
    #expect(values.last == .text("2A004"))
    #expect(codes(found).isEmpty)
  }

  @Test func daysOfAnyYearStandAmongPeriods() throws {
    let (type, values, _) = try infer(["T1 2019", "2019", "3000-01-01"])
    #expect(type == .period)
    #expect(values.last == .period(.day(CalendarDate(year: 3000, month: 1, day: 1)!)))
  }

  /// A stray word among truth values is missing where there are many, and makes a text of a few, with a note.
  @Test func truthValuesWithASlip() throws {
    let many = try infer([String](repeating: "oui", count: 30) + ["x"])
    #expect(many.type == .boolean)
    #expect(codes(many.table) == [.unreadableValues])
    let few = try infer(["oui", "non", "oui", "x"])
    #expect(few.type == .text)
    #expect(codes(few.table) == [.mostlyTyped])
  }

  /// What keeps a column from being numbers is shown with its lines.
  @Test func theNoteOnATextShowsWhatIsNoNumber() throws {
    let (_, _, table) = try infer(["1", "2", "3", "x", "5 %"])
    let note = try #require(table.report.notes.first { $0.code == .mostlyTyped })
    #expect(
      note.message.english == "column `x` is text because 2 of its 5 values are no number: `x` (line 5), `5 %` (line 6)"
    )
    let one = try infer(["5 %", "6 %", "7"])
    #expect(
      one.table.report.notes.first?.message.english
        == "column `x` is text because 1 of its 3 values is no percentage: `7` (line 4)")
  }

  /// The cells that were counted while the header was sought are not counted again: with few rows, with the most of which
  /// all are seen then, and with more.
  @Test(arguments: [1, 3, 999, 1000, 1001])
  func countsCellsOnce(rows: Int) throws {
    var text = "code;nom;valeur;date;taux;vide;mois\n"
    for row in 1...rows {
      text += "1.\(row % 12);ville \(row % 5);\(row % 7 == 0 ? "n/d" : "1 \(200 + row % 700),5");"
      text += "\(row % 28 + 1)/0\(row % 9 + 1)/2019;\(row % 100) %;;\(row % 12 + 1)\n"
    }
    var options = ReadOptions()
    options.hasHeader = true
    let (guessed, declared) = (try open(text), try open(text, options: options))
    #expect(try columns(guessed) == columns(declared))
    #expect(codes(guessed) == codes(declared))
    #expect(guessed.report.columns.map { "\($0)" } == declared.report.columns.map { "\($0)" })
  }
}

/// Columns of outline numbers are text for their deeper numbers, which is no news; a slip among numbers is.
@Suite struct OutlineNumberTests {
  @Test(arguments: [
    (["1", "1.1", "1.2", "2", "2.1", "2.1.1", "2.1.2", "2.2", "3"], false),
    (["1", "1.1", "1.2", "2", "2.1", "2.1.1", "2.2", "3", "4"], true),
    (["1", "2", "3", "4", "5", "6", "a.b.c", "x"], true),
    (["1.5", "2.5", "3.5", "4.5", "5.5", "100.200.300", "200.300.400"], true),
  ])
  func saysWhatASlipIs(_ cells: [String], _ isSaid: Bool) throws {
    let text = "n;name\n" + cells.map { "\($0);a\n" }.joined()
    let table = try DelimitedReader.open(bytes: Array(text.utf8), name: "t.csv")
    #expect(table.schema[0].type == .text)
    #expect(table.report.notes.contains { $0.code == .mostlyTyped } == isSaid)
  }
}
