import BilanColumnar
import BilanDiagnostics

/// Keeps the rows at some positions.
///
/// Positions are known only once all rows before are counted, so each run keeps its first rows up to the range's end,
/// and the cut is made when the runs are put together. The scheduler stops handing out morsels when there are enough.
final class Limit: Sink {
  private let range: Range<Int>
  private var chunks: [Chunk] = []
  private var count = 0

  init(_ range: Range<Int>) { self.range = range }

  static var canBeSatisfied: Bool { true }
  var isSatisfied: Bool { count >= range.upperBound }

  func consume(_ chunk: Chunk, _ tally: inout Tally) {
    guard !isSatisfied else { return }
    chunks.append(chunk)
    count += chunk.count
  }

  func merge(_ later: Limit, _ tally: inout Tally) {
    for chunk in later.chunks { consume(chunk, &tally) }
  }

  func finish() -> [Chunk] {
    var position = 0
    return chunks.compactMap { chunk in
      let wanted = range.clamped(to: position..<position + chunk.count)
      let start = position
      position += chunk.count
      return wanted.isEmpty ? nil : chunk.slice(wanted.lowerBound - start..<wanted.upperBound - start)
    }
  }
}
