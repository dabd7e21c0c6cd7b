import BilanColumnar
import BilanDiagnostics
import BilanReaders

/// SQLite databases: `from "programme.db#results"`; each table and each view is a table.
package enum SQLiteFormat: FileFormat {
  package static let name = "sqlite"
  package static let extensions = ["sqlite", "sqlite3", "db"]

  package static func recognizes(_ head: [UInt8], path: String) -> Bool {
    head.starts(with: "SQLite format 3\0".utf8)
  }

  package static func tables(in path: String) throws(QueryError) -> [String] {
    #if Databases
      try SQLiteReader(path: path, name: path) { false }.tables()
    #else
      throw notBuilt(path)
    #endif
  }

  package static func open(
    path: String, table: String?, name: String, options: ReadOptions, resource: DataPackage.Resource?
  ) throws(QueryError) -> any TableSource {
    #if Databases
      try SQLiteReader(path: path, name: name, isCancelled: options.isCancelled)
        .open(table, options: options, resource: resource)
    #else
      throw notBuilt(name)
    #endif
  }

  package static func open(
    bytes: [UInt8], path: String, table: String?, name: String, options: ReadOptions, resource: DataPackage.Resource?
  ) throws(QueryError) -> any TableSource {
    #if Databases
      try SQLiteReader(bytes: bytes, path: path, name: name, isCancelled: options.isCancelled)
        .open(table, options: options, resource: resource)
    #else
      throw notBuilt(name)
    #endif
  }

  private static func notBuilt(_ name: String) -> QueryError {
    QueryError(
      .error(
        .unsupportedFormat,
        Localized(
          "`\(name)` is an SQLite database, and this build of Bilan reads none",
          fr: "`\(name)` est une base SQLite, et cette version de Bilan n’en lit pas"),
        help: Localized(
          "build with the trait `Databases`, or export the table as CSV",
          fr: "compilez avec le trait `Databases`, ou exportez la table en CSV")), kind: .data)
  }
}
