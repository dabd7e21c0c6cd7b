import BilanDiagnostics

/// What stands under a table: how much there is, and what is not shown.
enum TableFooter {
  /// `12 rows`, `120 rows, 40 shown`, `no rows`
  static func rows(_ count: Int, shown: Int, _ language: Language, unicode: Bool = true) -> String {
    let style = NumberStyle(language: language, unicode: unicode)
    if count == 0 { return Localized("no rows", fr: "aucune ligne")[language] }
    if count == 1 { return Localized("1 row", fr: "1 ligne")[language] }
    if shown == count { return Localized("\(style.count(count)) rows", fr: "\(style.count(count)) lignes")[language] }
    return Localized(
      "\(style.count(count)) rows, \(style.count(shown)) shown",
      fr: "\(style.count(count)) lignes, \(style.count(shown)) \(shown == 1 ? "affichée" : "affichées")")[language]
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
