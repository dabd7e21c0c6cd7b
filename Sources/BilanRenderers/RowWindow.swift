import BilanColumnar

/// The rows of a stream that a table for people shows: all, or the first and the last.
struct RowWindow {
  let limit: Int?
  private(set) var rowCount = 0
  private var head: [Chunk] = []
  private var headCount = 0
  private var tail: [Chunk] = []
  private var tailCount = 0

  init(limit: Int?) { self.limit = limit.map { max(1, $0) } }

  private var headLimit: Int { limit.map { ($0 + 1) / 2 } ?? .max }
  private var tailLimit: Int { limit.map { $0 / 2 } ?? 0 }

  mutating func append(_ chunk: Chunk) {
    rowCount += chunk.count
    var rest = chunk
    let taken = min(rest.count, headLimit - headCount)
    if taken > 0 {
      head.append(rest.slice(0..<taken))
      headCount += taken
      rest = rest.slice(taken..<rest.count)
    }
    guard rest.count > 0, tailLimit > 0 else { return }
    tail.append(rest)
    tailCount += rest.count
    while let first = tail.first, tailCount - first.count >= tailLimit {
      tail.removeFirst()
      tailCount -= first.count
    }
    if let first = tail.first, tailCount > tailLimit {
      let excess = tailCount - tailLimit
      tail[0] = first.slice(excess..<first.count)
      tailCount = tailLimit
    }
  }

  /// The rows to show, in order.
  var shown: [Chunk] { head + tail }
  var shownCount: Int { headCount + tailCount }
  /// After how many of the shown rows some are left out; nil where all are shown.
  var gap: Int? { shownCount < rowCount ? headCount : nil }
}
