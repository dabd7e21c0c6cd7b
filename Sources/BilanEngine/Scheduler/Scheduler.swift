import BilanColumnar
import BilanDiagnostics

/// Hands out morsels, waits for all it has handed out, and puts the results together in their order.
///
/// Morsels are numbered by their rows. A *run* is a few neighbouring morsels that one worker takes through the steps
/// into a sink of its own; the sinks are merged in the order of runs, so the answer is that of a single worker. Of
/// several errors the one of the earliest run is thrown.
struct Scheduler: Sendable {
  let workers: Workers
  let isCancelled: @Sendable () -> Bool
  var memory: MemoryBudget?
  var clock: (@Sendable () -> UInt64)?

  /// Takes `morsels` through `operators` into sinks, and merges them.
  ///
  /// - Parameter mayStopEarly: whether morsels may be left out once the sink is satisfied.
  func run<S: Sink>(
    _ morsels: Morsels, through operators: [any StreamingOperator], tally: Tally, mayStopEarly: Bool,
    into makeSink: @Sendable () -> S
  ) throws(QueryError) -> (sink: S, tally: Tally) {
    let canStopEarly = mayStopEarly && S.canBeSatisfied
    let sink = makeSink()
    var total = tally
    if workers.count == 1 || morsels.count < 2 {
      let reader = morsels.makeReader()
      for number in 0..<morsels.count {
        try look(at: number)
        for chunk in try reader.read(number) { try push(chunk, through: operators, into: sink, &total) }
        if canStopEarly, sink.isSatisfied { break }
      }
      reader.close()
      return (sink, total)
    }
    var start = 0
    if sink.looksUpAhead || operators.contains(where: \.looksUpAhead) {
      // Workers that wait for what another looks up are none that could help it.
      let reader = morsels.makeReader()
      try look(at: 0)
      for chunk in try reader.read(0) { try push(chunk, through: operators, into: sink, &total) }
      reader.close()
      start = 1
    }
    // Without early stop one wave takes all, in one run a worker: merging many sinks would cost more than evening out.
    let waveSize = canStopEarly ? workers.count * 2 : morsels.count
    while start < morsels.count {
      let wave = start..<min(start + waveSize, morsels.count)
      for outcome in runs(of: wave, morsels, operators, tally, makeSink) {
        let (later, counted) = try outcome.get()
        total.add(counted)
        try sink.merge(later, &total)
      }
      if canStopEarly, sink.isSatisfied { break }
      start = wave.upperBound
    }
    return (sink, total)
  }

  private func runs<S: Sink>(
    of wave: Range<Int>, _ morsels: Morsels, _ operators: [any StreamingOperator], _ tally: Tally,
    _ makeSink: @Sendable () -> S
  ) -> [Result<(S, Tally), QueryError>] {
    let runCount = min(wave.count, workers.count)
    return workers.run(runCount) { run in
      let first = wave.lowerBound + wave.count * run / runCount
      let end = wave.lowerBound + wave.count * (run + 1) / runCount
      return self.run(first..<end, morsels, operators, tally, makeSink())
    }
  }

  private func run<S: Sink>(
    _ numbers: Range<Int>, _ morsels: Morsels, _ operators: [any StreamingOperator], _ tally: Tally, _ sink: S
  ) -> Result<(S, Tally), QueryError> {
    var tally = tally
    do throws(QueryError) {
      let reader = morsels.makeReader()
      for number in numbers {
        try look(at: number - numbers.lowerBound)
        for chunk in try reader.read(number) { try push(chunk, through: operators, into: sink, &tally) }
      }
      reader.close()
      return .success((sink, tally))
    } catch {
      return .failure(error)
    }
  }

  private func push<S: Sink>(
    _ morsel: Chunk, through operators: [any StreamingOperator], into sink: S, _ tally: inout Tally
  ) throws(QueryError) {
    guard let clock else { return try push(morsel, through: operators, from: 0, into: sink, &tally) }
    var costs = tally.costs ?? StageCosts(stepCount: operators.count)
    try pushTimed(morsel, through: operators, from: 0, into: sink, &tally, &costs, clock)
    tally.costs = costs
  }

  private func push<S: Sink>(
    _ chunk: Chunk, through operators: [any StreamingOperator], from first: Int, into sink: S, _ tally: inout Tally
  ) throws(QueryError) {
    var chunk = chunk
    for number in first..<operators.count {
      if chunk.count == 0 { return }
      switch try operators[number].expand(chunk, &tally) {
      case .whole(let processed): chunk = processed
      case .parts(let count, let make):
        for part in 0..<count {
          try look()
          try push(try make(part, &tally), through: operators, from: number + 1, into: sink, &tally)
        }
        return
      }
    }
    if chunk.count > 0 { try sink.consume(chunk, &tally) }
  }

  /// The same with a look at the clock after each stage.
  private func pushTimed<S: Sink>(
    _ chunk: Chunk, through operators: [any StreamingOperator], from first: Int, into sink: S, _ tally: inout Tally,
    _ costs: inout StageCosts, _ clock: @Sendable () -> UInt64
  ) throws(QueryError) {
    var chunk = chunk
    for number in first..<operators.count {
      if chunk.count == 0 { return }
      costs.rows[number] += chunk.count
      var before = clock()
      let expansion = try operators[number].expand(chunk, &tally)
      costs.nanoseconds[number] += clock() &- before
      switch expansion {
      case .whole(let processed): chunk = processed
      case .parts(let count, let make):
        for part in 0..<count {
          try look()
          before = clock()
          let made = try make(part, &tally)
          costs.nanoseconds[number] += clock() &- before
          try pushTimed(made, through: operators, from: number + 1, into: sink, &tally, &costs, clock)
        }
        return
      }
    }
    guard chunk.count > 0 else { return }
    let before = clock()
    costs.rows[operators.count] += chunk.count
    try sink.consume(chunk, &tally)
    costs.nanoseconds[operators.count] += clock() &- before
  }

  /// Whether there is reason to go no further.
  ///
  /// - Parameter number: of the morsel in its run; of the memory not all ask, as what is in use takes a while to tell.
  private func look(at number: Int = 0) throws(QueryError) {
    if isCancelled() { throw QueryError.cancelled }
    if number % 4 == 0 { try memory?.demand(0) }
  }
}
