import BilanColumnar
import BilanDiagnostics

/// What there is to say about the lines, the totals and the cells of a file.
extension FileImport {
  mutating func noteStructure() {
    report.blankLineCount = index.blankLineCount
    report.shortRowCount = index.ragged.shortCount
    report.longRowCount = index.ragged.longCount
    report.strayQuoteCount = index.strayQuoteCount
    // A header shorter than its rows is not a ragged row, it names fewer columns.
    var examples = index.ragged.examples
    for record in 0..<(report.hasHeader ? min(report.headerRowCount, index.count) : 0) {
      guard let first = examples.first, first.offset == index.offset(ofRecord: record) else { continue }
      examples.removeFirst()
      if first.fieldCount < index.width { report.shortRowCount -= 1 }
    }
    noteSurroundings()
    if !repeated.isEmpty {
      report.notes.append(ImportNotes.repeatedHeaders(lines: repeated, in: name))
    }
    if report.shortRowCount + report.longRowCount > 0 {
      let lines = SourceLines.lines(of: examples.map(\.offset), in: bytes)
      report.notes.append(
        ImportNotes.raggedRows(
          report, width: index.width,
          zip(lines, examples).map { (line: $0, fieldCount: $1.fieldCount, rest: surplus(ofRecordAt: $1.offset)) }))
    }
    if index.strayQuoteCount > 0 {
      let lines = SourceLines.lines(of: index.strayQuoteOffsets, in: bytes)
      report.notes.append(ImportNotes.strayQuotes(index.strayQuoteCount, lines: lines, in: name))
    }
    if options.cells == nil {
      let swallowed = SwallowedRows.find(bytes, index, dialect: dialect)
      if swallowed.count > 0 {
        let lines = SourceLines.lines(of: swallowed.offsets, in: bytes)
        report.notes.append(ImportNotes.swallowedRows(swallowed.count, lines: lines, in: name))
      }
    }
  }

  /// What a record has behind the table's last column, as it is written.
  private func surplus(ofRecordAt offset: Int) -> String {
    var scanner = RecordScanner(delimiter: dialect.delimiter, quote: dialect.quote, from: offset)
    var starts: [UInt32] = []
    let fields = scanner.next(bytes.span, into: &starts)
    guard fields > index.width else { return "" }
    return String(decoding: bytes[Int(starts[index.width])..<Int(starts[fields]) - 1], as: UTF8.self)
  }

  /// Says which lines around the table were left out, where that was not declared.
  private mutating func noteSurroundings() {
    let isDeclared =
      options.headerLines != nil || (resource?.dialect.headerLines != nil && !hasMovedHeader)
      || resource?.dialect.titleLineCount != nil
    // What a line says about the file is heeded and not left out.
    let titles = isDeclared ? 0 : report.titleLineCount - (declaresDelimiter ? 1 : 0)
    let footnotes = resource?.hasFootnotes == true ? 0 : report.footnoteLineCount
    guard titles + footnotes > 0 else { return }
    var (above, below): (ClosedRange<Int>?, ClosedRange<Int>?)
    // What other formats had in their cells has lines of another file.
    if options.cells == nil {
      let end = bytes.last == 0x0A || bytes.last == 0x0D ? bytes.count - 1 : bytes.count
      let lines = SourceLines.lines(of: [tableStart, footnoteStart ?? end, end], in: bytes)
      if titles > 0 { above = (declaresDelimiter ? 2 : 1)...max(1, lines[0] - 1) }
      if footnotes > 0 { below = lines[1]...max(lines[1], lines[2]) }
    }
    report.notes.append(
      ImportNotes.skippedLines(titles: titles, footnotes: footnotes, above: above, below: below, in: name))
  }

  /// Counts the rows that have nothing in any cell: they are kept, and nobody meant them.
  mutating func noteEmptyRows(_ rows: Range<Int>, _ profiles: [ColumnProfile]) {
    guard index.width >= 2, options.cells?.isBare != true, profiles.allSatisfy({ $0.emptyCount > 0 }) else { return }
    let (starts, stride) = (index.starts, index.width + 1)
    var empty = EmptyRecords()
    for record in rows where Int(starts[record * stride + index.width] - starts[record * stride]) <= index.width {
      if (0..<index.width).allSatisfy({ index.rawRange(record, $0).isEmpty }) { empty.add(record) }
    }
    guard let first = empty.first else { return }
    report.notes.append(ImportNotes.emptyRows(empty.count, line: lines(of: [first])[0], in: name))
  }

  /// Says which texts differ from others in nothing that can be seen.
  mutating func noteHiddenDifferences(_ rows: Range<Int>, _ fields: [Field]) {
    guard bytes.count <= TotalRows.fileLimit, options.cells?.isBare != true || options.cells?.lines.isEmpty == false
    else { return }
    let search = HiddenDifferences(bytes: bytes, index: index, quote: dialect.quote, rows: rows)
    for (place, field) in fields.enumerated() where field.type == .text {
      for kind in [HiddenDifferences.Kind.unseen, .endBlanks] {
        guard let found = search.find(kind, place), let first = found.first else { continue }
        report.notes.append(
          ImportNotes.hiddenDifferences(
            found, kind, line: lines(of: [first.record])[0], field: field, in: name))
      }
    }
  }

  /// Says which columns name groups once and leave the other rows blank.
  mutating func noteBlankGroups(_ rows: Range<Int>, _ profiles: [ColumnProfile], _ fields: [Field]) {
    guard bytes.count <= TotalRows.fileLimit, options.cells?.isBare != true, !hasSubtotals else { return }
    let search = BlankGroups(bytes: bytes, index: index, quote: dialect.quote, rows: rows)
    var outer: Int?
    for (place, field) in fields.enumerated() {
      guard profiles[place].emptyCount > 0, let found = search.find(place, within: outer) else { break }
      report.notes.append(
        ImportNotes.blankGroups(found, line: lines(of: [found.first])[0], field: field, in: name))
      outer = place
    }
  }

  /// Says which rows are headings of those below them.
  mutating func noteSections(_ rows: Range<Int>, _ fields: [Field]) {
    guard bytes.count <= TotalRows.fileLimit, options.cells?.isBare != true, !fields.isEmpty, fields[0].type == .text
    else {
      return
    }
    let found = SectionRows.find(rows, bytes, index, quote: dialect.quote)
    guard !found.isEmpty else { return }
    let names =
      fields[0].isSensitive
      ? [] : found.map { FieldText.string(bytes, index.rawRange($0, 0), quote: dialect.quote) }
    report.notes.append(
      ImportNotes.sections(
        names, lines: lines(of: found), field: fields[0], number: fields.first { $0.type.isNumber }?.handle, in: name))
  }

  /// The lines of the file on which records begin.
  func lines(of records: [Int]) -> [Int] { lines(of: records, at: records.map { index.offset(ofRecord: $0) }) }

  /// The lines of the file on which something of records stands.
  private func lines(of records: [Int], at offsets: [Int]) -> [Int] {
    guard let known = options.cells?.lines, !known.isEmpty else { return SourceLines.lines(of: offsets, in: bytes) }
    // Those above the table have lines too.
    var scanner = RecordScanner(delimiter: dialect.delimiter, quote: dialect.quote, from: textStart)
    var before = 0
    var starts: [UInt32] = []
    while scanner.position < tableStart {
      starts.removeAll(keepingCapacity: true)
      let fields = scanner.next(bytes.span, into: &starts)
      if fields > 1 || starts[1] - starts[0] > 1 { before += 1 }
    }
    return records.map { Int(known[min(index.original($0) + before, known.count - 1)]) }
  }

  func unreadable(_ column: AssembledColumn, _ place: Int) -> ColumnReport.Unreadable {
    let ranges = column.unreadableRecords.map { index.rawRange($0, place) }
    let lines = lines(of: column.unreadableRecords, at: ranges.map(\.lowerBound))
    let texts = ranges.map { FieldText.trimmed(FieldText.string(bytes, $0, quote: dialect.quote)) }
    return ColumnReport.Unreadable(
      count: column.unreadableCount, examples: zip(lines, texts).map { (line: $0, text: $1) })
  }
}
