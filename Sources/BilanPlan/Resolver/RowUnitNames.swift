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
      let isResult = results.contains { field.answers(to: $0) }
      if isResult, hasUnit || !field.answers(to: "value") {
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

  /// The figures of the results framework.
  private static let results = ["actual", "target", "baseline", "value"]

  /// Whether a column holds amounts of money: a word of its name says so, and none that it counts, rates or dates.
  private static func isAmount(_ field: Field) -> Bool {
    let words = field.handle.split(separator: "_").map(String.init)
    if words.contains(where: others.contains) { return false }
    return ["amount", "budget", "value"].contains { field.answers(to: $0) } || words.contains(where: amounts.contains)
  }

  private static let amounts: Set<String> = [
    "montant", "montants", "depense", "depenses", "depensee", "budget", "budgets", "cout", "couts", "prix", "tarif",
    "paiement", "paiements", "paye", "payee", "versement", "versements", "verse", "versee", "decaissement",
    "decaissements", "decaisse", "decaissee", "debourse", "deboursement", "deboursements", "engagement",
    "engagements", "engage", "engagee", "subvention", "subventions", "pret", "credit", "dotation", "financement",
    "cofinancement", "contribution", "contributions", "don", "recette", "recettes", "revenu", "revenus", "salaire",
    "solde", "dette", "frais", "valeur", "amount", "amounts", "spent", "spending", "expense", "expenses",
    "expenditure", "expenditures", "cost", "costs", "price", "fee", "fees", "payment", "payments", "paid",
    "disbursement", "disbursements", "disbursed", "commitment", "commitments", "committed", "budgeted", "grant",
    "loan", "funding", "funds", "revenue", "revenues", "income", "turnover", "salary", "wage", "balance", "debt",
    "value",
  ]

  /// Words of what is counted, rated, numbered or dated, and of amounts that are in one currency already.
  private static let others: Set<String> = [
    "nb", "nbr", "nombre", "no", "num", "numero", "number", "count", "n", "id", "code", "ref", "reference", "year",
    "annee", "month", "months", "mois", "day", "days", "jour", "jours", "date", "duree", "duration", "age", "rate",
    "rates", "taux", "cours", "pct", "percent", "percentage", "pourcentage", "part", "share", "ratio", "score",
    "index", "indice", "rang", "rank", "ligne", "line", "center", "centre", "women", "men", "femmes", "hommes",
    "jobs", "emplois", "beneficiaires", "beneficiaries", "personnes", "persons", "people", "participants",
    "menages", "households", "converti", "converties", "convertis", "convertie", "converted", "equivalent", "ppp",
    "eur", "euro", "euros", "usd", "dollar", "dollars", "mad", "dh", "dhs", "dirham", "dirhams", "gbp", "chf",
    "cad", "jpy", "cny", "tnd", "dzd", "egp", "lyd", "mru", "xof", "xaf", "cfa", "fcfa", "gnf", "cdf", "ngn", "ghs",
    "kes", "ugx", "tzs", "rwf", "bif", "etb", "mga", "zar", "jod", "lbp", "ils", "try", "sar", "aed", "qar", "kwd",
    "inr", "bdt", "pkr", "npr", "php", "vnd", "htg", "brl", "mxn", "cop", "pen", "bob", "xdr",
  ]
}

extension Field {
  /// Whether its handle or one of its other names is `name`.
  fileprivate func answers(to name: String) -> Bool { handle == name || aliases.contains(name) }
}
