#if Spreadsheets
  import BilanDiagnostics
  import BilanReaders

  /// The cells of a sheet as rows of text.
  struct SheetTable {
    let sheet: SheetCells
    private let strings: SharedStrings
    /// Merged cells by the place of their first.
    private let merges: [UInt64: CellRange]

    init(_ sheet: SheetCells, _ strings: SharedStrings) {
      var sheet = sheet
      sheet.arrange()
      sheet.writePercentagesAlike()
      self.sheet = sheet
      self.strings = strings
      merges = Dictionary(
        sheet.merged.map { (UInt64($0.rows.lowerBound) << 16 | UInt64($0.columns.lowerBound), $0) },
        uniquingKeysWith: { $1 })
    }

    /// What the cell is merged with, itself included.
    func merge(at cell: SheetCells.Cell) -> CellRange? { merges[cell.order] }

    func bytes(of cell: SheetCells.Cell) -> ArraySlice<UInt8> {
      if cell.kind == .shared { return strings.bytes[strings.range(cell.start)!] }
      return sheet.texts[cell.start..<cell.start + Int(cell.count)]
    }

    /// Whether a cell may name a column: a text, a year, or a day, as that of a month.
    func mayName(_ cell: SheetCells.Cell) -> Bool {
      switch cell.kind {
      case .text, .shared: return true
      case .value: return bytes(of: cell).first.map { $0 &- 0x30 < 10 } ?? false
      case .number:
        let text = bytes(of: cell)
        guard text.count == 4, let year = Int(String(decoding: text, as: UTF8.self)) else { return false }
        return (1900...2100).contains(year)
      case .percentage, .amount: return false
      }
    }

    /// Empty rows beyond this, one below the other, are none of a table.
    private static let gapLimit = 100

    /// What came of a sheet.
    struct Written {
      var text = CellText()
      /// True where merged cells made the header.
      var hasHeader: Bool?
      /// Rows that merged cells joined into the header.
      var headerRowCount = 0
      /// Where the header is now, of one that is said to be on certain rows.
      var headerLines: ClosedRange<Int>?
      /// Merged cells below the header.
      var mergedCount = 0
      /// What became of the merged cells below the header.
      var merged = MergedCells()
      /// As `A1:D200`; nil for a sheet without a cell that holds something.
      var range: String?
    }

    /// What became of cells that are merged with the one above them or before them.
    struct MergedCells {
      /// Those below a text, which they have too.
      var filled = 0
      var firstFilled: CellReference?
      /// Those below a number, which stay missing: it is there once.
      var missing = 0
      var firstMissing: CellReference?
      /// Numbers over several columns, which are the first column's alone.
      var across = 0
      var firstAcross: CellReference?
    }

    /// The sheet as text, row by row; rows without a cell are blank lines, so that a line has the number of its row.
    ///
    /// - Parameters:
    ///   - inflatedCount: bytes of XML that the sheet was read from: what it may grow to depends on it.
    ///   - mayMerge: false where the first row is known to name nothing.
    ///   - headerLines: the rows on which the header is said to be.
    /// - Throws: `malformedFile` where few cells would make a table that fills memory.
    func write(
      book: String, inflatedCount: Int, mayMerge: Bool, headerLines: ClosedRange<Int>? = nil, isCancelled: () -> Bool
    ) throws(QueryError) -> Written {
      var written = Written()
      let rows = rowsOfCells()
      guard let firstCell = sheet.cells.first, let lastCell = sheet.cells.last else { return written }
      var columns = usedColumns(rows)
      try demandSize(rows, width: columns.count, book: book, inflatedCount: inflatedCount)
      written.range =
        CellReference(row: Int(firstCell.row), column: columns.lowerBound).text + ":"
        + CellReference(row: Int(lastCell.row), column: columns.upperBound).text
      func makeHeader(over columns: ClosedRange<Int>) -> SheetHeader {
        headerLines.map { SheetHeader(self, rows: rows, columns: columns, lines: $0) }
          ?? SheetHeader(self, rows: rows, columns: columns, mayMerge: mayMerge)
      }
      var header = makeHeader(over: columns)
      // A title may stand further left than its table.
      let own = usedColumns(rows.dropFirst(header.titleCount))
      if headerLines == nil, own.lowerBound > columns.lowerBound, own.upperBound == columns.upperBound,
        case let narrow = makeHeader(over: own), narrow.titleCount == header.titleCount
      {
        (columns, header) = (own, narrow)
      }
      for column in sheet.units.keys where columns.contains(Int(column)) {
        written.text.units[Int(column) - columns.lowerBound] = sheet.unit(ofColumn: column)?.unit
      }
      written.text.width = columns.count
      let firstRow = header.titleCount + header.depth
      written.headerRowCount = header.depth
      if header.depth > 0 { written.hasHeader = true }
      let lastHeaderLine = firstRow > 0 ? Int(sheet.cells[rows[firstRow - 1].lowerBound].row) : 0
      if headerLines != nil, header.depth > 0 { written.headerLines = lastHeaderLine...lastHeaderLine }
      var above = MergedAbove(sheet.merged, below: lastHeaderLine)
      var merged = MergedCells()
      written.mergedCount = sheet.merged.count { $0.rows.lowerBound > lastHeaderLine }
      var line = 1
      func move(to row: Int, inTable: Bool = false) {
        // Between the rows of a table an empty one is a row, as in delimited text.
        let isRow = inTable && row - line <= Self.gapLimit
        while line < row {
          if isRow {
            for _ in columns { written.text.appendMissing() }
            written.text.endRow()
          } else {
            written.text.skipLine()
          }
          line += 1
        }
      }
      for (place, row) in rows.enumerated() {
        if place & 1023 == 0, isCancelled() { throw .cancelled }
        let number = Int(sheet.cells[row.lowerBound].row)
        if place < header.titleCount {
          move(to: number)
          append(sheet.cells[row.lowerBound], to: &written.text)
        } else if place < firstRow {
          guard place == firstRow - 1 else { continue }
          move(to: number)
          for label in header.labels { written.text.append(label.span) }
        } else {
          move(to: number, inTable: place > firstRow)
          appendRow(
            row, columns, isLast: isFootnote(place, rows, width: columns.count), &above, &merged, to: &written.text)
        }
        written.text.endRow()
        line += 1
      }
      written.merged = merged
      return written
    }

    /// The merged cells that reach down to the row at hand, by column.
    private struct MergedAbove {
      /// Whether any cells of the table are merged over rows, and over columns.
      let isNeeded: Bool
      let areAcross: Bool
      var cells: [Int: (cell: SheetCells.Cell, lastRow: Int)] = [:]

      init(_ merged: [CellRange], below line: Int) {
        isNeeded = merged.contains { $0.rows.count > 1 && $0.rows.lowerBound > line }
        areAcross = merged.contains { $0.columns.count > 1 && $0.rows.lowerBound > line }
      }
    }

    private func appendRow(
      _ row: Range<Int>, _ columns: ClosedRange<Int>, isLast: Bool, _ above: inout MergedAbove,
      _ merged: inout MergedCells, to text: inout CellText
    ) {
      let number = Int(sheet.cells[row.lowerBound].row)
      var column = columns.lowerBound
      func appendGap() {
        defer { column += 1 }
        guard above.isNeeded, let (cell, lastRow) = above.cells[column], number <= lastRow else {
          return text.appendMissing()
        }
        let place = CellReference(row: Int(cell.row), column: Int(cell.column))
        switch cell.kind {
        case .text, .shared, .value:
          append(cell, to: &text)
          merged.filled += 1
          merged.firstFilled = merged.firstFilled ?? place
        case .number, .percentage, .amount:
          text.appendMissing()
          merged.missing += 1
          merged.firstMissing = merged.firstMissing ?? place
        }
      }
      for index in row {
        let cell = sheet.cells[index]
        while column < Int(cell.column) { appendGap() }
        append(cell, to: &text)
        if above.isNeeded, let merge = merge(at: cell), merge.rows.count > 1 {
          above.cells[column] = (cell, merge.rows.upperBound)
        }
        if above.areAcross, cell.isNumber, let merge = merge(at: cell), merge.columns.count > 1 {
          merged.across += 1
          merged.firstAcross = merged.firstAcross ?? CellReference(row: number, column: column)
        }
        column += 1
      }
      if isLast { return }
      while column <= columns.upperBound { appendGap() }
    }

    private func append(_ cell: SheetCells.Cell, to text: inout CellText) {
      let range = cell.start..<cell.start + Int(cell.count)
      switch cell.kind {
      case .shared:
        let texts = strings.bytes
        text.append(texts.span.extracting(strings.range(cell.start)!))
      case .number, .percentage, .amount: text.append(number: sheet.texts.span.extracting(range))
      case .text, .value: text.append(sheet.texts.span.extracting(range))
      }
    }

    /// Whether a row is a remark under the table: words in the first cell alone, and no fuller row after it.
    private func isFootnote(_ place: Int, _ rows: [Range<Int>], width: Int) -> Bool {
      guard width >= 3, place > 0, rows.count - place <= 20, rows[place].count == 1 else { return false }
      return rows[place...].allSatisfy { row in
        let cell = sheet.cells[row.lowerBound]
        return row.count == 1 && cell.isText && bytes(of: cell).contains(UInt8(ascii: " "))
      }
    }

    private func rowsOfCells() -> [Range<Int>] {
      var rows: [Range<Int>] = []
      var start = 0
      for index in sheet.cells.indices.dropFirst() where sheet.cells[index].row != sheet.cells[start].row {
        rows.append(start..<index)
        start = index
      }
      if !sheet.cells.isEmpty { rows.append(start..<sheet.cells.count) }
      return rows
    }

    private func usedColumns(_ rows: some Sequence<Range<Int>>) -> ClosedRange<Int> {
      var (least, most) = (CellReference.columnLimit, 1)
      for row in rows {
        least = min(least, Int(sheet.cells[row.lowerBound].column))
        most = max(most, Int(sheet.cells[row.upperBound - 1].column))
      }
      return least...max(least, most)
    }

    /// Cells far apart, or one long shared text in many cells, could make of a small file a table that fills memory.
    private func demandSize(
      _ rows: [Range<Int>], width: Int, book: String, inflatedCount: Int
    ) throws(QueryError) {
      let places = rows.count * width
      if places > 32 << 20, places / 64 > sheet.cells.count {
        throw WorkbookError.malformed(
          book,
          Localized(
            "has \(sheet.cells.count) cells strewn over \(rows.count) rows and \(width) columns",
            fr: "a \(sheet.cells.count) cellules éparpillées sur \(rows.count) lignes et \(width) colonnes"),
          help: Localized(
            "clear the cells far from the table, and save it again",
            fr: "effacez les cellules éloignées du tableau, et enregistrez-le de nouveau"))
      }
      var size = places
      for cell in sheet.cells { size += cell.kind == .shared ? strings.range(cell.start)!.count : Int(cell.count) }
      if size > max(256 << 20, inflatedCount.multipliedReportingOverflow(by: 16).partialValue) {
        throw WorkbookError.inflatesTooFar(book)
      }
    }
  }
#endif
