/// Eight decimal digits worked out at once, a digit a byte, the first in the lowest byte: stored little-endian they stand
/// in reading order.
///
///     1234  →  bytes 0 0 0 0 1 2 3 4  →  "1234" after dropping the leading zeros
///
/// The number is halved into lanes: two of four digits, four of two, eight of one. A lane is divided by 100 or 10 by
/// multiplying and shifting, which is exact for numbers as small as these.
struct EightDigits {
  /// One digit, 0 to 9, in each byte.
  private let digits: UInt64

  /// - Precondition: `value < 100_000_000`.
  @inline(__always)
  init(_ value: UInt64) {
    let high = value / 10_000
    let fours = high | (value &- high &* 10_000) &<< 32
    let hundreds = (fours &* 10_486) &>> 20 & 0x0000_007F_0000_007F
    let twos = hundreds | (fours &- hundreds &* 100) &<< 16
    let tens = (twos &* 103) &>> 10 & 0x000F_000F_000F_000F
    digits = tens | (twos &- tens &* 10) &<< 8
  }

  /// All eight as ASCII.
  @inline(__always)
  var text: UInt64 { (digits | 0x3030_3030_3030_3030).littleEndian }

  /// How many zeros come first; 7 for zero itself, whose last digit counts.
  @inline(__always)
  var leadingZeros: Int { min(digits.trailingZeroBitCount &>> 3, 7) }

  /// How many zeros come last; 8 for zero.
  @inline(__always)
  var trailingZeros: Int { digits.leadingZeroBitCount &>> 3 }
}
