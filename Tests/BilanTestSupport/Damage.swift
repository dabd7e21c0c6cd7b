/// Bytes of files as accidents and ill will leave them, the same from the same seed.
package enum Damage {
  /// `bytes` with one to six changes: bits flipped, bytes set, runs cut out, doubled, moved or taken from another file,
  /// the end cut off.
  ///
  /// - Parameters:
  ///   - other: a sound file of the same kind, from which runs are taken.
  ///   - places: where changes begin; everywhere unless said.
  package static func damaged(
    _ bytes: [UInt8], with other: [UInt8] = [], in places: Range<Int>? = nil, _ random: inout SplitMix64
  ) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<random.number(1...6) where bytes.count > 2 {
      let range = (places ?? 0..<bytes.count).clamped(to: 0..<bytes.count)
      guard !range.isEmpty else { break }
      let place = random.number(range.lowerBound...range.upperBound - 1)
      let end = min(bytes.count, place + random.number(1...40))
      switch random.number(0...6) {
      case 0: bytes[place] ^= 1 << UInt8(random.number(0...7))
      case 1: bytes[place] = UInt8(random.pick([0, 1, 0x7F, 0x80, 0xFF, random.number(0...255)]))
      case 2: bytes.removeSubrange(place..<end)
      case 3: bytes.insert(contentsOf: Array(bytes[place..<end]), at: random.number(0...bytes.count - 1))
      case 4 where !other.isEmpty:
        let from = random.number(0...other.count - 1)
        bytes.replaceSubrange(place..<end, with: other[from..<min(other.count, from + random.number(1...60))])
      case 5: bytes.replaceSubrange(place..<end, with: [UInt8](repeating: bytes[place], count: end - place))
      default: if random.chance(30) { bytes.removeSubrange(place...) }
      }
    }
    return bytes
  }
}
