import BilanColumnar
import BilanDiagnostics

/// Totals among the rows of a small table whose columns are stored with types: found as those of delimited text are.
enum StoredTotals {
  /// Tables with totals are made by people.
  static let mostRows = 5000
  private static let mostColumns = 64

  /// What there is to say of them; nothing where the table cannot be read, which whoever reads it says.
  static func notes(
    _ fields: [Field], rowCount: Int, name: String, load: FileTable.Loader
  ) -> [Diagnostic] {
    let places = fields.indices.filter { isWritten(fields[$0].type) }
    guard 2...mostRows ~= rowCount, places.count <= mostColumns, places.contains(where: { fields[$0].type == .text }),
      places.contains(where: { fields[$0].type.isNumber }), let loaded = try? load(places, { false })
    else { return [] }
    var text = CellText()
    text.mayHaveTotals = true
    for place in places { text.append(fields[place].label) }
    text.endRow(line: 1)
    for row in 0..<rowCount {
      for (column, place) in zip(loaded.columns, places) {
        append(column.value(row, as: fields[place].type), to: &text)
      }
      text.endRow(line: row + 1)
    }
    var options = ReadOptions()
    options.missingCodes = []
    for place in places { options.types[fields[place].label] = fields[place].type }
    let table = try? text.open(
      name: name, format: "", byteCount: 0, hasHeader: true, isBare: true, options: options, resource: nil)
    return table?.report.notes.filter { $0.code == .totalRows } ?? []
  }

  private static func isWritten(_ type: DataType) -> Bool {
    switch type {
    case .text, .integer, .real, .boolean, .date, .period: true
    default: false
    }
  }

  private static func append(_ value: Value, to text: inout CellText) {
    switch value {
    case .text(let words): text.append(words)
    case .integer(let number): append("\(number)", to: &text)
    case .real(let number) where number.isFinite: append("\(number)", to: &text)
    case .boolean(let truth): text.append(truth ? "true" : "false")
    case .date(let day): text.append(day.description)
    case .period(let period): text.append(period.description)
    default: text.appendMissing()
    }
  }

  private static func append(_ number: String, to text: inout CellText) {
    let digits = Array(number.utf8)
    text.append(number: digits.span)
  }
}
