import BilanColumnar
import BilanDiagnostics

package struct MarkdownOptions: Sendable {
  /// How many rows are shown before the middle is left out; nil shows all.
  package var maxRows: Int?
  package var language: Language
  package var rowMeaning: RowMeaning

  package init(maxRows: Int? = nil, language: Language = .english, rowMeaning: RowMeaning = .row) {
    self.maxRows = maxRows
    self.language = language
    self.rowMeaning = rowMeaning
  }
}

/// Writes a GitHub table whose source reads well too; notes are a list under it.
///
/// All rows are awaited, for the decimals and widths of columns depend on them. Missing is an empty cell.
package struct MarkdownRenderer: ResultRenderer {
  private let options: MarkdownOptions
  private var schema = Schema([])
  private var window: RowWindow

  package init(_ options: MarkdownOptions = MarkdownOptions()) {
    self.options = options
    window = RowWindow(limit: options.maxRows)
  }

  package mutating func begin(_ schema: Schema, into sink: inout some TextSink) {
    self.schema = schema
    window = RowWindow(limit: options.maxRows)
  }

  package mutating func write(_ chunk: Chunk, into sink: inout some TextSink) { window.append(chunk) }

  package mutating func end(notes: [Diagnostic], into sink: inout some TextSink) {
    let style = DisplayColumn.Style(
      language: options.language, missing: "", alignsCoverage: false, unicode: true)
    let shown = window.shown
    let columns = schema.fields.indices.map { DisplayColumn(schema[$0], shown, column: $0, style: style) }
    var output = columns.isEmpty ? "" : table(columns)
    if window.gap != nil || columns.isEmpty {
      let footer = TableFooter.rows(
        window.rowCount, shown: window.shownCount, options.rowMeaning, options.language)
      output += (columns.isEmpty ? "" : "\n") + footer + "\n"
    }
    if !notes.isEmpty { output += "\n" }
    for line in renderNotes(notes, language: options.language, color: false).split(separator: "\n") {
      output += "- \(line)\n"
    }
    sink.write(output)
  }

  private func table(_ columns: [DisplayColumn]) -> String {
    let cells = columns.map { column in column.cells.map { Self.escape($0.text) } }
    let labels = columns.map { Self.escape($0.label) }
    let widths = columns.indices.map { index in
      max(3, DisplayWidth.of(labels[index]), cells[index].reduce(0) { max($0, DisplayWidth.of($1)) })
    }
    func line(_ texts: [String]) -> String {
      let padded = texts.indices.map { index in
        DisplayWidth.pad(texts[index], to: widths[index], leading: columns[index].isRightAligned)
      }
      return "| " + padded.joined(separator: " | ") + " |\n"
    }
    var output = line(labels)
    let rules = columns.indices.map { index in
      let dashes = String(repeating: "-", count: widths[index] - (columns[index].isRightAligned ? 1 : 0))
      return columns[index].isRightAligned ? dashes + ":" : dashes
    }
    output += "| " + rules.joined(separator: " | ") + " |\n"
    for row in 0..<window.shownCount {
      if row == window.gap { output += line(columns.map { _ in "⋮" }) }
      output += line(cells.map { $0[row] })
    }
    if let gap = window.gap, gap == window.shownCount { output += line(columns.map { _ in "⋮" }) }
    return output
  }

  /// Keeps Markdown and HTML from reading a text as markup; an underscore within a word is none.
  static func escape(_ text: String) -> String {
    var result = ""
    var previous: Character = " "
    let characters = Array(text)
    for (index, character) in characters.enumerated() {
      switch character {
      case "\\", "|", "`", "*", "<", ">", "[", "]", "~": result += "\\" + String(character)
      case "_":
        let next = index + 1 < characters.count ? characters[index + 1] : " "
        let isInWord = (previous.isLetter || previous.isNumber) && (next.isLetter || next.isNumber)
        result += isInWord ? "_" : "\\_"
      case "&" where text.contains(";"): result += "&amp;"
      case "\r\n", "\n", "\r", "\u{2028}", "\u{2029}": result += "<br>"
      case "\t": result += " "
      default: result += VisibleText.escape(String(character))
      }
      previous = character
    }
    return result
  }
}
