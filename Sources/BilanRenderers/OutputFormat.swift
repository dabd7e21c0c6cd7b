import BilanColumnar
import BilanDiagnostics

/// A format that results are written in.
package enum OutputFormat: String, CaseIterable, Sendable {
  /// Boxes for a terminal.
  case table
  /// RFC 4180, commas, lines ended by a line feed.
  case csv
  /// The same with tabs.
  case tsv
  /// One document: columns, rows, notes.
  case json
  /// One JSON object a row.
  case ndjson
  /// A GitHub table.
  case markdown
}

/// How to render, for any format; each takes what concerns it.
package struct RenderOptions: Sendable {
  /// The columns of the terminal; nil where lines may be of any length.
  package var width: Int?
  /// ANSI styles.
  package var color: Bool
  /// How many rows a table or Markdown shows before its middle is left out; nil shows all.
  package var maxRows: Int?
  /// The language of footers and notes, and of numbers in tables and Markdown.
  package var language: Language
  /// Box lines and typographic marks; false keeps to ASCII, the data apart.
  package var unicode: Bool
  /// Who formats the rows of formats for machines; the text does not depend on it.
  package var workers: Workers

  package init(
    width: Int? = nil, color: Bool = false, maxRows: Int? = nil, language: Language = .english, unicode: Bool = true,
    workers: Workers = .one
  ) {
    self.width = width
    self.color = color
    self.maxRows = maxRows
    self.language = language
    self.unicode = unicode
    self.workers = workers
  }
}

/// Turns a result into text block by block: once `begin`, then a `write` for each chunk, once `end`.
package protocol ResultRenderer {
  mutating func begin(_ schema: Schema, into sink: inout some TextSink)
  /// Takes the next rows; they follow the schema.
  mutating func write(_ chunk: Chunk, into sink: inout some TextSink)
  /// Finishes the text. Formats that have no place for notes leave them out; see `renderNotes`.
  mutating func end(notes: [Diagnostic], into sink: inout some TextSink)
}

extension OutputFormat {
  /// The renderer of this format.
  package func renderer(_ options: RenderOptions) -> any ResultRenderer {
    switch self {
    case .table:
      TableRenderer(
        TableOptions(
          width: options.width, color: options.color, maxRows: options.maxRows, language: options.language,
          unicode: options.unicode))
    case .csv: DelimitedRenderer(.csv, workers: options.workers)
    case .tsv: DelimitedRenderer(.tsv, workers: options.workers)
    case .json: JSONRenderer(JSONOptions(language: options.language), workers: options.workers)
    case .ndjson: NDJSONRenderer(workers: options.workers)
    case .markdown: MarkdownRenderer(MarkdownOptions(maxRows: options.maxRows, language: options.language))
    }
  }
}

/// Renders a table that is in memory, whole.
package func render(
  _ table: Table, notes: [Diagnostic], as format: OutputFormat, options: RenderOptions,
  into sink: inout some TextSink
) {
  var renderer = format.renderer(options)
  renderer.begin(table.schema, into: &sink)
  for chunk in table.chunks { renderer.write(chunk, into: &sink) }
  renderer.end(notes: notes, into: &sink)
}
