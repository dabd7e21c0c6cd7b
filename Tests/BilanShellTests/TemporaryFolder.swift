import Glibc

@testable import BilanShell

/// A folder that is gone when the test is.
final class TemporaryFolder {
  let path: String

  init() {
    var template = Array("/tmp/bilan-tests-XXXXXX".utf8CString)
    path = unsafe template.withUnsafeMutableBufferPointer { unsafe String(cString: mkdtemp($0.baseAddress!)) }
  }

  deinit { Self.remove(path) }

  private static func remove(_ path: String) {
    // Links are removed, not followed.
    if unsafe unlink(path) == 0 { return }
    for name in FileSystem.names(in: path) { remove(path + "/" + name) }
    unsafe rmdir(path)
  }

  /// The permission bits of a file or folder.
  static func mode(_ path: String) -> mode_t {
    var status = stat()
    return unsafe lstat(path, &status) == 0 ? status.st_mode & 0o777 : 0
  }
}
