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

    init(_ name: String, _ kind: Kind = .text) {
      self.name = name
      self.kind = kind
    }
  }

  private var columns: [Column]
  private var places: [String: Int] = [:]
  /// All cells, one after another, with their columns and ends; and where rows end in that list.
  private var bytes: [UInt8] = []
  private var cells: [(column: Int, end: Int)] = []
  private var rows: [(end: Int, line: Int)] = []
  /// Columns of numbers in which some number has a fraction or more digits than a whole number may have.
  private var fractions: Set<Int> = []
  /// Figures with a comma that could mean something else.
  private var doubts: (count: Int, examples: [(text: String, number: String, line: Int)]) = (0, [])

  init(_ columns: [Column]) {
    self.columns = columns
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
  /// - Parameter line: where it stands, for what there is to say.
  func setFigure(_ column: String, _ text: String?, line: Int) {
    guard let text else { return }
    let reading = IATINumber.reading(text)
    set(column, reading?.number)
    set(column + "_text", IATIText.trimmed(text))
    guard let reading, reading.isInDoubt else { return }
    doubts.count += 1
    if doubts.examples.count < 3 { doubts.examples.append((IATIText.trimmed(text), reading.number, line)) }
  }

  func endRow(line: Int) {
    if places["file"] != nil { set("file", file) }
    rows.append((cells.count, line))
  }

  /// Opens what was written as a table.
  func open(
    name: String, byteCount: Int, decisions: [ImportReport.Decision], options: ReadOptions,
    resource: DataPackage.Resource?
  ) throws(QueryError) -> FileTable {
    var text = CellText()
    for column in columns { text.append(column.name) }
    text.endRow(line: 1)
    var cell = 0
    var start = 0
    var found = [Range<Int>](repeating: 0..<0, count: columns.count)
    for (end, line) in rows {
      let first = cell
      while cell < end {
        found[cells[cell].column] = start..<cells[cell].end
        start = cells[cell].end
        cell += 1
      }
      for range in found { text.append(bytes[range]) }
      for used in first..<end { found[cells[used].column] = 0..<0 }
      text.endRow(line: line)
    }
    text.pointColumns = Set(columns.indices.filter { columns[$0].kind == .number })
    var own = options
    // Every code is a value here: what is missing is not written.
    own.missingCodes = options.missingCodes ?? []
    for (place, column) in columns.enumerated() where own.types[column.name] == nil {
      own.types[column.name] = type(column.kind, hasFractions: fractions.contains(place))
    }
    return try text.open(
      name: name, format: "iati", byteCount: byteCount, hasHeader: true, isBare: true, decisions: decisions,
      notes: notes(name), options: own, resource: resource)
  }

  private func notes(_ name: String) -> [Diagnostic] {
    guard doubts.count > 0 else { return [] }
    func list(_ line: String, _ equals: String) -> String {
      doubts.examples.map { "`\($0.text)` \(equals) \($0.number) (\(line) \($0.line))" }.joined(separator: ", ")
    }
    return [
      .note(
        .ambiguousMark,
        Localized(
          "figures of `\(name)` with a comma that the standard does not have, or not there: \(doubts.count), "
            + list("line", "read as"),
          fr: "chiffres de `\(name)` dont la virgule n’est pas celle de la norme, ou pas à sa place : \(doubts.count), "
            + list("ligne", "lu")), count: doubts.count)
    ]
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
