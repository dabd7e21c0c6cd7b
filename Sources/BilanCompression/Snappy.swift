/// Takes the compression Snappy off a block, as Parquet's pages have it, and puts it on: own code, with every index
/// checked.
///
/// Source: the Snappy compressed format, github.com/google/snappy/blob/main/format_description.txt.
package enum Snappy {
  /// The content of one block.
  ///
  /// - Parameter limit: the most bytes that may come out.
  package static func inflate(_ bytes: [UInt8], limit: Int) throws(InflationFailure) -> [UInt8] {
    let source = bytes.span
    var position = 0
    var size = 0
    var shift = 0
    while true {
      guard position < source.count, shift < 35 else { throw .truncated }
      let byte = source[position]
      position += 1
      size |= Int(byte & 0x7F) << shift
      shift += 7
      if byte < 0x80 { break }
    }
    guard size <= limit else { throw .tooLarge(limit: limit) }
    var result: [UInt8] = []
    // A block says how much it holds; three bytes make at most 64.
    result.reserveCapacity(min(size, source.count * 24))
    while position < source.count {
      let tag = source[position]
      position += 1
      if tag & 3 == 0 {
        var length = Int(tag >> 2)
        if length >= 60 {
          let extra = length - 59
          guard position + extra <= source.count else { throw .truncated }
          length = (0..<extra).reduce(0) { $0 | Int(source[position + $1]) << (8 * $1) }
          position += extra
        }
        length += 1
        guard length <= source.count - position else { throw .truncated }
        guard result.count + length <= size else { throw .damaged(offset: position, reason: "more than it says") }
        result += bytes[position..<position + length]
        position += length
        continue
      }
      let width = [0, 1, 2, 4][Int(tag & 3)]
      guard position + width <= source.count else { throw .truncated }
      var distance = (0..<width).reduce(0) { $0 | Int(source[position + $1]) << (8 * $1) }
      var length = Int(tag >> 2) + 1
      if tag & 3 == 1 {
        length = Int(tag >> 2 & 7) + 4
        distance |= Int(tag >> 5) << 8
      }
      position += width
      guard distance > 0, distance <= result.count else {
        throw .damaged(offset: position, reason: "a copy from before the start")
      }
      guard result.count + length <= size else { throw .damaged(offset: position, reason: "more than it says") }
      var from = result.count - distance
      for _ in 0..<length {
        result.append(result[from])
        from += 1
      }
    }
    guard result.count == size else { throw .truncated }
    return result
  }

  /// The bytes as one block, repetitions of four bytes and more within 64 KiB taken out.
  package static func deflate(_ bytes: [UInt8]) -> [UInt8] {
    let source = bytes.span
    var result: [UInt8] = []
    var size = UInt(bytes.count)
    while size >= 0x80 {
      result.append(UInt8(truncatingIfNeeded: size) | 0x80)
      size >>= 7
    }
    result.append(UInt8(size))
    func word(_ at: Int) -> UInt32 {
      UInt32(source[at]) | UInt32(source[at + 1]) << 8 | UInt32(source[at + 2]) << 16 | UInt32(source[at + 3]) << 24
    }
    // Where a word with some hash was last seen, plus one.
    var seen = [Int](repeating: 0, count: 1 << 14)
    var (position, literal) = (0, 0)
    while position + 4 <= source.count {
      let hash = Int((word(position) &* 0x1E35_A7BD) >> 18)
      let candidate = seen[hash] - 1
      seen[hash] = position + 1
      guard candidate >= 0, position - candidate < 1 << 16, word(candidate) == word(position) else {
        position += 1
        continue
      }
      var length = 4
      while length < 64, position + length < source.count, source[candidate + length] == source[position + length] {
        length += 1
      }
      append(source, literal..<position, to: &result)
      let distance = position - candidate
      result += [UInt8(length - 1) << 2 | 2, UInt8(truncatingIfNeeded: distance), UInt8(distance >> 8)]
      position += length
      literal = position
    }
    append(source, literal..<source.count, to: &result)
    return result
  }

  private static func append(_ source: Span<UInt8>, _ range: Range<Int>, to result: inout [UInt8]) {
    var start = range.lowerBound
    while start < range.upperBound {
      // Two bytes of length.
      let count = min(range.upperBound - start, 1 << 16)
      if count <= 60 {
        result.append(UInt8(count - 1) << 2)
      } else {
        result += [61 << 2, UInt8(truncatingIfNeeded: count - 1), UInt8((count - 1) >> 8)]
      }
      for index in start..<start + count { result.append(source[index]) }
      start += count
    }
  }
}
