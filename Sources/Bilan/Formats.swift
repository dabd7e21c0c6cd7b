import BilanArrow
import BilanColumnar
import BilanDatabases
import BilanDiagnostics
import BilanParquet
import BilanReaders

#if Exchange
  import BilanExchange
#endif
#if Spreadsheets
  import BilanSpreadsheets
#endif

/// The formats of files that this build reads beside delimited text; what needs a library comes with its trait of the
/// package.
enum Formats {
  static let all: [any FileFormat.Type] = {
    var formats: [any FileFormat.Type] = [ArrowFormat.self, ParquetFormat.self, SQLiteFormat.self, JSONFormat.self]
    #if Exchange
      formats.append(IATIFormat.self)
    #endif
    #if Spreadsheets
      formats.append(XLSXFormat.self)
    #endif
    return formats
  }()

  /// Opens a table of a file that is in memory, of whatever format it is.
  ///
  /// - Parameters:
  ///   - path: where it is stored.
  ///   - inner: the path that its format is recognized by, where that is another.
  /// - Throws: what the format throws; `unknownTable` for a table of delimited text.
  static func open(
    bytes: consuming [UInt8], path: String, inner: String? = nil, table: String?, name: String, options: ReadOptions,
    resource: DataPackage.Resource?
  ) throws(QueryError) -> any TableSource {
    let head = Array(bytes[..<min(FileFormats.headSize, bytes.count)])
    if let format = all.first(where: { $0.recognizes(head, path: inner ?? path) }) {
      // JSON Lines are known by the name of the file itself, in an archive that of the member.
      let path = format == JSONFormat.self ? inner ?? path : path
      return try format.open(bytes: bytes, path: path, table: table, name: name, options: options, resource: resource)
    }
    if let table { throw FileFormats.unknownTable(table, in: path, among: []) }
    return try DelimitedReader.open(bytes: bytes, name: name, options: options, resource: resource)
  }
}
