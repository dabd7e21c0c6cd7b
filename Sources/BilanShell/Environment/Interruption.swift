import Glibc
import Synchronization

/// Tells whether whoever waits for an answer has pressed Ctrl-C.
package protocol Interruption: Sendable {
  /// Begins to listen: a Ctrl-C before this one is forgotten.
  func start()
  /// Ends listening: Ctrl-C ends the process, or does nothing, as in a shell that waits for a line.
  func stop(thenIgnoring: Bool)
  var isInterrupted: Bool { get }
}

package struct NoInterruption: Interruption {
  package init() {}
  package func start() {}
  package func stop(thenIgnoring: Bool) {}
  package var isInterrupted: Bool { false }
}

/// How many times SIGINT came since the last `start`; a handler may do little more than count.
private let interruptCount = Atomic<Int>(0)

/// Listens to SIGINT.
///
/// The first one asks for cancellation. The third one ends the process at once with status 130, for whoever meets
/// something that does not ask `isInterrupted`.
package struct SignalInterruption: Interruption {
  package init() {}

  package func start() {
    interruptCount.store(0, ordering: .relaxed)
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = { _ in
      guard interruptCount.add(1, ordering: .relaxed).newValue >= 3 else { return }
      NamedRemains.remove()
      _exit(130)
    }
    unsafe sigaction(SIGINT, &action, nil)
  }

  package func stop(thenIgnoring: Bool) { signal(SIGINT, thenIgnoring ? SIG_IGN : SIG_DFL) }

  package var isInterrupted: Bool { interruptCount.load(ordering: .relaxed) > 0 }
}
