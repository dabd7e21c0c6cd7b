import Bilan
import BilanColumnar
import BilanDiagnostics
import BilanRenderers

/// What each dot command does.
extension Shell {
  mutating func command(_ line: String) {
    let name = String(line.prefix { !$0.isWhitespace })
    let argument = line.dropFirst(name.count).trimmed
    guard let command = DotCommand.named(name) else { return unknownCommand(name) }
    do throws(QueryError) {
      switch command.kind {
      case .help: try help(argument)
      case .datasets: listDatasets()
      case .describe: try describe(argument)
      case .compare: try compare(ShellWords.split(argument))
      case .queries: listQueries()
      case .run: try runSaved(ShellWords.split(argument))
      case .save: try save(argument)
      case .export: try export(ShellWords.split(argument))
      case .last: showCurrent()
      case .undo: undo()
      case .explain: try explain(argument)
      case .profile: try profile(argument)
      case .format: try chooseFormat(argument)
      case .timer: try chooseTimer(argument)
      case .cache: try chooseCache(argument)
      case .history: try history(argument)
      case .language: try chooseLanguage(argument)
      case .quit: isLeaving = true
      }
    } catch {
      status = presenter.show(error)
    }
  }

  private func write(_ text: String) { environment.output.write(text) }

  private mutating func unknownCommand(_ name: String) {
    let near = Suggestions.near(name, among: DotCommand.everyName, fold: TextFolding.fold)
    let help =
      near.first.map { Localized("did you mean `\($0)`?", fr: "vouliez-vous dire `\($0)`\u{A0}?") }
      ?? Localized("`.help` lists the commands", fr: "`.help` énumère les commandes")
    status = presenter.show(
      QueryError(
        .error(
          .unknownCommand, Localized("there is no command `\(name)`", fr: "il n’y a pas de commande `\(name)`"),
          help: help)))
  }

  private func help(_ topic: String) throws(QueryError) {
    let index = HelpIndex(language: language, width: environment.terminalSize().columns)
    if topic.isEmpty { return write(index.overview) }
    if let page = index.page(topic) { return write(page) }
    let near = Suggestions.near(topic, among: HelpIndex.names, fold: TextFolding.fold)
    let help =
      near.first.map { Localized("did you mean `.help \($0)`?", fr: "vouliez-vous dire `.help \($0)`\u{A0}?") }
      ?? Localized(
        "`.help steps` and `.help functions` list what there is",
        fr: "`.help steps` et `.help functions` énumèrent ce qu’il y a")
    throw QueryError(
      .error(
        .unknownTopic, Localized("there is no help on `\(topic)`", fr: "il n’y a pas d’aide sur `\(topic)`"), help: help
      ))
  }

  // MARK: Data

  private func listDatasets() {
    let datasets = session.catalog.datasets
    if datasets.isEmpty {
      return presenter.say(
        Localized(
          "no datasets here; start with `bilan --data FOLDER`, or read a file: `from \"file.csv\"`",
          fr:
            "aucun jeu de données ici\u{A0}; lancez `bilan --data DOSSIER`, ou lisez un fichier\u{A0}: `from \"fichier.csv\"`"
        ))
    }
    presenter.show(presenter.catalogListing.datasets(datasets))
  }

  private mutating func describe(_ argument: String) throws(QueryError) {
    if argument.isEmpty { return listDatasets() }
    let (name, column) = ShellWords.first(of: argument)
    let interruption = environment.interruption
    interruption.start()
    defer { interruption.stop(thenIgnoring: isInteractive) }
    let description: DatasetDescription
    do {
      description = try session.describe(name, isCancelled: { interruption.isInterrupted })
    } catch {
      throw error.queryError
    }
    if column.isEmpty {
      status = presenter.show(description)
      return
    }
    let listing = presenter.catalogListing
    let wanted = unquoted(column)
    let folded = TextFolding.fold(wanted)
    let fields = description.columns.map(\.field)
    let field = fields.first { field in
      ([field.handle, field.label] + field.aliases).contains { TextFolding.fold($0) == folded }
    }
    guard let field else { throw unknownColumn(wanted, in: name, fields) }
    let values = session.values(ofColumn: field.handle, inDataset: name, limit: 1_000)
    if values.isEmpty, let column = description.columns.first(where: { $0.field == field }) {
      return presenter.show(listing.values(column.examples, of: field.label))
    }
    presenter.show(listing.values(values, of: field.label))
  }

  private func unknownColumn(_ name: String, in dataset: String, _ fields: [Field]) -> QueryError {
    let near = Suggestions.near(name, among: fields.map(\.handle), fold: TextFolding.fold)
    let list = fields.map { "`\($0.handle)`" }.joined(separator: ", ")
    let help =
      near.first.map { Localized("did you mean `\($0)`?", fr: "vouliez-vous dire `\($0)`\u{A0}?") }
      ?? Localized("the columns are \(list)", fr: "les colonnes sont \(list)")
    return QueryError(
      .error(
        .unknownColumn,
        Localized("`\(dataset)` has no column `\(name)`", fr: "`\(dataset)` n’a pas de colonne `\(name)`"), help: help))
  }

  private func unquoted(_ name: String) -> String {
    name.count > 1 && name.first == "`" && name.last == "`" ? String(name.dropFirst().dropLast()) : name
  }

  private mutating func compare(_ words: [String]) throws(QueryError) {
    guard words.count >= 2 else {
      throw QueryError(
        .error(
          .unknownOption, Localized("`.diff` compares two deliveries", fr: "`.diff` compare deux livraisons"),
          help: Localized(
            "`.diff OLD NEW`, and behind them the columns that identify a row",
            fr: "`.diff ANCIEN NOUVEAU`, puis les colonnes qui identifient une ligne")))
    }
    let key = words.dropFirst(2).flatMap(ColumnNames.split)
    let interruption = environment.interruption
    interruption.start()
    defer { interruption.stop(thenIgnoring: isInteractive) }
    do {
      status = presenter.show(
        try session.compare(
          words[0], words[1], key: key.isEmpty ? nil : key, isCancelled: { interruption.isInterrupted }))
    } catch {
      throw error.queryError
    }
  }

  // MARK: Queries

  private func listQueries() {
    let queries = folder.queries
    if queries.isEmpty {
      return presenter.say(
        Localized(
          "no saved queries yet; `.save NAME` saves the current one",
          fr: "pas encore de requête enregistrée\u{A0}; `.save NOM` enregistre celle en cours"))
    }
    presenter.show(presenter.catalogListing.queries(queries))
  }

  private mutating func runSaved(_ words: [String]) throws(QueryError) {
    guard let name = words.first else { return listQueries() }
    let query = try folder.find(name)
    let text = try FileSystem.read(query.path)
    let options: ParameterOptions
    do {
      options = ParameterOptions(try session.parameters(of: text, sourceName: query.path))
    } catch {
      throw error.queryError
    }
    let arguments = Array(words.dropFirst())
    if arguments.contains("--help") { return write(options.help(language)) }
    let values = try options.parse(arguments)
    let composition = QueryBuffer.Composition(prefix: "", body: text, sourceName: query.path)
    guard run(composition, parameters: values) else { return }
    let parts = ProgramParts(text)
    guard let last = parts.queries.last else { return }
    buffer.current = QueryBuffer.Query(
      declarations: parts.definitions.map(\.text).joined(separator: "\n"), text: last, parameters: values,
      sourceName: query.path)
  }

  private func showCurrent() {
    guard let current = buffer.current else {
      return presenter.say(Localized("no query yet", fr: "pas encore de requête"))
    }
    write((formatted(current.wholeText) ?? current.wholeText).trimmed + "\n")
  }

  private mutating func undo() {
    guard buffer.undo() else {
      return presenter.say(
        Localized("no step to take back", fr: "aucune étape à retirer"))
    }
    showCurrent()
    runCurrent()
  }

  private func formatted(_ text: String) -> String? { try? session.format(text, sourceName: "<query>") }

  private mutating func save(_ argument: String) throws(QueryError) {
    guard let current = buffer.current else { throw noQueryYet }
    var name = String(argument.prefix { !$0.isWhitespace })
    let title = argument.dropFirst(name.count).trimmed
    let replaces = name.hasSuffix("!")
    if replaces { name.removeLast() }
    guard QueryFolder.isValidName(name) else {
      throw QueryError(
        .error(
          .cannotWrite,
          name.isEmpty
            ? Localized("a query is saved under a name", fr: "une requête s’enregistre sous un nom")
            : Localized("`\(name)` cannot be a query’s name", fr: "`\(name)` ne peut pas nommer une requête"),
          help: Localized(
            "`.save NAME TITLE`, the name of letters, digits, `_` and `-`",
            fr: "`.save NOM TITRE`, le nom fait de lettres, de chiffres, de `_` et de `-`")))
    }
    let path = folder.path(of: name)
    if !replaces, FileSystem.exists(path) {
      throw QueryError(
        .error(
          .cannotWrite, Localized("`\(path)` is there already", fr: "`\(path)` existe déjà"),
          help: Localized("`.save \(name)!` replaces it", fr: "`.save \(name)!` la remplace")))
    }
    let text = savedText(current, title: title.isEmpty ? name : title)
    if !FileSystem.makeDirectory(folder.pathForSaving) {
      throw QueryError(
        .error(
          .cannotWrite,
          Localized(
            "the folder `\(folder.pathForSaving)` cannot be made",
            fr: "le dossier `\(folder.pathForSaving)` ne peut pas être créé")), kind: .data)
    }
    try FileSystem.write(text, to: path)
    presenter.say(
      Localized(
        "saved as \(path); `bilan run \(name)` runs it",
        fr: "enregistrée dans \(path)\u{A0}; `bilan run \(name)` l’exécute"))
  }

  /// A query as a file of its own: the title as documentation, the definitions it may need, the query, formatted.
  private func savedText(_ query: QueryBuffer.Query, title: String) -> String {
    let neededDefinitions = buffer.neededDefinitions(for: query)
    let parts = [neededDefinitions.joined(separator: "\n"), query.declarations, query.fullText].filter { !$0.isEmpty }
    let body = parts.joined(separator: "\n\n")
    return "## \(title)\n\n" + (formatted(body) ?? body).trimmed + "\n"
  }

  private var noQueryYet: QueryError {
    QueryError(
      .error(
        .nothingToContinue, Localized("there is no query yet", fr: "il n’y a pas encore de requête"),
        help: Localized(
          "begin with `from` and a dataset; `.datasets` lists them",
          fr: "commencez par `from` et un jeu de données\u{A0}; `.datasets` les énumère")))
  }

  /// A query given as the argument of a command, or the current one.
  private func query(
    _ argument: String
  ) throws(QueryError) -> (composition: QueryBuffer.Composition, parameters: [String: String]) {
    if !argument.isEmpty { return (buffer.compose(argument, sourceName: "<query>"), [:]) }
    guard let current = buffer.current else { throw noQueryYet }
    return (buffer.compose(current), current.parameters)
  }

  private func explain(_ argument: String) throws(QueryError) {
    let (composition, parameters) = try query(argument)
    do {
      write(try session.explain(composition.text, sourceName: composition.sourceName, parameters: parameters))
    } catch {
      throw QueryError(composition.rebase(error.queryError.diagnostics), kind: error.queryError.kind)
    }
  }

  private func profile(_ argument: String) throws(QueryError) {
    let (composition, parameters) = try query(argument)
    do {
      let start = Machine.now()
      let interruption = environment.interruption
      interruption.start()
      defer { interruption.stop(thenIgnoring: isInteractive) }
      let results = try session.profile(
        composition.text, sourceName: composition.sourceName, parameters: parameters,
        isCancelled: { interruption.isInterrupted })
      let elapsed = Machine.now() &- start
      let stages = results.flatMap { $0.profile?.stages ?? [] }
      write(
        ProfileText(
          stages, elapsed: elapsed, workers: session.options.workers, peakMemory: Machine.peakMemory, language: language
        ).text)
    } catch {
      throw QueryError(composition.rebase(error.queryError.diagnostics), kind: error.queryError.kind)
    }
  }

  // MARK: Settings

  private mutating func chooseFormat(_ argument: String) throws(QueryError) {
    if argument.isEmpty { return write(presenter.format.rawValue + "\n") }
    // What is bytes and no text has no place between prompts.
    guard let format = OutputFormat(rawValue: argument.lowercased()), !format.isBinary else {
      throw wrongArgument(argument, choices: OutputFormat.texts.map(\.rawValue))
    }
    presenter.settings.format = format
  }

  private mutating func chooseLanguage(_ argument: String) throws(QueryError) {
    if argument.isEmpty { return write(language.rawValue + "\n") }
    guard let language = Language(rawValue: argument.lowercased()) else {
      throw wrongArgument(argument, choices: Language.allCases.map(\.rawValue))
    }
    presenter.settings.language = language
  }

  private func flag(_ argument: String, now: Bool) throws(QueryError) -> Bool {
    switch argument.lowercased() {
    case "on": return true
    case "off": return false
    case "": return !now
    default: throw wrongArgument(argument, choices: ["on", "off"])
    }
  }

  private mutating func chooseTimer(_ argument: String) throws(QueryError) {
    isTiming = try flag(argument, now: isTiming)
    // Who says on or off knows.
    guard argument.isEmpty else { return }
    presenter.say(
      isTiming
        ? Localized("times are shown", fr: "les durées sont affichées")
        : Localized("times are not shown", fr: "les durées ne sont pas affichées"))
  }

  /// Whether the large files that queries read are kept, from the next query on.
  private mutating func chooseCache(_ argument: String) throws(QueryError) {
    let keeps = try flag(argument, now: keeper?.isKeeping ?? false)
    guard keeper != nil else {
      if !keeps { return }
      throw QueryError(
        .error(
          .cannotWrite, Localized("the cache is not used here", fr: "le cache n’est pas utilisé ici"),
          help: Localized(
            "start without `--no-cache`, with a home or `XDG_CACHE_HOME`",
            fr: "lancez sans `--no-cache`, avec un dossier personnel ou `XDG_CACHE_HOME`")), kind: .data)
    }
    keeper?.isKeeping = keeps
  }

  private mutating func history(_ argument: String) throws(QueryError) {
    if !argument.isEmpty {
      history.isRecording = try flag(argument, now: history.isRecording)
      return
    }
    for entry in history.entries.suffix(50) { write(entry + "\n") }
  }

  func wrongArgument(_ argument: String, choices: [String]) -> QueryError {
    let list = choices.map { "`\($0)`" }.joined(separator: ", ")
    let near = Suggestions.near(argument, among: choices, fold: TextFolding.fold).first
    return QueryError(
      .error(
        .unknownOption,
        Localized("`\(argument)` is none of \(list)", fr: "`\(argument)` n’est pas parmi \(list)"),
        help: near.map { Localized("did you mean `\($0)`?", fr: "vouliez-vous dire `\($0)`\u{A0}?") }))
  }
}
