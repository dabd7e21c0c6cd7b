import BilanColumnar
import BilanDiagnostics

package struct TableOptions: Sendable {
  /// The columns of the terminal; nil where lines may be of any length.
  package var width: Int?
  package var color: Bool
  /// How many rows are shown before the middle is left out; nil shows all.
  package var maxRows: Int?
  package var language: Language
  package var unicode: Bool
  package var rowMeaning: RowMeaning

  package init(
    width: Int? = nil, color: Bool = false, maxRows: Int? = nil, language: Language = .english, unicode: Bool = true,
    rowMeaning: RowMeaning = .row
  ) {
    self.width = width
    self.color = color
    self.maxRows = maxRows
    self.language = language
    self.unicode = unicode
    self.rowMeaning = rowMeaning
  }
}

/// Draws a table for a terminal:
///
///     ╭─────────────────────┬────────────┬────────┬─────────────╮
///     │ indicator           │ region     │ target │ achievement │
///     ├─────────────────────┼────────────┼────────┼─────────────┤
///     │ enterprises created │ Fès-Meknès │    120 │ 143%        │
///     │ women trained       │ Oriental   │    400 │ 128% (7/8)  │
///     ╰─────────────────────┴────────────┴────────┴─────────────╯
///     2 rows
///     note: …
///
/// All rows are awaited, or the first and last where there is a limit: widths depend on them. A table that is too wide
/// has its labels wrapped and its longest texts cut, then columns left out of its middle; a single row that does not
/// fit is shown as a list of its values. Whatever is not shown is said under the table.
package struct TableRenderer: ResultRenderer {
  /// No table is drawn narrower.
  package static let leastWidth = 20

  private let options: TableOptions
  private var schema = Schema([])
  private var window: RowWindow

  package init(_ options: TableOptions = TableOptions()) {
    self.options = options
    window = RowWindow(limit: options.maxRows)
  }

  package mutating func begin(_ schema: Schema, into sink: inout some TextSink) {
    self.schema = schema
    window = RowWindow(limit: options.maxRows)
  }

  package mutating func write(_ chunk: Chunk, into sink: inout some TextSink) { window.append(chunk) }

  package mutating func end(notes: [Diagnostic], into sink: inout some TextSink) {
    let width = options.width.map { max(Self.leastWidth, $0) }
    let style = DisplayColumn.Style(
      language: options.language, missing: options.unicode ? "·" : ".", alignsCoverage: true,
      unicode: options.unicode)
    let shown = window.shown
    var columns = schema.fields.indices.map { DisplayColumn(schema[$0], shown, column: $0, style: style) }
    for index in columns.indices {
      columns[index].label = VisibleText.escape(columns[index].label)
      for row in columns[index].cells.indices {
        columns[index].cells[row].text = VisibleText.escape(columns[index].cells[row].text)
      }
    }
    let drawing = BoxDrawing(unicode: options.unicode, color: options.color)
    var footers: [String] = []
    if !columns.isEmpty {
      let layout = TableLayout.fit(
        columns.map(Self.demand), width: width, gapWidth: DisplayWidth.of(drawing.ellipsis))
      if layout.gap != nil, window.rowCount == 1 {
        sink.write(RecordDrawing(columns: columns, drawing: drawing, width: width).text)
      } else {
        sink.write(TableDrawing(columns: columns, layout: layout, drawing: drawing, rowGap: window.gap).text)
        if layout.gap != nil {
          let hidden = columns.indices.filter { !layout.columns.contains($0) }.map { columns[$0].label }
          footers.append(TableFooter.hiddenColumns(hidden, options.language))
        }
      }
    }
    footers.insert(
      TableFooter.rows(
        window.rowCount, shown: window.shownCount, options.rowMeaning, options.language, unicode: options.unicode),
      at: 0)
    var output = ""
    for footer in footers {
      for line in width.map({ DisplayWidth.wrap(footer, to: $0) }) ?? [footer] {
        output += TerminalStyle.dim(line, color: options.color) + "\n"
      }
    }
    output += renderNotes(notes, language: options.language, color: options.color, width: width)
    sink.write(output)
  }

  private static func demand(_ column: DisplayColumn) -> TableLayout.Demand {
    TableLayout.Demand(
      cells: column.cells.reduce(0) { max($0, DisplayWidth.of($1.text)) }, label: DisplayWidth.of(column.label),
      wrappedLabel: TableLabel.wrappedWidth(column.label), canCutCells: column.canCutCells)
  }
}
