import BilanColumnar

/// A checksum of 64 bits that accidents do not leave as it was; against ill will it is no help.
///
/// Source: Y. Collet, xxHash, `XXH64`.
package enum Checksum {
  private static let primes: (UInt64, UInt64, UInt64, UInt64, UInt64) = (
    0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0x85EB_CA77_C2B2_AE63, 0x27D4_EB2F_1656_67C5
  )

  package static func of(_ bytes: [UInt8], seed: UInt64 = 0) -> UInt64 { unsafe of(bytes.span.bytes, seed: seed) }

  /// Of UTF-8.
  package static func of(_ text: String, seed: UInt64 = 0) -> UInt64 { of(Array(text.utf8), seed: seed) }

  /// Of the bytes of values as they lie in memory.
  package static func of<Element>(_ values: Buffer<Element>) -> UInt64 { unsafe of(values.span.bytes) }

  package static func of(_ bytes: RawSpan, seed: UInt64 = 0) -> UInt64 {
    let count = bytes.byteCount
    var place = 0
    var hash = seed &+ primes.4
    if count >= 32 {
      var lanes = (seed &+ primes.0 &+ primes.1, seed &+ primes.1, seed, seed &- primes.0)
      while place <= count &- 32 {
        lanes.0 = round(lanes.0, word(bytes, place))
        lanes.1 = round(lanes.1, word(bytes, place &+ 8))
        lanes.2 = round(lanes.2, word(bytes, place &+ 16))
        lanes.3 = round(lanes.3, word(bytes, place &+ 24))
        place &+= 32
      }
      hash = rotated(lanes.0, 1) &+ rotated(lanes.1, 7) &+ rotated(lanes.2, 12) &+ rotated(lanes.3, 18)
      for lane in [lanes.0, lanes.1, lanes.2, lanes.3] {
        hash = (hash ^ round(0, lane)) &* primes.0 &+ primes.3
      }
    }
    hash &+= UInt64(count)
    while place &+ 8 <= count {
      hash = rotated(hash ^ round(0, word(bytes, place)), 27) &* primes.0 &+ primes.3
      place &+= 8
    }
    if place &+ 4 <= count {
      // SAFETY: the four bytes are among those that are left.
      let half = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt32.self)
      hash = rotated(hash ^ UInt64(UInt32(littleEndian: half)) &* primes.0, 23) &* primes.1 &+ primes.2
      place &+= 4
    }
    while place < count {
      let byte = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt8.self)
      hash = rotated(hash ^ UInt64(byte) &* primes.4, 11) &* primes.0
      place &+= 1
    }
    hash = (hash ^ hash &>> 33) &* primes.1
    hash = (hash ^ hash &>> 29) &* primes.2
    return hash ^ hash &>> 32
  }

  @inline(__always)
  private static func word(_ bytes: RawSpan, _ place: Int) -> UInt64 {
    // SAFETY: the callers look that eight bytes are left.
    UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: place, as: UInt64.self))
  }

  @inline(__always)
  private static func rotated(_ word: UInt64, _ bits: UInt64) -> UInt64 { word &<< bits | word &>> (64 &- bits) }

  @inline(__always)
  private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    rotated(lane &+ word &* primes.1, 31) &* primes.0
  }

  /// Sixteen digits.
  package static func hexadecimal(_ sum: UInt64) -> String {
    let digits = String(sum, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
