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
  private var schema = Schema([])
  private var encoder: CellEncoder

  package init(_ options: DelimitedOptions) {
    self.options = options
    encoder = CellEncoder(syntax: Self.syntax(options, columnCount: 0), columnCount: 0)
  }

  private static func syntax(_ options: DelimitedOptions, columnCount: Int) -> CellSyntax {
    CellSyntax(
      quoting: .delimited(delimiter: options.delimiter), missing: columnCount == 1 ? [0x22, 0x22] : [])
  }

  package mutating func begin(_ schema: Schema, into sink: inout some TextSink) {
    self.schema = schema
    encoder = CellEncoder(syntax: Self.syntax(options, columnCount: schema.count), columnCount: schema.count)
    guard options.hasHeader else { return }
    var line: [UInt8] = []
    for (index, field) in schema.fields.enumerated() {
      if index > 0 { line.append(options.delimiter) }
      encoder.syntax.appendText(field.label, to: &line)
    }
    line.append(0x0A)
    sink.write(line)
  }

  package mutating func write(_ chunk: Chunk, into sink: inout some TextSink) {
    let prefixes = schema.fields.indices.map { $0 == 0 ? [] : [options.delimiter] }
    encoder.rowsToCome = chunk.count
    RowAssembler.forEachBlock(of: chunk) { block in
      let cells = block.columns.indices.map { index in
        encoder.encode(block.columns[index], at: index, as: schema[index].type)
      }
      sink.write(RowAssembler.rows(cells, count: block.count, prefixes: prefixes, suffix: [0x0A]))
    }
  }

  package mutating func end(notes: [Diagnostic], into sink: inout some TextSink) {}
}
