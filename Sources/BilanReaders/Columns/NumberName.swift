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
    montant montants budget budgets cout couts cost costs depense depenses recette recettes solde debit credit credits
    salaire salaires chiffre amount amounts expenditure expenditures expense expenses revenue revenues disbursement
    disbursements engagement engagements decaissement decaissements paiement paiements payment payments subvention
    subventions dotation financement cofinancement mad dh dhs dirham dirhams eur euro euros € usd $ fcfa xof xaf
    population populations habitants inhabitants effectif effectifs nombre nb nbr number count counts beneficiaires
    beneficiaries emplois jobs menages households eleves etudiants students femmes hommes women men inscrits
    participants personnes persons people logements chomeurs actifs naissances deces entreprises cas cases visiteurs
    voyageurs nuitees touristes electeurs votants
    """)

  /// Dinars have millimes.
  private static let rateWords = WordList(
    """
    % taux rate rates ratio ratios indice indices index coefficient coef moyen moyenne moyennes mean average avg score
    ecart part parts share pourcentage percent percentage pct proportion probabilite temperature taille densite poids
    weight longueur distance hauteur latitude longitude lat lon lng esperance variation cours change pente elasticite
    gini idh isf km m kg mm cm million millions milliard milliards mio mrd md mds billion billions milliers thousands
    tnd dt dinar dinars kwd bhd prix price tarif s h
    """)

  private static let frenchWords = WordList(
    """
    de du des la le les par au aux sur annee mois trimestre semestre montant taux nombre effectif depenses recettes
    cible libelle intitule ville pays sexe valeur poste quantite prix unite nom prenom hommes femmes emplois indicateur
    bailleur projet commune secteur objectif beneficiaires menages habitants devise solde
    """)
}
