import BilanDiagnostics
import Glibc

/// Reads and writes whole text files, lists and makes folders.
package enum FileSystem {
  /// The bytes of a descriptor up to its end; nil where it cannot be read.
  package static func readAll(descriptor: Int32) -> [UInt8]? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { return bytes }
      if count > 0 {
        bytes += buffer[..<count]
      } else if errno != EINTR {
        return nil
      }
    }
  }

  /// The text of a file without a byte order mark; bytes that are not UTF-8 become replacement characters.
  package static func read(_ path: String) throws(QueryError) -> String {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path, errno) }
    defer { close(descriptor) }
    guard var bytes = readAll(descriptor: descriptor) else { throw unreadable(path, errno) }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Replaces a file at once, so that it is never half written.
  package static func write(_ text: String, to path: String) throws(QueryError) {
    let file = try OutputFile(path: path, replaces: true)
    file.write(text)
    try file.keep()
  }

  package static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  package static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The names in a folder, sorted; none where it cannot be read.
  package static func names(in directory: String) -> [String] {
    guard let stream = unsafe opendir(directory) else { return [] }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      // `d_name` is a NUL-terminated array within the entry, which lives until the next `readdir`.
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Makes a folder and those above it, each with `mode`.
  @discardableResult
  package static func makeDirectory(_ path: String, mode: mode_t = 0o755) -> Bool {
    if isDirectory(path) { return true }
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      _ = makeDirectory(String(path[..<slash]), mode: mode)
    }
    return unsafe mkdir(path, mode) == 0 || errno == EEXIST
  }

  /// `path` seen from `directory`.
  package static func resolve(_ path: String, in directory: String) -> String {
    path.hasPrefix("/") ? path : directory.hasSuffix("/") ? directory + path : directory + "/" + path
  }

  /// The folder that a file is in, as its path has it.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func unreadable(_ path: String, _ code: Int32) -> QueryError {
    let reason = SystemReason.text(code)
    let diagnostic: Diagnostic =
      code == ENOENT
      ? .error(.fileNotFound, Localized("there is no file `\(path)`", fr: "il n’y a pas de fichier `\(path)`"))
      : .error(
        .unreadableFile,
        Localized(
          "`\(path)` cannot be read: \(reason.english)", fr: "`\(path)` ne peut pas être lu\u{A0}: \(reason.french)"))
    return QueryError(diagnostic, kind: .data)
  }

  static func unwritable(_ path: String, _ code: Int32) -> QueryError {
    let reason = SystemReason.text(code)
    return QueryError(
      .error(
        .cannotWrite,
        Localized(
          "`\(path)` cannot be written: \(reason.english)",
          fr: "`\(path)` ne peut pas être écrit\u{A0}: \(reason.french)")),
      kind: .data)
  }

  /// The error for a file that has just not been removed.
  package static func unremovable(_ path: String) -> QueryError { unwritable(path, errno) }
}
