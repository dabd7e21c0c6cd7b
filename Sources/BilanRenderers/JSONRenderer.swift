import BilanColumnar
import BilanDiagnostics

package struct JSONOptions: Sendable {
  /// The language of the notes' messages.
  package var language: Language

  /// What is known of what the result is about.
  package var facts: [Fact]

  package init(language: Language = .english, facts: [Fact] = []) {
    self.language = language
    self.facts = facts
  }
}

/// Writes one JSON document, a row a line:
///
///     {"columns":[{"name":"region","type":"text"}],
///     "rows":[
///     {"region":"Oriental"}
///     ],
///     "meta":{"notes":[],"row_count":1}}
///
/// Where facts are known of what the result is about, they come first in `meta`, as `facts`.
///
/// Missing is `null`; dates, periods and durations are strings; a ratio is an object with its parts and coverage.
package struct JSONRenderer: ResultRenderer {
  private let options: JSONOptions
  private let workers: Workers
  private var rows: RowWriter
  private var rowCount = 0

  package init(_ options: JSONOptions = JSONOptions(), workers: Workers = .one) {
    self.options = options
    self.workers = workers
    rows = .json(Schema([]), workers: workers)
  }

  package mutating func begin(_ schema: Schema, into sink: inout some TextSink) {
    // Every row begins with its separator; the first of all has no comma before it.
    rows = .json(schema, before: [0x2C, 0x0A], workers: workers)
    rowCount = 0
    let columns = schema.fields.map { field in
      var text = "{\"name\":\(JSONText.quoted(field.label)),\"type\":\(JSONText.quoted(field.type.name))"
      if let unit = field.unit { text += ",\"unit\":\(JSONText.quoted(unit))" }
      return text + "}"
    }
    sink.write("{\"columns\":[\(columns.joined(separator: ","))],\n\"rows\":[")
  }

  package mutating func write(_ chunk: Chunk, into sink: inout some TextSink) {
    rows.write(chunk, skipping: rowCount == 0 ? 1 : 0, into: &sink)
    rowCount += chunk.count
  }

  package mutating func end(notes: [Diagnostic], into sink: inout some TextSink) {
    let notes = notes.map { note in
      let code = JSONText.quoted(note.code.rawValue)
      var text = "{\"code\":\(code),\"message\":\(JSONText.quoted(note.message[options.language]))"
      if let count = note.count { text += ",\"count\":\(count)" }
      return text + "}"
    }
    let facts =
      options.facts.isEmpty ? "" : "\"facts\":[\(options.facts.map(Self.json).joined(separator: ","))],"
    sink.write("\n],\n\"meta\":{\(facts)\"notes\":[\(notes.joined(separator: ","))],\"row_count\":\(rowCount)}}\n")
  }

  /// In English: `{"subject":"separator","value":"semicolon","evidence":"…"}`.
  private static func json(_ fact: Fact) -> String {
    var members = [("subject", fact.subject), ("value", fact.value)]
    if !fact.evidence.english.isEmpty { members.append(("evidence", fact.evidence)) }
    return "{" + members.map { "\"\($0)\":\(JSONText.quoted($1.english))" }.joined(separator: ",") + "}"
  }
}

/// Writes one JSON object a line, without a frame, for programs that read as it comes.
package struct NDJSONRenderer: ResultRenderer {
  private let workers: Workers
  private var rows: RowWriter

  package init(workers: Workers = .one) {
    self.workers = workers
    rows = .json(Schema([]), workers: workers)
  }

  package mutating func begin(_ schema: Schema, into sink: inout some TextSink) {
    rows = .json(schema, after: [0x0A], workers: workers)
  }

  package mutating func write(_ chunk: Chunk, into sink: inout some TextSink) { rows.write(chunk, into: &sink) }

  package mutating func end(notes: [Diagnostic], into sink: inout some TextSink) {}
}

extension RowWriter {
  /// Rows as JSON objects, keyed by label.
  fileprivate static func json(
    _ schema: Schema, before: [UInt8] = [], after: [UInt8] = [], workers: Workers
  ) -> RowWriter {
    var prefixes = schema.fields.enumerated().map { index, field in
      Array("\(index == 0 ? "{" : ",")\(JSONText.quoted(field.label)):".utf8)
    }
    var suffix = [UInt8(ascii: "}")] + after
    if prefixes.isEmpty { suffix = before + [UInt8(ascii: "{")] + suffix } else { prefixes[0] = before + prefixes[0] }
    let syntax = CellSyntax(quoting: .json, missing: Array("null".utf8))
    return RowWriter(RowFormatter(schema, syntax: syntax, prefixes: prefixes, suffix: suffix), workers: workers)
  }
}
