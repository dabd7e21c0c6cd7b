import ArgumentParser
import BilanColumnar
import BilanDiagnostics
import BilanShell

/// Reads a command line.
enum ArgumentReader {
  /// What came of it.
  enum Outcome {
    case invocation(Invocation)
    /// Help, the version or a completion script was asked for: a text for standard output.
    case text(String)
    case failure([Diagnostic])
  }

  static func read(_ arguments: [String], language: Language) -> Outcome {
    if let invocation = FastArguments.read(arguments, language: language) { return .invocation(invocation) }
    return InterfaceLanguage.$current.withValue(language) { readAll(arguments, language: language) }
  }

  /// With ArgumentParser, whatever the arguments.
  static func readAll(_ arguments: [String], language: Language) -> Outcome {
    do {
      var parsed = try BilanCommand.parseAsRoot(SharedOptionNames.forParser(arguments))
      guard let command = parsed as? any InvocableCommand else {
        if let word = unknownTopic(arguments) { return .failure([unexpected(word, arguments: [])]) }
        // The parser's own command of help: it throws what it shows.
        try parsed.run()
        return .text("")
      }
      let action = command.action
      var writesFile = false
      if case .describe(_, writes: true) = action { writesFile = true }
      return .invocation(
        Invocation(
          action: action,
          options: try Invocation.Options(command.shared, language: language, writesFile: writesFile)))
    } catch let error as QueryError {
      return .failure(error.diagnostics)
    } catch {
      let message = BilanCommand.fullMessage(for: error)
      if BilanCommand.exitCode(for: error) == .success {
        return .text(HelpTranslation(language).translate(message) + "\n")
      }
      return .failure([diagnostic(BilanCommand.message(for: error), arguments: arguments)])
    }
  }

  /// Of `bilan help WORD` the word, where it is no command; the parser would show the help of all.
  private static func unknownTopic(_ arguments: [String]) -> String? {
    guard arguments.first == "help", arguments.count > 1, !arguments[1].hasPrefix("-") else { return nil }
    return commandNames.contains(arguments[1]) || arguments[1] == "help" ? nil : arguments[1]
  }

  private static var commandNames: [String] {
    BilanCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
  }

  // MARK: Errors

  /// ArgumentParser's errors are texts, in English; the forms they have are read here and said in both languages.
  static func diagnostic(_ message: String, arguments: [String]) -> Diagnostic {
    let quoted = message.split(separator: "'", omittingEmptySubsequences: false).enumerated().compactMap {
      $0.offset % 2 == 1 ? String($0.element) : nil
    }
    let first = quoted.first ?? ""
    // The options behind a file are its parameters, where it is run.
    if message.hasPrefix("Unknown option"), let file = arguments.first, file.hasSuffix(QueryFolder.fileExtension) {
      return unexpected(file, arguments: [])
    }
    if message.hasPrefix("Unknown option") {
      let near = quoted.count > 1 && isNear(first, quoted[1]) ? quoted[1] : nil
      return .error(
        .unknownOption,
        Localized("there is no option `\(first)`", fr: "il n’y a pas d’option `\(first)`"),
        help: near.map { Localized("did you mean `\($0)`?", fr: "vouliez-vous dire `\($0)`\u{A0}?") }
          ?? Localized("`bilan --help` lists the options", fr: "`bilan --help` énumère les options"))
    }
    if message.hasPrefix("Missing value for") {
      // The parser takes a number below zero for another option.
      let option = String(first.prefix { $0 != " " })
      if let place = arguments.lastIndex(of: option), place + 1 < arguments.count, Int(arguments[place + 1]) != nil {
        let value = arguments[place + 1]
        return .error(
          .unknownOption,
          Localized("`\(value)` is not a value of `\(option)`", fr: "`\(value)` n’est pas une valeur de `\(option)`"),
          help: ["--max-rows": 0, "--threads": 1][option].map {
            Localized("a whole number from \($0) on", fr: "un nombre entier à partir de \($0)")
          })
      }
      return .error(
        .unknownOption, Localized("`\(first)` is without its value", fr: "`\(first)` est sans sa valeur"))
    }
    if message.hasPrefix("Missing expected argument") {
      return .error(
        .unknownOption,
        Localized("`\(first)` is missing", fr: "il manque `\(first)`"),
        help: Localized(
          "`bilan \(arguments.first ?? "") --help` tells more",
          fr: "`bilan \(arguments.first ?? "") --help` en dit plus"))
    }
    if message.hasPrefix("The option") {
      return .error(
        .unknownOption,
        Localized("`\(first)` takes no value", fr: "`\(first)` ne prend pas de valeur"))
    }
    if message.contains("nexpected argument") { return unexpected(first, arguments: arguments) }
    return .error(.unknownOption, Localized(verbatim: message.split(separator: "\n").first.map(String.init) ?? message))
  }

  /// Whether an option may be meant by another; the parser proposes one however far it is.
  private static func isNear(_ given: String, _ option: String) -> Bool {
    func name(_ text: String) -> String { String(text.drop { $0 == "-" }) }
    return !Suggestions.near(name(given), among: [name(option)], fold: TextFolding.fold).isEmpty
  }

  /// A word that no command expects: a mistyped command, or one argument too many.
  private static func unexpected(_ word: String, arguments: [String]) -> Diagnostic {
    let names = commandNames
    if arguments.contains(where: { names.contains($0) }) {
      return .error(
        .unknownOption, Localized("`\(word)` is one argument too many", fr: "`\(word)` est un argument de trop"))
    }
    let help: Localized
    if let near = Suggestions.near(word, among: names, fold: TextFolding.fold).first {
      help = Localized("did you mean `\(near)`?", fr: "vouliez-vous dire `\(near)`\u{A0}?")
    } else if word.hasSuffix(QueryFolder.fileExtension) {
      help = Localized("`bilan run \(word)` runs a file", fr: "`bilan run \(word)` exécute un fichier")
    } else if word.contains(" ") {
      help = Localized("a query is given by `-c`", fr: "une requête se donne par `-c`")
    } else {
      help = Localized("`bilan --help` lists the commands", fr: "`bilan --help` énumère les commandes")
    }
    return .error(
      .unknownCommand, Localized("there is no command `\(word)`", fr: "il n’y a pas de commande `\(word)`"), help: help)
  }
}

/// The words of ArgumentParser's help pages in French.
struct HelpTranslation {
  private let language: Language

  init(_ language: Language) { self.language = language }

  private static let words = [
    ("OVERVIEW:", "OBJET\u{A0}:"), ("USAGE:", "USAGE\u{A0}:"), ("OPTIONS:", "OPTIONS\u{A0}:"),
    ("ARGUMENTS:", "ARGUMENTS\u{A0}:"), ("SUBCOMMANDS:", "COMMANDES\u{A0}:"),
    ("Show help information.", "Montre cette aide."), ("Show the version.", "Montre la version."),
    ("Show subcommand help information.", "Montre l’aide d’une commande."),
    ("for detailed help.", "pour une aide détaillée."), ("<subcommand>", "<commande>"), ("<options>", "<options>"),
    ("See '", "Voir '"),
  ]

  func translate(_ help: String) -> String {
    guard language == .french else { return help }
    return Self.words.reduce(help) { text, pair in text.replacing(pair.0, with: pair.1) }
  }
}
