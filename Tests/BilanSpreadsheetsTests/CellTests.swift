#if Spreadsheets
  import BilanColumnar
  import BilanDiagnostics
  import BilanReaders
  import Testing

  @testable import BilanSpreadsheets

  @Suite struct CellTests {
    /// The values of a column of cells under a header, each with the attributes and content given.
    private func column(
      _ cells: [String], formats: [String] = [], strings: String? = nil, countsFrom1904: Bool = false
    ) throws -> (type: DataType, values: [Value], sheet: ReadSheet) {
      var rows = row(1, "k", "x")
      for (place, cell) in cells.enumerated() {
        let number = place + 2
        rows += "<row r=\"\(number)\"><c r=\"A\(number)\" t=\"str\"><v>a\(number)</v></c>"
        rows += cell.isEmpty ? "" : "<c r=\"B\(number)\" " + cell + "</c>"
        rows += "</row>"
      }
      var book = WorkbookFile(rows, formats: formats)
      book.strings = strings
      book.countsFrom1904 = countsFrom1904
      let sheet = try ReadSheet(book, options: ReadOptions(hasHeader: true))
      return (sheet.types[1], sheet.rows.map { $0[1] }, sheet)
    }

    @Test func numbersAreReadAsTheyAreStored() throws {
      let numbers = try column(["><v>1200</v>", "><v>0.1</v>", "><v>-7</v>", "><v>2.5E-5</v>", "><v>1.5e3</v>"])
      #expect(numbers.type == .real)
      #expect(numbers.values == [.real(1200), .real(0.1), .real(-7), .real(2.5e-5), .real(1500)])
      #expect(try column(["><v>3</v>", "", "><v>-12</v>"]).values == [.integer(3), .missing, .integer(-12)])
      // A power of ten is how a spreadsheet stores it, not what it left of an identifier.
      let large = try column(["><v>1E+20</v>", "><v>2.5E+21</v>"])
      #expect(large.values == [.real(1e20), .real(2.5e21)])
      #expect(large.sheet.codes.isEmpty)
    }

    /// Digits that a format shows are part of a code, which the stored number has lost.
    @Test func zerosThatAFormatShows() throws {
      func cells(_ numbers: [String], _ format: String) throws -> [Value] {
        try column(numbers.map { "s=\"1\"><v>\($0)</v>" }, formats: [format]).values
      }
      let postal = try cells(["1000", "20250"], "00000")
      #expect(postal == [.text("01000"), .text("20250")], "\(postal)")
      #expect(
        try cells(["522123456", "661234567"], "0#\" \"##\" \"##\" \"##\" \"##")
          == [.text("05 22 12 34 56"), .text("06 61 23 45 67")])
      #expect(try cells(["522123456"], "00\\ 00\\ 00\\ 00\\ 00") == [.text("05 22 12 34 56")])
      // Where each number has as many digits nothing is lost, and nothing is made up.
      #expect(try cells(["10000", "20250"], "00000") == [.integer(10_000), .integer(20_250)])
      for format in ["0", "0.00", "#,##0", "0\\ 000", "0\" ans\"", "##0", "0.00E+00", "00.0"] {
        #expect(try cells(["7", "12"], format) == [.integer(7), .integer(12)], "\(format)")
      }
      #expect(try cells(["-7", "12.5"], "000") == [.real(-7), .real(12.5)])
    }

    /// A number that is stored as one is what it is, whatever texts stand beside it; and no evidence of what their marks are.
    @Test func storedNumbersHaveTheirOwnPoint() throws {
      let text = "t=\"str\"><v>12,5</v>"
      let mixed = try column(["><v>1.234</v>", "><v>2.345</v>", text])
      #expect(mixed.values == [.real(1.234), .real(2.345), .real(12.5)])
      #expect(mixed.sheet.codes.isEmpty)
      let comma = try column(
        Array(repeating: "><v>12.5</v>", count: 30) + ["t=\"str\"><v>13,5</v>", "t=\"str\"><v>1,234</v>"])
      #expect(comma.values.suffix(3) == [.real(12.5), .real(13.5), .real(1.234)])
      #expect(comma.sheet.codes.isEmpty)
      // Nothing tells what the mark of the one text is: as in a file of texts, and said.
      let doubt = try column(["><v>12.5</v>", "t=\"str\"><v>1,234</v>"])
      #expect(doubt.values == [.real(12.5), .real(1234)])
      #expect(doubt.sheet.codes == [.ambiguousMark])
      // Of a column that is text, what is written stays.
      let texts = try column(["><v>12.5</v>", "t=\"str\"><v>13,5</v>", "t=\"str\"><v>x</v>", "t=\"str\"><v>y</v>"])
      #expect(texts.values == ["12.5", "13,5", "x", "y"].map { .text($0) })
      let beside = try ReadSheet(
        WorkbookFile(
          row(1, "a", "b") + "<row r=\"2\"><c r=\"A2\" \(text)</c><c r=\"B2\"><v>1.234</v></c></row>"
            + "<row r=\"3\"><c r=\"A3\" \(text)</c><c r=\"B3\"><v>2.345</v></c></row>"))
      #expect(beside.rows.map { $0[1] } == [.real(1.234), .real(2.345)])
      let shares = try column(
        ["s=\"1\"><v>0.12345</v>", "t=\"str\"><v>12,5 %</v>", "t=\"str\"><v>13,5 %</v>"], formats: ["0.00%"])
      #expect(shares.values == [.real(0.12345), .real(0.125), .real(0.135)])
    }

    @Test func theMarkOfTextsIsDeclared() throws {
      var options = ReadOptions(hasHeader: true)
      options.decimalMark = .comma
      let sheet = try ReadSheet(
        WorkbookFile(
          row(1, "v") + "<row r=\"2\"><c r=\"A2\"><v>12.5</v></c></row>"
            + "<row r=\"3\"><c r=\"A3\" t=\"str\"><v>1,234</v></c></row>"), options: options)
      #expect(sheet.rows == [[.real(12.5)], [.real(1.234)]])
      #expect(sheet.codes.isEmpty)
    }

    @Test func currenciesOfFormatsAreUnits() throws {
      func sheet(_ cells: [String], _ formats: [String]) throws -> ReadSheet {
        try column(cells, formats: formats).sheet
      }
      let euros = try sheet(
        ["s=\"1\"><v>100.5</v>", "s=\"1\"><v>-7</v>", "><v>3</v>"], ["#,##0.00\\ [$€-40C];[Red]\\-#,##0.00\\ [$€-40C]"])
      #expect(euros.rows.map { $0[1] } == [.real(100.5), .real(-7), .real(3)])
      #expect(euros.report.columns[1].unit == "EUR")
      #expect(euros.codes.isEmpty)
      let dirhams = try sheet(["s=\"1\"><v>100</v>"], ["_-* #,##0.00\\ \"DH\"_-"])
      #expect(dirhams.report.columns[1].unit == "MAD")
      let mixed = try sheet(["s=\"1\"><v>100</v>", "s=\"2\"><v>100</v>"], ["#,##0.00 [$€-40C]", "#,##0.00 \"DH\""])
      #expect(mixed.types[1] == .text)
      #expect(mixed.codes == [.mixedCurrencies])
      // A format that shows thousands does not change what the number is in.
      #expect(try sheet(["s=\"1\"><v>12000</v>"], ["#,##0,\"k€\""]).report.columns[1].unit == "EUR")
      #expect(try sheet(["s=\"1\"><v>12</v>"], ["#,##0\" k€\""]).report.columns[1].unit == "k€")
      // Where numbers are written in some way, nothing is said of a currency.
      for format in ["[$-40C]#,##0.00", "\"day\" 0", "#,##0_€"] {
        #expect(try sheet(["s=\"1\"><v>12</v>"], [format]).report.columns[1].unit == nil, "\(format)")
      }
    }

    /// What a format shows behind numbers is what they are measured in.
    @Test(
      arguments: [
        ("#,##0 \"milliers DH\"", "milliers DH"), ("#,##0.0\" Mds MAD\"", "Mds MAD"), ("0.0\" millions\"", "millions"),
        ("#,##0 \"DH HT\"", "DH HT"), ("#,##0\\ \"DH/mois\"", "DH/mois"), ("0.0\" €/ha\"", "€/ha"), ("0 \"ha\"", "ha"),
        ("General\" ha\"", "ha"), ("#,##0 [$د.م.\u{200F}-1801]", "MAD"), ("0.0\" %\"", "%"), ("0.0\\%", "%"),
        ("0.0\"‰\"", "‰"), ("#,##0,\" milliers\"", nil), ("\"Total \"#,##0", nil),
      ] as [(String, String?)])
    func unitsOfFormatsAreUnits(format: String, unit: String?) throws {
      let sheet = try column(["s=\"1\"><v>12.5</v>", "s=\"1\"><v>-7</v>"], formats: [format]).sheet
      #expect(sheet.rows.map { $0[1] } == [.real(12.5), .real(-7)])
      #expect(sheet.report.columns[1].unit == unit)
      #expect(sheet.codes.isEmpty)
    }

    @Test func unitsThatNotAllFormatsShow() throws {
      let some = try column(
        ["s=\"1\"><v>1</v>", "s=\"1\"><v>2</v>", "><v>3</v>"], formats: ["0\" ha\""]
      ).sheet
      #expect(some.report.columns[1].unit == "ha")
      #expect(
        some.report.notes.map(\.message.english) == [
          "1 number of column `B` of `book.xlsx` is shown without a unit: taken for `ha`, as the others are"
        ])
      let mixed = try column(
        ["s=\"1\"><v>1</v>", "s=\"2\"><v>2</v>"], formats: ["0\" ha\"", "0\" km\""]
      ).sheet
      #expect(mixed.report.columns[1].unit == nil)
      #expect(mixed.rows.map { $0[1] } == [.integer(1), .integer(2)])
      #expect(mixed.codes == [.mixedCurrencies])
      #expect(mixed.report.notes[0].message.english.contains("`ha` × 1, `km` × 1, the first in B2"))
    }

    /// Raised digits are marks of footnotes and exponents, and none of the number before them.
    @Test func raisedDigitsAreNoneOfANumber() throws {
      func raised(_ text: String, _ mark: String) -> String {
        "<r><t>\(text)</t></r><r><rPr><vertAlign val=\"superscript\"/></rPr><t>\(mark)</t></r>"
      }
      let sheet = try column(
        [
          "t=\"s\"><v>0</v>", "t=\"inlineStr\"><is>" + raised("15", "(2)") + "</is>", "><v>13</v>", "><v>14</v>",
          "><v>16</v>",
        ], strings: "<si>" + raised("12", "1") + "</si>"
      ).sheet
      #expect(sheet.rows.map { $0[1] } == [12, 15, 13, 14, 16].map { .integer($0) })
      #expect(sheet.codes == [.flagsDropped])
      let named = try ReadSheet(
        WorkbookFile(
          "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is>" + raised("Cible", "1")
            + "</is></c><c r=\"B1\" t=\"inlineStr\"><is>" + raised("m", "2") + raised(" en 1", "er") + "</is></c></row>"
            + row(2, "1", "2") + row(3, "3", "4")))
      #expect(named.labels == ["Cible¹", "m² en 1er"])
    }

    /// Identifiers that a program has written with an exponent are what they are without.
    @Test(arguments: ["1.2345678901234999E+17", "123456789012349990", "1.23456789012345E+16"])
    func longIdentifiersAreTexts(number: String) throws {
      let sheet = try column(["><v>\(number)</v>", "><v>\(number)</v>"]).sheet
      #expect(sheet.types[1] == .text)
      #expect(sheet.codes.isEmpty)
    }

    @Test func textsAreSharedInlineOrOfFormulas() throws {
      let strings = """
        <si><t>Oriental</t></si><si><r><rPr><b/></rPr><t>F&#232;s</t></r><r><t>-Mekn&#232;s</t></r></si>\
        <si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si>
        """
      let texts = try column(
        [
          "t=\"s\"><v>1</v>", "t=\"s\"><v>0</v>", "t=\"s\"><v>2</v>",
          "t=\"inlineStr\"><is><r><t>a</t></r><r><t xml:space=\"preserve\"> b</t></r></is>",
          "t=\"str\"><f>A1&amp;\"x\"</f><v>of a formula</v>", "t=\"str\"><v>line_x000D_ _x005F_x0041_</v>",
          "t=\"str\"><v>a_xD83D__xDE00_b</v>",
        ], strings: strings)
      #expect(texts.type == .text)
      #expect(
        texts.values == [
          .text("Fès-Meknès"), .text("Oriental"), .text("東京"), .text("a b"), .text("of a formula"),
          .text("line\r _x0041_"), .text("a\u{1F600}b"),
        ])
    }

    @Test func spacesAtTheEndsOfTextsStay() throws {
      let texts = try column(["t=\"str\"><v> a </v>", "t=\"str\"><v>b</v>"])
      #expect(texts.values == [.text(" a "), .text("b")])
    }

    @Test func truthValues() throws {
      let flags = try column(["t=\"b\"><v>1</v>", "t=\"b\"><v>0</v>", ""])
      #expect(flags.type == .boolean)
      #expect(flags.values == [.boolean(true), .boolean(false), .missing])
    }

    @Test func errorsAreMissingAndSaid() throws {
      let cells = try column(["><v>1</v>", "t=\"e\"><v>#N/A</v>", "t=\"e\"><f>1/0</f><v>#DIV/0!</v>", "><v>4</v>"])
      #expect(cells.values == [.integer(1), .missing, .missing, .integer(4)])
      let note = try #require(cells.sheet.report.notes.first { $0.code == .unreadableValues })
      #expect(note.count == 2)
      #expect(note.message.english.contains("`#N/A` × 1"))
      #expect(note.message.english.contains("the first in B3"))
      #expect(note.message.french.contains("la première en B3"))
    }

    @Test func formulasHaveTheirStoredValues() throws {
      let cells = try column(["><f>A1*2</f><v>8</v>", "><f>A2*2</f>", "><f t=\"shared\" si=\"0\"/><v>9</v>"])
      #expect(cells.values == [.integer(8), .missing, .integer(9)])
      #expect(cells.sheet.report.notes.contains { $0.message.english.contains("no stored value") })
    }

    // MARK: Dates

    @Test func datesAreToldByTheirFormats() throws {
      let formats = ["14", "d/m/yyyy", "[$-40C]d mmm yyyy;@", "mmm-yy", "yyyy\\-mm\\-dd\\ hh:mm", "[Red]yyyy"]
      let cells = (1...6).map { "s=\"\($0)\"><v>43570</v>" }
      let dates = try column(cells, formats: formats)
      #expect(dates.type == .date)
      #expect(dates.values == Array(repeating: day(2019, 4, 15), count: 6))
    }

    @Test(arguments: [
      "General", "0.00", "#,##0\\ \"MAD\"", "\"day\" 0", "0.00E+00", "[Red]0", "_-* #,##0.00\\ _€_-", "@", "0\\d",
      "# ?/?",
      "[>=1000]#,##0;0", "[$-40C]0",
    ])
    func otherFormatsAreOfNumbers(format: String) throws {
      #expect(NumberFormatKind(code: format) == .plain)
      #expect(try column(["s=\"1\"><v>43570</v>"], formats: [format]).values == [.integer(43_570)])
    }

    @Test(arguments: [
      ("0%", NumberFormatKind.percent), ("0.0\\ %", .percent), ("h:mm", .time), ("[h]:mm:ss", .elapsed),
      ("mm:ss.0", .time),
      ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", .date), ("mmmm", .date), ("yyyy\"年\"m\"月\"d\"日\"", .date),
      ("dd/mm/yyyy;@", .date), ("\"h\"0", .plain), ("h:mm AM/PM", .time), ("[mm]:ss", .elapsed), ("d", .date),
    ])
    func formatsHaveAKind(code: String, kind: NumberFormatKind) {
      #expect(NumberFormatKind(code: code) == kind)
    }

    @Test func theYear1900HasALeapDayThatNeverWas() throws {
      let dates = try column(
        ["s=\"1\"><v>1</v>", "s=\"1\"><v>59</v>", "s=\"1\"><v>61</v>", "s=\"1\"><v>2958465</v>"]
          + Array(repeating: "s=\"1\"><v>40000</v>", count: 30) + ["s=\"1\"><v>60</v>"], formats: ["14"])
      #expect(dates.type == .date)
      #expect(dates.values.prefix(4) == [day(1900, 1, 1), day(1900, 2, 28), day(1900, 3, 1), day(9999, 12, 31)])
      #expect(dates.values.last == .missing)
      #expect(dates.sheet.report.notes.contains { $0.message.english.contains("`1900-02-29`") })
    }

    @Test func datesMayBeCountedFrom1904() throws {
      let dates = try column(["s=\"1\"><v>0</v>", "s=\"1\"><v>42108</v>"], formats: ["14"], countsFrom1904: true)
      #expect(dates.values == [day(1904, 1, 1), day(2019, 4, 15)])
      #expect(dates.sheet.decision("dates") == "counted from 1904")
    }

    @Test func timesOfDayAreKeptWhereTheyStandAlone() throws {
      let times = try column(
        ["s=\"1\"><v>0.60416666666666663</v>", "s=\"2\"><v>1.5</v>", "s=\"1\"><v>0</v>"], formats: ["20", "[h]:mm"])
      #expect(times.values == [.text("14:30:00"), .text("36:00:00"), .text("00:00:00")])
      let both = try column(["s=\"1\"><v>43570.604166666664</v>", "s=\"1\"><v>43571</v>"], formats: ["22"])
      #expect(both.values == [day(2019, 4, 15), day(2019, 4, 16)])
      #expect(both.sheet.codes == [.timeOfDayDropped])
    }

    /// A reference to an empty cell gives 0, which a format shows as 00/01/1900.
    @Test func theDayZeroIsNone() throws {
      let dates = try column(["s=\"1\"><v>43570</v>", "s=\"1\"><v>0</v>"], formats: ["14"])
      #expect(dates.values == [day(2019, 4, 15), .missing])
      #expect(dates.sheet.codes == [.unreadableValues])
      // Times may be midnight, and so may the first day of 1904.
      #expect(try column(["s=\"1\"><v>0.5</v>", "s=\"1\"><v>0</v>"], formats: ["20"]).values.last == .text("00:00:00"))
    }

    @Test func hoursThatCountOnAreNeverADate() throws {
      let hours = try column(
        ["s=\"1\"><v>104.166666666667</v>", "s=\"2\"><v>43570</v>", "s=\"3\"><v>1.5</v>"],
        formats: ["[h]:mm", "[ss]", "46"])
      #expect(hours.values == [.text("2500:00:00"), .text("1045680:00:00"), .text("36:00:00")])
    }

    @Test func datesOfStrictWorkbooksAreWrittenOut() throws {
      let dates = try column(["t=\"d\"><v>2019-04-15T00:00:00</v>", "t=\"d\"><v>2019-04-16</v>"])
      #expect(dates.values == [day(2019, 4, 15), day(2019, 4, 16)])
    }

    @Test func percentages() throws {
      let shares = try column(
        [
          "s=\"1\"><v>0.07</v>", "s=\"1\"><v>1.1000000000000001</v>", "s=\"1\"><v>-5E-3</v>",
          "s=\"1\"><v>0.28999999999999998</v>",
        ],
        formats: ["9"])
      #expect(shares.type == .real)
      #expect(shares.values == [.real(0.07), .real(1.1), .real(-0.005), .real(0.29)])
      #expect(shares.sheet.report.columns[1].evidence.english == "4 percentages")
    }

    /// In a workbook 0.5 is 0.5, whether or not it is shown as 50 %.
    @Test func numbersAmongPercentagesAreTheSameNumbers() throws {
      let percentages = ["s=\"1\"><v>0.07</v>", "s=\"1\"><v>0.25</v>"]
      let shares = try column(percentages + ["><v>0.5</v>"], formats: ["9"])
      #expect(shares.values == [.real(0.07), .real(0.25), .real(0.5)])
      #expect(shares.sheet.codes == [])
      #expect(shares.sheet.report.columns[1].evidence.english == "3 percentages")
      #expect(try column(["><v>1</v>"] + percentages, formats: ["9"]).values == [.real(1), .real(0.07), .real(0.25)])
      let figures = try column(["><v>512</v>", "><v>1200</v>"] + percentages, formats: ["9"])
      #expect(figures.values == [.real(512), .real(1200), .real(0.07), .real(0.25)])
      #expect(figures.sheet.report.columns[1].evidence.english.contains("percentages") == false)
      #expect(figures.sheet.codes == [.mixedCurrencies])
      // Persons among shares are no percentages, however few they are.
      let few = try column(["s=\"1\"><v>0.8</v>", "><v>100</v>", "s=\"1\"><v>0.5</v>"], formats: ["9"])
      #expect(few.values == [.real(0.8), .real(100), .real(0.5)])
      #expect(
        few.sheet.report.notes.map(\.message.english) == [
          "percentages of `book.xlsx` stand beside numbers beyond one, and are read as plain numbers: 2 beside 1, the first in B2"
        ])
    }

    /// The stored number 1.1 and the text `1.10` are two codes.
    @Test func textsAmongStoredNumbersAreCodes() throws {
      func rows(_ label: String) throws -> ReadSheet {
        try ReadSheet(
          WorkbookFile(
            row(1, label, "n") + "<row r=\"2\"><c r=\"A2\"><v>1.1</v></c><c r=\"B2\"><v>3</v></c></row>"
              + "<row r=\"3\"><c r=\"A3\" t=\"str\"><v>1.10</v></c><c r=\"B3\"><v>4</v></c></row>"))
      }
      let codes = try rows("Code activité")
      #expect(codes.rows.map { $0[0] } == [.text("1.1"), .text("1.10")])
      #expect(codes.codes == [.codesKept])
      #expect(try rows("Montant").rows.map { $0[0] } == [.real(1.1), .real(1.1)])
    }

    /// A year over percentages is the column's name.
    @Test func yearsOverPercentagesAreNames() throws {
      func line(_ number: Int, _ cells: [String]) -> String {
        "<row r=\"\(number)\">" + cells.map { "<c \($0)</c>" }.joined() + "</row>"
      }
      let book = WorkbookFile(
        line(1, ["t=\"str\"><v>region</v>", "><v>2019</v>", "><v>2020</v>"])
          + (2...5).map { line($0, ["t=\"str\"><v>r\($0)</v>", "s=\"1\"><v>0.5</v>", "s=\"1\"><v>0.25</v>"]) }.joined(),
        formats: ["9"])
      let sheet = try ReadSheet(book)
      #expect(sheet.labels == ["region", "2019", "2020"])
      #expect(sheet.rows[0] == [.text("r2"), .real(0.5), .real(0.25)])
    }

    @Test func truthValuesThatAreNoneAreSaid() throws {
      let flags = try column(["t=\"b\"><v>1</v>", "t=\"b\"><v>7</v>", "t=\"b\"><v>0</v>"])
      #expect(flags.values == [.boolean(true), .missing, .boolean(false)])
      #expect(flags.sheet.codes == [.unreadableValues])
    }

    @Test(arguments: [
      ("1200", 0, "1200"), ("1.5E3", 0, "1500"), ("2.5E-5", 0, "0.000025"), ("0.07", 2, "7"), ("0.005", 2, "0.5"),
      ("-1.2345", 2, "-123.45"), ("1E+20", 0, "100000000000000000000.0"), ("0", 2, "0"), ("0.1", 0, "0.1"),
      ("1E400", 0, "1E400"), ("100", 2, "10000"), ("5E-324", 0, "5E-324"), ("0.0", 2, "0"), ("+3", 0, "3"),
    ])
    func digitsAreMovedAndNotComputed(text: String, shift: Int, expected: String) {
      var output: [UInt8] = []
      #expect(NumberText.append(Array(text.utf8).span, shiftedBy: shift, to: &output))
      #expect(String(decoding: output, as: UTF8.self) == expected)
    }

    @Test(arguments: ["", "-", "abc", "1.2.3", "1e", "NaN", "1 2", ".", "0x10"])
    func otherTextsAreNoNumbers(text: String) {
      var output: [UInt8] = []
      #expect(!NumberText.append(Array(text.utf8).span, shiftedBy: 0, to: &output))
    }
  }
#endif
