import BilanArrow
import BilanColumnar
import BilanDiagnostics
import BilanReaders
import Synchronization

/// Large files of delimited text as they were read before: an entry a file, in a folder of the user's.
///
/// An entry is taken instead of its file where it says that it is of this very file, read in this very way by this very
/// reader; what else is in the folder is passed by, and its owner told. The cache only reads: what is to be written is
/// made here (`ColumnCache.entry`) and written by the shell.
package final class ColumnCache: Sendable {
  /// Smaller files are read as fast as entries are found.
  package static let usualLeastSize = 8 << 20

  /// Where the entries are.
  package let folder: String
  /// The bytes from which a file is kept.
  package let leastSize: Int
  /// Which reader makes the entries.
  private let reader: String
  private let state = Mutex(State())

  private struct State: Sendable {
    var readings: [Reading] = []
    var rejected: [Rejected] = []
    /// The entries that were taken.
    var taken: [String] = []
  }

  /// A large file that was opened as text, since there is no entry of it.
  package struct Reading: Sendable {
    /// As it was named.
    package var path: String
    var options: ReadOptions
    var resource: DataPackage.Resource?
    var table: FileTable

    /// Whether a query needed its rows.
    package var wasRead: Bool { table.wasRead }
  }

  /// A file that is no entry any more: of another state of its file, of another reader, or damaged.
  package struct Rejected: Sendable {
    package var path: String
    var identity: MappedFile.Identity

    /// Whether it is still that file that is there.
    package var isThere: Bool { MappedFile.Identity(path: path) == identity }
  }

  /// - Parameter version: of the program, which is part of what makes a reader another.
  package init(folder: String, version: String, leastSize: Int = ColumnCache.usualLeastSize) {
    self.folder = folder
    self.leastSize = leastSize
    reader = "bilan \(version), reader \(DelimitedReader.version)"
  }

  // MARK: Opening

  /// The table of a file of delimited text; nil for one that is too small to be kept.
  ///
  /// - Throws: what reading the file throws, where there is no entry of it.
  func open(
    _ path: String, name: String, options: ReadOptions, resource: DataPackage.Resource?
  ) throws(QueryError) -> FileTable? {
    guard let size = FileFormats.size(of: path), size >= leastSize else { return nil }
    if let table = kept(path, name: name, options: options, resource: resource) { return table }
    return try read(path, name: name, options: options, resource: resource)
  }

  private func read(
    _ path: String, name: String, options: ReadOptions, resource: DataPackage.Resource?
  ) throws(QueryError) -> FileTable {
    let table = try DelimitedReader.open(path: path, name: name, options: options, resource: resource)
    state.withLock {
      $0.readings.append(Reading(path: path, options: options, resource: resource, table: table))
    }
    return table
  }

  private func kept(
    _ path: String, name: String, options: ReadOptions, resource: DataPackage.Resource?
  ) -> FileTable? {
    guard let absolute = FileState.absolute(path) else { return nil }
    let way = CacheKey.way(options, resource)
    let place = self.place(of: absolute, way)
    guard let identity = MappedFile.Identity(path: place) else { return nil }
    let reject = { @Sendable [self] in
      state.withLock { $0.rejected.append(Rejected(path: place, identity: identity)) }
    }
    guard let entry = EntryFile(path: place), let file = FileState(path: path),
      entry.key == KeptKey(file: file, options: way, reader: reader),
      let table = entry.table(
        name: name, workers: options.workers,
        orRead: { [self] () throws(QueryError) in
          reject()
          return try read(path, name: name, options: options, resource: resource)
        })
    else {
      reject()
      return nil
    }
    state.withLock { $0.taken.append(place) }
    return table
  }

  /// Where the entry of a file is that is read in some way: one takes the place of the other when the file changes.
  private func place(of absolute: String, _ way: String) -> String { "\(folder)/\(CacheKey.name(absolute, way))" }

  // MARK: What is to be done

  /// The large files that were read as text since this was asked last.
  package func takeReadings() -> [Reading] {
    state.withLock { state in
      let read = state.readings.filter(\.wasRead)
      state.readings.removeAll(where: \.wasRead)
      return read
    }
  }

  /// What was opened since this was asked last, whether or not a row was read: as text, and from entries, by the paths
  /// of those.
  package func takeOpened() -> (readings: [Reading], entries: [String]) {
    state.withLock { state in
      defer { (state.readings, state.taken) = ([], []) }
      return (state.readings, state.taken)
    }
  }

  /// What may be removed.
  package func takeRejected() -> [Rejected] {
    state.withLock { state in
      defer { state.rejected = [] }
      return state.rejected
    }
  }

  // MARK: Entries

  /// An entry to be written.
  package struct Entry: Sendable {
    /// Where it is to be.
    package var path: String
    fileprivate let writer: EntryWriter

    /// Hands on its bytes, a piece at a time, and gives their number.
    @discardableResult
    package func write<E: Error>(_ sink: ([UInt8]) throws(E) -> Void) throws(E) -> Int { try writer.write(sink) }
  }

  /// Reads every column of a file, apart from whatever else has read it, and makes an entry of it.
  ///
  /// - Returns: nil for a table of which something cannot be written down, and where the file changes meanwhile.
  /// - Throws: what reading throws; `.cancelled`.
  package func entry(
    of reading: Reading, isCancelled: @escaping @Sendable () -> Bool
  ) throws(QueryError) -> Entry? {
    guard let before = FileState(path: reading.path) else { return nil }
    let way = CacheKey.way(reading.options, reading.resource)
    var options = reading.options
    options.isCancelled = isCancelled
    do throws(QueryError) {
      let table = try DelimitedReader.open(
        path: reading.path, name: KeptTable.standIn, options: options, resource: reading.resource)
      try table.settle(isCancelled: isCancelled)
      let schema = table.schema
      let chunks: [Chunk]
      do {
        chunks = try table.read(columns: Array(0..<schema.count), isCancelled: isCancelled)
      } catch {
        throw error as? QueryError ?? .cancelled
      }
      guard let places = table.notePlaces, FileState(path: reading.path) == before else { return nil }
      let kept = KeptTable(
        schema: schema, report: table.report, notePlaces: places, chunkRows: chunks.map(\.count), columns: [])
      let key = KeptKey(file: before, options: way, reader: reader)
      guard let writer = EntryWriter(kept, chunks, key: key, workers: Workers(options.workers)) else { return nil }
      return Entry(path: place(of: before.path, way), writer: writer)
    } catch {
      throw error.naming(reading.path)
    }
  }

  /// What the file at a path of the folder says that it is.
  package struct Listed: Sendable {
    /// The file that the entry is of; nil where it is no sound entry.
    package var file: String?
    package var fileSize: Int?
    /// Bytes of the entry itself.
    package var size: Int
    /// When it was written, in nanoseconds since 1970.
    package var keptAt: Int
    /// Whether it is of the file as that is now, by this reader.
    package var isCurrent: Bool
  }

  /// - Returns: nil where there is no file.
  package func list(_ path: String) -> Listed? {
    guard let identity = MappedFile.Identity(path: path) else { return nil }
    var listed = Listed(size: identity.size, keptAt: identity.modified, isCurrent: false)
    guard let key = EntryFile(path: path)?.key else { return listed }
    listed.file = key.file.path
    listed.fileSize = key.file.size
    listed.isCurrent = key.reader == reader && FileState(path: key.file.path) == key.file
    return listed
  }

  /// A file as entries call it: from the root, through no link where it is there.
  package static func file(_ path: String) -> String { FileState.absolute(path) ?? path }

  /// Whether a file's name is one that entries have.
  package static func isEntry(_ name: String) -> Bool { CacheKey.isName(name) }
}
