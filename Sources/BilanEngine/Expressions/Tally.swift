import BilanColumnar
import BilanDiagnostics

/// What a pipeline counts on the way: the material of notes and of failed checks.
///
/// Each run of morsels has its own; they are added up in the order of morsels.
struct Tally: Sendable {
  /// One count for each counter of the pipeline.
  var counts: [Int]
  /// For each check the first rows that failed it.
  var offenders: [[Chunk]]
  /// For each full join which right rows have met a left one.
  var matched: [[Bool]]
  /// Chunks that the scan's condition was tried on, and those whose bounds said enough.
  var parts = PartCount()
  /// What the stages cost, where the run is profiled.
  var costs: StageCosts?

  mutating func add(_ later: Tally) {
    if let theirs = later.costs {
      var own = costs ?? StageCosts(stepCount: theirs.rows.count - 1)
      own.add(theirs)
      costs = own
    }
    parts += later.parts
    for index in counts.indices { counts[index] += later.counts[index] }
    for index in offenders.indices { offenders[index] += later.offenders[index] }
    for index in matched.indices {
      for row in matched[index].indices where later.matched[index][row] { matched[index][row] = true }
    }
  }
}

/// Hands out the counters of one pipeline and remembers what to say about them, in plan order.
struct TallyLayout {
  private var counterCount = 0
  private var checks: [CheckReport] = []
  private var matchedCounts: [Int] = []
  private var notes: [(Tally) -> Diagnostic?] = []

  /// True where every row must be seen, as something is counted.
  var countsSomething: Bool { counterCount > 0 || !checks.isEmpty || !matchedCounts.isEmpty }

  mutating func addCounter() -> Int {
    counterCount += 1
    return counterCount - 1
  }

  mutating func addMatched(rowCount: Int) -> Int {
    matchedCounts.append(rowCount)
    return matchedCounts.count - 1
  }

  mutating func addCheck(_ report: CheckReport) -> Int {
    checks.append(report)
    return checks.count - 1
  }

  /// `note` is asked once the pipeline has run.
  mutating func addNote(_ note: @escaping (Tally) -> Diagnostic?) { notes.append(note) }

  var emptyTally: Tally {
    Tally(
      counts: [Int](repeating: 0, count: counterCount), offenders: checks.map { _ in [] },
      matched: matchedCounts.map { [Bool](repeating: false, count: $0) })
  }

  func notes(_ tally: Tally) -> [Diagnostic] { notes.compactMap { $0(tally) } }

  func failedChecks(_ tally: Tally) -> [FailedCheck] {
    zip(checks, tally.offenders).compactMap { report, offenders in
      report.failure(count: tally.counts[report.counter], offenders: offenders)
    }
  }
}
