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
    _ source: ByteSource, name: String, options: ReadOptions
  ) throws(QueryError) -> FileTable {
    let file: ParquetFile
    do throws(FormatFault) {
      file = try ParquetFile(source)
    } catch {
      throw error.error(name, "Parquet")
    }
    var report = ImportReport(name: name, format: Self.name, byteCount: source.size)
    report.decisions.append(
      ImportReport.Decision(
        Localized("row groups", fr: "groupes de lignes"), Localized(verbatim: "\(file.rowGroups.count)"),
        Localized(verbatim: file.writer ?? "")))
    var fields: [Field] = []
    var places: [Int] = []
    let labels = UniqueNames.of(file.leaves.map(\.name))
    for (place, leaf) in file.leaves.enumerated() {
      guard let type = leaf.dataType(file.metadata[ParquetMetadata.type(place)]) else {
        report.notes.append(FileFormats.leftOut(labels[place], of: name, type: leaf.typeName))
        continue
      }
      places.append(place)
      fields.append(
        Field(
          labels[place], type, display: file.metadata[ParquetMetadata.display(place)] == "percent" ? .percent : nil,
          unit: file.metadata[ParquetMetadata.unit(place)],
          isSensitive: file.metadata[ParquetMetadata.sensitive(place)] == "true"))
    }
    guard !fields.isEmpty else { throw FileFormats.nothingReadable(name) }
    let known = places
    return FileTable(report: report, schema: Schema(fields), rowCount: file.rowCount, options: options) {
      (wanted: [Int], isCancelled: @Sendable () -> Bool) throws(QueryError) -> FileTable.Loaded in
      try source.demandUnchanged()
      var loaded: FileTable.Loaded = ([], [])
      do throws(FormatFault) {
        for field in wanted {
          let place = known[field]
          let (column, notes) = try ParquetColumn(source, file, place: place).load(
            declared: file.metadata[ParquetMetadata.type(place)],
            firstMonth: file.metadata[ParquetMetadata.fiscalYearStart(place)].flatMap { Int($0) } ?? 1,
            isCancelled: isCancelled)
          loaded.columns.append(column)
          loaded.notes += notes
        }
      } catch {
        throw error.error(name, "Parquet")
      }
      return loaded
    }
  }
}

/// What Bilan writes beside the columns, by their numbers, so that it reads the same back.
enum ParquetMetadata {
  static func type(_ place: Int) -> String { "bilan.\(place).type" }
  static func unit(_ place: Int) -> String { "bilan.\(place).unit" }
  static func display(_ place: Int) -> String { "bilan.\(place).display" }
  static func sensitive(_ place: Int) -> String { "bilan.\(place).sensitive" }
  /// The first month of the fiscal years among the periods.
  static func fiscalYearStart(_ place: Int) -> String { "bilan.\(place).fiscal_year_start" }
}
