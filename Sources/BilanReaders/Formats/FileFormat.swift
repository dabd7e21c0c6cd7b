import BilanColumnar
import BilanDiagnostics

/// A kind of file whose tables can be opened.
///
/// What a format finds in a file are either columns, which it makes into a `TableSource` of its own, or cells as text or
/// nearly so, which it hands to `CellText`: types, missing codes and headers are then decided as for delimited text.
package protocol FileFormat: Sendable {
  typealias FolderReader = (_ path: String) throws(QueryError) -> [UInt8]

  /// As `--format` and messages call it: `xlsx`.
  static var name: String { get }
  /// How its files' names end, in lower case without the point: those that a folder of data is searched for.
  static var extensions: [String] { get }
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
  /// - Parameters:
  ///   - files: the names of all that is in the folder, sorted.
  ///   - read: the bytes of a file, without the compression that they may be stored in.
  static func open(
    folder: String, files: [String], read: FolderReader, table: String?, name: String, options: ReadOptions,
    resource: DataPackage.Resource?
  ) throws(QueryError) -> (any TableSource)?
  /// Opens a table of a file that is in memory, as one that was compressed is; `path` is where it was stored.
  ///
  /// - Throws: as `open(path:)`; `unsupportedFormat` where the format is read from disk only.
  static func open(
    bytes: [UInt8], path: String, table: String?, name: String, options: ReadOptions, resource: DataPackage.Resource?
  ) throws(QueryError) -> any TableSource
}

extension FileFormat {
  package static var extensions: [String] { [] }

  package static func open(
    folder: String, files: [String], read: FolderReader, table: String?, name: String, options: ReadOptions,
    resource: DataPackage.Resource?
  ) throws(QueryError) -> (any TableSource)? { nil }

  package static func open(
    bytes: [UInt8], path: String, table: String?, name: String, options: ReadOptions, resource: DataPackage.Resource?
  ) throws(QueryError) -> any TableSource {
    throw QueryError(
      .error(
        .unsupportedFormat,
        Localized(
          "`\(path)` holds a file of the format \(Self.name), which is not read from inside another",
          fr: "`\(path)` contient un fichier au format \(Self.name), qui ne se lit pas à l’intérieur d’un autre"),
        help: Localized("decompress it, then open what it holds", fr: "décompressez-le, puis ouvrez ce qu’il contient")),
      kind: .data)
  }
}

/// The formats that this build of Bilan reads, delimited text apart, which is what everything else is taken for.
package enum FileFormats {
  /// Bytes from which a format may be recognized.
  package static let headSize = 4096

  /// The format of a file that begins with `head`; nil for delimited text.
  package static func format(
    of path: String, _ head: [UInt8], among formats: [any FileFormat.Type]
  ) -> (any FileFormat.Type)? {
    formats.first { $0.recognizes(head, path: path) }
  }

  /// The first bytes of a file, `headSize` of them or all; nil for what is no file or cannot be read.
  package static func head(of path: String) -> [UInt8]? {
    OpenedFile(path: path, name: path).flatMap { try? $0.bytes(at: 0, count: headSize) }
  }

  /// The note on a column whose type no column of Bilan has.
  package static func leftOut(_ label: String, of name: String, type: String) -> Diagnostic {
    .note(
      .columnLeftOut,
      Localized(
        "column `\(label)` of `\(name)` is of the type \(type) and is left out",
        fr: "la colonne `\(label)` de `\(name)` est du type \(type) et n’est pas lue"))
  }

  /// The error for a table none of whose columns is of a type that Bilan has.
  ///
  /// - Parameter table: its name, where the file has several.
  package static func nothingReadable(_ name: String, table: String? = nil) -> QueryError {
    let (english, french) =
      table.map { ("the table `\($0)` of `\(name)`", "la table `\($0)` de `\(name)`") } ?? ("`\(name)`", "`\(name)`")
    return QueryError(
      .error(
        .emptyFile,
        Localized("\(english) has no column that can be read", fr: "\(french) n’a aucune colonne lisible")),
      kind: .data)
  }

  /// Bytes of a file; nil for what is no file or cannot be read.
  package static func size(of path: String) -> Int? { OpenedFile(path: path, name: path)?.size }

  /// The error for a file that breaks its format.
  ///
  /// - Parameter reason: what is wrong and where, without a full stop.
  package static func malformed(
    _ name: String, _ format: String, _ reason: Localized, help: Localized? = nil
  ) -> QueryError {
    QueryError(
      .error(
        .malformedFile,
        Localized(
          "`\(name)` is not a sound \(format) file: \(reason.english)",
          fr: "`\(name)` n’est pas un fichier \(format) valide : \(reason.french)"), help: help), kind: .data)
  }

  /// The error for what a format allows and Bilan does not read.
  package static func unsupported(_ name: String, _ format: String, _ what: Localized) -> QueryError {
    QueryError(
      .error(
        .unsupportedFormat,
        Localized(
          "`\(name)` (\(format)) uses \(what.english), which Bilan does not read",
          fr: "`\(name)` (\(format)) emploie \(what.french), que Bilan ne lit pas")), kind: .data)
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
        help: names.isEmpty
          ? Localized(
            "the file is one table: write its name without `#\(table)`",
            fr: "le fichier est une seule table : écrivez son nom sans `#\(table)`")
          : Localized("it has \(list)", fr: "il contient \(list)")), kind: .data)
  }
}
