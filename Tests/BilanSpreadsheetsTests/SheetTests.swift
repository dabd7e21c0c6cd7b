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

    @Test func titlesAndRemarksAreNoRows() throws {
      let rows =
        row(2, "Programme results") + row(4, "", "region", "target", "actual") + row(5, "", "Oriental", "400", "512")
        + row(6, "", "Fès-Meknès", "120", "171") + row(8, "", "Source: the regional teams")
      let sheet = try ReadSheet(WorkbookFile(rows.replacingOccurrences(of: "A2", with: "B2")))
      #expect(sheet.labels == ["region", "target", "actual"])
      #expect(sheet.rows.map { $0[0] } == [.text("Oriental"), .text("Fès-Meknès")])
      #expect(sheet.types == [.text, .integer, .integer])
      #expect(sheet.codes == [.skippedLines])
      #expect(sheet.decision("sheet") == "`Sheet1`, B2:D8")
    }

    /// More titles and remarks than rows.
    @Test func aSmallTableIsFoundUnderTitles() throws {
      let rows =
        row(1, "Royaume du Maroc") + row(2, "Ministère") + row(4, "Tableau 1 : cibles")
        + row(5, "Région", "2018", "2019", "2020") + row(6, "Fès", "1", "2", "3") + row(7, "Oriental", "4", "5", "6")
        + row(9, "Note : provisoire") + row(10, "Source : MTIP")
      let sheet = try ReadSheet(WorkbookFile(rows))
      #expect(sheet.labels == ["Région", "2018", "2019", "2020"])
      #expect(
        sheet.rows == [
          [.text("Fès"), .integer(1), .integer(2), .integer(3)],
          [.text("Oriental"), .integer(4), .integer(5), .integer(6)],
        ])
      #expect(sheet.codes == [.skippedLines])
    }

    /// A title may stand further left than the tables below it.
    @Test func tablesFurtherRightThanTheirTitle() throws {
      let rows =
        row(1, "Rapport") + row(3, "", "Région", "Cible", "Réalisé") + row(4, "", "Fès", "10", "3")
        + row(5, "", "Oriental", "20", "4") + row(6, "", "Souss", "30", "5") + row(9, "", "Poste", "Budget")
        + row(10, "", "Personnel", "5000") + row(11, "", "Voyages", "700")
      let sheet = try ReadSheet(WorkbookFile(rows))
      #expect(sheet.labels == ["Région", "Cible", "Réalisé"])
      #expect(sheet.rows.map { $0[1] } == [10, 20, 30].map { .integer($0) })
      #expect(
        sheet.report.notes.contains {
          $0.message.english.contains("another table") || $0.message.english.contains("`Poste`")
        })
    }

    /// A year alone over all names is a title, and years under names are a part of them.
    @Test func yearsOverAndUnderNames() throws {
      let body = row(3, "Fès", "10", "3") + row(4, "Oriental", "20", "4")
      let titled = try ReadSheet(WorkbookFile(row(1, "2019") + row(2, "Région", "Cible", "Réalisé") + body))
      #expect(titled.labels == ["Région", "Cible", "Réalisé"])
      #expect(titled.codes == [.skippedLines])
      let narrow = try ReadSheet(
        WorkbookFile(row(1, "2019") + row(2, "Région", "Cible") + row(3, "Fès", "10") + row(4, "Oriental", "20")))
      #expect(narrow.labels == ["Région", "Cible"])
      #expect(narrow.codes == [.skippedLines])
      let under = try ReadSheet(WorkbookFile(row(1, "Indicateur", "Base", "Cible") + row(2, "", "2018", "2020") + body))
      #expect(under.labels == ["Indicateur", "Base – 2018", "Cible – 2020"])
      #expect(under.rows.count == 2)
    }

    /// What pandas writes of a pivot table, merged cells over years and a total of them.
    @Test func pivotTablesOfPandas() throws {
      var book = WorkbookFile(
        row(1, "", "sum", "", "", "mean") + row(2, "y", "2019", "2020", "All", "2019", "2020", "All") + row(3, "r")
          + row(4, "A", "1.5", "2", "3.5", "1.5", "2", "1.75") + row(5, "B", "3", "4", "7", "3", "4", "3.5"))
      book.sheets[0].after = "<mergeCells><mergeCell ref=\"B1:D1\"/><mergeCell ref=\"E1:G1\"/></mergeCells>"
      let sheet = try ReadSheet(book)
      #expect(
        sheet.labels == [
          "r", "sum 2019", "sum 2020", "sum All", "mean 2019", "mean 2020", "mean All",
        ])
      #expect(sheet.rows.map { $0[0] } == [.text("A"), .text("B")])
      #expect(sheet.codes.isEmpty)
    }

    /// Over two columns titles are those that a blank row keeps apart; a single name may be a header.
    @Test func titlesStandOverTwoColumnsToo() throws {
      let titled = try ReadSheet(
        WorkbookFile(
          row(1, "Ministère") + row(2, "Tableau 1") + row(4, "Région", "Cible") + row(5, "Fès", "1")
            + row(6, "Oriental", "2")))
      #expect(titled.labels == ["Région", "Cible"])
      #expect(titled.rows == [[.text("Fès"), .integer(1)], [.text("Oriental"), .integer(2)]])
      let named = try ReadSheet(WorkbookFile(row(1, "Région") + row(2, "Fès", "1") + row(3, "Oriental", "2")))
      #expect(named.labels == ["Région", "column_2"])
    }

    /// A header of merged cells on the rows that a query names.
    @Test func aMergedHeaderIsWhereItIsSaidToBe() throws {
      let rows =
        row(1, "Région", "F-H", "") + row(2, "", "F", "H") + row(3, "Fès", "1", "2") + row(4, "Oriental", "5", "6")
      let merged = "<mergeCells><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B1:C1\"/></mergeCells>"
      var options = ReadOptions()
      options.headerLines = 1...2
      let both = try ReadSheet(WorkbookFile(rows, after: merged), options: options)
      #expect(both.labels == ["Région", "F-H F", "F-H H"])
      #expect(both.rows.map { $0[0] } == [.text("Fès"), .text("Oriental")])
      options.headerLines = 2...2
      let second = try ReadSheet(WorkbookFile(rows, after: merged), options: options)
      #expect(second.labels == ["Région", "F", "H"])
      #expect(second.rows.count == 2)
    }

    @Test func textsMergedOverRowsAreThoseOfEachRow() throws {
      let rows =
        row(1, "Région", "Année", "Budget") + row(2, "Fès", "2019", "10") + row(3, "", "2020", "")
        + row(4, "Oriental", "2019", "5") + row(5, "", "2020", "7") + row(6, "", "2021", "8")
      let merged =
        "<mergeCells><mergeCell ref=\"A2:A3\"/><mergeCell ref=\"C2:C3\"/><mergeCell ref=\"A4:A5\"/></mergeCells>"
      let sheet = try ReadSheet(WorkbookFile(rows, after: merged))
      #expect(sheet.rows.map { $0[0] } == [.text("Fès"), .text("Fès"), .text("Oriental"), .text("Oriental"), .missing])
      #expect(sheet.decision("merged cells")?.hasPrefix("3 in rows") == true)
      // A number counts once.
      #expect(sheet.rows.map { $0[2] } == [.integer(10), .missing, .integer(5), .integer(7), .integer(8)])
      #expect(sheet.codes == [.mergedCells, .mergedCells])
      #expect(sheet.report.notes.map(\.count) == [2, 1])
    }

    /// A number for both sexes stands under one of them.
    @Test func numbersMergedOverColumnsAreSaid() throws {
      let rows = row(1, "Indicateur", "F", "H") + row(2, "Formés", "100", "90") + row(3, "Emplois", "500", "")
      let merged = "<mergeCells><mergeCell ref=\"B3:C3\"/></mergeCells>"
      let sheet = try ReadSheet(WorkbookFile(rows, after: merged))
      #expect(sheet.rows[1] == [.text("Emplois"), .integer(500), .missing])
      let note = try #require(sheet.report.notes.first)
      #expect(sheet.codes == [.mergedCells])
      #expect(note.message.english.hasSuffix("merged over several columns, of which the first alone has it (B3)"))
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

    /// What pandas calls the rows stands below, in a row of its own.
    @Test func namesOfRowsBelowTheOthers() throws {
      let rows =
        row(1, "", "2019", "").replacingOccurrences(
          of: "<c r=\"B1\"><v>2019</v></c>", with: "<c r=\"B1\" t=\"str\"><v>2019</v></c>") + row(2, "", "F", "H")
        + row(3, "region", "", "") + row(4, "Oriental", "1", "3") + row(5, "Fès", "2", "4")
      let sheet = try ReadSheet(WorkbookFile(rows, after: "<mergeCells><mergeCell ref=\"B1:C1\"/></mergeCells>"))
      #expect(sheet.labels == ["region", "2019 F", "2019 H"])
      #expect(sheet.rows.count == 2)
    }

    /// A single cell that is merged over some columns names these, by a year or where nothing else is named; another is a title.
    @Test func aGroupAloneInItsRow() throws {
      func sheet(_ title: String, _ names: [String], merged: String) throws -> ReadSheet {
        let cells = names.enumerated().filter { !$1.isEmpty }.map {
          "<c r=\"\(["A", "B", "C", "D"][$0])2\" t=\"str\"><v>\($1)</v></c>"
        }
        let rows =
          "<row r=\"1\"><c r=\"\(merged.prefix(1))1\" t=\"str\"><v>\(title)</v></c></row>"
          + "<row r=\"2\">\(cells.joined())</row>" + row(3, "Fès", "1", "2", "3") + row(4, "Oujda", "3", "4", "5")
        return try ReadSheet(WorkbookFile(rows, after: "<mergeCells><mergeCell ref=\"\(merged)\"/></mergeCells>"))
      }
      #expect(
        try sheet("2018", ["", "F", "H", "T"], merged: "B1:D1").labels.dropFirst() == ["2018 F", "2018 H", "2018 T"])
      #expect(
        try sheet("2018", ["Région", "Rang", "F", "H"], merged: "C1:D1").labels == [
          "Région", "Rang", "2018 F", "2018 H",
        ])
      #expect(try sheet("Effectif", ["", "F", "H", "T"], merged: "B1:D1").labels.last == "Effectif T")
      // A title.
      #expect(try sheet("Effectif", ["Région", "F", "H", "T"], merged: "B1:D1").labels == ["Région", "F", "H", "T"])
    }

    /// Years are numbers, and name columns all the same.
    @Test(arguments: [
      "<mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B1:C1\"/><mergeCell ref=\"D1:E1\"/>",
      "<mergeCell ref=\"B1:C1\"/><mergeCell ref=\"D1:E1\"/>", "",
    ]) func yearsUnderMergedCells(merged: String) throws {
      let rows =
        row(1, "Région", "Cible", "", "Réalisé", "") + row(2, "", "2019", "2020", "2019", "2020")
        + row(3, "Fès", "1200", "1350", "980", "1410") + row(4, "Oujda", "850", "900", "700", "")
      let after = merged.isEmpty ? "" : "<mergeCells>\(merged)</mergeCells>"
      let sheet = try ReadSheet(WorkbookFile(rows, after: after))
      let joiner = merged.isEmpty ? " – " : " "
      #expect(
        sheet.labels == ["Région"] + ["Cible", "Réalisé"].flatMap { ["\($0)\(joiner)2019", "\($0)\(joiner)2020"] })
      #expect(sheet.rows.count == 2)
    }

    /// Over rows of texts, names that repeat from one merged cell to the next are names all the same.
    @Test func equalNamesUnderMergedCells() throws {
      let rows =
        row(1, "Activité", "2019", "", "2020", "") + row(2, "", "S1", "S2", "S1", "S2") + row(3, "A1", "x", "", "x", "")
        + row(4, "A2", "", "x", "", "x")
      let merged = "<mergeCells><mergeCell ref=\"B1:C1\"/><mergeCell ref=\"D1:E1\"/></mergeCells>"
      let sheet = try ReadSheet(WorkbookFile(rows, after: merged))
      #expect(sheet.labels == ["Activité", "2019 S1", "2019 S2", "2020 S1", "2020 S2"])
      #expect(sheet.rows.count == 2)
    }

    /// As in delimited text, an empty row among others is a row.
    @Test func emptyRowsAmongOthers() throws {
      let sheet = try ReadSheet(WorkbookFile(row(1, "a", "b") + row(2, "x", "1") + row(4, "y", "2")))
      #expect(sheet.rows == [[.text("x"), .integer(1)], [.missing, .missing], [.text("y"), .integer(2)]])
      #expect(sheet.codes == [.emptyRows])
      // Far below the others something else begins.
      #expect(try ReadSheet(WorkbookFile(row(1, "a", "b") + row(2, "x", "1") + row(4000, "y", "2"))).rows.count == 2)
    }

    @Test func yearsOverMergedNames() throws {
      let rows =
        row(1, "Région", "2019", "", "2020", "") + row(2, "", "cible", "réalisé", "cible", "réalisé")
        + row(3, "Fès", "1200", "1350", "980", "1410")
      let merged =
        "<mergeCells><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B1:C1\"/><mergeCell ref=\"D1:E1\"/></mergeCells>"
      let sheet = try ReadSheet(WorkbookFile(rows, after: merged))
      #expect(sheet.labels == ["Région", "2019 cible", "2019 réalisé", "2020 cible", "2020 réalisé"])
      #expect(sheet.rows.count == 1)
    }

    /// Years over years are values, whatever is merged above them.
    @Test func yearsUnderMergedCellsThatAreValues() throws {
      let rows =
        row(1, "Projet", "Début", "", "Fin", "") + row(2, "A", "2019", "2020", "2020", "2021")
        + row(3, "B", "2018", "2019", "2019", "2020")
      let merged = "<mergeCells><mergeCell ref=\"B1:C1\"/><mergeCell ref=\"D1:E1\"/></mergeCells>"
      #expect(try ReadSheet(WorkbookFile(rows, after: merged)).rows.count == 2)
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

    private func book(_ first: String, _ others: String...) -> WorkbookFile {
      WorkbookFile(
        sheets: [.init(name: "Cover", rows: first)]
          + others.enumerated().map { .init(name: "Data \($0 + 1)", rows: $1) })
    }

    /// A page before the data is read, as the first sheet is, and says where these are.
    @Test func aCoverSaysWhereTheDataAre() throws {
      let title = try ReadSheet(book(row(1, "Report 2020"), data, row(1, "x"), ""))
      #expect(title.rows.isEmpty)
      #expect(title.codes == [.sheetsNotRead])
      #expect(
        title.report.notes[0].message.english
          == "sheet `Cover` of `book.xlsx` is read and has no row of data; another has a table: `Data 1`, as "
          + "`from \"book.xlsx#Data 1\"`")
      #expect(
        title.report.notes[0].message.french.hasPrefix(
          "la feuille `Cover` de `book.xlsx` est lue et n’a pas de ligne de données ; une autre a un tableau"))
      let lines = try ReadSheet(book(row(1, "Report 2020") + row(2, "Ministry") + row(3, "Rabat"), data, data))
      #expect(lines.codes == [.sheetsNotRead])
      #expect(lines.report.notes[0].message.english.contains("holds lines of text alone; 2 others have tables"))
    }

    @Test func aSheetOfDataIsNoCover() throws {
      // A list before others, names of columns alone beside nothing, and a table before others.
      #expect(try ReadSheet(book(row(1, "region") + row(2, "Fès"), row(1, "sex") + row(2, "F"))).codes.isEmpty)
      #expect(try ReadSheet(book(row(1, "region", "n"), row(1, "remark"))).codes.isEmpty)
      #expect(try ReadSheet(book(data, row(1, "x", "y") + row(2, "1", "2"))).codes.isEmpty)
      let cover = book(row(1, "Report 2020"), data)
      #expect(try ReadSheet(cover, table: "Cover").codes.isEmpty)
    }

    @Test func sheetsBesideAreThoseWithCells() throws {
      let other = row(1, "x", "y") + row(2, "1", "2")
      #expect(try ReadSheet(book(data, other, "")).report.tablesBeside == ["Data 1"])
      #expect(try ReadSheet(book(data, other), table: "Cover").report.tablesBeside.isEmpty)
      // A note names those that go on.
      #expect(try ReadSheet(book(data, other, data)).report.tablesBeside == ["Data 1"])
    }

    /// What is stored is the same number, however it is shown.
    @Test func percentagesOfSomeFilesAreTheNumbersOfOthers() throws {
      func rates(_ format: String?, _ rates: String...) throws -> any TableSource {
        let cells = rates.enumerated().map {
          "<row r=\"\($0 + 2)\"><c r=\"A\($0 + 2)\" s=\"\(format == nil ? 0 : 1)\"><v>\($1)</v></c></row>"
        }
        return try withFile(WorkbookFile(row(1, "Taux") + cells.joined(), formats: format.map { [$0] } ?? []).bytes) {
          try XLSXFormat.open(path: $0, table: nil, name: "t.xlsx", options: .init(), resource: nil)
        }
      }
      func union(_ parts: [any TableSource]) throws -> FileTable {
        try FileUnion(name: "?.xlsx", labels: ["a.xlsx", "b.xlsx"]) {
          (place: Int, _: [String: DataType]) throws(QueryError) -> any TableSource in parts[place]
        }.table(options: .init(), byteCount: 0)
      }
      let alike = try union([rates("0%", "0.5", "0.25"), rates(nil, "0.5", "1")])
      #expect(alike.schema[0].type == .real)
      #expect(alike.schema[0].display == .plain)
      #expect(alike.report.notes.map(\.code) == [.filesDiffer])
      #expect(
        alike.report.notes[0].message.english
          == "column `Taux` of `?.xlsx` is in `%` in `a.xlsx`, without a unit in `b.xlsx`: read as the numbers stored, 50 % as 0.5"
      )
      #expect(try union([rates("0%", "0.5"), rates("0%", "0.25")]).report.notes.isEmpty)
      // 50 may as well be a percentage.
      #expect(try union([rates("0%", "0.5"), rates(nil, "50")]).schema[0].type == .text)
    }

    /// An archive that holds a workbook as it is has the names of its parts near its beginning, and is none.
    @Test func archivesOfStoredWorkbooksAreNone() {
      let book = WorkbookFile(row(1, "a") + row(2, "1")).bytes
      #expect(XLSXFormat.recognizes(Array(book.prefix(4096)), path: "book.bin"))
      let header: [UInt8] = [0x50, 0x4B, 0x03, 0x04] + Array(repeating: 0, count: 22) + [9, 0, 0, 0]
      let archive = header + Array("book.xlsx".utf8) + book
      #expect(!XLSXFormat.recognizes(Array(archive.prefix(4096)), path: "data.zip"))
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
