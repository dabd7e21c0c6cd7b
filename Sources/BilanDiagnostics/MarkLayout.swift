/// Places the marks of one line and their texts in rows under it, so that no text covers another.
///
///     | summarize mean(target) by regoin
///                 ----         ^^^^^^ the nearest is `region`
///                 |
///                 a mean of targets
struct MarkLayout {
  let segments: [MarkedSegment]
  /// The columns there are for text.
  let available: Int
  let markStyle: TerminalStyle

  func rows() -> [StyledRow] {
    var rows = [underline()]
    var pending = segments.filter { $0.text?.isEmpty == false }.sorted { $0.start > $1.start }
    if let last = pending.first, let lines = besides(last) {
      pending.removeFirst()
      for (index, line) in lines.enumerated() {
        if index > 0 { rows.append(connectors(pending)) }
        rows[index].put(line, at: last.end + 1, style(last))
      }
    }
    guard !pending.isEmpty else { return rows }
    rows.append(connectors(pending))
    while let next = pending.first {
      pending.removeFirst()
      let (column, lines) = beneath(next)
      for line in lines {
        var row = connectors(pending)
        row.put(line, at: column, style(next))
        rows.append(row)
      }
    }
    return rows
  }

  private func style(_ segment: MarkedSegment) -> TerminalStyle { segment.isPrimary ? markStyle : .blue }

  private func underline() -> StyledRow {
    var row = StyledRow()
    // The primary mark is drawn last, over the others.
    for segment in segments.filter({ !$0.isPrimary }) + segments.filter(\.isPrimary) {
      let mark = segment.isPrimary ? "^" : "-"
      row.put(String(repeating: mark, count: segment.end - segment.start), at: segment.start, style(segment))
    }
    return row
  }

  private func connectors(_ pending: [MarkedSegment]) -> StyledRow {
    var row = StyledRow()
    for segment in pending.reversed() { row.put("|", at: segment.start, style(segment)) }
    return row
  }

  /// The text on the line of the mark itself, if nothing stands to its right and there is room.
  private func besides(_ segment: MarkedSegment) -> [String]? {
    guard let text = segment.text, !segments.contains(where: { $0.end > segment.end }) else { return nil }
    let room = available - segment.end - 1
    if DisplayWidth.of(text) <= room { return [text] }
    return room >= 28 ? DisplayWidth.wrap(text, to: room) : nil
  }

  /// The text on rows of its own, under the mark or, near the right edge, to the left of it.
  private func beneath(_ segment: MarkedSegment) -> (column: Int, lines: [String]) {
    let text = segment.text ?? ""
    let room = max(available - segment.start, min(available, 40))
    let lines = DisplayWidth.wrap(text, to: room)
    let widest = lines.map { DisplayWidth.of($0) }.max() ?? 0
    return (max(0, min(segment.start, available - widest)), lines)
  }
}

/// A row of characters, each in a style, written to by column.
struct StyledRow {
  private var cells: [(text: String, style: TerminalStyle)] = []

  mutating func put(_ text: String, at column: Int, _ style: TerminalStyle) {
    var column = column
    while cells.count < column { cells.append((" ", .plain)) }
    for character in text {
      let width = DisplayWidth.of(character)
      // What combines with nothing takes no cell; a wide character takes two, the second empty.
      guard width > 0 else { continue }
      for offset in 0..<width {
        let cell = (offset == 0 ? String(character) : "", style)
        if column + offset < cells.count { cells[column + offset] = cell } else { cells.append(cell) }
      }
      column += width
    }
  }

  func text(color: Bool) -> String {
    var output = ""
    var index = 0
    while index < cells.count {
      let style = cells[index].style
      var run = ""
      while index < cells.count, cells[index].style == style {
        run += cells[index].text
        index += 1
      }
      output += style(run, color: color)
    }
    return output
  }
}
