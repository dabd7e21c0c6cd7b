import BilanColumnar
import BilanDiagnostics

/// A small table of texts and numbers, so that lists are shown in the format of results.
package struct Listing {
  private var fields: [Field]
  private var builders: [ColumnBuilder]
  private var count = 0

  package init(_ columns: [(label: String, type: DataType)]) {
    fields = columns.map { Field($0.label, $0.type) }
    builders = columns.map { ColumnBuilder($0.type) }
  }

  /// Adds a row; nil is a missing value.
  package mutating func append(_ values: [Value]) {
    for (index, value) in values.enumerated() { builders[index].append(value) }
    count += 1
  }

  package var table: Table {
    Table(schema: Schema(fields), chunks: [Chunk(columns: builders.map { $0.finish() }, count: count)])
  }
}

extension Value {
  /// A text, or missing.
  package static func optional(_ text: String?) -> Value { text.map(Value.text) ?? .missing }
}
