import BilanColumnar
import BilanDiagnostics
import BilanReaders

/// Parquet files: `from "results.parquet"`.
package enum ParquetFormat: SingleTableFormat {
  package static let name = "parquet"
  package static let extensions = ["parquet"]

  package static func recognizes(_ head: [UInt8], path: String) -> Bool {
    head.starts(with: ParquetFile.magic) || head.starts(with: "PARE".utf8)
  }

  package static func open(
    _ source: ByteSource, name: String, options: ReadOptions, resource: DataPackage.Resource?
  ) throws(QueryError) -> FileTable {
    let file: ParquetFile
    do throws(FormatFault) {
      file = try ParquetFile(source)
    } catch {
      throw error.error(name, "Parquet")
    }
    var report = ImportReport(name: name, format: Self.name, byteCount: source.size)
    report.decisions.append(
      Fact(
        Localized("row groups", fr: "groupes de lignes"), Localized(verbatim: "\(file.rowGroups.count)"),
        Localized(verbatim: file.writer ?? "")))
    let columns = ParquetTableColumn.columns(of: file)
    var fields: [Field] = []
    var known: [ParquetTableColumn] = []
    for (column, label) in zip(columns, UniqueNames.of(columns.map(\.name))) {
      for place in column.leftOut {
        let leaf = file.leaves[place]
        report.notes.append(FileFormats.leftOut(leaf.label, of: name, type: leaf.typeName))
      }
      guard let type = column.type, let place = column.places.first else { continue }
      known.append(column)
      fields.append(
        Field(
          label, type, display: file.metadata[ParquetMetadata.display(place)] == "percent" ? .percent : nil,
          unit: file.metadata[ParquetMetadata.unit(place)],
          isSensitive: file.metadata[ParquetMetadata.sensitive(place)] == "true"))
    }
    guard !fields.isEmpty else { throw FileFormats.nothingReadable(name) }
    let found = known
    // What Bilan writes comes back as it was.
    let texts = file.writer == ParquetMetadata.writer ? [] : found.indices.filter { found[$0].mayHoldDates(file) }
    @Sendable func load(
      _ wanted: [Int], _ groups: [Int], _ isCancelled: @Sendable () -> Bool
    ) throws(QueryError) -> FileTable.Loaded {
      try source.demandUnchanged()
      var loaded: FileTable.Loaded = ([], [])
      do throws(FormatFault) {
        for field in wanted {
          let (column, notes) = try found[field].load(source, file, groups: groups, isCancelled: isCancelled)
          loaded.columns.append(column)
          loaded.notes += notes
        }
      } catch {
        throw error.error(name, "Parquet")
      }
      return loaded
    }
    let parts = FileParts(
      rowCounts: file.rowGroups.map(\.rowCount), bounds: { found[$0].bounds(file, group: $1) },
      isSeparable: { found[$0].isSeparable(file, group: $1) }, load: load)
    return FileTable(
      report: report, schema: Schema(fields), rowCount: file.rowCount, options: options, resource: resource,
      texts: Set(texts), parts: parts
    ) { (wanted: [Int], isCancelled: @Sendable () -> Bool) throws(QueryError) -> FileTable.Loaded in
      try load(wanted, Array(file.rowGroups.indices), isCancelled)
    }
  }
}

/// What stands beside the columns: what Bilan writes, by their numbers, so that it reads the same back.
enum ParquetMetadata {
  /// How Bilan calls itself.
  static let writer = "Bilan"
  /// What programs that use Arrow write: its schema of the same columns.
  static let arrowSchema = "ARROW:schema"
  static func type(_ place: Int) -> String { "bilan.\(place).type" }
  static func unit(_ place: Int) -> String { "bilan.\(place).unit" }
  /// Of a part of a list.
  static func elementUnit(_ place: Int) -> String { "bilan.\(place).element_unit" }
  static func display(_ place: Int) -> String { "bilan.\(place).display" }
  static func sensitive(_ place: Int) -> String { "bilan.\(place).sensitive" }
  /// The first month of the fiscal years among the periods.
  static func fiscalYearStart(_ place: Int) -> String { "bilan.\(place).fiscal_year_start" }
}
