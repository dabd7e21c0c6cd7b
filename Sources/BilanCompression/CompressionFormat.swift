/// How a file, or a part of one, is compressed.
package enum CompressionFormat: String, Sendable, CaseIterable {
  case gzip, zstd, bzip2, xz

  /// The format that these first bytes begin; nil for anything else.
  package init?(startOf bytes: [UInt8]) { self.init(startOf: bytes[...]) }

  package init?(startOf bytes: ArraySlice<UInt8>) {
    guard let format = Self.allCases.first(where: { bytes.starts(with: $0.signature) }) else {
      guard Self.isSkipped(bytes) else { return nil }
      self = .zstd
      return
    }
    // After `BZh` stands a digit, the size of its blocks.
    if format == .bzip2, !(bytes.dropFirst(3).first.map { (0x31...0x39).contains($0) } ?? false) { return nil }
    self = format
  }

  private var signature: [UInt8] {
    switch self {
    case .gzip: [0x1F, 0x8B, 0x08]
    case .zstd: [0x28, 0xB5, 0x2F, 0xFD]
    case .bzip2: [0x42, 0x5A, 0x68]
    case .xz: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]
    }
  }

  /// Whether bytes after the end of a member begin another one.
  func continues(_ bytes: ArraySlice<UInt8>) -> Bool { CompressionFormat(startOf: bytes) == self }

  /// Whether a frame of zstd begins that readers skip, with the number 0x184D2A50 to 0x184D2A5F.
  static func isSkipped(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.first.map { $0 & 0xF0 == 0x50 } == true && bytes.dropFirst().starts(with: [0x2A, 0x4D, 0x18])
  }

  /// What files are called: `results.csv.gz`, also `.tgz`.
  package var fileExtensions: [String] {
    switch self {
    case .gzip: [".gz", ".gzip"]
    case .zstd: [".zst", ".zstd"]
    case .bzip2: [".bz2"]
    case .xz: [".xz"]
    }
  }

  /// A path without the extension of a compressed file: `results.csv` of `results.csv.gz`.
  package static func inner(_ path: String) -> String {
    let lower = path.lowercased()
    for ending in allCases.flatMap(\.fileExtensions) where lower.hasSuffix(ending) {
      return String(path.dropLast(ending.count))
    }
    return path
  }
}
