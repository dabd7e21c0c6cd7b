import BilanColumnar

/// Gives each distinct text a code, in order of first appearance: a hash table over the bytes of one arena.
///
/// Open addressing with linear probing, at most half full. A slot holds a code plus one, 0 is free; the hashes stand
/// apart by code, so that growing touches no text.
package struct TextInterner: Sendable {
  private var slots: [UInt32]
  private var hashes: [UInt32] = []
  private var arena: [UInt8] = []
  private var offsets: [UInt32] = [0]
  /// The last text's code: sorted and repeated columns ask for it again.
  private var last: UInt32?

  package init() {
    slots = [UInt32](repeating: 0, count: 64)
  }

  package var count: Int { offsets.count - 1 }
  /// Of all texts; a dictionary holds less than 4 GiB.
  package var byteCount: Int { arena.count }

  /// The code of the text `start..<end` of `bytes`.
  package mutating func code(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> UInt32 {
    if let last, holds(last, bytes, start, end) { return last }
    let hash = Self.hash(bytes, start, end)
    let mask = slots.count - 1
    var slot = Int(hash) & mask
    while slots[slot] != 0 {
      let code = slots[slot] - 1
      if hashes[Int(code)] == hash, holds(code, bytes, start, end) {
        last = code
        return code
      }
      slot = (slot + 1) & mask
    }
    let code = UInt32(count)
    for index in start..<end { arena.append(bytes[index]) }
    offsets.append(UInt32(arena.count))
    hashes.append(hash)
    slots[slot] = code + 1
    last = code
    if hashes.count * 2 > slots.count { grow() }
    return code
  }

  package consuming func finish() -> TextDictionary { TextDictionary(bytes: arena, offsets: offsets) }

  @inline(__always)
  private func holds(_ code: UInt32, _ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    let from = Int(offsets[Int(code)])
    guard Int(offsets[Int(code) + 1]) - from == end - start else { return false }
    for offset in 0..<(end - start) where arena[from + offset] != bytes[start + offset] { return false }
    return true
  }

  private mutating func grow() {
    var larger = [UInt32](repeating: 0, count: slots.count * 4)
    let mask = larger.count - 1
    for (code, hash) in hashes.enumerated() {
      var slot = Int(hash) & mask
      while larger[slot] != 0 { slot = (slot + 1) & mask }
      larger[slot] = UInt32(code) + 1
    }
    slots = larger
  }

  /// A multiplicative hash, eight bytes a step, with the high bits folded down at the end.
  @inline(__always)
  private static func hash(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> UInt32 {
    var hash = UInt64(truncatingIfNeeded: end &- start) &* 0x9E37_79B9_7F4A_7C15
    var index = start
    while index < end {
      var word: UInt64 = 0
      let stop = min(index &+ 8, end)
      while index < stop {
        word = word &<< 8 | UInt64(truncatingIfNeeded: bytes[index])
        index &+= 1
      }
      hash = (hash ^ word) &* 0xD6E8_FEB8_6659_FD93
      hash ^= hash &>> 32
    }
    return UInt32(truncatingIfNeeded: hash &* 0x9E37_79B9_7F4A_7C15 &>> 32)
  }
}
