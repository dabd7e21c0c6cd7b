import BilanColumnar
import BilanDiagnostics

/// One row a group where groups are nearly as many as rows.
///
/// A hash table then has an entry for almost every row, far from the cache, each worker builds one, and all their groups
/// are sorted in the end. Here the rows are sorted by their keys, packed into words: neighbours are groups, in the order
/// that is asked for, and workers take stretches of whole groups that nobody else has a part of. Rows that stand in that
/// order already, as exports often do, are taken as they stand, however few the groups are.
enum SortedAggregate {
  /// A table with fewer rows is not worth it.
  private static let leastRows = 1 << 17
  /// Rows looked at to guess how many groups there are.
  private static let sampleRows = 1 << 14

  /// The groups as `HashAggregate` gives them, and what was left out; nil where hashing is the better way.
  static func groups(
    _ plan: PhysicalAggregation, _ chunks: [Chunk], schema: Schema, _ evaluator: ExpressionEvaluator,
    _ workers: Workers, _ memory: MemoryBudget?, isCancelled: @escaping @Sendable () -> Bool, _ tally: inout Tally
  ) throws(QueryError) -> (chunks: [Chunk], notes: [Diagnostic])? {
    let rowCount = chunks.reduce(0) { $0 + $1.count }
    guard rowCount >= leastRows, rowCount < Int(Int32.max), plan.groupings.count == 1, !plan.keys.isEmpty,
      plan.aggregates.allSatisfy({ $0.nested == nil }), let first = chunks.first(where: { $0.count > 0 })
    else { return nil }
    // Keys that count something would count the sample too.
    guard plan.keys.allSatisfy({ !$0.expression.countsSomething }),
      plan.aggregates.allSatisfy({ aggregate in
        aggregate.arguments.allSatisfy { !$0.countsSomething } && !(aggregate.filter?.countsSomething ?? false)
      })
    else { return nil }
    let sample = try keys(plan, first.slice(0..<min(sampleRows, first.count)), evaluator, &tally)
    // A slot for each combination of keys is better still, as long as rows share them.
    if DirectKeys(sample, slotLimit: rowCount / 8) != nil { return nil }
    let packedSample = PackedKeys(sample.map { (columns: [$0], isDescending: false) })
    let seemsSorted = packedSample.map { isAscending($0.words(sample, rowCount: sample[0].count)) } ?? false
    guard seemsSorted || hasManyGroups(plan, sample) else { return nil }

    let parts = chunks.filter { $0.count > 0 }
    let empty = tally
    var keys: [[Column]] = []
    for columns in try results(
      workers.run(parts.count) { part -> Result<[Column], QueryError> in
        var tally = empty
        return Result { () throws(QueryError) in try self.keys(plan, parts[part], evaluator, &tally) }
      })
    {
      keys.append(columns)
    }
    guard
      let packed = PackedKeys(plan.keys.indices.map { key in (columns: keys.map { $0[key] }, isDescending: false) })
    else { return nil }
    if isCancelled() { throw .cancelled }
    try memory?.demand(8 * rowCount)
    let words = self.words(packed, keys, parts, rowCount: rowCount, workers)
    let rows: KeyedRows
    if seemsSorted, isAscending(words, workers) {
      rows = KeyedRows(words, standing: parts)
    } else if !seemsSorted || hasManyGroups(plan, sample) {
      // Words and row numbers twice while they are dealt out, and what the aggregates read.
      try memory?.demand(24 * rowCount + chunks.reduce(0) { $0 + $1.byteCount })
      let order = WordOrder(words, bitCount: packed.bitCount, workers: workers)
      if isCancelled() { throw .cancelled }
      rows = KeyedRows(order, of: read(plan, parts, schema: schema))
    } else {
      return nil
    }
    if isCancelled() { throw .cancelled }

    let stretches = stretches(rows.words, workers)
    let outcomes = try results(
      workers.run(stretches.count) { number -> Result<(Chunk, [Int]), QueryError> in
        if isCancelled() { return .failure(.cancelled) }
        return Result { () throws(QueryError) in
          try groups(plan, rows, packed, stretches[number], evaluator, empty)
        }
      })
    var skipped = [Int](repeating: 0, count: plan.aggregates.count)
    for (_, counts) in outcomes { for index in counts.indices { skipped[index] += counts[index] } }
    let notes = plan.aggregates.indices.compactMap { AggregateNotes.skipped(plan.aggregates[$0], count: skipped[$0]) }
    return (outcomes.map(\.0), notes)
  }

  private static func results<Value>(_ results: [Result<Value, QueryError>]) throws(QueryError) -> [Value] {
    var values: [Value] = []
    for result in results { values.append(try result.get()) }
    return values
  }

  private static func keys(
    _ plan: PhysicalAggregation, _ chunk: Chunk, _ evaluator: ExpressionEvaluator, _ tally: inout Tally
  ) throws(QueryError) -> [Column] {
    var keys: [Column] = []
    for key in plan.keys { keys.append(try evaluator.column(key.expression, as: key.field.type, chunk, &tally)) }
    return keys
  }

  /// True where half of the first rows have keys of their own.
  private static func hasManyGroups(_ plan: PhysicalAggregation, _ sample: [Column]) -> Bool {
    let rowCount = sample[0].count
    var grouper = Grouper(plan.keys.map(\.field.type.columnKind))
    _ = grouper.assign(sample, rowCount: rowCount)
    return grouper.count * 2 > rowCount
  }

  private static func isAscending(_ words: Buffer<UInt64>, _ workers: Workers = .one) -> Bool {
    let shares = workers.ranges(of: words.count, least: 1 << 14)
    return workers.run(shares.count) { share in
      let source = words.span
      var place = max(1, shares[share].lowerBound)
      while place < shares[share].upperBound {
        if source[place &- 1] > source[place] { return false }
        place &+= 1
      }
      return true
    }.allSatisfy { $0 }
  }

  private static func words(
    _ packed: PackedKeys, _ keys: [[Column]], _ chunks: [Chunk], rowCount: Int, _ workers: Workers
  ) -> Buffer<UInt64> {
    var starts: [Int] = []
    var next = 0
    for chunk in chunks {
      starts.append(next)
      next += chunk.count
    }
    let places = starts
    return Buffer(
      count: rowCount,
      workersFill: { words in
        _ = workers.run(chunks.count) { number in
          words.put(packed.words(keys[number], rowCount: chunks[number].count), at: places[number])
        }
      })
  }

  /// The columns that arguments and filters read, as one chunk; in the place of others nothing that is looked at.
  private static func read(_ plan: PhysicalAggregation, _ chunks: [Chunk], schema: Schema) -> Chunk {
    var isRead = [Bool](repeating: false, count: schema.count)
    for aggregate in plan.aggregates {
      for argument in aggregate.arguments { argument.markColumns(&isRead) }
      aggregate.filter?.markColumns(&isRead)
    }
    let columns = schema.fields.indices.map { index in
      isRead[index]
        ? Column.concatenate(chunks.map { $0.columns[index] }, kind: schema[index].type.columnKind)
        : .missing(schema[index].type.columnKind, count: 0)
    }
    return Chunk(columns: columns, count: chunks.reduce(0) { $0 + $1.count })
  }

  /// Ranges of places that end where a group does.
  private static func stretches(_ words: Buffer<UInt64>, _ workers: Workers) -> [Range<Int>] {
    let size = max(1 << 14, words.count / (workers.count * 8))
    let words = words.span
    var stretches: [Range<Int>] = []
    var start = 0
    while start < words.count {
      var end = min(start + size, words.count)
      while end < words.count, words[end] == words[end - 1] { end += 1 }
      stretches.append(start..<end)
      start = end
    }
    return stretches
  }

  private static func groups(
    _ plan: PhysicalAggregation, _ rows: KeyedRows, _ packed: PackedKeys, _ stretch: Range<Int>,
    _ evaluator: ExpressionEvaluator, _ empty: Tally
  ) throws(QueryError) -> (Chunk, [Int]) {
    let (heads, numbers) = runs(rows.words.slice(stretch))
    let headCount = heads.count
    let state = AggregateState(plan.aggregates, mayUseLanes: headCount < numbers.count / 4)
    var tally = empty
    var start = 0
    while start < numbers.count {
      let chunk = rows.chunk(from: stretch.lowerBound + start, limit: min(1 << 14, numbers.count - start))
      let inputs = try AggregateState.inputs(plan.aggregates, chunk, evaluator, &tally)
      try state.update(
        chunk, inputs: inputs, groups: numbers.slice(start..<start + chunk.count), groupCount: headCount, evaluator,
        &tally)
      start += chunk.count
    }
    let values = try state.finish(groupCount: headCount, evaluator, .one, &tally)
    return (Chunk(columns: packed.columns(of: heads) + values, count: headCount), state.skippedCounts)
  }

  /// The words that differ from those before them, and for each word which of these it is.
  private static func runs(_ words: Buffer<UInt64>) -> (heads: Buffer<UInt64>, numbers: Buffer<UInt32>) {
    var heads = [UInt64](repeating: 0, count: words.count)
    var numbers = [UInt32](repeating: 0, count: words.count)
    var last = 0
    do {
      let source = words.span
      var heads = heads.mutableSpan
      var numbers = numbers.mutableSpan
      heads[0] = source[0]
      for place in source.indices {
        let word = source[place]
        // Written again and again in a run: nothing has to be guessed.
        last &+= word == heads[last] ? 0 : 1
        heads[last] = word
        numbers[place] = UInt32(truncatingIfNeeded: last)
      }
    }
    return (Buffer(heads).slice(0..<last + 1), Buffer(numbers))
  }
}

extension PhysicalExpression {
  /// True where working it out leaves something for notes.
  var countsSomething: Bool {
    switch kind {
    case .column, .constant, .dictionary: false
    case .membership(let element, _): element.countsSomething
    case .call(let call): call.conditionCounter != nil || call.arguments.contains(where: \.countsSomething)
    }
  }
}
