import BilanColumnar
import BilanDiagnostics
import BilanFunctions

/// Keeps the rows for which a condition is true.
///
/// A condition becomes a bitmap, the bitmap a selection vector, and each column that is read later is gathered by it;
/// where all rows stay, nothing is copied. Of conditions joined by `and` the cheapest comes first, and once few rows are
/// left the others look at those alone. Two bounds of one column are looked at together.
///
/// Of a chunk of a table in memory the bounds of numbers and days are found once; where they show that no row can pass,
/// a later filter is done with it.
struct Filter: ChunkOperator {
  private var conditions: [Condition]
  private let skipping: [ColumnCondition]
  private let columnCount: Int
  private let reads: [Bool]?
  private let evaluator: ExpressionEvaluator

  private struct Condition: Sendable {
    enum Test: Sendable {
      case expression(PhysicalExpression)
      case range(ColumnRange)
      case reduction(KeyReduction)
    }

    var test: Test
    var isRead: [Bool]

    /// One row in how many must be left for picking them to cost less than a look at all: a range is looked at many
    /// values at a time.
    var sparseness: Int { if case .range = test { 32 } else { 8 } }

    func count(dropped: Int, _ tally: inout Tally) {
      if case .reduction(let reduction) = test { reduction.count(dropped: dropped, &tally) }
    }
  }

  /// - Parameters:
  ///   - skipping: what rows for which the condition is true have in some columns.
  ///   - reads: which columns are read later; nil for all.
  init(
    condition: PhysicalExpression, skipping: [ColumnCondition], columnCount: Int, reads: [Bool]?,
    evaluator: ExpressionEvaluator
  ) {
    let parts = condition.conjuncts
    // What cannot fail and leaves no note may be tried in any order.
    let isFree = parts.allSatisfy { $0.comparisonCost != nil }
    let ordered = isFree ? parts.sorted { ($0.comparisonCost ?? 0) < ($1.comparisonCost ?? 0) } : parts
    var conditions: [Condition] = []
    for part in ordered {
      let range = ColumnRange(part)
      if isFree, let range {
        let known = conditions.firstIndex {
          if case .range(let other) = $0.test { other.column == range.column } else { false }
        }
        if let known, case .range(let other) = conditions[known].test, let both = other.intersection(range) {
          conditions[known].test = .range(both)
          continue
        }
      }
      var isRead = [Bool](repeating: false, count: columnCount)
      part.markColumns(&isRead)
      conditions.append(Condition(test: range.map { .range($0) } ?? .expression(part), isRead: isRead))
    }
    self.conditions = conditions
    self.skipping = skipping
    self.columnCount = columnCount
    self.reads = reads
    self.evaluator = evaluator
  }

  /// The same filter, which drops what a join behind it would drop.
  func reduced(by reduction: KeyReduction) -> Filter {
    var filter = self
    var isRead = [Bool](repeating: false, count: columnCount)
    isRead[reduction.column] = true
    filter.conditions.append(Condition(test: .reduction(reduction), isRead: isRead))
    return filter
  }

  func process(_ chunk: Chunk, _ tally: inout Tally) throws(QueryError) -> Chunk {
    guard let first = conditions.first else { return chunk }
    if !skipping.isEmpty {
      tally.parts.all += 1
      if skipping.contains(where: { !$0.mayHold(within: chunk.columns[$0.column].knownBounds) }) {
        tally.parts.skipped += 1
        return chunk.slice(0..<0)
      }
    }
    var passing = try rows(for: first, chunk, &tally)
    var selection: [Int32]?
    for condition in conditions.dropFirst() {
      if selection == nil, passing.onesCount * condition.sparseness <= chunk.count { selection = passing.selection }
      guard let left = selection else {
        let left = passing.and(try rows(for: condition, chunk, &tally))
        condition.count(dropped: passing.onesCount - left.onesCount, &tally)
        passing = left
        continue
      }
      if left.isEmpty { break }
      let found = try rows(for: condition, chunk.gather(left, condition.isRead), &tally)
      condition.count(dropped: left.count - found.onesCount, &tally)
      selection = found.allOnes ? left : found.selection.map { left[Int($0)] }
    }
    if let selection { return chunk.gather(selection, reads) }
    return chunk.filter(passing, reads)
  }

  private func rows(
    for condition: Condition, _ chunk: Chunk, _ tally: inout Tally
  ) throws(QueryError) -> Bitmap {
    switch condition.test {
    case .expression(let expression): return try evaluator.condition(expression, chunk, &tally)
    case .range(let range): return range.rows(of: chunk)
    case .reduction(let reduction): return reduction.survivors(chunk)
    }
  }
}

/// Numbers or days between which a column's values must lie.
private struct ColumnRange: Sendable {
  enum Bounds: Sendable {
    case integers(ClosedRange<Int64>)
    case reals(ClosedRange<Double>)
  }

  let column: Int
  var bounds: Bounds

  /// - Returns: nil for what is no comparison of a column's numbers or days with a constant of their own type, or asks
  ///   for a value that none can have.
  init?(_ expression: PhysicalExpression) {
    guard case .call(let call) = expression.kind, call.arguments.count == 2, call.types.count == 2,
      call.types[0] == call.types[1], let comparison = Comparison(symbol: call.name)
    else { return nil }
    switch (call.arguments[0].kind, call.arguments[1].kind) {
    case (.column(let index), .constant(let value)):
      self.init(index, comparison, value, call.types[0])
    case (.constant(let value), .column(let index)):
      self.init(index, comparison.mirrored, value, call.types[0])
    default: return nil
    }
  }

  private init?(_ index: Int, _ comparison: Comparison, _ value: Value, _ type: DataType) {
    column = index
    switch (type, value) {
    case (.integer, _), (.date, _), (.duration, _):
      guard let value = value.storedInteger else { return nil }
      switch comparison {
      case .equal: bounds = .integers(value...value)
      case .less where value > .min: bounds = .integers(.min...(value - 1))
      case .lessOrEqual: bounds = .integers(.min...value)
      case .greater where value < .max: bounds = .integers((value + 1)...(.max))
      case .greaterOrEqual: bounds = .integers(value...(.max))
      case .notEqual, .less, .greater: return nil
      }
    case (.real, .real(let value)):
      guard let range = comparison.reals(value) else { return nil }
      bounds = .reals(range)
    default: return nil
    }
  }

  /// What both allow; nil where that is nothing.
  func intersection(_ other: ColumnRange) -> ColumnRange? {
    var result = self
    switch (bounds, other.bounds) {
    case (.integers(let own), .integers(let theirs)) where own.overlaps(theirs):
      result.bounds = .integers(own.clamped(to: theirs))
    case (.reals(let own), .reals(let theirs)) where own.overlaps(theirs):
      result.bounds = .reals(own.clamped(to: theirs))
    default: return nil
    }
    return result
  }

  func rows(of chunk: Chunk) -> Bitmap {
    switch (bounds, chunk.columns[column]) {
    case (.integers(let range), .integer(let column)): ComparisonKernels.isWithin(column, range)
    case (.reals(let range), .real(let column)): ComparisonKernels.isWithin(column, range)
    default: preconditionFailure("a column keeps to its type")
    }
  }
}

extension PhysicalExpression {
  /// The conditions that it joins by `and`, in order.
  fileprivate var conjuncts: [PhysicalExpression] {
    guard case .call(let call) = kind, call.name == "and", call.arguments.count == 2 else { return [self] }
    return call.arguments[0].conjuncts + call.arguments[1].conjuncts
  }

  /// Bytes or so that a comparison of a column with a constant looks at in a row; nil for any other condition.
  fileprivate var comparisonCost: Int? {
    guard case .call(let call) = kind, Comparison(symbol: call.name) != nil, call.arguments.count == 2 else {
      return nil
    }
    var cost = 0
    for argument in call.arguments {
      switch argument.kind {
      case .constant: continue
      case .column: cost += argument.type.columnKind == .real ? 8 : argument.type.columnKind == .text ? 4 : 2
      case .call, .membership, .dictionary: return nil
      }
    }
    return cost
  }
}
