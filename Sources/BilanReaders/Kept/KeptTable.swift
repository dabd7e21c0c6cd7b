import BilanColumnar
import BilanDiagnostics

/// What an entry of the column cache says of a table beside its values: schema, report, and where the values are.
///
/// It gives back what a fresh reading gives, to the letter; what cannot be written down so is not kept.
package struct KeptTable: Sendable {
  /// Stands for the table's name, which is another in every query that reads the file.
  package static let standIn = "\u{10FFFF}table\u{10FFFF}"

  package var schema: Schema
  package var report: ImportReport
  package var notePlaces: NotePlaces
  /// Rows of each chunk, none without.
  package var chunkRows: [Int]
  /// One a field of the schema.
  package var columns: [KeptColumn]

  package init(
    schema: Schema, report: ImportReport, notePlaces: NotePlaces, chunkRows: [Int], columns: [KeptColumn]
  ) {
    self.schema = schema
    self.report = report
    self.notePlaces = notePlaces
    self.chunkRows = chunkRows
    self.columns = columns
  }

  package var rowCount: Int { chunkRows.reduce(0, +) }

  /// The rows of each chunk by their places.
  package var chunkRanges: [Range<Int>] {
    var start = 0
    return chunkRows.map { count in
      defer { start += count }
      return start..<start + count
    }
  }
}

/// How a column's values lie in an entry.
package struct KeptColumn: Sendable, Equatable {
  package enum Storage: String, Sendable {
    case int8, int16, int32, int64, real, boolean
    /// Codes of a dictionary, in so many bits.
    case code8, code16, code32

    /// Bytes of a value; nil where values are bits.
    package var width: Int? {
      switch self {
      case .int8, .code8: 1
      case .int16, .code16: 2
      case .int32, .code32: 4
      case .int64, .real: 8
      case .boolean: nil
      }
    }

    package var isCode: Bool { self == .code8 || self == .code16 || self == .code32 }
  }

  /// Bytes of a body and their checksum.
  package struct Stretch: Sendable, Equatable {
    package var offset: Int
    package var size: Int
    package var sum: UInt64

    package init(offset: Int, size: Int, sum: UInt64) {
      self.offset = offset
      self.size = size
      self.sum = sum
    }
  }

  /// The texts that codes are of.
  package struct Dictionary: Sendable, Equatable {
    package var count: Int
    package var isSorted: Bool
    package var offsets: Stretch
    package var bytes: Stretch

    package init(count: Int, isSorted: Bool, offsets: Stretch, bytes: Stretch) {
      self.count = count
      self.isSorted = isSorted
      self.offsets = offsets
      self.bytes = bytes
    }
  }

  package var storage: Storage
  /// Its checksum is that of the checksums of the chunks, so that each can be worked out by itself.
  package var values: Stretch
  /// Bits; nil where every row has a value.
  package var validity: Stretch?
  package var bounds: IntegerBounds?
  package var decimals: Decimals?
  package var dictionary: Dictionary?

  package init(
    storage: Storage, values: Stretch, validity: Stretch?, bounds: IntegerBounds? = nil, decimals: Decimals? = nil,
    dictionary: Dictionary? = nil
  ) {
    self.storage = storage
    self.values = values
    self.validity = validity
    self.bounds = bounds
    self.decimals = decimals
    self.dictionary = dictionary
  }
}

/// Of which file an entry is, how that was read, and by which reader.
package struct KeptKey: Sendable, Equatable {
  package var file: FileState
  /// A checksum of whatever else decides how the file is read: options of the query, settings, a descriptor.
  package var options: String
  /// The reader and its version.
  package var reader: String

  package init(file: FileState, options: String, reader: String) {
    self.file = file
    self.options = options
    self.reader = reader
  }
}

extension FileTable {
  /// Which of the report's notes are about single columns; nil as long as not every column was read.
  package var notePlaces: NotePlaces? {
    // Whoever opened the file may have put notes before its reader's.
    let contents = current
    let more = report.notes.count - contents.report.notes.count
    return contents.notePlaces.map { NotePlaces(start: $0.start + more, counts: $0.counts, revealing: $0.revealing) }
  }

  /// Whether a row was read; false of a large file that nothing but its beginning was looked at.
  package var wasRead: Bool { rowCount != nil }

  /// A table that was kept.
  ///
  /// - Parameters:
  ///   - load: the chunks of columns, by their places; nil where what is kept is damaged.
  ///   - orRead: opens the file itself.
  package convenience init(
    name: String, kept: KeptTable,
    load: @escaping @Sendable (_ places: [Int], _ isCancelled: @Sendable () -> Bool) throws(QueryError) -> [[Column]]?,
    orRead: @escaping @Sendable () throws(QueryError) -> FileTable
  ) {
    self.init(name: name, KeptFile(kept, load: load, orRead: orRead))
  }
}
