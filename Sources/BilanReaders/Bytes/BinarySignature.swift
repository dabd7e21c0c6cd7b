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
    let help = Localized(
      "open the program that wrote it and save its table as CSV or as a workbook",
      fr: "ouvrez le logiciel qui l’a écrit et enregistrez son tableau en CSV ou en classeur")
    if hasZeroByte, let zero = bytes.firstIndex(of: 0) {
      return QueryError(
        .error(
          .binaryFile,
          Localized(
            "`\(name)` is not text: it holds a zero byte at offset \(zero)",
            fr: "`\(name)` n’est pas du texte : il contient un octet nul à la position \(zero)"), help: help),
        kind: .data)
    }
    guard let place = control(bytes) else { return nil }
    return QueryError(
      .error(
        .binaryFile,
        Localized(
          "`\(name)` is not text: it holds bytes that no text has, the first at offset \(place)",
          fr:
            "`\(name)` n’est pas du texte : il contient des octets qu’aucun texte n’a, le premier à la position \(place)"
        ),
        help: help), kind: .data)
  }

  /// The first control character where there is one in fifty bytes or more; the separators of fields and lines that ASCII
  /// has are none.
  private static func control(_ bytes: [UInt8]) -> Int? {
    func isControl(_ byte: UInt8) -> Bool { byte < 0x09 || byte &- 0x0E < 12 || byte == 0x7F }
    let window = bytes.span.extracting(..<min(bytes.count, 1 << 14))
    // Nearly every text has none, which a loop without branches sees at once.
    var some: UInt8 = 0
    for place in window.indices {
      let byte = window[place]
      some |= (byte < 0x09 ? 1 : 0) | (byte &- 0x0E < 12 ? 1 : 0) | (byte == 0x7F ? 1 : 0)
    }
    guard some != 0, window.indices.count(where: { isControl(window[$0]) }) * 50 >= window.count else { return nil }
    return bytes.firstIndex(where: isControl)
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
    if isWebPage(bytes) {
      return (
        Localized("a web page (HTML)", fr: "une page web (HTML)"),
        Localized(
          "download the data themselves; a table saved as a page is opened by a spreadsheet and saved as CSV",
          fr: "téléchargez les données elles-mêmes ; un tableau enregistré en page s’ouvre dans un tableur, puis "
            + "s’enregistre en CSV")
      )
    }
    if starts(Array("%PDF-".utf8)) { return (Localized("a PDF document", fr: "un document PDF"), nil) }
    if starts(Array("PAR1".utf8)) { return (Localized("a Parquet file", fr: "un fichier Parquet"), nil) }
    if starts(Array("SQLite format 3\0".utf8)) {
      return (Localized("an SQLite database", fr: "une base SQLite"), nil)
    }
    // A log, its index and a journal.
    if starts([0x37, 0x7F, 0x06, 0x82]) || starts([0x37, 0x7F, 0x06, 0x83]) || starts([0x18, 0xE2, 0x2D, 0x00])
      || starts([0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7])
    {
      return (
        Localized("what SQLite keeps beside a database", fr: "ce que SQLite garde à côté d’une base"),
        Localized(
          "open the database, which is read together with it", fr: "ouvrez la base, qui est lue avec ce fichier")
      )
    }
    if starts([0x89, 0x50, 0x4E, 0x47]) || starts([0xFF, 0xD8, 0xFF]) {
      return (Localized("an image", fr: "une image"), nil)
    }
    return nil
  }

  /// Whether a text begins as pages do, blanks and a byte-order mark apart.
  private static func isWebPage(_ bytes: [UInt8]) -> Bool {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let text = bytes[start...].prefix(256).drop { $0 <= 0x20 }.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    return ["<!doctype html", "<html", "<head", "<body", "<table"].contains { text.starts(with: Array($0.utf8)) }
  }

  private static func contains(_ bytes: [UInt8], _ text: String) -> Bool {
    let pattern = Array(text.utf8)
    let window = bytes.prefix(4096)
    guard window.count >= pattern.count else { return false }
    return (0...window.count - pattern.count).contains { window[$0...].starts(with: pattern) }
  }
}
