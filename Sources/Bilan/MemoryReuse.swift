import CMalloc

/// How the process keeps its memory; a setting of the whole program, which only its owner should make.
public enum MemoryReuse {
  /// Asks the C library to keep what queries free for the queries after them, instead of giving it back to the system.
  ///
  /// A page that the system gives anew costs more than filling it does: a program that runs many queries over large tables,
  /// as the shell does, is up to twice as fast with its own pages. It has no effect where the C library is not glibc.
  public static func keepFreedMemory() { bilan_keep_freed_memory() }
}
