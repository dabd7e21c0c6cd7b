#if Spreadsheets
  import BilanReaders

  /// The rows over a sheet's table: titles, and a header that merged cells may spread over several rows and columns.
  struct SheetHeader {
    /// How many of the sheet's first rows are titles: a text in a single cell, above the table.
    private(set) var titleCount = 0
    /// How many rows after them are the header; 0 where no merged cells say so.
    private(set) var depth = 0
    /// The labels, one a column, where merged cells make them.
    private(set) var labels: [[UInt8]] = []

    /// Headers of more rows than that are not made.
    private static let depthLimit = 5
    private static let titleLimit = 20

    /// - Parameters:
    ///   - rows: the cells of each row that has some, in order.
    ///   - columns: those in use.
    init(_ table: SheetTable, rows: [Range<Int>], columns: ClosedRange<Int>, mayMerge: Bool) {
      let cells = table.sheet.cells
      let width = columns.count
      for (place, row) in rows.prefix(Self.titleLimit).enumerated() {
        guard row.count == 1, width > 1, place + 1 < rows.count, case let cell = cells[row.lowerBound],
          cell.isText || Self.isYearOverNames(cell, table, over: rows[place + 1], columns)
        else { break }
        if Self.isGroup(cell, table, over: rows[place + 1], columns) { break }
        if width == 2 {
          // Over two columns a single name may well be a header; titles are apart from the table, or merged over it.
          let next = cells[rows[place + 1].lowerBound]
          guard next.row > cell.row + 1 || table.merge(at: cell)?.columns.count ?? 1 > 1 else { continue }
        }
        titleCount = place + 1
      }
      guard mayMerge, rows.indices.contains(titleCount) else { return }
      if let pivot = Self.pivot(table, rows[titleCount...], columns) {
        depth = pivot.count
        labels = PivotHeader.names(pivot, joiner: " ").map { Array($0.utf8) }
        return
      }
      let top = rows[titleCount]
      let merges = top.compactMap { table.merge(at: cells[$0]) }
      guard !merges.isEmpty, top.allSatisfy({ table.mayName(cells[$0]) }) else { return }
      let first = Int(cells[top.lowerBound].row)
      var depth = (merges.map { $0.rows.upperBound }.max() ?? first) - first + 1
      if depth == 1 { depth = hasSubheader(table, rows, merges) ? 2 : 1 }
      guard depth <= Self.depthLimit else { return }
      let header = rows[titleCount...].prefix { Int(cells[$0.lowerBound].row) < first + depth }
      // A header over nothing is a table without one.
      guard header.allSatisfy({ $0.allSatisfy { table.mayName(cells[$0]) } }), titleCount + header.count < rows.count,
        Self.areNames(table, header.joined().map { $0 }, over: rows.dropFirst(titleCount + header.count))
      else { return }
      self.depth = header.count
      labels = Self.labels(table, header.map(Array.init), columns)
      // What pandas calls the rows stands in a row of its own, over columns without another name.
      let next = titleCount + depth
      guard depth > 1, next + 1 < rows.count, case let row = rows[next], row.allSatisfy({ cells[$0].isText }),
        Set(row.map { Int(cells[$0].column) - columns.lowerBound }) == Set(labels.indices.filter { labels[$0].isEmpty })
      else { return }
      self.depth += 1
      labels = Self.labels(table, header.map(Array.init) + [Array(row)], columns)
    }

    /// The header on rows that are said to be it, where merged cells stand there or reach down to there; what is above is
    /// titles.
    init(_ table: SheetTable, rows: [Range<Int>], columns: ClosedRange<Int>, lines: ClosedRange<Int>) {
      let cells = table.sheet.cells
      func line(_ row: Range<Int>) -> Int { Int(cells[row.lowerBound].row) }
      let header = rows.filter { lines.contains(line($0)) }
      guard !header.isEmpty, table.sheet.merged.contains(where: { $0.rows.overlaps(lines) }) else { return }
      titleCount = rows.prefix { line($0) < lines.lowerBound }.count
      depth = header.count
      // A name of several rows stands in the first of them.
      let above = rows.prefix(titleCount).map { row in
        row.filter { table.merge(at: cells[$0])?.rows.upperBound ?? 0 >= lines.lowerBound }
      }
      labels = Self.labels(table, above + header.map(Array.init), columns)
    }

    /// The header of a pivot table as pandas writes it, with merged cells; nil where the rows begin otherwise.
    private static func pivot(
      _ table: SheetTable, _ rows: ArraySlice<Range<Int>>, _ columns: ClosedRange<Int>
    ) -> [[String]]? {
      let cells = table.sheet.cells
      guard rows.first?.contains(where: { table.merge(at: cells[$0]) != nil }) ?? false else { return nil }
      let first = rows.prefix(PivotHeader.sampleRows).map { row in
        var texts = [String](repeating: "", count: columns.count)
        for cell in cells[row] {
          texts[Int(cell.column) - columns.lowerBound] = String(decoding: table.bytes(of: cell), as: UTF8.self)
        }
        return texts
      }
      return PivotHeader.rowCount(first).map { Array(first.prefix($0)) }
    }

    /// Whether a year alone in its row stands over the names of all columns, as a title does.
    private static func isYearOverNames(
      _ cell: SheetCells.Cell, _ table: SheetTable, over row: Range<Int>, _ columns: ClosedRange<Int>
    ) -> Bool {
      cell.kind == .number && Int(cell.column) == columns.lowerBound && table.mayName(cell)
        && row.count == columns.count
        && table.sheet.cells[row].allSatisfy(\.isText)
        && (table.merge(at: cell)?.columns).map { $0 == columns || $0.count == 1 } ?? true
    }

    /// Whether a cell alone in its row names a group of columns, and is no title: it is merged over some of them, not from the
    /// first on, and says a year or stands over all the names there are.
    private static func isGroup(
      _ cell: SheetCells.Cell, _ table: SheetTable, over row: Range<Int>, _ columns: ClosedRange<Int>
    ) -> Bool {
      guard let merge = table.merge(at: cell), merge.columns.count > 1, merge.columns.lowerBound > columns.lowerBound
      else { return false }
      let under = table.sheet.cells[row]
      guard under.allSatisfy({ $0.isText && Int($0.row) == merge.rows.upperBound + 1 }) else { return false }
      let named = under.map { Int($0.column) }
      guard merge.columns.allSatisfy(named.contains) else { return false }
      let text = table.bytes(of: cell)
      return named.count == merge.columns.count || text.count == 4 && text.allSatisfy { $0 &- 0x30 < 10 }
    }

    /// Whether what the cells of a header hold beside texts, years and days, is no value of the columns below.
    private static func areNames(_ table: SheetTable, _ header: [Int], over rows: ArraySlice<Range<Int>>) -> Bool {
      let cells = table.sheet.cells
      let columns = Set(header.filter { !cells[$0].isText }.map { cells[$0].column })
      guard !columns.isEmpty else { return true }
      let below = rows.prefix(20).joined().filter { columns.contains(cells[$0].column) }
      return below.contains { cells[$0].isText || !table.mayName(cells[$0]) }
    }

    /// Whether the row under the first holds the names of what merged cells stand over: texts, several to a cell, or years
    /// or days, one after the other.
    private func hasSubheader(_ table: SheetTable, _ rows: [Range<Int>], _ merges: [CellRange]) -> Bool {
      let cells = table.sheet.cells
      guard rows.indices.contains(titleCount + 1) else { return false }
      let under = rows[titleCount + 1]
      guard cells[under.lowerBound].row == cells[rows[titleCount].lowerBound].row + 1 else { return false }
      guard under.allSatisfy({ cells[$0].isText }) else { return hasTimes(table, under.map { $0 }, rows, merges) }
      let named = Set(under.map { Int(cells[$0].column) })
      // Rows of texts under a merged title are rows where the next one is of the same kind.
      let isAllText = rows.dropFirst(titleCount + 2).prefix(20).allSatisfy { $0.allSatisfy { cells[$0].isText } }
      let wide = merges.filter { $0.columns.count > 1 && $0.columns.allSatisfy(named.contains) }
      return !wide.isEmpty && (!isAllText || haveEqualNames(table, Array(under), wide))
    }

    /// Whether several merged cells stand over the same names each: `S1`, `S2` under 2019 and under 2020.
    private func haveEqualNames(_ table: SheetTable, _ under: [Int], _ merges: [CellRange]) -> Bool {
      let names = merges.map { merge in
        under.filter { merge.columns.contains(Int(table.sheet.cells[$0].column)) }
          .map { Array(table.bytes(of: table.sheet.cells[$0])) }
      }
      return names.count > 1 && names.allSatisfy { $0 == names[0] }
    }

    /// Whether every merged cell of several columns stands over years or days that follow one another, and these
    /// over values of another kind.
    private func hasTimes(
      _ table: SheetTable, _ under: [Int], _ rows: [Range<Int>], _ merges: [CellRange]
    ) -> Bool {
      let cells = table.sheet.cells
      let wide = merges.filter { $0.columns.count > 1 }
      guard !wide.isEmpty, under.allSatisfy({ table.mayName(cells[$0]) }),
        Self.areNames(table, under, over: rows.dropFirst(titleCount + 2))
      else { return false }
      return wide.allSatisfy { merge in
        let times = under.filter { merge.columns.contains(Int(cells[$0].column)) }.map { index in
          cells[index].isText ? "" : String(decoding: table.bytes(of: cells[index]), as: UTF8.self)
        }
        return times.count == merge.columns.count && !times.contains("") && TimeNames.followOneAnother(times)
      }
    }

    /// The texts over each column from the top down, a merged one over all of its columns, with spaces between.
    private static func labels(_ table: SheetTable, _ header: [[Int]], _ columns: ClosedRange<Int>) -> [[UInt8]] {
      var labels: [[UInt8]] = Array(repeating: [], count: columns.count)
      for row in header {
        for index in row {
          let cell = table.sheet.cells[index]
          let reach = table.merge(at: cell)?.columns ?? Int(cell.column)...Int(cell.column)
          let text = table.bytes(of: cell)
          for column in reach.clamped(to: columns) {
            let place = column - columns.lowerBound
            if !labels[place].isEmpty { labels[place].append(UInt8(ascii: " ")) }
            labels[place] += text
          }
        }
      }
      return labels
    }
  }
#endif
