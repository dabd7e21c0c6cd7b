import BilanColumnar

/// Rows in the order of their keys, with the keys packed into words.
struct KeyedRows: Sendable {
  private enum Source: Sendable {
    /// Chunks whose rows stand in that order, and the place of each one's first.
    case standing([Chunk], starts: [Int])
    /// A chunk, and which of its rows is at each place.
    case gathered(Chunk, rows: Buffer<Int32>)
  }

  let words: Buffer<UInt64>
  private let source: Source

  /// - Precondition: the words ascend, and are those of the chunks' rows; no chunk is empty.
  init(_ words: Buffer<UInt64>, standing chunks: [Chunk]) {
    self.words = words
    var starts: [Int] = []
    var next = 0
    for chunk in chunks {
      starts.append(next)
      next += chunk.count
    }
    source = .standing(chunks, starts: starts)
  }

  init(_ order: WordOrder, of whole: Chunk) {
    words = order.words
    source = .gathered(whole, rows: order.rows)
  }

  /// The rows from a place on, at most `limit` of them and at least one.
  func chunk(from place: Int, limit: Int) -> Chunk {
    switch source {
    case .standing(let chunks, let starts):
      var (low, high) = (0, starts.count)
      while high - low > 1 {
        let middle = (low + high) / 2
        if starts[middle] <= place { low = middle } else { high = middle }
      }
      let start = place - starts[low]
      return chunks[low].slice(start..<min(start + limit, chunks[low].count))
    case .gathered(let whole, let rows):
      return whole.gather(rows.slice(place..<place + limit).array)
    }
  }
}
