import ArgumentParser
import BilanDiagnostics
import BilanRenderers
import BilanShell

/// The options that every command takes.
struct SharedOptions: ParsableArguments {
  @Option(
    name: .long,
    help: .localized(
      "A folder of data, a file, or NAME=FILE; may be repeated.",
      fr: "Un dossier de données, un fichier, ou NOM=FICHIER\u{A0}; peut être répétée.",
      valueName: Localized("dir|name=file", fr: "dossier|nom=fichier")))
  var data: [String] = []

  @Option(
    name: .long,
    help: .localized(
      "\(OutputFormat.list(or: "or")); a table on a terminal, else csv, or as the file of --output ends.",
      fr:
        "\(OutputFormat.list(or: "ou"))\u{A0}; un tableau sur un terminal, sinon csv, ou selon la fin du fichier de --output.",
      valueName: Localized(verbatim: "format")))
  var format: String?

  @Option(
    name: .long,
    help: .localized(
      "A file that the result goes to, in the format that its name ends with.",
      fr: "Un fichier où va le résultat, dans le format que dit la fin de son nom.",
      valueName: Localized("file", fr: "fichier")))
  var output: String?

  @Flag(
    name: .long,
    help: .localized(
      "Replaces the file of --output where it is there.", fr: "Remplace le fichier de --output s’il existe.",
      valueName: nil))
  var force = false

  @Option(
    name: .long,
    help: .localized(
      "The language of messages: en or fr; the locale's by default.",
      fr: "La langue des messages\u{A0}: en ou fr\u{A0}; par défaut celle de l’environnement.",
      valueName: Localized("lang", fr: "langue")))
  var lang: String?

  @Option(
    name: .long,
    help: .localized(
      "auto, always or never.", fr: "auto, always ou never.", valueName: Localized("when", fr: "quand")))
  var color: String?

  @Option(
    name: .long,
    help: .localized(
      "How many rows a table shows; 0 for all.", fr: "Combien de lignes un tableau montre\u{A0}; 0 pour toutes.",
      valueName: Localized(verbatim: "n")))
  var maxRows: String?

  @Option(
    name: .long,
    help: .localized(
      "The day that today() is: 2021-01-22.", fr: "Le jour que vaut today()\u{A0}: 2021-01-22.",
      valueName: Localized(verbatim: "date")))
  var today: String?

  @Option(
    name: .long,
    help: .localized(
      "The form of errors and notes: human or json.", fr: "La forme des erreurs et des notes\u{A0}: human ou json.",
      valueName: Localized("form", fr: "forme")))
  var errors: String?

  @Option(
    name: .long,
    help: .localized(
      "How many threads work on a query.", fr: "Combien de fils d’exécution travaillent à une requête.",
      valueName: Localized(verbatim: "n")))
  var threads: String?

  @Option(
    name: .long,
    help: .localized(
      "How much memory a query may take: 4G, 512M; three quarters of what is free by default, 0 for no limit.",
      fr:
        "Combien de mémoire une requête peut prendre\u{A0}: 4G, 512M\u{A0}; par défaut les trois quarts de ce qui est "
        + "libre, 0 sans limite.",
      valueName: Localized("size", fr: "taille")))
  var memory: String?

  @Flag(
    name: .long, inversion: .prefixedNo, exclusivity: .chooseLast,
    help: .localized(
      "Keeps the large files that are read, for the next start; --no-cache reads none that were kept.",
      fr:
        "Garde les grands fichiers lus, pour le prochain lancement\u{A0}; --no-cache n’en lit aucun qui a été gardé.",
      valueName: nil))
  var cache: Bool?

  @Flag(
    name: .long,
    help: .localized("Notes are errors.", fr: "Les notes sont des erreurs.", valueName: nil))
  var strict = false

  init() {}
}

extension OutputFormat {
  /// `table, csv or json`, in the order of their declaration.
  static func list(or word: String) -> String {
    let names = allCases.map(\.rawValue)
    return names.dropLast().joined(separator: ", ") + " \(word) \(names[names.count - 1])"
  }
}

/// The names of the shared options, for the one command that is read partly by hand: after the name of a saved query
/// come options of its own, among which the shared ones must be found. A test holds the names against the declarations.
enum SharedOptionNames {
  static let withValue: Set = [
    "--data", "--format", "--output", "--lang", "--color", "--max-rows", "--today", "--errors", "--threads", "--memory",
  ]
  static let flags: Set = ["--strict", "--force", "--cache", "--no-cache"]

  /// The arguments with the shared options of `run` before its name; those of other commands as they are.
  static func forParser(_ arguments: [String]) -> [String] {
    let (shared, rest) = separate(arguments)
    return rest.first == "run" ? shared + rest : arguments
  }

  /// Takes the shared options out, with their values; the rest keeps its order. `--` ends the taking.
  static func separate(_ arguments: [String]) -> (shared: [String], rest: [String]) {
    var shared: [String] = []
    var rest: [String] = []
    var index = 0
    while index < arguments.count {
      let argument = arguments[index]
      index += 1
      if argument == "--" {
        rest += arguments[index...]
        break
      }
      let name = String(argument.prefix { $0 != "=" })
      if flags.contains(argument) || (withValue.contains(name) && argument.contains("=")) {
        shared.append(argument)
      } else if withValue.contains(argument) {
        shared.append(argument)
        if index < arguments.count {
          shared.append(arguments[index])
          index += 1
        }
      } else {
        rest.append(argument)
      }
    }
    return (shared, rest)
  }
}
