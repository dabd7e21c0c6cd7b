import BilanColumnar
import BilanDiagnostics
import BilanReaders

/// IATI XML, versions 1.01 to 2.03, as related tables: `from "activities.xml#results"`.
package enum IATIFormat: FileFormat {
  package static let name = "iati"

  private static let records: Set = ["iati-activity", "iati-organisation"]

  /// Every XML file, so that one that is not IATI is said to be so.
  package static func recognizes(_ head: [UInt8], path: String) -> Bool {
    if path.lowercased().hasSuffix(".xml") { return true }
    let start = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let text = head[start...].drop { $0 <= 0x20 }
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

  /// Opens bytes that are already in memory.
  package static func open(
    bytes: [UInt8], table: String? = nil, name: String, options: ReadOptions = ReadOptions(),
    resource: DataPackage.Resource? = nil
  ) throws(QueryError) -> FileTable {
    let kind = Kind()
    var wanted: IATITables?
    if let table {
      guard let known = IATITables(rawValue: table) else {
        let names = try tables(of: bytes, name: name, options)
        throw FileFormats.unknownTable(table, in: name, among: names)
      }
      wanted = known
    }
    // Which tables a file has shows in its first record; both that may be meant are written until then.
    var written: [IATITables: IATITable] = [:]
    for table in wanted.map({ [$0] }) ?? [.activities, .organisations] {
      written[table] = IATITable(table.columns)
    }
    let made = written
    let root = try XMLRecords.read(bytes, name: name, records: records, isCancelled: options.isCancelled) {
      root, element in
      kind.note(element)
      let record = IATIRecord(element, root: root)
      for (table, rows) in made where kind.has(table, element) { table.add(record, to: rows) }
    }
    let tables = try kind.tables(in: name)
    let chosen = wanted ?? tables[0]
    guard tables.contains(chosen) else {
      throw FileFormats.unknownTable(chosen.rawValue, in: name, among: tables.map(\.rawValue))
    }
    return try made[chosen]!.open(
      name: name, table: chosen.rawValue, byteCount: bytes.count,
      decisions: decisions(chosen, tables, version: root?["version"], kind), options: options, resource: resource)
  }

  /// What a file holds, as its records show it.
  private final class Kind {
    private(set) var activities = 0
    private(set) var organisations = 0

    func note(_ element: XMLElement) {
      if element.name == "iati-activity" { activities += 1 } else { organisations += 1 }
    }

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

  private static func decisions(
    _ chosen: IATITables, _ tables: [IATITables], version: String?, _ kind: Kind
  ) -> [ImportReport.Decision] {
    let others = tables.filter { $0 != chosen }.map { "`\($0.rawValue)`" }.joined(separator: ", ")
    var decisions: [ImportReport.Decision] = [
      .init(
        Localized("table", fr: "table"), Localized(verbatim: "`\(chosen.rawValue)`"),
        kind.activities > 0
          ? Localized("\(kind.activities) activities", fr: "\(kind.activities) activités")
          : Localized("\(kind.organisations) organisations", fr: "\(kind.organisations) organisations")),
      .init(
        Localized("other tables", fr: "autres tables"), Localized(verbatim: others),
        Localized("after `#` in the path", fr: "après `#` dans le chemin")),
    ]
    if let version {
      decisions.append(.init(Localized("version", fr: "version"), Localized(verbatim: version)))
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
