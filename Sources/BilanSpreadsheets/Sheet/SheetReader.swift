#if Spreadsheets
  import BilanDiagnostics

  /// Reads the cells of a sheet as its XML comes.
  final class SheetReader: XMLHandler {
    private(set) var sheet = SheetCells()
    private(set) var failure: QueryError?

    private let book: String
    private let styles: CellStyles
    private let stringCount: Int
    private let cellLimit: Int
    private let dates: DateSerial

    private var row = 0
    private var column = 0
    private var type = CellType.number
    private var style = 0
    /// The bytes of the cell's value, or of its text.
    private var value: [UInt8] = []
    private var hasInlineText = false
    private var hasFormula = false
    private var isInValue = false
    private var isInInlineText = false
    private var rich = RichText()

    private enum CellType { case number, shared, text, boolean, error, isoDate }

    /// - Parameters:
    ///   - book: what messages call the file.
    ///   - stringCount: how many shared strings there are.
    ///   - fileSize: of the workbook: what so many bytes can hold in cells, the most regular sheet does not exceed.
    init(book: String, styles: CellStyles, stringCount: Int, countsFrom1904: Bool, fileSize: Int) {
      self.book = book
      self.styles = styles
      self.stringCount = stringCount
      cellLimit = max(2 << 20, fileSize.multipliedReportingOverflow(by: 2).partialValue)
      dates = DateSerial(countsFrom1904: countsFrom1904)
    }

    // MARK: Elements

    private static let (row, cell, value, formula) = (XMLName("row"), XMLName("c"), XMLName("v"), XMLName("f"))
    private static let (inline, merge, columns) = (XMLName("is"), XMLName("mergeCell"), XMLName("col"))
    private static let (reference, range, type) = (XMLName("r"), XMLName("ref"), XMLName("t"))
    private static let (style, hidden) = (XMLName("s"), XMLName("hidden"))
    private static let (least, most) = (XMLName("min"), XMLName("max"))

    func start(_ name: XMLName, _ attributes: XMLAttributes) {
      if name == Self.cell {
        beginCell(attributes)
      } else if name == Self.value {
        isInValue = true
      } else if name == Self.row {
        beginRow(attributes)
      } else if name == Self.formula {
        hasFormula = true
      } else if name == Self.inline {
        isInInlineText = true
        hasInlineText = true
        value.removeAll(keepingCapacity: true)
        rich.begin()
      } else if isInInlineText {
        rich.start(name, attributes)
      } else if name == Self.merge {
        if let range = attributes.value(Self.range, { CellRange($0) }) ?? nil { sheet.merged.append(range) }
      } else if name == Self.columns, attributes.isTrue(Self.hidden) {
        let first = attributes.integer(Self.least) ?? 1
        sheet.counts.hiddenColumns += max(0, min(attributes.integer(Self.most) ?? first, 16_384) - first + 1)
      }
    }

    func text(_ bytes: [UInt8]) {
      if isInValue {
        value += bytes
      } else if isInInlineText {
        rich.append(bytes, to: &value)
      }
    }

    func end(_ name: XMLName) {
      if name == Self.value {
        isInValue = false
      } else if name == Self.cell {
        endCell()
      } else if name == Self.inline {
        isInInlineText = false
      } else if isInInlineText {
        rich.end(name)
      }
    }

    private func beginRow(_ attributes: XMLAttributes) {
      // Rows and cells without a place follow the one before.
      if let given = attributes.value(Self.reference, { XMLAttributes.integer($0) }) {
        guard let given, given > 0, given <= CellReference.rowLimit else {
          return fail(
            CellReference(row: row + 1, column: 1),
            Localized("its row has a number that no row has", fr: "sa ligne a un numéro qu’aucune ligne n’a"))
        }
        row = given
      } else {
        row += 1
      }
      column = 0
      if attributes.isTrue(Self.hidden) {
        sheet.counts.hiddenRows += 1
        sheet.counts.firstHiddenRow = sheet.counts.firstHiddenRow ?? row
      }
    }

    private func beginCell(_ attributes: XMLAttributes) {
      value.removeAll(keepingCapacity: true)
      hasInlineText = false
      hasFormula = false
      column += 1
      style = 0
      type = .number
      var isNamed = false
      attributes.forEach { name, value in
        if name == Self.reference {
          isNamed = true
          if let place = CellReference(value) {
            row = place.row
            column = place.column
          } else {
            fail(
              CellReference(row: max(1, row), column: column),
              Localized("its name is none of a cell", fr: "son nom n’est pas celui d’une cellule"))
          }
        } else if name == Self.style {
          style = XMLAttributes.integer(value) ?? 0
        } else if name == Self.type {
          take(type: value)
        }
      }
      if !isNamed, row == 0 || row > CellReference.rowLimit || column > CellReference.columnLimit {
        fail(place, Localized("it is outside of the sheet", fr: "elle est hors de la feuille"))
      }
    }

    private func take(type name: borrowing Swift.Span<UInt8>) {
      switch (name.count, name.isEmpty ? 0 : name[0]) {
      case (1, UInt8(ascii: "n")): type = .number
      case (1, UInt8(ascii: "s")): type = .shared
      case (3, UInt8(ascii: "s")), (9, UInt8(ascii: "i")): type = .text
      case (1, UInt8(ascii: "b")): type = .boolean
      case (1, UInt8(ascii: "e")): type = .error
      case (1, UInt8(ascii: "d")): type = .isoDate
      default:
        var bytes: [UInt8] = []
        for index in name.indices { bytes.append(name[index]) }
        let other = String(decoding: bytes, as: UTF8.self)
        fail(
          place, Localized("there is no type `\(other)` of cells", fr: "il n’y a pas de type `\(other)` de cellules"))
      }
    }

    // MARK: Cells

    private func endCell() {
      guard failure == nil else { return }
      if hasInlineText { return appendText() }
      if value.isEmpty {
        // A formula of an empty text has the type of a text.
        if hasFormula, type == .number {
          sheet.counts.emptyFormulas += 1
          sheet.counts.firstEmptyFormula = sheet.counts.firstEmptyFormula ?? place
        }
        return
      }
      switch type {
      case .text: appendText()
      case .shared:
        let index = XMLAttributes.integer(trimmed(value).span)
        guard let index, index < stringCount else {
          return fail(
            place,
            Localized("its text is not among those of the workbook", fr: "son texte n’est pas parmi ceux du classeur"))
        }
        append(.shared, start: index, count: 0)
      case .boolean: appendTruth()
      case .error: countError()
      case .isoDate: appendISODate()
      case .number: appendNumber()
      }
    }

    private var place: CellReference { CellReference(row: row, column: column) }

    private func appendNumber() {
      let text = trimmed(value)
      switch styles.kind(style) {
      case .plain: break
      case .digits(let mask):
        if let shown = NumberFormatKind.shown(text[...], by: mask) { return append(shown) }
      case .percent:
        let start = sheet.texts.count
        if NumberText.append(text.span, shiftedBy: 2, to: &sheet.texts) {
          sheet.texts.append(UInt8(ascii: "%"))
          return append(.percentage, start: start, count: sheet.texts.count - start)
        }
      case let kind:
        if let serial = Double(String(decoding: text, as: UTF8.self)) {
          // What a formula gives for an empty cell is shown as the day before the first.
          if serial == 0, kind == .date, !dates.countsFrom1904 {
            sheet.counts.zeroDays += 1
            sheet.counts.firstZeroDay = sheet.counts.firstZeroDay ?? place
            return
          }
          if let date = dates.text(serial, kind) { return append(Array(date.utf8)) }
          sheet.counts.impossibleDates += 1
        }
      }
      let start = sheet.texts.count
      // What is no number, as some programs write `NaN`, is left to whoever decides on types.
      let isNumber = NumberText.append(text.span, shiftedBy: 0, to: &sheet.texts)
      if !isNumber { sheet.texts += text }
      if isNumber, let currency = styles.currency(style) {
        sheet.texts += currency
        return append(.amount, start: start, count: sheet.texts.count - start)
      }
      if isNumber, let unit = styles.unit(style) { sheet.noteUnit(unit, at: place) }
      append(isNumber ? .number : .value, start: start, count: sheet.texts.count - start)
    }

    private func appendTruth() {
      let text = trimmed(value)
      if text == [UInt8(ascii: "1")] || text == Array("true".utf8) {
        append(Array("true".utf8))
      } else if text == [UInt8(ascii: "0")] || text == Array("false".utf8) {
        append(Array("false".utf8))
      } else {
        countError()
      }
    }

    /// A cell that has no value but what is wrong with it.
    private func countError() {
      let text = String(decoding: value.prefix(32), as: UTF8.self)
      // A damaged file could have a text of its own in every cell.
      let key = sheet.counts.errors.count < 16 || sheet.counts.errors[text] != nil ? text : "…"
      sheet.counts.errors[key, default: 0] += 1
      sheet.counts.firstError = sheet.counts.firstError ?? place
    }

    /// `2019-04-15T14:30:00.000` as a day, with its time unless that is midnight.
    private func appendISODate() {
      var text = String(decoding: value.prefix(40), as: UTF8.self)
      if let mark = text.firstIndex(of: "T") {
        let time = text[text.index(after: mark)...].prefix(8)
        text = text[..<mark] + (time.allSatisfy { "0:".contains($0) } ? "" : " " + time)
      }
      append(Array(text.utf8))
    }

    private func appendText() {
      guard !value.isEmpty else { return }
      let start = sheet.texts.count
      sheet.texts += value
      EscapedText.decode(&sheet.texts, from: start)
      append(.text, start: start, count: sheet.texts.count - start)
    }

    private func append(_ bytes: [UInt8]) {
      let start = sheet.texts.count
      sheet.texts += bytes
      append(.value, start: start, count: bytes.count)
    }

    private func append(_ kind: SheetCells.Cell.Kind, start: Int, count: Int) {
      guard sheet.cells.count < cellLimit else {
        failure = failure ?? WorkbookError.inflatesTooFar(book)
        return
      }
      sheet.cells.append(
        SheetCells.Cell(
          row: UInt32(row), column: UInt16(column), kind: kind, count: UInt32(clamping: count), start: start))
    }

    private func trimmed(_ bytes: [UInt8]) -> [UInt8] {
      guard let first = bytes.first, let last = bytes.last, first <= 0x20 || last <= 0x20 else { return bytes }
      let start = bytes.firstIndex { $0 > 0x20 } ?? bytes.endIndex
      let end = bytes.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? start
      return Array(bytes[start..<end])
    }

    private func fail(_ place: CellReference, _ reason: Localized) {
      failure = failure ?? WorkbookError.wrongCell(place.text, reason, in: book)
    }
  }
#endif
