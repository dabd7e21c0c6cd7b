import BilanColumnar
import BilanDiagnostics

/// Opens delimited text: finds out its encoding, dialect, header and types from all of its rows.
///
/// What `options` say rules over the descriptor, and both over what is inferred.
package struct DelimitedReader {
  /// To be raised by every change of what reading a file gives: types, values, report or notes. What was kept by another
  /// version is read again.
  package static let version = 11

  /// Opens a file.
  ///
  /// - Throws: `fileNotFound`, `unreadableFile`, `binaryFile`, `emptyFile`, `invalidEncoding`, `unterminatedQuote`,
  ///   `unsupportedFormat`.
  package static func open(
    path: String, name: String? = nil, options: ReadOptions = .init(), resource: DataPackage.Resource? = nil
  ) throws(QueryError) -> FileTable {
    let name = name ?? path
    if let table = try openByItsBeginning(path: path, name: name, options: options, resource: resource) {
      return table
    }
    return try open(bytes: try FileBytes.read(path: path), name: name, options: options, resource: resource)
  }

  /// Opens a large file that looks plain, by its first lines; nil for any other.
  private static func openByItsBeginning(
    path: String, name: String, options: ReadOptions, resource: DataPackage.Resource?
  ) throws(QueryError) -> FileTable? {
    guard let file = OpenedFile(path: path, name: name), file.size >= options.scan.leastFile else { return nil }
    guard let encoding = try? declaredEncoding(options, resource, name) ?? .utf8, encoding == .utf8 else { return nil }
    var bytes = try file.bytes(at: 0, count: min(file.size, options.scan.sample))
    if bytes.count < file.size {
      // Whole lines; what is cut inside quotes is seen below.
      guard let end = bytes.lastIndex(of: 0x0A) else { return nil }
      bytes.removeLast(bytes.count - end - 1)
    }
    // Whatever is wrong here is for the careful reading to say.
    guard var text = try? DecodedText(bytes, name: name, declared: nil),
      RuledTable.unwrapped(text.bytes, from: text.start) == nil,
      JoinedKeys.parted(text.bytes, from: text.start) == nil,
      FixedWidthTable(text.bytes, from: text.start) == nil, QuoteHabits.undone(text.bytes, from: text.start) == nil,
      formulas(in: &text, options, resource) == nil,
      let sample = try? FileImport(text, byteCount: file.size, name: name, options: options, resource: resource),
      let scanned = try sample.scanned(
        file, from: text,
        orWhole: { () throws(QueryError) in
          try contents(of: try FileBytes.read(path: path), name: name, options: options, resource: resource)
        })
    else { return nil }
    return FileTable(name: name, scanned)
  }

  /// Opens bytes that are already in memory, as standard input's are; errors as for a file.
  package static func open(
    bytes: consuming [UInt8], name: String, options: ReadOptions = .init(), resource: DataPackage.Resource? = nil
  ) throws(QueryError) -> FileTable {
    FileTable(name: name, try contents(of: bytes, name: name, options: options, resource: resource))
  }

  static func contents(
    of bytes: consuming [UInt8], name: String, options: ReadOptions, resource: DataPackage.Resource?
  ) throws(QueryError) -> IndexedFile {
    let byteCount = bytes.count
    let encoding = try declaredEncoding(options, resource, name)
    var text = try DecodedText(bytes, name: name, declared: encoding, isText: options.cells != nil)
    if options.cells == nil, options.delimiter == nil, resource?.dialect.delimiter == nil,
      let inner = QuotedLines.unwrapped(text.bytes, from: text.start)
    {
      text.bytes = inner
      text.hasQuotedLines = true
    }
    if options.cells == nil, resource?.dialect.quote == nil,
      let usual = QuoteHabits.undone(text.bytes, from: text.start)
    {
      (text.bytes, text.quoteHabit) = (usual.bytes, usual.habit)
    }
    if options.cells == nil, [nil, UInt8(ascii: "|")].contains(options.delimiter ?? resource?.dialect.delimiter),
      let ruled = RuledTable.unwrapped(text.bytes, from: text.start)
    {
      text.bytes = ruled.bytes
      text.ruled = (ruled.start, ruled.hasTitles)
    }
    if options.cells == nil, text.ruled == nil,
      [nil, FixedWidthTable.delimiter].contains(options.delimiter ?? resource?.dialect.delimiter),
      let table = FixedWidthTable(text.bytes, from: text.start)
    {
      text.bytes = table.bytes
      text.fixedWidthCount = table.columnCount
    }
    if options.cells == nil, options.headerLines == nil,
      [nil, UInt8(ascii: "\t")].contains(options.delimiter ?? resource?.dialect.delimiter),
      let parted = JoinedKeys.parted(text.bytes, from: text.start)
    {
      text.bytes = parted
      text.hadJoinedKeys = true
    }
    if options.cells == nil { text.formulas = formulas(in: &text, options, resource) }
    guard text.bytes.count < Int(UInt32.max) - 16 else {
      throw QueryError(
        .error(
          .unsupportedFormat,
          Localized("`\(name)` is larger than 4 GiB", fr: "`\(name)` dépasse 4 Gio")), kind: .data)
    }
    return try FileImport(text, byteCount: byteCount, name: name, options: options, resource: resource).contents()
  }

  /// Writes texts in the place of formulas of them; nil where there are none.
  private static func formulas(
    in text: inout DecodedText, _ options: ReadOptions, _ resource: DataPackage.Resource?
  ) -> TextFormulas.Found? {
    let quote = resource?.dialect.quote ?? UInt8(ascii: "\"")
    guard quote == UInt8(ascii: "\"") else { return nil }
    let start = text.start
    return TextFormulas.unwrap(&text.bytes, from: start) { bytes in
      options.delimiter ?? resource?.dialect.delimiter ?? DialectGuess.declaration(bytes, from: start)?.delimiter
        ?? DialectGuess(bytes, from: start, quote: quote, declared: nil).dialect.delimiter
    }
  }

  private static func declaredEncoding(
    _ options: ReadOptions, _ resource: DataPackage.Resource?, _ name: String
  ) throws(QueryError) -> TextEncoding? {
    if let encoding = options.encoding { return encoding }
    guard let declared = resource?.encoding else { return nil }
    guard let encoding = TextEncoding(name: declared) else {
      throw QueryError(
        .error(
          .invalidEncoding,
          Localized(
            "`\(name)` is declared as `\(declared)`, an encoding that cannot be read",
            fr: "`\(name)` est déclaré en `\(declared)`, un encodage qui ne peut être lu"),
          help: TextEncoding.help), kind: .data)
    }
    return encoding
  }
}
