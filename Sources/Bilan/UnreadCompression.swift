import BilanDiagnostics

/// Ways of compression that are not read, so that a file is said to be what it is.
enum UnreadCompression: CaseIterable {
  case lz4, lzma, compress, sevenZip, rar

  /// The way that these first bytes begin; nil for anything else.
  init?(startOf bytes: [UInt8]) {
    guard let way = Self.allCases.first(where: { bytes.starts(with: $0.signature) }) else { return nil }
    self = way
  }

  private var signature: [UInt8] {
    switch self {
    case .lz4: [0x04, 0x22, 0x4D, 0x18]
    // The usual properties, and the lower half of the size of a dictionary.
    case .lzma: [0x5D, 0x00, 0x00]
    case .compress: [0x1F, 0x9D]
    case .sevenZip: [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]
    case .rar: [0x52, 0x61, 0x72, 0x21, 0x1A, 0x07]
    }
  }

  private var name: String {
    switch self {
    case .lz4: "LZ4"
    case .lzma: "LZMA"
    case .compress: "compress (Z)"
    case .sevenZip: "7-Zip"
    case .rar: "RAR"
    }
  }

  private var isArchive: Bool { self == .sevenZip || self == .rar }

  /// - Throws: `unsupportedFormat`.
  func refuse(_ file: String) throws(QueryError) {
    throw QueryError(
      .error(
        .unsupportedFormat,
        isArchive
          ? Localized(
            "`\(file)` is an archive of \(name), which Bilan does not read",
            fr: "`\(file)` est une archive \(name), que Bilan ne lit pas")
          : Localized(
            "`\(file)` is compressed with \(name), which Bilan does not read",
            fr: "`\(file)` est compressé par \(name), que Bilan ne lit pas"),
        help: isArchive
          ? Localized("unpack it, or make a ZIP archive of it", fr: "décompressez-la, ou faites-en une archive ZIP")
          : Localized(
            "decompress it, or compress it with gzip, zstd or xz",
            fr: "décompressez-le, ou compressez-le par gzip, zstd ou xz")), kind: .data)
  }
}
