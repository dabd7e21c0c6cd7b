import BilanColumnar
import BilanDiagnostics
import Synchronization

/// A table of a file that has been opened.
///
/// Of large delimited text only the beginning is looked at first; a query's columns are read when it needs them, over
/// every row. What they then turn out to be may differ from what the beginning promised: `read` says so with an error of
/// the kind `stale`, after which the schema is the right one and the query is to be resolved again.
package final class FileTable: TableSource {
  package let name: String
  private let contents: Mutex<any FileContents>
  /// What whoever opened the file has to say about it beside what its reader says.
  private let amendments = Mutex<[@Sendable (inout ImportReport) -> Void]>([])

  init(name: String, _ contents: any FileContents) {
    self.name = name
    self.contents = Mutex(contents)
  }

  /// What it is read from at this moment.
  var current: any FileContents { contents.withLock { $0 } }

  /// Whether all of the file is in memory as it was read.
  var isWhole: Bool { current is IndexedFile }

  package var schema: Schema { current.schema }
  package var report: ImportReport {
    var report = current.report
    for amend in amendments.withLock({ $0 }) { amend(&report) }
    return report
  }

  /// The notes about one column, as far as all rows were looked at.
  package func notes(onColumn place: Int) -> [Diagnostic] {
    let contents = current
    guard let places = contents.notePlaces, place < places.counts.count else { return [] }
    let start = places.start + places.counts[..<place].reduce(0, +)
    let notes = contents.report.notes
    return start + places.counts[place] <= notes.count ? Array(notes[start..<start + places.counts[place]]) : []
  }

  package var byteCount: Int? { report.byteCount }

  /// Says more about how the file was understood: that it was compressed, and how.
  package func amend(_ change: @escaping @Sendable (inout ImportReport) -> Void) {
    amendments.withLock { $0.append(change) }
  }

  /// Nil as long as not all of the file was looked at.
  package var rowCount: Int? { current.rowCount }

  /// Reads the columns at these places, so that schema and report hold what all their rows say.
  ///
  /// - Throws: `QueryError.cancelled`; where the file cannot be read.
  /// - Returns: false where the schema is now another.
  @discardableResult
  package func settle(_ columns: [Int], isCancelled: @Sendable () -> Bool = { false }) throws(QueryError) -> Bool {
    let contents = current
    let before = contents.schema
    if let replacement = try contents.settle(columns, isCancelled: isCancelled) {
      self.contents.withLock { $0 = replacement }
    }
    return schema == before
  }

  /// The same for every column.
  package func settle(isCancelled: @Sendable () -> Bool = { false }) throws(QueryError) {
    while !(try settle(Array(0..<schema.count), isCancelled: isCancelled)) {}
  }

  /// The rows of the columns asked for, in chunks; a column that is not asked for is not built.
  ///
  /// - Throws: `QueryError.cancelled`, `stale`; where the file cannot be read.
  package func read(columns wanted: [Int], isCancelled: @Sendable () -> Bool) throws -> [Chunk] {
    guard try settle(wanted, isCancelled: isCancelled) else { throw QueryError.stale(name) }
    return try current.chunks(wanted, isCancelled: isCancelled)
  }

  package func stream(
    columns wanted: [Int], isCancelled: @escaping @Sendable () -> Bool
  ) throws -> (any RowStream)? {
    try current.stream(wanted, isCancelled: isCancelled)
  }

  package func hasBounds(ofColumn column: Int) -> Bool {
    current.hasParts || schema[column].type.columnKind.hasZones
  }

  package func read(
    columns wanted: [Int], where conditions: [ColumnCondition], isCancelled: @Sendable () -> Bool
  ) throws -> (chunks: [Chunk], parts: PartCount) {
    if let part = try current.part(wanted, where: conditions, isCancelled: isCancelled) { return part }
    return (try read(columns: wanted, isCancelled: isCancelled), PartCount())
  }
}

/// Where the rows of an opened file come from.
protocol FileContents: AnyObject, Sendable {
  var schema: Schema { get }
  var report: ImportReport { get }
  var rowCount: Int? { get }
  /// Makes sure that what is said of these columns holds for every row; gives the contents to go on with, where that are
  /// others.
  func settle(_ wanted: [Int], isCancelled: @Sendable () -> Bool) throws(QueryError) -> (any FileContents)?
  /// The rows of columns that have been settled.
  func chunks(_ wanted: [Int], isCancelled: @Sendable () -> Bool) throws(QueryError) -> [Chunk]
  /// The rows of columns, whether or not they have been settled, read as they are needed and not kept; nil where that
  /// cannot be had. Once its readers are done and it holds, the report is that of these columns.
  func stream(
    _ wanted: [Int], isCancelled: @escaping @Sendable () -> Bool
  ) throws(QueryError) -> (any RowStream)?
  /// Whether it is in parts of which bounds are known.
  var hasParts: Bool { get }
  /// The rows of those parts in which some may meet all conditions, whose columns are places in `wanted`; nil where
  /// nothing is known of parts. What is said of the file is the same as if all were read.
  func part(
    _ wanted: [Int], where conditions: [ColumnCondition], isCancelled: @Sendable () -> Bool
  ) throws(QueryError) -> (chunks: [Chunk], parts: PartCount)?
  /// Which of the report's notes are about single columns, once all are settled; nil where that is not known.
  var notePlaces: NotePlaces? { get }
}

extension FileContents {
  var hasParts: Bool { false }

  func stream(
    _ wanted: [Int], isCancelled: @escaping @Sendable () -> Bool
  ) throws(QueryError) -> (any RowStream)? { nil }

  var notePlaces: NotePlaces? { nil }

  func part(
    _ wanted: [Int], where conditions: [ColumnCondition], isCancelled: @Sendable () -> Bool
  ) throws(QueryError) -> (chunks: [Chunk], parts: PartCount)? { nil }
}
