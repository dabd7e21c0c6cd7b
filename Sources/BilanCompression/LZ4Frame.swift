/// Takes the compression LZ4 off a frame, as Arrow's buffers have it: own code, with every index checked.
///
/// Source: the LZ4 frame and block formats, github.com/lz4/lz4/tree/dev/doc.
package enum LZ4Frame {
  /// The content of one frame; checksums are not looked at.
  ///
  /// - Parameter limit: the most bytes that may come out.
  package static func inflate(_ bytes: [UInt8], limit: Int) throws(InflationFailure) -> [UInt8] {
    var result: [UInt8] = []
    guard bytes.starts(with: [0x04, 0x22, 0x4D, 0x18]), bytes.count >= 7 else {
      throw .damaged(offset: 0, reason: "no LZ4 frame")
    }
    let flags = bytes[4]
    guard flags >> 6 == 1 else { throw .damaged(offset: 4, reason: "an LZ4 version that is not known") }
    let hasBlockChecksums = flags & 0x10 != 0
    // Flags, block size, the content's size, the dictionary's number, the header's checksum.
    var position = 6 + (flags & 0x08 != 0 ? 8 : 0) + (flags & 0x01 != 0 ? 4 : 0) + 1
    while true {
      guard position + 4 <= bytes.count else { throw .truncated }
      let word = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[position + $1]) << UInt32(8 * $1) }
      position += 4
      if word == 0 { return result }
      let size = Int(word & 0x7FFF_FFFF)
      guard size <= bytes.count - position else { throw .truncated }
      if word >> 31 == 1 {
        guard result.count + size <= limit else { throw .tooLarge(limit: limit) }
        result += bytes[position..<position + size]
      } else {
        try block(bytes.span, position..<position + size, into: &result, limit: limit)
      }
      position += size + (hasBlockChecksums ? 4 : 0)
    }
  }

  /// The content of a block without a frame, as Parquet's pages have it.
  package static func inflateBlock(_ bytes: [UInt8], limit: Int) throws(InflationFailure) -> [UInt8] {
    var result: [UInt8] = []
    try block(bytes.span, 0..<bytes.count, into: &result, limit: limit)
    return result
  }

  /// Sequences of literals and copies: a token of two lengths, literals, how far back, more of the length.
  private static func block(
    _ bytes: Span<UInt8>, _ range: Range<Int>, into result: inout [UInt8], limit: Int
  ) throws(InflationFailure) {
    var position = range.lowerBound
    func length(_ start: Int) throws(InflationFailure) -> Int {
      var length = start
      if start < 15 { return length }
      while true {
        guard position < range.upperBound else { throw .truncated }
        let byte = bytes[position]
        position += 1
        length += Int(byte)
        if byte < 255 { return length }
      }
    }
    while position < range.upperBound {
      let token = bytes[position]
      position += 1
      let literals = try length(Int(token >> 4))
      guard literals <= range.upperBound - position else { throw .truncated }
      guard result.count + literals <= limit else { throw .tooLarge(limit: limit) }
      for index in position..<position + literals { result.append(bytes[index]) }
      position += literals
      // The last sequence has literals alone.
      if position == range.upperBound { return }
      guard position + 2 <= range.upperBound else { throw .truncated }
      let distance = Int(bytes[position]) | Int(bytes[position + 1]) << 8
      position += 2
      let count = try length(Int(token & 15)) + 4
      guard distance > 0, distance <= result.count else {
        throw .damaged(offset: position, reason: "a copy from before the start")
      }
      guard result.count + count <= limit else { throw .tooLarge(limit: limit) }
      // What is copied may be what the copy itself has just made.
      var source = result.count - distance
      for _ in 0..<count {
        result.append(result[source])
        source += 1
      }
    }
  }
}
