import Glibc

/// A file that is written out of sight and put in its place once it is whole.
///
/// Where the system can do it the file has no name until then (`O_TMPFILE`), so that whatever ends the process leaves
/// nothing behind. Elsewhere it stands beside its place under a name of its own; see `NamedRemains`.
final class NewFile {
  let descriptor: Int32
  private let path: String
  /// The name that it has meanwhile; nil where it has none.
  private var name: String?
  private var isOpen = true

  /// `errno` of what the system refused.
  struct Refusal: Error { let code: Int32 }

  /// - Parameters:
  ///   - rights: of the file, less what the process's mask takes away.
  ///   - there: the file whose place it takes, whose owner and rights it gets; those it is not allowed to give it leaves
  ///     as they are, and then gives nobody more than they had.
  ///   - mayBeNameless: false only in tests.
  init(
    for path: String, rights: mode_t, like there: OutputPlace.Owned? = nil, mayBeNameless: Bool = true
  ) throws(Refusal) {
    self.path = path
    let first = there == nil ? rights : 0o600
    if mayBeNameless, let descriptor = Self.openNameless(in: FileSystem.folder(of: path), first) {
      self.descriptor = descriptor
    } else {
      let name = Self.temporaryName(path)
      descriptor = unsafe open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, first)
      guard descriptor >= 0 else {
        isOpen = false
        throw Refusal(code: errno)
      }
      self.name = name
      NamedRemains.begin(name)
    }
    if let there { Self.give(descriptor, to: there) }
  }

  deinit { discard() }

  private static func openNameless(in folder: String, _ rights: mode_t) -> Int32? {
    let descriptor = unsafe open(folder, O_WRONLY | __O_TMPFILE | O_DIRECTORY | O_CLOEXEC, rights)
    guard descriptor >= 0 else { return nil }
    // The only way for it to get a name later.
    if FileSystem.exists(descriptorPath(descriptor)) { return descriptor }
    close(descriptor)
    return nil
  }

  private static func descriptorPath(_ descriptor: Int32) -> String { "/proc/self/fd/\(descriptor)" }

  /// Two may write one file at the same time, in one process too.
  private static func temporaryName(_ path: String) -> String {
    "\(path).\(getpid())-\(UInt32.random(in: 0 ... .max)).new"
  }

  private static func give(_ descriptor: Int32, to there: OutputPlace.Owned) {
    var rights = there.rights
    if fchown(descriptor, there.owner, there.group) != 0, fchown(descriptor, uid_t.max, there.group) != 0,
      there.group != getegid()
    {
      // The rights of the group are now another group's, which had those of everybody.
      rights = rights & ~0o070 | (rights & 0o007) << 3
    }
    fchmod(descriptor, rights)
  }

  /// Puts the file in its place.
  ///
  /// - Parameters:
  ///   - replaces: whether a file that is there meanwhile may go.
  ///   - isDurable: whether it has to be on the disk before.
  /// - Throws: what the system refused, `EEXIST` where a file is there that may not go; all is as it was then.
  func keep(replaces: Bool, isDurable: Bool) throws(Refusal) {
    guard isOpen else { return }
    var code: Int32 = isDurable && fsync(descriptor) != 0 ? errno : 0
    if code == 0 { code = replaces ? replace() : settle() }
    isOpen = false
    if close(descriptor) != 0, code == 0 { code = errno }
    if let name {
      if code != 0 { unsafe unlink(name) }
      NamedRemains.end(name)
    }
    if code != 0 { throw Refusal(code: code) }
  }

  /// Gives the file its name where nothing has it.
  private func settle() -> Int32 {
    guard let name else { return entitle(path) }
    // A second name, unlike a new one, is refused where another has made the file meanwhile.
    if unsafe link(name, path) == 0 {
      unsafe unlink(name)
      return 0
    }
    let code = errno
    // Some file systems know one name only.
    if code == EPERM || code == ENOTSUP || code == ENOSYS { return unsafe rename(name, path) == 0 ? 0 : errno }
    return code
  }

  /// Puts the file where another may be. Only a name can take another's place, so that it gets one for that moment.
  private func replace() -> Int32 {
    if let name { return unsafe rename(name, path) == 0 ? 0 : errno }
    let passing = Self.temporaryName(path)
    let code = entitle(passing)
    guard code == 0 else { return code }
    if unsafe rename(passing, path) == 0 { return 0 }
    let refusal = errno
    unsafe unlink(passing)
    return refusal
  }

  private func entitle(_ name: String) -> Int32 {
    unsafe linkat(AT_FDCWD, Self.descriptorPath(descriptor), AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0 ? 0 : errno
  }

  /// Leaves the place as it was.
  func discard() {
    guard isOpen else { return }
    isOpen = false
    close(descriptor)
    guard let name else { return }
    unsafe unlink(name)
    NamedRemains.end(name)
  }
}
