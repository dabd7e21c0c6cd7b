/// What can go wrong while a query runs.
extension DiagnosticCatalog {
  static let overflow = DiagnosticEntry(
    .overflow,
    "a whole number that leaves 64 bits",
    fr: "un entier qui dépasse 64 bits",
    explanation: """
      Whole numbers are exact up to about nine quintillion. Beyond that Bilan stops, because a number that
      wraps around is a wrong answer that looks right. Multiply by `1.0` to go on in double precision.
      """,
    fr: """
      Les entiers sont exacts jusqu’à environ neuf milliards de milliards. Au-delà, Bilan s’arrête, car un
      nombre qui reboucle est une réponse fausse qui a l’air juste. Multipliez par `1.0` pour continuer en
      double précision.
      """,
    triggers: "from regions | add x = 9_000_000_000_000_000_000 * number",
    avoids: "from regions | add x = 9_000_000_000_000_000_000 * 1.0 * number",
    as: .query)

  static let joinMultiplies = DiagnosticEntry(
    .joinMultiplies,
    "a row that matches several rows",
    fr: "une ligne qui correspond à plusieurs lignes",
    explanation: """
      A join finds one row for each row. Here a key appears more than once in the other table, so rows
      would be multiplied and every sum after it too high. If that is meant, write `join many`; if not,
      make the key unique first.
      """,
    fr: """
      Une jointure trouve une ligne pour chaque ligne. Ici, une clé figure plusieurs fois dans l’autre
      table : les lignes seraient multipliées et toute somme ensuite trop élevée. Si c’est voulu, écrivez
      `join many` ; sinon, rendez d’abord la clé unique.
      """,
    triggers: "from results | join meetings on region",
    avoids: "from results | join (from meetings | count by region) on region",
    as: .query)

  static let checkFailed = DiagnosticEntry(
    .checkFailed,
    "a check that does not hold",
    fr: "une vérification qui échoue",
    explanation: """
      `check` states what must be true of the data, and some rows are otherwise; they are shown. The exit
      status of a script is then 1, so that what follows it stops.
      """,
    fr: """
      `check` énonce ce qui doit être vrai des données, et des lignes y dérogent ; elles sont montrées. Le
      code de sortie d’un script est alors 1, pour que la suite s’arrête.
      """,
    triggers: "from results | check actual >= 0 \"an actual is negative\"",
    avoids: "from results | where actual < 0",
    as: .query)

  static let subqueryNotSingle = DiagnosticEntry(
    .subqueryNotSingle,
    "a pipeline used as a value that gave several rows",
    fr: "une requête prise comme valeur qui a donné plusieurs lignes",
    explanation: """
      A pipeline in parentheses that stands for a value must give one row. Aggregate it, or use `in` for a
      list of values.
      """,
    fr: """
      Une requête entre parenthèses prise comme valeur doit donner une seule ligne. Agrégez-la, ou
      employez `in` pour une liste de valeurs.
      """,
    triggers: "from results | where target = (from results | keep target)",
    avoids: "from results | where target = (from results | summarize max(target))",
    as: .query)

  static let tooManyColumns = DiagnosticEntry(
    .tooManyColumns,
    "a crosstab with too many columns",
    fr: "un tableau croisé aux colonnes trop nombreuses",
    explanation: """
      `across` makes a column for each value of its key, and this key has more values than a table can
      show. Use a key with fewer, such as a year instead of a day, or put it in `by`.
      """,
    fr: """
      `across` crée une colonne par valeur de sa clé, et celle-ci en a plus qu’une table ne peut en
      montrer. Prenez une clé qui en a moins, comme l’année plutôt que le jour, ou mettez-la dans `by`.
      """,
    triggers: "from survey | summarize count by region across monthly_income / hours_worked",
    avoids: "from survey | summarize count by region across wave",
    as: .query)

  static let cancelled = DiagnosticEntry(
    .cancelled,
    "the query was interrupted",
    fr: "la requête a été interrompue",
    explanation: """
      Ctrl-C or the host program stopped it. Nothing was written, and the last result is still there.
      """,
    fr: """
      Ctrl-C ou le programme hôte l’a arrêtée. Rien n’a été écrit, et le dernier résultat est toujours là.
      """,
    triggers: "from results | summarize count by region   # then Ctrl-C",
    as: .query)

  static let memoryExceeded = DiagnosticEntry(
    .memoryExceeded,
    "a query that needs more memory than it may take",
    fr: "une requête qui demande plus de mémoire qu’elle ne peut prendre",
    explanation: """
      A query may take three quarters of the memory that was free when it started, or what `--memory` says:
      so it is the query that ends and not the machine. Keep the columns that matter with `keep`, leave rows
      out before they are sorted or joined, or allow more.
      """,
    fr: """
      Une requête peut prendre les trois quarts de la mémoire libre à son départ, ou ce que dit `--memory` :
      c’est ainsi la requête qui s’arrête, et non la machine. Gardez les colonnes utiles avec `keep`, écartez
      des lignes avant de trier ou de joindre, ou permettez davantage.
      """,
    triggers: "from results | sort actual   # with --memory 1M",
    avoids: "from results | keep actual | sort actual",
    as: .query)
}
