import BilanDiagnostics

/// The lines of boxes and the marks in them, in Unicode or ASCII, dim where there is colour.
struct BoxDrawing {
  let unicode: Bool
  let color: Bool

  enum Rule {
    case top, middle, bottom
  }

  var ellipsis: String { unicode ? "…" : "..." }
  /// Stands in each column for rows left out.
  var rowGap: String { unicode ? "⋮" : ":" }
  var bar: String { dim(unicode ? "│" : "|") }

  func dim(_ text: String) -> String { TerminalStyle.dim(text, color: color) }
  func bold(_ text: String) -> String { TerminalStyle.bold(text, color: color) }

  /// A horizontal rule over columns of these widths.
  func rule(_ rule: Rule, _ widths: [Int]) -> String {
    let (left, cross, right) =
      switch (unicode, rule) {
      case (false, _): ("+", "+", "+")
      case (true, .top): ("╭", "┬", "╮")
      case (true, .middle): ("├", "┼", "┤")
      case (true, .bottom): ("╰", "┴", "╯")
      }
    let line = unicode ? "─" : "-"
    return dim(
      left + widths.map { String(repeating: line, count: $0 + 2) }.joined(separator: cross) + right) + "\n"
  }

  /// A line of cells that are as wide as their columns already.
  func line(_ cells: [String]) -> String { bar + " " + cells.joined(separator: " \(bar) ") + " " + bar + "\n" }
}

/// Draws columns in a box by a layout.
struct TableDrawing {
  let columns: [DisplayColumn]
  let layout: TableLayout
  let drawing: BoxDrawing
  /// After how many rows others are left out.
  let rowGap: Int?

  private var gapWidth: Int { DisplayWidth.of(drawing.ellipsis) }

  var text: String {
    let widths = withGap(layout.widths, gapWidth)
    var output = drawing.rule(.top, widths)
    for line in headerLines { output += drawing.line(line) }
    let rowCount = columns.first?.cells.count ?? 0
    if rowCount > 0 { output += drawing.rule(.middle, widths) }
    for row in 0..<rowCount {
      if row == rowGap { output += gapLine }
      let cells = layout.columns.indices.map { cell(row, $0) }
      output += drawing.line(withGap(cells, drawing.dim(drawing.ellipsis)))
    }
    if rowGap == rowCount { output += gapLine }
    return output + drawing.rule(.bottom, widths)
  }

  /// One entry per shown column, with `gap` where others are left out.
  private func withGap<T>(_ entries: [T], _ gap: T) -> [T] {
    guard let index = layout.gap else { return entries }
    var entries = entries
    entries.insert(gap, at: index)
    return entries
  }

  private var gapLine: String {
    let cells = layout.columns.indices.map { index in
      drawing.dim(aligned(drawing.rowGap, index))
    }
    return drawing.line(withGap(cells, drawing.dim(DisplayWidth.pad(drawing.rowGap, to: gapWidth))))
  }

  private func aligned(_ text: String, _ index: Int) -> String {
    DisplayWidth.pad(text, to: layout.widths[index], leading: columns[layout.columns[index]].isRightAligned)
  }

  private func cell(_ row: Int, _ index: Int) -> String {
    let cell = columns[layout.columns[index]].cells[row]
    let text = DisplayWidth.cut(cell.text, to: layout.widths[index], ellipsis: drawing.ellipsis)
    return cell.isMissing ? drawing.dim(aligned(text, index)) : aligned(text, index)
  }

  /// The labels, wrapped to at most three lines and set at the bottom.
  private var headerLines: [[String]] {
    let labels = layout.columns.indices.map { index in
      let width = layout.widths[index]
      let label = columns[layout.columns[index]].label
      // A label of one word is cut: its letters on two lines would be read as two words.
      let isOneWord = !label.contains { " _-/.".contains($0) }
      var lines = isOneWord ? [label] : DisplayWidth.wrap(label, to: width)
      if lines.count > 3 { lines = Array(lines[..<2]) + [lines[2...].joined(separator: " ")] }
      return lines.map { DisplayWidth.cut($0, to: width, ellipsis: drawing.ellipsis) }
    }
    let height = labels.map(\.count).max() ?? 1
    return (0..<height).map { line in
      let cells = labels.indices.map { index in
        let offset = line - (height - labels[index].count)
        let text = aligned(offset >= 0 ? labels[index][offset] : "", index)
        return drawing.bold(text)
      }
      return withGap(cells, drawing.dim(DisplayWidth.pad(line == height - 1 ? drawing.ellipsis : "", to: gapWidth)))
    }
  }
}

/// Draws one row as a list: a label and a value a line.
struct RecordDrawing {
  let columns: [DisplayColumn]
  let drawing: BoxDrawing
  let width: Int?

  var text: String {
    let demands = [
      TableLayout.Demand(
        cells: columns.reduce(0) { max($0, DisplayWidth.of($1.label)) }, label: 0, canCutCells: true),
      TableLayout.Demand(
        cells: columns.reduce(0) { max($0, DisplayWidth.of(value($1).text)) }, label: 0, canCutCells: true),
    ]
    let widths = TableLayout.fit(demands, width: width, gapWidth: 0).widths
    // Even a terminal too narrow for two readable columns gets both.
    let sizes = widths.count == 2 ? widths : [4, max(1, (width ?? 12) - 11)]
    var output = drawing.rule(.top, sizes)
    for column in columns {
      let value = value(column)
      let label = DisplayWidth.cut(column.label, to: sizes[0], ellipsis: drawing.ellipsis)
      let text = DisplayWidth.pad(
        DisplayWidth.cut(value.text, to: sizes[1], ellipsis: drawing.ellipsis), to: sizes[1])
      output += drawing.line([
        drawing.bold(DisplayWidth.pad(label, to: sizes[0])), value.isMissing ? drawing.dim(text) : text,
      ])
    }
    return output + drawing.rule(.bottom, sizes)
  }

  private func value(_ column: DisplayColumn) -> DisplayCell { column.cells[0] }
}
