/// Up to eight characters of a field as one word: the first in the lowest byte, as little-endian memory has them.
enum FieldWords {
  /// The eight bytes from `place`, which the block's slack makes readable.
  @inline(__always)
  static func load(_ bytes: UnsafePointer<UInt8>, _ place: Int) -> UInt64 {
    unsafe UInt64(littleEndian: UnsafeRawPointer(bytes + place).loadUnaligned(as: UInt64.self))
  }

  /// The first `count` bytes, 1 to 8, of a word; the others are 0.
  @inline(__always)
  static func first(_ count: Int, of word: UInt64) -> UInt64 {
    word & (~0 &>> UInt64(truncatingIfNeeded: 64 &- count &* 8))
  }

  /// The number that the first `count` characters, 1 to 8, write; nil where one of them is no digit.
  ///
  /// Digits become the values of bytes, then those of pairs, of fours, and of all eight. Source: the technique is described
  /// by J. Nagy and by D. Lemire, "Quickly parsing eight digits" (2018).
  @inline(__always)
  static func digits(_ word: UInt64, _ count: Int) -> UInt64? {
    var value = (word ^ 0x3030_3030_3030_3030) &<< UInt64(truncatingIfNeeded: 64 &- count &* 8)
    if ((value &+ 0x7676_7676_7676_7676) | value) & 0x8080_8080_8080_8080 != 0 { return nil }
    value = (value &* 10) &+ (value &>> 8)
    value =
      (((value & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064)
        &+ (((value &>> 16) & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001)) &>> 32
    return value
  }

  /// Where `byte` first occurs in a word, 8 where it does not.
  @inline(__always)
  static func place(of byte: UInt8, in word: UInt64) -> Int {
    let x = word ^ (0x0101_0101_0101_0101 &* UInt64(byte))
    let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    return (~(((x & low) &+ low) | x | low)).trailingZeroBitCount &>> 3
  }
}
