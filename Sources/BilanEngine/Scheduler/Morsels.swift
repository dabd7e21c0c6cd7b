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
    case .chunks(let chunks, let pieces): .chunks(chunks, pieces: pieces)
    case .stream(let stream, let size): .stream(stream.makeReader(), size: size)
    }
  }

  enum Reader {
    case chunks([Chunk], pieces: [(chunk: Int, rows: Range<Int>)])
    case stream(any RowStreamReader, size: Int)

    /// - Throws: `.cancelled`; `.stale` where what the stream gave does not hold.
    func read(_ number: Int) throws(QueryError) -> [Chunk] {
      switch self {
      case .chunks(let chunks, let pieces): return [chunks[pieces[number].chunk].slice(pieces[number].rows)]
      case .stream(let reader, let size):
        do {
          if let chunk = try reader.read(number) { return chunk.cut(every: size) }
        } catch let error as QueryError {
          throw error
        } catch {
          // What is wrong with the file is said by who reads it whole.
        }
        throw .stale("")
      }
    }

    /// To be called once all that is wanted was read.
    func close() {
      if case .stream(let reader, _) = self { reader.close() }
    }
  }
}
