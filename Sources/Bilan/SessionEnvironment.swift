import BilanColumnar
import BilanDiagnostics
import BilanPlan
import BilanReaders
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the resolver may ask of a session: its datasets, files, settings and date.
struct SessionEnvironment: ResolverEnvironment {
  let catalog: Catalog
  let today: CalendarDate
  /// Standard input can be read once; every query of the session then sees the same table.
  let standardInput: StandardInput
  /// How many threads may read a file.
  var workers = 1
  /// The files that the query at hand names.
  var files = OpenedFiles()
  /// Asked while files are opened.
  var isCancelled: @Sendable () -> Bool = { false }

  var datasetNames: [String] { catalog.datasets.map(\.name) }
  var fiscalYearStart: Int { catalog.fiscalYearStart }
  func setting(_ name: String) -> Double? { catalog.settings[name] }

  func dataset(_ name: String) throws(QueryError) -> (any TableSource)? {
    guard let table = try catalog.table(named: name, workers: workers, isCancelled: isCancelled) else { return nil }
    files.add(table)
    return table
  }

  func standardInput(at span: Span) throws(QueryError) -> any TableSource {
    try catalog.open(standardInput, options: ReadOptions())
  }

  func file(
    _ path: String, options: [String: Value], in source: Source, at span: Span
  ) throws(QueryError) -> any TableSource {
    let place = StandardInput.Place(path)
    let found = place == nil ? resolve(path, in: source) : path
    var key = ""
    for (name, value) in options.sorted(by: { $0.key < $1.key }) {
      key += key.isEmpty ? "" : ","
      key += "\(name)=\(value.description)"
    }
    do {
      let given = FileOptions(options, at: span)
      let read = try given.readOptions(workers: workers, isCancelled: isCancelled)
      let table =
        if let place {
          try catalog.open(standardInput, table: place.table, options: read, key: key)
        } else {
          try catalog.open(path: found, name: path, options: read, resource: nil, key: key)
        }
      if let file = table as? FileTable { try given.demandUse(by: file.report.format) }
      try FileOptions.demandColumns(of: read.types, in: table, at: span)
      files.add(table)
      return table
    } catch {
      throw error.pointing(at: span)
    }
  }

  func definitions(_ path: String, in source: Source, at span: Span) throws(QueryError) -> Source {
    let found = resolve(path, in: source)
    guard let bytes = try? FileBytes.read(path: found),
      let text = String(validating: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...], as: UTF8.self)
    else {
      throw QueryError(
        .error(
          .unknownFile, Localized("`\(path)` cannot be read", fr: "`\(path)` ne peut pas être lu"), at: span,
          help: Localized(
            "paths are taken from the folder of the file that says `use`",
            fr: "les chemins partent du dossier du fichier qui dit `use`")))
    }
    return Source(name: found, text: text)
  }

  /// A path as it is, or from the folder of the text that names it.
  private func resolve(_ path: String, in source: Source) -> String {
    guard !path.hasPrefix("/"), let slash = source.name.lastIndex(of: "/") else { return path }
    let beside = source.name[...slash] + path
    return Catalog.isThere(String(beside)) ? String(beside) : path
  }

  func columnHolding(_ text: String, in table: any TableSource) -> (column: String, value: String)? {
    // A bare word cannot hold the spaces and dashes of a value: compare as handles.
    let folded = TextFolding.handle(of: text)
    for (index, field) in table.schema.fields.enumerated() where field.type == .text && !field.isSensitive {
      guard let chunks = try? table.read(columns: [index], isCancelled: { false }) else { continue }
      for chunk in chunks {
        guard case .text(let column) = chunk.columns[0], column.dictionary.count <= 10_000 else { continue }
        for value in column.dictionary.texts where TextFolding.handle(of: value) == folded {
          return (NameLookup.spelling(of: field), value)
        }
      }
    }
    return nil
  }
}

/// The files that a query names, of which only the beginning may have been looked at.
final class OpenedFiles: Sendable {
  private let files = Mutex<[FileTable]>([])

  /// Remembers a table, if it is one of a file.
  func add(_ table: any TableSource) {
    if let file = table as? FileTable { files.withLock { $0.append(file) } }
  }

  /// Each once, in the order of the query.
  var all: [FileTable] {
    files.withLock { files in
      var seen: Set<ObjectIdentifier> = []
      return files.filter { seen.insert(ObjectIdentifier($0)).inserted }
    }
  }

  /// Looks at every row of them; true where that changed what is known of one.
  func settle(_ isCancelled: @Sendable () -> Bool) throws(QueryError) -> Bool {
    var hasChanged = false
    for file in files.withLock({ $0 }) {
      while !(try file.settle(Array(0..<file.schema.count), isCancelled: isCancelled)) { hasChanged = true }
    }
    return hasChanged
  }
}

extension QueryError {
  /// The same with a place in the query for what has none.
  func pointing(at span: Span) -> QueryError {
    var copy = self
    for index in copy.diagnostics.indices where copy.diagnostics[index].primary == nil {
      copy.diagnostics[index].primary = Diagnostic.Label(span)
    }
    return copy
  }
}

extension CalendarDate {
  /// The machine's date.
  static func now() -> CalendarDate {
    var seconds = time_t()
    unsafe time(&seconds)
    var parts = unsafe tm()
    unsafe localtime_r(&seconds, &parts)
    let (year, month, day) = unsafe (Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday))
    return CalendarDate(year: year, month: month, day: day) ?? CalendarDate(days: 0)
  }
}
