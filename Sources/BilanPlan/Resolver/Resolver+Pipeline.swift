import BilanColumnar
import BilanDiagnostics
import BilanFunctions
import BilanSyntax

/// A pipeline as far as it is resolved.
struct PipelineState {
  var plan: LogicalPlan
  /// What the rows are called, for messages.
  var name: String
  /// The table it started from, while its columns are still that table's.
  var table: (any TableSource)?
  var bindings: Bindings
  var notes: [Diagnostic] = []
  /// Whether a row of totals, which `with totals` has made, is among the rows.
  var hasTotalRow = false

  var schema: Schema { plan.schema }

  var scope: Scope {
    var scope = Scope(schema: plan.schema, tableName: name, table: table, bindings: bindings, mode: .row)
    scope.collectsErrors = true
    scope.isOfCrosstab = !plan.hasKnownColumns
    return scope
  }
}

extension Resolver {
  /// The plan of a pipeline: its source, then each step over what the one before gives.
  func pipeline(_ syntax: PipelineSyntax, bindings: Bindings) throws(QueryError) -> PipelineState {
    guard let source = syntax.source else {
      throw failure(
        .nothingToContinue,
        Localized("there is no result to continue", fr: "il n’y a pas de résultat à continuer"), at: syntax.span,
        help: Localized("start with `from` and a dataset", fr: "commencer par `from` et un jeu de données"))
    }
    var state = try self.source(source, bindings: bindings)
    for step in syntax.steps { try apply(step, to: &state) }
    return state
  }

  /// What `from`, `join` or `append` reads.
  func source(_ syntax: SourceSyntax, bindings: Bindings) throws(QueryError) -> PipelineState {
    switch syntax.kind {
    case .pipeline(let pipeline): return try self.pipeline(pipeline, bindings: bindings)
    case .standardInput: return scan(try environment.standardInput(at: syntax.span), bindings: bindings)
    case .file(let path, let options):
      var values: [String: Value] = [:]
      for option in options {
        guard let name = option.name else { continue }
        values[name.text] = try expression(option.value, in: constantScope).expression.constantValue ?? .missing
      }
      return scan(
        try environment.file(path, options: values, in: syntax.span.source, at: syntax.span), bindings: bindings)
    case .qualified(let connection, _):
      throw failure(
        .unknownDataset,
        Localized(
          "no connection is called `\(connection.text)`", fr: "aucune connexion ne s’appelle `\(connection.text)`"),
        at: connection.span,
        help: Localized(
          "connections to other engines come in a later version",
          fr: "les connexions à d’autres moteurs viendront dans une version ultérieure"))
    case .name(let name): return try named(name, bindings: bindings)
    case .invalid: throw QueryError([])
    }
  }

  private func scan(_ source: any TableSource, bindings: Bindings) -> PipelineState {
    PipelineState(
      plan: .scan(ScanNode(source: source, columns: Array(0..<source.schema.count))), name: source.name,
      table: source, bindings: bindings)
  }

  private func named(_ name: Name, bindings: Bindings) throws(QueryError) -> PipelineState {
    if !name.isQuoted, let definition = bindings.definition(named: name.text) {
      guard case .pipeline(let body) = definition.body else {
        throw failure(
          .notATable,
          Localized("`\(name.text)` is a measure, not a table", fr: "`\(name.text)` est une mesure, pas une table"),
          at: name.span)
      }
      var state = try pipeline(body, bindings: definition.bindings)
      state.bindings = bindings
      state.name = name.text
      return state
    }
    if let table = try environment.dataset(name.text) { return scan(table, bindings: bindings) }
    let folded = TextFolding.handle(of: name.text)
    let answers = environment.datasetNames.filter { TextFolding.handle(of: $0) == folded }
    if answers.count == 1, let table = try environment.dataset(answers[0]) { return scan(table, bindings: bindings) }

    let tables = bindings.definitions.filter(\.isTable).map(\.name.text)
    let candidates = environment.datasetNames + tables
    var diagnostic = Diagnostic.error(
      .unknownDataset,
      Localized("no dataset is called `\(name.text)`", fr: "aucun jeu de données ne s’appelle `\(name.text)`"),
      at: name.span)
    let near = Suggestions.near(name.text, among: candidates, fold: TextFolding.handle(of:), limit: 2)
    if let best = near.first {
      diagnostic = diagnostic.adding(help: Resolver.didYouMean(near)).fixing(
        Localized("replace `\(name.text)` by `\(best)`", fr: "remplacer `\(name.text)` par `\(best)`"),
        replace: name.span, with: best)
    } else if candidates.isEmpty {
      diagnostic = diagnostic.adding(
        help: Localized(
          "no data is loaded: say where it is with `--data DIR`, or name a file: `from \"results.csv\"`",
          fr:
            "aucune donnée n’est chargée : dire où elle est avec `--data DIR`, ou nommer un fichier : `from \"results.csv\"`"
        ))
    } else {
      diagnostic = diagnostic.adding(help: Resolver.available(candidates))
    }
    throw QueryError(diagnostic)
  }

  // MARK: Steps

  private func apply(_ step: StepSyntax, to state: inout PipelineState) throws(QueryError) {
    try requireKnownColumns(step, state)
    noteTotalRow(step, &state)
    switch step.kind {
    case .filter(let condition):
      if let resolved = attempt({ () throws(QueryError) in try self.condition(condition, in: state.scope) }) {
        state.plan = .filter(FilterNode(input: state.plan, condition: resolved.expression))
      }
    case .add(let add): try self.add(add, to: &state)
    case .keep(let selections): try keep(selections, of: &state)
    case .drop(let selections): try drop(selections, of: &state)
    case .rename(let pairs): try rename(pairs, in: &state)
    case .summarize(let summarize): try self.summarize(summarize, step: step, state: &state)
    case .count(let keys):
      let count = ExpressionSyntax(.name(Name("count", span: step.verbSpan)), span: step.verbSpan)
      let summarize = SummarizeSyntax(
        aggregates: [NamedExpressionSyntax(name: nil, value: count)], keys: keys, across: nil, hasTotals: false)
      try self.summarize(summarize, step: step, state: &state)
    case .sort(let keys):
      let sorted = try sortKeys(keys, in: state.scope)
      state.plan = .sort(SortNode(input: state.plan, keys: sorted))
    case .take(let first, let last): try take(first, last, state: &state)
    case .top(let top): try self.top(top, state: &state)
    case .distinct(let selections):
      if !selections.isEmpty { try keep(selections, of: &state) }
      state.plan = .distinct(DistinctNode(input: withoutHidden(state.plan)))
    case .join(let join): try self.join(join, step: step, state: &state)
    case .append(let source): try append(source, step: step, state: &state)
    case .unpivot(let selections, let name, let value):
      try unpivot(selections, name: name, value: value, step: step, state: &state)
    case .unnest(let unnest): try self.unnest(unnest, state: &state)
    case .complete(let columns): try complete(columns, state: &state)
    case .check(let condition, let text): try check(condition, text, state: &state)
    case .unavailable, .invalid: break
    }
  }

  /// Says where a step takes the row of totals for one of the rows that it is the total of.
  private func noteTotalRow(_ step: StepSyntax, _ state: inout PipelineState) {
    guard state.hasTotalRow else { return }
    switch step.kind {
    case .add(let add) where add.per == nil && add.sort.isEmpty: return
    case .add, .summarize, .count, .top, .take, .join, .append: break
    default: return
    }
    state.hasTotalRow = false
    let verb = step.verbSpan.text
    state.notes.append(
      .note(
        .totalRows,
        Localized(
          "the row of totals is one of the rows that `\(verb)` sees: write `with totals` in the last `summarize`",
          fr: "la ligne de total est l’une des lignes que voit `\(verb)` : écrire `with totals` dans le dernier "
            + "`summarize`")))
  }

  /// After a crosstab only steps that need no column but its row keys.
  private func requireKnownColumns(_ step: StepSyntax, _ state: PipelineState) throws(QueryError) {
    guard !state.plan.hasKnownColumns else { return }
    switch step.kind {
    case .filter, .sort, .take, .check: return
    default:
      throw columnsOfCrosstab(
        at: step.verbSpan, label: Localized("not possible after `across`", fr: "impossible après `across`"),
        help: Localized("do this before `summarize … across`", fr: "faire ceci avant `summarize … across`"))
    }
  }

  func sortKeys(_ keys: [SortKeySyntax], in scope: Scope) throws(QueryError) -> [SortKey] {
    var result: [SortKey] = []
    for key in keys {
      if let value = attempt({ () throws(QueryError) in try self.expression(key.value, in: scope) }) {
        result.append(SortKey(value.expression, isDescending: key.isDescending))
      }
    }
    return result
  }

  private func take(
    _ first: ExpressionSyntax?, _ last: ExpressionSyntax, state: inout PipelineState
  ) throws(QueryError) {
    let end = try wholeNumber(last, in: state)
    let start = try first.map { syntax throws(QueryError) in try wholeNumber(syntax, in: state) } ?? 1
    guard start >= 1, first == nil || end >= start else {
      throw failure(
        .emptyRange,
        Localized(
          "rows are counted from 1, the first before the last",
          fr: "les lignes se comptent à partir de 1, la première avant la dernière"),
        at: first.map { $0.span.union(last.span) } ?? last.span)
    }
    state.plan = .limit(LimitNode(input: state.plan, range: start - 1..<max(start - 1, end)))
  }

  private func wholeNumber(_ syntax: ExpressionSyntax, in state: PipelineState) throws(QueryError) -> Int {
    var scope = constantScope
    scope.bindings = state.bindings
    if case .name(let name) = syntax.kind, case .found = NameLookup.column(name, in: state.schema) {
      throw failure(
        .constantExpected, Localized("a whole number is needed here", fr: "il faut un nombre entier ici"),
        at: syntax.span,
        label: Localized("a column has a number in each row", fr: "une colonne a un nombre par ligne"),
        help: Localized("write a number, or a parameter: `$n`", fr: "écrire un nombre, ou un paramètre : `$n`"))
    }
    let value = try expression(syntax, in: scope)
    guard case .integer(let number)? = value.expression.constantValue, number >= 0 else {
      throw failure(
        .constantExpected, Localized("a whole number is needed here", fr: "il faut un nombre entier ici"),
        at: syntax.span)
    }
    // More rows than any table has are all of them.
    return Int(min(number, Int64(Int32.max) * 1000))
  }

  private func top(_ top: TopSyntax, state: inout PipelineState) throws(QueryError) {
    let count = try wholeNumber(top.count, in: state)
    let by = try expression(top.by, in: state.scope)
    var per: [Expression] = []
    for key in top.per { per.append(keyValue(try expression(key, in: state.scope)).expression) }
    if by.type == .boolean {
      throw failure(
        .typeMismatch, Localized("a condition has no largest value", fr: "une condition n’a pas de plus grande valeur"),
        at: top.by.span)
    }
    state.plan = .top(
      TopNode(input: state.plan, count: count, by: by.expression, isBottom: top.isBottom, per: per))
  }

  private func complete(_ columns: [ExpressionSyntax], state: inout PipelineState) throws(QueryError) {
    var positions: [Int] = []
    for syntax in columns {
      guard case .column(let index) = try expression(syntax, in: state.scope).expression.kind else {
        throw failure(
          .typeMismatch, Localized("`complete` takes columns", fr: "`complete` prend des colonnes"), at: syntax.span,
          help: Localized("add it as a column first", fr: "l’ajouter d’abord comme colonne"))
      }
      if !positions.contains(index) { positions.append(index) }
    }
    takeKeyValues(of: positions, in: &state)
    state.plan = .complete(CompleteNode(input: state.plan, columns: positions))
  }

  /// Makes numbers of the ratios among `columns`, for steps that write keys into rows that had none.
  func takeKeyValues(of columns: [Int], in state: inout PipelineState) {
    let schema = state.schema
    guard columns.contains(where: { schema[$0].type == .ratio }) else { return }
    let outputs = schema.fields.indices.map { index in
      var field = schema[index]
      let column = Resolved(.column(index, field.type), field: field)
      let value = columns.contains(index) ? keyValue(column) : column
      field.type = value.type
      return OutputExpression(value.expression, field: field)
    }
    state.plan = .project(ProjectNode(input: state.plan, outputs: outputs))
  }

  private func check(
    _ condition: ExpressionSyntax, _ text: ExpressionSyntax?, state: inout PipelineState
  ) throws(QueryError) {
    var message: String?
    if let text {
      var scope = constantScope
      scope.bindings = state.bindings
      guard case .text(let value)? = try expression(text, in: scope).expression.constantValue else {
        throw failure(
          .constantExpected, Localized("the message of `check` is a text", fr: "le message de `check` est un texte"),
          at: text.span)
      }
      message = value
    }
    let count = state.schema.count
    let written = condition.span.text.collapsingWhiteSpace
    if isAboutTable(condition, in: state) {
      let collector = AggregateCollector(keys: [])
      let resolved = try self.condition(condition, in: state.scope.with(mode: .group(collector)))
      let aggregate = LogicalPlan.aggregate(
        AggregateNode(input: state.plan, keys: [], aggregates: collector.calls, totals: []))
      let plan = LogicalPlan.project(
        ProjectNode(
          input: aggregate, outputs: [OutputExpression(resolved.expression, field: resolved.field(written))]))
      state.plan = .check(
        CheckNode(
          input: state.plan, condition: Expression(.subquery(plan), type: .boolean, span: condition.span),
          text: written, message: message, isAboutTable: true, visibleColumns: count, span: condition.span))
      return
    }
    let resolved = try self.condition(condition, in: state.scope)
    state.plan = .check(
      CheckNode(
        input: state.plan, condition: resolved.expression, text: written, message: message, isAboutTable: false,
        visibleColumns: count, span: condition.span))
  }

  /// Whether a condition holds an aggregate itself; a measure does not count, since it also works on a row.
  private func isAboutTable(_ syntax: ExpressionSyntax, in state: PipelineState) -> Bool {
    switch syntax.kind {
    case .call(let call):
      if state.bindings.definition(named: call.name.text) == nil,
        case .aggregate? = FunctionTable.entry(named: call.name.text)?.kind
      {
        return true
      }
      return call.arguments.contains { isAboutTable($0.value, in: state) }
    case .name(let name):
      guard name.text == "count", !name.isQuoted, state.bindings.definition(named: "count") == nil else { return false }
      if case .none = NameLookup.column(name, in: state.schema) { return true }
      return false
    case .field(let base, _): return isAboutTable(base, in: state)
    case .unary(_, let operand): return isAboutTable(operand, in: state)
    case .binary(_, let left, let right), .range(let left, let right):
      return isAboutTable(left, in: state) || isAboutTable(right, in: state)
    case .comparison(let first, let links):
      return isAboutTable(first, in: state) || links.contains { isAboutTable($0.right, in: state) }
    case .isMissing(let operand, _): return isAboutTable(operand, in: state)
    case .membership(let operand, let list, _):
      return isAboutTable(operand, in: state) || isAboutTable(list, in: state)
    case .list(let items): return items.contains { isAboutTable($0, in: state) }
    case .conditional(let branches, let otherwise):
      return branches.contains { isAboutTable($0.condition, in: state) || isAboutTable($0.value, in: state) }
        || isAboutTable(otherwise, in: state)
    case .parenthesized(let inner): return isAboutTable(inner, in: state)
    default: return false
    }
  }

  // MARK: Columns in scope

  func columns(at offset: Int, in program: ProgramSyntax) -> Schema {
    var bindings = Bindings.prelude
    for item in program.items {
      switch item.kind {
      case .query(let pipeline):
        guard pipeline.span.start <= offset, let source = pipeline.source else { continue }
        let isLast = !program.items.contains { $0.span.start > item.span.start && $0.span.start <= offset }
        guard isLast, var state = try? self.source(source, bindings: bindings) else { continue }
        for step in pipeline.steps where step.span.end < offset {
          guard (try? apply(step, to: &state)) != nil else { break }
        }
        return Schema(state.schema.visible)
      case .expression: continue
      default: bindings = declare(item, in: bindings)
      }
    }
    return Schema([])
  }
}
