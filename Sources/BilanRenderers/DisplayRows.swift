import BilanColumnar
import BilanDiagnostics

/// The rows that a document shows, as people read them: all, or the first and last where that is too many.
struct DisplayRows: Sendable {
  private let maxRows: Int?
  private let language: Language
  private let rowMeaning: RowMeaning
  private var schema = Schema([])
  private var window: RowWindow

  init(maxRows: Int?, language: Language, rowMeaning: RowMeaning) {
    self.maxRows = maxRows
    self.language = language
    self.rowMeaning = rowMeaning
    window = RowWindow(limit: maxRows)
  }

  mutating func begin(_ schema: Schema) {
    self.schema = schema
    window = RowWindow(limit: maxRows)
  }

  mutating func append(_ chunk: Chunk) { window.append(chunk) }

  /// The columns with the cells of the rows that are shown.
  func columns() -> [DisplayColumn] {
    let style = DisplayColumn.Style(language: language, missing: "", alignsCoverage: false, unicode: true)
    let shown = window.shown
    return schema.fields.indices.map { DisplayColumn(schema[$0], shown, column: $0, style: style) }
  }

  /// The places of cells row by row; nil is where rows are left out.
  var shown: [Int?] {
    var rows: [Int?] = []
    for row in 0..<window.shownCount {
      if row == window.gap { rows.append(nil) }
      rows.append(row)
    }
    if window.gap == window.shownCount { rows.append(nil) }
    return rows
  }

  /// How many rows there are, where not all are shown.
  var footer: String? {
    guard window.gap != nil || schema.count == 0 else { return nil }
    return TableFooter.rows(window.rowCount, shown: window.shownCount, rowMeaning, language)
  }
}
