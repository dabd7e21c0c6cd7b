/// Types and units.
extension DiagnosticCatalog {
  static let typeMismatch = DiagnosticEntry(
    .typeMismatch,
    "a value of the wrong type",
    fr: "une valeur d’un type qui ne convient pas",
    explanation: """
      Functions and operators say which types they take, and nothing is converted unasked: a text that
      looks like a number is a text. Convert it with `number(x)`, `text(x)`, `date(x, format)` or
      `period(x)`.
      """,
    fr: """
      Les fonctions et les opérateurs disent quels types ils acceptent, et rien n’est converti sans
      demande : un texte qui ressemble à un nombre est un texte. Convertissez-le avec `number(x)`,
      `text(x)`, `date(x, format)` ou `period(x)`.
      """,
    triggers: "from results | add x = region * 2",
    avoids: "from results | add x = target * 2",
    as: .query)

  static let wrongArgumentCount = DiagnosticEntry(
    .wrongArgumentCount,
    "too many or too few arguments",
    fr: "trop ou trop peu d’arguments",
    explanation: """
      The label shows what the function takes. Arguments are separated by commas; a decimal comma makes
      two arguments of one number.
      """,
    fr: """
      L’étiquette montre ce que la fonction attend. Les arguments sont séparés par des virgules ; une
      virgule décimale fait deux arguments d’un nombre.
      """,
    triggers: "from results | summarize quantile(actual)",
    avoids: "from results | summarize quantile(actual, 0.9)",
    as: .query)

  static let conditionExpected = DiagnosticEntry(
    .conditionExpected,
    "a value where a condition is needed",
    fr: "une valeur là où il faut une condition",
    explanation: """
      `where`, `check`, `if` and the filter of an aggregate need something that is true or false. A number
      or a text is neither; compare it with something.
      """,
    fr: """
      `where`, `check`, `if` et le filtre d’un agrégat demandent quelque chose de vrai ou de faux. Un
      nombre ou un texte n’est ni l’un ni l’autre ; comparez-le à quelque chose.
      """,
    triggers: "from results | where target",
    avoids: "from results | where target > 0",
    as: .query)

  static let mixedUnits = DiagnosticEntry(
    .mixedUnits,
    "units that do not add up",
    fr: "des unités qui ne s’additionnent pas",
    explanation: """
      Persons and dirhams have no sum, and days are not months. Convert one of the two, or keep them apart
      with a key in `by`.
      """,
    fr: """
      Des personnes et des dirhams n’ont pas de somme, et des jours ne sont pas des mois. Convertissez
      l’un des deux, ou séparez-les par une clé dans `by`.
      """,
    triggers: "from results | add wait = 30 days + 2 months",
    avoids: "from results | add wait = 30 days + 60 days",
    as: .query)

  static let incomparable = DiagnosticEntry(
    .incomparable,
    "two values that cannot be compared",
    fr: "deux valeurs qui ne se comparent pas",
    explanation: """
      Both sides of a comparison must be of one kind: numbers and ratios, texts, dates and periods,
      durations of one unit. Otherwise the answer would be false for every row, and look like a result.
      """,
    fr: """
      Les deux côtés d’une comparaison doivent être de même nature : nombres et ratios, textes, dates et
      périodes, durées de même unité. Sinon la réponse serait fausse à chaque ligne, et aurait l’air d’un
      résultat.
      """,
    triggers: "from results | where target > \"100\"",
    avoids: "from results | where target > 100",
    as: .query)

  static let constantExpected = DiagnosticEntry(
    .constantExpected,
    "a fixed value is needed here",
    fr: "il faut ici une valeur fixe",
    explanation: """
      Some arguments are decided before rows are read: how many rows to take, which quantile, which
      pattern, which confidence level. They may be a literal or a parameter, not a column.
      """,
    fr: """
      Certains arguments se décident avant la lecture des lignes : combien en prendre, quel quantile, quel
      motif, quel niveau de confiance. Ce peut être une valeur écrite ou un paramètre, pas une colonne.
      """,
    triggers: "from results | take target",
    avoids: "param n: number = 10\nfrom results | take $n",
    as: .query)

  static let invalidPattern = DiagnosticEntry(
    .invalidPattern,
    "a regular expression that cannot be read",
    fr: "une expression rationnelle illisible",
    explanation: """
      `matches(x, pattern)` and `extract` take a regular expression, and this one is not well formed: a
      bracket is not closed, or something repeats nothing. Patterns that look ahead or refer back to a
      group are refused: matching them can take longer than anyone waits. To search for a plain text,
      use `~`, which needs no escapes.
      """,
    fr: """
      `matches(x, motif)` et `extract` prennent une expression rationnelle, et celle-ci est mal formée :
      un crochet n’est pas fermé, ou rien n’est répété. Les motifs qui regardent plus loin ou renvoient à
      un groupe sont refusés : les chercher peut durer plus longtemps que l’on n’attend. Pour chercher un
      simple texte, employez `~`, qui ne demande aucun échappement.
      """,
    triggers: "from results | where matches(region, \"[A-\")",
    avoids: "from results | where matches(region, \"^[A-F]\")",
    as: .query)

  static let tableWhereValueExpected = DiagnosticEntry(
    .tableWhereValueExpected,
    "a table where one value is needed",
    fr: "une table là où il faut une seule valeur",
    explanation: """
      A pipeline in parentheses can stand for a value if it yields one column, and one row. Reduce it with
      `summarize`, or use `in` to look a value up in a column.
      """,
    fr: """
      Une requête entre parenthèses peut valoir une valeur si elle donne une seule colonne et une seule
      ligne. Réduisez-la avec `summarize`, ou employez `in` pour chercher une valeur dans une colonne.
      """,
    triggers: "from results | where target > (from results | keep region, target)",
    avoids: "from results | where target > (from results | summarize mean(target))",
    as: .query)

  static let emptyRange = DiagnosticEntry(
    .emptyRange,
    "a range that holds nothing",
    fr: "un intervalle qui ne contient rien",
    explanation: """
      Both ends of a range are included and the first must not be after the second, so `2020..2018` would
      never be true.
      """,
    fr: """
      Les deux bornes d’un intervalle sont comprises et la première ne peut pas suivre la seconde :
      `2020..2018` ne serait jamais vrai.
      """,
    triggers: "from results | where period in 2020..2018",
    avoids: "from results | where period in 2018..2020",
    as: .query)
}
