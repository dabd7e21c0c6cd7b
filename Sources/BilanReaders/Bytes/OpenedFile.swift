import BilanColumnar
import BilanDiagnostics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A regular file held open, of which several threads may read pieces at the same time.
///
/// What replaces it under the same name is another file and changes nothing here; what is written into it is found out.
package final class OpenedFile: Sendable {
  package let name: String
  package let size: Int
  /// When it was last written, in nanoseconds since 1970.
  let modified: Int
  /// When anything of it was last changed, and its number on its disk.
  let changed: Int
  let inode: UInt64
  private let descriptor: Int32

  /// - Returns: nil for what is no regular file or cannot be opened: reading it the usual way says why.
  package init?(path: String, name: String) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    guard let status = Self.status(of: descriptor) else {
      _ = close(descriptor)
      return nil
    }
    self.name = name
    self.descriptor = descriptor
    size = Int(status.st_size)
    (modified, changed) = FileState.times(status)
    inode = UInt64(status.st_ino)
  }

  deinit { _ = close(descriptor) }

  /// Nil for what is no regular file.
  private static func status(of descriptor: Int32) -> stat? {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return status
  }

  /// Reads from `offset` until `memory` is full or the file ends, and returns how many bytes.
  ///
  /// - Throws: `unreadableFile` with what the system says.
  func read(at offset: Int, into memory: UnsafeMutableRawBufferPointer) throws(QueryError) -> Int {
    var filled = 0
    while filled < memory.count {
      // SAFETY: the system writes at most as many bytes as are left of the memory.
      let count = unsafe pread(descriptor, memory.baseAddress! + filled, memory.count - filled, off_t(offset + filled))
      if count < 0 {
        if errno == EINTR { continue }
        throw failure(SystemReason.text(errno))
      }
      if count == 0 { break }
      filled += count
    }
    return filled
  }

  /// The bytes from `offset`, fewer at the end of the file.
  package func bytes(at offset: Int, count: Int) throws(QueryError) -> [UInt8] {
    var failed: QueryError?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { memory, filled in
      do throws(QueryError) {
        filled = unsafe try read(at: offset, into: UnsafeMutableRawBufferPointer(memory))
      } catch {
        failed = error
      }
    }
    if let failed { throw failed }
    return bytes
  }

  /// - Throws: `unreadableFile` where somebody has written into the file since it was opened.
  package func demandUnchanged() throws(QueryError) {
    guard let status = Self.status(of: descriptor), Int(status.st_size) == size,
      FileState.times(status).modified == modified
    else {
      throw QueryError(
        .error(
          .unreadableFile,
          Localized(
            "`\(name)` has changed since it was opened", fr: "`\(name)` a changé depuis son ouverture"),
          help: Localized("open it again", fr: "rouvrez-le")), kind: .data)
    }
  }

  private func failure(_ reason: Localized) -> QueryError {
    QueryError(
      .error(
        .unreadableFile,
        Localized("`\(name)` cannot be read: \(reason.english)", fr: "`\(name)` ne peut être lu : \(reason.french)")),
      kind: .data)
  }
}
