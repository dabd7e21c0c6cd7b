import BilanDiagnostics

/// Recognises files that are not text, so that the message can say what they are.
enum BinarySignature {
  /// The error for a file that starts like a known binary format, or holds zero bytes; nil for text.
  static func refusal(of bytes: [UInt8], name: String, hasZeroByte: Bool = true) -> QueryError? {
    if let (kind, help) = format(of: bytes, name: name) {
      return QueryError(
        .error(
          .binaryFile,
          Localized(
            "`\(name)` is not delimited text: it looks like \(kind.english)",
            fr: "`\(name)` n’est pas un texte délimité : il ressemble à \(kind.french)"), help: help), kind: .data)
    }
    guard hasZeroByte, let zero = bytes.firstIndex(of: 0) else { return nil }
    return QueryError(
      .error(
        .binaryFile,
        Localized(
          "`\(name)` is not text: it holds a zero byte at offset \(zero)",
          fr: "`\(name)` n’est pas du texte : il contient un octet nul à la position \(zero)")), kind: .data)
  }

  private static func format(of bytes: [UInt8], name: String) -> (Localized, Localized?)? {
    let saveAsCSV = Localized(
      "save the sheet as CSV, then open that", fr: "enregistrez la feuille en CSV, puis ouvrez ce fichier")
    func starts(_ signature: [UInt8]) -> Bool { bytes.starts(with: signature) }
    if starts([0x50, 0x4B, 0x03, 0x04]) || starts([0x50, 0x4B, 0x05, 0x06]) {
      if contains(bytes, "xl/") || name.hasSuffix(".xlsx") || name.hasSuffix(".xlsm") {
        return (Localized("an Excel workbook (xlsx)", fr: "un classeur Excel (xlsx)"), saveAsCSV)
      }
      if contains(bytes, "opendocument.spreadsheet") || name.hasSuffix(".ods") {
        return (Localized("an OpenDocument spreadsheet (ods)", fr: "un classeur OpenDocument (ods)"), saveAsCSV)
      }
      return (
        Localized("a ZIP archive", fr: "une archive ZIP"),
        Localized("extract the file it holds first", fr: "extrayez d’abord le fichier qu’elle contient")
      )
    }
    if starts([0xD0, 0xCF, 0x11, 0xE0]) {
      return (Localized("an old Excel workbook (xls)", fr: "un ancien classeur Excel (xls)"), saveAsCSV)
    }
    if starts([0x1F, 0x8B]) {
      return (
        Localized("a gzip file", fr: "un fichier gzip"),
        Localized("decompress it first (`gunzip`)", fr: "décompressez-le d’abord (`gunzip`)")
      )
    }
    if starts(Array("<?xml".utf8)) {
      return (
        Localized("XML", fr: "du XML"),
        Localized(
          "IATI is read by a build with the trait `Exchange`, as `make` builds it",
          fr: "l’IATI est lu par une version construite avec le trait `Exchange`, comme le fait `make`")
      )
    }
    if starts(Array("%PDF-".utf8)) { return (Localized("a PDF document", fr: "un document PDF"), nil) }
    if starts(Array("PAR1".utf8)) { return (Localized("a Parquet file", fr: "un fichier Parquet"), nil) }
    if starts(Array("SQLite format 3\0".utf8)) {
      return (Localized("an SQLite database", fr: "une base SQLite"), nil)
    }
    if starts([0x89, 0x50, 0x4E, 0x47]) || starts([0xFF, 0xD8, 0xFF]) {
      return (Localized("an image", fr: "une image"), nil)
    }
    return nil
  }

  private static func contains(_ bytes: [UInt8], _ text: String) -> Bool {
    let pattern = Array(text.utf8)
    let window = bytes.prefix(4096)
    guard window.count >= pattern.count else { return false }
    return (0...window.count - pattern.count).contains { window[$0...].starts(with: pattern) }
  }
}
