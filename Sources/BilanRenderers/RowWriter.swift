import BilanColumnar
import Synchronization

/// Formats chunks and hands the text to a sink, large blocks at a time and in order.
///
/// A chunk is cut into runs of rows; where several threads may work they format runs at once, each into a buffer of its
/// own, and the buffers are then written one after the other. Buffers are kept for the next chunk: a page of fresh
/// memory costs more than the digits that go into it.
struct RowWriter: Sendable {
  /// Rows a run: some hundred thousand bytes of text.
  private static let runLength = 8192
  private static let runsPerWorker = 4

  private(set) var formatter: RowFormatter
  private let workers: Workers
  private let slots: [Slot]

  /// What a run is formatted with and into.
  private final class Slot: Sendable {
    struct Content: Sendable {
      var block = CellBlock()
      var text: [UInt8] = []
    }

    let content = Mutex(Content())
  }

  init(_ formatter: RowFormatter, workers: Workers = .one) {
    self.formatter = formatter
    self.workers = workers
    slots = (0..<(workers.count == 1 ? 1 : workers.count * Self.runsPerWorker)).map { _ in Slot() }
  }

  /// Writes all rows of a chunk, without the first bytes where `skipping` some.
  mutating func write(_ chunk: Chunk, skipping skipped: Int = 0, into sink: inout some TextSink) {
    formatter.prepare(chunk)
    let runCount = (chunk.count + Self.runLength - 1) / Self.runLength
    var next = 0
    while next < runCount {
      let first = next
      let count = min(slots.count, runCount - first)
      let formatter = formatter
      let slots = slots
      _ = workers.run(count) { number in
        let start = (first + number) * Self.runLength
        let rows = start..<min(start + Self.runLength, chunk.count)
        slots[number].content.withLock { content in
          content.text.removeAll(keepingCapacity: true)
          formatter.append(rows, of: chunk, to: &content.text, &content.block)
          if start == 0, skipped > 0 { content.text.removeFirst(skipped) }
        }
      }
      for slot in slots.prefix(count) { slot.content.withLock { sink.write($0.text) } }
      next += count
    }
  }
}
