import Glibc
import Synchronization

/// The name of a file that is being written, as a C string; 0 where there is none. A signal may come at any moment, so
/// that its handler finds the name here and takes no lock.
private let nameAddress = Atomic<UInt>(0)

/// Removes the file that a process was writing when it was asked to end (SIGTERM, SIGHUP, SIGINT).
///
/// One file at a time: a result's. What else is written meanwhile is an entry of the cache, which is looked after there.
enum NamedRemains {
  static func begin(_ name: String) {
    guard let text = unsafe strdup(name) else { return }
    let isFirst = nameAddress.compareExchange(
      expected: 0, desired: UInt(bitPattern: text), ordering: .sequentiallyConsistent
    ).exchanged
    guard isFirst else { return unsafe free(text) }
    for number in [SIGTERM, SIGHUP, SIGINT] { listen(number) }
  }

  static func end(_ name: String) {
    let address = nameAddress.load(ordering: .sequentiallyConsistent)
    guard let text = unsafe UnsafeMutablePointer<CChar>(bitPattern: address), unsafe strcmp(text, name) == 0 else {
      return
    }
    // A handler that runs just now may still read the name: it stays in memory.
    _ = nameAddress.compareExchange(expected: address, desired: 0, ordering: .sequentiallyConsistent)
  }

  /// Does only what a signal handler may.
  static func remove() {
    let address = nameAddress.load(ordering: .sequentiallyConsistent)
    if let text = unsafe UnsafePointer<CChar>(bitPattern: address) { unsafe unlink(text) }
  }

  /// Leaves alone what is ignored, as by `nohup`, or listened to by another.
  private static func listen(_ number: Int32) {
    var action = sigaction()
    guard unsafe sigaction(number, nil, &action) == 0, unsafe action.__sigaction_handler.sa_handler == nil else {
      return
    }
    unsafe action.__sigaction_handler.sa_handler = { number in
      NamedRemains.remove()
      signal(number, SIG_DFL)
      // It comes once more when this handler has returned, and ends the process as it would have.
      raise(number)
    }
    unsafe sigaction(number, &action, nil)
  }
}
