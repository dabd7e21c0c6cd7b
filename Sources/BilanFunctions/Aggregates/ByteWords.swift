import BilanColumnar

/// What rows add to the first word of a slot, looked up by a code of a byte: the only field's value, or two fields'
/// values less the least of each, side by side.
///
///     word = words[value]        word = words[second − low │ first − low]
struct ByteWords {
  private(set) var words = [Int64](repeating: 1, count: 1 << UInt8.bitWidth)
  private let lows: [Int8]
  /// Where in a code the second value begins.
  private let shift: UInt8

  /// - Returns: nil where the fields are not of bytes, or have more values side by side than a byte tells apart.
  init?(_ packing: LanePacking) {
    let fields = packing.fields
    let lows = fields.compactMap { Int8(exactly: $0.low) }
    let bits = fields.reduce(0) { $0 + $1.valueBits }
    guard lows.count == fields.count, lows.count <= 2, bits <= UInt8.bitWidth else { return nil }
    self.lows = lows
    shift = UInt8(fields.first?.valueBits ?? 0)
    for code in words.indices {
      // Of the only field the value as it is, of two its distance from the least.
      let first = fields.count == 1 ? UInt8(code) &- UInt8(bitPattern: lows[0]) : UInt8(code) & (1 << shift &- 1)
      let second = UInt8(code) >> shift
      for (field, value) in zip(fields, [first, second]) {
        words[code] &+= Int64(value) &<< Int64(bitPattern: field.shift)
      }
    }
  }

  /// The codes of a stretch of rows with two fields; with none each code has the same word.
  ///
  /// - Parameters:
  ///   - bytes: of each field its values.
  ///   - codes: as many as there are rows, or more.
  func encode(_ bytes: [Buffer<Int8>], from start: Int, _ count: Int, into codes: inout [UInt8]) {
    guard bytes.count == 2 else { return }
    let (firstBytes, secondBytes) = (bytes[0], bytes[1])
    let first = firstBytes.span.extracting(start..<start &+ count)
    let second = secondBytes.span.extracting(start..<start &+ count)
    let (firstLow, secondLow, shift) = (lows[0], lows[1], shift)
    var codes = codes.mutableSpan
    for row in first.indices {
      codes[row] = UInt8(bitPattern: first[row] &- firstLow) | UInt8(bitPattern: second[row] &- secondLow) &<< shift
    }
  }
}
