import BilanDiagnostics
import Glibc

/// A file that a result goes to: written beside its place and put there once it is whole, so that nobody meets half of it.
package final class OutputFile: TextOutput {
  private let path: String
  private let temporary: String
  private let replaces: Bool
  private let isDurable: Bool
  /// What messages say cannot be written.
  private let subject: String
  private let descriptor: Int32
  private var isOpen = true
  package private(set) var failure: OutputFailure?

  /// Begins a file.
  ///
  /// - Parameters:
  ///   - replaces: whether a file that is there may go.
  ///   - rights: of the new file.
  ///   - isDurable: whether it has to be on the disk before it is in its place.
  ///   - subject: what messages say cannot be written; the file, unless said.
  /// - Throws: `cannotWrite` where it may not, and where the system refuses; nothing has been written then.
  package init(
    path: String, replaces: Bool, rights: mode_t = 0o644, isDurable: Bool = false, subject: String? = nil
  ) throws(QueryError) {
    self.subject = subject ?? path
    self.isDurable = isDurable
    if FileSystem.isDirectory(path) { throw FileSystem.unwritable(self.subject, EISDIR) }
    if !replaces, FileSystem.exists(path) { throw Self.isThere(path) }
    self.path = path
    self.replaces = replaces
    // Two may write one file at the same time, in one process too.
    temporary = "\(path).\(getpid())-\(UInt32.random(in: 0 ... .max)).new"
    descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, rights)
    guard descriptor >= 0 else {
      isOpen = false
      throw FileSystem.unwritable(self.subject, errno)
    }
  }

  deinit { discard() }

  package func write(_ bytes: [UInt8]) {
    guard failure == nil, !bytes.isEmpty else { return }
    failure = unsafe bytes.withUnsafeBufferPointer { unsafe FileOutput.writeAll($0, to: descriptor) }
  }

  /// Puts the file in its place.
  ///
  /// - Throws: `cannotWrite` where it could not be written or put there; the file that was there before is as it was.
  package func keep() throws(QueryError) {
    guard isOpen else { return }
    if case .system(let code) = failure {
      discard()
      throw FileSystem.unwritable(subject, code)
    }
    isOpen = false
    var code: Int32 = isDurable && fsync(descriptor) != 0 ? errno : 0
    if close(descriptor) != 0, code == 0 { code = errno }
    if code == 0 { code = putInPlace() }
    guard code == 0 else {
      unsafe unlink(temporary)
      throw code == EEXIST && !replaces ? Self.isThere(path) : FileSystem.unwritable(subject, code)
    }
  }

  /// - Returns: what the system says, 0 where it has done it.
  private func putInPlace() -> Int32 {
    if replaces { return unsafe rename(temporary, path) == 0 ? 0 : errno }
    // A second name, unlike a new one, is refused where another has made the file meanwhile.
    if unsafe link(temporary, path) == 0 {
      unsafe unlink(temporary)
      return 0
    }
    let code = errno
    // Some file systems know one name only.
    if code == EPERM || code == ENOTSUP || code == ENOSYS { return unsafe rename(temporary, path) == 0 ? 0 : errno }
    return code
  }

  /// Leaves the place as it was.
  package func discard() {
    guard isOpen else { return }
    isOpen = false
    close(descriptor)
    unsafe unlink(temporary)
  }

  private static func isThere(_ path: String) -> QueryError {
    QueryError(
      .error(
        .cannotWrite,
        Localized("`\(path)` is there already", fr: "`\(path)` existe déjà"),
        help: Localized("`--force` replaces it", fr: "`--force` le remplace")), kind: .data)
  }
}
