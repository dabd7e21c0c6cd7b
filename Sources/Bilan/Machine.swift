import BilanReaders
import CSystem

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the process has of the machine, and how it keeps it.
public enum Machine {
  /// The processors that this process may use, at least 1: what a host may give as ``SessionOptions/workers``.
  ///
  /// On Linux those that it is bound to.
  public static var usableProcessors: Int {
    let bound = Int(bilan_bound_processors())
    if bound > 0 { return bound }
    return max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  /// Bytes of memory that a new user of much could have without others being pushed out; nil where the system does not
  /// tell.
  static var availableMemory: Int? {
    // `MemAvailable:   22741234 kB`
    guard let bytes = try? FileBytes.read(path: "/proc/meminfo") else { return nil }
    for line in bytes.split(separator: UInt8(ascii: "\n")) where line.starts(with: "MemAvailable:".utf8) {
      return line.split(separator: UInt8(ascii: " ")).lazy.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
        .first.map { $0 << 10 }
    }
    return nil
  }

  /// Asks the C library to keep what queries free for the queries after them, instead of giving it back to the system.
  ///
  /// A setting of the whole program, which only its owner should make. A page that the system gives anew costs more than
  /// filling it does: a program that runs many queries over large tables, as the shell does, is up to twice as fast with
  /// its own pages. It has no effect where the C library is not glibc.
  public static func keepFreedMemory() { bilan_keep_freed_memory() }

  /// Bytes that the process has taken.
  package static var memoryInUse: Int { Int(bilan_heap_in_use()) }

  /// The most memory that the process ever held, in bytes.
  package static var peakMemory: Int {
    var usage = rusage()
    #if canImport(Darwin)
      guard unsafe getrusage(RUSAGE_SELF, &usage) == 0 else { return 0 }
      return usage.ru_maxrss
    #elseif canImport(Musl)
      guard unsafe getrusage(RUSAGE_SELF, &usage) == 0 else { return 0 }
      return usage.ru_maxrss * 1024
    #else
      guard unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return 0 }
      return usage.ru_maxrss * 1024
    #endif
  }

  /// Nanoseconds since some moment, which never go back.
  package static func now() -> UInt64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
  }
}
