#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A system call on a file that failed.
struct FileError: Error {
  let path: String
  let reason: String
}

/// The bytes of the file at `path`.
func readFile(_ path: String) throws(FileError) -> [UInt8] {
  let file = unsafe open(path, O_RDONLY)  // the path lives as long as the call
  guard file >= 0 else { throw failure(path) }
  defer { close(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    // The call is given the buffer's own count, so it cannot write past its end.
    let count = unsafe read(file, &buffer, buffer.count)
    guard count >= 0 else { throw failure(path) }
    if count == 0 { return bytes }
    bytes.append(contentsOf: buffer[..<count])
  }
}

/// Replaces the file at `path` with `bytes`.
func writeFile(_ bytes: [UInt8], to path: String) throws(FileError) {
  let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)  // as above
  guard file >= 0 else { throw failure(path) }
  defer { close(file) }
  guard writeAll(bytes, to: file) else { throw failure(path) }
}

/// Writes a line to standard error.
func complain(_ message: String) {
  _ = writeAll(Array("make-datasets: \(message)\n".utf8), to: STDERR_FILENO)
}

private func writeAll(_ bytes: [UInt8], to file: Int32) -> Bool {
  var done = 0
  while done < bytes.count {
    let rest = Array(bytes[done...])
    // The call is given the array's own count, so it cannot read past its end.
    let count = unsafe write(file, rest, rest.count)
    guard count > 0 else { return false }
    done += count
  }
  return true
}

private func failure(_ path: String) -> FileError {
  FileError(path: path, reason: unsafe String(cString: strerror(errno)))
}
