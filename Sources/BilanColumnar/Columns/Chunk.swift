/// Columns of equal length: what operators pass to each other. A column that nobody reads behind an operator may be left
/// out of what the operator gives: it keeps its place, and has no rows.
package struct Chunk: Sendable {
  package var columns: [Column]
  /// The number of rows, which a chunk without columns has too.
  package var count: Int

  package init(columns: [Column], count: Int) {
    self.columns = columns
    self.count = count
  }

  package func slice(_ bounds: Range<Int>) -> Chunk {
    if bounds == 0..<count { return self }
    return Chunk(columns: columns.map { $0.count == 0 ? $0 : $0.slice(bounds) }, count: bounds.count)
  }

  /// The same rows in chunks of `size`; none where there is no row.
  ///
  /// - Precondition: `size` is at least 1.
  package func cut(every size: Int) -> [Chunk] {
    stride(from: 0, to: count, by: size).map { slice($0..<min($0 + size, count)) }
  }

  /// About how many bytes its columns take, texts apart.
  package var byteCount: Int { columns.reduce(0) { $0 + $1.byteCount } }
}

/// A whole table in memory: a schema and chunks that follow it, in row order.
package struct Table: Sendable {
  package var schema: Schema
  package var chunks: [Chunk]

  package init(schema: Schema, chunks: [Chunk]) {
    self.schema = schema
    self.chunks = chunks
  }

  package var rowCount: Int { chunks.reduce(0) { $0 + $1.count } }
}

/// Where a scan gets its rows: a loaded table, a file that is read when first asked.
package protocol TableSource: Sendable {
  var name: String { get }
  var schema: Schema { get }
  /// The rows of the columns asked for, in the order asked; an empty list gives chunks that only count rows.
  ///
  /// - Throws: what the reader throws when the data cannot be read.
  func read(columns: [Int], isCancelled: @Sendable () -> Bool) throws -> [Chunk]
  /// The same without the parts in which no row can meet all the conditions, each on a column of those asked for; rows
  /// that do not meet them may be among the others. The parts that were left out cost nothing.
  func read(
    columns: [Int], where conditions: [ColumnCondition], isCancelled: @Sendable () -> Bool
  ) throws -> (chunks: [Chunk], parts: PartCount)
  /// The rows of the columns asked for, read as they are needed and not kept; nil where that cannot be had.
  func stream(columns: [Int], isCancelled: @escaping @Sendable () -> Bool) throws -> (any RowStream)?
  /// Whether something may be known of the bounds of a column's values before they are looked at.
  func hasBounds(ofColumn column: Int) -> Bool
  /// The size of the file behind it; nil where there is none.
  var byteCount: Int? { get }
}

extension TableSource {
  package var byteCount: Int? { nil }

  package func stream(
    columns: [Int], isCancelled: @escaping @Sendable () -> Bool
  ) throws -> (any RowStream)? { nil }

  /// In memory: see `ColumnZones`.
  package func hasBounds(ofColumn column: Int) -> Bool { schema[column].type.columnKind.hasZones }

  package func read(
    columns: [Int], where conditions: [ColumnCondition], isCancelled: @Sendable () -> Bool
  ) throws -> (chunks: [Chunk], parts: PartCount) {
    (try read(columns: columns, isCancelled: isCancelled), PartCount())
  }
}

/// How many parts of a table a query could have looked at, and how many of them their bounds ruled out.
package struct PartCount: Sendable, Hashable {
  package var all: Int
  package var skipped: Int

  package init(all: Int = 0, skipped: Int = 0) {
    self.all = all
    self.skipped = skipped
  }

  package static func += (count: inout PartCount, other: PartCount) {
    count.all += other.all
    count.skipped += other.skipped
  }
}

/// A table that is already in memory.
package struct MemoryTable: TableSource {
  package let name: String
  package let table: Table

  /// - Parameter zoneRows: rows of which the bounds of numbers are kept together; smaller in tests.
  package init(name: String, table: Table, zoneRows: Int = ColumnZones.usualRows) {
    self.name = name
    self.table = Table(
      schema: table.schema,
      chunks: table.chunks.map { chunk in
        Chunk(columns: chunk.columns.map { $0.withZones(zoneRows: zoneRows) }, count: chunk.count)
      })
  }

  package var schema: Schema { table.schema }

  package func read(columns: [Int], isCancelled: @Sendable () -> Bool) throws -> [Chunk] {
    table.chunks.map { chunk in Chunk(columns: columns.map { chunk.columns[$0] }, count: chunk.count) }
  }
}
