import Bilan
import BilanColumnar
import BilanDiagnostics
import BilanEngine
import BilanPlan
import BilanRenderers
import BilanSyntax
import BilanTestSupport
import Testing

/// How the engine is run; what it gives must not depend on it.
struct Configuration {
  var chunkSize: Int
  var workers: Int
  var disabledRules: Set<String> = []

  static let everyRule = Set(Optimizer.rules.map { $0.name } + ExecutionRule.allCases.map(\.rawValue))

  /// The first has every rule off, so that it fails wherever a row fails.
  static func all(_ random: inout SplitMix64) -> [Configuration] {
    let some = everyRule.sorted().filter { _ in random.chance(50) }
    return [
      Configuration(chunkSize: 65_536, workers: 1, disabledRules: everyRule),
      Configuration(chunkSize: 65_536, workers: 1),
      Configuration(chunkSize: 1, workers: 1),
      Configuration(chunkSize: 3, workers: 3),
      Configuration(chunkSize: 2, workers: 1, disabledRules: ["skip_by_bounds"]),
      Configuration(chunkSize: 3, workers: 1, disabledRules: Set(some)),
    ]
  }
}

/// What a run gave, in a form to compare.
enum Outcome {
  case tables([QueryResult])
  case failure(codes: [String], text: String)

  init(_ text: String, _ catalog: Catalog, _ configuration: Configuration) {
    let session = Session(
      catalog: catalog,
      options: SessionOptions(
        today: "2021-01-22", workers: configuration.workers, chunkSize: configuration.chunkSize,
        disabledRules: configuration.disabledRules))
    do {
      self = .tables(try session.run(text))
    } catch {
      self = .failure(codes: error.findings.map(\.code), text: error.description)
    }
  }
}

func csv(_ result: QueryResult) -> String {
  var sink = BufferSink()
  render(result.table, notes: [], as: .csv, options: RenderOptions(), into: &sink)
  return sink.text
}

/// Runs a query every way there is; nil where all agree, else what does not.
///
/// A plan that is optimized may leave out work that would have failed; it may never fail where a plain one does not.
func disagreement(_ text: String, _ tables: [TestTable], _ random: inout SplitMix64) throws -> String? {
  let catalog = try Catalog.of(tables)
  let parsed = Parser.parse(Source(name: "<query>", text: text))
  guard !parsed.diagnostics.contains(where: { $0.severity == .error }) else {
    return "does not parse: \(parsed.diagnostics.map(\.message.english))"
  }
  let expected: [ReferenceTable]?
  var failure = ""
  do throws(ReferenceError) {
    expected = try ReferenceEvaluator(tables).run(parsed.program)
  } catch {
    expected = nil
    switch error {
    case .overflow: failure = DiagnosticCode.overflow.rawValue
    case .joinMultiplies: failure = DiagnosticCode.joinMultiplies.rawValue
    case .notSingle: failure = DiagnosticCode.subqueryNotSingle.rawValue
    case .unsupported(let what): return "the reference evaluator does not know: \(what)"
    }
  }
  var first: (bytes: [String], notes: [String])?
  var failed: [Bool] = []
  for (index, configuration) in Configuration.all(&random).enumerated() {
    let outcome = Outcome(text, catalog, configuration)
    if case .failure = outcome { failed.append(true) } else { failed.append(false) }
    switch outcome {
    case .failure(let codes, let text):
      if expected != nil { return "\(configuration) fails: \(text)" }
      if codes != [failure] { return "\(configuration) fails with \(text), the reference with \(failure)" }
    case .tables(let results):
      guard let expected else {
        if index == 0 { return "the reference fails with \(failure), the engine gives\n\(results.map(csv))" }
        continue
      }
      let bytes = results.map(csv)
      if let first, first.bytes != bytes { return "\(configuration) gives\n\(bytes)\ninstead of\n\(first.bytes)" }
      let notes = results.flatMap(\.notes).map(\.message)
      if index > 1, index < 5, let first, first.notes != notes {
        return "\(configuration) notes\n\(notes)\ninstead of\n\(first.notes)"
      }
      if index <= 1 { first = (bytes, notes) }
      if index == 0 {
        if results.count != expected.count { return "\(results.count) results" }
        for (result, table) in zip(results, expected) {
          if let difference = difference(result, table) {
            return "\(difference)\nthe engine gives\n\(csv(result))the reference\n\(table.text)"
          }
        }
      }
    }
  }
  // The same plan, cut otherwise.
  if Set(failed[1...4]).count > 1 { return "fails or not by the cut of its rows: \(failed)" }
  return nil
}

/// Where an engine's result and a reference table differ; nil where they do not.
private func difference(_ result: QueryResult, _ table: ReferenceTable) -> String? {
  let columns = result.columns
  if columns.map(\.name) != table.columns.map(\.name) {
    return "columns \(columns.map(\.name)) instead of \(table.columns.map(\.name))"
  }
  if result.rowCount != table.rows.count { return "\(result.rowCount) rows instead of \(table.rows.count)" }
  for (index, field) in result.table.schema.fields.enumerated() {
    let values = result.table.chunks.flatMap { chunk in
      (0..<chunk.count).map { chunk.columns[index].value($0, as: field.type) }
    }
    for (row, value) in values.enumerated() {
      let cell = Cell(value)
      if !cell.agrees(with: table.rows[row][index]) {
        return "row \(row + 1), `\(field.label)`: \(cell) instead of \(table.rows[row][index])"
      }
    }
  }
  return nil
}

extension Cell {
  init(_ value: Value) {
    self =
      switch value {
      case .missing: .missing
      case .integer(let value): .integer(value)
      case .real(let value): .real(value)
      case .text(let text): .text(text)
      case .boolean(let truth): .boolean(truth)
      case .date(let date): .date(date.days)
      case .period(let period): Cell(period: period.description)
      case .duration(let count, .days): .days(count)
      case .duration(let count, .months): .months(count)
      case .ratio(let ratio):
        .ratio(
          ReferenceRatio(
            numerator: ratio.numerator, denominator: ratio.denominator, reported: ratio.reported,
            expected: ratio.expected))
      }
  }

  /// The same value, reals within what rounding may do.
  func agrees(with other: Cell) -> Bool {
    switch (self, other) {
    case (.real(let a), .real(let b)): Self.areClose(a, b)
    case (.ratio(let a), .ratio(let b)) where a.value != nil && b.value != nil:
      Self.areClose(a.numerator, b.numerator) && Self.areClose(a.denominator, b.denominator)
        && a.reported == b.reported && a.expected == b.expected
    default: isSame(as: other)
    }
  }

  private static func areClose(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-12 * max(abs(a), abs(b)) }
}

extension ReferenceTable {
  /// For messages.
  var text: String {
    var lines = [columns.map(\.name).joined(separator: ",")]
    for row in rows { lines.append(row.map { $0.asText ?? "" }.joined(separator: ",")) }
    return lines.joined(separator: "\n") + "\n"
  }
}
