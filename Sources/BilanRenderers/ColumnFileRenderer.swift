import BilanColumnar
import BilanDiagnostics

/// Writes a file of columns, which says of each what it is before its values: the rows are kept until all are there, and
/// then handed on a part at a time.
///
/// Numbers are exact, dates and truth values are such; a missing value is a null. What the file's format has no type for
/// is in its metadata, so that Bilan reads the same back: a period is a text, a duration a whole number, that a number
/// is a percentage and what its unit is. A ratio is its quotient. Notes have no place.
struct ColumnFileRenderer: ResultRenderer {
  /// Hands the bytes of the file for a whole table to a receiver.
  typealias Encoder = @Sendable (Schema, [Chunk], _ receive: ([UInt8]) -> Void) -> Void

  private let encode: Encoder
  private var schema = Schema([])
  private var chunks: [Chunk] = []

  init(_ encode: @escaping Encoder) { self.encode = encode }

  mutating func begin(_ schema: Schema, into sink: inout some TextSink) {
    self.schema = schema
    chunks = []
  }

  mutating func write(_ chunk: Chunk, into sink: inout some TextSink) { chunks.append(chunk) }

  mutating func end(notes: [Diagnostic], into sink: inout some TextSink) {
    encode(schema, chunks) { sink.write($0) }
    chunks = []
  }
}
