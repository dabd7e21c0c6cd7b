import BilanColumnar
import BilanDiagnostics
import Synchronization

/// A file that holds columns with types: each is read, whole, when a query first needs it.
final class ColumnFile: FileContents {
  let schema: Schema
  let rowCount: Int?
  private let chunkRows: Int
  private let load: FileTable.Loader
  private let state: Mutex<State>

  private struct State: Sendable {
    var report: ImportReport
    var columns: [Int: Column] = [:]
  }

  init(report: ImportReport, schema: Schema, rowCount: Int, chunkRows: Int, load: @escaping FileTable.Loader) {
    self.schema = schema
    self.rowCount = rowCount
    self.chunkRows = max(1, chunkRows)
    self.load = load
    state = Mutex(State(report: report))
  }

  var report: ImportReport { state.withLock { $0.report } }

  func settle(_ wanted: [Int], isCancelled: @Sendable () -> Bool) throws(QueryError) -> (any FileContents)? {
    // Held while columns are read: whoever asks meanwhile finds them.
    try state.withLock { state throws(QueryError) in
      let lacking = Set(wanted).subtracting(state.columns.keys).sorted()
      guard !lacking.isEmpty else { return }
      let loaded = try load(lacking, isCancelled)
      for (place, column) in zip(lacking, loaded.columns) { state.columns[place] = column.prepared() }
      state.report.notes += loaded.notes
    }
    return nil
  }

  func chunks(_ wanted: [Int], isCancelled: @Sendable () -> Bool) throws(QueryError) -> [Chunk] {
    let whole = state.withLock { state in wanted.map { state.columns[$0]! } }
    return Chunk(columns: whole, count: rowCount!).cut(every: chunkRows)
  }
}

extension FileTable {
  /// Columns of a file, in the order asked for, each with as many values as the file has rows, and what could not be kept of them.
  package typealias Loaded = (columns: [Column], notes: [Diagnostic])
  package typealias Loader =
    @Sendable (_ places: [Int], _ isCancelled: @Sendable () -> Bool) throws(QueryError) -> Loaded

  /// A file that holds columns with types.
  ///
  /// - Parameter load: reads columns by their places in the schema; asked for each at most once.
  package convenience init(
    report: ImportReport, schema: Schema, rowCount: Int, options: ReadOptions, load: @escaping Loader
  ) {
    var report = report
    report.rowCount = rowCount
    var fields = schema.fields
    FieldAliases.add(to: &fields)
    self.init(
      name: report.name,
      ColumnFile(
        report: report, schema: Schema(fields), rowCount: rowCount, chunkRows: options.chunkRows, load: load))
  }
}
