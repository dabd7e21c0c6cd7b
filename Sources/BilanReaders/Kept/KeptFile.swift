import BilanColumnar
import BilanDiagnostics
import Synchronization

/// A file that was read before and kept: each column is taken from the entry when a query first needs it.
///
/// Where the entry turns out to be damaged, the file itself is read.
final class KeptFile: FileContents {
  typealias Loader =
    @Sendable (_ places: [Int], _ isCancelled: @Sendable () -> Bool) throws(QueryError) -> [[Column]]?

  private let table: KeptTable
  private let load: Loader
  private let orRead: @Sendable () throws(QueryError) -> FileTable
  private let state = Mutex(State())

  private struct State: Sendable {
    /// By chunk.
    var columns: [Int: [Column]] = [:]
  }

  init(
    _ table: KeptTable, load: @escaping Loader, orRead: @escaping @Sendable () throws(QueryError) -> FileTable
  ) {
    self.table = table
    self.load = load
    self.orRead = orRead
  }

  var schema: Schema { table.schema }
  var rowCount: Int? { table.rowCount }
  var notePlaces: NotePlaces? { table.notePlaces }

  var report: ImportReport {
    let read = state.withLock { Set($0.columns.keys) }
    var report = table.report
    report.notes = table.notePlaces.said(of: table.report.notes, read: read)
    return report
  }

  func settle(
    _ wanted: [Int], isCancelled: @Sendable () -> Bool
  ) throws(QueryError) -> (any FileContents)? {
    // Held while columns are loaded: whoever asks meanwhile finds them.
    let isSound = try state.withLock { state throws(QueryError) in
      let lacking = Set(wanted).subtracting(state.columns.keys).sorted()
      if lacking.isEmpty { return true }
      guard let loaded = try load(lacking, isCancelled) else { return false }
      for (place, chunks) in zip(lacking, loaded) { state.columns[place] = chunks.withDomain().map { $0.withZones() } }
      return true
    }
    if isSound { return nil }
    let file = try orRead()
    try file.settle(wanted, isCancelled: isCancelled)
    return file.current
  }

  func chunks(_ wanted: [Int], isCancelled: @Sendable () -> Bool) throws(QueryError) -> [Chunk] {
    state.withLock { state in
      let columns = wanted.map { state.columns[$0]! }
      return table.chunkRows.enumerated().map { number, count in
        Chunk(columns: columns.map { $0[number] }, count: count)
      }
    }
  }
}
