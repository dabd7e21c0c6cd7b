import BilanDiagnostics

/// An idea of the language that is neither a step nor a function: one short text in both languages.
struct ConceptTopic: Sendable {
  var names: [String]
  var text: Localized

  static let all: [ConceptTopic] = [
    ConceptTopic(
      names: ["missing", "manquant"],
      text: Localized(
        """
        A missing value is never zero. Arithmetic with one gives missing; `x ?? 0` replaces it; `x is missing` tests it.
        A comparison with a missing value is false, and `!=` is the exact negation of `=`: `where region != "Oriental"`
        keeps rows without a region. Aggregates skip missing values; over none at all `count` is 0 and `sum` is missing.
        Notes under a result say how many values were skipped.
          from results | where actual is missing | count by indicator
        """,
        fr: """
          Une valeur manquante n’est jamais zéro. Un calcul avec elle est manquant\u{A0}; `x ?? 0` la remplace\u{A0}; `x is missing`
          la teste. Une comparaison avec une valeur manquante est fausse, et `!=` est la négation exacte de `=`\u{A0}:
          `where region != "Oriental"` garde les lignes sans région. Les agrégats l’ignorent\u{A0}; sans aucune valeur, `count`
          vaut 0 et `sum` est manquant. Les notes sous un résultat disent combien de valeurs ont été ignorées.
            from results | where actual is missing | count by indicator
          """)),
    ConceptTopic(
      names: ["periods", "period", "périodes", "dates"],
      text: Localized(
        """
        Periods are written `2019-04-15`, `2019-04`, `2019-Q3`, `2019-S1`, `FY2019`, and `2019` beside a date or a period.
        They are intervals: `created in 2019-Q3`, `period in 2018..2020`. `period - 1` is the one before;
        `date + 18 months` is a date, `date - date` a number of days.
          from results | where period in 2019-Q1..2019-Q4 | summarize sum(actual) by indicator, period
        """,
        fr: """
          Les périodes s’écrivent `2019-04-15`, `2019-04`, `2019-Q3`, `2019-S1`, `FY2019`, et `2019` à côté d’une date ou
          d’une période. Ce sont des intervalles\u{A0}: `created in 2019-Q3`, `period in 2018..2020`. `period - 1` est la
          précédente\u{A0}; `date + 18 months` est une date, `date - date` un nombre de jours.
            from results | where period in 2019-Q1..2019-Q4 | summarize sum(actual) by indicator, period
          """)),
    ConceptTopic(
      names: ["ratio", "ratios", "coverage", "couverture"],
      text: Localized(
        """
        `ratio(actual, target)` pairs its operands row by row: a row counts only if both are there. It keeps its parts and
        its coverage: `128% (7/8)` means that 7 of 8 rows had both. Read the parts with `.numerator`, `.denominator`,
        `.reported`, `.expected`; add ratios up with `pool(r)`. `sum(actual) / sum(target)` would keep the targets of rows
        never reported.
          from results | summarize rate = ratio(actual, target) by region
        """,
        fr: """
          `ratio(actual, target)` apparie ses termes ligne par ligne\u{A0}: une ligne ne compte que si les deux sont là. Il garde
          ses parties et sa couverture\u{A0}: `128 % (7/8)` veut dire que 7 lignes sur 8 avaient les deux. Ses parties se lisent
          par `.numerator`, `.denominator`, `.reported`, `.expected`\u{A0}; `pool(r)` additionne des ratios.
          `sum(actual) / sum(target)` garderait les cibles de lignes jamais renseignées.
            from results | summarize rate = ratio(actual, target) by region
          """)),
    ConceptTopic(
      names: ["parameters", "param", "paramètres"],
      text: Localized(
        """
        `param region: text = "Oriental"` declares a parameter, used as `$region`. Of a saved query it is an option:
        `bilan run NAME --region Fès-Meknès`, here `.run NAME --region Fès-Meknès`. Types: `number`, `percent`, `text`,
        `bool`, `date`, `period`, `list of …`, `one of ["a", "b"]`.
        """,
        fr: """
          `param region: text = "Oriental"` déclare un paramètre, employé sous la forme `$region`. C’est une option de la
          requête enregistrée\u{A0}: `bilan run NOM --region Fès-Meknès`, ici `.run NOM --region Fès-Meknès`. Types\u{A0}: `number`,
          `percent`, `text`, `bool`, `date`, `period`, `list of …`, `one of ["a", "b"]`.
          """)),
    ConceptTopic(
      names: ["let", "definitions", "définitions"],
      text: Localized(
        """
        `let` names a table, a measure or a function, and the shell keeps it for later queries:
          let women = from beneficiaries | where sex = "F"
          let cost_per_job = ratio(spent, jobs)
          let rate(a, b) = a / b
        """,
        fr: """
          `let` nomme une table, une mesure ou une fonction, et l’interpréteur la garde pour les requêtes suivantes\u{A0}:
            let women = from beneficiaries | where sex = "F"
            let cost_per_job = ratio(spent, jobs)
            let rate(a, b) = a / b
          """)),
    ConceptTopic(
      names: ["names", "noms"],
      text: Localized(
        """
        A column is named by its handle (`region_d_intervention`) or, in backticks, by its label. Case and accents do not
        matter. `.describe NAME` lists the columns of a dataset; Tab completes them.
        """,
        fr: """
          Une colonne se nomme par son nom simple (`region_d_intervention`) ou, entre accents graves, par son libellé.
          La casse et les accents ne comptent pas. `.describe NOM` énumère les colonnes d’un jeu de données\u{A0}; Tab les
          complète.
          """)),
    ConceptTopic(
      names: ["search", "text", "~", "recherche"],
      text: Localized(
        """
        `column ~ "words"` is true where the text contains the words, case and accents ignored; `=` compares exactly.
        `matches(x, "^A.*")` takes a regular expression.
          from results | where region ~ "fes"
        """,
        fr: """
          `colonne ~ "mots"` est vrai si le texte contient ces mots, sans égard à la casse ni aux accents\u{A0}; `=` compare
          exactement. `matches(x, "^A.*")` prend une expression régulière.
            from results | where region ~ "fes"
          """)),
    ConceptTopic(
      names: ["keys", "shortcuts", "touches", "raccourcis"],
      text: Localized(
        """
          Tab         completes the word
          Enter       runs a complete query
          Alt-Enter   begins another line
          Up, Down    moves, then goes through the history
          Ctrl-R      searches the history
          Ctrl-L      clears the screen
          Ctrl-C      gives up the line or query
          Ctrl-D      leaves
        A line that begins with `|` continues the last result; `.undo` takes it back.
        """,
        fr: """
            Tab         complète le mot
            Entrée      exécute une requête complète
            Alt-Entrée  commence une autre ligne
            Haut, Bas   se déplace, puis parcourt l’historique
            Ctrl-R      cherche dans l’historique
            Ctrl-L      efface l’écran
            Ctrl-C      abandonne la ligne ou la requête
            Ctrl-D      quitte
          Une ligne qui commence par `|` poursuit le dernier résultat\u{A0}; `.undo` la retire.
          """)),
  ]
}
