import BilanColumnar

/// Whether a column holds codes by its name: `Code indicateur`, `Réf.`, `N°`.
///
/// Codes may be written like numbers with a fraction, as those of a logical framework are: `1.1`, `1.2`, `1.10`.
enum CodeName {
  case none
  /// The name may be that of numbers too: `Indicateur`.
  case perhaps
  case plain

  init(label: String, handle: String) {
    let words = handle.split(separator: "_")
    let isPlain =
      [words.first, words.last].contains { $0.map(Self.words.contains) ?? false }
      || Self.hasNumberSign(label)
    // A target is called `Objectif`, and no `Objectif spécifique`.
    let isPerhaps =
      words.contains(where: Self.chapters.contains)
      && words.allSatisfy {
        Self.chapters.contains($0) || ["objectif", "objectifs", "objective", "budget"].contains($0)
      }
    self = isPlain ? .plain : isPerhaps || label == "#" ? .perhaps : .none
  }

  /// Whether a word begins with the sign of numbers: `N°`, `nº`, `№`.
  private static func hasNumberSign(_ label: String) -> Bool {
    if label.utf8.allSatisfy({ $0 < 0x80 }) { return false }
    var (before, last): (Unicode.Scalar, Unicode.Scalar) = (" ", " ")
    for scalar in label.unicodeScalars {
      switch scalar {
      case "№" where last == " ": return true
      case "°", "º": if before == " ", last == "N" || last == "n" { return true }
      default: break
      }
      (before, last) = (last, scalar)
    }
    return false
  }

  private static let words = WordList(
    "citi code codes coicop cpv id isic matricule nace naf nomenclature numero numeros odd ods ref sdg")

  /// What the parts of a logical framework and of a budget are called.
  private static let chapters = WordList(
    """
    account accounts action actions activite activites activities activity article axe axes budgetaire chapitre
    chapter component composante compte comptes effet etape etapes extrant extrants imputation indicateur indicator
    item ligne line niveau no num number operationnel operationnels ordre outcome outcomes output outputs paragraph
    paragraphe pilier poste priorite produit project projects projet projets question questions result resultat
    rubrique section sous specifique specifiques step steps strategique strategiques tache taches task tasks titre
    version volet wbs
    """)

  /// What has numbers of its own, `01/2019`, that look like months.
  private static let documents = WordList(
    """
    appel arrete avenant bon cheque contract contrat convention dahir decision decret dossier facture factures invoice
    loi lot marche offre piece proces pv rapport
    """)

  /// What says that dates and periods are meant.
  private static let timeWords = WordList(
    "an annee date dates day exercice jour mois month period periode quarter semestre trimestre year")

  /// Whether values that read as dates or periods are codes all the same, `01/2019` and `T1-19` under `N° convention`.
  func holdsDates(_ handle: String) -> Bool {
    // The numbers of `Référence` are those of a baseline, and its dates are nothing but references.
    if ["reference", "references"].contains(handle) { return true }
    if case .none = self { return false }
    return !handle.split(separator: "_").contains(where: Self.timeWords.contains)
  }

  /// The same of periods; `S1-2019` under `Semaine` is a week and no semester.
  func holdsPeriods(_ handle: String) -> Bool {
    let words = handle.split(separator: "_")
    return holdsDates(handle) || words.contains { ["semaine", "semaines", "week", "weeks"].contains($0) }
      || words.contains(where: Self.documents.contains) && !words.contains(where: Self.timeWords.contains)
  }

  /// Whether numbers with fractions are kept as codes: whole numbers with a zero behind the mark, `12.0`, are none, and
  /// under an uncertain name only fractions of several lengths are of which some end in zero.
  func holds(_ profile: ColumnProfile, _ mark: DecimalMark) -> Bool {
    switch self {
    case .none: false
    case .perhaps: profile.fractions.endingInZero > 0 && profile.fractions.oneDigit > 0
    case .plain: profile.fractionCount(mark) > profile.fractions.zero
    }
  }
}
