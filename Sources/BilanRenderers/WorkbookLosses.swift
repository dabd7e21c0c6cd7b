#if Spreadsheets
  import BilanDiagnostics
  import BilanWorkbooks

  /// What a workbook cannot hold as it is, counted while it is written.
  struct WorkbookLosses: Sendable {
    /// Texts that are longer than a cell may be.
    var cutTexts = 0
    /// Columns beyond those of a sheet.
    var columns = 0
    /// Whole numbers of more than fifteen digits, written as texts.
    var longNumbers = 0
    /// Days that spreadsheet programs do not count, written as texts.
    var farDays = 0
    /// Rows that do not stand on the first sheet.
    var furtherRows = 0
    /// The names of the sheets that the rows stand on.
    var sheets: [String] = []

    var findings: [Diagnostic] {
      var findings: [Diagnostic] = []
      func find(_ count: Int, _ message: @autoclosure () -> Localized) {
        if count > 0 { findings.append(.note(.textNotWritten, message(), count: count)) }
      }
      find(furtherRows, further)
      find(columns, leftOut)
      find(
        cutTexts,
        Localized(
          "\(cutTexts) \(cutTexts == 1 ? "text is" : "texts are") cut: a cell of a workbook holds "
            + "\(WorkbookWriter.textLimit) characters",
          fr: "\(cutTexts) \(cutTexts == 1 ? "texte est coupé" : "textes sont coupés")\u{A0}: une cellule de classeur "
            + "contient \(WorkbookWriter.textLimit) caractères"))
      find(
        longNumbers,
        Localized(
          longNumbers == 1
            ? "1 whole number of more than 15 digits is written as a text: spreadsheet programs keep 15"
            : "\(longNumbers) whole numbers of more than 15 digits are written as texts: spreadsheet programs keep 15",
          fr: longNumbers == 1
            ? "1 entier de plus de 15 chiffres est écrit en texte\u{A0}: les tableurs en gardent 15"
            : "\(longNumbers) entiers de plus de 15 chiffres sont écrits en texte\u{A0}: les tableurs en gardent 15"))
      find(
        farDays,
        Localized(
          farDays == 1
            ? "1 date is written as a text: spreadsheet programs count days from March 1900 to 9999"
            : "\(farDays) dates are written as texts: spreadsheet programs count days from March 1900 to 9999",
          fr: farDays == 1
            ? "1 date est écrite en texte\u{A0}: les tableurs comptent les jours de mars 1900 à 9999"
            : "\(farDays) dates sont écrites en texte\u{A0}: les tableurs comptent les jours de mars 1900 à 9999"))
      return findings
    }

    private var leftOut: Localized {
      Localized(
        "\(columns) \(columns == 1 ? "column is" : "columns are") left out: a sheet holds \(WorkbookWriter.columnLimit)",
        fr: columns == 1
          ? "1 colonne est laissée de côté\u{A0}: une feuille en contient \(WorkbookWriter.columnLimit)"
          : "\(columns) colonnes sont laissées de côté\u{A0}: une feuille en contient \(WorkbookWriter.columnLimit)")
    }

    private var further: Localized {
      let list =
        sheets.dropFirst().prefix(5).map { "`\($0)`" }.joined(separator: ", ") + (sheets.count > 6 ? ", …" : "")
      return Localized(
        furtherRows == 1
          ? "1 row does not fit on the first sheet, which holds \(WorkbookWriter.rowLimit), and stands on \(list)"
          : "\(furtherRows) rows do not fit on the first sheet, which holds \(WorkbookWriter.rowLimit), and stand on \(list)",
        fr: furtherRows == 1
          ? "1 ligne ne tient pas sur la première feuille, qui en contient \(WorkbookWriter.rowLimit), et est sur \(list)"
          : "\(furtherRows) lignes ne tiennent pas sur la première feuille, qui en contient \(WorkbookWriter.rowLimit), et "
            + "sont sur \(list)")
    }
  }
#endif
