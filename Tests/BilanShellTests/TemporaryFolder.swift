import Glibc

/// A folder that is gone when the test is.
final class TemporaryFolder {
  let path: String

  init() {
    var template = Array("/tmp/bilan-tests-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { unsafe String(cString: mkdtemp($0.baseAddress!)) }
  }

  deinit {
    unsafe nftw(path, { path, _, _, _ in unsafe remove(path!) }, 16, FTW_DEPTH | FTW_PHYS)
  }

  /// The permission bits of a file or folder.
  static func mode(_ path: String) -> mode_t {
    var status = stat()
    return unsafe lstat(path, &status) == 0 ? status.st_mode & 0o777 : 0
  }
}
