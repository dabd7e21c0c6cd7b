import Bilan
import BilanColumnar
import BilanDiagnostics
import BilanShell

/// Does what a command line asks for.
struct CommandRunner {
  let options: Invocation.Options
  let environment: CommandEnvironment
  let presenter: ResultPresenter
  /// Nil where the column cache is not used.
  let keeper: CacheKeeper?

  init(_ options: Invocation.Options, environment: CommandEnvironment) {
    var options = options
    options.presentation.workers = options.workers
    options.presentation.isStrict = options.isStrict
    self.options = options
    self.environment = environment
    presenter = ResultPresenter(options.presentation, environment: environment)
    keeper = CacheKeeper(options.cache ?? .asked(in: environment.variables), environment: environment)
  }

  var language: Language { options.presentation.language }

  func run(_ action: Invocation.Action) -> Int32 {
    if let refusal = refusal(of: action) {
      presenter.show([refusal])
      return ExitStatus.wrongArguments
    }
    guard let path = options.output else { return perform(action) }
    let file: OutputFile
    do {
      file = try OutputFile(
        path: FileSystem.resolve(path, in: environment.currentDirectory), replaces: options.isForced)
    } catch {
      _ = presenter.show(error)
      return ExitStatus.wrongArguments
    }
    var within = environment
    within.output = file
    within.isOutputTerminal = false
    let status = CommandRunner(options, environment: within).perform(action)
    // A check that fails has its result all the same.
    guard status == ExitStatus.done || status == ExitStatus.checkFailed else {
      file.discard()
      return status
    }
    do {
      try file.keep()
    } catch {
      return presenter.show(error)
    }
    return status
  }

  /// Why this command cannot write where it is told to; nil where it can.
  private func refusal(of action: Invocation.Action) -> Diagnostic? {
    let hasResults =
      switch action {
      case .queries, .queryOnInput, .run, .datasets, .describe, .listQueries, .compare, .listCache, .addToCache: true
      case .shell, .check, .format, .explain, .clearCache: false
      }
    if options.output != nil, !hasResults {
      return .error(
        .unknownOption,
        Localized("`--output` is for results", fr: "`--output` est pour des résultats"),
        help: Localized(
          "give a query with `-c`, or a saved one with `run`",
          fr: "donnez une requête avec `-c`, ou une requête enregistrée avec `run`"))
    }
    guard presenter.format.isBinary else { return nil }
    let format = presenter.format.rawValue
    if options.output == nil, environment.isOutputTerminal || !hasResults {
      return .error(
        .unknownOption,
        Localized("`\(format)` is nothing for a terminal", fr: "`\(format)` n’est pas pour un terminal"),
        help: Localized(
          "`--output result.\(format)` writes a file", fr: "`--output resultat.\(format)` écrit un fichier"))
    }
    return nil
  }

  private func perform(_ action: Invocation.Action) -> Int32 {
    do throws(QueryError) {
      switch action {
      case .shell: return try openShell()
      case .queries(let texts):
        return runQueries(texts.map { ($0, "<query>") }, in: try session(for: action))
      case .queryOnInput: return runQueries([(try input(), "<stdin>")], in: try session(for: action))
      case .run(let name, let arguments): return try runSaved(name, arguments)
      case .check(let files): return try check(files)
      case .format(let files, let mode): return try format(files, mode)
      case .explain(let code): return explain(code)
      case .datasets:
        presenter.show(presenter.catalogListing.datasets(try session().catalog.datasets))
      case .describe(let name, let writes): return try describe(name, writes: writes)
      case .listQueries: presenter.show(presenter.catalogListing.queries(folder.queries))
      case .compare(let old, let new, let key, let isCheck):
        return try compare(old, new, key: key, isCheck: isCheck)
      case .listCache: presenter.show(cacheListing())
      case .addToCache(let files): return try addToCache(files)
      case .clearCache(let files): return try clearCache(files)
      }
      return ExitStatus.done
    } catch {
      return presenter.show(error)
    }
  }

  // MARK: What commands work on

  /// Whether what is read of files may be wanted again: not where one text is run and nothing after it, unless the cache is
  /// to take the files whole.
  func keepsFiles(_ action: Invocation.Action) -> Bool {
    if keeper?.isKeeping ?? false { return true }
    switch action {
    case .queries(let texts): return texts.count > 1
    case .queryOnInput, .run: return false
    default: return true
    }
  }

  /// - Parameter keepsFiles: see ``keepsFiles(_:)``.
  func session(_ keeper: CacheKeeper?, keepsFiles: Bool = true) throws(QueryError) -> Session {
    do throws(BilanError) {
      let catalog =
        options.data.isEmpty
        ? try Catalog.nearest(to: environment.currentDirectory)
        : try Catalog(options.data)
      catalog.cache = keeper?.cache
      var options = sessionOptions
      options.keepsFiles = keepsFiles
      return Session(catalog: catalog, options: options)
    } catch {
      throw error.queryError
    }
  }

  private func session() throws(QueryError) -> Session { try session(keeper) }

  private func session(for action: Invocation.Action) throws(QueryError) -> Session {
    try session(keeper, keepsFiles: keepsFiles(action))
  }

  /// Keeps what was read, where that is asked for.
  private func lookAfterCache() {
    guard let keeper else { return }
    let interruption = environment.interruption
    presenter.show(keeper.lookAfter(isCancelled: { interruption.isInterrupted }))
  }

  private var sessionOptions: SessionOptions {
    SessionOptions(
      today: options.today, isStrict: options.isStrict, workers: options.workers, memoryLimit: options.memory)
  }

  /// A session for what reads no data.
  private func sessionWithoutData() throws(QueryError) -> Session {
    do {
      return Session(catalog: try Catalog([]), options: sessionOptions)
    } catch {
      throw error.queryError
    }
  }

  private var folder: QueryFolder {
    let dataFolders = options.data.map { data -> String in
      let file = data.firstIndex(of: "=").map { String(data[data.index(after: $0)...]) } ?? data
      return FileSystem.resolve(file, in: environment.currentDirectory)
    }
    return QueryFolder(from: [environment.currentDirectory] + dataFolders)
  }

  private func input() throws(QueryError) -> String {
    guard let text = environment.readInput() else {
      throw QueryError(
        .error(
          .unreadableFile,
          Localized("standard input cannot be read", fr: "l’entrée standard ne peut pas être lue")), kind: .data)
    }
    return text
  }

  /// The text of a file of queries; `-` is standard input.
  private func text(of file: String) throws(QueryError) -> String {
    file == "-" ? try input() : try FileSystem.read(FileSystem.resolve(file, in: environment.currentDirectory))
  }

  private func name(of file: String) -> String { file == "-" ? "<stdin>" : file }

  // MARK: Queries

  /// Runs texts in order, up to the first that goes wrong.
  ///
  /// - Parameter isSaved: whether parameters are given as options of the command.
  private func runQueries(
    _ texts: [(text: String, name: String)], in session: Session, parameters: [String: String] = [:],
    isSaved: Bool = false
  ) -> Int32 {
    let interruption = environment.interruption
    interruption.start()
    defer { interruption.stop(thenIgnoring: false) }
    var status = ExitStatus.done
    var resultCount = 0
    for (index, (text, name)) in texts.enumerated() {
      do throws(BilanError) {
        let results = try session.run(
          text, sourceName: name, parameters: parameters, isCancelled: { interruption.isInterrupted })
        resultCount += results.count
        if presenter.format.isBinary, resultCount > 1 || index + 1 < texts.count {
          presenter.show([Self.severalResults(presenter.format.rawValue)])
          return ExitStatus.wrongArguments
        }
        if index > 0 { presenter.separate() }
        status = max(status, presenter.show(results))
        lookAfterCache()
      } catch {
        let status = presenter.show(error.queryError)
        // What a saved query lacks is an argument.
        let lacksValues = error.queryError.diagnostics.first?.code == .missingParameter
        return isSaved && lacksValues ? ExitStatus.wrongArguments : status
      }
      if environment.output.failure != nil { break }
    }
    return status
  }

  private static func severalResults(_ format: String) -> Diagnostic {
    .error(
      .cannotWrite,
      Localized("a file of `\(format)` holds one result", fr: "un fichier `\(format)` contient un seul résultat"),
      help: Localized("run each query by itself", fr: "exécutez chaque requête à part"))
  }

  private func runSaved(_ name: String, _ arguments: [String]) throws(QueryError) -> Int32 {
    let path: String
    if name.hasSuffix(QueryFolder.fileExtension) || name.contains("/") {
      path = name
    } else {
      do {
        path = try folder.find(name).path
      } catch {
        _ = presenter.show(error)
        return ExitStatus.wrongArguments
      }
    }
    let text = try text(of: path)
    let session = try session(for: .run(name: name, options: arguments))
    let parameters: [QueryParameter]
    do {
      parameters = try session.parameters(of: text, sourceName: path)
    } catch {
      throw error.queryError
    }
    let queryOptions = ParameterOptions(parameters)
    if arguments.contains("--help") || arguments.contains("-h") {
      environment.output.write(SavedQueryHelp(name: name, text: text, options: queryOptions).page(language))
      return ExitStatus.done
    }
    let values: [String: String]
    do {
      values = try queryOptions.parse(arguments)
    } catch {
      _ = presenter.show(error)
      return ExitStatus.wrongArguments
    }
    return runQueries([(text, path)], in: session, parameters: values, isSaved: true)
  }

  private func openShell() throws(QueryError) -> Int32 {
    let session = try session()
    guard environment.isInputTerminal else {
      var shell = Shell(
        environment: environment, session: session, settings: options.presentation, folder: folder,
        editor: BatchEditor(try input()), keeper: keeper, isInteractive: false)
      return shell.run()
    }
    var editor: any LineEditor = PlainEditor(prompts: environment.output)
    if environment.isOutputTerminal, environment.hasCapableTerminal,
      let editline = EditlineEditor(output: environment.output, terminalSize: environment.terminalSize)
    {
      editor = editline
    }
    var shell = Shell(
      environment: environment, session: session, settings: options.presentation, folder: folder, editor: editor,
      historyFile: HistoryFile.standard(environment.variables), keeper: keeper)
    return shell.run()
  }

  // MARK: Texts of queries

  private func check(_ files: [String]) throws(QueryError) -> Int32 {
    let session = try session()
    var status = ExitStatus.done
    for file in files {
      let diagnostics = session.check(try text(of: file), sourceName: name(of: file))
      presenter.show(diagnostics)
      if diagnostics.contains(where: { $0.severity == .error }) {
        status = ExitStatus.wrongQuery
      } else {
        environment.output.write("\(name(of: file)): ok\n")
      }
    }
    return status
  }

  private func format(_ files: [String], _ mode: Invocation.FormatMode) throws(QueryError) -> Int32 {
    let session = try sessionWithoutData()
    var status = ExitStatus.done
    for file in files {
      let text = try text(of: file)
      let formatted: String
      do {
        formatted = try session.format(text, sourceName: name(of: file))
      } catch {
        status = max(status, presenter.show(error.queryError))
        continue
      }
      switch mode {
      case .write where file != "-":
        if formatted != text {
          try FileSystem.write(formatted, to: FileSystem.resolve(file, in: environment.currentDirectory))
        }
      case .print, .write: environment.output.write(formatted)
      case .check where formatted != text:
        environment.errorOutput.write(
          Localized(
            "\(name(of: file)) is not in canonical form",
            fr: "\(name(of: file)) n’est pas sous sa forme canonique")[language] + "\n")
        status = max(status, ExitStatus.checkFailed)
      case .check: break
      }
    }
    return status
  }

  // MARK: Explanations

  private func explain(_ code: String) -> Int32 {
    guard let known = DiagnosticCode(rawValue: code.uppercased()) else {
      let near = Suggestions.near(code, among: DiagnosticCode.allCases.map(\.rawValue), fold: TextFolding.fold).first
      presenter.show([
        .error(
          .unknownTopic, Localized("there is no code `\(code)`", fr: "il n’y a pas de code `\(code)`"),
          help: near.map { Localized("did you mean `\($0)`?", fr: "vouliez-vous dire `\($0)`\u{A0}?") })
      ])
      return ExitStatus.wrongArguments
    }
    let width = environment.isOutputTerminal ? environment.terminalSize().columns : 80
    environment.output.write(DiagnosticCatalog.explain(known, language, width: width))
    return ExitStatus.done
  }

  // MARK: Deliveries

  private func compare(_ old: String, _ new: String, key: [String]?, isCheck: Bool) throws(QueryError) -> Int32 {
    let interruption = environment.interruption
    interruption.start()
    defer { interruption.stop(thenIgnoring: false) }
    let session = try session()
    let comparison: DeliveryComparison
    do {
      comparison = try session.compare(old, new, key: key, isCancelled: { interruption.isInterrupted })
    } catch {
      throw error.queryError
    }
    let status = presenter.show(comparison)
    lookAfterCache()
    return max(status, isCheck && !comparison.isEmpty ? ExitStatus.checkFailed : ExitStatus.done)
  }

  private func describe(_ name: String, writes: Bool) throws(QueryError) -> Int32 {
    let session = try session()
    let interruption = environment.interruption
    interruption.start()
    defer { interruption.stop(thenIgnoring: false) }
    let description: DatasetDescription
    do {
      description = try session.describe(name, isCancelled: { interruption.isInterrupted })
    } catch {
      throw error.queryError
    }
    let status = presenter.show(description)
    lookAfterCache()
    return writes ? max(status, try writeDescriptor(of: name, in: session)) : status
  }

  /// Writes down how a file was understood, beside it.
  private func writeDescriptor(of name: String, in session: Session) throws(QueryError) -> Int32 {
    let descriptor: DescriptorText
    do {
      let interruption = environment.interruption
      descriptor = try session.descriptor(
        for: name, replaces: options.isForced, isCancelled: { interruption.isInterrupted })
    } catch {
      let status = presenter.show(error.queryError)
      return [.data, .cancelled].contains(error.queryError.kind) ? status : ExitStatus.wrongArguments
    }
    let file = try OutputFile(
      path: FileSystem.resolve(descriptor.path, in: environment.currentDirectory), replaces: descriptor.isUpdate)
    file.write(descriptor.text)
    try file.keep()
    let count = descriptor.fieldCount
    environment.errorOutput.write(
      Localized(
        "`\(descriptor.path)` now says how `\(name)` is read: \(count) \(count == 1 ? "field" : "fields")",
        fr:
          "`\(descriptor.path)` dit maintenant comment lire `\(name)`\u{A0}: \(count) \(count < 2 ? "champ" : "champs")"
      )[language] + "\n")
    return ExitStatus.done
  }
}
