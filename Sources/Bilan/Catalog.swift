import BilanColumnar
import BilanCompression
import BilanDiagnostics
import BilanReaders
import Synchronization

/// The datasets that a session's queries may name; each is read when a query first needs it, and kept.
public final class Catalog: Sendable {
  /// What is known of a dataset without reading it.
  public struct Dataset: Sendable {
    public var name: String
    public var title: String?
    public var summary: String?
    /// `synthetic`, `published`: where its figures come from.
    public var origin: String?
    public var path: String?
  }

  /// Where a dataset's rows come from.
  private struct Entry: Sendable {
    var dataset: Dataset
    var resource: DataPackage.Resource?
    var memory: MemoryTable?
  }

  /// In alphabetical order.
  public let datasets: [Dataset]
  private let entries: [String: Entry]
  /// The first month of a fiscal year, 1 to 12: a setting of the data package.
  public let fiscalYearStart: Int
  /// The order of dates that nothing in a file decides: a setting of the data package.
  let usualDates: DateOrder?
  let settings: [String: Double]
  /// The descriptors beside files that were opened by their paths, by folder.
  private let neighbours = Mutex<[String: NeighbourPackage]>([:])
  private let opened = Mutex<[String: any TableSource]>([:])
  /// Pipes by their paths: they can be read once.
  private let streams = Mutex<[String: StandardInput]>([:])
  private let columnCache = Mutex<ColumnCache?>(nil)

  /// Where the columns of large files are kept; nil where none are.
  package var cache: ColumnCache? {
    get { columnCache.withLock { $0 } }
    set { columnCache.withLock { $0 = newValue } }
  }

  /// A catalog of what `sources` name: a folder with a `datapackage.json` or with data files, a `datapackage.json`
  /// itself, a data file, or `NAME=FILE`.
  ///
  /// - Throws: where a source is not there, or a descriptor is wrong.
  public convenience init(_ sources: [String]) throws(BilanError) {
    var builder = Builder()
    do throws(QueryError) {
      for source in sources { try builder.add(source) }
    } catch {
      throw BilanError(error)
    }
    self.init(builder)
  }

  private init(_ builder: Builder) {
    entries = builder.entries
    datasets = builder.entries.values.map(\.dataset).sorted { CollationKey($0.name) < CollationKey($1.name) }
    fiscalYearStart = builder.fiscalYearStart
    usualDates = builder.usualDates
    settings = builder.settings
  }

  /// Looks where a command line without `--data` looks: the nearest `datapackage.json` from `directory` upwards, there
  /// or in a folder `datasets`; else nothing.
  public static func nearest(to directory: String) throws(BilanError) -> Catalog {
    var folder = directory
    while true {
      for candidate in ["\(folder)/datapackage.json", "\(folder)/datasets/datapackage.json"]
      where FileKind(candidate) == .file {
        return try Catalog([candidate])
      }
      if FileKind("\(folder)/datasets") == .folder { return try Catalog(["\(folder)/datasets"]) }
      guard let slash = folder.lastIndex(of: "/"), folder != "/" else { return try Catalog([]) }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
    }
  }

  /// The same catalog with a table that the host program makes, one column a name.
  ///
  /// - Precondition: the columns have the same number of values.
  public func adding(_ name: String, columns: [(name: String, values: ColumnValues)]) -> Catalog {
    adding(name, columns: columns, zoneRows: ColumnZones.usualRows)
  }

  /// - Parameter zoneRows: rows of which bounds are kept together; tests make them few.
  package func adding(
    _ name: String, columns: [(name: String, values: ColumnValues)], zoneRows: Int
  ) -> Catalog {
    var fields: [Field] = []
    var built: [Column] = []
    for (label, values) in columns {
      let (type, cells) = values.cells
      var builder = ColumnBuilder(type)
      for cell in cells { builder.append(cell) }
      fields.append(Field(label, type))
      built.append(builder.finish().prepared())
    }
    let count = built.first?.count ?? 0
    precondition(built.allSatisfy { $0.count == count }, "columns of different lengths")
    return adding(
      name, Table(schema: Schema(fields), chunks: [Chunk(columns: built, count: count)]), zoneRows: zoneRows)
  }

  /// The same catalog with a table that is in memory.
  func adding(_ name: String, _ table: Table, zoneRows: Int = ColumnZones.usualRows) -> Catalog {
    var builder = Builder(
      entries: entries, fiscalYearStart: fiscalYearStart, usualDates: usualDates, settings: settings)
    builder.entries[name] = Entry(
      dataset: Dataset(name: name, title: nil, summary: nil, origin: nil, path: nil), resource: nil,
      memory: MemoryTable(name: name, table: table, zoneRows: zoneRows))
    let catalog = Catalog(builder)
    catalog.cache = cache
    return catalog
  }

  // MARK: Opening

  package func table(
    named name: String, workers: Int = 1, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(QueryError) -> (any TableSource)? {
    guard let entry = entries[name] else { return nil }
    if let memory = entry.memory { return memory }
    guard let path = entry.dataset.path else { preconditionFailure("a dataset without rows") }
    let options = ReadOptions(workers: workers, isCancelled: isCancelled)
    if let resource = entry.resource, !resource.parts.isEmpty { return try openParts(of: resource, options: options) }
    return try open(path: path, name: entry.dataset.name, options: options, resource: entry.resource)
  }

  /// Opens the files of one resource as one table.
  private func openParts(of resource: DataPackage.Resource, options: ReadOptions) throws(QueryError) -> any TableSource
  {
    let key = resource.name + "\u{0}parts"
    if let table = opened.withLock({ $0[key] }) { return table }
    let table = try PartedResource(resource).open(options: options) {
      (file: String, options: ReadOptions, resource: DataPackage.Resource, key: String) throws(QueryError) in
      try self.open(path: file, name: file, options: options, resource: resource, key: key)
    }
    opened.withLock { $0[key] = table }
    return table
  }

  /// Opens a file once for as long as the catalog lives.
  ///
  /// Where no descriptor is given, one that stands beside the file rules.
  ///
  /// - Parameter path: a file, or a file and after `#` the name of a table in it.
  package func open(
    path: String, name: String, options: ReadOptions, resource: DataPackage.Resource?, key: String = ""
  ) throws(QueryError) -> any TableSource {
    let key = path + "\u{0}" + name + "\u{0}" + key
    if let table = opened.withLock({ $0[key] }) { return table }
    let (file, part) = Self.split(path)
    var (options, resource) = (options, resource)
    var notes: [Diagnostic] = []
    if resource == nil {
      options.fiscalYearStart = options.fiscalYearStart ?? fiscalYearStart
      options.usualDates = options.usualDates ?? usualDates
      (resource, notes) = try beside(file)
    }
    let table: any TableSource
    if let together = try openFolder(file, table: part, name: name, options: options, resource: resource) {
      table = together
    } else if let pattern = GlobPattern(path), FileKind(path) == .none {
      table = try FileGlob(pattern, name: name).open(options: options) {
        (file: String, more: [String: DataType]) throws(QueryError) in
        var options = options
        options.types.merge(more) { $1 }
        return try self.open(
          path: file, name: file, options: options, resource: resource,
          key: key + more.sorted { $0.key < $1.key }.map { "\u{0}\($0.key)" }.joined())
      }
    } else if FileKind.isStream(file) {
      table = try stream(file).table(part, options: options, key: key)
    } else {
      table = try Self.openFile(file, table: part, name: name, options: options, resource: resource, cache: cache)
    }
    notes += resource?.notes ?? []
    if !notes.isEmpty, let file = table as? FileTable { file.amend { [notes] in $0.notes = notes + $0.notes } }
    opened.withLock { $0[key] = table }
    return table
  }

  /// Opens standard input as files are opened that no descriptor describes.
  ///
  /// - Parameter key: the same for the same options.
  func open(
    _ input: StandardInput, table: String? = nil, options: ReadOptions, key: String = ""
  ) throws(QueryError) -> any TableSource {
    var options = options
    options.fiscalYearStart = options.fiscalYearStart ?? fiscalYearStart
    options.usualDates = options.usualDates ?? usualDates
    return try input.table(table, options: options, key: key)
  }

  private func stream(_ path: String) -> StandardInput {
    streams.withLock { streams in
      if let known = streams[path] { return known }
      let stream = StandardInput(path: path)
      streams[path] = stream
      return stream
    }
  }

  /// Opens a file, or a table in it, by what is in it.
  private static func openFile(
    _ file: String, table: String?, name: String, options: ReadOptions, resource: DataPackage.Resource?,
    cache: ColumnCache? = nil
  ) throws(QueryError) -> any TableSource {
    if let head = FileFormats.head(of: file) {
      if let format = FileFormats.format(of: file, head, among: Formats.all) {
        return try format.open(path: file, table: table, name: name, options: options, resource: resource)
      }
      if let compressed = try CompressedFile(path: file, name: name, head: head) {
        return try compressed.open(table: table, options: options, resource: resource)
      }
      if let archived = try openArchive(file, head, table: table, name: name, options: options, resource: resource) {
        return archived
      }
    }
    if table == nil, let cached = try cache?.open(file, name: name, options: options, resource: resource) {
      return cached
    }
    return try DelimitedReader.open(
      path: table.map { "\(file)#\($0)" } ?? file, name: name, options: options, resource: resource)
  }

  /// Opens what a ZIP archive holds; nil for other files, and where this build reads none.
  private static func openArchive(
    _ path: String, _ head: [UInt8], table: String?, name: String, options: ReadOptions,
    resource: DataPackage.Resource?
  ) throws(QueryError) -> (any TableSource)? {
    #if Spreadsheets || Compression
      try ArchivedFile(path: path, name: name, head: head)?.open(table, options: options, resource: resource)
    #else
      nil
    #endif
  }

  /// Whether a descriptor has a dataset of this name.
  func isDescribed(_ name: String) -> Bool { entries[name]?.resource != nil }

  /// Opens a file by what is in it, whatever descriptors say, and does not keep it.
  func openAlone(
    _ file: String, types: [String: DataType] = [:], isCancelled: @escaping @Sendable () -> Bool
  ) throws(QueryError) -> any TableSource {
    var options = ReadOptions(isCancelled: isCancelled)
    options.types = types
    options.fiscalYearStart = fiscalYearStart
    options.usualDates = usualDates
    if FileKind.isStream(file) {
      return try stream(file).table(
        nil, options: options, key: types.keys.sorted().map { "\($0)=\(types[$0]!)" }.joined(separator: ","))
    }
    return try Self.openFile(file, table: nil, name: file, options: options, resource: nil)
  }

  /// The cells of some columns of a file as they are written, by their labels; without those that cannot be read so.
  func cells(
    of labels: [String], in file: String, isCancelled: @escaping @Sendable () -> Bool
  ) throws(QueryError) -> [String: Column] {
    let table = try openAlone(
      file, types: Dictionary(labels.map { ($0, .text) }) { first, _ in first }, isCancelled: isCancelled)
    try (table as? FileTable)?.settle(isCancelled: isCancelled)
    let places = table.schema.fields.indices.filter {
      table.schema[$0].type == .text && labels.contains(table.schema[$0].label)
    }
    let chunks: [Chunk]
    do {
      chunks = try table.read(columns: places, isCancelled: isCancelled)
    } catch {
      throw error as? QueryError ?? .cancelled
    }
    let columns = places.indices.map { number in
      (table.schema[places[number]].label, Column.concatenate(chunks.map { $0.columns[number] }, kind: .text))
    }
    return Dictionary(columns) { first, _ in first }
  }

  /// What the `datapackage.json` in a file's folder says about the file, and what is wrong with that descriptor.
  private func beside(_ file: String) throws(QueryError) -> (DataPackage.Resource?, [Diagnostic]) {
    guard FileKind(file) == .file else { return (nil, []) }
    let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    let package = neighbours.withLock { neighbours in
      if let known = neighbours[folder] { return known }
      let package = NeighbourPackage(in: folder)
      neighbours[folder] = package
      return package
    }
    return try package.resource(of: file)
  }

  private func openFolder(
    _ folder: String, table: String?, name: String, options: ReadOptions, resource: DataPackage.Resource?
  ) throws(QueryError) -> (any TableSource)? {
    guard FileKind(folder) == .folder else { return nil }
    let files = FileKind.names(in: folder)
    let folder = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    for format in Formats.all {
      if let together = try format.open(
        folder: folder, files: files, read: CompressedFile.contents, table: table, name: name, options: options,
        resource: resource)
      {
        let others = files.filter { !$0.hasPrefix(".") && Self.holdsFiles(folder + "/" + $0) }
        if !others.isEmpty { (together as? FileTable)?.amend { $0.notes.append(Self.notLookedInto(others, of: name)) } }
        return together
      }
    }
    return nil
  }

  /// Whether there may be more files behind a path: in a folder or an archive.
  private static func holdsFiles(_ path: String) -> Bool {
    path.lowercased().hasSuffix(".zip") || FileKind(path) == .folder
  }

  private static func notLookedInto(_ others: [String], of folder: String) -> Diagnostic {
    let list = others.prefix(3).map { "`\($0)`" }.joined(separator: ", ") + (others.count > 3 ? ", …" : "")
    return .note(
      .filesDiffer,
      Localized(
        "folders and archives in `\(folder)` are not looked into: \(list)",
        fr: "les dossiers et archives que contient `\(folder)` ne sont pas ouverts : \(list)"), count: others.count)
  }

  /// Whether a path names a file, a table in one, or a pattern that some file matches.
  static func isThere(_ path: String) -> Bool {
    if FileKind(split(path).file) != .none { return true }
    return GlobPattern(path).map { !$0.files.isEmpty } ?? false
  }

  /// The file or folder of `book.xlsx#Sheet 2`, and the table in it; what has the sign in its own name comes first.
  static func split(_ path: String) -> (file: String, table: String?) {
    guard FileKind(path) == .none else { return (path, nil) }
    // The last sign first: folders may have it in their names, and tables of files in archives have two.
    for sign in path.indices.reversed() where path[sign] == "#" && FileKind(String(path[..<sign])) != .none {
      return (String(path[..<sign]), String(path[path.index(after: sign)...]))
    }
    return (path, nil)
  }

  // MARK: Finding

  private struct Builder {
    var entries: [String: Entry] = [:]
    var fiscalYearStart = 1
    var usualDates: DateOrder?
    var settings: [String: Double] = [:]

    mutating func add(_ source: String) throws(QueryError) {
      if FileKind(source) == .none, let equals = source.firstIndex(of: "=") {
        let path = String(source[source.index(after: equals)...])
        return try addFile(path, named: String(source[..<equals]))
      }
      switch FileKind(source) {
      case .folder:
        if FileKind("\(source)/datapackage.json") == .file { return try addPackage("\(source)/datapackage.json") }
        for name in FileKind.names(in: source) where Self.isData(name) {
          try addFile("\(source)/\(name)", named: nil)
        }
      case .file where DataPackage.isDescriptor(source): try addPackage(source)
      case .file: try addFile(source, named: nil)
      case .none: throw Self.notFound(source)
      }
    }

    private mutating func addFile(_ path: String, named name: String?) throws(QueryError) {
      guard FileKind(Catalog.split(path).file) != .none else { throw Self.notFound(path) }
      let name = name ?? TextFolding.handle(of: Self.stem(of: path))
      entries[name] = Entry(
        dataset: Dataset(name: name, title: nil, summary: nil, origin: nil, path: path), resource: nil, memory: nil)
    }

    private mutating func addPackage(_ path: String) throws(QueryError) {
      let package = try DataPackage.load(path: path)
      for resource in package.resources {
        let dataset = Dataset(
          name: resource.name, title: resource.title, summary: resource.summary, origin: resource.origin,
          path: resource.path)
        entries[resource.name] = Entry(dataset: dataset, resource: resource, memory: nil)
      }
      fiscalYearStart = package.fiscalYearStart
      usualDates = package.usualDates
      settings.merge(package.thresholds) { $1 }
    }

    private static func notFound(_ path: String) -> QueryError {
      QueryError(
        .error(
          .fileNotFound, Localized("there is no `\(path)`", fr: "`\(path)` n’existe pas"),
          help: Localized(
            "`--data` takes a folder, a file, or `NAME=FILE`",
            fr: "`--data` prend un dossier, un fichier ou `NOM=FICHIER`")),
        kind: .data)
    }

    private static func isData(_ name: String) -> Bool {
      let extensions = ["csv", "tsv", "tab", "txt", "prn"] + Formats.all.flatMap { $0.extensions }
      // A spreadsheet program marks a workbook that is open by a file `~$…` beside it.
      let plain = CompressionFormat.inner(name).lowercased()
      return extensions.contains { plain.hasSuffix("." + $0) } && !name.hasPrefix(".")
        && !name.hasPrefix("~$")
    }

    private static func stem(of path: String) -> String {
      let path = path.lowercased().hasSuffix(".zip") ? String(path.dropLast(4)) : CompressionFormat.inner(path)
      let name = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
      return String(name.lastIndex(of: ".").map { name[..<$0] } ?? name)
    }
  }
}
