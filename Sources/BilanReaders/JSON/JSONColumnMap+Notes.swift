import BilanDiagnostics

/// How an object of columns or of rows was read.
extension JSONColumnMap {
  var decision: Fact {
    switch shape {
    case .columns:
      Fact(
        Localized("columns", fr: "colonnes"), Localized("an object for each", fr: "un objet pour chacune"),
        Localized("their names are those of the rows", fr: "leurs noms sont ceux des lignes"))
    case .lists:
      Fact(
        Localized("columns", fr: "colonnes"), Localized("a list for each", fr: "une liste pour chacune"),
        Localized("all are of one length", fr: "toutes sont de même longueur"))
    case .rows:
      Fact(
        Localized("rows", fr: "lignes"), Localized("an object for each", fr: "un objet pour chacune"),
        Localized("their names are numbers", fr: "leurs noms sont des numéros"))
    }
  }

  /// What else the object may be: a record, which has these lists or objects.
  func notes(_ name: String) -> [Diagnostic] {
    let message: Localized
    switch shape {
    case .columns: return []
    case .lists:
      let (width, count) = (names.count, rows.count)
      let (values, valeurs) = count == 1 ? ("value", "valeur") : ("values", "valeurs")
      message = Localized(
        "`\(name)` is an object of \(width) lists of \(count) \(values) each, read as the columns of a table; as one row it is "
          + "`from \"\(name)#$\"`",
        fr: "`\(name)` est un objet de \(width) listes de \(count) \(valeurs) chacune, lues comme les colonnes d’un "
          + "tableau ; en une ligne, c’est `from \"\(name)#$\"`")
    case .rows:
      message = Localized(
        "`\(name)` is an object of \(rows.count) objects with the same names, read as the rows of a table; as one row "
          + "it is `from \"\(name)#$\"`",
        fr: "`\(name)` est un objet de \(rows.count) objets aux mêmes noms, lus comme les lignes d’un tableau ; en une "
          + "ligne, c’est `from \"\(name)#$\"`")
    }
    return [.note(.sheetsNotRead, message)]
  }
}
