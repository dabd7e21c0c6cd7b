import BilanDiagnostics
import Glibc

/// Where a result goes that a path was given for: a file, whole or not at all, or a device or FIFO that stands there.
package final class OutputFile: TextOutput {
  private enum Target {
    case file(NewFile, replaces: Bool)
    /// Written straight through, and closed at the end where this object has opened it.
    case stream(isOwn: Bool)
  }

  private let target: Target
  private let descriptor: Int32
  private let isDurable: Bool
  /// What messages say cannot be written.
  private let subject: String
  /// What helps where a file is there that may not go.
  private let hint: Localized?
  private var isOpen = true
  package private(set) var failure: OutputFailure?

  /// Begins what a user asks for.
  ///
  /// Links are followed. A file that is replaced hands its owner and rights on.
  ///
  /// - Parameters:
  ///   - replaces: whether a file that is there may go.
  ///   - hint: how to say that it may.
  /// - Throws: `cannotWrite` where it may not, and where the system refuses; nothing has been written then.
  package init(
    path: String, replaces: Bool, hint: Localized = Localized("`--force` replaces it", fr: "`--force` le remplace")
  ) throws(QueryError) {
    subject = path
    self.hint = hint
    isDurable = false
    switch OutputPlace.find(path) {
    case .refused(let code): throw FileSystem.unwritable(path, code)
    case .descriptor(let descriptor):
      guard fcntl(descriptor, F_GETFL) >= 0 else { throw FileSystem.unwritable(path, errno) }
      self.descriptor = descriptor
      target = .stream(isOwn: false)
    case .stream(let place):
      descriptor = unsafe open(place, O_WRONLY | O_NOCTTY | O_CLOEXEC)
      guard descriptor >= 0 else { throw FileSystem.unwritable(path, errno) }
      target = .stream(isOwn: true)
    case .file(let place, let there):
      if !replaces, there != nil { throw Self.isThere(path, hint) }
      let file = try Self.begin(place, rights: 0o644, like: there, subject: path)
      descriptor = file.descriptor
      target = .file(file, replaces: replaces)
    }
  }

  /// Begins a file that this user alone may read, whatever stands in its place.
  ///
  /// - Parameters:
  ///   - isDurable: whether it has to be on the disk before it is in its place.
  ///   - subject: what messages say cannot be written.
  package init(private path: String, isDurable: Bool, subject: String) throws(QueryError) {
    self.subject = subject
    self.isDurable = isDurable
    hint = nil
    let file = try Self.begin(path, rights: 0o600, like: nil, subject: subject)
    descriptor = file.descriptor
    target = .file(file, replaces: true)
  }

  private static func begin(
    _ path: String, rights: mode_t, like there: OutputPlace.Owned?, subject: String
  ) throws(QueryError) -> NewFile {
    do {
      return try NewFile(for: path, rights: rights, like: there)
    } catch {
      throw FileSystem.unwritable(subject, error.code)
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
    switch target {
    case .stream(let isOwn):
      if isOwn, close(descriptor) != 0 { throw FileSystem.unwritable(subject, errno) }
    case .file(let file, let replaces):
      do {
        try file.keep(replaces: replaces, isDurable: isDurable)
      } catch {
        throw error.code == EEXIST && !replaces
          ? Self.isThere(subject, hint) : FileSystem.unwritable(subject, error.code)
      }
    }
  }

  /// Leaves a file's place as it was; what has gone through a stream is gone.
  package func discard() {
    guard isOpen else { return }
    isOpen = false
    switch target {
    case .stream(let isOwn): if isOwn { close(descriptor) }
    case .file(let file, _): file.discard()
    }
  }

  private static func isThere(_ path: String, _ hint: Localized?) -> QueryError {
    QueryError(
      .error(
        .cannotWrite, Localized("`\(path)` is there already", fr: "`\(path)` existe déjà"), help: hint), kind: .data)
  }
}
