/// A set of bytes, a bit each.
struct ByteSet: Sendable, Hashable {
  private var low: UInt64 = 0
  private var lowLetters: UInt64 = 0
  private var high: UInt64 = 0
  private var highest: UInt64 = 0

  /// - Parameter ignoresCase: whether each ASCII letter stands for that of the other case too.
  init(_ bytes: some Sequence<UInt8>, ignoringCase ignoresCase: Bool = false) {
    for byte in bytes {
      insert(byte)
      if ignoresCase, (0x61...0x7A).contains(byte | 0x20) { insert(byte ^ 0x20) }
    }
  }

  private mutating func insert(_ byte: UInt8) {
    let bit: UInt64 = 1 << UInt64(byte & 63)
    switch byte >> 6 {
    case 0: low |= bit
    case 1: lowLetters |= bit
    case 2: high |= bit
    default: highest |= bit
    }
  }

  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    let word = byte < 0x80 ? (byte < 0x40 ? low : lowLetters) : (byte < 0xC0 ? high : highest)
    return word &>> UInt64(byte & 63) & 1 == 1
  }
}
