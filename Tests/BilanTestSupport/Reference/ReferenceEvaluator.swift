import BilanDiagnostics
import BilanPlan
import BilanSyntax

/// A table of the reference evaluator: an array of cells a row.
package struct ReferenceTable: Sendable {
  package var columns: [ReferenceColumn]
  package var rows: [[Cell]]

  package init(columns: [ReferenceColumn], rows: [[Cell]]) {
    self.columns = columns
    self.rows = rows
  }
}

package struct ReferenceColumn: Sendable, Hashable {
  package var name: String
  package var kind: Kind

  package init(_ name: String, _ kind: Kind) {
    self.name = name
    self.kind = kind
  }
}

/// Why a query gives no table.
package enum ReferenceError: Error, Equatable {
  /// An integer left 64 bits.
  case overflow
  /// A row met a second match in a join without `many`.
  case joinMultiplies
  /// A pipeline used as a value gave several rows.
  case notSingle
  /// Beyond what this evaluator knows: the test is wrong, or the evaluator is.
  case unsupported(String)
}

/// Evaluates a program straight from its syntax tree, row by row, as the page of the language says: no checker, no
/// plan, no columns. Slow, and meant to be too simple to be wrong; tests run it beside the engine.
///
/// It trusts its input: names are those of columns or definitions, types fit. What it does not know is `.unsupported`.
package struct ReferenceEvaluator: Sendable {
  package var tables: [String: ReferenceTable]

  package init(tables: [String: ReferenceTable]) { self.tables = tables }

  /// The table of each query, in order.
  package func run(_ program: ProgramSyntax) throws(ReferenceError) -> [ReferenceTable] {
    var definitions = Self.prelude
    var results: [ReferenceTable] = []
    for item in program.items {
      switch item.kind {
      case .definition(let definition): definitions.append(definition)
      case .query(let pipeline): results.append(try run(pipeline, definitions).table)
      default: throw .unsupported("declaration")
      }
    }
    return results
  }

  /// The measures of results are Bilan text, so they are evaluated like any other.
  private static let prelude: [DefinitionSyntax] = Parser.parse(Prelude.source).program.items.compactMap { item in
    if case .definition(let definition) = item.kind { definition } else { nil }
  }

  // MARK: Pipelines

  typealias Named = (table: ReferenceTable, name: String)

  func run(_ pipeline: PipelineSyntax, _ definitions: [DefinitionSyntax]) throws(ReferenceError) -> Named {
    guard let source = pipeline.source else { throw .unsupported("pipeline without source") }
    var current = try read(source, definitions)
    for step in pipeline.steps { try apply(step.kind, to: &current, definitions) }
    return current
  }

  func read(_ source: SourceSyntax, _ definitions: [DefinitionSyntax]) throws(ReferenceError) -> Named {
    switch source.kind {
    case .name(let name):
      if let index = definitions.lastIndex(where: { $0.name.text == name.text }) {
        guard case .pipeline(let body) = definitions[index].body else { throw .unsupported("not a table") }
        return (try run(body, Array(definitions[..<index])).table, name.text)
      }
      guard let table = tables[name.text] else { throw .unsupported("table \(name.text)") }
      return (table, name.text)
    case .pipeline(let pipeline): return try run(pipeline, definitions)
    default: throw .unsupported("source")
    }
  }

  private func apply(
    _ step: StepSyntax.Kind, to current: inout Named, _ definitions: [DefinitionSyntax]
  ) throws(ReferenceError) {
    let table = current.table
    let scope = Scope(columns: table.columns, definitions: definitions)
    switch step {
    case .filter(let condition):
      var kept: [[Cell]] = []
      for row in table.rows where try evaluate(condition, scope.on(row)).isTrue { kept.append(row) }
      current.table.rows = kept
    case .add(let add): current.table = try self.add(add, to: table, definitions)
    case .keep(let selections): current.table = try keep(selections, of: table, scope)
    case .drop(let selections):
      let dropped = positions(selections, in: table)
      current.table = choose(table.columns.indices.filter { !dropped.contains($0) }, of: table)
    case .rename(let pairs):
      for pair in pairs {
        if let index = position(pair.old.text, in: table) { current.table.columns[index].name = pair.new.text }
      }
    case .summarize(let summarize):
      current.table = try self.summarize(summarize, table, scope)
      current.name = "summarize"
    case .count(let keys):
      guard let span = keys.first?.value.span ?? definitions.first?.name.span else { throw .unsupported("count") }
      let count = ExpressionSyntax(.name(Name("count", span: span)), span: span)
      let summarize = SummarizeSyntax(
        aggregates: [NamedExpressionSyntax(name: Name("count", span: span), value: count)], keys: keys, across: nil,
        hasTotals: false)
      current.table = try self.summarize(summarize, table, scope)
      current.name = "summarize"
    case .sort(let keys): current.table.rows = try sorted(table.rows, by: keys, scope)
    case .take(let first, let last):
      let start = try first.map { syntax throws(ReferenceError) in try whole(syntax, scope) } ?? 1
      let end = try whole(last, scope)
      current.table.rows = table.rows.indices.filter { $0 + 1 >= start && $0 + 1 <= end }.map { table.rows[$0] }
    case .top(let top): current.table.rows = try self.top(top, table, scope)
    case .distinct(let selections):
      if !selections.isEmpty { current.table = try keep(selections, of: table, scope) }
      var kept: [[Cell]] = []
      for row in current.table.rows where !kept.contains(where: { Self.areSame($0, row) }) { kept.append(row) }
      current.table.rows = kept
    case .join(let join): current.table = try self.join(join, current, scope)
    case .append(let source): current.table = append(table, try read(source, definitions).table)
    case .unpivot(let selections, let name, let value):
      current.table = unpivot(positions(selections, in: table), name.text, value.text, table)
    case .unnest(let unnest): current.table = try self.unnest(unnest, table)
    case .complete(let columns): current.table = try complete(columns, table)
    case .check: break
    case .unavailable, .invalid: throw .unsupported("step")
    }
  }

  // MARK: Finding columns

  /// By its exact name, else by its letters.
  func position(_ name: String, in table: ReferenceTable) -> Int? {
    Scope(columns: table.columns, definitions: []).column(name)
  }

  func positions(_ selections: [SelectionSyntax], in table: ReferenceTable) -> [Int] {
    var result: [Int] = []
    for selection in selections {
      switch selection {
      case .pattern(let pattern, _):
        result += table.columns.indices.filter { ReferenceText.fits(table.columns[$0].name, pattern) }
      case .expression(let named):
        if case .name(let name) = named.value.kind, let index = position(name.text, in: table) { result.append(index) }
      }
    }
    return result
  }

  func choose(_ columns: [Int], of table: ReferenceTable) -> ReferenceTable {
    ReferenceTable(
      columns: columns.map { table.columns[$0] }, rows: table.rows.map { row in columns.map { row[$0] } })
  }

  static func areSame(_ first: [Cell], _ second: [Cell]) -> Bool { zip(first, second).allSatisfy { $0.isSame(as: $1) } }

  private func whole(_ syntax: ExpressionSyntax, _ scope: Scope) throws(ReferenceError) -> Int {
    guard case .integer(let value) = try evaluate(syntax, scope.on([])) else { throw .unsupported("row number") }
    return Int(value)
  }

  func cells(_ expressions: [ExpressionSyntax], _ scope: Scope) throws(ReferenceError) -> [Cell] {
    var cells: [Cell] = []
    for expression in expressions { cells.append(try evaluate(expression, scope)) }
    return cells
  }
}
