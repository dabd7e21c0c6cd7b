/// Steps, aggregates and windows.
extension DiagnosticCatalog {
  static let aggregateInRow = DiagnosticEntry(
    .aggregateInRow,
    "an aggregate where each row is looked at alone",
    fr: "un agrégat là où chaque ligne est vue seule",
    explanation: """
      `sum`, `mean` and the others speak of many rows, while `where` and `add` look at one. Say over which
      rows: `summarize` makes groups, and `add … per KEYS` repeats a group's value on its rows.
      """,
    fr: """
      `sum`, `mean` et les autres parlent de plusieurs lignes, alors que `where` et `add` en regardent
      une. Dites sur quelles lignes : `summarize` forme des groupes, et `add … per CLÉS` répète la valeur
      d’un groupe sur ses lignes.
      """,
    triggers: "from results | add part = target / sum(target)",
    avoids: "from results | add part = target / sum(target) per region",
    as: .query)

  static let rowValueInAggregate = DiagnosticEntry(
    .rowValueInAggregate,
    "a single row's value where there are groups",
    fr: "la valeur d’une ligne là où il y a des groupes",
    explanation: """
      In `summarize` each result stands for a whole group, and a bare column has many values there.
      Aggregate it, make it a key after `by`, or use `only(x)` where all rows of the group share one
      value.
      """,
    fr: """
      Dans `summarize`, chaque résultat vaut pour tout un groupe, où une colonne nue a plusieurs valeurs.
      Agrégez-la, faites-en une clé après `by`, ou employez `only(x)` si toutes les lignes du groupe
      partagent une valeur.
      """,
    triggers: "from results | summarize target by region",
    avoids: "from results | summarize sum(target) by region",
    as: .query)

  static let nestedAggregate = DiagnosticEntry(
    .nestedAggregate,
    "an aggregate inside an aggregate",
    fr: "un agrégat dans un agrégat",
    explanation: """
      An aggregate of aggregates needs two groupings, and it must be said which. Summarize twice: first to
      the inner groups, then over them.
      """,
    fr: """
      Un agrégat d’agrégats demande deux regroupements, et il faut dire lesquels. Résumez deux fois :
      d’abord par les groupes intérieurs, puis sur eux.
      """,
    triggers: "from results | summarize mean(sum(actual))",
    avoids: "from results | summarize total = sum(actual) by region | summarize mean(total)",
    as: .query)

  static let windowOutsideAdd = DiagnosticEntry(
    .windowOutsideAdd,
    "`previous`, `running` or `rank` outside `add`",
    fr: "`previous`, `running` ou `rank` hors de `add`",
    explanation: """
      These look at the neighbours of a row, which only `add` puts in an order, with `sort` and, for
      groups, `per`. Add the column first, then use it.
      """,
    fr: """
      Ces fonctions regardent les voisines d’une ligne, que seul `add` met en ordre, avec `sort` et, par
      groupes, `per`. Ajoutez d’abord la colonne, puis servez-vous-en.
      """,
    triggers: "from results | where actual > previous(actual)",
    avoids: "from results | add before = previous(actual) sort period | where actual > before",
    as: .query)

  static let windowNeedsOrder = DiagnosticEntry(
    .windowNeedsOrder,
    "a row function without an order",
    fr: "une fonction de rang ou de voisinage sans ordre",
    explanation: """
      What comes before a row depends on the order, and a table has none to rely on. Say it in the same
      step: `sort period`.
      """,
    fr: """
      Ce qui précède une ligne dépend de l’ordre, et une table n’en a pas d’assuré. Dites-le dans la même
      étape : `sort period`.
      """,
    triggers: "from results | add place = rank() per region",
    avoids: "from results | add place = rank() per region sort actual desc",
    as: .query)

  static let keysDiffer = DiagnosticEntry(
    .keysDiffer,
    "keys that do not fit each other",
    fr: "des clés qui ne se correspondent pas",
    explanation: """
      The keys of a join must be in both tables and of one type, and the columns of `append` of one type
      under each name. Convert one side, or name both columns: `on left.code = regions.id`.
      """,
    fr: """
      Les clés d’une jointure doivent être dans les deux tables et de même type, et les colonnes de
      `append` d’un même type sous chaque nom. Convertissez un côté, ou nommez les deux colonnes : `on
      left.code = regions.id`.
      """,
    triggers: "from meetings | join regions on left.title = regions.number",
    avoids: "from meetings | join regions on region",
    as: .query)

  static let nothingToSummarize = DiagnosticEntry(
    .nothingToSummarize,
    "a `summarize` without a result",
    fr: "un `summarize` sans résultat",
    explanation: """
      `summarize` needs at least one aggregate or measure. For the distinct keys alone there is
      `distinct`, and for their number of rows `count by`.
      """,
    fr: """
      `summarize` demande au moins un agrégat ou une mesure. Pour les seules clés distinctes il y a
      `distinct`, et pour leur nombre de lignes `count by`.
      """,
    triggers: "from results | summarize by region",
    avoids: "from results | count by region",
    as: .query)

  static let sensitiveColumn = DiagnosticEntry(
    .sensitiveColumn,
    "a sensitive column that would be listed",
    fr: "une colonne sensible qui serait montrée",
    explanation: """
      The dataset says that this column may be counted, not shown: a name, a phone number, a date of
      birth. Aggregate it, or leave it out; no step can lift the mark.
      """,
    fr: """
      Le jeu de données dit que cette colonne peut être comptée, pas montrée : un nom, un téléphone, une
      date de naissance. Agrégez-la ou laissez-la de côté ; aucune étape ne peut lever cette protection.
      """,
    triggers: "from beneficiaries | summarize max(id) by region",
    avoids: "from beneficiaries | summarize count_distinct(id) by region",
    as: .query)
}
