#if Spreadsheets
  import BilanColumnar
  import BilanDiagnostics
  import BilanWorkbooks

  /// Writes an Excel workbook: the result on one sheet, its notes on the next.
  ///
  /// Numbers, dates and truth values are such to a spreadsheet program; shares have a format of percent; the row of labels
  /// is bold and stays in sight. Whole numbers of more than fifteen digits, of which such programs keep fifteen, and days
  /// before March 1900 are texts, which is said, as are periods and durations. A missing value is an empty cell. Rows
  /// beyond what a sheet holds go on in the next.
  package struct WorkbookRenderer: ResultRenderer {
    private let language: Language
    /// Nil where there is none yet.
    private var book: Book?
    private var schema = Schema([])
    private var hasSheet = false
    /// By column.
    private var styles: [WorkbookWriter.Style] = []
    private let rowLimit: Int
    private var losses = WorkbookLosses()
    package private(set) var findings: [Diagnostic] = []

    /// A renderer can be copied, what it writes cannot.
    private final class Book {
      var writer: WorkbookWriter

      init(rowLimit: Int) { writer = WorkbookWriter(rowLimit: rowLimit) }
    }

    /// Bytes that are written at a time.
    private static let blockSize = 1 << 17
    /// Rows from which the widths of columns are taken.
    private static let sampleRows = 200

    /// - Parameter rowLimit: the rows of a sheet, labels and all; fewer than it may hold only in tests.
    package init(language: Language = .english, rowLimit: Int = WorkbookWriter.rowLimit) {
      self.language = language
      self.rowLimit = rowLimit
    }

    package mutating func begin(_ schema: Schema, into sink: inout some TextSink) {
      self.schema = schema
      let book = Book(rowLimit: rowLimit)
      styles = schema.fields.map { field in
        if field.display == .percent { return .percent }
        guard field.type.isNumber, let unit = field.unit else { return .plain }
        return book.writer.style(ofUnit: unit)
      }
      self.book = book
      hasSheet = false
      losses = WorkbookLosses()
      findings = []
    }

    package mutating func write(_ chunk: Chunk, into sink: inout some TextSink) {
      guard let book else { return }
      let columns = min(schema.count, WorkbookWriter.columnLimit)
      for row in 0..<chunk.count {
        if !hasSheet || book.writer.isSheetFull { beginSheet(widths: widths(chunk)) }
        if book.writer.sheets.count > 1 { losses.furtherRows += 1 }
        book.writer.beginRow()
        for index in 0..<columns { append(chunk.columns[index].value(row, as: schema[index].type), index, to: book) }
        book.writer.endRow()
        if book.writer.readyCount > Self.blockSize { sink.write(book.writer.take()) }
      }
    }

    package mutating func end(notes: [Diagnostic], into sink: inout some TextSink) {
      guard let book else { return }
      if !hasSheet { beginSheet(widths: widths(nil)) }
      book.writer.endSheet()
      losses.cutTexts = book.writer.cutTextCount
      losses.columns = max(0, schema.count - WorkbookWriter.columnLimit)
      losses.sheets = book.writer.sheets
      findings = losses.findings
      let notes = notes + findings
      if !notes.isEmpty { write(notes, to: book) }
      book.writer.finish()
      if book.writer.isTooLarge {
        findings.append(
          .error(
            .cannotWrite,
            Localized(
              "a workbook of more than 4 GiB cannot be read", fr: "un classeur de plus de 4 Gio ne peut être lu"),
            help: Localized("write `csv`", fr: "écrivez en `csv`")))
      }
      sink.write(book.writer.take())
      self.book = nil
    }

    // MARK: Sheets

    private mutating func beginSheet(widths: [Int]) {
      guard let book else { return }
      if hasSheet { book.writer.endSheet() }
      book.writer.beginSheet(Localized("Result", fr: "Résultat")[language], widths: widths)
      book.writer.beginRow()
      for field in schema.fields.prefix(WorkbookWriter.columnLimit) { book.writer.append(field.label, .header) }
      book.writer.endRow()
      hasSheet = true
    }

    /// The widths that the labels and the first rows need.
    private func widths(_ chunk: Chunk?) -> [Int] {
      schema.fields.indices.map { index in
        var width = DisplayWidth.of(schema[index].label)
        if let chunk {
          for row in 0..<min(Self.sampleRows, chunk.count) {
            let value = chunk.columns[index].value(row, as: schema[index].type)
            width = max(width, DisplayWidth.of(CellWords.text(value)))
          }
        }
        return min(60, max(8, width + 2))
      }
    }

    private mutating func write(_ notes: [Diagnostic], to book: Book) {
      book.writer.beginSheet(Localized("Notes", fr: "Notes")[language], widths: [8, 100, 12])
      book.writer.beginRow()
      for label in [Localized("code", fr: "code"), Localized("note", fr: "note"), Localized("count", fr: "nombre")] {
        book.writer.append(label[language], .header)
      }
      book.writer.endRow()
      for note in notes {
        book.writer.beginRow()
        book.writer.append(note.code.rawValue)
        book.writer.append(note.message[language], .wrapped)
        if let count = note.count { append(.integer(Int64(count)), to: book) }
        book.writer.endRow()
      }
      book.writer.endSheet()
    }

    // MARK: Cells

    private mutating func append(_ value: Value, _ index: Int, to book: Book) {
      append(value, styles[index], to: book)
    }

    private mutating func append(_ value: Value, _ style: WorkbookWriter.Style = .plain, to book: Book) {
      var digits: [UInt8] = []
      switch value {
      case .missing: book.writer.skip()
      case .integer(let number) where number.magnitude < 1_000_000_000_000_000:
        NumberBytes.append(number, to: &digits)
        book.writer.append(number: digits, style)
      case .real(let number):
        guard number.isFinite else { return book.writer.skip() }
        NumberBytes.append(number, to: &digits)
        book.writer.append(number: digits, style)
      case .ratio(let ratio):
        guard let number = ratio.value, number.isFinite else { return book.writer.skip() }
        NumberBytes.append(number, to: &digits)
        book.writer.append(number: digits, style)
      case .boolean(let flag): book.writer.append(boolean: flag)
      case .date(let date):
        if !book.writer.append(day: date.days) {
          losses.farDays += 1
          book.writer.append(date.description)
        }
      case .integer:
        losses.longNumbers += 1
        book.writer.append(CellWords.text(value))
      case .text, .period, .duration: book.writer.append(CellWords.text(value))
      }
    }
  }
#endif
