import BilanDiagnostics

/// The verbs that begin a step.
package enum StepVerb: String, Sendable, CaseIterable {
  case from, `where`, add, keep, drop, rename, summarize, count, sort, take, top, bottom, distinct, join, append
  case unpivot, unnest, complete, check, compare, survival, protect, chart

  /// The verb that a word spells; `summarise` is read too.
  package init?(_ word: String) {
    self.init(rawValue: word == "summarise" ? "summarize" : word)
  }
}

/// One step as completion, help and the reference show it.
package struct StepEntry: Sendable {
  package var verb: StepVerb
  /// `summarize AGGS [by KEYS] [across KEY] [with totals]`
  package var usage: String
  package var summary: Localized
  /// A query that shows it.
  package var example: String
  /// False for a step of the language that this version does not run.
  package var isAvailable: Bool

  package var name: String { verb.rawValue }
  /// False for a step that is complete as its verb alone.
  package var needsArguments: Bool { verb != .count && verb != .distinct }

  fileprivate init(
    _ verb: StepVerb, _ usage: String, _ summary: Localized, _ example: String, isAvailable: Bool = true
  ) {
    self.verb = verb
    self.usage = usage
    self.summary = summary
    self.example = example
    self.isAvailable = isAvailable
  }
}

/// Every step, once: the parser, completion, help and the reference read this table.
package enum StepTable {
  package static func entry(for verb: StepVerb) -> StepEntry { entries.first { $0.verb == verb }! }

  /// In the order in which help lists them.
  package static let entries: [StepEntry] = [
    StepEntry(
      .from, "from SOURCE",
      Localized(
        "starts a pipeline: a dataset, a `let` table, a file, `stdin` or a pipeline in parentheses",
        fr:
          "commence un pipeline : un jeu de données, une table `let`, un fichier, `stdin` ou un pipeline entre parenthèses"
      ), "from results | take 5"),
    StepEntry(
      .where, "where COND",
      Localized(
        "keeps the rows for which a condition is true",
        fr: "garde les lignes pour lesquelles une condition est vraie"),
      "from results | where actual > target"),
    StepEntry(
      .add, "add NAME = EXPR, … [per KEYS] [sort KEYS]",
      Localized(
        "adds or replaces columns; `per` lets aggregates range over the rows that share keys, `sort` orders them",
        fr:
          "ajoute ou remplace des colonnes ; avec `per`, les agrégats portent sur les lignes qui partagent des clés, `sort` les ordonne"
      ), "from results | add change = actual - previous(actual) per indicator, region sort period"),
    StepEntry(
      .keep, "keep COLS",
      Localized("chooses and orders columns", fr: "choisit et ordonne des colonnes"),
      "from results | keep region, period, actual"),
    StepEntry(
      .drop, "drop COLS", Localized("leaves columns out", fr: "retire des colonnes"), "from results | drop baseline"),
    StepEntry(
      .rename, "rename NEW = OLD, …",
      Localized("gives columns other names", fr: "donne d’autres noms à des colonnes"),
      "from results | rename place = region"),
    StepEntry(
      .summarize, "summarize AGGS [by KEYS] [across KEY] [with totals]",
      Localized(
        "makes one row of each group; `across` spreads one key over columns, `with totals` adds margins",
        fr:
          "fait une ligne de chaque groupe ; `across` étale une clé sur des colonnes, `with totals` ajoute des marges"),
      "from results | summarize achievement by indicator, region"),
    StepEntry(
      .count, "count [by KEYS]",
      Localized("counts the rows, of the whole or of each group", fr: "compte les lignes, en tout ou par groupe"),
      "from results | count by region"),
    StepEntry(
      .sort, "sort KEY [desc], …",
      Localized("puts the rows in order", fr: "met les lignes en ordre"), "from results | sort period desc, region"),
    StepEntry(
      .take, "take N, take A..B",
      Localized("keeps the first rows", fr: "garde les premières lignes"), "from results | take 10"),
    StepEntry(
      .top, "top N by EXPR [per KEYS]",
      Localized(
        "keeps the largest, of the whole or of each group; ties at the edge are kept",
        fr: "garde les plus grands, en tout ou par groupe ; les ex æquo de la limite sont gardés"),
      "from results | top 3 by actual per region"),
    StepEntry(
      .bottom, "bottom N by EXPR [per KEYS]",
      Localized(
        "keeps the smallest, of the whole or of each group; ties at the edge are kept",
        fr: "garde les plus petits, en tout ou par groupe ; les ex æquo de la limite sont gardés"),
      "from results | bottom 3 by actual"),
    StepEntry(
      .distinct, "distinct [COLS]",
      Localized("keeps one row for each combination", fr: "garde une ligne par combinaison"),
      "from results | distinct indicator, region"),
    StepEntry(
      .join, "join [left|inner|full|semi|anti] [many] SOURCE on KEYS",
      Localized(
        "adds the columns of another table, matched by keys; `left` unless said",
        fr: "ajoute les colonnes d’une autre table, appariée par des clés ; `left` sauf mention"),
      "from results | join regions on region"),
    StepEntry(
      .append, "append SOURCE",
      Localized(
        "adds the rows of another table, columns matched by name",
        fr: "ajoute les lignes d’une autre table, colonnes appariées par leur nom"),
      "from results | append (from results | where period < 2018)"),
    StepEntry(
      .unpivot, "unpivot COLS into NAME, VALUE",
      Localized("turns columns into rows", fr: "transforme des colonnes en lignes"),
      "from results | unpivot target, actual into kind, value"),
    StepEntry(
      .unnest, "unnest [NAME =] COLUMN [by SEPARATOR] [with position]",
      Localized(
        "makes a row of each element of a list, or of each part of a text between separators",
        fr: "fait une ligne de chaque élément d’une liste, ou de chaque partie d’un texte entre séparateurs"),
      "from meetings | unnest programme by \"+\" | count by programme"),
    StepEntry(
      .complete, "complete COLS",
      Localized(
        "adds the combinations that have no row: what was planned and never reported",
        fr: "ajoute les combinaisons sans ligne : ce qui était prévu et n’a jamais été renseigné"),
      "from results | complete indicator, region, period"),
    StepEntry(
      .check, "check COND [TEXT]",
      Localized(
        "lets rows through unchanged, and fails the script unless every row satisfies a condition",
        fr: "laisse passer les lignes, et fait échouer le script si l’une ne satisfait pas une condition"),
      "from results | check target >= 0 \"no negative target\""),
    StepEntry(
      .compare, "compare EXPR between KEY [across KEY] [by KEYS] [clustered by KEY] [weighted by EXPR]",
      Localized(
        "compares two groups: difference, confidence interval, p-value, standardised effect",
        fr: "compare deux groupes : différence, intervalle de confiance, valeur p, effet standardisé"),
      "from beneficiaries | compare revenue between sex", isAvailable: false),
    StepEntry(
      .survival, "survival from DATE until DATE [as of DATE] [at DURATIONS] [by KEYS]",
      Localized("estimates survival (Kaplan-Meier)", fr: "estime la survie (Kaplan-Meier)"),
      "from enterprises | survival from created until closed by sex", isAvailable: false),
    StepEntry(
      .protect, "protect N",
      Localized(
        "withholds the cells of a summary that rest on fewer rows, and what would give them away",
        fr: "retient les cellules d’une synthèse qui reposent sur moins de lignes, et celles qui les révéleraient"),
      "from beneficiaries | count by region | protect 5", isAvailable: false),
    StepEntry(
      .chart, "chart KIND [x = …] [y = …] [color = …]",
      Localized("says how to draw the result", fr: "dit comment dessiner le résultat"),
      "from results | summarize achievement by region | chart bar", isAvailable: false),
  ]
}
