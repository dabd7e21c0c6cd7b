import BilanColumnar

/// The names of the results framework in English and in French, so that a column answers to both.
enum FieldAliases {
  /// Names of one thing as handles, the canonical English one first; a name stands in one group only.
  ///
  /// « réalisation » is the actual value here; in a logframe it can also be an output, a column that tables of results
  /// rarely have.
  private static let groups: [[String]] = [
    ["target", "cible", "objectif", "valeur_cible", "prevision", "prevu", "target_value", "valeur_prevue", "cibles"],
    [
      "actual", "realise", "realisation", "valeur_reelle", "valeur_atteinte", "valeur_realisee", "actual_value",
      "achieved", "realisations", "atteint",
    ],
    [
      "baseline", "reference", "valeur_de_reference", "situation_de_depart", "niveau_de_reference", "ligne_de_base",
      "baseline_value", "valeur_initiale", "valeur_de_base",
    ],
    ["sex", "sexe", "genre", "gender"],
    ["indicator", "indicateur", "intitule_de_l_indicateur", "indicator_title"],
    ["period", "periode"],
    ["region", "regions"],
    ["province", "prefecture"],
    ["commune", "municipality"],
    ["country", "pays"],
    ["programme", "program"],
    ["project", "projet"],
    ["direction", "sens", "sens_de_l_indicateur"],
    ["funder", "bailleur", "donor", "bailleur_de_fonds"],
    ["sector", "secteur"],
    [
      "unit", "unite", "unite_de_mesure", "uom", "unit_of_measure", "unit_of_measurement", "measurement_unit", "un",
      "um",
      "unidad", "unidad_de_medida", "unidade", "unidade_de_medida",
    ],
    ["value", "valeur"],
    ["year", "annee"],
    ["quarter", "trimestre"],
    ["semester", "semestre"],
    ["month", "mois"],
    ["amount", "montant"],
    ["budget", "enveloppe"],
    ["currency", "devise", "monnaie", "dev", "ccy", "moneda", "moeda"],
    ["beneficiary", "beneficiaire"],
    ["age_group", "tranche_d_age", "classe_d_age"],
    ["milestone", "jalon", "valeur_intermediaire"],
    ["achievement", "taux_de_realisation", "taux_d_atteinte", "achievement_rate"],
    ["gap", "ecart", "variance"],
    ["source_of_verification", "moyen_de_verification", "source_de_verification"],
    ["women", "femmes"],
    ["men", "hommes"],
    ["jobs", "emplois"],
    ["start_date", "date_de_debut"],
    ["end_date", "date_de_fin"],
    ["status", "statut"],
    ["comment", "commentaire"],
  ]

  private static func group(of handle: String) -> Int? { groups.firstIndex { $0.contains(handle) } }

  /// True for what holds numbers by its name: a column of targets is one of numbers even while all are missing.
  static func namesANumber(_ handle: String) -> Bool {
    guard let group = group(of: handle) else { return false }
    return ["target", "actual", "baseline", "value", "amount", "budget"].contains(groups[group][0])
  }

  /// True for what identifies by its name and is never added up, though it may be written with digits alone: a postal code,
  /// a number of a register, a telephone number.
  static func namesAnIdentifier(_ handle: String) -> Bool {
    if identifiers.contains(handle) { return true }
    return handle.split(separator: "_").contains { identifyingWords.contains($0) }
  }

  /// True for what holds days of birth by its name.
  static func namesABirth(_ handle: String) -> Bool {
    handle.split(separator: "_").contains { birthWords.contains($0) }
      || ["ne_le", "nee_le", "ne_e_le", "ne_e"].contains(handle)
  }

  private static let birthWords = WordList("birth birthdate birthday born ddn dob naiss naissance")

  private static let identifiers = WordList(
    """
    cin cnie code_commune code_departement code_insee code_postal code_postaux codgeo com_insee cp depcom fax gsm ice
    mobile portable postal_code rib tel zip zip_code
    """)

  private static let identifyingWords = WordList("codepostal iban phone postcode siren siret telephone zipcode")

  /// Adds to each field the other names of what it is called.
  ///
  /// An alias never repeats a name that a field has, and of two fields that could bear it, the one whose own name
  /// stands earlier in the group does: with `cible` and `prévision`, `target` is `cible`.
  static func add(to fields: inout [Field]) {
    var taken = Set(fields.flatMap { [$0.handle] + $0.aliases })
    let known = fields.indices.compactMap { index -> (field: Int, group: Int, place: Int)? in
      guard let group = group(of: fields[index].handle) else { return nil }
      return (index, group, groups[group].firstIndex(of: fields[index].handle)!)
    }
    for (field, group, _) in known.sorted(by: { ($0.place, $0.field) < ($1.place, $1.field) }) {
      for alias in groups[group] where taken.insert(alias).inserted { fields[field].aliases.append(alias) }
    }
  }
}
