/// Walks through JSON that `JSONSyntax` has found to be right, one value at a time.
///
/// - Precondition of every step: the cursor stands at what the step goes past.
struct JSONCursor {
  let bytes: [UInt8]
  private(set) var place: Int

  init(_ bytes: [UInt8], at place: Int) {
    self.bytes = bytes
    self.place = place
  }

  var byte: UInt8 { bytes[place] }

  mutating func skipSpace() {
    while place < bytes.count, bytes[place] <= 0x20 { place += 1 }
  }

  /// Goes past a value of any kind and gives where it stands.
  @discardableResult
  mutating func skipValue() -> Range<Int> {
    let start = place
    switch bytes[place] {
    case UInt8(ascii: "\""): skipText()
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      var depth = 0
      repeat {
        switch bytes[place] {
        case UInt8(ascii: "\""):
          skipText()
          continue
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        default: break
        }
        place += 1
      } while depth > 0
    default:
      // Numbers and words end where something else begins.
      while place < bytes.count {
        switch bytes[place] {
        case 0...0x20, UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"): return start..<place
        default: place += 1
        }
      }
    }
    return start..<place
  }

  private mutating func skipText() {
    place += 1
    while bytes[place] != UInt8(ascii: "\"") { place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1 }
    place += 1
  }

  /// Calls `body` at each value of an array; it goes past the value.
  mutating func elements(_ body: (inout JSONCursor) -> Void) {
    place += 1
    skipSpace()
    while byte != UInt8(ascii: "]") {
      body(&self)
      skipSpace()
      if byte == UInt8(ascii: ",") { place += 1 }
      skipSpace()
    }
    place += 1
  }

  /// Calls `body` at each value of an object with the place of its key, quotes and all; it goes past the value.
  mutating func members(_ body: (inout JSONCursor, Range<Int>) -> Void) {
    place += 1
    skipSpace()
    while byte != UInt8(ascii: "}") {
      let start = place
      skipText()
      let key = start..<place
      skipSpace()
      place += 1
      skipSpace()
      body(&self, key)
      skipSpace()
      if byte == UInt8(ascii: ",") { place += 1 }
      skipSpace()
    }
    place += 1
  }

  /// The characters of the text at `range`, quotes and all.
  func text(_ range: Range<Int>) -> [UInt8] {
    let inner = range.lowerBound + 1..<range.upperBound - 1
    guard bytes[inner].contains(UInt8(ascii: "\\")) else { return Array(bytes[inner]) }
    var result: [UInt8] = []
    var index = inner.lowerBound
    while index < inner.upperBound {
      let byte = bytes[index]
      index += 1
      guard byte == UInt8(ascii: "\\") else {
        result.append(byte)
        continue
      }
      let escaped = bytes[index]
      index += 1
      switch escaped {
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "u"):
        var unit = hexadecimal(index)
        index += 4
        if unit & 0xFC00 == 0xD800 {
          unit = 0x10000 + (unit - 0xD800) << 10 + (hexadecimal(index + 2) - 0xDC00)
          index += 6
        }
        if let scalar = Unicode.Scalar(unit) { result.append(contentsOf: UTF8.encode(scalar)!) }
      default: result.append(escaped)
      }
    }
    return result
  }

  private func hexadecimal(_ start: Int) -> UInt32 {
    bytes[start..<start + 4].reduce(0) { $0 << 4 | (Self.hexadecimalValue($1) ?? 0) }
  }

  static func hexadecimalValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46: UInt32(byte - 0x41 + 10)
    case 0x61...0x66: UInt32(byte - 0x61 + 10)
    default: nil
    }
  }

  /// The value at `range` on one line: without the blanks between its parts.
  func compact(_ range: Range<Int>) -> [UInt8] {
    var result: [UInt8] = []
    var index = range.lowerBound
    while index < range.upperBound {
      if bytes[index] == UInt8(ascii: "\"") {
        var inside = JSONCursor(bytes, at: index)
        inside.skipText()
        result += bytes[index..<inside.place]
        index = inside.place
      } else {
        if bytes[index] > 0x20 { result.append(bytes[index]) }
        index += 1
      }
    }
    return result
  }
}
