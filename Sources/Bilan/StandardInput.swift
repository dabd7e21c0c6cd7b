import BilanColumnar
import BilanDiagnostics
import BilanReaders
import Synchronization

/// What comes in on standard input, or through a pipe that has a path, read when a query first asks.
final class StandardInput: Sendable {
  /// Standard input where a path stands: `"-"`, `"-#results"`, `"stdin#results"`.
  struct Place {
    /// What stands after the sign.
    var table: String?

    /// Nil for the paths of files, one that is called `stdin` among them.
    init?(_ path: String) {
      let parts = path.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts[0] == "-" || (parts[0] == "stdin" && FileKind(Catalog.split(path).file) == .none) else { return nil }
      table = parts.count > 1 ? String(parts[1]) : nil
    }
  }

  private struct State {
    var tables: [String: any TableSource] = [:]
    /// What was read; nil before, and once it was let go.
    var bytes: [UInt8]?
    var isRead = false
  }

  /// How messages call it, and where a format may see from its ending what it is.
  private let name: String
  private let state = Mutex(State())
  private let read: @Sendable () throws(QueryError) -> [UInt8]
  /// More than this is not kept beside the table that is made of it.
  private static let mostKept = 64 << 20

  /// A pipe, FIFO or device at a path, which is read once as standard input is.
  convenience init(path: String) {
    self.init(name: path) { () throws(QueryError) in try FileBytes.read(path: path) }
  }

  init(
    name: String = "stdin",
    _ read: @escaping @Sendable () throws(QueryError) -> [UInt8] = { () throws(QueryError) in
      try FileBytes.read(descriptor: 0, name: "stdin")
    }
  ) {
    self.name = name
    self.read = read
  }

  /// The table that is meant where none is named, or one of several.
  ///
  /// - Parameter key: the same for the same options.
  func table(_ part: String?, options: ReadOptions, key: String) throws(QueryError) -> any TableSource {
    let key = (part.map { "#" + $0 } ?? "") + "\u{0}" + key
    if let table = state.withLock({ $0.tables[key] }) { return table }
    let bytes = try bytes()
    let table = try Self.table(of: bytes, name: name, part, options: options)
    state.withLock { $0.tables[key] = table }
    return table
  }

  /// Opens what came in, by what it is.
  static func table(
    of bytes: [UInt8], name: String = "stdin", _ part: String? = nil, options: ReadOptions = ReadOptions()
  ) throws(QueryError) -> any TableSource {
    if let compressed = try CompressedFile(stored: bytes, path: name, name: name) {
      return try compressed.open(table: part, options: options, resource: nil)
    }
    #if Spreadsheets || Compression
      let isKnown = Formats.all.contains { $0.recognizes(Array(bytes.prefix(FileFormats.headSize)), path: name) }
      if !isKnown, let archived = try ArchivedFile(stored: bytes, path: name, name: name) {
        return try archived.open(part, options: options, resource: nil)
      }
    #endif
    return try Formats.open(bytes: bytes, path: name, table: part, name: name, options: options, resource: nil)
  }

  /// All of it, which can be read once.
  private func bytes() throws(QueryError) -> [UInt8] {
    let (isRead, kept) = state.withLock { ($0.isRead, $0.bytes) }
    if let kept { return kept }
    if isRead {
      throw QueryError(
        .error(
          .unsupportedFormat,
          Localized(
            name == "stdin"
              ? "standard input is too large to be read in a second way"
              : "`\(name)` is no file and too large to be read in a second way",
            fr: name == "stdin"
              ? "l’entrée standard est trop grande pour être lue d’une seconde façon"
              : "`\(name)` n’est pas un fichier et est trop grand pour être lu d’une seconde façon"),
          help: Localized("save it to a file, and open that", fr: "enregistrez-la dans un fichier, et ouvrez celui-ci")),
        kind: .data)
    }
    let bytes = try read()
    state.withLock { state in
      state.isRead = true
      if bytes.count <= Self.mostKept { state.bytes = bytes }
    }
    return bytes
  }
}
