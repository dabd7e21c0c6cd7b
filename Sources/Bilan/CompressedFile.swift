import BilanColumnar
import BilanCompression
import BilanDiagnostics
import BilanReaders

/// A file that is compressed as a whole: it is inflated in memory, and what it holds opened by its own format.
struct CompressedFile {
  private let path: String
  private let name: String
  private let format: CompressionFormat
  private let bytes: [UInt8]
  private let storedCount: Int
  private let memberCount: Int
  private let trailingCount: Int

  /// A file on disk.
  ///
  /// - Parameters:
  ///   - name: how messages call the file.
  ///   - head: what it begins with.
  /// - Returns: nil for what is not compressed.
  /// - Throws: `malformedFile` where it is cut or damaged; `unsupportedFormat` where it would inflate out of proportion,
  ///   this build cannot inflate it, or it is compressed in a way that is not read.
  init?(path: String, name: String, head: [UInt8]) throws(QueryError) {
    try UnreadCompression(startOf: head)?.refuse(name)
    guard CompressionFormat(startOf: head) != nil else { return nil }
    try self.init(stored: try FileBytes.read(path: path), path: path, name: name)
  }

  /// Bytes that are in memory, as standard input's are; the same errors.
  init?(stored: [UInt8], path: String, name: String) throws(QueryError) {
    try UnreadCompression(startOf: stored)?.refuse(name)
    guard let format = CompressionFormat(startOf: stored) else { return nil }
    let limit = Self.limit(storedCount: stored.count, available: Machine.availableMemory)
    let inflated: Inflated
    do throws(InflationFailure) {
      inflated = try Inflation.inflate(stored, format, limit: limit)
    } catch {
      throw Self.error(error, format, name: name, storedCount: stored.count)
    }
    self.path = path
    self.name = name
    self.format = format
    bytes = inflated.bytes
    storedCount = stored.count
    memberCount = inflated.memberCount
    trailingCount = inflated.trailingCount
  }

  /// The bytes of a file, inflated where they are compressed.
  static func contents(of path: String) throws(QueryError) -> [UInt8] {
    let stored = try FileBytes.read(path: path)
    return try CompressedFile(stored: stored, path: path, name: path)?.bytes ?? stored
  }

  /// The most bytes that a file of `storedCount` may inflate to: what no honest table exceeds, and what leaves room to
  /// read it.
  static func limit(storedCount: Int, available: Int?) -> Int {
    max(1 << 20, min(Inflation.limit(storedCount: storedCount), (available ?? .max) / 3))
  }

  private static func error(
    _ failure: InflationFailure, _ format: CompressionFormat, name: String, storedCount: Int
  ) -> QueryError {
    switch failure {
    case .notBuilt:
      QueryError(
        .error(
          .unsupportedFormat,
          Localized(
            "`\(name)` is compressed with \(format.rawValue), and this build of Bilan has no decompression",
            fr: "`\(name)` est compressé par \(format.rawValue), et cette version de Bilan est faite sans décompression"
          ),
          help: Localized(
            "decompress it first, or build with the trait `Compression`",
            fr: "décompressez-le d’abord, ou compilez avec le trait `Compression`")), kind: .data)
    case .truncated:
      FileFormats.malformed(
        name, format.rawValue,
        Localized(
          "it is cut short, after \(storedCount) bytes", fr: "il est tronqué, après \(storedCount) octets"),
        help: fetchAgain(format))
    case .damaged(let offset, let reason):
      FileFormats.malformed(
        name, format.rawValue,
        Localized("\(reason), near offset \(offset)", fr: "\(reason), vers la position \(offset)"),
        help: fetchAgain(format))
    case .tooLarge(let limit):
      QueryError(
        .error(
          .unsupportedFormat,
          Localized(
            "`\(name)` inflates to more than \(limit >> 20) MiB from \(storedCount) bytes: it is not read",
            fr: "`\(name)` donne plus de \(limit >> 20) Mio à partir de \(storedCount) octets : il n’est pas lu"),
          help: Localized(
            "if it is what it should be, decompress it to disk and open that",
            fr: "si c’est bien ce qu’il doit être, décompressez-le sur le disque et ouvrez le résultat")), kind: .data)
    }
  }

  /// What to do about a file that was damaged on its way.
  private static func fetchAgain(_ format: CompressionFormat) -> Localized {
    let program = format == .zstd ? "zstd" : format.rawValue
    return Localized(
      "fetch it again; `\(program) -dc` writes out what comes before the damage",
      fr: "récupérez-le de nouveau ; `\(program) -dc` en donne ce qui précède le dommage")
  }

  /// Opens what is inside.
  consuming func open(
    table: String?, options: ReadOptions, resource: DataPackage.Resource?
  ) throws(QueryError) -> any TableSource {
    try refuseArchives(Array(bytes.prefix(FileFormats.headSize)))
    let opened = try Formats.open(
      bytes: bytes, path: path, inner: CompressionFormat.inner(path), table: table, name: name, options: options,
      resource: resource)
    if let file = opened as? FileTable { file.amend(amendment) }
    return opened
  }

  private func refuseArchives(_ head: [UInt8]) throws(QueryError) {
    let what: Localized
    if CompressionFormat(startOf: head) != nil || UnreadCompression(startOf: head) != nil {
      what = Localized("another compressed file", fr: "un autre fichier compressé")
    } else if head.count > 262, head[257..<262].elementsEqual("ustar".utf8) {
      what = Localized("a tar archive", fr: "une archive tar")
    } else {
      return
    }
    throw QueryError(
      .error(
        .unsupportedFormat,
        Localized("`\(name)` holds \(what.english)", fr: "`\(name)` contient \(what.french)"),
        help: Localized("unpack it, then open a file of it", fr: "décompressez-le, puis ouvrez l’un de ses fichiers")),
      kind: .data)
  }

  private var amendment: @Sendable (inout ImportReport) -> Void {
    let (format, storedCount, inflatedCount, memberCount, trailingCount, name) =
      (format, storedCount, bytes.count, memberCount, trailingCount, name)
    return { report in
      report.byteCount = storedCount
      report.decisions.append(
        Fact(
          Localized("compression", fr: "compression"), Localized(verbatim: format.rawValue),
          Localized(
            "\(storedCount) bytes hold \(inflatedCount)" + (memberCount > 1 ? " in \(memberCount) members" : ""),
            fr: "\(storedCount) octets en contiennent \(inflatedCount)"
              + (memberCount > 1 ? " en \(memberCount) membres" : ""))))
      guard trailingCount > 0 else { return }
      report.notes.insert(
        .note(
          .trailingBytes,
          Localized(
            "\(trailingCount) bytes after the end of the \(format.rawValue) data of `\(name)` are not read",
            fr: "\(trailingCount) octets après la fin des données \(format.rawValue) de `\(name)` ne sont pas lus"),
          count: trailingCount), at: 0)
    }
  }
}
