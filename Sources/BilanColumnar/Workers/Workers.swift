import Dispatch
import Synchronization

/// The threads that may work at once; this file alone starts parallel work.
///
/// Work is cut into numbered tasks. A worker claims the next number, does the task, and leaves its result in the task's
/// place, so that results come in the order of tasks whoever did them and whenever. All that is started is waited for.
package struct Workers: Sendable {
  /// At least 1; one works on the calling thread.
  package let count: Int

  package init(_ count: Int) {
    precondition(count > 0)
    self.count = count
  }

  package static let one = Workers(1)

  /// Does the tasks `0..<taskCount` and gives their results in order.
  ///
  /// - Throws: of several errors that of the lowest task; tasks after it may not have been done.
  package func run<Result, E: Error>(
    _ taskCount: Int, _ task: @Sendable (Int) throws(E) -> Result
  ) throws(E) -> [Result] {
    if count == 1 || taskCount < 2 {
      var results: [Result] = []
      results.reserveCapacity(taskCount)
      for number in 0..<taskCount { results.append(try task(number)) }
      return results
    }
    let board = Board<Swift.Result<Result, E>>(count: taskCount)
    // One iteration a worker bounds the threads.
    DispatchQueue.concurrentPerform(iterations: min(count, taskCount)) { _ in
      while let number = board.claim() {
        do throws(E) {
          board.put(.success(try task(number)), at: number, isLast: false)
        } catch {
          board.put(.failure(error), at: number, isLast: true)
        }
      }
    }
    var results: [Result] = []
    results.reserveCapacity(taskCount)
    for outcome in board.results { results.append(try outcome.get()) }
    return results
  }

  /// `total` cut into nearly equal ranges, at most one for each worker and none smaller than `least` but the only one.
  package func ranges(of total: Int, least: Int) -> [Range<Int>] {
    let pieces = max(1, min(count, total / max(1, least)))
    return (0..<pieces).map { total * $0 / pieces..<total * ($0 + 1) / pieces }
  }
}

/// Numbers to claim, each given out once.
package final class Claims: Sendable {
  private let next = Atomic(0)
  private let end: Int

  package init(_ count: Int) { end = count }

  package func claim() -> Int? {
    let number = next.add(1, ordering: .relaxed).oldValue
    return number < end ? number : nil
  }
}

/// Where workers claim tasks and leave what came of them.
///
/// Unchecked: an outcome may be no value, but only the worker that claimed the task touches its slot until all workers are
/// done, and only the caller after that.
private final class Board<Outcome>: @unchecked Sendable {
  private final class Slot {
    var outcome: Outcome?
  }

  private let slots: [Slot]
  private let next = Atomic(0)
  /// Tasks from here on are not wanted: an earlier one has failed.
  private let end: Atomic<Int>

  init(count: Int) {
    slots = (0..<count).map { _ in Slot() }
    end = Atomic(count)
  }

  func claim() -> Int? {
    let task = next.add(1, ordering: .relaxed).oldValue
    return task < end.load(ordering: .relaxed) ? task : nil
  }

  func put(_ outcome: Outcome, at task: Int, isLast: Bool) {
    slots[task].outcome = outcome
    if isLast { end.min(task + 1, ordering: .relaxed) }
  }

  /// The outcomes of the wanted tasks, in order.
  var results: [Outcome] { slots.prefix(end.load(ordering: .relaxed)).compactMap { $0.outcome } }
}
