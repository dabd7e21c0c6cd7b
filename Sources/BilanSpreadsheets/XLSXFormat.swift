#if Spreadsheets
  import BilanColumnar
  import BilanDiagnostics
  import BilanReaders

  /// Workbooks of Excel from 2007 on and of the programs that write such files: Office Open XML, strict and transitional.
  ///
  /// A sheet is a table. Its cells go to `CellText`, which decides header, types and what is missing as for delimited text;
  /// dates, times and percentages are told by the formats of their cells, formulas by the values stored with them.
  package enum XLSXFormat: FileFormat {
    package static let name = "xlsx"
    package static let extensions = ["xlsx", "xlsm", "xltx", "xltm"]

    package static func recognizes(_ head: [UInt8], path: String) -> Bool {
      let lower = path.lowercased()
      let isNamed = extensions.contains { lower.hasSuffix("." + $0) }
      // With a password a workbook is kept in a container of another format.
      if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { return isNamed }
      guard head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 0x05, 0x06]) else {
        return false
      }
      if isNamed { return true }
      return isPart(firstName(in: head))
        && [Array("xl/workbook".utf8), Array("xl/_rels/".utf8), Array("xl/worksheets".utf8)].contains {
          head.contains($0)
        }
    }

    /// The name of an archive's first member.
    private static func firstName(in head: [UInt8]) -> String {
      guard head.count > 30 else { return "" }
      let count = Int(head[26]) | Int(head[27]) << 8
      return String(decoding: head[30...].prefix(count), as: UTF8.self)
    }

    /// Whether a member's name is that of a part of a workbook: an archive may hold a workbook as it is, whose parts are none
    /// of its own members.
    private static func isPart(_ name: String) -> Bool {
      let name = name.hasPrefix("/") ? name.dropFirst() : name[...]
      return name == "[Content_Types].xml" || name == "mimetype"
        || ["_rels/", "docProps/", "xl/", "customXml/"].contains { name.hasPrefix($0) }
    }

    package static func tables(in path: String) throws(QueryError) -> [String] {
      let book = try open(path, name: path)
      let main = book.main.name
      return [main] + book.sheets.map(\.name).filter { $0 != main }
    }

    private static func open(_ path: String, name: String) throws(QueryError) -> Workbook {
      let head = try FileBytes.beginning(of: path, count: 4)
      if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { throw WorkbookError.encrypted(name) }
      return try Workbook(.file(path: path), name: name)
    }

    package static func open(
      path: String, table: String?, name: String, options: ReadOptions, resource: DataPackage.Resource?
    ) throws(QueryError) -> any TableSource {
      try open(open(path, name: name), path: path, table: table, name: name, options: options, resource: resource)
    }

    package static func open(
      bytes: [UInt8], path: String, table: String?, name: String, options: ReadOptions,
      resource: DataPackage.Resource?
    ) throws(QueryError) -> any TableSource {
      if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { throw WorkbookError.encrypted(name) }
      let book = try Workbook(.memory(bytes), name: name)
      return try open(book, path: path, table: table, name: name, options: options, resource: resource)
    }

    private static func open(
      _ book: Workbook, path: String, table: String?, name: String, options: ReadOptions,
      resource: DataPackage.Resource?
    ) throws(QueryError) -> any TableSource {
      let sheet = try self.sheet(table, of: book, path: path)
      let strings = try book.strings(options.isCancelled)
      let styles = try book.styles()
      func reader() -> SheetReader {
        SheetReader(
          book: name, styles: styles, stringCount: strings.count, countsFrom1904: book.countsFrom1904,
          fileSize: book.archive.storedCount)
      }
      let main = reader()
      try XMLStream.read(sheet.part, of: book.archive, isCancelled: options.isCancelled, main)
      let cells = SheetTable(main.sheet, strings)
      let hasHeader = options.hasHeader ?? resource?.dialect.hasHeader
      let headerLines = options.headerLines ?? (options.hasHeader == nil ? resource?.dialect.headerLines : nil)
      let written = try cells.write(
        book: name, inflatedCount: book.archive.inflatedCount, mayMerge: hasHeader != false, headerLines: headerLines,
        isCancelled: options.isCancelled)
      var options = options
      options.headerLines = written.headerLines ?? options.headerLines
      var words = SheetReport(book: book, sheet: sheet, name: name, cells: cells.sheet, written: written)
      guard written.range != nil else { throw words.emptySheet }
      // Whoever names a sheet knows of the others, unless it goes on where it could hold no more.
      let isFull = cells.sheet.cells.last.map { Int($0.row) == CellReference.rowLimit } ?? false
      if table == nil || isFull { words.others = others(sheet, of: book, strings, reader) }
      let beginning = SheetBeginning(cells)
      if beginning.namesColumns { words.alike = words.others.filter { $0.beginning == beginning }.map(\.name) }
      let opened = try written.text.open(
        name: name, format: Self.name, byteCount: book.archive.storedCount, hasHeader: written.hasHeader,
        decisions: words.decisions, notes: words.notes, options: options, resource: resource)
      if table == nil, !words.others.isEmpty {
        let cover = words.cover(opened.report, path: path)
        let beside = words.others.map(\.name).filter { !words.alike.contains($0) }
        opened.amend { report in
          report.tablesBeside = beside
          report.notes.insert(contentsOf: cover, at: 0)
        }
      }
      return opened
    }

    /// Sheets looked at for how they begin.
    private static let lookLimit = 50

    /// The other sheets in sight that hold something, and how they begin; what is wrong with them is not asked for.
    private static func others(
      _ sheet: Workbook.Sheet, of book: Workbook, _ strings: SharedStrings, _ reader: () -> SheetReader
    ) -> [(name: String, beginning: SheetBeginning)] {
      book.sheets.filter { !$0.isHidden && $0.part != sheet.part }.prefix(lookLimit).compactMap { other in
        let first = SheetBeginningReader(reader())
        do {
          try XMLStream.read(other.part, of: book.archive, first)
        } catch {
          if !first.isDone { return nil }
        }
        let beginning = SheetBeginning(SheetTable(first.sheet, strings))
        return beginning.isEmpty ? nil : (other.name, beginning)
      }
    }

    /// The sheet called `table`, also where case or accents differ and no other is meant.
    private static func sheet(
      _ table: String?, of book: Workbook, path: String
    ) throws(QueryError) -> Workbook.Sheet {
      guard let table else { return book.main }
      if let sheet = book.sheets.first(where: { $0.name == table }) { return sheet }
      let folded = book.sheets.filter { TextFolding.fold($0.name) == TextFolding.fold(table) }
      if folded.count == 1 { return folded[0] }
      throw FileFormats.unknownTable(table, in: path, among: book.sheets.map(\.name))
    }
  }
#endif
