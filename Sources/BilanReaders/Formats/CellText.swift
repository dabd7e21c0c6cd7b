import BilanColumnar
import BilanDiagnostics

/// A table of cells written down as delimited text, for formats that hold cells: the one reader of that text decides
/// headers, types and what is missing, and says why.
///
///     var text = CellText()
///     text.append("Région"); text.append("Réalisé"); text.endRow()
///     text.append("Oriental"); text.append("1200.5"); text.endRow()
///     let table = try text.open(name: "results.xlsx", ...)
///
/// Cells with a type are written so that it is found again: `1200.5`, `2019-04-15`, `true`; a missing cell is empty.
package struct CellText: Sendable {
  /// What separates fields: the character that ASCII has for it, which stands in quotes where a cell has it.
  static let separator: UInt8 = 0x1F
  static let quote = UInt8(ascii: "\"")

  private(set) var bytes: [UInt8] = []
  private var cells = 0
  private var lines: [UInt32] = []
  private var isFirstRow = true
  /// Of texts that are numbers with a mark, by column.
  private(set) var marks: [Int: ColumnProfile] = [:]
  /// How many columns the table has, where rows may be shorter: titles above it and remarks below.
  package var width: Int?
  /// The columns, by place, in which numbers are stored as such: they have a decimal point and no marks for thousands.
  package var pointColumns: Set<Int> = []
  /// What numbers are measured in, by the place of their column.
  package var units: [Int: String] = [:]

  /// Whether rows of a table that nothing stands around may be totals of others.
  var mayHaveTotals = false

  package init() {}

  /// Adds a cell of UTF-8 to the row at hand.
  package mutating func append(_ cell: some Sequence<UInt8>) {
    appendMissing()
    let start = bytes.count
    var isPlain = true
    for byte in cell { add(byte, &isPlain) }
    if isPlain { isPlain = !noteMark(from: start) }
    finishCell(from: start, isPlain: isPlain)
  }

  package mutating func append(_ cell: String) { append(cell.utf8) }

  /// The same for bytes at hand.
  package mutating func append(_ cell: borrowing Swift.Span<UInt8>) {
    let start = add(cell)
    finishCell(from: start.place, isPlain: start.isPlain && !noteMark(from: start.place))
  }

  /// Adds a number that the file stores as one, with a decimal point: it is no evidence of how texts beside it are written.
  package mutating func append(number: borrowing Swift.Span<UInt8>) {
    let start = add(number)
    finishCell(from: start.place, isPlain: start.isPlain)
    for index in number.indices where number[index] == UInt8(ascii: ".") {
      pointColumns.insert(cells - 1)
      break
    }
  }

  private mutating func add(_ cell: borrowing Swift.Span<UInt8>) -> (place: Int, isPlain: Bool) {
    appendMissing()
    let start = bytes.count
    var isPlain = true
    for index in cell.indices { add(cell[index], &isPlain) }
    return (start, isPlain)
  }

  /// Longer texts are no numbers.
  private static let longestNumber = 40

  /// Counts a text that is a number with a mark: should numbers be stored in its column as well, the texts alone tell what
  /// their marks mean.
  ///
  /// - Returns: true for such a text, which is then quoted, so that it is known from a stored number.
  private mutating func noteMark(from start: Int) -> Bool {
    guard !isFirstRow, bytes.count - start <= Self.longestNumber else { return false }
    var hasMark = false
    var hasDigit = false
    for byte in bytes[start...] {
      if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ".") { hasMark = true }
      if byte &- 0x30 < 10 { hasDigit = true }
    }
    guard hasMark, hasDigit else { return false }
    let place = cells - 1
    var profile = marks.removeValue(forKey: place) ?? ColumnProfile(codes: CodeList([]))
    let before = profile.numberCount
    profile.observe(bytes.span, start, bytes.count, quote: 0)
    let isNumber = profile.numberCount > before
    marks[place] = profile
    return isNumber
  }

  /// Adds a cell without a value.
  package mutating func appendMissing() {
    if cells > 0 { bytes.append(Self.separator) }
    cells += 1
  }

  /// Leaves a line blank, which is no row: where a format has rows without a cell, so that lines have their numbers.
  package mutating func skipLine() { bytes.append(0x0A) }

  /// - Parameter line: where the row stands in the file, for messages; of every row or of none.
  package mutating func endRow(line: Int? = nil) {
    if let line { lines.append(UInt32(truncatingIfNeeded: line)) }
    // A row of one empty cell would be a blank line.
    if cells <= 1, bytes.isEmpty || bytes.last == 0x0A { bytes += [Self.quote, Self.quote] }
    bytes.append(0x0A)
    cells = 0
    isFirstRow = false
  }

  /// Adds a byte to the cell at hand.
  private mutating func add(_ byte: UInt8, _ isPlain: inout Bool) {
    if byte < 0x20 || byte == Self.quote { isPlain = false }
    bytes.append(byte)
  }

  /// Blanks at the ends of a cell are part of it, which those of an unquoted field are not.
  private mutating func finishCell(from start: Int, isPlain: Bool) {
    if !isPlain || hasEndBlank(from: start) { quoteCell(from: start) }
  }

  private func hasEndBlank(from start: Int) -> Bool {
    let (first, last) = FieldText.withoutBlanks(bytes.span, start, bytes.count)
    return first > start || last < bytes.count
  }

  private mutating func quoteCell(from start: Int) {
    var quoted: [UInt8] = [Self.quote]
    for byte in bytes[start...] {
      if byte == Self.quote { quoted.append(byte) }
      quoted.append(byte)
    }
    quoted.append(Self.quote)
    bytes.replaceSubrange(start..., with: quoted)
  }

  /// Opens the table.
  ///
  /// - Parameters:
  ///   - format: what the file is, for the report.
  ///   - byteCount: the size of the file.
  ///   - hasHeader: true where the first row is known to name the columns; nil to find out.
  ///   - isBare: false where titles may stand above the table and footnotes below it.
  ///   - decisions: what else was understood on the way: sheets, rows left out.
  package consuming func open(
    name: String, format: String, byteCount: Int, hasHeader: Bool?, isBare: Bool = false,
    decisions: [Fact] = [],
    notes: [Diagnostic] = [], options: ReadOptions, resource: DataPackage.Resource?
  ) throws(QueryError) -> FileTable {
    var own = options
    own.delimiter = Self.separator
    own.encoding = .utf8
    var resource = resource
    resource?.dialect.quote = nil
    if let hasHeader { own.hasHeader = own.hasHeader ?? hasHeader }
    let marks = StoredNumberMarks(
      self.marks, beside: pointColumns, declared: options.decimalMark ?? resource?.dialect.decimalMark)
    own.cells = KnownCells(
      isBare: isBare, lines: lines, pointColumns: pointColumns, remarks: marks.remarks,
      markedColumns: Set(self.marks.filter { $1.numberCount > 0 }.keys), units: units, width: width)
    own.cells?.mayHaveTotals = mayHaveTotals
    let table = try marks.open(bytes) { bytes throws(QueryError) in
      try DelimitedReader.open(bytes: bytes, name: name, options: own, resource: resource)
    }
    table.amend { report in
      report.format = format
      report.byteCount = byteCount
      report.decisions = decisions
      report.notes = notes + report.notes
    }
    return table
  }
}
