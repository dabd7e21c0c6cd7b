/// Declarations, parameters and options.
extension DiagnosticCatalog {
  static let missingParameter = DiagnosticEntry(
    .missingParameter,
    "a parameter without a value",
    fr: "un paramètre sans valeur",
    explanation: """
      A parameter without a default must be given when the query is run: `--region Oriental` on the
      command line, `.set region = "Oriental"` at the prompt.
      """,
    fr: """
      Un paramètre sans valeur par défaut doit être fourni à l’exécution : `--region Oriental` en ligne de
      commande, `.set region = "Oriental"` à l’invite.
      """,
    triggers: "param region: text\nfrom results | where region = $region",
    avoids: "param region: text = \"Oriental\"\nfrom results | where region = $region",
    as: .query)

  static let invalidParameterValue = DiagnosticEntry(
    .invalidParameterValue,
    "a value that a parameter does not take",
    fr: "une valeur qu’un paramètre n’accepte pas",
    explanation: """
      A parameter has a type, and may have a list of values it can be. The message shows both; a
      percentage is written `110%`, a period `2019-Q3`.
      """,
    fr: """
      Un paramètre a un type, et peut avoir une liste de valeurs possibles. Le message montre les deux ;
      un pourcentage s’écrit `110%`, une période `2019-Q3`.
      """,
    triggers: "bilan run report.bilan --since yesterday",
    avoids: "bilan run report.bilan --since 2019-Q3",
    as: .command)

  static let invalidDefault = DiagnosticEntry(
    .invalidDefault,
    "a default that does not fit its parameter",
    fr: "une valeur par défaut qui ne convient pas au paramètre",
    explanation: """
      The default of a parameter is a value of its type, known before any row: a literal, not a column or
      a call.
      """,
    fr: """
      La valeur par défaut d’un paramètre est une valeur de son type, connue avant toute ligne : une
      valeur écrite, ni une colonne ni un appel.
      """,
    triggers: "param since: period = \"last year\"",
    avoids: "param since: period = 2018",
    as: .query)

  static let nothingToRun = DiagnosticEntry(
    .nothingToRun,
    "a file without a query",
    fr: "un fichier sans requête",
    explanation: """
      The file only declares. Add a query that begins with `from`, or take its definitions into another
      file with `use`.
      """,
    fr: """
      Le fichier ne fait que déclarer. Ajoutez une requête qui commence par `from`, ou reprenez ses
      définitions dans un autre fichier avec `use`.
      """,
    triggers: "let women = from beneficiaries | where sex = \"F\"",
    avoids: "let women = from beneficiaries | where sex = \"F\"\nfrom women | count by region",
    as: .query)

  static let unknownOption = DiagnosticEntry(
    .unknownOption,
    "an option that does not exist",
    fr: "une option qui n’existe pas",
    explanation: """
      Options of the program begin with two dashes; those after the name of a query file are its
      parameters. `bilan --help` lists the first, `bilan run FILE --help` the second.
      """,
    fr: """
      Les options du programme commencent par deux tirets ; celles qui suivent le nom d’un fichier de
      requêtes sont ses paramètres. `bilan --help` donne les premières, `bilan run FICHIER --help`
      les secondes.
      """,
    triggers: "bilan run report.bilan --formt csv",
    avoids: "bilan run report.bilan --format csv",
    as: .command)
}
