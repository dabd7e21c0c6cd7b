import BilanColumnar
import BilanDiagnostics

/// Writes a page of HTML that stands by itself: a table with a head, numbers to the right, notes as a list under it.
///
/// All rows are awaited, for the decimals of columns depend on them. Missing is an empty cell.
package struct HTMLRenderer: ResultRenderer {
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
    let title = Localized("Result", fr: "Résultat")[language]
    var page = """
      <!DOCTYPE html>
      <html lang="\(language == .french ? "fr" : "en")">
      <head>
      <meta charset="utf-8">
      <title>\(title)</title>
      <style>
      body { font-family: sans-serif; }
      table { border-collapse: collapse; }
      th, td { padding: 0.2em 0.8em; border-bottom: 1px solid #ccc; text-align: left; }
      .number { text-align: right; font-variant-numeric: tabular-nums; }
      </style>
      </head>
      <body>
      <table>
      <thead>
      <tr>
      """
    for column in columns { page += Self.cell("th", column.label, column) }
    page += "</tr>\n</thead>\n<tbody>\n"
    for row in rows.shown {
      page += "<tr>"
      for column in columns { page += Self.cell("td", row.map { column.cells[$0].text } ?? "⋮", column) }
      page += "</tr>\n"
    }
    page += "</tbody>\n</table>\n"
    if let footer = rows.footer { page += "<p>\(Self.escape(footer))</p>\n" }
    if !notes.isEmpty {
      page += "<ul>\n"
      for note in notes { page += "<li>\(Self.escape(note.message[language]))</li>\n" }
      page += "</ul>\n"
    }
    sink.write(page + "</body>\n</html>\n")
  }

  private static func cell(_ tag: String, _ text: String, _ column: DisplayColumn) -> String {
    "<\(tag)\(column.isRightAligned ? " class=\"number\"" : "")>\(escape(text))</\(tag)>"
  }

  /// Keeps a text from being read as markup; its line breaks stay.
  static func escape(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\r\n", "\n", "\r", "\u{2028}", "\u{2029}": result += "<br>"
      case "\t": result += " "
      default: result += VisibleText.escape(String(character))
      }
    }
    return result
  }
}
