/// What compressed bytes held.
package struct Inflated: Sendable {
  package var bytes: [UInt8]
  /// Members that were put one after the other.
  package var memberCount: Int
  /// Bytes after the last member that begin no other.
  package var trailingCount: Int
}

/// Why bytes were not inflated.
package enum InflationFailure: Error, Sendable, Equatable {
  /// This build was made without the libraries.
  case notBuilt(CompressionFormat)
  /// The bytes end before their member does.
  case truncated
  /// They are no member of this format; the offset is that of the member's piece that was looked at.
  case damaged(offset: Int, reason: String)
  /// They hold more than the limit.
  case tooLarge(limit: Int)
}

/// Takes compression off bytes in memory.
package enum Inflation {
  /// Whether this build has the libraries.
  package static var isBuilt: Bool {
    #if Compression
      true
    #else
      false
    #endif
  }

  /// All members of `bytes`, one after the other.
  ///
  /// - Parameter limit: the most bytes that may come out; the memory used stays near it whatever the bytes say.
  /// - Complexity: O(bytes in and out).
  package static func inflate(
    _ bytes: [UInt8], _ format: CompressionFormat, limit: Int
  ) throws(InflationFailure) -> Inflated {
    #if Compression
      var result: [UInt8] = []
      var position = 0
      var members = 0
      repeat {
        guard let inflater = format.makeInflater() else {
          throw .damaged(offset: position, reason: "out of memory")
        }
        if !CompressionFormat.isSkipped(bytes[position...]) { members += 1 }
        try inflate(bytes, &position, inflater, into: &result, limit: limit)
        // Archives are padded with zeros to whole blocks of a tape, or to four bytes.
        var next = position
        while next < bytes.count, bytes[next] == 0 { next += 1 }
        if next == bytes.count || format.continues(bytes[next...]) { position = next }
      } while position < bytes.count && format.continues(bytes[position...])
      return Inflated(bytes: result, memberCount: members, trailingCount: bytes.count - position)
    #else
      throw .notBuilt(format)
    #endif
  }

  #if Compression
    /// One member, from `position` to its end.
    private static func inflate(
      _ bytes: [UInt8], _ position: inout Int, _ inflater: any Inflater, into result: inout [UInt8], limit: Int
    ) throws(InflationFailure) {
      var piece = [UInt8](repeating: 0, count: 1 << 17)
      while true {
        let step = inflater.step(bytes, from: position, into: &piece)
        position += step.consumed
        guard result.count + step.produced <= limit else { throw .tooLarge(limit: limit) }
        result += piece[..<step.produced]
        switch step.state {
        case .ended: return
        case .failed(let reason): throw .damaged(offset: position, reason: reason)
        case .running:
          // With room for output and nothing left to read, only the rest of the member is lacking.
          if step.produced == 0, step.consumed == 0 {
            if position == bytes.count { throw .truncated }
            throw .damaged(offset: position, reason: "no progress")
          }
        }
      }
    }
  #endif
}

/// A stream of one of the libraries.
protocol Inflater: AnyObject {
  /// Reads on in `bytes` and fills `piece` from its start.
  func step(_ bytes: [UInt8], from position: Int, into piece: inout [UInt8]) -> InflationStep
}

struct InflationStep {
  enum State {
    case running, ended
    case failed(String)
  }

  var consumed: Int
  var produced: Int
  var state: State
}

#if Compression
  extension CompressionFormat {
    /// A stream at the start of a member; nil where there is no memory for one.
    fileprivate func makeInflater() -> (any Inflater)? {
      switch self {
      case .gzip: GzipInflater()
      case .zstd: ZstdInflater()
      case .bzip2: Bzip2Inflater()
      case .xz: XZInflater()
      }
    }
  }
#endif

extension Inflation {
  /// The most bytes that `storedCount` may inflate to without being taken for a trap; gzip ends near 1000 to 1, tables
  /// near 50 to 1.
  package static func limit(storedCount: Int) -> Int {
    max(64 << 20, min(storedCount, .max / 1000) * 1000)
  }
}
