import BilanDiagnostics

/// What an editor shows: the prompt, the text and what stands under it, cut into rows of the terminal's width.
///
///     bilan> from results        row 0
///       ...> | where act█        row 1, the cursor
///     actual   number            footer
struct EditorFrame {
  struct Row {
    /// With its colours.
    var text = ""
    /// The columns it takes.
    var width = 0
  }

  var rows: [Row] = []
  var cursorRow = 0
  var cursorColumn = 0

  /// - Parameters:
  ///   - cursor: an offset in `text`, in Unicode scalars.
  ///   - size: of the terminal; of a taller text only rows around the cursor are kept.
  init(
    prompt: String, continuation: String, text: String, cursor: Int, footer: [String] = [], usesColor: Bool = false,
    size: TerminalSize
  ) {
    let width = max(8, size.columns)
    var row = Row(prompt, style: .cyan, color: usesColor, limit: width)
    var offset = 0
    var isCursorPlaced = false
    func placeCursor(_ frame: inout EditorFrame) {
      frame.cursorRow = frame.rows.count
      frame.cursorColumn = row.width
      isCursorPlaced = true
    }
    for character in text {
      if !isCursorPlaced, offset + character.unicodeScalars.count > cursor { placeCursor(&self) }
      offset += character.unicodeScalars.count
      if character == "\n" {
        rows.append(row)
        row = Row(continuation, style: .dim, color: usesColor, limit: width)
        continue
      }
      let shown = VisibleText.escape(String(character))
      let columns = DisplayWidth.of(shown)
      if row.width + columns > width {
        rows.append(row)
        row = Row()
        // The cursor stands before the character that moved to the next row.
        if isCursorPlaced, cursorRow == rows.count - 1, cursorColumn == rows[cursorRow].width {
          cursorRow += 1
          cursorColumn = 0
        }
      }
      row.text += shown
      row.width += columns
    }
    if !isCursorPlaced {
      if row.width >= width {
        rows.append(row)
        row = Row()
      }
      placeCursor(&self)
    }
    rows.append(row)
    let room = max(0, size.rows - rows.count - 1)
    for line in footer.prefix(room) { rows.append(Row(line, style: .plain, color: false, limit: width)) }
    keepWindow(of: max(1, size.rows))
  }

  private mutating func keepWindow(of height: Int) {
    guard rows.count > height else { return }
    let first = min(max(0, cursorRow - height + 1), rows.count - height)
    rows = Array(rows[first..<(first + height)])
    cursorRow -= first
  }
}

extension EditorFrame.Row {
  /// A row of a text that may hold colours only where `style` puts them; cut at `limit` columns.
  fileprivate init(_ text: String, style: TerminalStyle, color: Bool, limit: Int) {
    let cut = DisplayWidth.cut(text, to: limit - 1, ellipsis: "…")
    self.text = style(cut, color: color)
    width = DisplayWidth.of(cut)
  }
}

/// Puts one frame over the one before it.
struct EditorScreen {
  private var widths: [Int] = []
  private var cursorRow = 0
  private var columns = 0

  /// The bytes that turn the screen into `frame`.
  ///
  /// Where the terminal was resized since, its rows have been reflowed, so the old frame's height is worked out anew.
  mutating func show(_ frame: EditorFrame, columns newColumns: Int) -> String {
    var output = "\u{1B}[?2026h\u{1B}[?25l"
    let up = rowsAboveCursor(at: newColumns)
    if up > 0 { output += "\u{1B}[\(up)A" }
    output += "\r\u{1B}[J"
    output += frame.rows.map(\.text).joined(separator: "\r\n")
    let down = frame.rows.count - 1 - frame.cursorRow
    if down > 0 { output += "\u{1B}[\(down)A" }
    output += "\r"
    if frame.cursorColumn > 0 { output += "\u{1B}[\(frame.cursorColumn)C" }
    output += "\u{1B}[?25h\u{1B}[?2026l"
    widths = frame.rows.map(\.width)
    cursorRow = frame.cursorRow
    columns = newColumns
    return output
  }

  private func rowsAboveCursor(at newColumns: Int) -> Int {
    guard newColumns != columns, newColumns > 0 else { return cursorRow }
    return widths.prefix(cursorRow).reduce(0) { $0 + max(1, ($1 + newColumns - 1) / newColumns) }
  }

  /// Forgets what is shown: the next frame begins where the cursor stands.
  mutating func reset() { self = EditorScreen() }
}
