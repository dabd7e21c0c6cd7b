#if Spreadsheets
  import BilanDiagnostics
  import BilanReaders

  extension SheetReport {
    /// A page before the data has no more lines.
    private static let coverLines = 30

    /// What there is to say where the sheet that is read holds a title or lines of text alone, and others have tables.
    ///
    /// - Parameters:
    ///   - report: what was made of the sheet.
    ///   - path: where the workbook is stored.
    func cover(_ report: ImportReport, path: String) -> [Diagnostic] {
      let isOfLines =
        report.columns.count == 1 && report.columns[0].type == .text && report.rowCount <= Self.coverLines
      guard alike.isEmpty, report.rowCount == 0 || isOfLines else { return [] }
      // Lists, a sheet each, are no page before the others.
      let tables = others.filter { $0.beginning.goesOn && (report.rowCount == 0 || !$0.beginning.isWholeWidth) }
        .map(\.name)
      guard let first = tables.first else { return [] }
      let list = tables.prefix(10).map { "`\($0)`" }.joined(separator: ", ") + (tables.count > 10 ? ", …" : "")
      let (english, french) =
        report.rowCount == 0
        ? ("has no row of data", "n’a pas de ligne de données")
        : ("holds lines of text alone", "n’a que des lignes de texte")
      let isOne = tables.count == 1
      let file = path.hasSuffix(name) ? name : path
      let example = "`from \"\(file)#\(first)\"`"
      return [
        .note(
          .sheetsNotRead,
          Localized(
            "sheet `\(sheet.name)` of `\(name)` is read and \(english); "
              + (isOne ? "another has a table" : "\(tables.count) others have tables") + ": \(list), "
              + (isOne ? "" : "the first ") + "as \(example)",
            fr: "la feuille `\(sheet.name)` de `\(name)` est lue et \(french) ; "
              + (isOne ? "une autre a un tableau" : "\(tables.count) autres ont des tableaux") + " : \(list), "
              + (isOne ? "" : "la première ") + "par \(example)"), count: tables.count)
      ]
    }
  }
#endif
