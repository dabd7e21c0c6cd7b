#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// By what a file is told from one that it was before: its path, which file it is there, its size, times and the bytes at its
/// ends.
package struct FileState: Sendable, Equatable {
  /// Bytes that are looked at, at each end.
  static let endSize = 64 << 10

  /// From the root, through no link.
  package var path: String
  package var size: Int
  /// When it was last written, in nanoseconds since 1970.
  package var modified: Int
  /// When anything of it was last changed, which no program can set, in nanoseconds since 1970.
  package var changed: Int
  /// Its number on its disk.
  package var inode: UInt64
  /// The checksum of its first bytes and its last.
  package var ends: UInt64

  package init(path: String, size: Int, modified: Int, changed: Int, inode: UInt64, ends: UInt64) {
    self.path = path
    self.size = size
    self.modified = modified
    self.changed = changed
    self.inode = inode
    self.ends = ends
  }

  /// - Returns: nil for what is no regular file or cannot be read.
  package init?(path: String) {
    guard let file = OpenedFile(path: path, name: path), let whole = Self.absolute(path),
      let first = try? file.bytes(at: 0, count: Self.endSize),
      let last = try? file.bytes(at: max(0, file.size - Self.endSize), count: Self.endSize)
    else { return nil }
    self.path = whole
    size = file.size
    modified = file.modified
    changed = file.changed
    inode = file.inode
    ends = Checksum.of(last, seed: Checksum.of(first))
  }

  /// The path of what is there, from the root and through no link; nil where nothing is.
  package static func absolute(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(validatingCString: resolved)
  }

  /// When a file was last written, and when anything of it was last changed, in nanoseconds since 1970.
  static func times(_ status: stat) -> (modified: Int, changed: Int) {
    #if canImport(Darwin)
      let (modified, changed) = (status.st_mtimespec, status.st_ctimespec)
    #else
      let (modified, changed) = (status.st_mtim, status.st_ctim)
    #endif
    func nanoseconds(_ time: timespec) -> Int { Int(time.tv_sec) &* 1_000_000_000 &+ Int(time.tv_nsec) }
    return (nanoseconds(modified), nanoseconds(changed))
  }
}
