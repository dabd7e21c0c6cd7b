import BilanColumnar
import BilanDiagnostics

/// A kind of file whose tables can be opened.
///
/// What a format finds in a file are either columns, which it makes into a `TableSource` of its own, or cells as text or
/// nearly so, which it hands to `CellText`: types, missing codes and headers are then decided as for delimited text.
package protocol FileFormat: Sendable {
  /// As `--format` and messages call it: `xlsx`.
  static var name: String { get }
  /// Whether a file is of this format, by its first bytes (up to `FileFormats.headSize`), where those tell, else by its path.
  static func recognizes(_ head: [UInt8], path: String) -> Bool
  /// The names of the tables in a file, the one that is meant where none is named first.
  ///
  /// - Throws: `unreadableFile` and the other errors of data, with the place in the file where there is one.
  static func tables(in path: String) throws(QueryError) -> [String]
  /// Opens a table: `from "book.xlsx#Sheet 2"`.
  ///
  /// - Parameters:
  ///   - table: nil for the one that is meant where none is named.
  ///   - name: how messages call the table.
  /// - Throws: the errors of data; `unknownTable` where the file has no such table.
  static func open(
    path: String, table: String?, name: String, options: ReadOptions, resource: DataPackage.Resource?
  ) throws(QueryError) -> any TableSource
  /// Opens a table of a folder's files together; nil where the format does not do that, or finds no file of its own.
  ///
  /// - Parameter files: the names of all that is in the folder, sorted.
  static func open(
    folder: String, files: [String], table: String?, name: String, options: ReadOptions,
    resource: DataPackage.Resource?
  ) throws(QueryError) -> (any TableSource)?
}

extension FileFormat {
  package static func open(
    folder: String, files: [String], table: String?, name: String, options: ReadOptions,
    resource: DataPackage.Resource?
  ) throws(QueryError) -> (any TableSource)? { nil }
}

/// The formats that this build of Bilan reads, delimited text apart, which is what everything else is taken for.
package enum FileFormats {
  /// Bytes from which a format may be recognized.
  package static let headSize = 4096

  /// The format of a file; nil for delimited text and for what cannot be opened.
  package static func format(
    of path: String, among formats: [any FileFormat.Type]
  ) -> (any FileFormat.Type)? {
    guard !formats.isEmpty,
      let head = OpenedFile(path: path, name: path).flatMap({ try? $0.bytes(at: 0, count: headSize) })
    else { return nil }
    return formats.first { $0.recognizes(head, path: path) }
  }

  /// The error for a table that a file does not have.
  ///
  /// - Parameter path: the file, with or without the table behind it.
  package static func unknownTable(_ table: String, in path: String, among names: [String]) -> QueryError {
    let path = path.hasSuffix("#\(table)") ? String(path.dropLast(table.count + 1)) : path
    let list = names.prefix(10).map { "`\($0)`" }.joined(separator: ", ")
    return QueryError(
      .error(
        .unknownTable,
        Localized("`\(path)` has no table `\(table)`", fr: "`\(path)` n’a pas de table `\(table)`"),
        help: Localized("it has \(list)", fr: "il contient \(list)")), kind: .data)
  }
}
