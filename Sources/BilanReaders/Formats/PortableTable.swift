import BilanColumnar

/// A table in the types that formats of other programs have, as writers need it: whole, periods and lists as texts, ratios
/// as their quotients. What each field's type was stays in `fields`, lists apart.
package struct PortableTable: Sendable {
  package let fields: [Field]
  /// One a field, each with `rowCount` values; none are ratios.
  package let columns: [Column]
  package let rowCount: Int
  /// One a field: the month in which the fiscal years begin, where it has periods that are some; else nil.
  package let fiscalMonths: [Int?]

  package init(_ schema: Schema, _ chunks: [Chunk]) {
    let table = Table(schema: schema, chunks: chunks).withJoinedLists
    let schema = table.schema
    let chunks =
      table.chunks.isEmpty
      ? [Chunk(columns: schema.fields.map { .missing($0.type.columnKind, count: 0) }, count: 0)] : table.chunks
    let whole = Chunk.concatenate(chunks, schema: schema)
    fields = schema.fields
    rowCount = whole.count
    fiscalMonths = zip(schema.fields, whole.columns).map { $0.type == .period ? $1.fiscalYearStart : nil }
    columns = zip(schema.fields, whole.columns).map { field, column in
      switch field.type {
      case .period: .text(TextColumn(periods: column))
      case .ratio: column.quotients
      default: column
      }
    }
  }
}

extension Column {
  /// The month in which the fiscal years of a column of periods begin; nil where it has none.
  fileprivate var fiscalYearStart: Int? {
    guard case .integer(let integers) = self else { return nil }
    for row in 0..<integers.count where integers.validity?[row] ?? true {
      let period = Period(encoded: Int(integers[row]))
      if period.kind == .fiscalYear { return period.start.month }
    }
    return nil
  }

  /// The quotients of a column of ratios, missing where they have none.
  fileprivate var quotients: Column {
    guard case .ratio(let ratios) = self else { preconditionFailure("a column of ratios is expected") }
    return .real(PrimitiveColumn(Buffer(count: count) { ratios[$0].value ?? 0 }, validity: validity))
  }
}
