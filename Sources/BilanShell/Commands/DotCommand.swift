import BilanDiagnostics
import BilanRenderers

/// A command of the shell: what is not a query. One table, which dispatch, completion and help read.
package struct DotCommand: Sendable {
  enum Kind: Sendable {
    case help, datasets, describe, compare, queries, run, save, export, format, explain, profile, timer, cache
    case history, language, undo, last, quit
  }

  var kind: Kind
  /// With its dot.
  var name: String
  /// Its arguments.
  var usage: String
  var summary: Localized
  var example: String
  /// Other names it answers to.
  var aliases: [String] = []

  static let all: [DotCommand] = [
    DotCommand(
      kind: .help, name: ".help", usage: "[TOPIC]",
      summary: Localized(
        "explains a step, a function, a command or an error code",
        fr: "explique une étape, une fonction, une commande ou un code d’erreur"),
      example: ".help summarize", aliases: [".h", ".?"]),
    DotCommand(
      kind: .datasets, name: ".datasets", usage: "",
      summary: Localized("lists the datasets", fr: "énumère les jeux de données"), example: ".datasets",
      aliases: [".tables"]),
    DotCommand(
      kind: .describe, name: ".describe", usage: "NAME [COLUMN]",
      summary: Localized(
        "shows the columns of a dataset, or the values of a column",
        fr: "montre les colonnes d’un jeu de données, ou les valeurs d’une colonne"),
      example: ".describe results region", aliases: [".schema"]),
    DotCommand(
      kind: .compare, name: ".diff", usage: "OLD NEW [KEY,…]",
      summary: Localized(
        "shows how a dataset or a file differs from the one before it",
        fr: "montre en quoi un jeu de données ou un fichier diffère du précédent"),
      example: ".diff march.csv april.csv code,period"),
    DotCommand(
      kind: .queries, name: ".queries", usage: "",
      summary: Localized("lists the saved queries", fr: "énumère les requêtes enregistrées"), example: ".queries"),
    DotCommand(
      kind: .run, name: ".run", usage: "NAME [--parameter VALUE]…",
      summary: Localized("runs a saved query", fr: "exécute une requête enregistrée"),
      example: ".run targets_exceeded --since 2019"),
    DotCommand(
      kind: .save, name: ".save", usage: "NAME [TITLE]",
      summary: Localized(
        "saves the current query under a name; `NAME!` replaces one that is there",
        fr: "enregistre la requête en cours sous un nom\u{A0}; `NOM!` remplace celle qui existe"),
      example: ".save fes_exceeded Targets exceeded in Fès-Meknès"),
    DotCommand(
      kind: .export, name: ".export", usage: "FILE [FORMAT]",
      summary: Localized(
        "writes the last result into a file, in the format that its name ends with; `FILE!` replaces one that is there",
        fr:
          "écrit le dernier résultat dans un fichier, au format que dit la fin de son nom\u{A0}; `FICHIER!` remplace celui "
          + "qui existe"),
      example: ".export achievement.xlsx"),
    DotCommand(
      kind: .last, name: ".show", usage: "",
      summary: Localized(
        "shows the text of the current query, which a line beginning with `|` continues",
        fr: "montre le texte de la requête en cours, qu’une ligne commençant par `|` poursuit"),
      example: ".show", aliases: [".last"]),
    DotCommand(
      kind: .undo, name: ".undo", usage: "",
      summary: Localized(
        "takes back the last steps that continued the query",
        fr: "retire les dernières étapes qui poursuivaient la requête"),
      example: ".undo"),
    DotCommand(
      kind: .explain, name: ".explain", usage: "[QUERY]",
      summary: Localized(
        "shows how a query, or the current one, will be worked out",
        fr: "montre comment une requête, ou celle en cours, sera calculée"),
      example: ".explain from results | where actual > target"),
    DotCommand(
      kind: .profile, name: ".profile", usage: "[QUERY]",
      summary: Localized(
        "runs a query, or the current one, and shows what each part of it cost",
        fr: "exécute une requête, ou celle en cours, et montre ce que chaque partie a coûté"),
      example: ".profile from results | summarize achievement by region"),
    DotCommand(
      kind: .format, name: ".format", usage: "[FORMAT]",
      summary: Localized(
        "chooses how results are shown: \(OutputFormat.listedTexts)",
        fr: "choisit la forme des résultats\u{A0}: \(OutputFormat.listedTexts)"),
      example: ".format markdown"),
    DotCommand(
      kind: .timer, name: ".timer", usage: "on|off",
      summary: Localized("tells how long each query took", fr: "dit combien de temps a pris chaque requête"),
      example: ".timer on"),
    DotCommand(
      kind: .cache, name: ".cache", usage: "on|off",
      summary: Localized(
        "keeps the large files that queries read, to open them at once the next time",
        fr: "garde les grands fichiers que lisent les requêtes, pour les rouvrir aussitôt la prochaine fois"),
      example: ".cache on"),
    DotCommand(
      kind: .history, name: ".history", usage: "[on|off]",
      summary: Localized(
        "lists what was entered; `off` stops recording (a line that begins with a space is never recorded)",
        fr:
          "énumère ce qui a été saisi\u{A0}; `off` cesse d’enregistrer (une ligne qui commence par une espace ne l’est jamais)"
      ),
      example: ".history off"),
    DotCommand(
      kind: .language, name: ".lang", usage: "en|fr",
      summary: Localized("chooses the language of messages", fr: "choisit la langue des messages"),
      example: ".lang fr"),
    DotCommand(
      kind: .quit, name: ".quit", usage: "", summary: Localized("leaves the shell", fr: "quitte l’interpréteur"),
      example: ".quit", aliases: [".exit", ".q"]),
  ]

  static func named(_ name: String) -> DotCommand? { all.first { $0.name == name || $0.aliases.contains(name) } }

  /// Whether a line is a dot command: a dot and a letter or `?`, which no query begins with.
  package static func isCommand(_ line: String) -> Bool {
    let line = line.drop { $0 == " " }
    guard line.first == "." else { return false }
    guard let next = line.dropFirst().first else { return true }
    return next.isLetter || next == "?"
  }

  /// The names that someone may mistype.
  static var everyName: [String] { all.flatMap { [$0.name] + $0.aliases } }
}

extension OutputFormat {
  /// The formats that are text, in code, with commas between.
  fileprivate static var listedTexts: String { texts.map { "`\($0.rawValue)`" }.joined(separator: ", ") }
}
