import BilanColumnar
import BilanDiagnostics

/// Keeps all chunks, in order.
final class Collect: Sink {
  private(set) var chunks: [Chunk] = []

  func consume(_ chunk: Chunk, _ tally: inout Tally) { chunks.append(chunk) }
  func merge(_ later: Collect, _ tally: inout Tally) { chunks += later.chunks }
}
