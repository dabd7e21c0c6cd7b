import BilanArrow
import BilanColumnar
import BilanDiagnostics
import BilanParquet

/// A format that results are written in.
package enum OutputFormat: String, CaseIterable, Sendable {
  /// Boxes for a terminal.
  case table
  /// RFC 4180, commas, lines ended by a line feed.
  case csv
  /// CSV for spreadsheet programs in French: semicolons, decimal commas, windows-1252.
  case csvFrench = "csv-fr"
  /// The same as `csv` with tabs.
  case tsv
  /// One document: columns, rows, notes.
  case json
  /// One JSON object a row.
  case ndjson
  /// A GitHub table.
  case markdown
  /// A page that stands by itself.
  case html
  /// A `tabular` for a document.
  case latex
  #if Spreadsheets
    /// An Excel workbook.
    case xlsx
  #endif
  /// An Arrow IPC file, Feather 2.
  case arrow
  /// The same as a stream, which is read from a pipe.
  case arrowStream = "arrows"
  case parquet
}

extension OutputFormat {
  /// How the names of its files end, the usual one first.
  package var extensions: [String] {
    switch self {
    case .table: ["txt"]
    case .csv: ["csv"]
    // Chosen by `--format`: its files end as those of `csv` do.
    case .csvFrench: []
    case .tsv: ["tsv", "tab"]
    case .json: ["json"]
    case .ndjson: ["ndjson", "jsonl"]
    case .markdown: ["md", "markdown"]
    case .html: ["html", "htm"]
    case .latex: ["tex", "latex"]
    #if Spreadsheets
      case .xlsx: ["xlsx"]
    #endif
    case .arrow: ["arrow", "feather"]
    case .arrowStream: ["arrows"]
    case .parquet: ["parquet"]
    }
  }

  /// The format that the name of a file asks for; nil where it ends like none.
  package init?(path: String) {
    let name = path.split(separator: "/").last ?? ""
    guard let point = name.lastIndex(of: "."), point != name.startIndex else { return nil }
    let ending = name[name.index(after: point)...].lowercased()
    guard let format = Self.allCases.first(where: { $0.extensions.contains(ending) }) else { return nil }
    self = format
  }

  /// All that are text.
  package static var texts: [OutputFormat] { allCases.filter { !$0.isBinary } }

  /// Whether it is bytes and no text: nothing for a terminal, and one result is the whole of it.
  package var isBinary: Bool {
    switch self {
    #if Spreadsheets
      case .xlsx: true
    #endif
    case .arrow, .arrowStream, .parquet: true
    default: false
    }
  }

  /// Whether programs read it rather than people: the names and words of what Bilan lists are then English wherever it
  /// runs.
  package var isForPrograms: Bool {
    switch self {
    case .csv, .tsv, .json, .ndjson, .arrow, .arrowStream, .parquet: true
    case .table, .csvFrench, .markdown, .html, .latex: false
    #if Spreadsheets
      case .xlsx: false
    #endif
    }
  }

  /// Whether its cells may be lists; elsewhere they are texts, joined.
  package var hasLists: Bool {
    switch self {
    case .json, .ndjson, .arrow, .arrowStream, .parquet: true
    default: false
    }
  }

  /// Whether lists are written as texts, for programs that may read them again.
  fileprivate var joinsLists: Bool {
    switch self {
    case .csv, .csvFrench, .tsv: true
    #if Spreadsheets
      case .xlsx: true
    #endif
    default: false
    }
  }

  /// Whether the notes under a result have a place in the format.
  package var holdsNotes: Bool {
    switch self {
    case .csv, .csvFrench, .tsv, .ndjson, .arrow, .arrowStream, .parquet: false
    case .table, .json, .markdown, .html, .latex: true
    #if Spreadsheets
      case .xlsx: true
    #endif
    }
  }
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
  /// What a row is, to be counted under a table.
  package var rowMeaning = RowMeaning.row
  /// What is known of what the result is about, in formats that have a place for it.
  package var facts: [Fact] = []

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
  /// What could not be written as it is, once all is.
  var findings: [Diagnostic] { get }
}

extension ResultRenderer {
  package var findings: [Diagnostic] { [] }
}

extension OutputFormat {
  /// The renderer of this format.
  package func renderer(_ options: RenderOptions) -> any ResultRenderer {
    switch self {
    case .table:
      TableRenderer(
        TableOptions(
          width: options.width, color: options.color, maxRows: options.maxRows, language: options.language,
          unicode: options.unicode, rowMeaning: options.rowMeaning))
    case .csv: DelimitedRenderer(.csv, workers: options.workers)
    case .csvFrench: FrenchCSVRenderer()
    case .tsv: DelimitedRenderer(.tsv, workers: options.workers)
    case .json:
      JSONRenderer(
        JSONOptions(language: options.language, facts: options.facts), workers: options.workers)
    case .ndjson: NDJSONRenderer(workers: options.workers)
    case .markdown:
      MarkdownRenderer(
        MarkdownOptions(maxRows: options.maxRows, language: options.language, rowMeaning: options.rowMeaning))
    case .html:
      HTMLRenderer(maxRows: options.maxRows, language: options.language, rowMeaning: options.rowMeaning)
    case .latex:
      LaTeXRenderer(maxRows: options.maxRows, language: options.language, rowMeaning: options.rowMeaning)
    #if Spreadsheets
      case .xlsx: WorkbookRenderer(language: options.language)
    #endif
    case .arrow: ColumnFileRenderer { ArrowWriter.write($0, $1, into: $2) }
    case .arrowStream:
      ColumnFileRenderer { ArrowWriter.write($0, $1, options: ArrowWriter.Options(isStream: true), into: $2) }
    case .parquet: ColumnFileRenderer { ParquetWriter.write($0, $1, into: $2) }
    }
  }
}

/// Renders a table that is in memory, whole, and gives what could not be written as it is.
@discardableResult
package func render(
  _ table: Table, notes: [Diagnostic], as format: OutputFormat, options: RenderOptions,
  into sink: inout some TextSink
) -> [Diagnostic] {
  var renderer = format.renderer(options)
  let missing = format.joinsLists ? missingElements(of: table).map { [$0] } ?? [] : []
  let table = format.hasLists ? table : table.withJoinedLists
  renderer.begin(table.schema, into: &sink)
  for chunk in table.chunks { renderer.write(chunk, into: &sink) }
  renderer.end(notes: notes + missing, into: &sink)
  return renderer.findings + missing
}

/// Says how many elements of lists are left out where lists are joined in texts.
private func missingElements(of table: Table) -> Diagnostic? {
  let places = table.schema.fields.indices.filter { table.schema[$0].type.list != nil }
  let count = places.reduce(0) { sum, place in
    table.chunks.reduce(sum) { $0 + $1.columns[place].missingElementCount }
  }
  guard count > 0 else { return nil }
  return .note(
    .textNotWritten,
    Localized(
      count == 1
        ? "1 missing element of lists is left out: lists are written as texts"
        : "\(count) missing elements of lists are left out: lists are written as texts",
      fr: count == 1
        ? "1 élément manquant de listes est laissé de côté : les listes sont écrites en textes"
        : "\(count) éléments manquants de listes sont laissés de côté : les listes sont écrites en textes"),
    count: count)
}
