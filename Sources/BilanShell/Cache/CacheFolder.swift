import Bilan
import BilanDiagnostics
import Glibc

/// The folder that holds the entries of the column cache, which this user alone may read.
///
/// An entry is written under a name of its own, brought to the disk and put in its place at once: whoever reads finds a
/// whole one or none, and of two that write the last has its own there. A crash leaves a file that nobody takes for an
/// entry, and that goes when somebody writes or clears an hour later.
package struct CacheFolder: Sendable {
  /// How long what is being written is left alone.
  static let abandonedAfterSeconds = 3600

  package let path: String

  package init(path: String) { self.path = path }

  /// `$XDG_CACHE_HOME/bilan`, else `~/.cache/bilan`; nil without a home.
  package static func standard(_ variables: [String: String]) -> CacheFolder? {
    if let cache = variables["XDG_CACHE_HOME"], cache.hasPrefix("/") { return CacheFolder(path: cache + "/bilan") }
    guard let home = variables["HOME"], home.hasPrefix("/") else { return nil }
    return CacheFolder(path: home + "/.cache/bilan")
  }

  /// The paths of the entries, in the order of their names.
  package var entries: [String] {
    FileSystem.names(in: path).filter { ColumnCache.isEntry($0) }.map { "\(path)/\($0)" }
  }

  // MARK: Writing

  /// Puts an entry in its place, or the one that is there is replaced.
  ///
  /// - Returns: its bytes.
  /// - Throws: `cannotWrite`; nothing has changed then.
  package func write(_ entry: ColumnCache.Entry) throws(QueryError) -> Int {
    try prepare()
    removeAbandoned()
    let file = try OutputFile(private: entry.path, isDurable: true, subject: path)
    let count = entry.write { file.write($0) }
    try file.keep()
    syncFolder()
    return count
  }

  /// Makes the folder, or narrows the rights of the one that is there.
  private func prepare() throws(QueryError) {
    if !FileSystem.makeDirectory(path, mode: 0o700) { throw FileSystem.unwritable(path, errno) }
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { throw FileSystem.unwritable(path, errno) }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw FileSystem.unwritable(path, ENOTDIR) }
    guard status.st_uid == geteuid() else { throw FileSystem.unwritable(path, EPERM) }
    if status.st_mode & 0o077 != 0, unsafe chmod(path, 0o700) != 0 { throw FileSystem.unwritable(path, errno) }
  }

  /// A new name is on the disk once its folder is.
  private func syncFolder() {
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  // MARK: Removing

  /// Removes a file of the folder.
  ///
  /// - Returns: the bytes that this frees; nil where it is not there or may not be removed.
  package func remove(_ file: String) -> Int? {
    var status = stat()
    guard unsafe lstat(file, &status) == 0, unsafe unlink(file) == 0 else { return nil }
    return Int(status.st_size)
  }

  /// Removes what somebody began to write, long ago, and never finished.
  ///
  /// - Returns: the bytes that this frees.
  @discardableResult
  package func removeAbandoned() -> Int {
    var freed = 0
    for name in FileSystem.names(in: path) where name.hasSuffix(".new") {
      guard ColumnCache.isEntry(name.split(separator: ".").prefix(2).joined(separator: ".")) else { continue }
      let file = "\(path)/\(name)"
      var status = stat()
      guard unsafe lstat(file, &status) == 0, time(nil) - status.st_mtim.tv_sec > Self.abandonedAfterSeconds else {
        continue
      }
      freed += remove(file) ?? 0
    }
    return freed
  }
}
