/// Two deliveries beside each other.
extension DiagnosticCatalog {
  static let comparisonSummary = DiagnosticEntry(
    .comparisonSummary,
    "how two files differ, in a line",
    fr: "en quoi deux fichiers diffèrent, en une ligne",
    explanation: """
      `diff` counts the rows that are in one file only, the rows of both in which something is another value, the
      columns that came, went or hold another kind of value, and the indicators of which `status` says something else.
      The rows of the result show each. With `--check` the exit status is 1 where there is a difference.
      """,
    fr: """
      `diff` compte les lignes qui ne sont que dans un fichier, les lignes communes dont une valeur a changé, les
      colonnes venues, parties ou d’une autre nature, et les indicateurs dont `status` dit autre chose. Les lignes du
      résultat les montrent un par un. Avec `--check`, le code de retour est 1 s’il y a une différence.
      """,
    triggers: "bilan diff march.csv april.csv",
    as: .command)

  static let keyProposed = DiagnosticEntry(
    .keyProposed,
    "columns that were found to identify rows",
    fr: "des colonnes trouvées pour identifier les lignes",
    explanation: """
      To tell a row that changed from one that came and one that went, rows of the two files are paired by columns
      whose values together occur once in each. Without `--key` they are looked for: codes first, then indicator,
      region, sex and period, then what else is text. The note says which were found; `--key` names others.
      """,
    fr: """
      Pour distinguer une ligne modifiée d’une ligne venue et d’une ligne partie, les lignes des deux fichiers sont
      appariées par des colonnes dont les valeurs réunies n’apparaissent qu’une fois dans chacun. Sans `--key`, elles
      sont cherchées : d’abord les codes, puis indicateur, région, sexe et période, puis les autres textes. La note
      dit lesquelles ont été trouvées ; `--key` en nomme d’autres.
      """,
    triggers: "bilan diff march.csv april.csv",
    avoids: "bilan diff march.csv april.csv --key code,period",
    as: .command)

  static let noKeyFound = DiagnosticEntry(
    .noKeyFound,
    "no columns that identify rows",
    fr: "aucune colonne n’identifie les lignes",
    explanation: """
      In one of the files several rows have the same value in every column that could identify them. Rows are then
      compared as wholes, each as often as it is there: one that changed shows as removed and as added. Name the
      columns that should identify a row by `--key`; the rows for which they do not are said.
      """,
    fr: """
      Dans l’un des fichiers, plusieurs lignes ont la même valeur dans toutes les colonnes qui pourraient les
      identifier. Les lignes sont alors comparées en entier, chacune autant de fois qu’elle est là : une ligne modifiée
      paraît supprimée et ajoutée. Nommez par `--key` les colonnes qui devraient identifier une ligne ; celles pour
      lesquelles elles ne le font pas sont dites.
      """,
    triggers: "bilan diff march.csv april.csv",
    avoids: "bilan diff march.csv april.csv --key code",
    as: .command)

  static let duplicateKeys = DiagnosticEntry(
    .duplicateKeys,
    "rows that share their key",
    fr: "des lignes qui partagent leur clé",
    explanation: """
      A key should occur once in a file. Of rows that share one nothing says which is which in the other file, so
      they are not paired: rows that are the same in both files are left aside, the rest show as removed and added.
      Name more columns by `--key`, or find out why the file has the row twice.
      """,
    fr: """
      Une clé devrait n’apparaître qu’une fois dans un fichier. Parmi des lignes qui la partagent, rien ne dit laquelle
      est laquelle dans l’autre fichier : elles ne sont pas appariées, celles qui sont identiques dans les deux sont
      laissées de côté, les autres paraissent supprimées et ajoutées. Nommez plus de colonnes par `--key`, ou cherchez
      pourquoi le fichier a la ligne deux fois.
      """,
    triggers: "bilan diff march.csv april.csv --key region",
    avoids: "bilan diff march.csv april.csv --key code,region",
    as: .command)

  static let verdictsNotCompared = DiagnosticEntry(
    .verdictsNotCompared,
    "verdicts that could not be worked out",
    fr: "des verdicts qui n’ont pas pu être calculés",
    explanation: """
      Where both files have indicators with targets and actual values, `diff` also asks `status` of each and shows
      those that flipped. In one of the files these columns are not what the measure needs, numbers above all; the
      note says what is wrong. The rows are compared all the same.
      """,
    fr: """
      Si les deux fichiers ont des indicateurs avec cibles et valeurs réalisées, `diff` demande aussi `status` de
      chacun et montre ceux qui se sont renversés. Dans l’un des fichiers, ces colonnes ne sont pas ce qu’il faut à la
      mesure, des nombres avant tout ; la note dit ce qui ne va pas. Les lignes sont comparées quand même.
      """,
    triggers: "bilan diff march.csv april.csv   # with a target `ten` in one of them",
    as: .command)
}
