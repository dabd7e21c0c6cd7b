import BilanColumnar

/// Which columns of a table say, by their names, in what the figures of each row are, and which are such figures.
enum RowUnitNames {
  /// The columns, with what each is to the unit or currency of its row.
  static func marked(_ schema: Schema) -> Schema {
    var schema = schema
    for index in schema.fields.indices where schema[index].type == .text {
      if let kind = RowUnit.Kind.allCases.first(where: { says($0, schema[index]) }) {
        schema.fields[index].rowUnit = .says(kind)
      }
    }
    let hasUnit = schema.fields.contains { $0.rowUnit == .says(.unit) }
    for index in schema.fields.indices {
      let field = schema[index]
      guard field.type.isNumber, field.unit == nil, field.display != .percent else { continue }
      let isResult = results.contains { field.answers(to: $0) } && (hasUnit || !field.answers(to: "value"))
      if isResult || hasUnit && isOfYear(field) {
        schema.fields[index].rowUnit = .follows(.unit)
      } else if isAmount(field) {
        schema.fields[index].rowUnit = .follows(.currency)
      }
    }
    return schema
  }

  private static func says(_ kind: RowUnit.Kind, _ field: Field) -> Bool {
    switch kind {
    case .unit: field.answers(to: "unit")
    case .currency: currencies.contains { field.answers(to: $0) }
    }
  }

  private static let currencies = ["currency", "devise", "monnaie", "currency_code", "code_devise"]

  /// Whether a column is called a year, or a figure of one: `2019`, `Réalisé 2020`.
  private static func isOfYear(_ field: Field) -> Bool {
    let words = field.handle.split(separator: "_")
    let others = words.filter { !($0.utf8.count == 4 && Int($0).map { 1900...2100 ~= $0 } ?? false) }
    return others.count < words.count && (others.isEmpty || others.count == 1 && figures.contains(String(others[0])))
  }

  /// What columns of figures are called beside a year.
  private static let figures: Set<String> = [
    "actual", "base", "baseline", "cible", "objectif", "prevision", "prevu", "realisation", "realise", "reel", "target",
    "valeur", "value",
  ]

  /// The figures of the results framework.
  private static let results = ["actual", "target", "baseline", "value"]

  /// Whether a column holds amounts of money: a word of its name says so, and none that it counts, rates or dates.
  private static func isAmount(_ field: Field) -> Bool {
    let words = field.handle.split(separator: "_")
    if words.contains(where: others.contains) { return false }
    return ["amount", "budget", "value"].contains { field.answers(to: $0) } || words.contains(where: amounts.contains)
  }

  private static let amounts = WordList(
    """
    amount amounts balance budget budgeted budgets cofinancement commitment commitments committed contribution
    contributions cost costs cout couts credit credits debit debits debourse deboursement deboursements debt
    decaisse decaissee decaissement decaissements depense depensee depenses deposit deposits dette disbursed
    disbursement disbursements don dotation encaissement encaissements engage engagee engagement engagements
    expenditure expenditures expense expenses fee fees financement frais funding funds grant income loan montant
    montants paid paiement paiements paye payee payment payments pret price prix recette recettes retrait retraits
    revenu revenue revenues revenus salaire salary solde spending spent subvention subventions tarif turnover valeur
    value verse versee versement versements virement virements wage withdrawal withdrawals
    """)

  /// Words of what is counted, rated, numbered or dated, and of amounts that are in one currency already.
  private static let others = WordList(
    """
    aed age annee bdt beneficiaires beneficiaries bif bob brl cad cdf center centre cfa chf cny code converted converti
    convertie converties convertis cop count cours date day days dh dhs dirham dirhams dollar dollars duration duree dzd
    egp emplois equivalent etb eur euro euros fcfa femmes gbp ghs gnf hommes households htg id ils index indice inr jobs
    jod jour jours jpy kes kwd lbp ligne line lyd mad men menages mga mois month months mru mxn n nb nbr ngn no nombre
    npr num number numero part participants pct pen people percent percentage personnes persons php pkr pourcentage ppp
    qar rang rank rate rates ratio ref reference rwf sar score share taux tnd try tzs ugx usd vnd women xaf xdr xof year
    zar
    """)
}

extension Field {
  /// Whether its handle or one of its other names is `name`.
  fileprivate func answers(to name: String) -> Bool { handle == name || aliases.contains(name) }
}
