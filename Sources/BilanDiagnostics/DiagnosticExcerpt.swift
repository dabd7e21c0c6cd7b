/// The left edge of an excerpt: line numbers and the bar beside the text.
struct DiagnosticGutter {
  let digits: Int
  let color: Bool
  let unicode: Bool

  /// The columns before the text of a line: number, space, bar, space.
  var width: Int { digits + 3 }

  private var bar: String { unicode ? "│" : "|" }
  private var margin: String { String(repeating: " ", count: digits) }

  func styled(_ text: String) -> String { TerminalStyle.blue(text, color: color) }

  /// `  |`, before a mark or between lines.
  var blank: String { margin + " " + styled(bar) }
  /// ` --> name:2:7`
  func location(_ text: String, isFirst: Bool) -> String {
    let arrow = unicode ? (isFirst ? " ┌─ " : " ├─ ") : (isFirst ? "--> " : "::: ")
    return margin + styled(arrow) + text
  }
  /// `2 |`
  func numbered(_ line: Int) -> String {
    let number = String(line)
    return styled(String(repeating: " ", count: digits - number.count) + number + " " + bar)
  }
  /// Stands for lines left out.
  var gap: String { unicode ? margin + " " + styled("·") : styled("...") }
  /// `  = `
  var equals: String { margin + " " + styled("=") + " " }
}

/// The lines of one source that a diagnostic marks, with the marks under them.
struct DiagnosticExcerpt {
  struct Mark {
    var span: Span
    var text: Localized?
    var isPrimary: Bool
  }

  let source: Source
  var marks: [Mark]

  private func lines(of mark: Mark) -> ClosedRange<Int> {
    let first = source.line(at: min(mark.span.start, source.byteCount))
    // A span that ends with a line feed ends on the line before.
    let last = source.line(at: max(mark.span.start, min(mark.span.end, source.byteCount) - 1))
    return first...max(first, last)
  }

  var lastLineNumber: Int { (marks.map { lines(of: $0).upperBound }.max() ?? 0) + 1 }

  func render(
    gutter: DiagnosticGutter, isFirst: Bool, markStyle: TerminalStyle, width: Int, language: Language
  ) -> String {
    guard let first = marks.first else { return "" }
    let position = source.position(at: first.span.start)
    var output = gutter.location("\(source.name):\(position.line):\(position.column)", isFirst: isFirst) + "\n"
    output += gutter.blank + "\n"
    var previous: Int?
    for line in shownLines() {
      if let previous, line > previous + 1 { output += gutter.gap + "\n" }
      previous = line
      output += render(line: line, gutter: gutter, markStyle: markStyle, width: width, language: language)
    }
    return output
  }

  /// The first and last line of each mark, and single lines between two of them.
  private func shownLines() -> [Int] {
    var shown: Set<Int> = []
    for mark in marks {
      let lines = lines(of: mark)
      shown.insert(lines.lowerBound)
      shown.insert(lines.upperBound)
    }
    for line in shown where shown.contains(line + 2) { shown.insert(line + 1) }
    return shown.sorted()
  }

  private func render(
    line: Int, gutter: DiagnosticGutter, markStyle: TerminalStyle, width: Int, language: Language
  ) -> String {
    let expanded = ExpandedLine(source: source, line: line)
    var segments: [MarkedSegment] = []
    for mark in marks {
      let lines = lines(of: mark)
      guard line == lines.lowerBound || line == lines.upperBound else { continue }
      let start = line == lines.lowerBound ? expanded.column(at: mark.span.start) : expanded.indent
      var end = line == lines.upperBound ? expanded.column(after: mark.span.end) : expanded.width
      end = max(end, start + 1)
      segments.append(
        MarkedSegment(
          start: start, end: end, isPrimary: mark.isPrimary,
          text: line == lines.upperBound ? mark.text?[language] : nil))
    }
    let available = max(20, width - gutter.width)
    let window = expanded.window(around: segments, available: available, ellipsis: gutter.unicode ? "…" : "...")
    var output = gutter.numbered(line + 1)
    let text = expanded.text(in: window).trimmedAtEnd
    output += (text.isEmpty ? "" : " " + text) + "\n"
    guard !segments.isEmpty else { return output }
    let rows = MarkLayout(
      segments: segments.map { $0.shifted(into: window) }, available: available, markStyle: markStyle
    ).rows()
    for row in rows { output += gutter.blank + " " + row.text(color: gutter.color) + "\n" }
    return output
  }
}

/// One line of a source as a terminal shows it: tabs expanded, hidden characters replaced, columns counted.
struct ExpandedLine {
  /// The part of the line that is shown, and whether its ends are cut.
  struct Window {
    var columns: Range<Int>
    var isCutBefore = false
    var isCutAfter = false
    var ellipsis = ""
  }

  /// Each grapheme with its byte offset in the source and its first column.
  private var cells: [(offset: Int, column: Int, text: String)] = []
  private(set) var width = 0
  private let endOffset: Int

  init(source: Source, line: Int) {
    let range = source.byteRange(ofLine: line)
    endOffset = range.upperBound
    var offset = range.lowerBound
    for character in source.text(in: range) {
      var text = String(character)
      if character == "\t" {
        text = String(repeating: " ", count: 4 - width % 4)
      } else if character.unicodeScalars.contains(where: VisibleText.isHidden) || DisplayWidth.of(character) == 0 {
        text = "\u{FFFD}"
      }
      cells.append((offset, width, text))
      width += DisplayWidth.of(text)
      offset += character.utf8.count
    }
  }

  /// The column of the first character that is not white space.
  var indent: Int { cells.first { $0.text.contains { $0 != " " } }?.column ?? 0 }

  /// The column where the character that holds a byte starts.
  func column(at offset: Int) -> Int {
    if offset >= endOffset { return width }
    return cells.last { $0.offset <= offset }?.column ?? 0
  }

  /// The column after the character that holds the byte before `offset`.
  func column(after offset: Int) -> Int {
    cells.first { $0.offset >= offset }?.column ?? width
  }

  /// The whole line where it fits, else the part around the marks, the primary one first.
  func window(around segments: [MarkedSegment], available: Int, ellipsis: String) -> Window {
    let length = max(width, segments.map(\.end).max() ?? 0)
    if length <= available { return Window(columns: 0..<length) }
    let start = segments.map(\.start).min() ?? 0
    let end = segments.map(\.end).max() ?? 0
    let margin = DisplayWidth.of(ellipsis) + 4
    var from: Int
    if end - start + 2 * margin <= available {
      from = start - (available - (end - start)) / 2
    } else {
      from = ((segments.first { $0.isPrimary } ?? segments.first)?.start ?? 0) - margin
    }
    from = max(0, min(from, length - available))
    return Window(
      columns: from..<from + available, isCutBefore: from > 0, isCutAfter: from + available < length,
      ellipsis: ellipsis)
  }

  func text(in window: Window) -> String {
    let cut = DisplayWidth.of(window.ellipsis)
    let from = window.columns.lowerBound + (window.isCutBefore ? cut : 0)
    let to = window.columns.upperBound - (window.isCutAfter ? cut : 0)
    var result = window.isCutBefore ? window.ellipsis : ""
    var column = from
    for cell in cells where cell.column >= from && cell.column + DisplayWidth.of(cell.text) <= to {
      // A wide character that straddles the cut leaves a column empty.
      result += String(repeating: " ", count: max(0, cell.column - column)) + cell.text
      column = cell.column + DisplayWidth.of(cell.text)
    }
    if window.isCutAfter { result += String(repeating: " ", count: max(0, to - column)) + window.ellipsis }
    return result
  }
}

/// The columns of one line that a mark covers.
struct MarkedSegment {
  var start: Int
  var end: Int
  var isPrimary: Bool
  var text: String?

  func shifted(into window: ExpandedLine.Window) -> MarkedSegment {
    var copy = self
    let last = max(0, window.columns.count - 1)
    copy.start = min(max(0, start - window.columns.lowerBound), last)
    copy.end = min(max(copy.start + 1, end - window.columns.lowerBound), max(window.columns.count, copy.start + 1))
    return copy
  }
}

extension String {
  fileprivate var trimmedAtEnd: String {
    var copy = self
    while copy.last == " " { copy.removeLast() }
    return copy
  }
}
