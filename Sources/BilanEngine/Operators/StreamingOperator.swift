import BilanColumnar
import BilanDiagnostics

/// Turns a morsel into morsels; many threads use it at once.
protocol StreamingOperator: Sendable {
  func expand(_ chunk: Chunk, _ tally: inout Tally) throws(QueryError) -> Expansion
  /// Whether the first morsel has all workers look something up for those that follow, which would only wait for it.
  var looksUpAhead: Bool { get }
}

extension StreamingOperator {
  var looksUpAhead: Bool { false }
}

/// An operator that gives one chunk for one, with no more rows than an operator may hand on at once.
protocol ChunkOperator: StreamingOperator {
  func process(_ chunk: Chunk, _ tally: inout Tally) throws(QueryError) -> Chunk
}

extension ChunkOperator {
  func expand(_ chunk: Chunk, _ tally: inout Tally) throws(QueryError) -> Expansion {
    .whole(try process(chunk, &tally))
  }
}

/// What becomes of a chunk.
enum Expansion {
  case whole(Chunk)
  /// Where a row may become many: parts of about `mostRows` rows, each made when it is asked for, in order and once, so
  /// that what comes out is never in memory at once.
  case parts(Int, make: (_ part: Int, _ tally: inout Tally) throws(QueryError) -> Chunk)

  static let mostRows = 1 << 16
}

/// Takes the morsels of one run, in their order; sinks of later runs are then merged into the first.
///
///     morsels 0 … 3 ──consume──▶ sink a ─┐
///     morsels 4 … 7 ──consume──▶ sink b ─┴─merge──▶ sink a ── finish
protocol Sink: AnyObject, SendableMetatype {
  func consume(_ chunk: Chunk, _ tally: inout Tally) throws(QueryError)
  /// Takes what `later` has gathered from later morsels.
  func merge(_ later: Self, _ tally: inout Tally) throws(QueryError)
  /// Whether there may ever be enough.
  static var canBeSatisfied: Bool { get }
  /// True once further morsels cannot change anything.
  var isSatisfied: Bool { get }
  /// As of a `StreamingOperator`.
  var looksUpAhead: Bool { get }
}

extension Sink {
  var looksUpAhead: Bool { false }
  static var canBeSatisfied: Bool { false }
  var isSatisfied: Bool { false }
}
