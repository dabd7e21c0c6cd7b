import BilanDiagnostics
import BilanColumnar

/// What there is to say about the rows of a file, the names over them, and what stands around them.
extension ImportNotes {
  /// - Parameter names: of the rows; none where they may not be listed.
  static func sections(_ names: [String], lines: [Int], field: Field, number: String?, in file: String) -> Diagnostic {
    let places = places(lines)
    let list =
      names.isEmpty
      ? "" : " (" + names.prefix(3).map { "`\($0)`" }.joined(separator: ", ") + (names.count > 3 ? ", …)" : ")")
    return .note(
      .mergedCells,
      Localized(
        "\(places.english) of `\(file)` have a `\(field.label)` and nothing else\(list), like headings of the rows below: "
          + "they are kept as rows" + (number.map { "; leave them out with `where \($0) is not missing`" } ?? ""),
        fr:
          "\(places.french) de `\(file)` n’ont qu’une valeur de `\(field.label)`\(list), comme des titres des lignes qui "
          + "suivent : elles sont gardées comme des lignes"
          + (number.map { " ; `where \($0) is not missing` les écarte" } ?? "")),
      count: lines.count)
  }

  /// - Parameter header: the line of the names below the first caption.
  static func captions(_ captions: [String], lines: [Int], header: Int, in file: String) -> Diagnostic {
    let places = places(lines)
    let list = captions.prefix(3).map { "`\($0)`" }.joined(separator: ", ") + (captions.count > 3 ? ", …" : "")
    return .note(
      .skippedLines,
      Localized(
        "\(places.english) of `\(file)` \(lines.count == 1 ? "stands" : "stand") above names that come again (\(list)): the rows "
          + "below may be of something else than those above; `from … with header = \(header)` reads them alone",
        fr:
          "\(places.french) de `\(file)` au-dessus de noms qui se répètent (\(list)) : les lignes qui suivent portent "
          + "peut-être sur autre chose que celles qui précèdent ; `from … with header = \(header)` les lit seules"),
      count: lines.count)
  }

  /// The note on rows that all have one cell more than there are names.
  static func shiftedNames(_ count: Int, in file: String) -> Diagnostic {
    .note(
      .raggedRow,
      Localized(
        "every row of `\(file)` has one cell more than there are names (\(count)): these may stand over the wrong columns, or "
          + "a comma in numbers or texts separates cells that were meant to be one",
        fr:
          "chaque ligne de `\(file)` a une cellule de plus qu’il n’y a de noms (\(count)) : ceux-ci surmontent peut-être "
          + "d’autres colonnes que les leurs, ou une virgule dans des nombres ou des textes sépare ce qui ne devait faire "
          + "qu’une cellule"))
  }

  static func rowNames(in file: String) -> Diagnostic {
    .note(
      .duplicateColumn,
      Localized(
        "the names of `\(file)` begin at the second column, as R writes tables: the first one numbers or names the rows",
        fr:
          "les noms de `\(file)` commencent à la deuxième colonne, comme R écrit les tableaux : la première numérote ou "
          + "nomme les lignes"))
  }

  /// - Parameters:
  ///   - above, below: the lines above the table and below it, where their numbers are known.
  static func skippedLines(
    titles: Int, footnotes: Int, above: ClosedRange<Int>?, below: ClosedRange<Int>?, in file: String
  ) -> Diagnostic {
    func place(_ lines: ClosedRange<Int>?) -> String {
      lines.map { $0.count == 1 ? " (\($0.lowerBound))" : " (\($0.lowerBound)–\($0.upperBound))" } ?? ""
    }
    var (english, french): ([String], [String]) = ([], [])
    if titles > 0 {
      english.append("\(lines(titles))\(place(above)) above its table")
      french.append("\(frenchLines(titles))\(place(above)) au-dessus de son tableau")
    }
    if footnotes > 0 {
      english.append("\(lines(footnotes))\(place(below)) below its table")
      french.append("\(frenchLines(footnotes))\(place(below)) au-dessous de son tableau")
    }
    return .note(
      .skippedLines,
      Localized(
        "skipped in `\(file)`: \(english.joined(separator: ", "))",
        fr: "sautées dans `\(file)` : \(french.joined(separator: ", "))"),
      count: titles + footnotes)
  }

  /// - Parameter names: what stands in the second row of names.
  static func secondNames(line: Int, _ names: [String], in file: String) -> Diagnostic {
    let list = names.prefix(3).map { "`\($0)`" }.joined(separator: ", ") + (names.count > 3 ? ", …" : "")
    return .note(
      .skippedLines,
      Localized(
        "line \(line) of `\(file)` names the columns once more (\(list)), and is left out; `from … with header = 1` keeps it",
        fr:
          "la ligne \(line) de `\(file)` nomme encore une fois les colonnes (\(list)) et est laissée de côté ; "
          + "`from … with header = 1` la garde"), count: 1)
  }

  /// - Parameter names: of the columns of the other table.
  static func secondTable(lines: ClosedRange<Int>, header: Int, names: [String], in file: String) -> Diagnostic {
    let list = names.prefix(4).map { "`\($0)`" }.joined(separator: ", ") + (names.count > 4 ? ", …" : "")
    return .note(
      .skippedLines,
      Localized(
        "lines \(lines.lowerBound)–\(lines.upperBound) of `\(file)` hold another table (\(list)), which is left out: "
          + "`from … with header = \(header)` reads it",
        fr: "les lignes \(lines.lowerBound) à \(lines.upperBound) de `\(file)` contiennent un autre tableau (\(list)), "
          + "qui est écarté : `from … with header = \(header)` le lit"), count: lines.count)
  }

  /// - Parameters:
  ///   - areSums: whether the numbers of the rows are sums of others; else only their labels say that they are totals.
  ///   - condition: what keeps all other rows, where something does.
  static func totals(
    _ totals: TotalRows.Found, areSums: Bool, lines: [Int], condition: String?, in file: String
  ) -> Diagnostic {
    let places = places(lines)
    // Personal labels are none that may be listed.
    let list = totals.labels.prefix(4).filter { !$0.isEmpty }.map { "`\($0)`" }.joined(separator: ", ")
    let labels = list.isEmpty ? "" : " (\(list))"
    let isOne = lines.count == 1
    var (english, french) = ("\(places.english) of `\(file)` ", "\(places.french) de `\(file)` : ")
    if areSums {
      english +=
        "look\(isOne ? "s" : "") like \(isOne ? "a total" : "totals") of other rows\(labels), which adding up counts "
        + "twice"
      french +=
        "\(isOne ? "semble être un total" : "semblent être des totaux") d’autres lignes\(labels), qu’une addition "
        + "compte deux fois"
    } else {
      english +=
        "\(isOne ? "is called a total" : "are called totals")\(labels), but \(isOne ? "is" : "are") not the sum of all others"
      french +=
        "\(isOne ? "est appelée total" : "sont appelées totaux")\(labels) sans être la somme de toutes les autres"
    }
    let out = leavingOut(condition, isOne: isOne)
    return .note(
      .totalRows, Localized(english + out.english, fr: french + out.french), count: lines.count)
  }

  /// How to leave rows out; nothing where no condition does.
  private static func leavingOut(_ condition: String?, isOne: Bool) -> Localized {
    guard let condition else { return Localized(verbatim: "") }
    return Localized(
      "; leave \(isOne ? "it" : "them") out with `\(condition)`",
      fr: " ; `\(condition)` \(isOne ? "l’écarte" : "les écarte")")
  }

  /// The note on rows of periods that hold those of others.
  ///
  /// - Parameter part: one that the first of them holds.
  static func overlappingPeriods(
    _ names: [String], part: String, of field: Field, lines: [Int], in file: String
  ) -> Diagnostic {
    let places = places(lines)
    let isOne = lines.count == 1
    let condition =
      names.count > 4
      ? nil : "where " + names.map { "\(field.handle) != \($0)" }.joined(separator: " and ")
    return .note(
      .totalRows,
      Localized(
        "\(places.english) of `\(file)` \(isOne ? "is of a period" : "are of periods") of which parts are rows of their own "
          + "(`\(names[0])` and `\(part)`): adding up counts them twice"
          + leavingOut(condition, isOne: isOne).english,
        fr:
          "\(places.french) de `\(file)` : \(isOne ? "une période dont" : "des périodes dont") des parties ont leurs propres "
          + "lignes (`\(names[0])` et `\(part)`), qu’une addition compte deux fois"
          + leavingOut(condition, isOne: isOne).french),
      count: lines.count)
  }

  /// The note on what an account had before its movements or has after them.
  ///
  /// - Parameter condition: what keeps all other rows, where something does.
  static func balances(
    _ balances: TotalRows.Found, lines: [Int], condition: String?, in file: String
  ) -> Diagnostic {
    let places = places(lines)
    let labels = balances.labels.prefix(4).map { "`\($0)`" }.joined(separator: ", ")
    let isOne = lines.count == 1
    return .note(
      .totalRows,
      Localized(
        "\(places.english) of `\(file)` \(isOne ? "is a balance" : "are balances") (\(labels)), which adding up counts among the "
          + "movements" + leavingOut(condition, isOne: isOne).english,
        fr:
          "\(places.french) de `\(file)` : \(isOne ? "un solde" : "des soldes") (\(labels)), qu’une addition compte parmi les "
          + "mouvements" + leavingOut(condition, isOne: isOne).french),
      count: lines.count)
  }

  /// - Parameter condition: what keeps all other rows, where something does.
  static func statistics(
    _ statistics: TotalRows.Found, lines: [Int], condition: String?, in file: String
  ) -> Diagnostic {
    let places = places(lines)
    let labels = statistics.labels.prefix(4).map { "`\($0)`" }.joined(separator: ", ")
    let isOne = lines.count == 1
    return .note(
      .totalRows,
      Localized(
        "\(places.english) of `\(file)` \(isOne ? "holds a statistic" : "hold statistics") of the others (\(labels)), which "
          + "adding up takes for rows like them"
          + leavingOut(condition, isOne: isOne).english,
        fr:
          "\(places.french) de `\(file)` : \(isOne ? "une statistique" : "des statistiques") des autres lignes (\(labels)), "
          + "qu’une addition prend pour des lignes comme elles"
          + leavingOut(condition, isOne: isOne).french),
      count: lines.count)
  }

  /// - Parameter condition: what keeps all other rows, where something does.
  static func unlabelledTotal(line: Int, condition: String?, in file: String) -> Diagnostic {
    .note(
      .totalRows,
      Localized(
        "line \(line) of `\(file)` has no words, and its numbers are the sums of the others: it looks like a total, which "
          + "adding up counts twice" + leavingOut(condition, isOne: true).english,
        fr:
          "la ligne \(line) de `\(file)` n’a pas de mots, et ses nombres sont les sommes des autres : elle semble être "
          + "un total, qu’une addition compte deux fois" + leavingOut(condition, isOne: true).french), count: 1)
  }

  /// - Parameter field: the column that says of these rows that they are parts of others.
  static func parts(lines: [Int], of field: Field, in file: String) -> Diagnostic {
    let places = places(lines)
    let isOne = lines.count == 1
    return .note(
      .totalRows,
      Localized(
        "\(places.english) of `\(file)` \(isOne ? "is" : "are") by \(isOne ? "its" : "their") `\(field.label)` a part of "
          + "what stands above (`dont …`), which adding up counts twice",
        fr: "\(places.french) de `\(file)` : d’après `\(field.label)`, une partie de ce qui précède (`dont …`), qu’une "
          + "addition compte deux fois"), count: lines.count)
  }

  /// - Parameter field: the column in which these rows have nothing, and all others something.
  static func subtotals(lines: [Int], without field: Field, in file: String) -> Diagnostic {
    let places = places(lines)
    let isOne = lines.count == 1
    let (verb, look) = isOne ? ("has", "it looks like a subtotal") : ("have", "they look like subtotals")
    let (its, semble) =
      isOne ? ("its", "elle semble être un sous-total") : ("their", "elles semblent être des sous-totaux")
    return .note(
      .totalRows,
      Localized(
        "\(places.english) of `\(file)` \(verb) no `\(field.label)`, and \(its) numbers are the sums of rows that do: "
          + "\(look), which adding up counts twice; leave \(isOne ? "it" : "them") out with `where \(field.handle) is not "
          + "missing`",
        fr:
          "\(places.french) de `\(file)` : sans `\(field.label)`, et leurs nombres sont les sommes de lignes qui en "
          + "ont un : \(semble), qu’une addition compte deux fois ; `where \(field.handle) is not missing` "
          + "\(isOne ? "l’écarte" : "les écarte")"), count: lines.count)
  }

  /// The error for a header that is said to be where the file has no line.
  static func noHeaderLine(_ line: Int, _ bytes: [UInt8], in file: String) -> QueryError {
    let end = bytes.last == 0x0A || bytes.last == 0x0D ? bytes.count - 1 : bytes.count
    let count = SourceLines.line(of: end, in: bytes)
    return QueryError(
      .error(
        .noHeaderLine,
        Localized(
          "`\(file)` has \(lines(count)), and its header is said to be on line \(line)",
          fr: "`\(file)` a \(frenchLines(count)), et son en-tête est dit à la ligne \(line)")), kind: .data)
  }

  /// - Parameter examples: the first of the lines, and what each has too much.
  static func raggedRows(
    _ report: ImportReport, width: Int, _ examples: [(line: Int, fieldCount: Int, rest: String)]
  ) -> Diagnostic {
    let (short, long) = (report.shortRowCount, report.longRowCount)
    /// ` (lines 3, 4…)`, ` (line 5: `x`)`
    func list(_ examples: [(line: Int, fieldCount: Int, rest: String)], _ count: Int) -> Localized {
      if examples.isEmpty { return Localized(verbatim: "") }
      let more = count > examples.count ? "…" : ""
      if examples.allSatisfy(\.rest.isEmpty) {
        let places = places(examples.map(\.line))
        return Localized(" (\(places.english))", fr: " (\(places.french))")
      }
      func cut(_ word: String, _ colon: String) -> String {
        " (" + examples.map { "\(word) \($0.line)\(colon) `\(shortened($0.rest))`" }.joined(separator: ", ")
          + "\(more))"
      }
      return Localized(cut("line", ":"), fr: cut("ligne", " :"))
    }
    let shortLines = list(examples.filter { $0.fieldCount < width }, short)
    let longLines = list(examples.filter { $0.fieldCount > width }, long)
    let message =
      switch (short > 0, long > 0) {
      case (true, false):
        Localized(
          "\(lines(short)) of `\(report.name)` with fewer than \(width) fields\(shortLines.english), filled with missing values",
          fr:
            "\(frenchLines(short)) de `\(report.name)` avec moins de \(width) champs\(shortLines.french), complétés par des "
            + "valeurs manquantes"
        )
      case (false, true):
        Localized(
          "\(lines(long)) of `\(report.name)` with more than \(width) fields\(longLines.english), whose rest is dropped",
          fr:
            "\(frenchLines(long)) de `\(report.name)` avec plus de \(width) champs\(longLines.french), dont le reste est écarté"
        )
      default:
        Localized(
          "\(lines(short)) of `\(report.name)` with fewer than \(width) fields\(shortLines.english), filled with missing values, "
            + "and \(lines(long)) with more\(longLines.english), whose rest is dropped",
          fr:
            "\(frenchLines(short)) de `\(report.name)` avec moins de \(width) champs\(shortLines.french), complétés par des "
            + "valeurs manquantes, et \(frenchLines(long)) avec plus\(longLines.french), dont le reste est écarté")
      }
    return .note(.raggedRow, message, count: short + long)
  }

  static func movedHeader(from declared: Int, to line: Int, in file: String) -> Diagnostic {
    .note(
      .fieldsDiffer,
      Localized(
        "the names of the fields are on line \(line) of `\(file)`, not on line \(declared) as the descriptor says: read from "
          + "there",
        fr: "les noms des champs sont à la ligne \(line) de `\(file)`, et non à la ligne \(declared) comme le dit le "
          + "descripteur : lu à partir de là"))
  }

  static func emptyRows(_ count: Int, line: Int, in file: String) -> Diagnostic {
    .note(
      .emptyRows,
      Localized(
        count == 1
          ? "1 row of `\(file)` has nothing in any cell (line \(line)); it is kept as a row of missing values"
          : "\(count) rows of `\(file)` have nothing in any cell (the first on line \(line)); they are kept as rows of "
            + "missing values",
        fr: count == 1
          ? "1 ligne de `\(file)` n’a rien dans aucune cellule (ligne \(line)) ; elle est gardée, toutes valeurs manquantes"
          : "\(count) lignes de `\(file)` n’ont rien dans aucune cellule (la première, ligne \(line)) ; elles sont gardées, "
            + "toutes valeurs manquantes"), count: count)
  }

  static func swallowedRows(_ count: Int, lines: [Int], in file: String) -> Diagnostic {
    let places = places(lines)
    return .note(
      .strayQuote,
      Localized(
        count == 1
          ? "a cell that begins on \(places.english) of `\(file)` holds lines that look like rows: is its quote closed where "
            + "it should be?"
          : "\(count) cells of `\(file)` hold lines that look like rows, on \(places.english): are their quotes closed where "
            + "they should be?",
        fr: count == 1
          ? "une cellule qui commence à la \(places.french) de `\(file)` contient des lignes qui ressemblent à des rangées : "
            + "son guillemet est-il fermé où il faut ?"
          : "\(count) cellules de `\(file)` contiennent des lignes qui ressemblent à des rangées, \(places.french) : leurs "
            + "guillemets sont-ils fermés où il faut ?"), count: count)
  }

  static func blankGroups(_ found: BlankGroups.Found, line: Int, field: Field, in file: String) -> Diagnostic {
    .note(
      .mergedCells,
      Localized(
        "column `\(field.label)` of `\(file)` names \(found.groups) groups once and is blank in \(found.blanks) rows below "
          + "them (the first on line \(line)), as merged cells are exported: these stay missing",
        fr: "la colonne `\(field.label)` de `\(file)` nomme \(found.groups) groupes une fois et est vide dans "
          + "\(found.blanks) lignes au-dessous (la première, ligne \(line)), comme on exporte des cellules fusionnées : "
          + "ces valeurs restent manquantes"), count: found.blanks)
  }

  static func statusRows(lines: [Int], in file: String) -> Diagnostic {
    let places = places(lines)
    let (verb, are) = lines.count == 1 ? ("says", "is") : ("say", "are")
    let (give, left) = lines.count == 1 ? ("donne", "est écartée") : ("donnent", "sont écartées")
    return .note(
      .skippedLines,
      Localized(
        "\(places.english) of `\(file)` \(verb) of what kind the values above are (`Codes`), and \(are) left out",
        fr: "\(places.french) de `\(file)` \(give) la nature des valeurs au-dessus (`Codes`), et \(left)"),
      count: lines.count)
  }

  static func accountRow(_ account: String, line: Int, in file: String) -> Diagnostic {
    .note(
      .skippedLines,
      Localized(
        "line \(line) of `\(file)`, `\(shortened(account))`, has a day where the rows below have none, and words where they have "
          + "days, as that of an account: it is left out",
        fr:
          "la ligne \(line) de `\(file)`, `\(shortened(account))`, a un jour où les lignes suivantes n’en ont pas, et des mots "
          + "où elles ont des jours, comme celle d’un compte : elle est écartée"), count: 1)
  }

  /// The note on a row right under the names that has nothing but a word.
  static func wordUnderNames(_ word: String, line: Int, in file: String) -> Diagnostic {
    .note(
      .skippedLines,
      Localized(
        "line \(line) of `\(file)` has nothing but `\(word)` under the names, and is left out",
        fr: "la ligne \(line) de `\(file)` n’a que `\(word)` sous les noms, et est écartée"), count: 1)
  }

  static func numberingRow(line: Int, in file: String) -> Diagnostic {
    .note(
      .skippedLines,
      Localized(
        "line \(line) of `\(file)` counts the columns, and is left out",
        fr: "la ligne \(line) de `\(file)` numérote les colonnes, et est écartée"), count: 1)
  }

  static func repeatedHeaders(lines: [Int], in file: String) -> Diagnostic {
    let places = places(lines)
    return .note(
      .skippedLines,
      Localized(
        "\(places.english) of `\(file)` \(lines.count == 1 ? "repeats" : "repeat") the names of the columns, and "
          + "\(lines.count == 1 ? "is" : "are") left out",
        fr: "\(places.french) de `\(file)` \(lines.count == 1 ? "répète" : "répètent") les noms des colonnes, "
          + (lines.count == 1 ? "et est écartée" : "et sont écartées")),
      count: lines.count)
  }
}
