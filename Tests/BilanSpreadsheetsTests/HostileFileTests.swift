#if Spreadsheets
  import BilanDiagnostics
  import BilanReaders
  import BilanTestSupport
  import Foundation
  import Testing

  @testable import BilanSpreadsheets
  @testable import BilanWorkbooks

  /// What is broken or made to do harm is refused with a reason, in memory that the file's size bounds.
  @Suite struct HostileFileTests {
    private let data = row(1, "region", "actual") + row(2, "Oriental", "512")

    private func replacing(_ part: String, by content: String) -> [UInt8] {
      var book = WorkbookFile(data)
      book.others = [(part, Array(content.utf8))]
      return book.bytes
    }

    @Test func declarationsOfTypeAndEntitiesAreRefused() throws {
      var entities = "<!DOCTYPE lol [<!ENTITY a \"ha\">"
      for (name, other) in zip("bcdefghij", "abcdefghi") {
        entities += "<!ENTITY \(name) \"\(String(repeating: "&\(other);", count: 10))\">"
      }
      let sheet =
        "<?xml version=\"1.0\"?>\(entities)]><worksheet xmlns=\"\(WorkbookFile.main)\"><sheetData><row><c t=\"str\">"
        + "<v>&j;</v></c></row></sheetData></worksheet>"
      let refused = try refusal(replacing("xl/worksheets/sheet1.xml", by: sheet))
      #expect(refused?.code == .malformedFile)
      #expect(refused?.message.english.contains("document type declaration") == true)
      #expect(refused?.message.french.contains("déclaration de type") == true)
    }

    @Test func bombsAreRefused() throws {
      // Hundreds of megabytes of one cell, which deflate packs into half a megabyte.
      var zip = ZipWriter()
      for part in ["_rels/.rels", "xl/_rels/workbook.xml.rels"] {
        zip.beginPart(part)
        zip.write(Array("<Relationships/>".utf8))
        zip.endPart()
      }
      zip.beginPart("xl/workbook.xml")
      zip.write(Array("<workbook><sheets><sheet name=\"a\"/></sheets></workbook>".utf8))
      zip.endPart()
      zip.beginPart("xl/worksheets/sheet1.xml")
      zip.write(Array("<worksheet><sheetData><row>".utf8))
      let block = Array(String(repeating: " ", count: 1 << 20).utf8)
      for _ in 0..<70 { zip.write(block) }
      zip.write(Array("</row></sheetData></worksheet>".utf8))
      zip.endPart()
      zip.finish()
      #expect(zip.output.count < 1 << 18)
      let refused = try refusal(zip.output)
      #expect(refused?.code == .malformedFile)
      #expect(refused?.message.english.contains("more than its size allows") == true)
    }

    @Test func hugeTagsAreRefused() throws {
      var generator = SplitMix64(seed: 7)
      let noise = (0..<5 << 20).map { _ in UInt8.random(in: 0x61...0x7A, using: &generator) }
      var book = WorkbookFile(data)
      book.others = [("xl/worksheets/sheet1.xml", Array("<worksheet a=\"".utf8) + noise + Array("\"/>".utf8))]
      let refused = try refusal(book.bytes)
      #expect(refused?.message.english.contains("tag that is far too long") == true)
    }

    @Test func strewnCellsAreRefused() throws {
      var rows = ""
      for number in 1...4000 { rows += row(number, "1") }
      rows += "<row r=\"4001\"><c r=\"XFD4001\"><v>1</v></c></row>"
      let refused = try refusal(WorkbookFile(rows).bytes)
      #expect(refused?.message.english.contains("strewn over 4001 rows and 16384 columns") == true)
    }

    @Test func oneLongTextInManyCellsIsRefused() throws {
      var book = WorkbookFile(
        (1...40_000).map { "<row r=\"\($0)\"><c r=\"A\($0)\" t=\"s\"><v>0</v></c></row>" }.joined())
      book.strings = "<si><t>\(String(repeating: "long ", count: 6000))</t></si>"
      let refused = try refusal(book.bytes)
      #expect(refused?.message.english.contains("more than its size allows") == true)
    }

    @Test(arguments: [
      ("xl/worksheets/sheet1.xml", "<worksheet><sheetData>", "line 1 of `xl/worksheets/sheet1.xml`"),
      ("xl/worksheets/sheet1.xml", "<worksheet><sheetData></worksheet>", "mismatched tag"),
      ("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r=\"0\"/></sheetData></worksheet>", "row has a number"),
      (
        "xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r=\"1\"><c r=\"ZZZ1\"/></row></sheetData></worksheet>",
        "in cell A1"
      ),
      (
        "xl/worksheets/sheet1.xml",
        "<worksheet><sheetData><row r=\"1\"><c r=\"B1\" t=\"s\"><v>3</v></c></row></sheetData></worksheet>",
        "in cell B1"
      ),
      (
        "xl/worksheets/sheet1.xml",
        "<worksheet><sheetData><row r=\"1\"><c r=\"B1\" t=\"q\"><v>3</v></c></row></sheetData></worksheet>",
        "no type `q`"
      ),
      ("xl/workbook.xml", "", "`xl/workbook.xml`"), ("xl/workbook.xml", "<workbook/>", "no sheet of cells"),
      ("xl/workbook.xml", "\u{0}\u{1}", "`xl/workbook.xml`"),
    ])
    func brokenPartsAreSaid(part: String, content: String, message: String) throws {
      let refused = try refusal(replacing(part, by: content))
      #expect(refused?.code == .malformedFile)
      #expect(refused?.message.english.contains(message) == true, "\(refused?.message.english ?? "")")
      #expect(refused?.message.french != refused?.message.english)
    }

    @Test func otherFilesAreSaid() throws {
      #expect(try refusal([0xD0, 0xCF, 0x11, 0xE0, 1, 2])?.message.english.contains("password") == true)
      #expect(try refusal(Array("PK\u{3}\u{4}nothing".utf8))?.code == .malformedFile)
      #expect(try refusal(WorkbookFile.zip([("a.txt", [1])]))?.message.english.contains("no workbook") == true)
      let whole = WorkbookFile(data).bytes
      for count in [10, whole.count / 2, whole.count - 30] {
        #expect(try refusal(Array(whole[..<count]))?.code == .malformedFile, "\(count)")
      }
    }

    /// Parts whose stream ends before what the directory says.
    @Test func shortPartsAreRefused() throws {
      var whole = WorkbookFile(data).bytes
      for place in 0..<whole.count - 4 where whole[place..<place + 4].elementsEqual([0x50, 0x4B, 1, 2]) {
        whole[place + 24] &+= 1
      }
      #expect(try refusal(whole)?.message.english.contains("damaged in its part") == true)
    }

    /// Valid workbooks with bytes flipped, cut, doubled and moved: read or refused, never a crash.
    @Test(arguments: 0..<300) func damagedFilesAreReadOrRefused(seed: Int) throws {
      var random = SplitMix64(seed: UInt64(seed))
      let other = WorkbookFile(row(1, "a") + row(2, "é")).bytes
      var book = WorkbookFile(
        data + "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>1</v></c><c r=\"B3\" s=\"1\"><v>43570</v></c></row>",
        formats: ["14"])
      book.strings = "<si><t>a</t></si><si><r><t>b</t></r></si>"
      book.sheets[0].after = "<mergeCells><mergeCell ref=\"A1:A2\"/></mergeCells>"
      // Half of the damage is done to a part before it is packed, where it goes deeper.
      let bytes: [UInt8]
      if seed % 2 == 0 {
        bytes = Damage.damaged(book.bytes, with: other, &random)
      } else {
        let sheet =
          "<worksheet xmlns=\"\(WorkbookFile.main)\"><sheetData>\(book.sheets[0].rows)</sheetData></worksheet>"
        let part = random.pick([
          "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml",
        ])
        book.others = [(part, Damage.damaged(Array(sheet.utf8), &random))]
        bytes = book.bytes
      }
      do {
        _ = try ReadSheet(bytes)
      } catch let error as QueryError {
        #expect(error.kind == .data && !error.diagnostics.isEmpty, "seed \(seed)")
      }
    }
  }
#endif
