import BilanColumnar
import BilanDiagnostics

/// What there is to say about single columns.
extension ImportNotes {
  /// The notes about single columns, in their order.
  ///
  /// - Parameter places: the columns whose every row was looked at.
  static func columns(_ decisions: ColumnDecisions, _ places: Set<Int>) -> [Diagnostic] {
    var notes: [Diagnostic] = []
    for place in decisions.reports.indices where places.contains(place) {
      let (report, remarks) = (decisions.reports[place], decisions.remarks[place])
      notes += remarks.map { note($0, on: report, outliers: decisions.outliers[place] ?? []) }
      if let unreadable = report.unreadable { notes.append(note(unreadable, on: report)) }
    }
    return notes
  }

  /// `a` (line 3), `b` (line 7)
  private static func list(_ examples: ArraySlice<(line: Int, text: String)>) -> Localized {
    Localized(
      examples.map { "`\(shortened($0.text))` (line \($0.line))" }.joined(separator: ", "),
      fr: examples.map { "`\(shortened($0.text))` (ligne \($0.line))" }.joined(separator: ", "))
  }

  private static func note(_ unreadable: ColumnReport.Unreadable, on column: ColumnReport) -> Diagnostic {
    let examples = list(unreadable.examples.prefix(3))
    let type = column.type.name
    return .note(
      .unreadableValues,
      Localized(
        unreadable.count == 1
          ? "1 value of column `\(column.label)` is no \(type) and is missing: \(examples.english)"
          : "\(unreadable.count) values of column `\(column.label)` are no \(type) and are missing: \(examples.english)",
        fr: unreadable.count == 1
          ? "1 valeur de la colonne `\(column.label)` n’est pas du type `\(type)` et est manquante : \(examples.french)"
          : "\(unreadable.count) valeurs de la colonne `\(column.label)` ne sont pas du type `\(type)` et sont "
            + "manquantes : \(examples.french)"), count: unreadable.count)
  }

  private static func note(
    _ remark: ColumnGuess.Remark, on column: ColumnReport, outliers: [(line: Int, text: String)]
  ) -> Diagnostic {
    let label = column.label
    switch remark {
    case .ambiguousDates(let count, let order, let basis):
      let (english, french) = order == .monthDayYear ? ("month", "le mois") : ("day", "le jour")
      let reason =
        switch basis {
        case .usage: Localized(verbatim: "")
        case .setting: Localized(", as the project's setting says", fr: ", selon le réglage du projet")
        case .otherColumns: Localized(", as in the file's other dates", fr: ", comme dans les autres dates du fichier")
        }
      return .note(
        .ambiguousDates,
        Localized(
          "no date in column `\(label)` has a day above 12: the \(english) is taken to come first\(reason.english)",
          fr: "aucune date de la colonne `\(label)` n’a de jour au-delà de 12 : \(french) est supposé en premier"
            + reason.french), count: count)
    case .shortYears(let count, let pivot): return shortYears(count, pivot, of: "date", fr: "date", label)
    case .shortPeriods(let count, let pivot): return shortYears(count, pivot, of: "period", fr: "période", label)
    case .serialDays(let count):
      return .note(
        .ambiguousDates,
        Localized(
          count == 1
            ? "1 whole number of column `\(label)` is read as a day that spreadsheets count from 1900"
            : "\(count) whole numbers of column `\(label)` are read as days that spreadsheets count from 1900",
          fr: count == 1
            ? "1 nombre entier de la colonne `\(label)` est lu comme un jour que les tableurs comptent depuis 1900"
            : "\(count) nombres entiers de la colonne `\(label)` sont lus comme des jours que les tableurs comptent "
              + "depuis 1900"), count: count)
    case .ambiguousYears(let count):
      return .note(
        .ambiguousDates,
        Localized(
          "the dates of column `\(label)` have years of two digits, which are taken to come first",
          fr: "les dates de la colonne `\(label)` ont des années à deux chiffres, supposées en premier"), count: count)
    case .barePowers(let count):
      return .note(
        .scientificIdentifiers,
        Localized(
          "column `\(label)` holds values such as `1E5`, read as powers of ten; if they are codes, declare it as text",
          fr: "la colonne `\(label)` contient des valeurs comme `1E5`, lues comme puissances de dix ; si ce sont des "
            + "codes, déclarez-la comme texte"), count: count)
    case .scientificIdentifiers(let count):
      return .note(
        .scientificIdentifiers,
        Localized(
          "column `\(label)` holds identifiers that a spreadsheet turned into powers of ten; their digits are lost",
          fr: "la colonne `\(label)` contient des identifiants qu’un tableur a changés en puissances de dix ; leurs "
            + "chiffres sont perdus"), count: count)
    case .timesDropped(let count):
      return .note(
        .timeOfDayDropped,
        Localized(
          "column `\(label)` holds times of day, which are dropped: only the date is kept",
          fr: "la colonne `\(label)` contient des heures, qui sont écartées : seule la date est gardée"), count: count)
    case .almost(let format, let misfits):
      let kind =
        format.isPercent ? Localized("percentage", fr: "pourcentage") : Localized(verbatim: format.type.name)
      let (list, more) = (list(outliers.prefix(3)), misfits > 3 ? "…" : "")
      let (isNone, areNone) = misfits == 1 ? ("is no", "n’est pas") : ("are no", "ne sont pas")
      return .note(
        .mostlyTyped,
        Localized(
          "column `\(label)` is text because \(misfits) of its \(column.valueCount) values \(isNone) \(kind.english)"
            + (outliers.isEmpty ? "" : ": \(list.english)\(more)"),
          fr:
            "la colonne `\(label)` est du texte, car \(misfits) de ses \(column.valueCount) valeurs \(areNone) du type "
            + "`\(kind.french)`" + (outliers.isEmpty ? "" : " : \(list.french)\(more)")), count: misfits)
    case .mixedKinds(_, let kinds): return mixedKinds(kinds, on: column, outliers)
    case .longNumbers(let count):
      return .note(
        .mostlyTyped,
        Localized(
          "column `\(label)` is text because \(count) of its \(column.valueCount) numbers "
            + (count == 1 ? "has" : "have") + " more than 15 digits, as identifiers do",
          fr: "la colonne `\(label)` est du texte, car \(count) de ses \(column.valueCount) nombres "
            + (count == 1 ? "a" : "ont") + " plus de 15 chiffres, comme des identifiants"), count: count)
    case .accountingNegatives(let count):
      return .note(
        .accountingNegatives,
        Localized(
          count == 1
            ? "1 number of column `\(label)`, in parentheses or with a minus behind, is read as negative"
            : "\(count) numbers of column `\(label)`, in parentheses or with a minus behind, are read as negative",
          fr: count == 1
            ? "1 nombre de la colonne `\(label)`, entre parenthèses ou suivi d’un moins, est lu comme négatif"
            : "\(count) nombres de la colonne `\(label)`, entre parenthèses ou suivis d’un moins, sont lus comme négatifs"
        ), count: count)
    case .mixedCurrencies(let units):
      let list = units.map { "`\($0)`" }.joined(separator: ", ")
      return .note(
        .mixedCurrencies,
        Localized(
          "column `\(label)` is text because its amounts are in several currencies: \(list)",
          fr: "la colonne `\(label)` est du texte, car ses montants sont en plusieurs monnaies : \(list)"))
    case .mixedMeasures(let units):
      let list = units.map { "`\($0)`" }.joined(separator: ", ")
      return .note(
        .mixedCurrencies,
        Localized(
          "column `\(label)` is text because its numbers are in several units: \(list)",
          fr: "la colonne `\(label)` est du texte, car ses nombres sont en plusieurs unités : \(list)"))
    case .bareAmounts(let unit):
      return .note(
        .mixedCurrencies,
        Localized(
          "column `\(label)` is text because some of its amounts are in `\(unit)` and others have no unit",
          fr:
            "la colonne `\(label)` est du texte, car certains de ses montants sont en `\(unit)` et d’autres sans unité")
      )
    case .unitOfFew(let unit, let count, let bare):
      return .note(
        .mixedCurrencies,
        Localized(
          "\(bare) amounts of column `\(label)` have no unit: taken for `\(unit)`, which \(count) of its values "
            + (count == 1 ? "has" : "have"),
          fr: "\(bare) montants de la colonne `\(label)` n’ont pas d’unité : pris pour des `\(unit)`, "
            + (count == 1 ? "que porte 1 de ses valeurs" : "que portent \(count) de ses valeurs")), count: bare)
    case .monthsOrParts(let count):
      return .note(
        .codesKept,
        Localized(
          "column `\(label)` is text: \(count == 1 ? "its value is" : "its \(count) values are") written like months, whose numbers "
            + "may be those of what the column’s name says; `2019-Q1` and `2019-S1` are read as such",
          fr:
            "la colonne `\(label)` est du texte : \(count == 1 ? "sa valeur est écrite" : "ses \(count) valeurs sont écrites") "
            + "comme des mois, dont les numéros sont peut-être ceux de ce que dit le nom de la colonne ; `2019-T1` et `2019-S1` "
            + "se lisent comme tels"), count: count)
    case .codesKept(let count, let likeness):
      let isOne = count == 1
      let like: Localized =
        switch likeness {
        case .decimals:
          isOne
            ? Localized("a number with decimals", fr: "un nombre décimal")
            : Localized("numbers with decimals", fr: "des nombres décimaux")
        case .dates: isOne ? Localized("a date", fr: "une date") : Localized("dates", fr: "des dates")
        case .periods: isOne ? Localized("a period", fr: "une période") : Localized("periods", fr: "des périodes")
        }
      return .note(
        .codesKept,
        Localized(
          "column `\(label)` is text: by its name it holds codes, of which \(count) \(isOne ? "is" : "are") written "
            + "like \(like.english)",
          fr: "la colonne `\(label)` est du texte : d’après son nom, elle contient des codes, dont \(count) "
            + "\(isOne ? "écrit" : "écrits") comme \(like.french)"), count: count)
    case .schoolYears(let count):
      return .note(
        .codesKept,
        Localized(
          "column `\(label)` is text: its \(count) values are each a year and the next, as school years are, rather than months",
          fr:
            "la colonne `\(label)` est du texte : ses \(count) valeurs sont chacune une année et la suivante, comme des "
            + "années scolaires, plutôt que des mois"), count: count)
    case .spansOfYears(let count, let areFiscal): return spansOfYears(count, areFiscal: areFiscal, on: column)
    case .fiscalYears(let count):
      return .note(
        .ambiguousDates,
        Localized(
          (count == 1
            ? "1 value of column `\(label)` is of a fiscal year, "
            : "\(count) values of column `\(label)` are of fiscal years, ")
            + "read as beginning in January: `fiscal_year_start` says when they begin otherwise",
          fr: (count == 1
            ? "1 valeur de la colonne `\(label)` est d’un exercice, lu comme commençant"
            : "\(count) valeurs de la colonne `\(label)` sont d’exercices, lus comme commençant")
            + " en janvier : `fiscal_year_start` dit quand ils commencent sinon"), count: count)
    case .barePercentages(let count):
      return .note(
        .mixedCurrencies,
        Localized(
          count == 1
            ? "1 number of column `\(label)` has no percent sign, and is read as a percentage by the column’s name"
            : "\(count) numbers of column `\(label)` have no percent sign, and are read as percentages by the column’s name",
          fr: count == 1
            ? "1 nombre de la colonne `\(label)` n’a pas de signe pour cent, et est lu comme un pourcentage d’après le nom "
              + "de la colonne"
            : "\(count) nombres de la colonne `\(label)` n’ont pas de signe pour cent, et sont lus comme des pourcentages "
              + "d’après le nom de la colonne"), count: count)
    case .spreadsheetErrors(let errors):
      let count = errors.reduce(0) { $0 + $1.count }
      let list = errors.prefix(5).map { "`\($0.code)` × \($0.count)" }.joined(separator: ", ")
      return .note(
        .unreadableValues,
        Localized(
          count == 1
            ? "1 cell of column `\(label)` holds the error of a spreadsheet and is missing: \(list)"
            : "\(count) cells of column `\(label)` hold errors of a spreadsheet and are missing: \(list)",
          fr: count == 1
            ? "1 cellule de la colonne `\(label)` contient une erreur de tableur et est manquante : \(list)"
            : "\(count) cellules de la colonne `\(label)` contiennent des erreurs de tableur et sont manquantes : \(list)"
        ),
        count: count)
    case .footnoted(let count, areStars: false):
      let value = Self.marked(column)
      return .note(
        .flagsDropped,
        Localized(
          count == 1
            ? "1 \(value.noun.english) of column `\(label)` has the mark of a footnote behind it, as `(1)` or `¹`: it is left out"
            : "\(count) \(value.noun.english)s of column `\(label)` have the marks of footnotes behind them, as `(1)` or `¹`: "
              + "they are left out",
          fr: count == 1
            ? "1 \(value.noun.french) de la colonne `\(label)` est \(value.followed) d’un appel de note, comme `(1)` ou `¹` : "
              + "il est écarté"
            : "\(count) \(value.noun.french)s de la colonne `\(label)` sont \(value.followed)s d’appels de note, comme `(1)` "
              + "ou `¹` : ils sont écartés"), count: count)
    case .footnoted(let count, areStars: true):
      let value = Self.marked(column)
      return .note(
        .flagsDropped,
        Localized(
          count == 1
            ? "1 \(value.noun.english) of column `\(label)` has an asterisk behind it, the mark of a footnote: it is left out"
            : "\(count) \(value.noun.english)s of column `\(label)` have asterisks behind them, the marks of footnotes: they "
              + "are left out",
          fr: count == 1
            ? "1 \(value.noun.french) de la colonne `\(label)` est \(value.followed) d’un astérisque, appel de note : il est "
              + "écarté"
            : "\(count) \(value.noun.french)s de la colonne `\(label)` sont \(value.followed)s d’astérisques, appels de note : "
              + "ils sont écartés"), count: count)
    case .flagged(let count):
      let value = Self.marked(column)
      return .note(
        .flagsDropped,
        Localized(
          count == 1
            ? "1 \(value.noun.english) of column `\(label)` has letters behind it, as statistical offices mark provisional values: "
              + "they are left out"
            : "\(count) \(value.noun.english)s of column `\(label)` have letters behind them, as statistical offices mark "
              + "provisional values: they are left out",
          fr: count == 1
            ? "1 \(value.noun.french) de la colonne `\(label)` est \(value.followed) de lettres, comme les instituts de statistique "
              + "marquent les valeurs provisoires : elles sont écartées"
            : "\(count) \(value.noun.french)s de la colonne `\(label)` sont \(value.followed)s de lettres, comme les instituts de "
              + "statistique marquent les valeurs provisoires : elles sont écartées"), count: count)
    case .approximate(let count):
      return .note(
        .flagsDropped,
        Localized(
          count == 1
            ? "1 number of column `\(label)` is said to be approximate, as in `~120` or `env. 50`: it is read as it stands"
            : "\(count) numbers of column `\(label)` are said to be approximate, as in `~120` or `env. 50`: they are read as "
              + "they stand",
          fr: count == 1
            ? "1 nombre de la colonne `\(label)` est dit approximatif, comme `~120` ou `env. 50` : il est lu tel quel"
            : "\(count) nombres de la colonne `\(label)` sont dits approximatifs, comme `~120` ou `env. 50` : ils sont lus "
              + "tels quels"), count: count)
    case .hijriDates(let count, let years):
      let span = years.count == 1 ? "\(years.lowerBound)" : "\(years.lowerBound)–\(years.upperBound)"
      let (english, french) = years.count == 1 ? ("year", "de l’année") : ("years", "des années")
      return .note(
        .ambiguousDates,
        Localized(
          count == 1
            ? "1 date of column `\(label)` is of the year \(span), of the Hijri calendar by that: it is kept as text"
            : "\(count) dates of column `\(label)` are of the \(english) \(span), of the Hijri calendar by that: they are "
              + "kept as text",
          fr: count == 1
            ? "1 date de la colonne `\(label)` est de l’année \(span), donc du calendrier hégirien : elle reste du texte"
            : "\(count) dates de la colonne `\(label)` sont \(french) \(span), donc du calendrier "
              + "hégirien : elles restent du texte"), count: count)
    case .inexact(let count): return ColumnLosses.inexactNote(count, label: label)
    case .strayCommas(let count):
      return .note(
        .ambiguousMark,
        Localized(
          "the commas in \(count == 1 ? "1 number" : "\(count) numbers") of column `\(label)` are taken for decimal marks, though "
            + "other numbers of the file have a point: `with types = \"\(label): text\"` keeps lists such as `1,3`",
          fr:
            "les virgules dans \(count == 1 ? "1 nombre" : "\(count) nombres") de la colonne `\(label)` sont prises pour des "
            + "virgules décimales, alors que d’autres nombres du fichier ont un point : `with types = \"\(label): text\"` garde "
            + "des listes comme `1,3`"), count: count)
    case .ambiguousMark(let mark, let isThousands):
      return .note(
        .ambiguousMark,
        Localized(
          "every `\(mark.rawValue)` in column `\(label)` has three digits after it: taken for "
            + (isThousands ? "thousands" : "a decimal mark"),
          fr: "chaque `\(mark.rawValue)` de la colonne `\(label)` est suivi de trois chiffres : pris pour "
            + (isThousands ? "un séparateur de milliers" : "un séparateur décimal")))
    }
  }

  /// What the marks of a column stand behind, and the French word for that in its gender.
  private static func marked(_ column: ColumnReport) -> (noun: Localized, followed: String) {
    column.type == .period
      ? (Localized("period", fr: "période"), "suivie") : (Localized("number", fr: "nombre"), "suivi")
  }

  private static func mixedKinds(
    _ kinds: [(kind: ColumnGuess.Kind, count: Int)], on column: ColumnReport, _ outliers: [(line: Int, text: String)]
  ) -> Diagnostic {
    func noun(_ kind: ColumnGuess.Kind, isOne: Bool) -> Localized {
      let ending = isOne ? "" : "s"
      return switch kind {
      case .number: Localized("number\(ending)", fr: "nombre\(ending)")
      case .markedNumber:
        Localized(
          isOne ? "number with something beside it" : "numbers with something beside them",
          fr: isOne ? "nombre accompagné d’autre chose" : "nombres accompagnés d’autre chose")
      case .percentage: Localized("percentage\(ending)", fr: "pourcentage\(ending)")
      case .date: Localized("date\(ending)", fr: "date\(ending)")
      case .period: Localized("period\(ending)", fr: "période\(ending)")
      case .text: Localized("text\(ending)", fr: "texte\(ending)")
      }
    }
    func list(_ word: (Localized) -> String) -> String {
      kinds.map { "\($0.count) \(word(noun($0.kind, isOne: $0.count == 1)))" }.joined(separator: ", ")
    }
    let (examples, more) = (Self.list(outliers.prefix(3)), outliers.count > 3 ? "…" : "")
    return .note(
      .mostlyTyped,
      Localized(
        "column `\(column.label)` is text because its values are not of one kind that is read (\(list(\.english)))"
          + (outliers.isEmpty ? "" : ": \(examples.english)\(more)"),
        fr:
          "la colonne `\(column.label)` est du texte, car ses valeurs ne sont pas d’une seule nature lisible (\(list(\.french)))"
          + (outliers.isEmpty ? "" : " : \(examples.french)\(more)")), count: column.valueCount)
  }

  private static func spansOfYears(_ count: Int, areFiscal: Bool, on column: ColumnReport) -> Diagnostic {
    let (label, total) = (column.label, column.valueCount)
    let (english, french) = count == 1 ? ("spans", "couvre") : ("span", "couvrent")
    let end =
      areFiscal
      ? Localized(
        "which makes periods only where `fiscal_year_start` says when fiscal years begin",
        fr: "ce qui ne fait des périodes que si `fiscal_year_start` dit quand les exercices commencent")
      : Localized(
        "as those of schools and farms do, which are no periods",
        fr: "comme les années scolaires et les campagnes agricoles, qui ne sont pas des périodes")
    return .note(
      .codesKept,
      Localized(
        "column `\(label)` is text: \(count) of its \(total) values \(english) two years of the calendar, \(end.english)",
        fr:
          "la colonne `\(label)` est du texte : \(count) de ses \(total) valeurs \(french) deux années civiles, \(end.french)"
      ), count: count)
  }

  /// - Parameter noun: what has years of two digits, a feminine in French.
  private static func shortYears(
    _ count: Int, _ pivot: ShortYearPivot, of noun: String, fr french: String, _ label: String
  ) -> Diagnostic {
    let (first, last) = (pivot.years.lowerBound, pivot.years.upperBound)
    return .note(
      .ambiguousDates,
      Localized(
        count == 1
          ? "1 \(noun) of column `\(label)` has a year of two digits, read as one from \(first) to \(last)"
          : "\(count) \(noun)s of column `\(label)` have years of two digits, read as those from \(first) to \(last)",
        fr: count == 1
          ? "1 \(french) de la colonne `\(label)` a une année à deux chiffres, lue entre \(first) et \(last)"
          : "\(count) \(french)s de la colonne `\(label)` ont des années à deux chiffres, lues entre \(first) et \(last)"
      ),
      count: count)
  }
}
