#if Spreadsheets
  import BilanColumnar
  import BilanDiagnostics
  import BilanReaders
  import Testing

  @testable import BilanSpreadsheets

  @Suite struct SheetTests {
    private let data = row(1, "region", "actual") + row(2, "Oriental", "512") + row(3, "Fès-Meknès", "171")

    @Test(arguments: [false, true]) func sheetsAreTables(isStrict: Bool) throws {
      var book = WorkbookFile(sheets: [
        .init(name: "Notes", rows: row(1, "hello"), state: "state=\"hidden\""),
        .init(name: "Résultats 2020", rows: data),
        .init(name: "Other & more", rows: row(1, "x", "y") + row(2, "1", "2")),
      ])
      book.isStrict = isStrict
      let sheet = try ReadSheet(book)
      #expect(sheet.labels == ["region", "actual"])
      #expect(sheet.rows == [[.text("Oriental"), .integer(512)], [.text("Fès-Meknès"), .integer(171)]])
      #expect(sheet.decision("sheet") == "`Résultats 2020`, A1:B3")
      #expect(sheet.decision("hidden sheets") == "`Notes`")
      #expect(try ReadSheet(book, table: "Other & more").rows == [[.integer(1), .integer(2)]])
      #expect(try ReadSheet(book, table: "resultats 2020").rows.count == 2)
      #expect(
        try withFile(book.bytes) { try XLSXFormat.tables(in: $0) } == ["Résultats 2020", "Notes", "Other & more"])
      let refused = try refusal(book.bytes, table: "Resluts")
      #expect(refused?.code == .unknownTable)
      #expect(refused?.help.first?.english.contains("`Résultats 2020`") == true)
    }

    @Test func hiddenRowsAreReadAndSaid() throws {
      let rows = data + "<row r=\"4\" hidden=\"1\"><c r=\"A4\" t=\"str\"><v>Casa</v></c><c r=\"B4\"><v>7</v></c></row>"
      let sheet = try ReadSheet(
        WorkbookFile(rows, before: "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols>"))
      #expect(sheet.rows.count == 3)
      #expect(sheet.decision("hidden rows") == "1, read too")
      #expect(sheet.decision("hidden columns") == "1, read too")
    }

    @Test func titlesBlankRowsAndRemarksAreNoRows() throws {
      let rows =
        row(2, "Programme results") + row(4, "", "region", "target", "actual") + row(5, "", "Oriental", "400", "512")
        + row(7, "", "Fès-Meknès", "120", "171") + row(9, "", "Source: the regional teams")
      let sheet = try ReadSheet(WorkbookFile(rows.replacingOccurrences(of: "A2", with: "B2")))
      #expect(sheet.labels == ["region", "target", "actual"])
      #expect(sheet.rows.map { $0[0] } == [.text("Oriental"), .text("Fès-Meknès")])
      #expect(sheet.types == [.text, .integer, .integer])
      #expect(sheet.codes == [.skippedLines])
      #expect(sheet.decision("sheet") == "`Sheet1`, B2:D9")
    }

    @Test func placesInMessagesAreRowsOfTheSheet() throws {
      var rows = row(3, "region", "actual")
      for number in 4..<40 { rows += row(number, "r\(number)", number == 20 ? "twelve" : "\(number)") }
      let sheet = try ReadSheet(WorkbookFile(rows))
      #expect(sheet.types == [.text, .integer])
      #expect(sheet.report.notes.contains { $0.message.english.contains("`twelve` (line 20)") })
    }

    @Test func mergedCellsMakeOneHeader() throws {
      let rows =
        row(1, "region", "2019", "", "2020", "").replacingOccurrences(
          of: "<c r=\"B1\"><v>2019</v></c>", with: "<c r=\"B1\" t=\"str\"><v>2019</v></c>"
        ).replacingOccurrences(of: "<c r=\"D1\"><v>2020</v></c>", with: "<c r=\"D1\" t=\"str\"><v>2020</v></c>")
        + row(2, "", "target", "actual", "target", "actual") + row(3, "Oriental", "400", "512", "410", "")
      let merged =
        "<mergeCells><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B1:C1\"/><mergeCell ref=\"D1:E1\"/></mergeCells>"
      let sheet = try ReadSheet(WorkbookFile(rows, after: merged))
      #expect(sheet.labels == ["region", "2019 target", "2019 actual", "2020 target", "2020 actual"])
      #expect(sheet.rows == [[.text("Oriental"), .integer(400), .integer(512), .integer(410), .missing]])
      #expect(sheet.decision("header") == "2 rows, joined")
      // The vertical merge may lack: what stands under the merged cells tells.
      let bare = "<mergeCells><mergeCell ref=\"B1:C1\"/><mergeCell ref=\"D1:E1\"/></mergeCells>"
      #expect(try ReadSheet(WorkbookFile(rows, after: bare)).labels == sheet.labels)
    }

    @Test func mergedCellsInRowsAreLeftAsTheyAre() throws {
      let rows = row(1, "region", "n") + row(2, "Oriental", "1") + row(3, "", "2") + row(4, "Casa", "3")
      let sheet = try ReadSheet(WorkbookFile(rows, after: "<mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>"))
      #expect(sheet.rows.map { $0[0] } == [.text("Oriental"), .missing, .text("Casa")])
      #expect(sheet.decision("merged cells")?.hasPrefix("1 in rows") == true)
    }

    @Test func cellsWithoutPlacesFollowEachOther() throws {
      let rows =
        "<row><c t=\"str\"><v>a</v></c><c t=\"str\"><v>b</v></c></row><row><c><v>1</v></c><c><v>2</v></c></row>"
      #expect(try ReadSheet(WorkbookFile(rows)).rows == [[.integer(1), .integer(2)]])
    }

    @Test func cellsMayStandInAnyOrder() throws {
      let rows = row(3, "x", "2") + row(1, "name", "n") + row(2, "y", "1")
      #expect(try ReadSheet(WorkbookFile(rows)).rows == [[.text("y"), .integer(1)], [.text("x"), .integer(2)]])
    }

    @Test func emptySheetsAreRefused() throws {
      let styled = "<row r=\"1\"><c r=\"A1\" s=\"1\"/></row>"
      let refused = try refusal(
        WorkbookFile(sheets: [.init(name: "Empty", rows: styled), .init(name: "Full", rows: data)]).bytes)
      #expect(refused?.code == .emptyFile)
      #expect(refused?.help.first?.english == "it has other sheets too: `Full`")
    }

    @Test func usualNamesOfPartsDo() throws {
      var book = WorkbookFile(data)
      book.others = [
        ("_rels/.rels", Array("<Relationships/>".utf8)),
        ("xl/_rels/workbook.xml.rels", Array("<Relationships/>".utf8)),
      ]
      #expect(try ReadSheet(book).rows.count == 2)
    }

    @Test func optionsRule() throws {
      let sheet = try ReadSheet(WorkbookFile(data), options: ReadOptions(hasHeader: false, types: ["column_2": .text]))
      #expect(sheet.labels == ["column_1", "column_2"])
      #expect(sheet.rows.count == 3)
    }

    @Test(arguments: [
      ("A1", 1, 1), ("B7", 7, 2), ("$AB$12", 12, 28), ("xfd1048576", 1_048_576, 16_384),
    ])
    func referencesAreRead(text: String, row: Int, column: Int) {
      #expect(CellReference(Array(text.utf8).span) == CellReference(row: row, column: column))
    }

    @Test(arguments: [
      "", "A", "1", "A0", "XFE1", "A1048577", "A1B", "É1", "A-1", "AAAAAAAAAAAAAAAAAA1", "A99999999999999999999",
    ])
    func otherReferencesAreNone(text: String) {
      #expect(CellReference(Array(text.utf8).span) == nil)
    }
  }
#endif
