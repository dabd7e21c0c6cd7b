import BilanColumnar

/// What the name of a column says of the numbers in it, where their marks alone do not tell 1200 from 1.2.
enum NumberName {
  case none
  /// Amounts of money and counts, which have two decimals or none: `Montant (MAD)`, `Population`.
  case amounts
  /// Rates, means and measures, which may have three decimals: `Taux`, `Population (millions)`, `Montant (DT)`.
  case rates

  init(label: String) {
    let words = Self.words(of: TextFolding.fold(label))
    let isScaled = Self.words(of: label).contains {
      AmountUnit.unit(spelled: String($0)).map(AmountUnit.isScaled) ?? false
    }
    if isScaled || words.contains(where: Self.rateWords.contains) {
      self = .rates
    } else {
      self = words.contains(where: Self.amountWords.contains) ? .amounts : .none
    }
  }

  /// Whether names are in a language whose numbers have a decimal comma: by accents, and by words of French.
  static func areOfCommas(_ labels: [String]) -> Bool {
    labels.contains { label in
      label.unicodeScalars.contains { (0xC0...0x24F).contains($0.value) && $0.properties.isAlphabetic }
        || words(of: TextFolding.fold(label)).contains(where: frenchWords.contains)
    }
  }

  private static func words(of label: String) -> [Substring] {
    label.unicodeScalars.split { !isOfWord($0) }.map(Substring.init)
  }

  private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "%", "$": true
    case "\0"..."\u{7F}": false
    case "€", "£": true
    default:
      scalar.properties.isAlphabetic || scalar.properties.isGraphemeExtend || scalar.properties.numericType != nil
    }
  }

  private static let amountWords = WordList(
    """
    $ actifs amount amounts beneficiaires beneficiaries budget budgets cas cases chiffre chomeurs cofinancement cost
    costs count counts cout couts credit credits debit decaissement decaissements deces depense depenses dh dhs dirham
    dirhams disbursement disbursements dotation effectif effectifs electeurs eleves emplois engagement engagements
    entreprises etudiants eur euro euros expenditure expenditures expense expenses fcfa femmes financement habitants
    hommes households inhabitants inscrits jobs logements mad men menages montant montants naissances nb nbr nombre
    nuitees number paiement paiements participants payment payments people personnes persons population populations
    recette recettes revenue revenues salaire salaires solde students subvention subventions touristes usd visiteurs
    votants voyageurs women xaf xof €
    """)

  /// Dinars have millimes.
  private static let rateWords = WordList(
    """
    % average avg bhd billion billions change cm coef coefficient cours densite dinar dinars distance dt ecart
    elasticite esperance gini h hauteur idh index indice indices isf kg km kwd lat latitude lng lon longitude longueur m
    md mds mean milliard milliards milliers million millions mio mm moyen moyenne moyennes mrd part parts pct pente
    percent percentage poids pourcentage price prix probabilite proportion rate rates ratio ratios s score share taille
    tarif taux temperature thousands tnd variation weight
    """)

  private static let frenchWords = WordList(
    """
    annee au aux bailleur beneficiaires cible commune de depenses des devise du effectif emplois femmes habitants hommes
    indicateur intitule la le les libelle menages mois montant nom nombre objectif par pays poste prenom prix projet
    quantite recettes secteur semestre sexe solde sur taux trimestre unite valeur ville
    """)
}
