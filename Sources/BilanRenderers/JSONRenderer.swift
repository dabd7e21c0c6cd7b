import BilanColumnar
import BilanDiagnostics

package struct JSONOptions: Sendable {
  /// The language of the notes' messages.
  package var language: Language

  package init(language: Language = .english) { self.language = language }
}

/// Writes one JSON document, a row a line:
///
///     {"columns":[{"name":"region","type":"text"}],
///     "rows":[
///     {"region":"Oriental"}
///     ],
///     "meta":{"notes":[],"row_count":1}}
///
/// Missing is `null`; dates, periods and durations are strings; a ratio is an object with its parts and coverage.
package struct JSONRenderer: ResultRenderer {
  private let options: JSONOptions
  private var rows = JSONRows(schema: Schema([]))
  private var rowCount = 0

  package init(_ options: JSONOptions = JSONOptions()) { self.options = options }

  package mutating func begin(_ schema: Schema, into sink: inout some TextSink) {
    rows = JSONRows(schema: schema)
    rowCount = 0
    let columns = schema.fields.map { field in
      var text = "{\"name\":\(JSONText.quoted(field.label)),\"type\":\(JSONText.quoted(field.type.name))"
      if let unit = field.unit { text += ",\"unit\":\(JSONText.quoted(unit))" }
      return text + "}"
    }
    sink.write("{\"columns\":[\(columns.joined(separator: ","))],\n\"rows\":[")
  }

  package mutating func write(_ chunk: Chunk, into sink: inout some TextSink) {
    rows.expect(chunk.count)
    RowAssembler.forEachBlock(of: chunk) { block in
      // Every row begins with its separator; the first of all has no comma before it.
      var bytes = rows.encode(block, before: Array(",\n".utf8), after: [])
      if rowCount == 0 { bytes.removeFirst() }
      rowCount += block.count
      sink.write(bytes)
    }
  }

  package mutating func end(notes: [Diagnostic], into sink: inout some TextSink) {
    let notes = notes.map { note in
      let code = JSONText.quoted(note.code.rawValue)
      var text = "{\"code\":\(code),\"message\":\(JSONText.quoted(note.message[options.language]))"
      if let count = note.count { text += ",\"count\":\(count)" }
      return text + "}"
    }
    sink.write("\n],\n\"meta\":{\"notes\":[\(notes.joined(separator: ","))],\"row_count\":\(rowCount)}}\n")
  }
}

/// Writes one JSON object a line, without a frame, for programs that read as it comes.
package struct NDJSONRenderer: ResultRenderer {
  private var rows = JSONRows(schema: Schema([]))

  package init() {}

  package mutating func begin(_ schema: Schema, into sink: inout some TextSink) { rows = JSONRows(schema: schema) }

  package mutating func write(_ chunk: Chunk, into sink: inout some TextSink) {
    rows.expect(chunk.count)
    RowAssembler.forEachBlock(of: chunk) { block in
      sink.write(rows.encode(block, before: [], after: [0x0A]))
    }
  }

  package mutating func end(notes: [Diagnostic], into sink: inout some TextSink) {}
}

/// Rows as JSON objects, keyed by label.
private struct JSONRows {
  private let schema: Schema
  private var encoder: CellEncoder

  init(schema: Schema) {
    self.schema = schema
    encoder = CellEncoder(
      syntax: CellSyntax(quoting: .json, missing: Array("null".utf8)), columnCount: schema.count)
  }

  mutating func expect(_ count: Int) { encoder.rowsToCome = count }

  mutating func encode(_ block: Chunk, before: [UInt8], after: [UInt8]) -> [UInt8] {
    var prefixes = schema.fields.enumerated().map { index, field in
      Array("\(index == 0 ? "{" : ",")\(JSONText.quoted(field.label)):".utf8)
    }
    var suffix = [UInt8(ascii: "}")] + after
    if prefixes.isEmpty { suffix = before + [UInt8(ascii: "{")] + suffix } else { prefixes[0] = before + prefixes[0] }
    let cells = block.columns.indices.map { index in
      encoder.encode(block.columns[index], at: index, as: schema[index].type)
    }
    return RowAssembler.rows(cells, count: block.count, prefixes: prefixes, suffix: suffix)
  }
}
