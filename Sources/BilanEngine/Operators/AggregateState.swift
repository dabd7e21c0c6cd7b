import BilanColumnar
import BilanDiagnostics
import BilanFunctions

/// An aggregate ready to run.
struct PhysicalAggregate: Sendable {
  var name: String
  /// As notes quote it.
  var text: String
  var overload: AggregateOverload
  var arguments: [PhysicalExpression]
  var constants: [Value]
  var filter: PhysicalExpression?
  var nested: PhysicalNesting?
  var type: DataType
  var span: Span?
  /// Of `count_distinct`: whether it counts what the rows are grouped by.
  var countsKey = false
  /// Whether it only decides if a measure has a value.
  var isTest = false

  /// Whether it adds up reals and does nothing else with them.
  var isSumOfReals: Bool {
    (name == "sum" || name == "mean") && nested == nil && arguments.count == 1 && arguments[0].type == .real
  }

  /// Whether it takes the same rows and the same column as `other`.
  func readsTheSame(as other: PhysicalAggregate) -> Bool {
    guard filter == nil, other.filter == nil, nested == nil, other.nested == nil, arguments.count == 1,
      other.arguments.count == 1, case .column(let column) = arguments[0].kind,
      case .column(let theirs) = other.arguments[0].kind
    else { return false }
    return column == theirs
  }

  func makeAccumulator() -> any Accumulator {
    countsKey ? KeyCountAccumulator() : overload.makeAccumulator(arguments.map(\.type), constants)
  }
}

struct PhysicalNesting: Sendable {
  var keys: [(expression: PhysicalExpression, kind: ColumnKind)]
  var aggregates: [PhysicalAggregate]
}

/// The arguments of an aggregate over a chunk, and which rows take part.
struct AggregateInput {
  /// Compacted to the rows that pass the filter.
  var operands: [Operand]
  /// What is to be added up besides the operand, of a sum that is added up term by term.
  var furtherTerms: [RealColumn] = []
  /// The rows that pass; nil where all do.
  var selection: [Int32]?
  var rowCount: Int

  /// - Parameter isUngrouped: whether all rows are one group: terms of a sum are then best added up each by itself.
  init(
    _ aggregate: PhysicalAggregate, _ chunk: Chunk, isUngrouped: Bool = false, _ evaluator: ExpressionEvaluator,
    _ tally: inout Tally
  ) throws(QueryError) {
    var rows = chunk
    if let filter = aggregate.filter {
      let passing = try evaluator.condition(filter, chunk, &tally)
      if !passing.allOnes {
        let selection = passing.selection
        self.selection = selection
        rows = Self.gather(aggregate, chunk, selection)
      }
    }
    rowCount = rows.count
    operands = []
    for argument in aggregate.arguments {
      if rows.count == 0 {
        operands.append(.column(.missing(argument.type.columnKind, count: 0)))
      } else if isUngrouped, aggregate.isSumOfReals, let terms = try evaluator.wholeTerms(argument, rows, &tally) {
        operands.append(.column(.real(terms[0])))
        furtherTerms = Array(terms.dropFirst())
      } else if aggregate.isSumOfReals, let wholes = try evaluator.wholes(argument, rows, &tally) {
        operands.append(.column(.real(wholes)))
      } else {
        operands.append(try evaluator.evaluate(argument, rows, &tally))
      }
    }
  }

  /// The rows at `selection` of the columns that the arguments read; other columns stay, unread.
  private static func gather(_ aggregate: PhysicalAggregate, _ chunk: Chunk, _ selection: [Int32]) -> Chunk {
    var isRead = [Bool](repeating: false, count: chunk.columns.count)
    for argument in aggregate.arguments { argument.markColumns(&isRead) }
    var columns = chunk.columns
    for index in columns.indices where isRead[index] { columns[index] = columns[index].gather(selection) }
    return Chunk(columns: columns, count: selection.count)
  }

  /// The groups of the rows that take part.
  func groups(_ groups: Buffer<UInt32>) -> Buffer<UInt32> {
    guard let selection else { return groups }
    return groups.gather(selection)
  }
}

extension PhysicalExpression {
  /// Sets the flags of the columns it reads.
  func markColumns(_ isRead: inout [Bool]) {
    switch kind {
    case .column(let index): isRead[index] = true
    case .constant: break
    case .membership(let element, _): element.markColumns(&isRead)
    case .call(let call): for argument in call.arguments { argument.markColumns(&isRead) }
    case .dictionary(let call): for argument in call.call.arguments { argument.markColumns(&isRead) }
    }
  }
}

/// The accumulators of some aggregates over one numbering of groups.
///
/// A nested aggregate, `mean(achievement per indicator)`, has a grouping of its own inside:
///
///     row ─▶ outer group ─┐
///     row ─▶ inner keys ──┴▶ inner group ─▶ inner accumulators ──finish──▶ a row each ─▶ outer accumulator
///
/// Inner groups are kept until the end, as rows of one inner group may come in any chunk.
///
/// The rows of each group are counted once for all aggregates that see all of them; an aggregate with a filter, or over
/// inner groups, has a count of its own.
final class AggregateState {
  private let aggregates: [PhysicalAggregate]
  private var accumulators: [any Accumulator]
  /// For each aggregate the first one that gathers the same, which does so for both; most often itself.
  private let sources: [Int]
  private var nestings: [NestedState?]
  private var counts: [Int64] = []
  /// Sums that stand beside each other, and whose they are; nil before the first chunk.
  private var lanes: (sums: LaneSums, owners: [Int])?
  /// False once a chunk had something that lanes do not add up.
  private var mayUseLanes: Bool
  /// For each aggregate the rows that it has seen, where those are not all.
  private var ownCounts: [[Int64]?]

  /// - Parameter mayUseLanes: whether groups have so many rows that adding lanes up in the end costs little.
  init(_ aggregates: [PhysicalAggregate], mayUseLanes: Bool = true) {
    self.aggregates = aggregates
    self.mayUseLanes = mayUseLanes
    let accumulators = aggregates.map { $0.makeAccumulator() }
    self.accumulators = accumulators
    sources = aggregates.indices.map { index in
      (0..<index).first { earlier in
        aggregates[index].readsTheSame(as: aggregates[earlier])
          && accumulators[index].over(accumulators[earlier]) != nil
      } ?? index
    }
    nestings = aggregates.map { $0.nested.map(NestedState.init) }
    ownCounts = aggregates.map { $0.filter == nil && $0.nested == nil ? nil : [] }
  }

  /// The inputs of the aggregates over a chunk, to share between groupings; nil for nested ones.
  static func inputs(
    _ aggregates: [PhysicalAggregate], _ chunk: Chunk, isUngrouped: Bool = false, _ evaluator: ExpressionEvaluator,
    _ tally: inout Tally
  ) throws(QueryError) -> [AggregateInput?] {
    var inputs: [AggregateInput?] = []
    for aggregate in aggregates {
      inputs.append(
        aggregate.nested == nil
          ? try AggregateInput(aggregate, chunk, isUngrouped: isUngrouped, evaluator, &tally) : nil)
    }
    return inputs
  }

  func update(
    _ chunk: Chunk, inputs: [AggregateInput?], groups: Buffer<UInt32>, groupCount: Int,
    _ evaluator: ExpressionEvaluator, _ tally: inout Tally
  ) throws(QueryError) {
    let fed = addLanes(inputs, groups: groups, groupCount: groupCount)
    if fed.isEmpty { GroupCounts.add(groups, to: &counts, groupCount: groupCount) }
    for index in aggregates.indices where !fed.contains(index) && sources[index] == index {
      if let nesting = nestings[index] {
        try nesting.update(chunk, groups: groups, evaluator, &tally)
      } else if let input = inputs[index] {
        try feed(index, input, groups: groups, groupCount: groupCount)
      }
    }
  }

  // MARK: Sums beside each other

  /// The rows of each group.
  var rowCounts: [Int64] {
    settleLanes()
    return counts
  }

  /// Adds up what aggregates of plain sums take, together with the rows.
  ///
  /// - Returns: whose sums they are; none where the rows have to be counted and each aggregate fed by itself.
  private func addLanes(_ inputs: [AggregateInput?], groups: Buffer<UInt32>, groupCount: Int) -> [Int] {
    guard mayUseLanes, groupCount > 1 else { return [] }
    let owners = lanes?.owners ?? Array(aggregates.indices)
    var found: [(owner: Int, values: LaneValues)] = []
    for owner in owners where found.count < LaneSums.width {
      guard ownCounts[owner] == nil, nestings[owner] == nil, sources[owner] == owner, let input = inputs[owner],
        input.rowCount == groups.count,
        let values = accumulators[owner].laneValues(input.operands, rowCount: input.rowCount)
      else { continue }
      found.append((owner, values))
    }
    guard !found.isEmpty, lanes == nil || found.count == owners.count else {
      settleLanes()
      mayUseLanes = false
      return []
    }
    var sums = lanes?.sums ?? LaneSums(laneCount: found.count)
    lanes = nil
    sums.add(found.map(\.values), groups: groups, groupCount: groupCount)
    let fed = found.map(\.owner)
    lanes = (sums, fed)
    return fed
  }

  /// Hands the sums over to whom they belong.
  private func settleLanes() {
    guard var settled = lanes else { return }
    lanes = nil
    let totals = settled.sums.totals()
    GroupCounts.grow(&counts, to: totals.rows.count)
    for slot in totals.rows.indices { counts[slot] += totals.rows[slot] }
    for (owner, sums) in zip(settled.owners, totals.sums) { accumulators[owner].addLane(sums) }
  }

  private func feed(
    _ index: Int, _ input: AggregateInput, groups: Buffer<UInt32>, groupCount: Int
  ) throws(QueryError) {
    let accumulator = accumulators[index]
    accumulator.grow(to: groupCount)
    guard input.rowCount > 0 else { return }
    let groups = input.groups(groups)
    if var counts = ownCounts[index] {
      ownCounts[index] = []
      GroupCounts.add(groups, to: &counts, groupCount: groupCount)
      ownCounts[index] = counts
    }
    try located(index) { () throws(KernelError) in
      try accumulator.update(input.operands, groups: groups, rowCount: input.rowCount)
      for term in input.furtherTerms {
        try accumulator.update([.column(.real(term))], groups: groups, rowCount: input.rowCount)
      }
    }
  }

  /// - Parameter mapping: for each group of `later` its group here.
  func merge(_ later: AggregateState, mapping: [UInt32], groupCount: Int) throws(QueryError) {
    settleLanes()
    GroupCounts.merge(later.rowCounts, into: &counts, at: mapping, groupCount: groupCount)
    for index in aggregates.indices where sources[index] == index {
      if var counts = ownCounts[index], let theirs = later.ownCounts[index] {
        GroupCounts.merge(theirs, into: &counts, at: mapping, groupCount: groupCount)
        ownCounts[index] = counts
      }
      if let nesting = nestings[index], let laterNesting = later.nestings[index] {
        try nesting.merge(laterNesting, outerMapping: mapping)
        continue
      }
      let accumulator = accumulators[index]
      accumulator.grow(to: groupCount)
      later.accumulators[index].grow(to: mapping.count)
      try located(index) { () throws(KernelError) in
        try accumulator.merge(later.accumulators[index], groups: mapping)
      }
    }
  }

  /// Takes what some of the aggregates have gathered over other groups.
  ///
  /// - Parameters:
  ///   - places: which of these aggregates those of `parts` are.
  ///   - mapping: for each group of `parts` its group here.
  func take(
    _ parts: AggregateState, as places: [Int], mapping: [UInt32], groupCount: Int
  ) throws(QueryError) {
    GroupCounts.merge(parts.rowCounts, into: &counts, at: mapping, groupCount: groupCount)
    for (place, index) in places.enumerated() where sources[index] == index {
      let theirs = parts.accumulators[parts.sources[place]]
      accumulators[index].grow(to: groupCount)
      theirs.grow(to: mapping.count)
      try located(index) { () throws(KernelError) in try accumulators[index].merge(theirs, groups: mapping) }
    }
  }

  /// Feeds rows that stand for as many equal ones as `weights` say; the rows are counted elsewhere.
  func feed(
    _ index: Int, _ column: Column, weights: Buffer<Int64>, groups: Buffer<UInt32>, groupCount: Int
  ) throws(QueryError) {
    guard sources[index] == index else { return }
    accumulators[index].grow(to: groupCount)
    if groups.count > 0 { accumulators[index].update(column, weights: weights, groups: groups) }
  }

  /// One column an aggregate, one row a group.
  func finish(
    groupCount: Int, _ evaluator: ExpressionEvaluator, _ workers: Workers, _ tally: inout Tally
  ) throws(QueryError) -> [Column] {
    var columns: [Column] = []
    settleLanes()
    GroupCounts.grow(&counts, to: groupCount)
    for index in aggregates.indices {
      if let nesting = nestings[index] {
        let (rows, outerGroups) = try nesting.finish(evaluator, workers, &tally)
        if rows.count > 0 {
          let input = try AggregateInput(aggregates[index], rows, evaluator, &tally)
          try feed(index, input, groups: outerGroups, groupCount: groupCount)
        }
      }
      let accumulator = accumulator(index)
      accumulator.grow(to: groupCount)
      var own = ownCounts[index] ?? counts
      GroupCounts.grow(&own, to: groupCount)
      columns.append(
        try located(index) { () throws(KernelError) in try accumulator.finish(rowCounts: own, workers: workers) })
    }
    return columns
  }

  /// The accumulator of an aggregate, which another one may have filled.
  private func accumulator(_ index: Int) -> any Accumulator {
    let own = accumulators[index]
    return sources[index] == index ? own : own.over(accumulators[sources[index]]) ?? own
  }

  /// For each aggregate how many values it left out.
  var skippedCounts: [Int] { sources.map { accumulators[$0].skippedCount } }

  /// What the aggregates left out, inner ones first.
  var notes: [Diagnostic] {
    zip(aggregates.indices, skippedCounts).flatMap { index, count in
      (nestings[index]?.notes ?? []) + [AggregateNotes.skipped(aggregates[index], count: count)].compactMap(\.self)
    }
  }

  private func located<Result>(
    _ index: Int, _ body: () throws(KernelError) -> Result
  ) throws(QueryError) -> Result {
    do {
      return try body()
    } catch {
      throw QueryError(error.diagnostic(text: aggregates[index].text, at: aggregates[index].span))
    }
  }
}

/// How many rows each group has.
enum GroupCounts {
  static func grow(_ counts: inout [Int64], to groupCount: Int) {
    if counts.count < groupCount {
      counts.append(contentsOf: repeatElement(0, count: groupCount - counts.count))
    }
  }

  static func add(_ groups: Buffer<UInt32>, to counts: inout [Int64], groupCount: Int) {
    grow(&counts, to: groupCount)
    if groupCount == 1 {
      counts[0] += Int64(groups.count)
      return
    }
    var slots = counts.mutableSpan
    let groups = groups.span
    for row in groups.indices { slots[Int(groups[row])] &+= 1 }
  }

  static func merge(_ later: [Int64], into counts: inout [Int64], at mapping: [UInt32], groupCount: Int) {
    grow(&counts, to: groupCount)
    for slot in later.indices where later[slot] != 0 { counts[Int(mapping[slot])] += later[slot] }
  }
}

/// The inner grouping of a nested aggregate: by the outer group, then the inner keys.
final class NestedState {
  private let nesting: PhysicalNesting
  private var grouper: Grouper
  private let state: AggregateState

  init(_ nesting: PhysicalNesting) {
    self.nesting = nesting
    grouper = Grouper([.integer] + nesting.keys.map(\.kind))
    state = AggregateState(nesting.aggregates)
  }

  func update(
    _ chunk: Chunk, groups: Buffer<UInt32>, _ evaluator: ExpressionEvaluator, _ tally: inout Tally
  ) throws(QueryError) {
    var keys = [Column.integer(IntegerColumn(groups.asIntegers))]
    for key in nesting.keys {
      keys.append(try evaluator.column(key.expression, as: key.expression.type, chunk, &tally))
    }
    let inner = Buffer(grouper.assign(keys, rowCount: chunk.count))
    let inputs = try AggregateState.inputs(nesting.aggregates, chunk, evaluator, &tally)
    try state.update(chunk, inputs: inputs, groups: inner, groupCount: grouper.count, evaluator, &tally)
  }

  func merge(_ later: NestedState, outerMapping: [UInt32]) throws(QueryError) {
    var keys = later.grouper.keyColumns()
    guard case .integer(let outer) = keys[0] else { preconditionFailure("the outer group is an integer") }
    let groups = outer.values
    let mapped = groups.array.map { Int64(outerMapping[Int($0)]) }
    keys[0] = .integer(IntegerColumn(Buffer(mapped)))
    let mapping = grouper.assign(keys, rowCount: later.grouper.count)
    try state.merge(later.state, mapping: mapping, groupCount: grouper.count)
  }

  /// One row an inner group, with its outer group; inner groups in order of appearance.
  func finish(
    _ evaluator: ExpressionEvaluator, _ workers: Workers, _ tally: inout Tally
  ) throws(QueryError) -> (rows: Chunk, outerGroups: Buffer<UInt32>) {
    let columns = try state.finish(groupCount: grouper.count, evaluator, workers, &tally)
    guard case .integer(let outer) = grouper.keyColumns()[0] else {
      preconditionFailure("the outer group is an integer")
    }
    let groups = Buffer(outer.values.array.map { UInt32($0) })
    return (Chunk(columns: columns, count: grouper.count), groups)
  }

  var notes: [Diagnostic] { state.notes }
}
