/// Up to eight digits as one word, and the number that they write: as `FieldWords` of the readers, whose loops a call into
/// another module would slow down.
enum DigitWords {
  /// The number of eight digits, the first the lowest byte; nil where a byte is more than nine.
  ///
  /// Digits become pairs, then fours, then all eight. Source: the technique is described by J. Nagy and by D. Lemire,
  /// "Quickly parsing eight digits" (2018).
  @inline(__always)
  private static func number(_ digits: UInt64) -> UInt64? {
    if ((digits &+ 0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080 != 0 { return nil }
    let pairs = (digits &* 10) &+ (digits &>> 8)
    return
      (((pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064)
      &+ (((pairs &>> 16) & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001)) &>> 32
  }

  /// The number that the `count` characters, 1 to 8, before `end` write; nil where one of them is no digit.
  ///
  /// - Precondition: eight bytes stand before `end`.
  @inline(__always)
  static func number(_ bytes: Span<UInt8>, before end: Int, count: Int) -> UInt64? {
    number((bytes.word(at: end &- 8) ^ 0x3030_3030_3030_3030) & (~0 &<< UInt64(truncatingIfNeeded: 64 &- count &* 8)))
  }
}

extension Span<UInt8> {
  /// Eight bytes as a number, the first the lowest.
  @inline(__always)
  func word(at place: Int) -> UInt64 {
    precondition(place >= 0 && place &+ 8 <= count)
    // SAFETY: the eight bytes are among these.
    return unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self))
  }
}
