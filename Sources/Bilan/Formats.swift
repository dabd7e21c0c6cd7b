import BilanReaders

#if Spreadsheets
  import BilanSpreadsheets
#endif

/// The formats of files that this build reads beside delimited text; each comes with its trait of the package.
enum Formats {
  static let all: [any FileFormat.Type] = {
    var formats: [any FileFormat.Type] = []
    #if Spreadsheets
      formats.append(XLSXFormat.self)
    #endif
    return formats
  }()
}
