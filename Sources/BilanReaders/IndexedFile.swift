import BilanColumnar
import BilanDiagnostics
import Synchronization

/// A file that is in memory whole, with the place of every field: columns are built when first read.
final class IndexedFile: FileContents {
  let schema: Schema
  let report: ImportReport
  let notePlaces: NotePlaces?

  private let assembly: ColumnAssembly
  private let plans: [ColumnPlan]
  private let chunkRows: Int
  private let workers: Workers
  /// The columns built so far, whole; a column is built once.
  private let columns: Mutex<[Int: Column]>

  init(
    schema: Schema, report: ImportReport, assembly: ColumnAssembly, plans: [ColumnPlan], chunkRows: Int,
    workers: Workers, built: [Int: Column], notePlaces: NotePlaces? = nil
  ) {
    self.notePlaces = notePlaces
    self.workers = workers
    self.schema = schema
    self.report = report
    self.assembly = assembly
    self.plans = plans
    self.chunkRows = max(1, chunkRows)
    columns = Mutex(built.mapValues { $0.prepared().withZones() })
  }

  /// The same, of which only some columns say everything that there is to say.
  func revealing(_ columns: [Int]) -> IndexedFile {
    var places = notePlaces
    places?.revealing = columns
    return IndexedFile(
      schema: schema, report: report, assembly: assembly, plans: plans, chunkRows: chunkRows, workers: workers,
      built: self.columns.withLock { $0 }, notePlaces: places)
  }

  var rowCount: Int? { assembly.records.count }

  func settle(_ wanted: [Int], isCancelled: @Sendable () -> Bool) -> (any FileContents)? { nil }

  func chunks(_ wanted: [Int], isCancelled: @Sendable () -> Bool) throws(QueryError) -> [Chunk] {
    try build(wanted, isCancelled)
    let whole = columns.withLock { columns in wanted.map { columns[$0]! } }
    return Chunk(columns: whole, count: assembly.records.count).cut(every: chunkRows)
  }

  /// Builds the columns that are not built yet, each worker one at a time.
  private func build(_ wanted: [Int], _ isCancelled: @Sendable () -> Bool) throws(QueryError) {
    let lacking = columns.withLock { columns in Set(wanted).subtracting(columns.keys) }.sorted()
    // The first thread costs a small file more than its cells.
    let workers = lacking.count * assembly.records.count < 1 << 14 ? .one : workers
    let built = try workers.run(lacking.count) { number throws(QueryError) in
      try assembly.build(plans[lacking[number]], isCancelled: isCancelled).column.prepared().withZones()
    }
    columns.withLock { columns in
      for (index, column) in zip(lacking, built) { columns[index] = column }
    }
  }
}
