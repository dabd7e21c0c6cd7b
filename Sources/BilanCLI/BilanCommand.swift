import ArgumentParser
import BilanDiagnostics
import BilanShell

/// A command as ArgumentParser reads it; what it does is an `Invocation.Action`.
protocol InvocableCommand: ParsableCommand {
  var shared: SharedOptions { get }
  var action: Invocation.Action { get }
}

/// `bilan`, and what stands before or instead of a command's name.
struct BilanCommand: InvocableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "bilan",
      abstract: Localized(
        "Asks questions of the results of development programmes.",
        fr: "Interroge les résultats de programmes de développement."
      ).now,
      discussion: Localized(
        """
        Without a command or -c it opens the shell; where standard input is no terminal, it runs what stands there.

          bilan -c 'from results | where achievement > 110%'
          bilan run targets_exceeded --since 2019

        Exit status: 0 done, 1 a check failed, 2 the query is wrong, 3 the data cannot be read, 64 wrong arguments, \
        130 interrupted.
        """,
        fr: """
          Sans commande ni -c, l’interpréteur s’ouvre\u{A0}; si l’entrée standard n’est pas un terminal, ce qui s’y \
          trouve est exécuté.

            bilan -c 'from results | where achievement > 110%'
            bilan run targets_exceeded --since 2019

          Code de retour\u{A0}: 0 terminé, 1 un contrôle en échec, 2 la requête est fausse, 3 les données sont \
          illisibles, 64 arguments faux, 130 interrompu.
          """
      ).now,
      version: BilanVersion.text,
      subcommands: [
        RunCommand.self, QueryInputCommand.self, CheckCommand.self, FormatCommand.self, ExplainCommand.self,
        DatasetsCommand.self, DescribeCommand.self, CompareCommand.self, QueriesCommand.self, CacheCommand.self,
      ])
  }

  @Option(
    name: .customShort("c"),
    help: .localized(
      "A query to run; may be repeated.", fr: "Une requête à exécuter\u{A0}; peut être répétée.",
      valueName: Localized("query", fr: "requête")))
  var queries: [String] = []

  @OptionGroup var shared: SharedOptions

  var action: Invocation.Action { queries.isEmpty ? .shell : .queries(queries) }
}

struct RunCommand: InvocableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "run",
      abstract: Localized("Runs a saved query.", fr: "Exécute une requête enregistrée.").now,
      usage: "bilan run \(Localized("<name|file>", fr: "<nom|fichier>").now) [--parameter value …]",
      discussion: Localized(
        """
        A name is that of a file queries/NAME.bilan here or in a folder above. The query's parameters are options: \
        'bilan run NAME --help' lists them.
        """,
        fr: """
          Un nom est celui d’un fichier queries/NOM.bilan, ici ou dans un dossier supérieur. Les paramètres de la \
          requête sont des options\u{A0}: «\u{A0}bilan run NOM --help\u{A0}» les énumère.
          """
      ).now)
  }

  @Argument(
    parsing: .captureForPassthrough,
    help: .localized(
      "The query, then its own options.", fr: "La requête, puis ses propres options.",
      valueName: Localized("name|file", fr: "nom|fichier")))
  var arguments: [String] = []

  @OptionGroup var shared: SharedOptions

  var action: Invocation.Action { .run(name: arguments.first ?? "", options: Array(arguments.dropFirst())) }

  func validate() throws {
    if arguments.isEmpty {
      throw ValidationError(
        Localized(
          "a query is missing: its name, or a file; 'bilan queries' lists the names",
          fr: "il manque une requête\u{A0}: son nom, ou un fichier\u{A0}; «\u{A0}bilan queries\u{A0}» énumère les noms"
        ).now)
    }
    // What follows the name is captured, `--help` before it too.
    if ["--help", "-h"].contains(arguments[0]) { throw CleanExit.helpRequest(self) }
  }
}

struct QueryInputCommand: InvocableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "-",
      abstract: Localized(
        "Runs a query read from standard input.", fr: "Exécute une requête lue sur l’entrée standard."
      ).now)
  }

  @OptionGroup var shared: SharedOptions

  var action: Invocation.Action { .queryOnInput }
}

struct CheckCommand: InvocableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "check",
      abstract: Localized(
        "Says what is wrong with queries, without running them.",
        fr: "Dit ce qui ne va pas dans des requêtes, sans les exécuter."
      ).now)
  }

  @Argument(
    help: .localized(
      "Files of queries, or - for standard input.", fr: "Des fichiers de requêtes, ou - pour l’entrée standard.",
      valueName: Localized("file", fr: "fichier")))
  var files: [String]

  @OptionGroup var shared: SharedOptions

  var action: Invocation.Action { .check(files: files) }
}

struct FormatCommand: InvocableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "fmt",
      abstract: Localized(
        "Writes queries in their canonical form.", fr: "Écrit des requêtes sous leur forme canonique."
      ).now)
  }

  @Argument(
    help: .localized(
      "Files of queries, or - for standard input.", fr: "Des fichiers de requêtes, ou - pour l’entrée standard.",
      valueName: Localized("file", fr: "fichier")))
  var files: [String]

  @Flag(
    help: .localized(
      "Only says which files are not in that form; status 1 where there are some.",
      fr: "Dit seulement quels fichiers n’ont pas cette forme\u{A0}; code 1 s’il y en a."))
  var check = false

  @Flag(help: .localized("Rewrites the files.", fr: "Réécrit les fichiers."))
  var write = false

  @OptionGroup var shared: SharedOptions

  var action: Invocation.Action { .format(files: files, mode: check ? .check : write ? .write : .print) }

  func validate() throws {
    if check, write {
      throw ValidationError(
        Localized(
          "--check and --write exclude each other", fr: "--check et --write s’excluent l’une l’autre"
        ).now)
    }
  }
}

struct ExplainCommand: InvocableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "explain",
      abstract: Localized(
        "Explains the code of an error or a note.", fr: "Explique le code d’une erreur ou d’une note."
      )
      .now)
  }

  @Argument(help: .localized("As in B0203.", fr: "Comme B0203.", valueName: Localized(verbatim: "code")))
  var code: String

  @OptionGroup var shared: SharedOptions

  var action: Invocation.Action { .explain(code: code) }
}

struct DatasetsCommand: InvocableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "datasets", abstract: Localized("Lists the datasets.", fr: "Énumère les jeux de données.").now)
  }

  @OptionGroup var shared: SharedOptions

  var action: Invocation.Action { .datasets }
}

struct DescribeCommand: InvocableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "describe",
      abstract: Localized(
        "Shows the columns of a dataset or a file, and how it was read.",
        fr: "Montre les colonnes d’un jeu de données ou d’un fichier, et comment il a été lu."
      ).now)
  }

  @Argument(
    help: .localized(
      "A dataset or a file.", fr: "Un jeu de données ou un fichier.",
      valueName: Localized("name|file", fr: "nom|fichier")))
  var name: String

  @Flag(
    help: .localized(
      "Writes what was understood into datapackage.json beside the file; --force replaces what is said of it there.",
      fr:
        "Écrit ce qui a été compris dans datapackage.json à côté du fichier\u{A0}; --force y remplace ce qui en est dit."
    ))
  var write = false

  @OptionGroup var shared: SharedOptions

  var action: Invocation.Action { .describe(name: name, writes: write) }
}

struct CompareCommand: InvocableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "diff",
      abstract: Localized(
        "Shows how a delivery of data differs from the one before it.",
        fr: "Montre en quoi une livraison de données diffère de la précédente."
      ).now,
      discussion: Localized(
        """
        Rows that came and went, cells that changed, columns that came, went or hold another kind of value, and \
        indicators whose verdict flipped. Files of any format that is read may be compared: book.xlsx#Sheet, april.csv. \
        `-` is standard input.

          bilan diff march.xlsx april.csv
          bilan diff march.csv april.csv --key code,period --output changes.xlsx

        Exit status: 0 also where they differ, and with --check 1.
        """,
        fr: """
          Les lignes venues et parties, les cellules modifiées, les colonnes venues, parties ou d’une autre nature, \
          les indicateurs dont le verdict s’est renversé. Deux fichiers lisibles quelconques se comparent, et des \
          feuilles\u{A0}: classeur.xlsx#Feuille. `-` est l’entrée standard.

            bilan diff mars.xlsx avril.csv
            bilan diff mars.csv avril.csv --key code,periode --output changements.xlsx

          Code de retour\u{A0}: 0, même s’ils diffèrent, et alors 1 avec --check.
          """
      ).now)
  }

  @Argument(
    help: .localized(
      "The delivery before: a dataset or a file.",
      fr: "La livraison précédente\u{A0}: un jeu de données ou un fichier.",
      valueName: Localized("old", fr: "ancien")))
  var old: String

  @Argument(
    help: .localized(
      "The delivery now.", fr: "La livraison actuelle.", valueName: Localized("new", fr: "nouveau")))
  var new: String

  @Option(
    name: .long,
    help: .localized(
      "The columns that identify a row, separated by commas; found from the data by default.",
      fr:
        "Les colonnes qui identifient une ligne, séparées par des virgules\u{A0}; par défaut trouvées dans les données.",
      valueName: Localized("columns", fr: "colonnes")))
  var key: String?

  @Flag(help: .localized("Status 1 where they differ.", fr: "Code 1 s’ils diffèrent."))
  var check = false

  @OptionGroup var shared: SharedOptions

  var action: Invocation.Action {
    .compare(old: old, new: new, key: key.map(ColumnNames.split), isCheck: check)
  }

  func validate() throws {
    if let key, ColumnNames.split(key).isEmpty {
      throw ValidationError(
        Localized("--key names no column", fr: "--key ne nomme aucune colonne").now)
    }
    if old == "-", new == "-" {
      throw ValidationError(
        Localized(
          "standard input is one of the deliveries at most",
          fr: "l’entrée standard est une des livraisons au plus"
        ).now)
    }
  }
}

struct QueriesCommand: InvocableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "queries",
      abstract: Localized(
        "Lists the saved queries and what they are for.", fr: "Énumère les requêtes enregistrées et leur objet."
      ).now)
  }

  @OptionGroup var shared: SharedOptions

  var action: Invocation.Action { .listQueries }
}
