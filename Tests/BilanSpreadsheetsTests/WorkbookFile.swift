#if Spreadsheets
  import BilanColumnar
  import BilanDiagnostics
  import BilanReaders
  import Foundation
  import Testing

  @testable import BilanSpreadsheets
  @testable import BilanWorkbooks

  /// A workbook made by hand, part by part.
  struct WorkbookFile {
    static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    static let document = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    static let strictMain = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    static let strictDocument = "http://purl.oclc.org/ooxml/officeDocument/relationships"

    struct Sheet {
      var name: String
      /// What stands in `sheetData`.
      var rows: String
      /// What stands before it and after it.
      var before = ""
      var after = ""
      var state = ""
    }

    var sheets: [Sheet]
    /// The items of the shared strings, as `<si><t>a</t></si>`.
    var strings: String?
    /// What stands in `styleSheet`.
    var styles: String?
    var countsFrom1904 = false
    var isStrict = false
    /// Further parts, and those that replace others.
    var others: [(name: String, content: [UInt8])] = []

    init(_ rows: String, before: String = "", after: String = "") {
      sheets = [Sheet(name: "Sheet1", rows: rows, before: before, after: after)]
    }

    init(sheets: [Sheet]) { self.sheets = sheets }

    /// One style a format: style 0 is General, style n has the nth of `formats`, each a number or a code.
    init(_ rows: String, formats: [String]) {
      self.init(rows)
      var codes = ""
      var cells = "<xf numFmtId=\"0\"/>"
      for (place, format) in formats.enumerated() {
        if let id = Int(format), "\(id)" == format, id > 0 {
          cells += "<xf numFmtId=\"\(id)\"/>"
        } else {
          codes += "<numFmt numFmtId=\"\(170 + place)\" formatCode=\"\(Self.escape(format))\"/>"
          cells += "<xf numFmtId=\"\(170 + place)\"/>"
        }
      }
      styles =
        "<numFmts>\(codes)</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>\(cells)</cellXfs>"
    }

    static func escape(_ text: String) -> String {
      text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "\"", with: "&quot;")
        .replacingOccurrences(of: "<", with: "&lt;")
    }

    var bytes: [UInt8] {
      let main = isStrict ? Self.strictMain : Self.main
      let document = isStrict ? Self.strictDocument : Self.document
      let package = "http://schemas.openxmlformats.org/package/2006/relationships"
      func relationships(_ items: [(String, String)]) -> String {
        let list = items.enumerated().map {
          "<Relationship Id=\"rId\($0 + 1)\" Type=\"\(document)/\($1.0)\" Target=\"\($1.1)\"/>"
        }
        return "<Relationships xmlns=\"\(package)\">\(list.joined())</Relationships>"
      }
      var targets = sheets.indices.map { ("worksheet", "worksheets/sheet\($0 + 1).xml") }
      if strings != nil { targets.append(("sharedStrings", "sharedStrings.xml")) }
      if styles != nil { targets.append(("styles", "styles.xml")) }
      let names = sheets.enumerated().map { place, sheet in
        "<sheet name=\"\(Self.escape(sheet.name))\" sheetId=\"\(place + 1)\" \(sheet.state) r:id=\"rId\(place + 1)\"/>"
      }
      var parts: [(name: String, content: [UInt8])] = [
        ("_rels/.rels", Array(relationships([("officeDocument", "xl/workbook.xml")]).utf8)),
        ("xl/_rels/workbook.xml.rels", Array(relationships(targets).utf8)),
        (
          "xl/workbook.xml",
          Array(
            ("<workbook xmlns=\"\(main)\" xmlns:r=\"\(document)\"><workbookPr date1904=\"\(countsFrom1904 ? 1 : 0)\"/>"
              + "<sheets>\(names.joined())</sheets></workbook>").utf8)
        ),
      ]
      for (place, sheet) in sheets.enumerated() {
        parts.append(
          (
            "xl/worksheets/sheet\(place + 1).xml",
            Array(
              "<worksheet xmlns=\"\(main)\">\(sheet.before)<sheetData>\(sheet.rows)</sheetData>\(sheet.after)</worksheet>"
                .utf8)
          ))
      }
      if let strings { parts.append(("xl/sharedStrings.xml", Array("<sst xmlns=\"\(main)\">\(strings)</sst>".utf8))) }
      if let styles {
        parts.append(("xl/styles.xml", Array("<styleSheet xmlns=\"\(main)\">\(styles)</styleSheet>".utf8)))
      }
      for other in others {
        parts.removeAll { $0.name == other.name }
        parts.append(other)
      }
      return Self.zip(parts)
    }

    static func zip(_ parts: [(name: String, content: [UInt8])]) -> [UInt8] {
      var writer = ZipWriter()
      for part in parts {
        writer.beginPart(part.name)
        writer.write(part.content)
        writer.endPart()
      }
      writer.finish()
      return writer.output
    }
  }

  /// Writes bytes to a file for as long as `body` runs.
  func withFile<Result>(_ bytes: [UInt8], named name: String = "book.xlsx", _ body: (String) throws -> Result) throws
    -> Result
  {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bilan-sheets-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent(name).path
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return try body(path)
  }

  /// A sheet as it was read.
  struct ReadSheet {
    var labels: [String]
    var types: [DataType]
    /// By row.
    var rows: [[Value]]
    var report: ImportReport

    init(_ bytes: [UInt8], table: String? = nil, options: ReadOptions = .init()) throws {
      self = try withFile(bytes) { path in try ReadSheet(path: path, table: table, options: options) }
    }

    init(_ book: WorkbookFile, table: String? = nil, options: ReadOptions = .init()) throws {
      try self.init(book.bytes, table: table, options: options)
    }

    init(path: String, table: String? = nil, options: ReadOptions = .init()) throws {
      let source = try XLSXFormat.open(
        path: path, table: table, name: "book.xlsx", options: options, resource: nil)
      let file = try #require(source as? FileTable)
      labels = file.schema.fields.map(\.label)
      types = file.schema.fields.map(\.type)
      report = file.report
      var rows: [[Value]] = []
      for chunk in try file.read(columns: Array(0..<file.schema.count), isCancelled: { false }) {
        for row in 0..<chunk.count {
          rows.append(file.schema.fields.indices.map { chunk.columns[$0].value(row, as: file.schema[$0].type) })
        }
      }
      self.rows = rows
    }

    var codes: [DiagnosticCode] { report.notes.map(\.code) }

    /// What was decided about `subject`.
    func decision(_ subject: String) -> String? {
      report.decisions.first { $0.subject.english == subject }?.value.english
    }
  }

  /// The error that reading these bytes gives.
  func refusal(_ bytes: [UInt8], table: String? = nil) throws -> Diagnostic? {
    do {
      _ = try ReadSheet(bytes, table: table)
      return nil
    } catch let error as QueryError {
      #expect(error.kind == .data)
      return error.diagnostics.first
    }
  }

  func day(_ year: Int, _ month: Int, _ day: Int) -> Value { .date(CalendarDate(year: year, month: month, day: day)!) }

  /// The cells of a row: texts inline, numbers as they are.
  func row(_ number: Int, _ cells: String...) -> String {
    var xml = "<row r=\"\(number)\">"
    for (place, cell) in cells.enumerated() where !cell.isEmpty {
      let name = CellReference.letters(place + 1) + "\(number)"
      xml +=
        Double(cell) == nil
        ? "<c r=\"\(name)\" t=\"inlineStr\"><is><t xml:space=\"preserve\">\(WorkbookFile.escape(cell))</t></is></c>"
        : "<c r=\"\(name)\"><v>\(cell)</v></c>"
    }
    return xml + "</row>"
  }
#endif
