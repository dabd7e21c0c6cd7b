import BilanColumnar
import BilanCompression
import BilanDiagnostics
import BilanReaders

/// IATI XML, versions 1.01 to 2.03, as related tables: `from "activities.xml#results"`.
package enum IATIFormat: FileFormat {
  package static let name = "iati"
  package static let extensions = ["xml"]

  private static let records: Set = ["iati-activity", "iati-organisation"]

  /// Every XML file, so that one that is not IATI is said to be so.
  package static func recognizes(_ head: [UInt8], path: String) -> Bool {
    if path.lowercased().hasSuffix(".xml") { return true }
    let text = TextHead.utf8(head).drop { $0 <= 0x20 }
    return ["<?xml", "<iati-activities", "<iati-activity", "<iati-organisations"].contains {
      text.starts(with: $0.utf8)
    }
  }

  package static func tables(in path: String) throws(QueryError) -> [String] {
    try tables(of: try FileBytes.read(path: path), name: path, ReadOptions())
  }

  private static func tables(
    of bytes: [UInt8], name: String, _ options: ReadOptions
  ) throws(QueryError) -> [String] {
    let kind = Kind()
    _ = try XMLRecords.read(bytes, name: name, records: records, isCancelled: options.isCancelled) { _, element in
      kind.note(element)
    }
    return try kind.tables(in: name).map(\.rawValue)
  }

  package static func open(
    path: String, table: String?, name: String, options: ReadOptions, resource: DataPackage.Resource?
  ) throws(QueryError) -> any TableSource {
    try open(bytes: try FileBytes.read(path: path), table: table, name: name, options: options, resource: resource)
  }

  package static func open(
    bytes: [UInt8], path: String, table: String?, name: String, options: ReadOptions, resource: DataPackage.Resource?
  ) throws(QueryError) -> any TableSource {
    try open(bytes: bytes, table: table, name: name, options: options, resource: resource)
  }

  /// Opens the XML files of a folder as one file, with a column `file` before the others; what of them is not IATI is
  /// left out and said.
  package static func open(
    folder: String, files: [String], read: FolderReader, table: String?, name: String, options: ReadOptions,
    resource: DataPackage.Resource?
  ) throws(QueryError) -> (any TableSource)? {
    let documents = files.filter { CompressionFormat.inner($0).lowercased().hasSuffix(".xml") }
    guard !documents.isEmpty else { return nil }
    var reading = try Reading(table: table, isOfFiles: true, name: name, firstMonth: options.fiscalYearStart ?? 1)
    for file in documents {
      try reading.read(
        try read(folder + "/" + file), name: folder + "/" + file, file: file,
        isCancelled: options.isCancelled)
    }
    return try reading.table(options: options, resource: resource)
  }

  /// Opens bytes that are already in memory.
  package static func open(
    bytes: [UInt8], table: String? = nil, name: String, options: ReadOptions = ReadOptions(),
    resource: DataPackage.Resource? = nil
  ) throws(QueryError) -> FileTable {
    var reading = try Reading(table: table, isOfFiles: false, name: name, firstMonth: options.fiscalYearStart ?? 1)
    try reading.read(bytes, name: name, file: name, isCancelled: options.isCancelled)
    return try reading.table(options: options, resource: resource)
  }

  /// What files hold, as their records show it.
  private final class Kind {
    private(set) var activities = 0
    private(set) var organisations = 0
    /// The tables in which they have rows.
    private var filled: Set<IATITables> = []

    var count: Int { activities + organisations }

    func note(_ element: XMLElement) {
      if element.name == "iati-activity" {
        activities += 1
        filled.insert(.activities)
      } else {
        organisations += 1
        filled.insert(.organisations)
      }
      for child in element.children {
        if let table = IATITables(rowsOf: child.name) { filled.insert(table) }
      }
    }

    /// Whether a table has rows.
    func fills(_ table: IATITables) -> Bool { filled.contains(table) }

    /// Whether rows of a record belong in a table.
    func has(_ table: IATITables, _ element: XMLElement) -> Bool {
      (element.name == "iati-activity" ? IATITables.ofActivities : IATITables.ofOrganisations).contains(table)
    }

    func tables(in name: String) throws(QueryError) -> [IATITables] {
      if activities > 0 { return IATITables.ofActivities + (organisations > 0 ? [.organisations] : []) }
      if organisations > 0 { return IATITables.ofOrganisations }
      throw QueryError(
        .error(
          .unsupportedFormat,
          Localized(
            "`\(name)` is XML without activities or organisations of IATI",
            fr: "`\(name)` est du XML sans activités ni organisations de l’IATI"),
          help: Localized(
            "of XML, only IATI is read", fr: "en XML, seul l’IATI est lu")), kind: .data)
    }
  }

  /// One table read from one file or several.
  private struct Reading {
    private let name: String
    /// The table that is asked for; which one is meant else shows in the first record.
    private let wanted: IATITables?
    private let asked: String?
    /// The table that is asked for, or those that may be meant.
    private let tables: [IATITables: IATITable]
    private let kind = Kind()
    private var byteCount = 0
    private var versions: [String] = []
    /// Files with records, and those without.
    private var files: [String] = []
    private var others: [String] = []

    init(table: String?, isOfFiles: Bool, name: String, firstMonth: Int) throws(QueryError) {
      self.name = name
      asked = table
      wanted = table.flatMap { IATITables(rawValue: $0) }
      var tables: [IATITables: IATITable] = [:]
      for table in wanted.map({ [$0] }) ?? [.activities, .organisations] {
        tables[table] = IATITable((isOfFiles ? [.init("file")] : []) + table.columns, firstMonth: firstMonth)
      }
      self.tables = tables
    }

    mutating func read(
      _ bytes: [UInt8], name: String, file: String, isCancelled: () -> Bool
    ) throws(QueryError) {
      let (kind, tables) = (kind, tables)
      let before = kind.count
      for table in tables.values { table.file = file }
      let root = try XMLRecords.read(bytes, name: name, records: records, isCancelled: isCancelled) { root, element in
        kind.note(element)
        let record = IATIRecord(element, root: root)
        for (table, rows) in tables where kind.has(table, element) { table.add(record, to: rows) }
      }
      byteCount += bytes.count
      if kind.count > before { files.append(file) } else { others.append(file) }
      if kind.count > before, let version = root?["version"], !versions.contains(version) { versions.append(version) }
    }

    func table(options: ReadOptions, resource: DataPackage.Resource?) throws(QueryError) -> FileTable {
      let there = try kind.tables(in: name)
      let chosen = wanted ?? there[0]
      guard asked == nil || wanted != nil, there.contains(chosen) else {
        throw FileFormats.unknownTable(asked ?? "", in: name, among: there.map(\.rawValue))
      }
      var decisions = IATIFormat.decisions(chosen, there, versions: versions, kind)
      if files.count + others.count > 1 {
        decisions.append(.init(Localized("files", fr: "fichiers"), Localized(verbatim: "\(files.count)")))
      }
      if !others.isEmpty {
        decisions.append(
          .init(
            Localized("left out", fr: "laissés de côté"), Localized(verbatim: others.joined(separator: ", ")),
            Localized("XML that is not IATI", fr: "du XML qui n’est pas de l’IATI")))
      }
      let table = try tables[chosen]!.open(
        name: name, byteCount: byteCount, decisions: decisions, notes: notes, options: options, resource: resource)
      if asked == nil {
        let beside = there.filter { $0 != chosen && kind.fills($0) }.map(\.rawValue)
        table.amend { $0.tablesBeside = beside }
      }
      return table
    }

    /// What of a folder is left out.
    private var notes: [Diagnostic] {
      guard !others.isEmpty else { return [] }
      let list = others.prefix(3).map { "`\($0)`" }.joined(separator: ", ") + (others.count > 3 ? ", …" : "")
      return [
        .note(
          .filesDiffer,
          Localized(
            others.count == 1
              ? "1 file of `\(name)` is XML that is not IATI and is left out: \(list)"
              : "\(others.count) files of `\(name)` are XML that is not IATI and are left out: \(list)",
            fr: others.count == 1
              ? "1 fichier de `\(name)` est du XML qui n’est pas de l’IATI et n’est pas lu : \(list)"
              : "\(others.count) fichiers de `\(name)` sont du XML qui n’est pas de l’IATI et ne sont pas lus : \(list)"
          ),
          count: others.count)
      ]
    }
  }

  private static func decisions(
    _ chosen: IATITables, _ tables: [IATITables], versions: [String], _ kind: Kind
  ) -> [Fact] {
    let others = tables.filter { $0 != chosen }.map { "`\($0.rawValue)`" }.joined(separator: ", ")
    var decisions: [Fact] = [
      .init(
        Localized("table", fr: "table"), Localized(verbatim: "`\(chosen.rawValue)`"),
        kind.activities > 0
          ? Localized("\(kind.activities) activities", fr: "\(kind.activities) activités")
          : Localized("\(kind.organisations) organisations", fr: "\(kind.organisations) organisations")),
      .init(
        Localized("other tables", fr: "autres tables"), Localized(verbatim: others),
        Localized("after `#` in the path", fr: "après `#` dans le chemin")),
    ]
    if !versions.isEmpty {
      decisions.append(
        .init(Localized("version", fr: "version"), Localized(verbatim: versions.joined(separator: ", "))))
    }
    if chosen == .results {
      decisions.append(
        .init(
          Localized("direction", fr: "sens"),
          Localized("`ascending`, up where it is not given", fr: "`ascending`, hausse s’il n’est pas donné")))
    }
    if [.results, .transactions, .budgets].contains(chosen) {
      decisions.append(
        .init(
          Localized("figures", fr: "chiffres"),
          Localized(
            "as they are written in the columns `…_text`", fr: "tels qu’ils sont écrits dans les colonnes `…_text`")))
    }
    return decisions
  }
}
