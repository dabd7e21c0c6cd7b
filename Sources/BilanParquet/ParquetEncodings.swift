import BilanDiagnostics
import BilanReaders

/// How Parquet writes numbers in few bits; each reads from a stretch of bytes and never past it.
///
/// Source: Apache Parquet, "Encodings".
enum ParquetEncodings {
  static var short: FormatFault {
    .malformed("a page is too short for its values", fr: "une page est trop courte pour ses valeurs")
  }

  /// The number of bits that a value up to `most` needs.
  static func width(_ most: Int) -> Int { Int.bitWidth - most.leadingZeroBitCount }

  /// Runs of one value, and groups of eight values of some bits each:
  ///
  ///     varint  count << 1          then the value, in whole bytes
  ///     varint  groups << 1 | 1     then the groups, the lowest bit first
  ///
  /// - Returns: exactly `count` values.
  static func hybrid(_ bytes: ByteView, bitWidth: Int, count: Int) throws(FormatFault) -> [UInt32] {
    guard (0...32).contains(bitWidth) else {
      throw .malformed("it has values of \(bitWidth) bits", fr: "il a des valeurs de \(bitWidth) bits")
    }
    var values: [UInt32] = []
    values.reserveCapacity(count)
    var position = 0
    while values.count < count {
      let head = try varint(bytes, &position)
      if head & 1 == 0 {
        let run = min(Int(truncatingIfNeeded: head >> 1 & 0x7FFF_FFFF), count - values.count)
        let size = (bitWidth + 7) / 8
        guard run > 0, position + size <= bytes.count else { throw short }
        let value = (0..<size).reduce(UInt32(0)) { $0 | UInt32(bytes[position + $1]) << UInt32(8 * $1) }
        position += size
        values += repeatElement(value, count: run)
      } else {
        let groups = Int(truncatingIfNeeded: head >> 1 & 0x7FFF_FFFF)
        guard groups > 0 else { throw short }
        let wanted = min(groups * 8, count - values.count)
        // The last group may be cut off where its values are not wanted.
        try unpack(bytes, from: position, bitWidth: bitWidth, count: wanted) {
          values.append(UInt32(truncatingIfNeeded: $0))
        }
        position = min(bytes.count, position + groups * bitWidth)
      }
    }
    return values
  }

  /// Values of some bits each, one after the other, the lowest bit first.
  static func unpack(
    _ bytes: ByteView, from start: Int, bitWidth: Int, count: Int, _ body: (UInt64) -> Void
  ) throws(FormatFault) {
    guard start <= bytes.count, (count * bitWidth + 7) / 8 <= bytes.count - start else { throw short }
    if bitWidth == 0 {
      for _ in 0..<count { body(0) }
      return
    }
    let mask: UInt64 = bitWidth == 64 ? .max : 1 << UInt64(bitWidth) - 1
    let span = bytes.span
    var bit = start * 8
    for _ in 0..<count {
      var value: UInt64 = 0
      var filled = 0
      // A byte at a time, the first one from its middle.
      var place = bit >> 3
      var shift = bit & 7
      while filled < bitWidth {
        value |= UInt64(span[place] >> UInt8(shift)) << UInt64(filled)
        filled += 8 - shift
        shift = 0
        place += 1
      }
      body(value & mask)
      bit += bitWidth
    }
  }

  static func varint(_ bytes: ByteView, _ position: inout Int) throws(FormatFault) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while shift < 64 {
      guard position < bytes.count else { throw short }
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    throw .malformed("a number is too long", fr: "un nombre est trop long")
  }

  private static func zigzag(_ bytes: ByteView, _ position: inout Int) throws(FormatFault) -> Int64 {
    let value = try varint(bytes, &position)
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  /// Differences from value to value, in blocks that each have a least difference, and miniblocks that each have a
  /// number of bits for what is above it.
  ///
  /// - Parameter most: the most values that there may be.
  /// - Returns: the values, and where the bytes go on behind them.
  static func deltas(_ bytes: ByteView, most: Int) throws(FormatFault) -> (values: [Int64], end: Int) {
    var position = 0
    let blockSize = Int(truncatingIfNeeded: try varint(bytes, &position) & 0xFFFF_FFFF)
    let miniblocks = Int(truncatingIfNeeded: try varint(bytes, &position) & 0xFFFF_FFFF)
    let count = Int(truncatingIfNeeded: try varint(bytes, &position) & 0x7FFF_FFFF_FFFF)
    var value = try zigzag(bytes, &position)
    guard miniblocks > 0, blockSize > 0, blockSize <= 1 << 20, blockSize % miniblocks == 0,
      (blockSize / miniblocks) % 8 == 0, count <= most
    else {
      throw .malformed(
        "a page of differences has no sound header", fr: "une page de différences a un en-tête incohérent")
    }
    let miniblock = blockSize / miniblocks
    var values: [Int64] = []
    if count == 0 { return ([], position) }
    values.append(value)
    while values.count < count {
      let least = try zigzag(bytes, &position)
      guard let widths = bytes.slice(position, count: miniblocks) else { throw short }
      position += miniblocks
      for index in 0..<miniblocks where values.count < count {
        let width = Int(widths[index])
        guard width <= 64 else { throw short }
        let wanted = min(miniblock, count - values.count)
        try unpack(bytes, from: position, bitWidth: width, count: wanted) { delta in
          value = value &+ least &+ Int64(bitPattern: delta)
          values.append(value)
        }
        position = min(bytes.count, position + miniblock / 8 * width)
      }
    }
    return (values, position)
  }

  /// Values by the bytes of a place each: all first bytes, then all second ones.
  ///
  /// - Returns: the values, one after the other.
  static func joined(_ bytes: ByteView, size: Int, count: Int) throws(FormatFault) -> ByteView {
    guard size > 0, count <= bytes.count / size else { throw short }
    let span = bytes.span
    var result = [UInt8](repeating: 0, count: size * count)
    for place in 0..<size {
      for index in 0..<count { result[index * size + place] = span[place * count + index] }
    }
    return ByteView(result)
  }
}
