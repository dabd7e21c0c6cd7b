import BilanArrow
import BilanDatabases
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
}
