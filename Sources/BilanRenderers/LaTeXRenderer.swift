import BilanColumnar
import BilanDiagnostics

/// Writes a `tabular` for a document in LaTeX that has the package `booktabs`; notes stand under it in small type.
///
/// All rows are awaited, for the decimals of columns depend on them. Missing is an empty cell.
package struct LaTeXRenderer: ResultRenderer {
  private let language: Language
  private var rows: DisplayRows

  /// - Parameter maxRows: how many rows are shown before the middle is left out; nil shows all.
  package init(maxRows: Int? = nil, language: Language = .english, rowMeaning: RowMeaning = .row) {
    self.language = language
    rows = DisplayRows(maxRows: maxRows, language: language, rowMeaning: rowMeaning)
  }

  package mutating func begin(_ schema: Schema, into sink: inout some TextSink) { rows.begin(schema) }

  package mutating func write(_ chunk: Chunk, into sink: inout some TextSink) { rows.append(chunk) }

  package mutating func end(notes: [Diagnostic], into sink: inout some TextSink) {
    let columns = rows.columns()
    func line(_ cells: [String]) -> String { cells.joined(separator: " & ") + " \\\\\n" }
    var text = "% \\usepackage{booktabs}\n"
    if !columns.isEmpty {
      text += "\\begin{tabular}{\(columns.map { $0.isRightAligned ? "r" : "l" }.joined())}\n\\toprule\n"
      text += line(columns.map { Self.escape($0.label) }) + "\\midrule\n"
      for row in rows.shown {
        text += line(columns.map { column in row.map { Self.escape(column.cells[$0].text) } ?? "\\dots" })
      }
      text += "\\bottomrule\n\\end{tabular}\n"
    }
    let remarks = [rows.footer].compactMap(\.self) + notes.map { $0.message[language] }
    for remark in remarks { text += "\n{\\footnotesize \(Self.escape(remark))\\par}\n" }
    sink.write(text)
  }

  /// Keeps a text from being read as commands.
  static func escape(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\textbackslash{}"
      case "~": result += "\\textasciitilde{}"
      case "^": result += "\\textasciicircum{}"
      case "&", "%", "$", "#", "_", "{", "}": result += "\\" + String(character)
      case "<": result += "\\textless{}"
      case ">": result += "\\textgreater{}"
      case "|": result += "\\textbar{}"
      case "\"": result += "\\textquotedbl{}"
      case "\u{A0}": result += "~"
      case "\u{202F}": result += "\\,"
      case "\r\n", "\n", "\r", "\t", "\u{2028}", "\u{2029}": result += " "
      // A row that begins with a bracket would be the option of the line end before it.
      case "[": result += "{[}"
      case "*": result += "{*}"
      default:
        // A control character is shown as `\u{1}`, whose backslash would be a command, an accent at that.
        let shown = VisibleText.escape(String(character))
        result += shown.first == "\\" ? escape(shown) : shown
      }
    }
    return result
  }
}
