import BilanDiagnostics
import Glibc

/// A file of history, one JSON object a line: `{"text":"from results","time":1611305600}`.
///
/// It is the user's alone (file 0600, folder 0700), entries are appended under a lock by one write each, so sessions
/// that run side by side do not disturb each other, and a symbolic link in its place is refused.
package struct HistoryFile: Sendable {
  /// The size above which a session that starts rewrites the file with the newest entries only.
  static let sizeLimit = 4 << 20

  package let path: String

  package init(path: String) { self.path = path }

  /// `$XDG_STATE_HOME/bilan/history.ndjson`, else under `~/.local/state`; nil without a home.
  package static func standard(_ variables: [String: String]) -> HistoryFile? {
    if let path = variables["BILAN_HISTORY"] { return path.isEmpty ? nil : HistoryFile(path: path) }
    if let state = variables["XDG_STATE_HOME"], state.hasPrefix("/") {
      return HistoryFile(path: state + "/bilan/history.ndjson")
    }
    guard let home = variables["HOME"], home.hasPrefix("/") else { return nil }
    return HistoryFile(path: home + "/.local/state/bilan/history.ndjson")
  }

  /// The entries, the oldest first; none where there is no file. Lines that cannot be understood are skipped.
  package func load() -> [String] {
    let descriptor = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    flock(descriptor, LOCK_SH)
    let bytes = FileSystem.readAll(descriptor: descriptor) ?? []
    close(descriptor)
    let records = bytes.split(separator: 0x0A)
    if bytes.count > Self.sizeLimit { rewrite(records.suffix(History.limit / 2)) }
    return records.suffix(History.limit).compactMap { HistoryRecord.text(of: $0) }
  }

  /// Adds an entry; false where the file cannot be written.
  @discardableResult
  package func append(_ entry: String, time: Int) -> Bool {
    guard makeFolder() else { return false }
    let descriptor = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    // A file that was there with wider rights is narrowed.
    guard isOwnFile(descriptor), fchmod(descriptor, 0o600) == 0 else { return false }
    flock(descriptor, LOCK_EX)
    var line = HistoryRecord.line(text: entry, time: time)
    return line.withUTF8 { unsafe FileOutput.writeAll($0, to: descriptor) } == nil
  }

  private func makeFolder() -> Bool {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return true }
    return FileSystem.makeDirectory(String(path[..<slash]), mode: 0o700)
  }

  private func isOwnFile(_ descriptor: Int32) -> Bool {
    var status = stat()
    return unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && status.st_uid == geteuid()
  }

  private func rewrite(_ records: ArraySlice<ArraySlice<UInt8>>) {
    let temporary = "\(path).\(getpid()).new"
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    var bytes: [UInt8] = []
    for record in records {
      bytes += record
      bytes.append(0x0A)
    }
    let failure = unsafe bytes.withUnsafeBufferPointer { unsafe FileOutput.writeAll($0, to: descriptor) }
    close(descriptor)
    let isInPlace = unsafe failure == nil && rename(temporary, path) == 0
    if !isInPlace { unsafe unlink(temporary) }
  }
}

/// One line of the file.
enum HistoryRecord {
  static func line(text: String, time: Int) -> String { "{\"text\":\(JSONText.quoted(text)),\"time\":\(time)}\n" }

  /// The text of a line; nil where it is not one of ours.
  static func text(of line: some Collection<UInt8>) -> String? {
    let head = Array("{\"text\":\"".utf8)
    guard line.starts(with: head) else { return nil }
    var bytes: [UInt8] = []
    var rest = line.dropFirst(head.count)
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\"") { return String(decoding: bytes, as: UTF8.self) }
      if byte != UInt8(ascii: "\\") {
        bytes.append(byte)
        continue
      }
      guard let escape = rest.popFirst() else { return nil }
      switch escape {
      case UInt8(ascii: "n"): bytes.append(0x0A)
      case UInt8(ascii: "r"): bytes.append(0x0D)
      case UInt8(ascii: "t"): bytes.append(0x09)
      case UInt8(ascii: "b"): bytes.append(0x08)
      case UInt8(ascii: "f"): bytes.append(0x0C)
      case UInt8(ascii: "u"):
        let digits = String(decoding: rest.prefix(4), as: UTF8.self)
        guard let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) else { return nil }
        bytes += Array(String(Character(scalar)).utf8)
        rest = rest.dropFirst(4)
      default: bytes.append(escape)
      }
    }
    return nil
  }
}
