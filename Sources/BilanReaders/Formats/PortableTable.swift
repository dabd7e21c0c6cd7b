import BilanColumnar

/// A table in the types that formats of other programs have, as writers need it: periods as texts, ratios as their
/// quotients, lists taken apart. What each field's type was stays in `fields`, but for lists whose elements are of two
/// kinds, which are texts.
package struct PortableTable: Sendable {
  package let fields: [Field]
  /// One a field, each with `rowCount` values; none are ratios.
  package let columns: [Column]
  /// One a field: of a list what its elements are; nil for anything else.
  package let lists: [ListParts?]
  package let rowCount: Int

  package init(_ schema: Schema, _ chunks: [Chunk]) {
    let chunks =
      chunks.isEmpty
      ? [Chunk(columns: schema.fields.map { .missing($0.type.columnKind, count: 0) }, count: 0)] : chunks
    let whole = Chunk.concatenate(chunks, schema: schema)
    let lists = zip(schema.fields, whole.columns).map { field, column in
      field.type.list.flatMap { ListParts(column, $0) }
    }
    self.lists = lists
    fields = zip(schema.fields, lists).map { field, list in
      var field = field
      if field.type.list != nil, list == nil { field.type = .text }
      return field
    }
    rowCount = whole.count
    columns = whole.columns.indices.map { place in
      let column = whole.columns[place]
      return switch schema[place].type {
      case .period: .text(TextColumn(periods: column))
      case .ratio: column.quotients
      case .list where lists[place] == nil: column.joinedLists
      default: column
      }
    }
  }

  /// Stretches of `size` rows each, the last one of what is left: what is written at once, so that a whole file need not be
  /// in memory beside its table.
  package static func stretches(_ chunks: [Chunk], of size: Int) -> [[Chunk]] {
    var stretches: [[Chunk]] = []
    var (stretch, count): ([Chunk], Int) = ([], 0)
    for chunk in chunks {
      var row = 0
      while row < chunk.count {
        let end = min(chunk.count, row + size - count)
        stretch.append(chunk.slice(row..<end))
        count += end - row
        row = end
        guard count == size else { continue }
        stretches.append(stretch)
        (stretch, count) = ([], 0)
      }
    }
    return stretch.isEmpty ? stretches : stretches + [stretch]
  }

  /// For each column of periods the month in which its fiscal years begin, where it has some.
  package static func fiscalMonths(_ schema: Schema, _ chunks: [Chunk]) -> [Int?] {
    schema.fields.indices.map { place in
      guard schema[place].type == .period else { return nil }
      for chunk in chunks { if let month = chunk.columns[place].fiscalYearStart { return month } }
      return nil
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
