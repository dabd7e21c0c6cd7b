/// Why an archive, or a member of it, is not read.
package enum ZipFailure: Sendable {
  case noArchive
  case brokenDirectory
  case missing(String)
  case encrypted(String)
  case damaged(String)
  /// It inflates to more than this many bytes.
  case tooLarge(limit: Int)
}
