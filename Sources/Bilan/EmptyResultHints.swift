import BilanColumnar
import BilanDiagnostics
import BilanPlan

/// Why nothing was found: values asked for that their column does not hold.
///
/// A column name misspelt is an error before anything runs; a value misspelt can only be seen in the data. Where a result
/// is empty, or the total of nothing, each `column = value` and `column in [values]` on a table is looked at again.
struct EmptyResultHints {
  private(set) var notes: [Diagnostic] = []

  init(_ plan: LogicalPlan) { look(at: plan) }

  private mutating func look(at plan: LogicalPlan) {
    if case .scan(let node) = plan, let predicate = node.predicate { look(at: predicate, node) }
    for input in plan.inputs { look(at: input) }
  }

  private mutating func look(at condition: Expression, _ scan: ScanNode) {
    guard case .call(let call) = condition.kind else { return }
    switch call.name {
    case "and": for argument in call.arguments { look(at: argument, scan) }
    case "=", "in":
      guard case .column(let position)? = call.arguments.first?.kind else { return }
      let wanted = call.arguments.dropFirst().compactMap(\.constantValue)
      guard wanted.count == call.arguments.count - 1 else { return }
      let index = scan.columns[position]
      let field = scan.source.schema[index]
      guard field.type == .period || field.type == .text && !field.isSensitive else { return }
      // The parts of a file that may hold a text are enough to see that it is there.
      let conditions = scan.skipping.filter { $0.column == position }.map { condition in
        ColumnCondition(column: 0, condition.values, acceptsMissing: condition.acceptsMissing)
      }
      if field.type == .text, !conditions.isEmpty,
        let part = try? scan.source.read(columns: [index], where: conditions, isCancelled: { false }),
        Self.areHeld(wanted, part.chunks.map { $0.columns[0] })
      {
        return
      }
      guard let chunks = try? scan.source.read(columns: [index], isCancelled: { false }) else { return }
      let columns = chunks.map { $0.columns[0] }
      if field.type == .period { comparePeriods(wanted, field, columns) } else { compareTexts(wanted, field, columns) }
    default: break
    }
  }

  /// Whether each of the texts is some row's.
  private static func areHeld(_ wanted: [Value], _ columns: [Column]) -> Bool {
    wanted.allSatisfy { value in
      guard case .text(let text) = value else { return true }
      return columns.contains { column in
        guard case .text(let texts) = column else { return false }
        return !TextKernels.compare(texts, .equal, text).isEmptyOfOnes
      }
    }
  }

  private mutating func compareTexts(_ wanted: [Value], _ field: Field, _ columns: [Column]) {
    guard let held = try? ColumnSurvey(columns, field: field).frequentTexts else { return }
    let known = Set(held)
    for case .text(let text) in wanted where !known.contains(text) {
      let folded = TextFolding.fold(text)
      var near = held.filter { TextFolding.fold($0) == folded }
      if near.isEmpty {
        near = Suggestions.near(text, among: held, fold: TextFolding.fold, limit: 2)
      }
      if near.isEmpty, folded.count >= 3 { near = held.filter { TextFolding.fold($0).contains(folded) } }
      let proposals = near.prefix(2).map { "`\"\($0)\"`" }
      let english = proposals.isEmpty ? "" : "; did you mean \(proposals.joined(separator: " or "))?"
      let french = proposals.isEmpty ? "" : " ; vouliez-vous dire \(proposals.joined(separator: " ou ")) ?"
      notes.append(
        .note(
          .noSuchValue,
          Localized(
            "no `\(field.label)` is `\"\(text)\"`" + english,
            fr: "aucune valeur de `\(field.label)` n’est `\"\(text)\"`" + french)))
    }
  }

  private mutating func comparePeriods(_ wanted: [Value], _ field: Field, _ columns: [Column]) {
    for case .period(let period) in wanted {
      let held = Set(columns.flatMap { Self.periods($0) })
      guard !held.contains(period), held.contains(where: period.contains) else { continue }
      notes.append(
        .note(
          .noSuchValue,
          Localized(
            "no `\(field.label)` is `\(period.description)` itself; write `in \(period.description)` for those within it",
            fr:
              "aucune valeur de `\(field.label)` n’est `\(period.description)` même ; écrire `in \(period.description)` pour celles qu’elle contient"
          )))
    }
  }

  private static func periods(_ column: Column) -> Set<Period> {
    guard case .integer(let codes) = column else { return [] }
    var distinct: Set<Int64> = []
    for row in 0..<codes.count where codes.validity?[row] ?? true { distinct.insert(codes[row]) }
    return Set(distinct.map { Period(encoded: Int($0)) })
  }
}
