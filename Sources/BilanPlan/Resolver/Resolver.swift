import BilanColumnar
import BilanDiagnostics
import BilanFunctions
import BilanSyntax

/// A query that can run: its plan, and what to say under its result whatever the data.
package struct ResolvedQuery: Sendable {
  package var plan: LogicalPlan
  package var notes: [Diagnostic]
  package var documentation: String?
  package var span: Span
}

/// A text understood: its queries and its parameters.
package struct ResolvedProgram: Sendable {
  package var queries: [ResolvedQuery]
  package var parameters: [ParameterDeclaration]
}

/// Resolves names and types: a syntax tree in, logical plans out.
///
/// Every column, type, unit and parameter is settled before a row is read. Independent errors are all reported: a step
/// with an error leaves the columns it would have made without a type, so that later steps can still be checked.
package final class Resolver {
  let environment: any ResolverEnvironment
  let matching = OverloadMatching()
  var diagnostics: [Diagnostic] = []
  /// Whether some of them are about data that cannot be read.
  private var kind = QueryError.Kind.query
  var parameters: [ParameterDeclaration] = []
  /// What the text defines, wherever it does.
  private(set) var definedNames: Set<String> = []
  /// The values given from outside, by parameter.
  let given: [String: ParameterValue]
  /// Files of definitions being read, so that two that use each other end.
  private var openFiles: [String] = []

  private init(environment: any ResolverEnvironment, given: [String: ParameterValue]) {
    self.environment = environment
    self.given = given
  }

  /// Resolves every query of a program.
  ///
  /// - Parameter values: what the parameters are, already read as the types they are declared with; a parameter that is
  ///   not among them takes its default.
  package static func resolve(
    _ program: ProgramSyntax, environment: any ResolverEnvironment, values: [String: ParameterValue] = [:]
  ) throws(QueryError) -> ResolvedProgram {
    let resolver = Resolver(environment: environment, given: values)
    let queries = resolver.resolve(program)
    if !resolver.diagnostics.isEmpty { throw QueryError(resolver.diagnostics, kind: resolver.kind) }
    return ResolvedProgram(queries: queries, parameters: resolver.parameters)
  }

  /// The columns that a step at `offset` would see, as far as the steps before it are understood.
  package static func columns(
    at offset: Int, in program: ProgramSyntax, environment: any ResolverEnvironment
  ) -> Schema {
    let resolver = Resolver(environment: environment, given: [:])
    return resolver.columns(at: offset, in: program)
  }

  private func resolve(_ program: ProgramSyntax) -> [ResolvedQuery] {
    for item in program.items {
      if case .definition(let syntax) = item.kind { definedNames.insert(syntax.name.text) }
    }
    var bindings = Bindings.prelude
    var queries: [ResolvedQuery] = []
    for item in program.items {
      switch item.kind {
      case .query(let pipeline):
        if let query = attempt({ () throws(QueryError) in try self.query(pipeline, item: item, bindings: bindings) }) {
          queries.append(query)
        }
      case .expression(let expression):
        if let query = attempt({ () throws(QueryError) in
          try self.query(expression, item: item, bindings: bindings)
        }) {
          queries.append(query)
        }
      default: bindings = declare(item, in: bindings)
      }
    }
    return queries
  }

  /// Adds what a declaration binds.
  func declare(_ item: ItemSyntax, in bindings: Bindings) -> Bindings {
    switch item.kind {
    case .definition(let syntax):
      let definition = Definition(
        name: syntax.name, parameters: syntax.parameters, body: syntax.body, bindings: bindings,
        documentation: item.documentation)
      return .node(definition, bindings)
    case .parameter(let syntax):
      declare(syntax, documentation: item.documentation)
      return bindings
    case .use(let path):
      return attempt { () throws(QueryError) in try self.definitions(path, at: item.span, in: bindings) } ?? bindings
    case .query, .expression: return bindings
    }
  }

  private func definitions(_ path: String, at span: Span, in bindings: Bindings) throws(QueryError) -> Bindings {
    let source = try environment.definitions(path, in: span.source, at: span)
    if openFiles.contains(source.name) {
      throw failure(
        .recursiveDefinition,
        Localized("`\(path)` uses itself", fr: "`\(path)` s’utilise lui-même"), at: span,
        label: Localized(
          "through \(openFiles.map { "`\($0)`" }.joined(separator: ", "))",
          fr: "par \(openFiles.map { "`\($0)`" }.joined(separator: ", "))"))
    }
    openFiles.append(source.name)
    defer { openFiles.removeLast() }
    let result = Parser.parse(source)
    if result.diagnostics.contains(where: { $0.severity == .error }) { throw QueryError(result.diagnostics) }
    var bindings = bindings
    for item in result.program.items {
      switch item.kind {
      case .query(let pipeline):
        diagnostics.append(
          .error(
            .misplacedDeclaration,
            Localized(
              "a file of definitions holds no query", fr: "un fichier de définitions ne contient pas de requête"),
            at: pipeline.span, label: Localized("a query", fr: "une requête")))
      case .expression: break
      default: bindings = declare(item, in: bindings)
      }
    }
    return bindings
  }

  // MARK: Queries

  private func query(
    _ pipeline: PipelineSyntax, item: ItemSyntax, bindings: Bindings
  ) throws(QueryError) -> ResolvedQuery {
    let count = diagnostics.count
    var state = try self.pipeline(pipeline, bindings: bindings)
    state.plan = withoutHidden(state.plan)
    let (plan, notes) = withholding(state)
    if diagnostics.count > count { throw QueryError([]) }
    return ResolvedQuery(plan: plan, notes: notes, documentation: item.documentation, span: item.span)
  }

  /// An expression alone: a table of one row.
  private func query(
    _ expression: ExpressionSyntax, item: ItemSyntax, bindings: Bindings
  ) throws(QueryError) -> ResolvedQuery {
    if case .name(let name) = expression.kind, environment.datasetNames.contains(name.text) {
      throw QueryError(
        Diagnostic.error(
          .missingSource,
          Localized(
            "`\(name.text)` is a dataset; a query starts with `from`",
            fr: "`\(name.text)` est un jeu de données ; une requête commence par `from`"), at: name.span
        ).fixing(
          Localized("write `from \(name.text)`", fr: "écrire `from \(name.text)`"), replace: name.span,
          with: "from \(name.text)"))
    }
    let scope = Scope(
      schema: Schema([]), tableName: "", table: nil, bindings: bindings, mode: .constant)
    let resolved = try self.expression(expression, in: scope)
    let output = OutputExpression(
      resolved.expression, field: resolved.field(expression.span.text.collapsingWhiteSpace))
    return ResolvedQuery(
      plan: .project(ProjectNode(input: .unit, outputs: [output])), notes: [], documentation: item.documentation,
      span: item.span)
  }

  /// Leaves out the columns that may be counted but not listed, and says so.
  private func withholding(_ state: PipelineState) -> (LogicalPlan, [Diagnostic]) {
    let fields = state.plan.schema.fields
    let hidden = fields.filter(\.isSensitive)
    guard !hidden.isEmpty, state.plan.hasKnownColumns else { return (state.plan, state.notes) }
    let outputs = fields.indices.filter { !fields[$0].isSensitive }.map { index in
      OutputExpression(.column(index, fields[index].type), field: fields[index])
    }
    let note = Diagnostic.withheld(hidden.map(\.label))
    return (.project(ProjectNode(input: state.plan, outputs: outputs)), state.notes + [note])
  }

  // MARK: Collecting errors

  /// The result, or nil once what went wrong is among the diagnostics.
  func attempt<Value>(_ body: () throws(QueryError) -> Value) -> Value? {
    do {
      return try body()
    } catch {
      if error.kind != .query { kind = error.kind }
      // A file that several queries need is one mistake.
      for diagnostic in error.diagnostics
      where !diagnostics.contains(where: { $0.message == diagnostic.message && $0.primary == nil }) {
        diagnostics.append(diagnostic)
      }
      return nil
    }
  }

  func failure(
    _ code: DiagnosticCode, _ message: Localized, at span: Span?, label: Localized? = nil, help: Localized? = nil
  ) -> QueryError {
    QueryError(.error(code, message, at: span, label: label, help: help))
  }
}

extension Diagnostic {
  /// The note on columns that may be counted and are not shown.
  package static func withheld(_ labels: [String]) -> Diagnostic {
    let names = labels.map { "`\($0)`" }.joined(separator: ", ")
    return .note(
      .withheld,
      Localized(
        "not shown, since they hold personal data that may be counted but not listed: \(names)",
        fr: "non affichées, car ces données personnelles peuvent être comptées mais pas listées : \(names)"),
      count: labels.count)
  }
}
