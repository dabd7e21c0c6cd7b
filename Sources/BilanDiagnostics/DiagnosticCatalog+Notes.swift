/// Notes under a result: what it leaves out or rests on.
extension DiagnosticCatalog {
  static let missingSkipped = DiagnosticEntry(
    .missingSkipped,
    "values that an aggregate skipped",
    fr: "des valeurs qu’un agrégat a ignorées",
    explanation: """
      Aggregates work on the values that are there, and the note says how many were not. A sum over the
      rest is not the whole: look at where they are missing, or say what a missing value is worth with `x
      ?? 0`.
      """,
    fr: """
      Les agrégats travaillent sur les valeurs présentes, et la note dit combien manquaient. Une somme sur
      le reste n’est pas le tout : voyez où elles manquent, ou dites ce que vaut une valeur manquante avec
      `x ?? 0`.
      """,
    triggers: "from results | summarize sum(actual) by region",
    avoids: "from results | summarize sum(actual ?? 0) by region",
    as: .query)

  static let partialCoverage = DiagnosticEntry(
    .partialCoverage,
    "a ratio that rests on part of its rows",
    fr: "un ratio qui repose sur une partie de ses lignes",
    explanation: """
      A ratio counts a row only if both its sides are there, so that a target never reported does not turn
      success into failure. `128% (7/8)` means that 7 of 8 rows had both. Read it as what is known so far.
      """,
    fr: """
      Un ratio ne compte une ligne que si ses deux termes sont là, pour qu’une cible jamais renseignée ne
      change pas un succès en échec. `128% (7/8)` signifie que 7 lignes sur 8 avaient les deux. Lisez-le
      comme ce qu’on sait à ce jour.
      """,
    triggers: "from results | summarize achievement by indicator",
    avoids: "from results | where actual is not missing | summarize achievement by indicator",
    as: .query)

  static let unmatchedRows = DiagnosticEntry(
    .unmatchedRows,
    "rows for which a join found nothing",
    fr: "des lignes pour lesquelles une jointure n’a rien trouvé",
    explanation: """
      The rows stay, and the columns from the other table are missing. Often a key is written in two ways.
      `join anti` shows which rows these are.
      """,
    fr: """
      Les lignes restent, et les colonnes de l’autre table sont manquantes. Souvent une clé s’écrit de
      deux façons. `join anti` montre quelles lignes ce sont.
      """,
    triggers: "from disbursements | join regions on region",
    avoids: "from disbursements | where region is not missing | join regions on region",
    as: .query)

  static let tiesKept = DiagnosticEntry(
    .tiesKept,
    "more rows than asked for, because of ties",
    fr: "plus de lignes que demandé, à cause d’ex æquo",
    explanation: """
      `top 3` keeps every row that is equal to the third, since choosing among equals would be chance. To
      have a fixed number, say what decides with `sort` and `take`.
      """,
    fr: """
      `top 3` garde toutes les lignes égales à la troisième, car choisir entre égales serait un hasard.
      Pour un nombre fixe, dites ce qui départage avec `sort` et `take`.
      """,
    triggers: "from results | top 3 by target",
    avoids: "from results | sort target desc, region | take 3",
    as: .query)

  static let mixedIndicators = DiagnosticEntry(
    .mixedIndicators,
    "a group that mixes indicators",
    fr: "un groupe qui mélange des indicateurs",
    explanation: """
      Persons trained and enterprises created do not add up, so the achievement of a group that holds both
      is missing. Add `indicator` to `by`, or use `mean_achievement`, the mean of each indicator's own.
      """,
    fr: """
      Des personnes formées et des entreprises créées ne s’additionnent pas : l’atteinte d’un groupe qui
      contient les deux est donc manquante. Ajoutez `indicator` à `by`, ou employez `mean_achievement`, la
      moyenne de celles de chaque indicateur.
      """,
    triggers: "from results | summarize achievement by region",
    avoids: "from results | summarize mean_achievement by region",
    as: .query)

  static let withheld = DiagnosticEntry(
    .withheld,
    "withheld to protect people",
    fr: "retenu pour protéger les personnes",
    explanation: """
      A column that the data declares sensitive holds what belongs to persons. It may be counted, joined
      on and compared; it is not listed, so the result leaves it out. Keep other columns, or count.
      """,
    fr: """
      Une colonne que les données déclarent sensible contient ce qui appartient à des personnes. On peut
      la compter, s’en servir dans une jointure ou une comparaison ; elle n’est pas listée, et le résultat
      la laisse de côté. Gardez d’autres colonnes, ou comptez.
      """,
    triggers: "from beneficiaries | keep id, region, support",
    avoids: "from beneficiaries | keep region, support",
    as: .query)

  static let syntheticData = DiagnosticEntry(
    .syntheticData,
    "figures that are invented",
    fr: "des chiffres inventés",
    explanation: """
      The descriptor of the dataset says that it is synthetic: made up to learn, try and test with. Its figures are
      about no real person and no real enterprise, whatever they agree with; do not quote them. The note is said once
      a session, and `--strict` does not mind it.
      """,
    fr: """
      Le descripteur du jeu de données dit qu’il est synthétique : fabriqué pour apprendre, essayer et tester. Ses
      chiffres ne concernent aucune personne ni aucune entreprise réelle, quels que soient ceux avec lesquels ils
      concordent ; ne les citez pas. La note est dite une fois par session, et `--strict` n’en tient pas compte.
      """,
    triggers: "from results | count",
    avoids: "from published | count",
    as: .query)

  static let noSuchValue = DiagnosticEntry(
    .noSuchValue,
    "a value that its column does not hold",
    fr: "une valeur que sa colonne ne contient pas",
    explanation: """
      The result is empty, and the query asks for a value that no row has: a region written otherwise, or a year where
      the column holds quarters. `=` compares texts exactly; `~` looks for a part, accents and case aside; `in 2019`
      takes every period within the year.
      """,
    fr: """
      Le résultat est vide, et la requête demande une valeur qu’aucune ligne n’a : une région écrite autrement, ou une
      année là où la colonne contient des trimestres. `=` compare les textes exactement ; `~` cherche une partie, accents
      et casse à part ; `in 2019` prend toutes les périodes de l’année.
      """,
    triggers: "from results | where region = \"Oriental\"",
    avoids: "from results | where region ~ \"oriental\"",
    as: .query)
}
