import BilanColumnar
import BilanDiagnostics
import BilanReaders

/// A table on its way from records to cells: its rows name the cells they have.
///
/// Cells are kept as text in one array, in the order they come; columns that only some records ask for (a title in
/// another language) are added after the others.
final class IATITable {
  enum Kind {
    case text, number, date, boolean, period
  }

  struct Column {
    var name: String
    var kind: Kind
    /// What is written where a number is read from it: a column that is there only if some of it is not that number.
    var isSpare: Bool

    init(_ name: String, _ kind: Kind = .text, isSpare: Bool = false) {
      self.name = name
      self.kind = kind
      self.isSpare = isSpare
    }
  }

  private(set) var columns: [Column]
  private var places: [String: Int] = [:]
  /// All cells, one after another, with their columns and ends; and where rows end in that list.
  private var bytes: [UInt8] = []
  private var cells: [(column: Int, end: Int)] = []
  private var rows: [(end: Int, line: Int)] = []
  /// Columns of numbers in which some number has a fraction or more digits than a whole number may have.
  private var fractions: Set<Int> = []
  /// Spare columns that are needed.
  private var needed: Set<Int> = []
  /// Figures with a mark that could mean something else.
  private(set) var doubts: (count: Int, examples: [(text: String, number: String, line: Int)]) = (0, [])
  /// Figures with another currency than the one that is declared.
  private(set) var contradictions: (count: Int, examples: [(text: String, declared: String, line: Int)]) = (0, [])
  /// Spans that are no periods; the rows of one element, which follow each other, have one once.
  struct Spans {
    private(set) var count = 0
    private var lastLine = 0
    private var examples: [(span: String, line: Int)] = []

    /// - Returns: whether it is another than the last.
    @discardableResult
    mutating func add(_ span: String, line: Int) -> Bool {
      if lastLine == line { return false }
      lastLine = line
      count += 1
      if examples.count < 3 { examples.append((span, line)) }
      return true
    }

    /// `2020-12-31 – 2020-01-01` (line 7)
    func list(_ line: String) -> String {
      examples.map { "`\($0.span)` (\(line) \($0.line))" }.joined(separator: ", ")
    }
  }

  /// Spans whose days have to be read first, by their rows.
  private var laterSpans: [(row: Int, line: Int)] = []
  /// Those that end before they start.
  private(set) var reversals = Spans()
  /// Years that begin neither in January nor in the month of fiscal years.
  private(set) var otherYears = Spans()
  /// How many of those begin in each month.
  private(set) var otherMonths: [Int: Int] = [:]
  /// What is no number where one should be, by its column.
  private(set) var misfits: [Int: IATIExamples] = [:]
  /// Budgets and results that count twice.
  var overlaps = IATIOverlaps()
  /// Dimensions that were taken for others of another spelling.
  private(set) var pairs = IATIExamples()
  /// Figures that are said to be approximate.
  private(set) var approximations = IATIExamples()
  /// Figures that are negative by the parentheses around them, and the columns that have some.
  private(set) var negatives = IATIExamples()
  private var columnsOfNegatives: Set<Int> = []
  /// Those of one or two digits, which are negative beside others alone, by their cells.
  private var shortNegatives: [(cell: Int, text: String, line: Int)] = []

  /// The first month of fiscal years.
  let firstMonth: Int

  init(_ columns: [Column], firstMonth: Int = 1) {
    self.columns = columns
    self.firstMonth = firstMonth
    for (place, column) in columns.enumerated() { places[column.name] = place }
  }

  /// What stands in the column `file` of the rows that follow, where there is such a column.
  var file: String?

  /// Gives the row at hand a cell; nothing for nil and for empty text.
  func set(_ column: String, _ text: String?) {
    guard let text, !text.isEmpty else { return }
    guard let place = places[column] else { preconditionFailure("no column \(column)") }
    if columns[place].kind == .number, text.utf8.count > 15 || text.utf8.contains(where: { $0 == 0x2E || $0 == 0x65 }) {
      fractions.insert(place)
    }
    bytes.append(contentsOf: text.utf8)
    cells.append((place, bytes.count))
  }

  /// The same for a column that may not be there yet.
  func set(adding column: String, _ text: String?) {
    if places[column] == nil {
      places[column] = columns.count
      columns.append(Column(column))
    }
    set(column, text)
  }

  /// A figure as it is written and the number read from it, which is missing where it is none.
  ///
  /// - Parameters:
  ///   - line: where it stands, for what there is to say.
  ///   - mayBeWords: whether what is no number is nothing to say of.
  func setFigure(_ column: String, _ text: String?, line: Int, mayBeWords: Bool = false) {
    guard let text else { return }
    let written = IATIText.trimmed(text)
    if let reading = IATINumber.reading(text) {
      set(column, reading, of: written, line: line)
    } else if !written.isEmpty, !mayBeWords, !CodeList.missing.contains(written) {
      misfit(column, written, line)
    }
    set(column + "_text", written)
  }

  /// A number of which the standard has a plain form, and what is written, which has a spare column.
  func setNumber(_ column: String, _ text: String?, line: Int) {
    guard let text = text.map(IATIText.trimmed), !text.isEmpty else { return }
    let reading = IATINumber.reading(text)
    if let reading { set(column, reading, of: text, line: line) } else { misfit(column, text, line) }
    set(spare: column + "_text", text, isNeeded: reading?.number != text)
  }

  /// What was read of a figure, and what there is to say of it.
  private func set(_ column: String, _ reading: IATINumber.Reading, of text: String, line: Int) {
    set(column, reading.number)
    if reading.doubts.contains(.mark) { doubt(text, reading.number, line) }
    if reading.doubts.contains(.approximate) { approximations.add(text, line: line) }
    if reading.doubts.contains(.shortEnclosed) { shortNegatives.append((cells.count - 1, text, line)) }
    if reading.doubts.contains(.enclosed) {
      negatives.add(text, line: line)
      if let place = places[column] { columnsOfNegatives.insert(place) }
    }
  }

  /// - Parameter isNeeded: false for what the number beside it says already.
  func set(spare column: String, _ text: String, isNeeded: Bool) {
    set(column, text)
    if isNeeded, let place = places[column] { needed.insert(place) }
  }

  private func doubt(_ text: String, _ number: String, _ line: Int) {
    doubts.count += 1
    if doubts.examples.count < 3 { doubts.examples.append((text, number, line)) }
  }

  /// Counts a figure with another currency than the one that is declared of it.
  func contradict(_ text: String, _ declared: String, line: Int) {
    contradictions.count += 1
    if contradictions.examples.count < 3 { contradictions.examples.append((IATIText.trimmed(text), declared, line)) }
  }

  /// The days that bound a period, and that period where they bound one; days of another form than the standard's are
  /// first read as those of their columns are.
  func setSpan(from start: String?, to end: String?, line: Int) {
    set("period_start", start)
    set("period_end", end)
    if IATIText.isDay(start), IATIText.isDay(end) {
      set("period", period(from: start, to: end, line: line))
    } else if start != nil, end != nil {
      laterSpans.append((rows.count, line))
    }
  }

  /// Nil where two days bound no period, which there may be something to say of.
  private func period(from start: String?, to end: String?, line: Int) -> String? {
    let period = IATIText.period(from: start, to: end, firstMonth: firstMonth)
    let span = "\(start ?? "") – \(end ?? "")"
    if IATIText.isReversed(from: start, to: end) {
      reversals.add(span, line: line)
    } else if period == nil, let month = IATIText.firstMonthOfYear(from: start, to: end) {
      if otherYears.add(span, line: line) { otherMonths[month, default: 0] += 1 }
    }
    return period
  }

  /// The periods of the spans whose days are read by now, by their rows.
  private func periods(of table: FileTable) -> [Int: String] {
    func days(_ label: String) -> [Value] {
      guard let place = table.schema.fields.firstIndex(where: { $0.label == label }),
        let chunks = try? table.read(columns: [place], isCancelled: { false })
      else { return [] }
      return chunks.flatMap { chunk in
        (0..<chunk.count).map { chunk.columns[0].value($0, as: table.schema[place].type) }
      }
    }
    let (starts, ends) = (days("period_start"), days("period_end"))
    var periods: [Int: String] = [:]
    for (row, line) in laterSpans where row < starts.count && row < ends.count {
      guard case .date(let start) = starts[row], case .date(let end) = ends[row] else { continue }
      periods[row] = period(from: start.description, to: end.description, line: line)
    }
    return periods
  }

  /// Counts dimensions that were taken for those shown, which are spelt otherwise.
  func notePair(_ dimensions: String, _ shown: String, line: Int) {
    pairs.add("\(dimensions)` = `\(shown)", line: line)
  }

  /// Counts what is no number in a column of numbers.
  func misfit(_ column: String, _ text: String, _ line: Int) {
    guard let place = places[column] else { preconditionFailure("no column \(column)") }
    misfits[place, default: IATIExamples()].add(text, line: line)
  }

  func endRow(line: Int) {
    if places["file"] != nil { set("file", file) }
    rows.append((cells.count, line))
  }

  /// One or two digits in parentheses are negative beside others in their column, and else none: as in delimited text, they
  /// may be the mark of a footnote.
  ///
  /// - Returns: the cells that are none.
  private func decideShortNegatives() -> Set<Int> {
    var dropped: Set<Int> = []
    for (cell, text, line) in shortNegatives {
      let place = cells[cell].column
      if columnsOfNegatives.contains(place) {
        negatives.add(text, line: line)
      } else {
        dropped.insert(cell)
        misfit(columns[place].name, text, line)
      }
    }
    shortNegatives = []
    return dropped
  }

  /// Opens what was written as a table.
  func open(
    name: String, byteCount: Int, decisions: [Fact], notes: [Diagnostic] = [], options: ReadOptions,
    resource: DataPackage.Resource?
  ) throws(QueryError) -> FileTable {
    let dropped = decideShortNegatives()
    func open(_ periods: [Int: String]) throws(QueryError) -> FileTable {
      try self.open(
        without: dropped, periods, name: name, byteCount: byteCount, decisions: decisions, notes: notes,
        options: options, resource: resource)
    }
    let table = try open([:])
    guard !laterSpans.isEmpty else { return table }
    let periods = periods(of: table)
    // What was noted of the spans belongs to the report as well.
    return try open(periods)
  }

  /// - Parameters:
  ///   - dropped: cells that are none.
  ///   - periods: those of rows that have none so far.
  private func open(
    without dropped: Set<Int>, _ periods: [Int: String], name: String, byteCount: Int, decisions: [Fact],
    notes: [Diagnostic], options: ReadOptions, resource: DataPackage.Resource?
  ) throws(QueryError) -> FileTable {
    let period = places["period"]
    let shown = columns.indices.filter { !columns[$0].isSpare || needed.contains($0) }
    var text = CellText()
    for place in shown { text.append(columns[place].name) }
    text.endRow(line: 1)
    var cell = 0
    var start = 0
    var found = [Range<Int>](repeating: 0..<0, count: columns.count)
    for (row, (end, line)) in rows.enumerated() {
      let first = cell
      while cell < end {
        if !dropped.contains(cell) { found[cells[cell].column] = start..<cells[cell].end }
        start = cells[cell].end
        cell += 1
      }
      for place in shown {
        if place == period, let later = periods[row] {
          text.append(later)
        } else if columns[place].kind == .number {
          text.append(number: bytes.span.extracting(found[place]))
        } else {
          text.append(bytes[found[place]])
        }
      }
      for used in first..<end { found[cells[used].column] = 0..<0 }
      text.endRow(line: line)
    }
    text.pointColumns = Set(shown.indices.filter { columns[shown[$0]].kind == .number })
    var own = options
    // Every code is a value here: what is missing is not written.
    own.missingCodes = options.missingCodes ?? []
    for place in shown where own.types[columns[place].name] == nil {
      own.types[columns[place].name] = type(columns[place].kind, hasFractions: fractions.contains(place))
    }
    return try text.open(
      name: name, format: "iati", byteCount: byteCount, hasHeader: true, isBare: true, decisions: decisions,
      notes: notes + self.notes(name), options: own, resource: resource)
  }

  private func type(_ kind: Kind, hasFractions: Bool) -> DataType {
    switch kind {
    case .text: .text
    case .number: hasFractions ? .real : .integer
    case .date: .date
    case .boolean: .boolean
    case .period: .period
    }
  }
}
