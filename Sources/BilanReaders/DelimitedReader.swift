import BilanColumnar
import BilanDiagnostics

/// Opens delimited text: finds out its encoding, dialect, header and types from all of its rows.
///
/// What `options` say rules over the descriptor, and both over what is inferred.
package struct DelimitedReader {
  /// Opens a file.
  ///
  /// - Throws: `fileNotFound`, `unreadableFile`, `binaryFile`, `emptyFile`, `invalidEncoding`, `unterminatedQuote`,
  ///   `unsupportedFormat`.
  package static func open(
    path: String, name: String? = nil, options: ReadOptions = .init(), resource: DataPackage.Resource? = nil
  ) throws(QueryError) -> FileTable {
    try open(bytes: try FileBytes.read(path: path), name: name ?? path, options: options, resource: resource)
  }

  /// Opens bytes that are already in memory, as standard input's are; errors as for a file.
  package static func open(
    bytes: consuming [UInt8], name: String, options: ReadOptions = .init(), resource: DataPackage.Resource? = nil
  ) throws(QueryError) -> FileTable {
    let byteCount = bytes.count
    let encoding = try declaredEncoding(options, resource, name)
    let text = try DecodedText(bytes, name: name, declared: encoding)
    guard text.bytes.count < Int(UInt32.max) - 16 else {
      throw QueryError(
        .error(
          .unsupportedFormat,
          Localized("`\(name)` is larger than 4 GiB", fr: "`\(name)` dépasse 4 Gio")), kind: .data)
    }
    return try FileImport(text, byteCount: byteCount, name: name, options: options, resource: resource).table()
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
          help: Localized(
            "encodings: `utf-8`, `utf-16`, `windows-1252`, `iso-8859-1`",
            fr: "encodages : `utf-8`, `utf-16`, `windows-1252`, `iso-8859-1`")), kind: .data)
    }
    return encoding
  }
}
