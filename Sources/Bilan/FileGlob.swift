import BilanColumnar
import BilanDatabases
import BilanDiagnostics
import BilanReaders

/// The files that a pattern matches, as one table.
struct FileGlob {
  let pattern: GlobPattern
  /// How messages call the whole.
  let name: String

  init(_ pattern: GlobPattern, name: String) {
    self.pattern = pattern
    self.name = name
  }

  /// - Parameter open: opens one file, with the types of some of its columns.
  /// - Throws: `fileNotFound` where nothing matches; what `open` throws.
  func open(
    options: ReadOptions, _ open: (String, [String: DataType]) throws(QueryError) -> any TableSource
  ) throws(QueryError) -> FileTable {
    let (files, beside) = Self.withoutCompanions(pattern.files)
    guard !files.isEmpty else { throw nothingMatches }
    let folder = pattern.folder
    let union = try FileUnion(name: name, labels: files.map { String($0.dropFirst(folder.count)) }) {
      (place: Int, types: [String: DataType]) throws(QueryError) in
      try open(files[place] + (pattern.table.map { "#" + $0 } ?? ""), types)
    }
    let table = try union.table(
      options: options, byteCount: files.reduce(0) { $0 + (FileFormats.size(of: $1) ?? 0) })
    if !beside.isEmpty { table.amend { [note = leftOut(beside)] in $0.notes.append(note) } }
    return table
  }

  /// What SQLite keeps beside a database that is open, which is read with it.
  private static func withoutCompanions(_ files: [String]) -> (files: [String], beside: [String]) {
    func isCompanion(_ file: String) -> Bool {
      ["-wal", "-shm", "-journal"].contains { ending in
        guard file.hasSuffix(ending) else { return false }
        let database = String(file.dropLast(ending.count))
        return SQLiteFormat.recognizes(FileFormats.head(of: database) ?? [], path: database)
      }
    }
    var found: (files: [String], beside: [String]) = ([], [])
    for file in files {
      if isCompanion(file) { found.beside.append(file) } else { found.files.append(file) }
    }
    return found
  }

  private func leftOut(_ files: [String]) -> Diagnostic {
    let list = files.prefix(5).map { "`\($0.dropFirst(pattern.folder.count))`" }.joined(separator: ", ")
    return .note(
      .filesDiffer,
      Localized(
        "left out of `\(name)`: \(list), which SQLite keeps beside a database and reads with it",
        fr: "laissés de côté dans `\(name)` : \(list), que SQLite garde à côté d’une base et lit avec elle"),
      count: files.count)
  }

  private var nothingMatches: QueryError {
    let folder = pattern.folder.isEmpty ? "." : pattern.folder
    let help: Localized
    if FileKind(folder) != .folder {
      help = Localized("there is no folder `\(folder)`", fr: "il n’y a pas de dossier `\(folder)`")
    } else {
      let names = FileKind.names(in: folder).filter { !$0.hasPrefix(".") }
      let list = names.prefix(5).map { "`\($0)`" }.joined(separator: ", ")
      help =
        names.isEmpty
        ? Localized("`\(folder)` is empty", fr: "`\(folder)` est vide")
        : names.count <= 5
          ? Localized("in `\(folder)` there are \(list)", fr: "dans `\(folder)` se trouvent \(list)")
          : Localized(
            "in `\(folder)` there are \(list) and \(names.count - 5) more",
            fr: "dans `\(folder)` se trouvent \(list) et \(names.count - 5) autres")
    }
    return QueryError(
      .error(
        .fileNotFound,
        Localized("no file matches `\(pattern.path)`", fr: "aucun fichier ne correspond à `\(pattern.path)`"),
        help: help), kind: .data)
  }
}
