import BilanColumnar
import BilanDiagnostics
import BilanEngine
import BilanPlan
import BilanReaders
import BilanSyntax
import Synchronization

/// How a session runs its queries.
public struct SessionOptions: Sendable {
  /// What `today()` is, as `2021-01-22`; the machine's date where nil.
  public var today: String?
  /// Whether notes are errors.
  public var isStrict: Bool
  /// How many threads work on a query.
  public var workers: Int
  /// Rows per unit of work; results do not depend on it.
  public var chunkSize: Int
  /// Names of rules to leave out, as `.explain` lists them; results do not depend on it.
  public var disabledRules: Set<String>
  /// The bytes that the process may hold while a query runs; beyond them the query ends with an error. Nil for three
  /// quarters of what is free when it first matters; 0 for no limit.
  public var memoryLimit: Int?
  /// Whether the columns of files, once read, are kept for queries to come. Without it a large text file that the
  /// queries of one ``Session/run(_:sourceName:parameters:isCancelled:)`` name once is read as they go, in little memory.
  public var keepsFiles: Bool

  public init(
    today: String? = nil, isStrict: Bool = false, workers: Int = 1, chunkSize: Int = 65_536,
    disabledRules: Set<String> = [], memoryLimit: Int? = nil, keepsFiles: Bool = true
  ) {
    self.today = today
    self.isStrict = isStrict
    self.workers = workers
    self.chunkSize = chunkSize
    self.disabledRules = disabledRules
    self.memoryLimit = memoryLimit
    self.keepsFiles = keepsFiles
  }
}

/// Runs queries over the datasets of a catalog.
///
/// ## Topics
/// - Running: ``run(_:sourceName:parameters:isCancelled:)``
/// - Results: ``QueryResult``
public final class Session: Sendable {
  public let catalog: Catalog
  public let options: SessionOptions
  let environment: SessionEnvironment
  /// What was said about files, which is said once.
  private let announced = Mutex<Set<String>>([])
  private let memory: MemoryBudget

  public convenience init(catalog: Catalog, options: SessionOptions = SessionOptions()) {
    self.init(catalog: catalog, options: options, standardInput: StandardInput())
  }

  /// - Parameter standardInput: what `stdin` reads.
  init(catalog: Catalog, options: SessionOptions = SessionOptions(), standardInput: StandardInput) {
    self.catalog = catalog
    self.options = options
    memory = MemoryBudget(
      limit: { options.memoryLimit ?? Machine.availableMemory.map { $0 / 4 * 3 + Machine.memoryInUse } ?? 0 },
      // A machine without so much for a program is in no state that a limit would mend.
      unasked: options.memoryLimit == nil ? 32 << 20 : 0,
      inUse: { Machine.memoryInUse })
    environment = SessionEnvironment(
      catalog: catalog, today: options.today.flatMap(CalendarDate.init(iso:)) ?? .now(),
      standardInput: standardInput, workers: options.workers)
  }

  /// Runs every query of a text, in order.
  ///
  /// - Parameters:
  ///   - text: declarations and queries.
  ///   - sourceName: what to call the text in messages; where it is a path, `use` is relative to it.
  ///   - parameters: values of `param`s by name, as they would be typed on the command line.
  ///   - isCancelled: asked between units of work; once true the run ends with an error of kind `cancelled`.
  /// - Returns: one result a query.
  /// - Throws: when the text is wrong, before any row is read; when data cannot be read; when cancelled. A `check` that
  ///   fails does not throw: see ``QueryResult/passedChecks``.
  public func run(
    _ text: String, sourceName: String = "<query>", parameters: [String: String] = [:],
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(BilanError) -> [QueryResult] {
    try run(text, sourceName: sourceName, parameters: parameters, clock: nil, isCancelled: isCancelled)
  }

  /// The same with what each part of it cost, for `.profile`: each result has a ``QueryResult/profile``.
  package func profile(
    _ text: String, sourceName: String = "<query>", parameters: [String: String] = [:],
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(BilanError) -> [QueryResult] {
    try run(
      text, sourceName: sourceName, parameters: parameters, clock: { Machine.now() }, isCancelled: isCancelled)
  }

  private func run(
    _ text: String, sourceName: String, parameters: [String: String], clock: (@Sendable () -> UInt64)?,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws(BilanError) -> [QueryResult] {
    do throws(QueryError) {
      let program = try parse(text, sourceName)
      let files = OpenedFiles()
      while true {
        do throws(QueryError) {
          return try run(try resolve(program, parameters, files, isCancelled), clock: clock, isCancelled)
        } catch {
          // A large file may turn out to be of other types than its beginning: the query is then to be understood anew.
          if error.kind == .stale { continue }
          guard error.isAboutTypes, try files.settle(isCancelled) else { throw error.citing(files.all) }
        }
      }
    } catch {
      throw BilanError(error)
    }
  }

  private func run(
    _ program: ResolvedProgram, clock: (@Sendable () -> UInt64)?, _ isCancelled: @escaping @Sendable () -> Bool
  ) throws(QueryError) -> [QueryResult] {
    if program.queries.isEmpty {
      throw QueryError(
        .error(
          .nothingToRun, Localized("there is no query here", fr: "il n’y a pas de requête ici"),
          help: Localized("a query starts with `from`", fr: "une requête commence par `from`")))
    }
    let readOnce = options.keepsFiles ? [] : Self.filesReadOnce(program)
    var results: [QueryResult] = []
    for query in program.queries { results.append(try run(query, streaming: readOnce, clock: clock, isCancelled)) }
    return results
  }

  /// The files that the queries name once altogether.
  private static func filesReadOnce(_ program: ResolvedProgram) -> Set<ObjectIdentifier> {
    var counts: [ObjectIdentifier: Int] = [:]
    for scan in program.queries.flatMap(\.plan.scans) {
      if let file = scan.source as? FileTable { counts[ObjectIdentifier(file), default: 0] += 1 }
    }
    return Set(counts.filter { $1 == 1 }.keys)
  }

  /// - Parameter files: those that need not be kept.
  private func run(
    _ query: ResolvedQuery, streaming files: Set<ObjectIdentifier>, clock: (@Sendable () -> UInt64)?,
    _ isCancelled: @escaping @Sendable () -> Bool
  ) throws(QueryError) -> QueryResult {
    let plan = optimize(query.plan, tracesRules: false).plan
    let execution = try Engine.run(
      plan,
      options: ExecutionOptions(
        today: environment.today, fiscalYearStart: environment.fiscalYearStart, chunkSize: options.chunkSize,
        workers: options.workers, isCancelled: isCancelled, memory: memory, clock: clock,
        disabledRules: options.disabledRules,
        mayStream: { ($0 as? FileTable).map { files.contains(ObjectIdentifier($0)) } ?? false }))
    var notes = importNotes(of: plan) + query.notes + execution.notes
    // One row is what a total of nothing gives.
    if execution.table.rowCount <= 1 { notes += EmptyResultHints(plan).notes }
    try demandNothingOpen(notes, besides: [.syntheticData, .noSuchValue])
    return QueryResult(
      table: execution.table, notes: notes + syntheticNotes(of: plan), failedChecks: execution.failedChecks,
      profile: execution.profile)
  }

  /// In strict mode notes are errors.
  ///
  /// - Parameter accepted: codes of notes that leave nothing open.
  func demandNothingOpen(_ notes: [Diagnostic], besides accepted: [DiagnosticCode] = []) throws(QueryError) {
    let serious = notes.filter { !accepted.contains($0.code) }
    guard options.isStrict, !serious.isEmpty else { return }
    throw QueryError(
      serious.map { note in
        var error = note
        error.severity = .error
        return error
      }, kind: .data)
  }

  private func optimize(
    _ plan: LogicalPlan, tracesRules: Bool
  ) -> (plan: LogicalPlan, applied: [Optimizer.Application]) {
    Optimizer.optimize(
      plan,
      options: OptimizerOptions(
        disabled: options.disabledRules, today: environment.today, fiscalYearStart: environment.fiscalYearStart,
        tracesRules: tracesRules))
  }

  /// How the files that a plan reads were understood, where that matters; each note once a session.
  private func importNotes(of plan: LogicalPlan) -> [Diagnostic] {
    plan.scans.compactMap { $0.source as? FileTable }.flatMap { file in
      file.report.notes.filter { note in
        announced.withLock { $0.insert("\(file.name)\n\(note.message.english)").inserted }
      }
    }
  }

  /// Invented figures are said to be so; each dataset once a session.
  private func syntheticNotes(of plan: LogicalPlan) -> [Diagnostic] {
    let names = plan.scans.map(\.source.name).filter { name in
      catalog.datasets.contains { $0.name == name && $0.origin == "synthetic" }
        && announced.withLock { $0.insert("synthetic " + name).inserted }
    }
    if names.isEmpty { return [] }
    let list = names.map { "`\($0)`" }.joined(separator: ", ")
    return [
      .note(
        .syntheticData,
        Localized(
          "\(list): synthetic data, made to try Bilan with",
          fr: "\(list) : données synthétiques, faites pour essayer Bilan"))
    ]
  }

  // MARK: Without running

  /// The measures that every query may use, with their text in Bilan, in the order they are written.
  package static var preludeMeasures: [(name: String, body: String)] {
    Prelude.measures.map { ($0.name, $0.body) }
  }

  /// What is wrong with a text, without running it.
  package func check(
    _ text: String, sourceName: String = "<query>", parameters: [String: String] = [:]
  ) -> [Diagnostic] {
    let result = Parser.parse(Self.source(sourceName, text))
    var found = result.diagnostics
    if found.contains(where: { $0.severity == .error }) { return found }
    do throws(QueryError) {
      _ = try resolveForGood(result.program, parameters)
    } catch {
      // A parameter without a value is for the caller to give.
      found += error.diagnostics.filter { $0.code != .missingParameter }
    }
    return found
  }

  /// The canonical form of a text.
  package func format(_ text: String, sourceName: String = "<query>") throws(BilanError) -> String {
    switch Printer.format(Source(name: sourceName, text: text)) {
    case .success(let formatted): return formatted
    case .failure(let error): throw BilanError(error)
    }
  }

  /// The logical plan, the rules applied to it and the optimized plan of each query of a text.
  package func explain(
    _ text: String, sourceName: String = "<query>", parameters: [String: String] = [:]
  ) throws(BilanError) -> String {
    do throws(QueryError) {
      let program = try resolveForGood(try parse(text, sourceName), parameters)
      var sections: [String] = []
      for query in program.queries {
        let (plan, applied) = optimize(query.plan, tracesRules: true)
        var section = "logical plan\n" + indented(PlanPrinter.print(query.plan))
        section += "rules\n"
        section += indented(applied.isEmpty ? "none" : applied.map(\.rule).joined(separator: "\n"))
        section += "optimized plan\n" + indented(PlanPrinter.print(plan))
        let open = ExecutionRule.open(in: plan).map(\.rawValue).filter { !options.disabledRules.contains($0) }
        if !open.isEmpty { section += "decided while it runs\n" + indented(open.joined(separator: "\n")) }
        sections.append(section)
      }
      return sections.joined(separator: "\n")
    } catch {
      throw BilanError(error)
    }
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n").map { "  \($0)\n" }.joined()
  }

  /// The parameters that a text declares, in order.
  package func parameters(of text: String, sourceName: String = "<query>") throws(BilanError) -> [QueryParameter] {
    do throws(QueryError) {
      let program = try parse(text, sourceName)
      return try declared(in: program).map { declaration in
        var choices: [String] = []
        if case .choice(let values) = declaration.kind { choices = values.map(\.plainText) }
        return QueryParameter(
          name: declaration.name, type: declaration.kind.description, documentation: declaration.documentation,
          defaultText: declaration.defaultText, choices: choices)
      }
    } catch {
      throw BilanError(error)
    }
  }

  /// The columns that a step at `offset` of `text` would see; empty where the pipeline before it is not understood.
  package func columnsInScope(at offset: Int, of text: String) -> [Field] {
    let result = Parser.parse(Source(name: "<query>", text: text))
    return Resolver.columns(at: offset, in: result.program, environment: environment).fields
  }

  // MARK: Steps of a run

  /// Accents are composed as those of data are: `e` and a combining accent find what `é` finds.
  private static func source(_ name: String, _ text: String) -> Source {
    Source(name: name, text: LetterComposition.composed(text))
  }

  private func parse(_ text: String, _ sourceName: String) throws(QueryError) -> ProgramSyntax {
    let result = Parser.parse(Self.source(sourceName, text))
    let errors = result.diagnostics.filter { $0.severity == .error }
    if !errors.isEmpty { throw QueryError(errors) }
    return result.program
  }

  private func resolve(
    _ program: ProgramSyntax, _ parameters: [String: String], _ files: OpenedFiles = OpenedFiles(),
    _ isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(QueryError) -> ResolvedProgram {
    var environment = environment
    environment.files = files
    environment.isCancelled = isCancelled
    guard !parameters.isEmpty else { return try Resolver.resolve(program, environment: environment) }
    let declared = try declared(in: program)
    var values: [String: ParameterValue] = [:]
    for (name, text) in parameters.sorted(by: { $0.key < $1.key }) {
      guard let declaration = declared.first(where: { $0.name == name }) else {
        let near = Suggestions.near(name, among: declared.map(\.name), fold: TextFolding.handle(of:), limit: 2)
        throw QueryError(
          .error(
            .unknownOption,
            Localized("this query has no parameter `\(name)`", fr: "cette requête n’a pas de paramètre `\(name)`"),
            help: near.isEmpty ? Resolver.available(declared.map(\.name)) : Resolver.didYouMean(near)), kind: .argument)
      }
      guard
        let value = ParameterReading.read(text, as: declaration.kind, fiscalYearStart: environment.fiscalYearStart)
      else {
        throw QueryError(
          .error(
            .invalidParameterValue,
            Localized(
              "`\(text)` is not a value of `\(name)`, which is `\(declaration.kind.description)`",
              fr: "`\(text)` n’est pas une valeur de `\(name)`, qui est `\(declaration.kind.description)`"),
            at: declaration.span, help: declaration.kind.example), kind: .argument)
      }
      values[name] = value
    }
    return try Resolver.resolve(program, environment: environment, values: values)
  }

  /// The same where nothing is run that would find out that a file has other types than its beginning.
  private func resolveForGood(
    _ program: ProgramSyntax, _ parameters: [String: String]
  ) throws(QueryError) -> ResolvedProgram {
    let files = OpenedFiles()
    do throws(QueryError) {
      return try resolve(program, parameters, files)
    } catch {
      guard error.isAboutTypes, try files.settle({ false }) else { throw error.citing(files.all) }
      return try resolve(program, parameters)
    }
  }

  /// The parameters of a program, its queries left aside.
  private func declared(in program: ProgramSyntax) throws(QueryError) -> [ParameterDeclaration] {
    var declarations = program
    declarations.items.removeAll { item in
      switch item.kind {
      case .query, .expression: true
      default: false
      }
    }
    return try Resolver.resolve(declarations, environment: environment).parameters
  }
}

extension ParameterDeclaration.Kind {
  /// How a value of this kind is written.
  fileprivate var example: Localized? {
    switch self {
    case .number: Localized("write it as `1200` or `3.5`", fr: "l’écrire comme `1200` ou `3.5`")
    case .percent: Localized("write it as `110%`", fr: "l’écrire comme `110%`")
    case .text: nil
    case .boolean: Localized("write `true` or `false`", fr: "écrire `true` ou `false`")
    case .date: Localized("write it as `2021-01-22`", fr: "l’écrire comme `2021-01-22`")
    case .period:
      Localized("write it as `2019`, `2019-Q3` or `2019-04`", fr: "l’écrire comme `2019`, `2019-Q3` ou `2019-04`")
    case .list:
      Localized(
        "separate the values by commas; quote what holds one: `a, \"b, c\"`",
        fr: "séparer les valeurs par des virgules ; mettre entre guillemets ce qui en contient : `a, \"b, c\"`")
    case .choice(let values): Resolver.available(values.map(\.plainText))
    }
  }
}
