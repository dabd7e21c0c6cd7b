import BilanColumnar
import BilanDiagnostics
import BilanReaders

/// A descriptor to be written, which says how a file is read.
package struct DescriptorText: Sendable {
  package var path: String
  package var text: String
  package var fieldCount: Int
  /// Whether a descriptor is there whose other contents were kept.
  package var isUpdate: Bool
}

extension Session {
  /// What a `datapackage.json` beside a file has to say so that the file is read as it was understood.
  ///
  /// Whatever else a descriptor there says is kept; what it says of the file is changed only where `replaces` is true.
  ///
  /// - Throws: `cannotWrite` where that may not be, and for what is no delimited text.
  package func descriptor(
    for name: String, replaces: Bool, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(BilanError) -> DescriptorText {
    do throws(QueryError) {
      let file = catalog.datasets.first { $0.name == name }?.path ?? name
      guard FileKind(file) == .file else {
        throw Self.refusal(
          Localized(
            "`\(name)` is no file: a descriptor is written beside one",
            fr: "`\(name)` n’est pas un fichier : un descripteur s’écrit à côté d’un fichier"))
      }
      let table = try catalog.openAlone(file, isCancelled: isCancelled)
      guard let table = table as? FileTable, table.report.format == "csv" else {
        throw Self.refusal(
          Localized(
            "`\(name)` is no delimited text: only that is written into a descriptor",
            fr: "`\(name)` n’est pas du texte délimité : seul celui-ci est décrit dans un descripteur"))
      }
      try table.settle(isCancelled: isCancelled)
      let slash = file.lastIndex(of: "/")
      let folder = slash.map { String(file[...$0]) } ?? ""
      let path = NeighbourPackage.path(in: folder)
      if catalog.isDescribed(name), (try? NeighbourPackage(in: folder).resource(of: file))?.0 == nil {
        throw Self.refusal(
          Localized(
            "`\(name)` is described by a descriptor in another folder, which rules",
            fr: "`\(name)` est décrit par un descripteur d’un autre dossier, qui fait foi"))
      }
      let draft = DescriptorDraft(
        file: slash.map { String(file[file.index(after: $0)...]) } ?? file, report: table.report, schema: table.schema,
        texts: try spelling(of: file, table, isCancelled), fiscalYearStart: catalog.fiscalYearStart)
      let known = FileKind(path) == .file ? try FileBytes.read(path: path) : nil
      switch try draft.write(into: known, path: path, replaces: replaces) {
      case .written(let text):
        return DescriptorText(path: path, text: text, fieldCount: table.schema.count, isUpdate: known != nil)
      case .isThere:
        throw Self.refusal(
          Localized("`\(path)` describes `\(file)` already", fr: "`\(path)` décrit déjà `\(file)`"),
          help: Localized(
            "`--force` replaces encoding, dialect and types there, and keeps everything else",
            fr: "`--force` y remplace l’encodage, le dialecte et les types, et garde tout le reste"))
      case .isElsewhere:
        throw Self.refusal(
          Localized(
            "`\(path)` leaves the dialect or the schema of `\(file)` to another file",
            fr: "`\(path)` laisse le dialecte ou le schéma de `\(file)` à un autre fichier"))
      }
    } catch {
      throw BilanError(error)
    }
  }

  /// The cells of dates and truth values as they are written.
  private func spelling(
    of file: String, _ table: FileTable, _ isCancelled: @escaping @Sendable () -> Bool
  ) throws(QueryError) -> [Int: [String?]] {
    let places = DescriptorDraft.spelledPlaces(table.report)
    if places.isEmpty { return [:] }
    let columns = try catalog.cells(of: places.map { table.schema[$0].label }, in: file, isCancelled: isCancelled)
    var cells: [Int: [String?]] = [:]
    for place in places {
      guard case .text(let texts)? = columns[table.schema[place].label] else { continue }
      cells[place] = (0..<texts.count).map { texts.validity?[$0] ?? true ? texts.dictionary[texts.code($0)] : nil }
    }
    return cells
  }

  private static func refusal(_ message: Localized, help: Localized? = nil) -> QueryError {
    QueryError(.error(.cannotWrite, message, help: help))
  }
}
