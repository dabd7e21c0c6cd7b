import BilanColumnar
import BilanDiagnostics
import Synchronization

/// A delimited file that has been opened: its schema and report are known, its columns are built when first read.
package final class FileTable: TableSource {
  package let name: String
  package let schema: Schema
  package let report: ImportReport
  package let rowCount: Int

  private let assembly: ColumnAssembly
  private let plans: [ColumnPlan]
  private let chunkRows: Int
  private let workers: Workers
  /// The columns built so far, whole; a column is built once.
  private let columns: Mutex<[Int: Column]>

  init(
    name: String, schema: Schema, report: ImportReport, assembly: ColumnAssembly, plans: [ColumnPlan],
    chunkRows: Int, workers: Workers, built: [Int: Column]
  ) {
    self.workers = workers
    self.name = name
    self.schema = schema
    self.report = report
    self.assembly = assembly
    self.plans = plans
    self.chunkRows = max(1, chunkRows)
    rowCount = assembly.records.count
    columns = Mutex(built.mapValues { $0.prepared() })
  }

  /// The rows of the columns asked for, in chunks; a column that is not asked for is not built.
  ///
  /// - Throws: `QueryError.cancelled`.
  package func read(columns wanted: [Int], isCancelled: @Sendable () -> Bool) throws -> [Chunk] {
    try build(wanted, isCancelled)
    let whole = columns.withLock { columns in wanted.map { columns[$0]! } }
    var chunks: [Chunk] = []
    var row = 0
    while row < rowCount {
      let bounds = row..<min(row + chunkRows, rowCount)
      chunks.append(Chunk(columns: whole.map { $0.slice(bounds) }, count: bounds.count))
      row = bounds.upperBound
    }
    return chunks
  }

  /// Builds the columns that are not built yet, each worker one at a time.
  private func build(_ wanted: [Int], _ isCancelled: @Sendable () -> Bool) throws(QueryError) {
    let lacking = columns.withLock { columns in Set(wanted).subtracting(columns.keys) }.sorted()
    let built = try workers.run(lacking.count) { number throws(QueryError) in
      try assembly.build(plans[lacking[number]], isCancelled: isCancelled).column.prepared()
    }
    columns.withLock { columns in
      for (index, column) in zip(lacking, built) { columns[index] = column }
    }
  }
}
