import BilanColumnar
import BilanDiagnostics
import BilanReaders

/// Arrow IPC files and streams, Feather of version 2 among them: `from "results.arrow"`.
package enum ArrowFormat: SingleTableFormat {
  package static let name = "arrow"
  package static let extensions = ["arrow", "arrows", "feather"]

  package static func recognizes(_ head: [UInt8], path: String) -> Bool {
    if head.starts(with: ArrowFile.magic) || head.starts(with: "FEA1".utf8) { return true }
    // A stream begins with the mark of a message and the size of its metadata, a schema.
    let bytes = ByteView(head)
    guard bytes.load(0, as: UInt32.self) == .max, let size = bytes.load(4, as: Int32.self), size > 0 else {
      return false
    }
    return size < 1 << 24
  }

  package static func open(
    _ source: ByteSource, name: String, options: ReadOptions, resource: DataPackage.Resource?
  ) throws(QueryError) -> FileTable {
    let file: ArrowFile
    do throws(FormatFault) {
      if try source.bytes(at: 0, count: min(4, source.size)).array.elementsEqual("FEA1".utf8) {
        throw .unsupported("Feather of version 1", fr: "Feather dans sa version 1")
      }
      file = try ArrowFile(source)
    } catch {
      throw error.error(name, "Arrow")
    }
    var report = ImportReport(name: name, format: Self.name, byteCount: source.size)
    report.decisions.append(
      Fact(
        Localized("batches", fr: "lots"), Localized(verbatim: "\(file.batches.count)"),
        file.isStream ? Localized("a stream", fr: "un flux") : Localized("a file", fr: "un fichier")))
    if let note = note(on: file.end, of: name) { report.notes.append(note) }
    var fields: [Field] = []
    let leaves = file.fields.enumerated().flatMap { place, field in
      field.leaves(field.name).map { ArrowLeaf(name: $0.name, path: [place] + $0.path, field: $0.field) }
    }
    var known: [ArrowLeaf] = []
    for (leaf, label) in zip(leaves, UniqueNames.of(leaves.map(\.name))) {
      let field = leaf.field
      report.notes += field.leftOut(label).map { FileFormats.leftOut($0.name, of: name, type: $0.type) }
      guard let type = leaf.dataType else { continue }
      known.append(leaf)
      let pieces = file.batches.map { $0.piece(leaf.path) }
      fields.append(
        Field(
          label, type, display: field.metadata[ArrowMetadata.display] == "percent" ? .percent : nil,
          unit: field.metadata[ArrowMetadata.unit], isSensitive: field.metadata[ArrowMetadata.sensitive] == "true"))
      report.columns.append(
        ColumnReport(
          label: label, type: type,
          evidence: Localized("stored as \(field.type.name)", fr: "stockée comme \(field.type.name)"),
          valueCount: pieces.reduce(0) { $0 + max(0, $1.rowCount - $1.missingCount) },
          emptyCount: pieces.reduce(0) { $0 + min($1.rowCount, $1.missingCount) }))
    }
    guard !fields.isEmpty else { throw FileFormats.nothingReadable(name) }
    let columns = known
    // What Bilan writes comes back as it was.
    let texts = columns.indices.filter {
      columns[$0].dataType == .text && columns[$0].field.metadata[ArrowMetadata.type] != ArrowMetadata.text
    }
    return FileTable(
      report: report, schema: Schema(fields), rowCount: file.batches.reduce(0) { $0 + $1.rowCount }, options: options,
      resource: resource, texts: Set(texts)
    ) { (wanted: [Int], isCancelled: @Sendable () -> Bool) throws(QueryError) -> FileTable.Loaded in
      try source.demandUnchanged()
      let reader = ArrowColumn(source: source, file: file)
      var loaded: FileTable.Loaded = ([], [])
      do throws(FormatFault) {
        for place in wanted {
          let (column, notes) = try reader.load(columns[place], isCancelled: isCancelled)
          loaded.columns.append(column)
          loaded.notes += notes
        }
      } catch {
        throw error.error(name, "Arrow")
      }
      return loaded
    }
  }

  /// Nil for a stream that ends as it should.
  private static func note(on end: ArrowFile.StreamEnd, of name: String) -> Diagnostic? {
    switch end {
    case .marked(0): nil
    case .marked(let count):
      .note(
        .trailingBytes,
        Localized(
          "\(count) bytes after the end of the stream in `\(name)` are not read",
          fr: "\(count) octets après la fin du flux dans `\(name)` ne sont pas lus"), count: count)
    case .unmarked:
      .note(
        .trailingBytes,
        Localized(
          "the stream in `\(name)` has no mark at its end: it may have been cut short",
          fr: "le flux dans `\(name)` n’a pas de marque à sa fin : il a pu être tronqué"))
    }
  }
}
