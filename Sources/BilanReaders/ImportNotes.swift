import BilanColumnar
import BilanDiagnostics

/// The notes of an import in words.
enum ImportNotes {
  static func foreignBytes(_ count: Int, line: Int, in file: String) -> Diagnostic {
    .note(
      .invalidEncoding,
      Localized(
        count == 1
          ? "`\(file)` is UTF-8 but for 1 byte, read as windows-1252 (on line \(line))"
          : "`\(file)` is UTF-8 but for \(count) bytes, read as windows-1252 (the first on line \(line))",
        fr: count == 1
          ? "`\(file)` est en UTF-8 sauf 1 octet, lu en windows-1252 (à la ligne \(line))"
          : "`\(file)` est en UTF-8 sauf \(count) octets, lus en windows-1252 (le premier à la ligne \(line))"),
      count: count)
  }

  static func encodedTwice(_ count: Int, in file: String) -> Diagnostic {
    .note(
      .invalidEncoding,
      Localized(
        "the letters of `\(file)` were encoded twice (`FÃ¨s` for `Fès`), and are read as they were before: \(count)",
        fr:
          "les lettres de `\(file)` ont été encodées deux fois (`FÃ¨s` pour `Fès`), et sont lues comme avant : \(count)"
      ),
      count: count)
  }

  static func lostCharacters(_ count: Int, line: Int, in file: String) -> Diagnostic {
    .note(
      .invalidEncoding,
      Localized(
        count == 1
          ? "1 character of `\(file)` was lost before (`\u{FFFD}`, on line \(line))"
          : "\(count) characters of `\(file)` were lost before (`\u{FFFD}`, the first on line \(line))",
        fr: count == 1
          ? "1 caractère de `\(file)` était déjà perdu (`\u{FFFD}`, à la ligne \(line))"
          : "\(count) caractères de `\(file)` étaient déjà perdus (`\u{FFFD}`, le premier à la ligne \(line))"),
      count: count)
  }

  static func innerMarks(_ count: Int, line: Int, in file: String) -> Diagnostic {
    .note(
      .invalidEncoding,
      Localized(
        count == 1
          ? "line \(line) of `\(file)` begins with a byte-order mark, as the first of a file does: it is left out"
          : "\(count) lines of `\(file)` begin with a byte-order mark, as the first of a file does (the first is line "
            + "\(line)): they are left out",
        fr: count == 1
          ? "la ligne \(line) de `\(file)` commence par une marque d’ordre des octets, comme la première d’un fichier : elle "
            + "est écartée"
          : "\(count) lignes de `\(file)` commencent par une marque d’ordre des octets, comme la première d’un fichier (la "
            + "première est la ligne \(line)) : elles sont écartées"),
      count: count)
  }

  static func apostropheQuotes(in file: String) -> Diagnostic {
    .note(
      .strayQuote,
      Localized(
        "the cells of `\(file)` stand in apostrophes, which are taken for quotes and left out",
        fr: "les cellules de `\(file)` sont entre apostrophes, prises pour des guillemets et écartées"))
  }

  static func fixedWidth(_ count: Int, in file: String) -> Diagnostic {
    .note(
      .fixedWidth,
      Localized(
        "no delimiter stands in `\(file)`: its \(count) columns are told by the blanks between them; "
          + "`with delimiter = …` reads it otherwise",
        fr: "aucun séparateur dans `\(file)` : ses \(count) colonnes se reconnaissent aux blancs entre elles ; "
          + "`with delimiter = …` le lit autrement"),
      count: count)
  }

  static func quoteHabit(_ habit: QuoteHabits.Habit, in file: String) -> Diagnostic {
    .note(
      .strayQuote,
      habit == .blankBefore
        ? Localized(
          "cells of `\(file)` have a blank before their quotes, which are taken for quotes all the same",
          fr: "des cellules de `\(file)` ont un blanc devant leurs guillemets, pris tout de même pour des guillemets")
        : Localized(
          "quotes inside texts of `\(file)` have a backslash before them, which is left out",
          fr: "des guillemets dans des textes de `\(file)` sont précédés d’une barre oblique inverse, qui est écartée"))
  }

  static func quotedLines(in file: String) -> Diagnostic {
    .note(
      .strayQuote,
      Localized(
        "every line of `\(file)` stands in quotes as a whole: they are left out, and its cells read",
        fr: "chaque ligne de `\(file)` est tout entière entre guillemets : ils sont écartés, et ses cellules lues"))
  }

  /// - Parameter line: of the first.
  static func hiddenDifferences(
    _ found: HiddenDifferences.Found, _ kind: HiddenDifferences.Kind, line: Int, field: Field, in file: String
  ) -> Diagnostic {
    let isOne = found.count == 1
    let text = field.isSensitive ? "" : found.first.map { "`\($0.text)`, " } ?? ""
    let english =
      "\(found.count) \(isOne ? "value" : "values") of column `\(field.label)` in `\(file)` "
      + (isOne ? "differs from others in " : "differ from others in ")
    let french =
      "\(found.count) \(isOne ? "valeur" : "valeurs") de la colonne `\(field.label)` de `\(file)` ne "
      + (isOne ? "diffère d’autres que par des " : "diffèrent d’autres que par des ")
    let (place, lieu) = ("(\(text)line \(line))", "(\(text)ligne \(line))")
    let message =
      switch kind {
      case .endBlanks:
        Localized(
          english + "blanks at the ends alone \(place): `trim(\(field.handle))` makes them one",
          fr: french + "blancs aux extrémités \(lieu) : `trim(\(field.handle))` les réunit")
      case .unseen:
        Localized(
          english + "no-break spaces or characters without width alone \(place): they are groups apart",
          fr: french + "espaces insécables ou des caractères sans largeur \(lieu) : ce sont des groupes à part")
      }
    return .note(.endBlanks, message, count: found.count)
  }

  static func lines(_ count: Int) -> String { count == 1 ? "1 line" : "\(count) lines" }
  static func frenchLines(_ count: Int) -> String { count < 2 ? "\(count) ligne" : "\(count) lignes" }

  /// `line 7`, `lines 7, 9`, `lines 7, 9…`: the first few, each once.
  static func places(_ lines: [Int]) -> Localized {
    var seen: [Int] = []
    for line in lines.prefix(8) where !seen.contains(line) { seen.append(line) }
    let list = seen.map { "\($0)" }.joined(separator: ", ") + (lines.count > 8 ? "…" : "")
    return seen.count == 1
      ? Localized("line \(list)", fr: "ligne \(list)") : Localized("lines \(list)", fr: "lignes \(list)")
  }

  /// What fits into a message of a cell of any size.
  static func shortened(_ text: String) -> String { text.count > 60 ? text.prefix(57) + "…" : text }

  static func strayQuotes(_ count: Int, lines: [Int], in file: String) -> Diagnostic {
    let places = places(lines)
    return .note(
      .strayQuote,
      Localized(
        "quotes of `\(file)` that do not stand around a whole cell: \(count), on \(places.english); the text beside them is "
          + "kept",
        fr:
          "guillemets de `\(file)` qui n’entourent pas une cellule entière : \(count), \(places.french) ; le texte à côté "
          + "est gardé"),
      count: count)
  }

  static func textFormulas(_ count: Int, line: Int, in file: String) -> Diagnostic {
    .note(
      .strayQuote,
      Localized(
        count == 1
          ? "1 cell of `\(file)` is written as a formula of a text, `=\"001\"` (line \(line)): it is read as the text"
          : "\(count) cells of `\(file)` are written as formulas of a text, `=\"001\"` (the first on line \(line)): they are "
            + "read as the texts",
        fr: count == 1
          ? "1 cellule de `\(file)` est écrite comme formule d’un texte, `=\"001\"` (ligne \(line)) : le texte est lu"
          : "\(count) cellules de `\(file)` sont écrites comme formules d’un texte, `=\"001\"` (la première, ligne "
            + "\(line)) : les textes sont lus"), count: count)
  }
}
