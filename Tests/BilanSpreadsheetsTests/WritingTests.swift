#if Spreadsheets
  import Bilan
  import BilanColumnar
  import BilanDiagnostics
  import BilanReaders
  import BilanRenderers
  import BilanTestSupport
  import Foundation
  import Testing

  @testable import BilanSpreadsheets

  @Suite struct WritingTests {
    private func table(_ fields: [Field], _ rows: [[Value]]) -> Table {
      let columns = fields.indices.map { index in
        var builder = ColumnBuilder(fields[index].type)
        for row in rows { builder.append(row[index]) }
        return builder.finish()
      }
      return Table(schema: Schema(fields), chunks: [Chunk(columns: columns, count: rows.count)])
    }

    private func written(
      _ table: Table, notes: [Diagnostic] = [], language: Language = .english
    ) -> (bytes: [UInt8], findings: [Diagnostic]) {
      var sink = BufferSink()
      let findings = render(table, notes: notes, as: .xlsx, options: RenderOptions(language: language), into: &sink)
      return (sink.bytes, findings)
    }

    private let note = Diagnostic.note(
      .missingSkipped, Localized("left out 2 missing values", fr: "2 valeurs manquantes laissées de côté"), count: 2)

    @Test func valuesKeepTheirTypes() throws {
      let ratio = RatioValue(numerator: 3, denominator: 4, reported: 1, expected: 2)
      let table = table(
        [
          Field("région", .text), Field("n", .integer), Field("x", .real), Field("share", .real, display: .percent),
          Field("achievement", .ratio), Field("day", .date), Field("quarter", .period), Field("is met", .boolean),
        ],
        [
          [
            .text("=1+1"), .integer(-3), .real(0.1), .real(0.125), .ratio(ratio), day(2019, 4, 15),
            .period(.quarter(2019, 2)), .boolean(true),
          ],
          [
            .text(" <a> & _x0041_ \u{1} \n b "), .missing, .real(2), .missing, .ratio(ratio), .missing, .missing,
            .boolean(false),
          ],
        ])
      let (bytes, findings) = written(table, notes: [note])
      #expect(findings.isEmpty)
      let read = try ReadSheet(bytes)
      #expect(read.labels == ["région", "n", "x", "share", "achievement", "day", "quarter", "is met"])
      #expect(read.types == [.text, .integer, .real, .real, .real, .date, .period, .boolean])
      #expect(
        read.rows[0] == [
          .text("=1+1"), .integer(-3), .real(0.1), .real(0.125), .real(0.75), day(2019, 4, 15),
          .period(.quarter(2019, 2)), .boolean(true),
        ])
      #expect(read.rows[1][0] == .text(" <a> & _x0041_ \u{1} \n b "))
      #expect(read.rows[1].dropFirst().prefix(2) == [.missing, .real(2)])
      let notes = try ReadSheet(bytes, table: "Notes")
      #expect(notes.rows == [[.text("B0801"), .text("left out 2 missing values"), .integer(2)]])
    }

    /// Beside each number stands what it is in, which is the column's unit again.
    @Test func unitsAreShownAndRead() throws {
      let (bytes, _) = written(
        table(
          [
            Field("cost", .integer, unit: "MAD"), Field("aid", .real, unit: "k€"),
            Field("people", .integer, unit: "a \"<b>\""),
            Field("share", .real, display: .percent, unit: "EUR"), Field("n", .integer),
          ], [[.integer(1200), .real(2.5), .integer(7), .real(0.5), .integer(3)]]))
      #expect(try ReadSheet(bytes).report.columns.map(\.unit) == ["MAD", "k€", "a <b>", nil, nil])
      #expect(
        try ReadSheet(bytes).rows == [[.integer(1200), .real(2.5), .integer(7), .real(0.5), .integer(3)]])
    }

    @Test func blanksAtTheEndsOfTextsStay() throws {
      let texts = ["\tx", "x\u{A0}", "\u{202F}x", " x ", "àx¯", "ât"]
      let table = table([Field("a", .text), Field("b", .integer)], texts.map { [.text($0), .integer(1)] })
      #expect(try ReadSheet(written(table).bytes).rows.map { $0[0] } == texts.map { .text($0) })
    }

    @Test func sheetsSpeakTheLanguage() throws {
      let (bytes, _) = written(table([Field("a", .text)], [[.text("b")]]), notes: [note], language: .french)
      #expect(try withFile(bytes) { try XLSXFormat.tables(in: $0) } == ["Résultat", "Notes"])
      #expect(try ReadSheet(bytes, table: "Notes").rows[0][1] == .text("2 valeurs manquantes laissées de côté"))
    }

    @Test func theSameResultIsTheSameBytes() {
      let table = table([Field("a", .integer)], (0..<500).map { [.integer($0)] })
      #expect(written(table).bytes == written(table).bytes)
    }

    @Test func whatACellCannotHoldIsSaid() throws {
      let long = String(repeating: "é", count: 40_000)
      let (bytes, findings) = written(table([Field("a", .text), Field("b", .integer)], [[.text(long), .integer(1)]]))
      #expect(findings.map(\.code) == [.textNotWritten])
      #expect(try ReadSheet(bytes).rows[0][0] == .text(String(repeating: "é", count: 32_767)))
      #expect(try ReadSheet(bytes, table: "Notes").rows[0][0] == .text("B0908"))
    }

    @Test func longNumbersAndEarlyDaysAreTexts() throws {
      let table = table(
        [Field("id", .integer), Field("day", .date), Field("x", .real)],
        [[.integer(.max), day(1899, 12, 31), .real(1)], [.integer(7), day(1900, 3, 1), .real(-1e300)]])
      let (bytes, findings) = written(table)
      #expect(findings.map(\.code) == [.textNotWritten, .textNotWritten])
      #expect(findings.map(\.count) == [1, 1])
      #expect(findings[0].message.english.hasPrefix("1 whole number of more than 15 digits is written as a text"))
      #expect(findings[1].message.french.hasPrefix("1 date est écrite en texte"))
      let rows = try ReadSheet(bytes).rows
      #expect(rows.map { $0[0] } == [.text("9223372036854775807"), .text("7")])
      #expect(rows.map { $0[1] } == [day(1899, 12, 31), day(1900, 3, 1)])
      #expect(rows.map { $0[2] } == [.real(1), .real(-1e300)])
    }

    @Test func rowsBeyondASheetGoOnAndAreSaid() throws {
      let table = table([Field("a", .integer), Field("b", .text)], (1...7).map { [.integer($0), .text("x\($0)")] })
      var sink = BufferSink()
      var renderer = WorkbookRenderer(rowLimit: 4)
      renderer.begin(table.schema, into: &sink)
      for chunk in table.chunks { renderer.write(chunk, into: &sink) }
      renderer.end(notes: [], into: &sink)
      #expect(renderer.findings.map(\.count) == [4])
      let message = try #require(renderer.findings.first?.message)
      #expect(message.english.hasPrefix("4 rows do not fit on the first sheet"))
      #expect(message.english.hasSuffix("stand on `Result 2`, `Result 3`"))
      #expect(message.french.hasSuffix("sont sur `Result 2`, `Result 3`"))
      #expect(try ReadSheet(sink.bytes).rows.count == 3)
      #expect(try ReadSheet(sink.bytes, table: "Result 3").rows == [[.integer(7), .text("x7")]])
      // Whoever reads the first sheet is told of the others, which the notes are not among.
      let notes = try ReadSheet(sink.bytes).report.notes
      #expect(notes.map(\.code) == [.sheetsNotRead])
      #expect(notes.first?.message.english.contains("`Result 2`, `Result 3`") == true)
      #expect(try ReadSheet(sink.bytes, table: "Result 2").report.notes.isEmpty)
    }

    /// Of one column the name is a single cell, as a title is over several.
    @Test func aSingleColumnGoesOnToo() throws {
      func codes(_ first: String, _ second: String) throws -> [DiagnosticCode] {
        let sheets = [("Year 1", first), ("Year 2", second)].map { WorkbookFile.Sheet(name: $0, rows: $1) }
        return try ReadSheet(WorkbookFile(sheets: sheets)).codes
      }
      #expect(try codes(row(1, "id") + row(2, "1"), row(1, "id") + row(2, "2")) == [.sheetsNotRead])
      let titled = row(1, "Results") + row(2, "id", "n") + row(3, "1", "2")
      #expect(try codes(titled, row(1, "Results") + row(2, "x")).contains(.sheetsNotRead) == false)
    }

    @Test func otherSheetsAreSaidOnlyWhereTheyGoOn() throws {
      let first = table([Field("a", .integer), Field("b", .text)], [[.integer(1), .text("x")]])
      #expect(try ReadSheet(written(first, notes: [note]).bytes).codes.isEmpty)
    }

    @Test func anEmptyResultHasItsLabels() throws {
      let (bytes, _) = written(table([Field("a", .text), Field("b", .integer)], []))
      let read = try ReadSheet(bytes)
      #expect(read.labels == ["a", "b"])
      #expect(read.rows.isEmpty)
    }

    /// What is written reads back as it was, and so writing it again makes the same bytes.
    @Test(arguments: 0..<150) func writingAndReadingIsTheIdentity(seed: Int) throws {
      var random = SplitMix64(seed: UInt64(seed))
      let types: [DataType] = [.text, .integer, .real, .boolean, .date]
      let width = Int.random(in: 2...6, using: &random)
      let fields = (0..<width).map { place in
        Field("column \(place) é", types.randomElement(using: &random)!)
      }
      // A row of one cell might be a title or a remark: the first two columns always have a value.
      let rows = (0..<Int.random(in: 1...40, using: &random)).map { _ in
        fields.enumerated().map { place, field in
          place > 1 && Int.random(in: 0..<5, using: &random) == 0 ? .missing : value(field.type, &random)
        }
      }
      let table = table(fields, rows)
      let bytes = written(table).bytes
      let types2 = Dictionary(uniqueKeysWithValues: fields.map { ($0.label, $0.type) })
      let read = try ReadSheet(bytes, options: ReadOptions(hasHeader: true, missingCodes: [], types: types2))
      #expect(read.labels == fields.map(\.label), "seed \(seed)")
      #expect(read.rows == rows, "seed \(seed)")
      #expect(written(self.table(fields, read.rows)).bytes == bytes, "seed \(seed)")
    }

    private func value(_ type: DataType, _ random: inout SplitMix64) -> Value {
      switch type {
      case .integer: return .integer(Int64.random(in: -999_999_999_999_999...999_999_999_999_999, using: &random))
      case .real:
        let value = Double.random(in: -1...1, using: &random)
        return .real(value * [1, 1e-9, 1e6, 1e18].randomElement(using: &random)!)
      case .boolean: return .boolean(.random(using: &random))
      case .date: return .date(CalendarDate(days: Int.random(in: -30_000...60_000, using: &random)))
      default:
        let pieces = [
          "a", "é", "œuvre", "\"", "<", "&", ">", "]]>", "_x0041_", "_", "\n", "\t", " ", "=1", "'", "東", "\u{1F600}",
          ";",
        ]
        let text = (0..<Int.random(in: 1...6, using: &random)).map { _ in pieces.randomElement(using: &random)! }
          .joined()
        return .text("x" + text)
      }
    }
  }

  /// What is written, read by openpyxl.
  @Suite(.enabled(if: Openpyxl.python != nil, "no Python with openpyxl"))
  struct WrittenForOthersTests {
    @Test func openpyxlReadsWhatIsWritten() throws {
      let session = Session(
        catalog: try Catalog([]).adding(
          "t",
          columns: [
            ("name", .texts(["Fès", "=1+1", nil])), ("n", .integers([1, 2, 3])), ("x", .reals([0.5, nil, 1e-7])),
          ]))
      let result = try session.run(
        "from t | add ok = n > 1, day = 2019-04-15, share = as_percent(x) | summarize total = sum(x), ok = any(ok), day = max(day), share = max(share) by name"
      )[0]
      var sink = BufferSink()
      render(
        result.table, notes: result.notes.map { .note(.missingSkipped, Localized(verbatim: $0.message)) }, as: .xlsx,
        options: RenderOptions(), into: &sink)
      let program = """
        import sys, openpyxl
        book = openpyxl.load_workbook(sys.argv[1])
        for sheet in book.worksheets:
            print(sheet.title, sheet.freeze_panes)
            for row in sheet.iter_rows():
                print([(c.value, c.data_type, c.number_format) for c in row] if sheet.title == "Result" else row[0].value)
        """
      let output = try withFile(sink.bytes) { Openpyxl.run(Openpyxl.python!, program, [$0]) }
      let lines = try #require(output).split(separator: "\n").map(String.init)
      #expect(lines[0] == "Result A2")
      #expect(lines.contains { $0.contains("('=1+1', 's', 'General')") })
      #expect(lines.contains { $0.contains("(datetime.datetime(2019, 4, 15, 0, 0), 'd', 'yyyy") })
      #expect(lines.contains { $0.contains("(0.5, 'n', '0.0%')") })
      #expect(lines.contains { $0.contains("(True, 'b', 'General')") })
      #expect(lines.contains("Notes A2"))
    }
  }
#endif
