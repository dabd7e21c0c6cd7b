import BilanColumnar
import BilanDiagnostics

/// How to run a plan.
package struct ExecutionOptions: Sendable {
  /// What `today()` is.
  package var today: CalendarDate
  /// The first month of a fiscal year, 1 to 12.
  package var fiscalYearStart: Int
  /// Rows a morsel.
  package var chunkSize: Int
  /// How many threads may work at once.
  package var workers: Int
  /// Asked between morsels.
  package var isCancelled: @Sendable () -> Bool
  /// Asked between morsels and before large steps; nil for no limit.
  package var memory: MemoryBudget?
  /// Nanoseconds since some moment; where given, the run is profiled.
  package var clock: (@Sendable () -> UInt64)?
  /// Names of rules that are left out; those of the optimizer say nothing here.
  package var disabledRules: Set<String>
  /// Whether a source's rows need not be kept, as nobody will ask for them again.
  package var mayStream: @Sendable (any TableSource) -> Bool

  package init(
    today: CalendarDate, fiscalYearStart: Int = 1, chunkSize: Int = 65_536, workers: Int = 1,
    isCancelled: @escaping @Sendable () -> Bool = { false }, memory: MemoryBudget? = nil,
    clock: (@Sendable () -> UInt64)? = nil, disabledRules: Set<String> = [],
    mayStream: @escaping @Sendable (any TableSource) -> Bool = { _ in false }
  ) {
    precondition(chunkSize > 0 && workers > 0)
    self.today = today
    self.fiscalYearStart = fiscalYearStart
    self.chunkSize = chunkSize
    self.workers = workers
    self.isCancelled = isCancelled
    self.memory = memory
    self.clock = clock
    self.disabledRules = disabledRules
    self.mayStream = mayStream
  }

  func allows(_ rule: ExecutionRule) -> Bool { !disabledRules.contains(rule.rawValue) }
}

/// What a plan gives: its rows, what they leave out, and the checks that failed on the way.
package struct ExecutionResult: Sendable {
  package var table: Table
  /// In plan order.
  package var notes: [Diagnostic]
  package var failedChecks: [FailedCheck]
  /// What each part cost, where that was asked for.
  package var profile: ExecutionProfile?
}
