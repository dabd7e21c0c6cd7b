import Glibc

/// What stands where a result is to go, once links are followed.
enum OutputPlace {
  /// A stream that the process has already: `/dev/stdout`, the `/dev/fd/63` of a Unix shell.
  case descriptor(Int32)
  /// A device or a FIFO: there is nothing to replace, and what is written goes straight through.
  case stream(path: String)
  /// A file, or room for one.
  case file(path: String, there: Owned?)
  /// `errno` of a place where nothing can be written.
  case refused(Int32)

  /// Whose a file is, and who may do what with it.
  struct Owned {
    var owner: uid_t
    var group: gid_t
    var rights: mode_t
  }

  /// As many links as the system itself follows.
  private static let linkLimit = 40

  static func find(_ path: String) -> OutputPlace {
    var path = path
    for _ in 0..<linkLimit {
      if let descriptor = descriptor(named: path) { return .descriptor(descriptor) }
      var status = stat()
      guard unsafe lstat(path, &status) == 0 else {
        return errno == ENOENT ? .file(path: path, there: nil) : .refused(errno)
      }
      switch status.st_mode & S_IFMT {
      case S_IFLNK:
        guard let target = target(of: path) else { return .refused(errno) }
        path = FileSystem.resolve(target, in: FileSystem.folder(of: path))
      case S_IFREG:
        let rights = status.st_mode & 0o777
        return .file(path: path, there: Owned(owner: status.st_uid, group: status.st_gid, rights: rights))
      case S_IFDIR: return .refused(EISDIR)
      default: return .stream(path: path)
      }
    }
    return .refused(ELOOP)
  }

  /// The descriptor that a path is another name of. Opening the path is not the same: it fails for a socket and for
  /// another user's terminal, and begins a file anew that the stream is in the middle of.
  private static func descriptor(named path: String) -> Int32? {
    for folder in ["/dev/fd/", "/proc/self/fd/", "/proc/\(getpid())/fd/"] where path.hasPrefix(folder) {
      return Int32(path.dropFirst(folder.count))
    }
    return nil
  }

  private static func target(of link: String) -> String? {
    var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe bytes.withUnsafeMutableBytes { memory in
      // SAFETY: the system writes at most as many bytes as it is told there is room for, and returns their number.
      unsafe readlink(link, memory.baseAddress!.assumingMemoryBound(to: CChar.self), memory.count)
    }
    return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
  }
}
