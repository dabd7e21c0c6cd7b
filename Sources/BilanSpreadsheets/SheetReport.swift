#if Spreadsheets
  import BilanDiagnostics
  import BilanReaders

  /// What was understood of a sheet, in words.
  struct SheetReport {
    let book: Workbook
    let sheet: Workbook.Sheet
    /// What messages call the table.
    let name: String
    let cells: SheetCells
    let written: SheetTable.Written
    /// Other sheets that hold something, where whoever reads this one may not know of them.
    var others: [(name: String, beginning: SheetBeginning)] = []
    /// Those that have the same columns.
    var alike: [String] = []

    var emptySheet: QueryError {
      let others = book.sheets.filter { $0.name != sheet.name }.map { "`\($0.name)`" }.prefix(10)
      let list = others.joined(separator: ", ")
      return QueryError(
        .error(
          .emptyFile,
          Localized(
            "sheet `\(sheet.name)` of `\(name)` is empty", fr: "la feuille `\(sheet.name)` de `\(name)` est vide"),
          help: others.isEmpty
            ? nil
            : Localized("it has other sheets too: \(list)", fr: "il a aussi d’autres feuilles : \(list)")), kind: .data)
    }

    private var counts: SheetCells.Counts { cells.counts }

    var decisions: [Fact] {
      var decisions = [sheetDecision]
      let hidden = book.sheets.filter(\.isHidden)
      if !hidden.isEmpty {
        let list = hidden.prefix(10).map { "`\($0.name)`" }.joined(separator: ", ")
        decisions.append(
          .init(Localized("hidden sheets", fr: "feuilles masquées"), Localized(verbatim: list)))
      }
      if counts.hiddenRows > 0 {
        decisions.append(
          .init(
            Localized("hidden rows", fr: "lignes masquées"),
            Localized("\(counts.hiddenRows), read too", fr: "\(counts.hiddenRows), lues aussi"),
            Localized(
              "the first is row \(counts.firstHiddenRow ?? 0)",
              fr: "la première est la ligne \(counts.firstHiddenRow ?? 0)")))
      }
      if counts.hiddenColumns > 0 {
        decisions.append(
          .init(
            Localized("hidden columns", fr: "colonnes masquées"),
            Localized("\(counts.hiddenColumns), read too", fr: "\(counts.hiddenColumns), lues aussi")))
      }
      if written.headerRowCount > 0 {
        decisions.append(
          .init(
            Localized("header", fr: "en-tête"),
            written.headerRowCount == 1
              ? Localized(
                "merged cells name each of their columns",
                fr: "les cellules fusionnées nomment chacune de leurs colonnes")
              : Localized("\(written.headerRowCount) rows, joined", fr: "\(written.headerRowCount) lignes, jointes"),
            Localized("merged cells", fr: "cellules fusionnées")))
      }
      if written.mergedCount > 0 {
        decisions.append(
          .init(
            Localized("merged cells", fr: "cellules fusionnées"),
            Localized(
              "\(written.mergedCount) in rows, of which the first cell has the value, and a text those below it",
              fr: "\(written.mergedCount) dans les lignes, dont la première cellule a la valeur, et un texte celles "
                + "au-dessous")))
      }
      if book.countsFrom1904 {
        decisions.append(
          .init(
            Localized("dates", fr: "dates"), Localized("counted from 1904", fr: "comptées depuis 1904"),
            Localized("the workbook says so", fr: "le classeur le dit")))
      }
      return decisions
    }

    private var sheetDecision: Fact {
      let others = book.sheets.filter { $0.name != sheet.name }.map { "`\($0.name)`" }
      let list = others.prefix(10).joined(separator: ", ")
      return Fact(
        Localized("sheet", fr: "feuille"),
        Localized(
          "`\(sheet.name)`" + (sheet.isHidden ? ", which is hidden" : "") + ", \(written.range ?? "")",
          fr: "`\(sheet.name)`" + (sheet.isHidden ? ", qui est masquée" : "") + ", \(written.range ?? "")"),
        others.isEmpty
          ? Localized("the only one", fr: "la seule")
          : Localized("others: \(list)", fr: "les autres : \(list)"))
    }

    var notes: [Diagnostic] {
      var notes: [Diagnostic] = []
      if !alike.isEmpty { notes.append(noteOnAlike) }
      notes += mergedNotes + unitNotes
      if let first = counts.firstMixedPercentage {
        let (shares, numbers) = (counts.percentagesAmongNumbers, counts.numbersAmongPercentages)
        notes.append(
          .note(
            .mixedCurrencies,
            Localized(
              "percentages of `\(name)` stand beside numbers beyond one, and are read as plain numbers: \(shares) beside "
                + "\(numbers), the first in \(first.text)",
              fr: "des pourcentages de `\(name)` sont à côté de nombres supérieurs à un, et sont lus comme de simples "
                + "nombres : \(shares) à côté de \(numbers), le premier en \(first.text)"), count: shares))
      }
      if let first = counts.firstError {
        let count = counts.errors.values.reduce(0, +)
        let list = counts.errors.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(5)
          .map { "`\($0.key)` × \($0.value)" }.joined(separator: ", ")
        notes.append(
          .note(
            .unreadableValues,
            Localized(
              count == 1
                ? "1 cell of `\(name)` holds an error and is missing: \(list), in \(first.text)"
                : "\(count) cells of `\(name)` hold errors and are missing: \(list), the first in \(first.text)",
              fr: count == 1
                ? "1 cellule de `\(name)` contient une erreur et est manquante : \(list), en \(first.text)"
                : "\(count) cellules de `\(name)` contiennent des erreurs et sont manquantes : \(list), la première en "
                  + first.text), count: count))
      }
      if let first = counts.firstZeroDay {
        notes.append(
          .note(
            .unreadableValues,
            Localized(
              counts.zeroDays == 1
                ? "1 cell of `\(name)` holds the day 0, as a reference to an empty cell gives it, and is missing, in \(first.text)"
                : "\(counts.zeroDays) cells of `\(name)` hold the day 0, as references to empty cells give it, and are missing, "
                  + "the first in \(first.text)",
              fr: counts.zeroDays == 1
                ? "1 cellule de `\(name)` contient le jour 0, comme en donne une référence à une cellule vide, et est "
                  + "manquante, en \(first.text)"
                : "\(counts.zeroDays) cellules de `\(name)` contiennent le jour 0, comme en donnent des références à des "
                  + "cellules vides, et sont manquantes, la première en \(first.text)"), count: counts.zeroDays))
      }
      if let first = counts.firstEmptyFormula {
        notes.append(
          .note(
            .unreadableValues,
            counts.emptyFormulas == 1
              ? Localized(
                "1 formula of `\(name)` has no stored value and is missing, in \(first.text); a spreadsheet program "
                  + "stores it when it saves the file",
                fr:
                  "1 formule de `\(name)` n’a pas de valeur enregistrée et est manquante, en \(first.text) ; un tableur "
                  + "l’enregistre en sauvegardant le fichier")
              : Localized(
                "\(counts.emptyFormulas) formulas of `\(name)` have no stored value and are missing, the first in "
                  + "\(first.text); a spreadsheet program stores them when it saves the file",
                fr: "\(counts.emptyFormulas) formules de `\(name)` n’ont pas de valeur enregistrée et sont manquantes, "
                  + "la première en \(first.text) ; un tableur les enregistre en sauvegardant le fichier"),
            count: counts.emptyFormulas))
      }
      return notes
    }

    /// What became of units that the formats of some numbers show and those of others of the column do not.
    private var unitNotes: [Diagnostic] {
      cells.units.sorted { $0.key < $1.key }.compactMap { column, shown in
        let letters = "`\(CellReference.letters(Int(column)))`"
        if let (unit, bareCount) = cells.unit(ofColumn: column) {
          guard bareCount > 0 else { return nil }
          return .note(
            .mixedCurrencies,
            Localized(
              bareCount == 1
                ? "1 number of column \(letters) of `\(name)` is shown without a unit: taken for `\(unit)`, as the others are"
                : "\(bareCount) numbers of column \(letters) of `\(name)` are shown without a unit: taken for `\(unit)`, as the "
                  + "others are",
              fr: bareCount == 1
                ? "1 nombre de la colonne \(letters) de `\(name)` est montré sans unité : pris pour `\(unit)`, comme les autres"
                : "\(bareCount) nombres de la colonne \(letters) de `\(name)` sont montrés sans unité : pris pour `\(unit)`, "
                  + "comme les autres"), count: bareCount)
        }
        let list = shown.prefix(5).map { "`\($0.unit)` × \($0.count)" }.joined(separator: ", ")
        let first = shown[0].first.text
        return .note(
          .mixedCurrencies,
          Localized(
            "numbers of column \(letters) of `\(name)` are shown with units that not all of them have, and that are left out: "
              + "\(list), the first in \(first)",
            fr:
              "des nombres de la colonne \(letters) de `\(name)` sont montrés avec des unités que n’ont pas tous, et qui sont "
              + "laissées de côté : \(list), la première en \(first)"),
          count: shown.reduce(0) { $0 + $1.count })
      }
    }

    /// What became of cells that are merged over several rows or columns.
    private var mergedNotes: [Diagnostic] {
      let merged = written.merged
      var notes: [Diagnostic] = []
      if let first = merged.firstFilled {
        notes.append(
          .note(
            .mergedCells,
            Localized(
              merged.filled == 1
                ? "1 cell of `\(name)` is merged with the one above it and has its text (\(first.text))"
                : "\(merged.filled) cells of `\(name)` are merged with the ones above them and have their texts, first "
                  + "below \(first.text)",
              fr: merged.filled == 1
                ? "1 cellule de `\(name)` est fusionnée avec celle du dessus et a son texte (\(first.text))"
                : "\(merged.filled) cellules de `\(name)` sont fusionnées avec celles du dessus et ont leurs textes, "
                  + "d’abord sous \(first.text)"), count: merged.filled))
      }
      if let first = merged.firstMissing {
        notes.append(
          .note(
            .mergedCells,
            Localized(
              merged.missing == 1
                ? "1 cell of `\(name)` is merged with a number above it, which is the upper row’s alone (\(first.text))"
                : "\(merged.missing) cells of `\(name)` are merged with numbers above them, which are the upper rows’ "
                  + "alone, first below \(first.text)",
              fr: merged.missing == 1
                ? "1 cellule de `\(name)` est fusionnée avec un nombre au-dessus, qui n’est qu’à la ligne du haut "
                  + "(\(first.text))"
                : "\(merged.missing) cellules de `\(name)` sont fusionnées avec des nombres au-dessus, qui ne sont "
                  + "qu’aux lignes du haut, d’abord sous \(first.text)"), count: merged.missing))
      }
      if let first = merged.firstAcross {
        notes.append(
          .note(
            .mergedCells,
            Localized(
              merged.across == 1
                ? "1 number of `\(name)` is merged over several columns, of which the first alone has it (\(first.text))"
                : "\(merged.across) numbers of `\(name)` are merged over several columns, of which the first alone has "
                  + "them, first in \(first.text)",
              fr: merged.across == 1
                ? "1 nombre de `\(name)` est fusionné sur plusieurs colonnes, dont seule la première l’a (\(first.text))"
                : "\(merged.across) nombres de `\(name)` sont fusionnés sur plusieurs colonnes, dont seule la première "
                  + "les a, d’abord en \(first.text)"), count: merged.across))
      }
      return notes
    }

    private var noteOnAlike: Diagnostic {
      let list = alike.prefix(10).map { "`\($0)`" }.joined(separator: ", ") + (alike.count > 10 ? ", …" : "")
      return .note(
        .sheetsNotRead,
        Localized(
          alike.count == 1
            ? "sheet `\(sheet.name)` of `\(name)` is read; another has the same columns: \(list)"
            : "sheet `\(sheet.name)` of `\(name)` is read; \(alike.count) others have the same columns: \(list)",
          fr: alike.count == 1
            ? "la feuille `\(sheet.name)` de `\(name)` est lue ; une autre a les mêmes colonnes : \(list)"
            : "la feuille `\(sheet.name)` de `\(name)` est lue ; \(alike.count) autres ont les mêmes colonnes : \(list)"
        ), count: alike.count)
    }
  }
#endif
