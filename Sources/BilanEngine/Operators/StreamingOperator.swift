import BilanColumnar
import BilanDiagnostics

/// Turns a morsel into a morsel; many threads use it at once.
protocol StreamingOperator: Sendable {
  func process(_ chunk: Chunk, _ tally: inout Tally) throws(QueryError) -> Chunk
  /// The rows of a chunk in the runs in which they are to be processed, where a row may become many: what comes out of a
  /// run is in memory at once.
  func pieces(of chunk: Chunk) -> [Range<Int>]
}

extension StreamingOperator {
  func pieces(of chunk: Chunk) -> [Range<Int>] { [0..<chunk.count] }
}

/// Takes the morsels of one run, in their order; sinks of later runs are then merged into the first.
///
///     morsels 0 … 3 ──consume──▶ sink a ─┐
///     morsels 4 … 7 ──consume──▶ sink b ─┴─merge──▶ sink a ── finish
protocol Sink: AnyObject, SendableMetatype {
  func consume(_ chunk: Chunk, _ tally: inout Tally) throws(QueryError)
  /// Takes what `later` has gathered from later morsels.
  func merge(_ later: Self, _ tally: inout Tally) throws(QueryError)
  /// True once further morsels cannot change anything.
  var isSatisfied: Bool { get }
}

extension Sink {
  var isSatisfied: Bool { false }
}
