/// Why an archive, or a member of it, is not read.
package enum ZipFailure: Sendable {
  case noArchive
  case brokenDirectory
  case missing(String)
  case encrypted(String)
  /// Compressed by a method of this number, which is neither none nor deflate.
  case unreadMethod(String, Int)
  case damaged(String)
  /// It inflates to more than this many bytes.
  case tooLarge(limit: Int)

  /// What archivers call a method of compression; nil for one that is hardly used.
  package static func methodName(_ number: Int) -> String? {
    switch number {
    case 9: "Deflate64"
    case 12: "bzip2"
    case 14: "LZMA"
    case 93: "zstd"
    case 95: "xz"
    case 98: "PPMd"
    default: nil
    }
  }
}
