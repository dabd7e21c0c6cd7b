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
  /// The columns built so far, whole; a column is built once.
  private let columns: Mutex<[Int: Column]>

  init(
    name: String, schema: Schema, report: ImportReport, assembly: ColumnAssembly, plans: [ColumnPlan],
    chunkRows: Int, built: [Int: Column]
  ) {
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
    var whole: [Column] = []
    for index in wanted { whole.append(try column(index, isCancelled)) }
    var chunks: [Chunk] = []
    var row = 0
    while row < rowCount {
      let bounds = row..<min(row + chunkRows, rowCount)
      chunks.append(Chunk(columns: whole.map { $0.slice(bounds) }, count: bounds.count))
      row = bounds.upperBound
    }
    return chunks
  }

  private func column(_ index: Int, _ isCancelled: () -> Bool) throws(QueryError) -> Column {
    if let ready = columns.withLock({ $0[index] }) { return ready }
    let column = try assembly.build(plans[index], isCancelled: isCancelled).column.prepared()
    columns.withLock { $0[index] = column }
    return column
  }
}
