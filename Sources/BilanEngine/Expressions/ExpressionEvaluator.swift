import BilanColumnar
import BilanDiagnostics
import BilanFunctions

/// Works out expressions over whole chunks: one kernel call a node and chunk, none a row.
struct ExpressionEvaluator: Sendable {
  var today: CalendarDate
  var fiscalYearStart: Int

  /// The value of `expression` on every row; constants stay single values.
  func evaluate(
    _ expression: PhysicalExpression, _ chunk: Chunk, _ tally: inout Tally
  ) throws(QueryError) -> Operand {
    switch expression.kind {
    case .column(let index): return .column(chunk.columns[index])
    case .constant(let value): return .constant(value)
    case .membership(let element, let set):
      let column = try column(element, as: element.type, chunk, &tally)
      return .column(.boolean(BooleanColumn(set.contains(column))))
    case .dictionary(let call):
      let context = KernelContext(rowCount: chunk.count, today: today, fiscalYearStart: fiscalYearStart)
      if let column = call.evaluate(chunk, context) { return .column(column) }
      return try evaluate(call.call, at: expression.span, chunk, &tally)
    case .call(let call): return try evaluate(call, at: expression.span, chunk, &tally)
    }
  }

  private func evaluate(
    _ call: PhysicalCall, at span: Span?, _ chunk: Chunk, _ tally: inout Tally
  ) throws(QueryError) -> Operand {
    var arguments: [Operand] = []
    arguments.reserveCapacity(call.arguments.count)
    for (place, argument) in call.arguments.enumerated() {
      if place > 0, case .call = argument.kind, Self.choosing.contains(call.name) {
        arguments.append(
          try branch(argument, chunk, &tally) { Self.taken(by: place, of: call, arguments, chunk.count) })
      } else {
        arguments.append(try evaluate(argument, chunk, &tally))
      }
    }
    if let counter = call.conditionCounter {
      tally.counts[counter] += Self.truth(arguments[1], count: chunk.count).onesCount
    }
    let context = KernelContext(rowCount: chunk.count, today: today, fiscalYearStart: fiscalYearStart)
    do {
      return .column(try call.kernel(arguments, call.types, context))
    } catch {
      throw QueryError(error.diagnostic(text: call.name, at: span))
    }
  }

  /// An argument that may count on some rows only: what does not fit in 64 bits on another row is then no error, and what is
  /// missing there is not said.
  ///
  /// - Parameter taken: the rows on which it counts; nil where those are all.
  private func branch(
    _ expression: PhysicalExpression, _ chunk: Chunk, _ tally: inout Tally, taken: () -> Bitmap?
  ) throws(QueryError) -> Operand {
    if expression.countsConditions {
      guard let taken = taken(), taken.onesCount < chunk.count else { return try evaluate(expression, chunk, &tally) }
      return try evaluate(expression, on: taken.selection, of: chunk, &tally)
    }
    let before = tally
    do {
      return try evaluate(expression, chunk, &tally)
    } catch {
      guard error.diagnostics.first?.code == .overflow, let taken = taken(), taken.onesCount < chunk.count else {
        throw error
      }
      tally = before
      return try evaluate(expression, on: taken.selection, of: chunk, &tally)
    }
  }

  /// The value on some rows, missing on the others.
  private func evaluate(
    _ expression: PhysicalExpression, on rows: [Int32], of chunk: Chunk, _ tally: inout Tally
  ) throws(QueryError) -> Operand {
    let part = chunk.gather(rows)
    let column = try evaluate(expression, part, &tally).column(count: rows.count, type: expression.type)
    var places = [Int32](repeating: -1, count: chunk.count)
    for (place, row) in rows.enumerated() { places[Int(row)] = Int32(place) }
    return .column(column.gatherOrMissing(places))
  }

  /// What looks at some arguments on some rows only.
  private static let choosing: Set<String> = ["select", "and", "or", "??"]

  /// The rows on which the argument at `place` counts, by the ones before it; nil where those are all.
  private static func taken(by place: Int, of call: PhysicalCall, _ before: [Operand], _ count: Int) -> Bitmap? {
    switch (call.name, place) {
    case ("select", 1), ("and", 1): truth(before[0], count: count)
    case ("select", 2), ("or", 1): truth(before[0], count: count).inverted
    case ("??", 1):
      switch before[0] {
      case .constant(let value): Bitmap(repeating: value == .missing, count: count)
      case .column(let column): column.validity?.inverted ?? Bitmap(repeating: false, count: count)
      }
    default: nil
    }
  }

  /// The value on every row as a column of `type`, which a bare `missing` takes.
  func column(
    _ expression: PhysicalExpression, as type: DataType, _ chunk: Chunk, _ tally: inout Tally
  ) throws(QueryError) -> Column {
    let column = try evaluate(expression, chunk, &tally).column(count: chunk.count, type: type)
    return expression.type == .missing && column.kind != type.columnKind
      ? .missing(type.columnKind, count: chunk.count) : column
  }

  /// The rows for which a condition is true; missing counts as false.
  func condition(
    _ expression: PhysicalExpression, _ chunk: Chunk, _ tally: inout Tally
  ) throws(QueryError) -> Bitmap {
    Self.truth(try evaluate(expression, chunk, &tally), count: chunk.count)
  }

  private static func truth(_ operand: Operand, count: Int) -> Bitmap {
    switch operand {
    case .constant(let value): return Bitmap(repeating: value == .boolean(true), count: count)
    case .column(.boolean(let column)):
      guard let validity = column.validity else { return column.values }
      return column.values.and(validity)
    case .column: return Bitmap(repeating: false, count: count)
    }
  }
}

extension KernelError {
  /// What the user reads: the expression as written, or `text` where it has no place in a query.
  func diagnostic(text: String, at span: Span?) -> Diagnostic {
    let text = span.map { CodeText.oneLine($0.text) } ?? text
    switch self {
    case .overflow:
      return .error(
        .overflow,
        Localized(
          "`\(text)`: the result does not fit in 64 bits",
          fr: "`\(text)` : le résultat ne tient pas dans 64 bits"), at: span)
    case .invalidPattern(let pattern, let reason, let french):
      return .error(
        .invalidPattern,
        Localized(
          "`\(pattern)` is not a regular expression: \(reason)",
          fr: "`\(pattern)` n’est pas une expression régulière : \(french)"), at: span)
    case .invalidArgument(let english, let french):
      return .error(.typeMismatch, Localized("`\(text)`: \(english)", fr: "`\(text)` : \(french)"), at: span)
    }
  }
}

/// A piece of a query as messages quote it.
enum CodeText {
  /// White space, line breaks included, becomes single spaces.
  static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).map(String.init).joined(separator: " ")
  }
}
