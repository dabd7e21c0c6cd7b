import BilanColumnar
import BilanDiagnostics
import Testing

@testable import BilanEngine

/// How morsels are dealt out to workers.
@Suite struct SchedulerTests {
  /// Merging costs as much as a look at all groups, so that sinks must not be more than workers, however many morsels.
  @Test(arguments: [2, 3, 8])
  func eachWorkerHasOneSink(workers: Int) throws {
    let (sink, _) = try scheduler(workers).run(
      morsels(200), through: [], tally: TallyLayout().emptyTally, mayStopEarly: true
    ) { AllRows() }
    #expect(sink.numbers == Array(0..<200))
    #expect(sink.mergeCount == workers)
  }

  @Test func morselsAreLeftOutOnceThereAreEnough() throws {
    for workers in [1, 2] {
      let (sink, _) = try scheduler(workers).run(
        morsels(200), through: [], tally: TallyLayout().emptyTally, mayStopEarly: true
      ) { FirstRows() }
      #expect(sink.numbers.starts(with: 0..<3))
      #expect(sink.numbers.count < 20)
    }
  }

  @Test func noMorselIsLeftOutWhereSomethingIsCounted() throws {
    let (sink, _) = try scheduler(2).run(
      morsels(200), through: [], tally: TallyLayout().emptyTally, mayStopEarly: false
    ) { FirstRows() }
    #expect(sink.numbers.count == 200)
  }

  private func scheduler(_ workers: Int) -> Scheduler { Scheduler(workers: Workers(workers), isCancelled: { false }) }

  /// One row each, which says its number.
  private func morsels(_ count: Int) -> Morsels {
    let chunks = (0..<count).map { number in
      Chunk(columns: [.integer(IntegerColumn(Buffer(repeating: Int64(number), count: 1), validity: nil))], count: 1)
    }
    return Morsels(Rows(schema: Schema([Field("n", .integer)]), chunks: chunks), size: 1)
  }

  private final class AllRows: Sink {
    var numbers: [Int] = []
    var mergeCount = 0

    func consume(_ chunk: Chunk, _ tally: inout Tally) {
      if case .integer(let column) = chunk.columns[0] { numbers.append(Int(column[0])) }
    }

    func merge(_ later: AllRows, _ tally: inout Tally) {
      numbers += later.numbers
      mergeCount += 1
    }
  }

  private final class FirstRows: Sink {
    static var canBeSatisfied: Bool { true }
    var numbers: [Int] = []
    var isSatisfied: Bool { numbers.count >= 3 }

    func consume(_ chunk: Chunk, _ tally: inout Tally) {
      if case .integer(let column) = chunk.columns[0] { numbers.append(Int(column[0])) }
    }

    func merge(_ later: FirstRows, _ tally: inout Tally) { numbers += later.numbers }
  }
}
