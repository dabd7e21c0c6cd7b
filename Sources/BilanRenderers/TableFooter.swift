import BilanDiagnostics

/// What the rows of a result are.
package enum RowMeaning: Sendable {
  case row
  /// The columns of a table that is described.
  case column

  fileprivate var none: Localized {
    switch self {
    case .row: Localized("no rows", fr: "aucune ligne")
    case .column: Localized("no columns", fr: "aucune colonne")
    }
  }

  fileprivate var one: Localized {
    switch self {
    case .row: Localized("row", fr: "ligne")
    case .column: Localized("column", fr: "colonne")
    }
  }
}

/// What stands under a table: how much there is, and what is not shown.
enum TableFooter {
  /// `12 rows`, `120 rows, 40 shown`, `no rows`
  static func rows(
    _ count: Int, shown: Int, _ meaning: RowMeaning = .row, _ language: Language, unicode: Bool = true
  ) -> String {
    let style = NumberStyle(language: language, unicode: unicode)
    let one = meaning.one[language]
    if count == 0 { return meaning.none[language] }
    if count == 1 { return "1 \(one)" }
    let all = "\(style.count(count)) \(one)s"
    if shown == count { return all }
    return Localized(
      "\(all), \(style.count(shown)) shown",
      fr: "\(all), \(style.count(shown)) \(shown == 1 ? "affichée" : "affichées")")[language]
  }

  /// `3 columns not shown: a, b, c`
  static func hiddenColumns(_ labels: [String], _ language: Language) -> String {
    let limit = 12
    var names = labels.prefix(limit).joined(separator: ", ")
    if labels.count > limit { names += ", …" }
    return labels.count == 1
      ? Localized("1 column not shown: \(names)", fr: "1 colonne non affichée\u{A0}: \(names)")[language]
      : Localized(
        "\(labels.count) columns not shown: \(names)", fr: "\(labels.count) colonnes non affichées\u{A0}: \(names)")[
          language]
  }
}
