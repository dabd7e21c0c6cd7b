import Bilan
import BilanColumnar
import BilanDiagnostics
import BilanRenderers
import BilanSyntax
import Glibc

/// The interactive loop: reads a line, does what it says, shows what came of it.
///
///     editor ──line──▶ dot command ─▶ table of commands
///                 └──▶ query ─▶ buffer composes ─▶ session runs ─▶ presenter shows
///
/// It owns what is remembered between lines and nothing of the terminal, which is the editor's, nor of the look of
/// results, which is the presenter's.
package struct Shell {
  let environment: CommandEnvironment
  let session: Session
  var presenter: ResultPresenter
  private var editor: any LineEditor
  let folder: QueryFolder
  private let historyFile: HistoryFile?
  /// Nil where the column cache is not used.
  var keeper: CacheKeeper?
  var history: History
  var buffer = QueryBuffer()
  /// What was shown last, for whoever wants it in a file.
  var lastResult: QueryResult?
  var isTiming = false
  var isLeaving = false
  /// Whether somebody is there to answer; a batch ends at its first error.
  let isInteractive: Bool
  /// The status of the last line that went wrong, in a batch.
  var status: Int32 = ExitStatus.done

  package init(
    environment: CommandEnvironment, session: Session, settings: PresentationSettings, folder: QueryFolder,
    editor: any LineEditor, historyFile: HistoryFile? = nil, keeper: CacheKeeper? = nil, isInteractive: Bool = true
  ) {
    self.keeper = keeper
    self.environment = environment
    self.session = session
    self.folder = folder
    self.editor = editor
    self.historyFile = historyFile
    self.isInteractive = isInteractive
    presenter = ResultPresenter(settings, environment: environment)
    history = History(historyFile?.load() ?? [])
  }

  var language: Language { presenter.settings.language }

  /// Reads lines until there are none, or someone leaves.
  package mutating func run() -> Int32 {
    if isInteractive {
      environment.interruption.stop(thenIgnoring: true)
      welcome()
    }
    while !isLeaving {
      switch editor.readLine(editingContext) {
      case .line(let text):
        record(text)
        status = ExitStatus.done
        enter(text)
        if environment.output.failure != nil { return ExitStatus.done }
        if !isInteractive, status != ExitStatus.done { return status }
      case .interrupted: continue
      case .endOfFile: isLeaving = true
      }
    }
    return isInteractive ? ExitStatus.done : status
  }

  private func welcome() {
    let count = session.catalog.datasets.count
    let datasets =
      count == 1
      ? Localized("1 dataset", fr: "1 jeu de données")
      : Localized("\(count) datasets", fr: "\(count) jeux de données")
    presenter.say(
      Localized(
        "Bilan \(BilanVersion.text) · \(datasets.english) · `.help` explains, Tab completes, Ctrl-D leaves",
        fr: "Bilan \(BilanVersion.text) · \(datasets.french) · `.help` explique, Tab complète, Ctrl-D quitte"))
  }

  private var editingContext: EditingContext {
    var words = EditorWords()
    if language == .french {
      words.search = "recherche"
      words.nothingFound = "rien trouvé"
      words.more = { "… \($0) de plus" }
    }
    let completer = Completer(
      SessionCompletionContext(
        session: session, buffer: buffer, folder: folder, language: language,
        directory: environment.currentDirectory))
    return EditingContext(
      prompt: "bilan> ", continuationPrompt: "  ...> ",
      usesColor: presenter.usesColor(onTerminal: environment.isOutputTerminal),
      isComplete: { DotCommand.isCommand($0) || Completeness.isComplete($0) },
      complete: { completer.complete($0, cursor: $1) }, history: history.entries, words: words)
  }

  private mutating func record(_ text: String) {
    guard history.add(text) else { return }
    historyFile?.append(text, time: time(nil))
  }

  /// Does what a line says.
  mutating func enter(_ text: String) {
    let trimmed = text.trimmed
    if trimmed.isEmpty { return }
    if DotCommand.isCommand(trimmed) { return command(trimmed) }
    if trimmed.first == "|" { return continueQuery(trimmed) }
    if let hint = hint(for: trimmed) ?? hint(forWord: trimmed) { return show([hint]) }
    startQuery(trimmed)
  }

  // MARK: Queries

  /// Runs a text of definitions and queries; they are remembered if it runs.
  private mutating func startQuery(_ text: String) {
    let parts = ProgramParts(text)
    if let name = parts.loneName, let hint = hint(forName: name) { return show([hint]) }
    let composition = buffer.compose(
      text, redefining: Set(parts.definitions.map(\.name)), sourceName: "<query>")
    if parts.queries.isEmpty {
      let diagnostics = composition.rebase(session.check(composition.text, sourceName: composition.sourceName))
      if diagnostics.contains(where: { $0.severity == .error }) {
        show(diagnostics)
        status = ExitStatus.wrongQuery
      } else {
        parts.definitions.forEach { buffer.define($0) }
        let names = parts.definitions.map { "`\($0.name)`" }.joined(separator: ", ")
        if isInteractive, !names.isEmpty {
          presenter.say(Localized("defined \(names)", fr: "défini\u{A0}: \(names)"))
        }
      }
      return
    }
    guard run(composition, parameters: [:]) else { return }
    parts.definitions.forEach { buffer.define($0) }
    if let last = parts.queries.last { buffer.current = QueryBuffer.Query(text: last) }
  }

  /// Runs the current query with further steps, which stay if it runs.
  private mutating func continueQuery(_ steps: String) {
    guard var query = buffer.current else {
      status = ExitStatus.wrongQuery
      return show([
        .error(
          .nothingToContinue,
          Localized("there is no result to continue", fr: "il n’y a pas de résultat à poursuivre"),
          help: Localized(
            "begin with `from` and a dataset; `.datasets` lists them",
            fr: "commencez par `from` et un jeu de données\u{A0}; `.datasets` les énumère"))
      ])
    }
    query.additions.append(steps)
    if run(buffer.compose(query), parameters: query.parameters) { buffer.current = query }
  }

  /// Runs a query again that was remembered.
  mutating func runCurrent() {
    guard let query = buffer.current else { return }
    _ = run(buffer.compose(query), parameters: query.parameters)
  }

  /// Runs a text and shows its results; false where it has none.
  mutating func run(_ composition: QueryBuffer.Composition, parameters: [String: String]) -> Bool {
    let interruption = environment.interruption
    interruption.start()
    let start = Machine.now()
    let outcome = Result { () throws(BilanError) in
      try session.run(
        composition.text, sourceName: composition.sourceName, parameters: parameters,
        isCancelled: { interruption.isInterrupted })
    }
    let elapsed = Machine.now() &- start
    interruption.stop(thenIgnoring: isInteractive)
    switch outcome {
    case .success(let results):
      lastResult = results.last ?? lastResult
      status = presenter.show(results)
      if isTiming { showTime(elapsed, rows: results.last?.rowCount) }
      lookAfterCache()
      return true
    case .failure(let error) where error.kind == .cancelled && isInteractive:
      // The terminal has written `^C` where the cursor was.
      environment.output.write("\n")
      presenter.say(Localized("interrupted", fr: "interrompu"))
      status = ExitStatus.interrupted
      return false
    case .failure(let error):
      show(composition.rebase(error.queryError.diagnostics))
      status = ExitStatus.of(error.queryError.kind)
      return false
    }
  }

  /// Keeps what was read, where that is asked for; that may take its time, and may be interrupted.
  private func lookAfterCache() {
    guard let keeper else { return }
    let interruption = environment.interruption
    interruption.start()
    defer { interruption.stop(thenIgnoring: isInteractive) }
    show(keeper.lookAfter(isCancelled: { interruption.isInterrupted }))
  }

  private func showTime(_ nanoseconds: UInt64, rows: Int?) {
    let tenths = Int((Double(nanoseconds) / 1e5).rounded())
    let time = Localized("\(tenths / 10).\(tenths % 10) ms", fr: "\(tenths / 10),\(tenths % 10) ms")
    let count = rows.map { $0 == 1 ? Localized("1 row", fr: "1 ligne") : Localized("\($0) rows", fr: "\($0) lignes") }
    let text = count.map { "\($0[language]), \(time[language])" } ?? time[language]
    environment.errorOutput.write(text + "\n")
  }

  // MARK: Hints

  func show(_ diagnostics: [Diagnostic]) { presenter.show(diagnostics) }

  /// What to say to a word that belongs to other shells.
  private mutating func hint(for line: String) -> Diagnostic? {
    let words = line.split(separator: " ").map { $0.lowercased() }
    guard words.count <= 2, let first = words.first, let command = Self.foreignWords[first] else { return nil }
    if words.count == 2, !["help", "show", "describe", "desc", "aide"].contains(first) { return nil }
    status = ExitStatus.wrongQuery
    return .error(
      .unknownCommand,
      Localized(
        "commands of the shell begin with a dot", fr: "les commandes de l’interpréteur commencent par un point"),
      help: Localized("`\(command)`", fr: "`\(command)`"))
  }

  private static let foreignWords = [
    "help": ".help", "aide": ".help", "?": ".help", "quit": ".quit", "exit": ".quit", "quitter": ".quit",
    "\\q": ".quit", "\\d": ".datasets", "\\dt": ".datasets", "show": ".datasets", "tables": ".datasets",
    "datasets": ".datasets", "describe": ".describe", "desc": ".describe", "history": ".history", "undo": ".undo",
    "queries": ".queries",
  ]

  /// What to say to a single word that is no expression and nearly the name of a dataset or a step.
  private mutating func hint(forWord word: String) -> Diagnostic? {
    guard word.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }), word.first?.isNumber == false else {
      return nil
    }
    let names = session.catalog.datasets.map(\.name)
    guard !names.contains(word), !buffer.definitions.contains(where: { $0.name == word }),
      let near = Suggestions.near(word, among: names, fold: TextFolding.fold).first
    else { return nil }
    status = ExitStatus.wrongQuery
    return .error(
      .unknownDataset, Localized("there is no dataset `\(word)`", fr: "il n’y a pas de jeu de données `\(word)`"),
      help: Localized("did you mean `from \(near)`?", fr: "vouliez-vous dire `from \(near)`\u{A0}?"))
  }

  /// What to say to a dataset's name alone.
  private mutating func hint(forName name: String) -> Diagnostic? {
    let isTable =
      session.catalog.datasets.contains { $0.name == name }
      || buffer.definitions.contains { $0.name == name && $0.text.contains("from") }
    guard isTable else { return nil }
    status = ExitStatus.wrongQuery
    let written = SessionCompletionContext.quoted(name)
    return .error(
      .missingSource,
      Localized(
        "`\(name)` is a dataset, and not yet a query", fr: "`\(name)` est un jeu de données, pas encore une requête"),
      help: Localized(
        "`from \(written)` shows its rows, `.describe \(written)` its columns",
        fr: "`from \(written)` montre ses lignes, `.describe \(written)` ses colonnes"))
  }
}

extension StringProtocol {
  /// Without white space at its ends.
  var trimmed: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
