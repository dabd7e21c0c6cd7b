import BilanArrow
import BilanDatabases
import BilanParquet
import BilanReaders

/// The formats of files that this build reads beside delimited text; each comes with its trait of the package.
enum Formats {
  static let all: [any FileFormat.Type] = [ArrowFormat.self, ParquetFormat.self, SQLiteFormat.self]
}
