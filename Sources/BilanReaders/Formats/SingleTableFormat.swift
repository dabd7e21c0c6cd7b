import BilanColumnar
import BilanDiagnostics

/// A format whose files hold one table, which has no name, and are read by place: from the disk, or from memory.
package protocol SingleTableFormat: FileFormat {
  /// - Throws: the errors of data.
  static func open(
    _ source: ByteSource, name: String, options: ReadOptions, resource: DataPackage.Resource?
  ) throws(QueryError) -> FileTable
}

extension SingleTableFormat {
  /// Opens what no descriptor describes.
  package static func open(
    _ source: ByteSource, name: String, options: ReadOptions
  ) throws(QueryError) -> FileTable {
    try open(source, name: name, options: options, resource: nil)
  }

  package static func tables(in path: String) throws(QueryError) -> [String] { [] }

  package static func open(
    path: String, table: String?, name: String, options: ReadOptions, resource: DataPackage.Resource?
  ) throws(QueryError) -> any TableSource {
    if let table { throw FileFormats.unknownTable(table, in: path, among: []) }
    return try open(try ByteSource(path: path, name: name), name: name, options: options, resource: resource)
  }

  package static func open(
    bytes: [UInt8], path: String, table: String?, name: String, options: ReadOptions, resource: DataPackage.Resource?
  ) throws(QueryError) -> any TableSource {
    if let table { throw FileFormats.unknownTable(table, in: path, among: []) }
    return try open(.memory(ByteView(bytes)), name: name, options: options, resource: resource)
  }
}
