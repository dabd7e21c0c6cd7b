import BilanColumnar
import BilanDiagnostics

/// What sets cells apart, and whether there is a line of labels.
package struct DelimitedOptions: Sendable {
  package var delimiter: UInt8
  package var hasHeader: Bool

  package init(delimiter: UInt8, hasHeader: Bool = true) {
    self.delimiter = delimiter
    self.hasHeader = hasHeader
  }

  package static let csv = DelimitedOptions(delimiter: 0x2C)
  package static let tsv = DelimitedOptions(delimiter: 0x09)
}

/// Writes CSV and TSV: RFC 4180 with line feeds, UTF-8, labels first.
///
/// A missing value is an empty cell, an empty text is `""`; in a table of one column both are `""`, because readers
/// take an empty line for no row. A ratio is its value. Numbers are exact, with a decimal point.
package struct DelimitedRenderer: ResultRenderer {
  private let options: DelimitedOptions
  private let workers: Workers
  private var rows: RowWriter
  private var zeros = ZeroBytes()

  package init(_ options: DelimitedOptions, workers: Workers = .one) {
    self.options = options
    self.workers = workers
    rows = Self.rows(Schema([]), options, workers)
  }

  private static func rows(_ schema: Schema, _ options: DelimitedOptions, _ workers: Workers) -> RowWriter {
    let syntax = CellSyntax(
      quoting: .delimited(delimiter: options.delimiter), missing: schema.count == 1 ? [0x22, 0x22] : [])
    let prefixes = schema.fields.indices.map { $0 == 0 ? [] : [options.delimiter] }
    return RowWriter(RowFormatter(schema, syntax: syntax, prefixes: prefixes, suffix: [0x0A]), workers: workers)
  }

  package mutating func begin(_ schema: Schema, into sink: inout some TextSink) {
    rows = Self.rows(schema, options, workers)
    zeros = ZeroBytes()
    guard options.hasHeader else { return }
    var line: [UInt8] = []
    for (index, field) in schema.fields.enumerated() {
      if index > 0 { line.append(options.delimiter) }
      zeros.add(field.label)
      rows.formatter.syntax.appendText(field.label, to: &line)
    }
    line.append(0x0A)
    sink.write(line)
  }

  package mutating func write(_ chunk: Chunk, into sink: inout some TextSink) {
    zeros.add(chunk)
    rows.write(chunk, into: &sink)
  }

  package var findings: [Diagnostic] { zeros.findings }

  package mutating func end(notes: [Diagnostic], into sink: inout some TextSink) {}
}
