import BilanColumnar
import BilanDiagnostics

/// One import from decoded text to a table: the steps in order, and the report that grows with them.
struct FileImport {
  let bytes: [UInt8]
  let name: String
  let options: ReadOptions
  let resource: DataPackage.Resource?
  let dialect: Dialect
  var index: RecordIndex
  var report: ImportReport
  /// Where the table begins.
  let tableStart: Int
  /// Where the text begins, after a mark.
  let textStart: Int
  /// The names stand on another line than the descriptor says.
  let hasMovedHeader: Bool
  /// The first line says what the delimiter is.
  let declaresDelimiter: Bool
  /// Where the footnotes begin.
  var footnoteStart: Int?
  /// The header's cells; empty where there is none, shorter than the table where it names fewer columns.
  var header: [String] = []
  /// What the header says that numbers are measured in, by column.
  var units: [Int: String] = [:]
  /// Rows that lack a word are the sums of those that have one.
  var hasSubtotals = false
  /// What was counted of all cells under the header while it was sought, by column; empty where it was not.
  private(set) var counted: [ColumnProfile] = []
  /// The lines on which the header stands again.
  var repeated: [Int] = []

  init(
    _ text: DecodedText, byteCount: Int, name: String, options: ReadOptions, resource: DataPackage.Resource?
  ) throws(QueryError) {
    bytes = text.bytes
    self.name = name
    units = options.cells?.units ?? [:]
    self.options = options
    self.resource = resource
    let bytes = text.bytes
    guard bytes[text.start...].contains(where: { $0 > 0x20 }) else {
      throw QueryError(
        .error(.emptyFile, Localized("`\(name)` is empty", fr: "`\(name)` est vide")), kind: .data)
    }
    var declared =
      text.fixedWidthCount != nil ? FixedWidthTable.inserted : options.delimiter ?? resource?.dialect.delimiter
    let hasApostrophes =
      resource?.dialect.quote == nil && options.cells == nil && ApostropheQuotes.areThere(bytes, from: text.start)
    let quote = resource?.dialect.quote ?? UInt8(ascii: hasApostrophes ? "'" : "\"")
    textStart = text.start
    var headerLines = options.headerLines ?? (options.hasHeader == nil ? resource?.dialect.headerLines : nil)
    var movedHeader: Diagnostic?
    if options.headerLines == nil, let lines = headerLines, let resource, let delimiter = declared {
      let dialect = Dialect(delimiter: delimiter, quote: quote)
      if let found = DescribedHeader(resource, lines: lines).found(in: bytes, from: text.start, dialect) {
        headerLines = found
        movedHeader = ImportNotes.movedHeader(from: lines.lowerBound, to: found.lowerBound, in: name)
      }
    }
    hasMovedHeader = movedHeader != nil
    var start = text.start
    var titles = 0
    let declaredStart = headerLines?.lowerBound ?? resource?.dialect.titleLineCount.map { $0 + 1 }
    if let line = declaredStart {
      guard let offset = SourceLines.offset(ofLine: line, bytes, from: text.start) else {
        throw ImportNotes.noHeaderLine(line, bytes, in: name)
      }
      (start, titles) = (offset, line - 1)
    }
    var dialectEvidence = declared == nil ? nil : Localized("declared", fr: "déclaré")
    if text.fixedWidthCount != nil {
      dialectEvidence = Localized(
        "columns of fixed width, told by the blanks between them",
        fr: "colonnes de largeur fixe, reconnues aux blancs qui les séparent")
    }
    if text.hadJoinedKeys {
      dialectEvidence = Localized(
        "tabs, and commas in the first column, which holds several",
        fr: "des tabulations, et des virgules dans la première colonne, qui en contient plusieurs")
    }
    let line = declaredStart == nil && options.cells == nil ? DialectGuess.declaration(bytes, from: start) : nil
    declaresDelimiter = line != nil
    if let line {
      (start, titles) = (line.end, 1)
      if declared == nil {
        declared = line.delimiter
        dialectEvidence = Localized("declared by the first line", fr: "déclaré par la première ligne")
      }
    }
    let ruled = declaredStart == nil ? text.ruled : nil
    if let ruled {
      (start, titles) = (ruled.start, ruled.hasTitles ? SourceLines.line(of: ruled.start, in: bytes) - 1 : 0)
      if declared == nil {
        declared = UInt8(ascii: "|")
        dialectEvidence = Localized("a ruled table", fr: "un tableau à filets")
      }
    }
    let guess = DialectGuess(bytes, from: start, quote: quote, declared: declared)
    dialect = guess.dialect
    // Titles and remarks may be more than the rows of a small table, whose width is then known from elsewhere or not at all.
    let known = options.cells?.width
    if declaredStart == nil, ruled == nil, known != nil || guess.consistency >= 0.5, options.cells?.isBare != true {
      let table = TitleLines.tableStart(bytes, from: start, dialect: dialect, width: known ?? guess.width)
      (start, titles) = (table.offset, titles + table.count)
      // Lines, blank ones among them, where the bytes are those of the file.
      if titles > 0, options.cells == nil { titles = SourceLines.line(of: start, in: bytes) - 1 }
    }
    tableStart = start
    let width = known ?? max(guess.width, Self.firstWidth(bytes, from: tableStart, dialect))
    index = try RecordIndex(
      bytes, from: tableStart, dialect: dialect, width: width, name: name, workers: Workers(options.workers),
      isCancelled: options.isCancelled)

    report = ImportReport(
      name: name, byteCount: byteCount, encoding: text.encoding, encodingEvidence: text.evidence,
      dialect: text.fixedWidthCount == nil ? dialect : Dialect(delimiter: FixedWidthTable.delimiter, quote: quote),
      dialectEvidence: dialectEvidence
        ?? Localized(
          "\(guess.width) fields in \(Int(guess.consistency * 100)) % of \(guess.recordCount) records",
          fr: "\(guess.width) champs dans \(Int(guess.consistency * 100)) % de \(guess.recordCount) enregistrements"),
      hasHeader: false, headerEvidence: Localized(verbatim: ""))
    report.titleLineCount = titles
    if let headerLines {
      report.hasHeader = true
      report.headerRowCount = headerLines.count
      report.headerEvidence = Localized("declared", fr: "déclaré")
    }
    report.composedLetterCount = text.composedCount
    if let movedHeader { report.notes.append(movedHeader) }
    if text.undoneCount > 0 { report.notes.append(ImportNotes.encodedTwice(text.undoneCount, in: name)) }
    if let (count, offset) = text.lostCharacters {
      report.notes.append(ImportNotes.lostCharacters(count, line: SourceLines.line(of: offset, in: bytes), in: name))
    }
    if let (count, offset) = text.innerMarks {
      report.notes.append(ImportNotes.innerMarks(count, line: SourceLines.line(of: offset, in: bytes), in: name))
    }
    if let found = text.formulas {
      report.notes.append(
        ImportNotes.textFormulas(found.count, line: SourceLines.line(of: found.first, in: bytes), in: name))
    }
    if hasApostrophes { report.notes.append(ImportNotes.apostropheQuotes(in: name)) }
    if let count = text.fixedWidthCount { report.notes.append(ImportNotes.fixedWidth(count, in: name)) }
    if let habit = text.quoteHabit { report.notes.append(ImportNotes.quoteHabit(habit, in: name)) }
    if text.hasQuotedLines { report.notes.append(ImportNotes.quotedLines(in: name)) }
    if let (count, offset) = text.foreignBytes {
      report.notes.append(ImportNotes.foreignBytes(count, line: SourceLines.line(of: offset, in: bytes), in: name))
    }
  }

  private static func firstWidth(_ bytes: [UInt8], from start: Int, _ dialect: Dialect) -> Int {
    var scanner = RecordScanner(delimiter: dialect.delimiter, quote: dialect.quote, from: start)
    var starts: [UInt32] = []
    while scanner.position < bytes.count {
      starts.removeAll(keepingCapacity: true)
      let fields = scanner.next(bytes.span, into: &starts)
      if fields > 1 || starts[1] - starts[0] > 1 { return fields }
    }
    return 1
  }

  /// Runs the import to its end.
  consuming func contents() throws(QueryError) -> IndexedFile {
    dropFootnotes()
    dropSecondTable()
    let layout = layOut()
    let rows = layout.rows
    let profiles = try profile(rows, layout.profiles)
    var decisions = layout.decisions(profiles)
    let assembly = ColumnAssembly(
      bytes: bytes, starts: index.starts, stride: index.width + 1, quote: dialect.quote, records: rows)
    var built: [Int: Column] = [:]
    for place in 0..<layout.width where decisions.mayHaveUnreadable(place) {
      let column = try assembly.build(decisions.plans[place], isCancelled: options.isCancelled)
      if column.unreadableCount > 0 {
        decisions.note(unreadable(column, place), of: place)
      }
      built[place] = column.column
    }
    for place in 0..<layout.width {
      guard let near = decisions.nearPlan(place) else { continue }
      let column = try assembly.build(near, isCancelled: options.isCancelled)
      decisions.note(outliers: unreadable(column, place).examples, of: place)
    }
    let fields = layout.fields(&decisions)
    report.rowCount = rows.count
    noteEmptyRows(rows, profiles)
    report.notes += layout.notes
    let notePlaces = NotePlaces(start: report.notes.count, counts: decisions.noteCounts)
    report.notes += ImportNotes.columns(decisions, Set(0..<layout.width))
    noteHiddenDifferences(rows, fields)
    try noteTotals(rows, profiles, decisions.plans, fields, assembly, &built)
    try noteOverlaps(rows, profiles, decisions.plans, fields, assembly, &built)
    noteBlankGroups(rows, profiles, fields)
    noteSections(rows, fields)
    report.columns = decisions.reports
    return IndexedFile(
      schema: Schema(fields), report: report, assembly: assembly, plans: decisions.plans,
      chunkRows: options.chunkRows, workers: Workers(options.workers), built: built, notePlaces: notePlaces)
  }

  /// What the first bytes of `file`, which this import is of, say about all of it; nil where it has to be read whole,
  /// with care.
  ///
  /// - Parameter text: the decoded text that the import was given.
  consuming func scanned(
    _ file: OpenedFile, from text: DecodedText,
    orWhole readWhole: @escaping @Sendable () throws(QueryError) -> IndexedFile
  ) throws(QueryError) -> ScannedFile? {
    guard text.encoding == .utf8, text.composedCount == 0, dialect.delimiter != 0, dialect.delimiter < 0x80,
      index.width >= 2, index.count > 1, index.blankLineCount == 0, index.strayQuoteCount == 0,
      index.ragged.shortCount + index.ragged.longCount == 0
    else { return nil }
    let layout = layOut()
    // The scan leaves no row out.
    guard index.removed.isEmpty, layout.width == index.width, !report.hasHeader || header.count == index.width else {
      return nil
    }
    let first = layout.rows.lowerBound
    guard first < index.count else { return nil }
    let dataStart = index.offset(ofRecord: first)
    let firstLine = SourceLines.line(of: dataStart, in: bytes)
    return try ScannedFile(
      file, report: report, layout: layout, sample: try profile(layout.rows, layout.profiles),
      highBefore: text.start == 0 ? UTF8Survey(Array(bytes[..<dataStart])).sequenceCount : nil,
      dialect: dialect, width: index.width, dataStart: dataStart, firstLine: firstLine,
      bytesPerRow: max(1, (bytes.count - dataStart) / max(1, index.count - first)), options: options,
      orWhole: readWhole)
  }

  /// Decides what the columns are called and what is declared about them.
  private mutating func layOut() -> FileLayout {
    decideHeader()
    dropRowsThatAreNone()
    noteStructure()
    let first = report.hasHeader ? min(report.headerRowCount, max(1, index.count)) : 0
    let rows = first..<max(first, index.count)
    let widthInUse = columnsInUse(rows)
    var labels = Labels(header, count: widthInUse)
    let declared = DeclaredFields(resource, options, labels: labels.names, hasHeader: report.hasHeader)
    labels.take(names: declared.namesByPlace)
    let fallback = options.missingCodes.map { CodeList($0) } ?? resource?.missingValues.map { CodeList($0) }
    return FileLayout(
      rows: rows, labels: labels.names, names: (0..<widthInUse).map { $0 < header.count ? header[$0] : "" },
      units: units, declared: declared,
      codes: (0..<widthInUse).map { declared[$0]?.missingValues.map { CodeList($0) } ?? fallback },
      delimiter: dialect.delimiter, mark: options.decimalMark ?? resource?.dialect.decimalMark,
      firstMonth: options.fiscalYearStart ?? resource?.fiscalYearStart ?? 1,
      dates: DateConvention(declared: options.dates, usual: options.usualDates ?? resource?.usualDates),
      notes: labels.notes(in: name, except: declared.places) + declared.notes(in: name))
  }

  private mutating func decideHeader() {
    let mayHaveMore = !report.hasHeader && resource?.dialect.hasHeader == nil && options.cells?.isBare != true
    var isBand = false
    if report.hasHeader {
      // Its lines are declared.
    } else if let declared = options.hasHeader ?? resource?.dialect.hasHeader {
      report.hasHeader = declared
      report.headerEvidence = Localized("declared", fr: "déclaré")
    } else if options.cells?.isBare != true, let count = HeaderBand.rowCount(bytes, index, dialect: dialect) {
      isBand = true
      report.hasHeader = true
      report.headerRowCount = count
      report.headerEvidence =
        count == 2
        ? Localized(
          "a row of groups above the names of their columns",
          fr: "une ligne de groupes au-dessus des noms de leurs colonnes")
        : Localized("\(count) rows of groups and names", fr: "\(count) lignes de groupes et de noms")
    } else if index.count > 0 {
      let guess = HeaderGuess(bytes, index, dialect: dialect)
      report.hasHeader = guess.hasHeader
      report.headerEvidence = guess.evidence
      counted = guess.profiles
    }
    guard report.hasHeader, index.count > 0 else { return }
    if mayHaveMore, report.headerRowCount == 1 { takeRowsUnderNames() }
    let found = HeaderNames(report.headerRowCount, bytes, index, dialect: dialect, isBand: isBand)
    header = found.names
    units.merge(found.units) { $1 }
    takeShiftedNames()
  }

  /// Takes what stands between the names and the rows for a part of the header.
  private mutating func takeRowsUnderNames() {
    var evidence: Localized?
    let metadata = MetadataRows.count(bytes, index, dialect: dialect)
    if metadata > 0 {
      report.headerRowCount += metadata
      evidence = Localized(
        "\(metadata) rows under the names say what the columns are",
        fr: "\(metadata) lignes sous les noms disent ce que sont les colonnes")
    } else if case let tags = TagRows.count(bytes, index, dialect: dialect), tags > 0 {
      report.headerRowCount += tags
      evidence =
        tags == 1
        ? Localized(
          "a row of HXL tags stands under the names", fr: "une ligne d’étiquettes HXL se trouve sous les noms")
        : Localized(
          "the questions and names of Qualtrics stand under the names",
          fr: "les questions et les noms de Qualtrics se trouvent sous les noms")
    } else if UnitsRow.units(bytes, index, dialect: dialect) != nil {
      report.headerRowCount = 2
      evidence = Localized(
        "a row of units stands under the names", fr: "une ligne d’unités se trouve sous les noms")
    } else if SecondNames.areThere(bytes, index, dialect: dialect) {
      report.headerRowCount = 2
      report.notes.append(
        ImportNotes.secondNames(
          line: lines(of: [1])[0], index.cells(ofRecord: 1, bytes, quote: dialect.quote), in: name))
      evidence = Localized(
        "a second row of names stands under the names", fr: "une seconde ligne de noms se trouve sous les noms")
    }
    guard let evidence else { return }
    let before = report.headerEvidence
    report.headerEvidence = Localized(
      "\(before.english); \(evidence.english)", fr: "\(before.french) ; \(evidence.french)")
  }

  /// The number of columns without those at the end that have neither a name nor a value: a delimiter ends each line.
  private func columnsInUse(_ rows: Range<Int>) -> Int {
    var width = index.width
    while report.hasHeader, width > max(1, header.count) {
      let isEmpty = rows.allSatisfy { record in
        index.rawRange(record, width - 1).allSatisfy { bytes[$0] <= 0x20 }
      }
      if !isEmpty { break }
      width -= 1
    }
    return width
  }
}
