/// Names: datasets, columns, functions, parameters, files.
extension DiagnosticCatalog {
  static let unknownDataset = DiagnosticEntry(
    .unknownDataset,
    "a dataset or table that does not exist",
    fr: "un jeu de données ou une table qui n’existe pas",
    explanation: """
      `from` takes the name of a dataset of the project, of a `let` table above it, or a file between
      double quotes. The message lists the nearest names; `.datasets` lists all.
      """,
    fr: """
      `from` prend le nom d’un jeu de données du projet, d’une table `let` définie plus haut, ou un
      fichier entre guillemets droits. Le message donne les noms les plus proches ; `.datasets` les donne
      tous.
      """,
    triggers: "from resluts",
    avoids: "from results",
    as: .query)

  static let ambiguousName = DiagnosticEntry(
    .ambiguousName,
    "a name that could be two columns",
    fr: "un nom qui peut désigner deux colonnes",
    explanation: """
      A name is looked up exactly, then without case and accents, then among the aliases. When two columns
      answer at the same level, Bilan does not choose: write the label of one of them between backticks,
      or `left.code` and `regions.code` in a join.
      """,
    fr: """
      Un nom est cherché tel quel, puis sans tenir compte de la casse et des accents, puis parmi les
      alias. Si deux colonnes répondent au même niveau, Bilan ne choisit pas : écrivez le libellé de l’une
      entre accents graves, ou `left.code` et `regions.code` dans une jointure.
      """,
    triggers: "from \"deux_codes.csv\" | keep cODE   # its columns are `Code` and `CODE`",
    avoids: "from \"deux_codes.csv\" | keep `Code`",
    as: .query)

  static let unknownColumn = DiagnosticEntry(
    .unknownColumn,
    "a column that is not there",
    fr: "une colonne qui n’existe pas",
    explanation: """
      Every name is checked before the first row is read: a misspelt column is an error, never an empty
      result. The name must be a column at this point of the pipeline; after `summarize` only its keys and
      its results are left.
      """,
    fr: """
      Chaque nom est vérifié avant la lecture de la première ligne : une colonne mal écrite est une
      erreur, jamais un résultat vide. Le nom doit être une colonne à cet endroit de la requête ; après
      `summarize`, il ne reste que ses clés et ses résultats.
      """,
    triggers: "from results | where actaul > 100",
    avoids: "from results | where actual > 100",
    as: .query)

  static let unknownFunction = DiagnosticEntry(
    .unknownFunction,
    "a function that does not exist",
    fr: "une fonction qui n’existe pas",
    explanation: """
      There is one table of functions, and `.help functions` prints it. Other tools' names are recognised
      and answered with ours: `avg` is `mean`, `len` is `length`, `nvl` is `??`. A measure is a name
      without parentheses.
      """,
    fr: """
      Il y a une seule table de fonctions, que `.help functions` affiche. Les noms d’autres outils sont
      reconnus et le nôtre est proposé : `avg` est `mean`, `len` est `length`, `nvl` est `??`. Une mesure
      est un nom sans parenthèses.
      """,
    triggers: "from results | summarize avg(target)",
    avoids: "from results | summarize mean(target)",
    as: .query)

  static let unknownParameter = DiagnosticEntry(
    .unknownParameter,
    "a parameter that is not declared",
    fr: "un paramètre non déclaré",
    explanation: """
      `$region` reads a parameter, and each is declared once at the top of the file with its type and, if
      it has one, its default. So a report says what it can be asked.
      """,
    fr: """
      `$region` lit un paramètre, et chacun est déclaré une fois en tête de fichier, avec son type et,
      s’il en a une, sa valeur par défaut. Un rapport dit ainsi ce qu’on peut lui demander.
      """,
    triggers: "from results | where region = $region",
    avoids: "param region: text = \"Oriental\"\nfrom results | where region = $region",
    as: .query)

  static let duplicateName = DiagnosticEntry(
    .duplicateName,
    "the same name given twice",
    fr: "le même nom donné deux fois",
    explanation: """
      A table has one column of a name, and a file one definition of a name. Give the second another name
      with `NAME = …`.
      """,
    fr: """
      Une table n’a qu’une colonne par nom, et un fichier qu’une définition par nom. Donnez un autre nom à
      la seconde avec `NOM = …`.
      """,
    triggers: "from results | summarize total = sum(target), total = sum(actual)",
    avoids: "from results | summarize targets = sum(target), actuals = sum(actual)",
    as: .query)

  static let recursiveDefinition = DiagnosticEntry(
    .recursiveDefinition,
    "a definition that uses itself",
    fr: "une définition qui se sert d’elle-même",
    explanation: """
      A `let` is replaced by its text where it is used, so it cannot call itself, directly or through
      others. That is also why every query ends.
      """,
    fr: """
      Un `let` est remplacé par son texte là où il sert : il ne peut donc pas s’appeler lui-même, ni
      directement ni par un autre. C’est aussi pourquoi toute requête se termine.
      """,
    triggers: "let a = a + 1\nfrom results | add x = a",
    avoids: "let a = target + 1\nfrom results | add x = a",
    as: .query)

  static let valueUsedAsName = DiagnosticEntry(
    .valueUsedAsName,
    "a value written without its quotes",
    fr: "une valeur écrite sans ses guillemets",
    explanation: """
      A bare word is a name; a value of a text column stands between double quotes. There is no column of
      that name, and a column does hold the value.
      """,
    fr: """
      Un mot nu est un nom ; une valeur d’une colonne de texte se met entre guillemets droits. Aucune
      colonne ne porte ce nom, et une colonne contient bien cette valeur.
      """,
    triggers: "from regions | where seat = Rabat",
    avoids: "from regions | where seat = \"Rabat\"",
    as: .query)

  static let unknownNamedArgument = DiagnosticEntry(
    .unknownNamedArgument,
    "an argument name that the function does not have",
    fr: "un nom d’argument que la fonction n’a pas",
    explanation: """
      Named arguments are written with a colon, as in `ci_low(achievement, level: 90%)`, and each function
      knows its own. `.help` and the function's name show them.
      """,
    fr: """
      Les arguments nommés s’écrivent avec deux-points, comme dans `ci_low(achievement, level: 90%)`, et
      chaque fonction a les siens. `.help` suivi du nom de la fonction les montre.
      """,
    triggers: "from results | summarize ci_low(mean(actual), niveau: 90%)",
    avoids: "from results | summarize ci_low(mean(actual), level: 90%)",
    as: .query)

  static let noColumnMatches = DiagnosticEntry(
    .noColumnMatches,
    "a pattern that no column matches",
    fr: "un motif auquel aucune colonne ne répond",
    explanation: """
      `keep id*` takes all the columns whose name begins with `id`. A pattern that takes none is a
      mistake: the result would silently lack what was asked for.
      """,
    fr: """
      `keep id*` prend toutes les colonnes dont le nom commence par `id`. Un motif qui n’en prend aucune
      est une erreur : le résultat serait privé, sans rien dire, de ce qui était demandé.
      """,
    triggers: "from results | keep targt*",
    avoids: "from results | keep target*",
    as: .query)

  static let unknownField = DiagnosticEntry(
    .unknownField,
    "a part that the value does not have",
    fr: "une partie que la valeur n’a pas",
    explanation: """
      Only a ratio has parts: `.numerator`, `.denominator`, `.reported`, `.expected`. In a join,
      `left.code` and `regions.code` say which side a column is from. For the parts of dates there are
      functions: `year(created)`.
      """,
    fr: """
      Seul un ratio a des parties : `.numerator`, `.denominator`, `.reported`, `.expected`. Dans une
      jointure, `left.code` et `regions.code` disent de quel côté vient une colonne. Pour les parties
      d’une date, il y a des fonctions : `year(created)`.
      """,
    triggers: "from results | add n = achievement.top",
    avoids: "from results | add n = achievement.numerator",
    as: .query)

  static let unknownFile = DiagnosticEntry(
    .unknownFile,
    "a `use` whose file is not there",
    fr: "un `use` dont le fichier est absent",
    explanation: """
      `use` names a file of definitions by its path from the file that uses it. The message shows the path
      that was tried.
      """,
    fr: """
      `use` désigne un fichier de définitions par son chemin depuis le fichier qui s’en sert. Le message
      montre le chemin essayé.
      """,
    triggers: "use \"lib/indicatrs.bilan\"",
    avoids: "use \"lib/indicators.bilan\"",
    as: .query)

  static let notATable = DiagnosticEntry(
    .notATable,
    "a name that is not a table",
    fr: "un nom qui n’est pas une table",
    explanation: """
      `from`, `join` and `append` need rows. A `let` may also be a measure, a value or a function, and
      those are used inside steps.
      """,
    fr: """
      `from`, `join` et `append` ont besoin de lignes. Un `let` peut aussi être une mesure, une valeur ou
      une fonction, et celles-ci servent à l’intérieur des étapes.
      """,
    triggers: "let rate = ratio(actual, target)\nfrom rate",
    avoids: "let rate = ratio(actual, target)\nfrom results | summarize rate by region",
    as: .query)

  static let columnsNotKnownYet = DiagnosticEntry(
    .columnsNotKnownYet,
    "columns that depend on the data",
    fr: "des colonnes qui dépendent des données",
    explanation: """
      After `summarize … across KEY` the columns are the values of a key, known only once rows are read. A
      later step cannot name them in advance. Do the work before the crosstab, or give it its own query.
      """,
    fr: """
      Après `summarize … across CLÉ`, les colonnes sont les valeurs d’une clé, connues seulement une fois
      les lignes lues. Une étape suivante ne peut pas les nommer d’avance. Faites le travail avant le
      tableau croisé, ou donnez-lui sa propre requête.
      """,
    triggers: "from results | summarize sum(actual) by region across period | keep region",
    avoids: "from results | keep region, period, actual | summarize sum(actual) by region across period",
    as: .query)
}
