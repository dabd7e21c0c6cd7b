import BilanColumnar
import BilanDiagnostics

/// The rows of a source, cut into pieces of at most `size` rows; a piece is made when it is asked for.
struct Morsels: Sendable {
  private enum Source: Sendable {
    case chunks([Chunk], pieces: [(chunk: Int, rows: Range<Int>)])
    case stream(any RowStream, size: Int)
  }

  private let source: Source

  init(_ rows: Rows, size: Int) {
    if let stream = rows.stream {
      source = .stream(stream, size: size)
      return
    }
    var pieces: [(Int, Range<Int>)] = []
    for (index, chunk) in rows.chunks.enumerated() {
      for start in stride(from: 0, to: chunk.count, by: size) {
        pieces.append((index, start..<min(start + size, chunk.count)))
      }
    }
    source = .chunks(rows.chunks, pieces: pieces)
  }

  var count: Int {
    switch source {
    case .chunks(_, let pieces): pieces.count
    case .stream(let stream, _): stream.partCount
    }
  }

  /// For one thread.
  func makeReader() -> Reader {
    switch source {
    case .chunks(let chunks, let pieces): Reader { [chunks[pieces[$0].chunk].slice(pieces[$0].rows)] }
    case .stream(let stream, let size): Reader(stream.makeReader(), size: size)
    }
  }

  struct Reader {
    private let make: (Int) throws -> [Chunk]
    /// To be called once all that is wanted was read.
    let close: () -> Void

    fileprivate init(_ make: @escaping (Int) -> [Chunk]) { (self.make, close) = (make, {}) }

    fileprivate init(_ reader: any RowStreamReader, size: Int) {
      make = { part in
        guard let chunk = try reader.read(part) else { throw Abandoned() }
        return chunk.count <= size ? [chunk] : chunk.cut(every: size)
      }
      close = { reader.close() }
    }

    /// - Throws: `.stale` where what a stream gave does not hold.
    func read(_ number: Int) throws(QueryError) -> [Chunk] {
      do {
        return try make(number)
      } catch let error as QueryError {
        throw error
      } catch {
        throw QueryError.stale("")
      }
    }
  }

  private struct Abandoned: Error {}
}
