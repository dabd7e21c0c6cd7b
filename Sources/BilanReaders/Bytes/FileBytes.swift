import BilanColumnar
import BilanDiagnostics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Brings the bytes of a file or a stream into memory: the only place of this module that talks to the system.
package enum FileBytes {
  /// The whole of the file at `path`.
  ///
  /// - Throws: `fileNotFound` with the names nearby, `unreadableFile` with what the system says.
  package static func read(path: String) throws(QueryError) -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, errno) }
    defer { _ = close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw failure(path, errno) }
    if status.st_mode & S_IFMT == S_IFDIR {
      throw QueryError(
        .error(
          .unreadableFile,
          Localized("`\(path)` is a directory, not a file", fr: "`\(path)` est un répertoire, pas un fichier")),
        kind: .data)
    }
    return try read(descriptor: descriptor, name: path, expecting: Int(status.st_size))
  }

  /// The first bytes of the file at `path`, `count` of them where it has so many; errors as for the whole.
  package static func beginning(of path: String, count: Int) throws(QueryError) -> [UInt8] {
    if let file = OpenedFile(path: path, name: path) { return try file.bytes(at: 0, count: count) }
    return Array(try read(path: path).prefix(count))
  }

  /// Everything that is left to read of an open descriptor; for standard input pass 0.
  package static func read(descriptor: Int32, name: String, expecting size: Int = 0) throws(QueryError) -> [UInt8] {
    // One byte more than expected, so that the end is seen without growing.
    var bytes: [UInt8] = []
    var capacity = max(size + 1, 1 << 16)
    var failed: Int32?
    while true {
      let start = bytes.count
      if start == 0 {
        // Safe: `read` writes at most `capacity` bytes into the buffer, and their number is what is reported.
        bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
          unsafe (count, failed) = fill(descriptor, UnsafeMutableRawBufferPointer(buffer))
        }
        if bytes.count < capacity { break }
      } else {
        capacity = start
        let piece = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
          unsafe (count, failed) = fill(descriptor, UnsafeMutableRawBufferPointer(buffer))
        }
        bytes += piece
        if piece.count < capacity { break }
      }
    }
    if let failed { throw failure(name, failed) }
    return bytes
  }

  /// Reads until the buffer is full or the stream ends.
  private static func fill(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> (Int, Int32?) {
    var filled = 0
    while filled < buffer.count {
      #if canImport(Darwin)
        let count = unsafe Darwin.read(descriptor, buffer.baseAddress! + filled, buffer.count - filled)
      #elseif canImport(Musl)
        let count = unsafe Musl.read(descriptor, buffer.baseAddress! + filled, buffer.count - filled)
      #else
        let count = unsafe Glibc.read(descriptor, buffer.baseAddress! + filled, buffer.count - filled)
      #endif
      if count < 0 {
        if errno == EINTR { continue }
        return (filled, errno)
      }
      if count == 0 { break }
      filled += count
    }
    return (filled, nil)
  }

  private static func failure(_ path: String, _ number: Int32) -> QueryError {
    guard number == ENOENT || number == ENOTDIR else {
      let reason = SystemReason.text(number)
      return QueryError(
        .error(
          .unreadableFile,
          Localized(
            "`\(path)` cannot be read: \(reason.english)", fr: "`\(path)` ne peut être lu : \(reason.french)")),
        kind: .data)
    }
    var diagnostic = Diagnostic.error(
      .fileNotFound, Localized("no file at `\(path)`", fr: "aucun fichier à l’emplacement `\(path)`"))
    let near = NearbyFiles.names(like: path)
    if !near.isEmpty {
      let list = near.map { "`\($0)`" }.joined(separator: ", ")
      diagnostic = diagnostic.adding(
        help: Localized("files with a similar name: \(list)", fr: "fichiers au nom proche : \(list)"))
    }
    return QueryError(diagnostic, kind: .data)
  }
}
