import BilanColumnar

/// Writes whole numbers where there is room for them.
enum IntegerDigits {
  /// A sign and nineteen digits.
  static let limit = 20

  /// Gives the place after the number; bytes beyond it are changed too.
  @inline(__always)
  static func write(_ value: Int64, to output: inout MutableRawSpan, at place: Int) -> Int {
    output.storeBytes(of: 0x2D, toByteOffset: place, as: UInt8.self)
    let place = value < 0 ? place &+ 1 : place
    let magnitude = value.magnitude
    if magnitude < 100_000_000 { return writeFirst(magnitude, to: &output, at: place) }
    return writeLong(magnitude, to: &output, at: place)
  }

  /// Without leading zeros.
  ///
  /// - Precondition: `value < 100_000_000`.
  @inline(__always)
  static func writeFirst(_ value: UInt64, to output: inout MutableRawSpan, at place: Int) -> Int {
    if value < 100 {
      let tens = (value &* 103) &>> 10
      let both = (tens | (value &- tens &* 10) &<< 8) | 0x3030
      let isShort = tens == 0
      output.storeBytes(
        of: UInt16(truncatingIfNeeded: isShort ? both &>> 8 : both).littleEndian, toByteOffset: place, as: UInt16.self)
      return place &+ (isShort ? 1 : 2)
    }
    let digits = EightDigits(value)
    let zeros = digits.leadingZeros
    output.storeBytes(of: digits.text &>> UInt64(zeros &* 8), toByteOffset: place, as: UInt64.self)
    return place &+ 8 &- zeros
  }

  @inline(never)
  private static func writeLong(_ value: UInt64, to output: inout MutableRawSpan, at place: Int) -> Int {
    let (high, low) = value.quotientAndRemainder(dividingBy: 100_000_000)
    let end =
      high < 100_000_000
      ? writeFirst(high, to: &output, at: place) : writeLong(high, to: &output, at: place)
    output.storeBytes(of: EightDigits(low).text, toByteOffset: end, as: UInt64.self)
    return end &+ 8
  }
}

/// Writes the reals of a column where there is room for them, as `NumberBytes` would.
///
/// Most have few decimals: `value * 10^places` is a whole number then, whose digits are the shortest that read back as
/// the value, because it has at most fifteen and no two decimals of fifteen digits are nearest to the same double. Its
/// zeros at the end are not written. The places are those the column is known to have, or those that served last.
struct RealDigits {
  /// A sign, eight whole digits and the point and decimals; a number that is written in full may take 28 bytes.
  static let limit = 32
  private static let most = 8

  private let isKnown: Bool
  private var places: Int
  private var scale: Double
  private var wholeScale: UInt64
  /// What brings a fraction to eight digits.
  private var filler: UInt64
  /// Below this there are eight whole digits at most, and fifteen in all.
  private var end: Double

  init(decimals: Int?) {
    isKnown = decimals.map { $0 <= Self.most } ?? false
    places = 0
    scale = 1
    wholeScale = 1
    filler = 100_000_000
    end = 1e8
    use(isKnown ? decimals ?? 0 : 2)
  }

  private mutating func use(_ places: Int) {
    self.places = places
    wholeScale = 1
    for _ in 0..<places { wholeScale *= 10 }
    scale = Double(wholeScale)
    filler = 100_000_000 / wholeScale
    end = min(1e8, 1e15 / scale)
  }

  /// Gives the place after the number; nil where it is not one of few decimals.
  @inline(__always)
  mutating func write(_ value: Double, to output: inout MutableRawSpan, at place: Int) -> Int? {
    let magnitude = value.magnitude
    guard magnitude < end else {
      guard magnitude < 1e15, Double(UInt64(magnitude)) == magnitude else { return nil }
      return IntegerDigits.write(Int64(value), to: &output, at: place)
    }
    var scaled = UInt64(bitPattern: Int64(magnitude * scale + 0.5))
    if !isKnown, Double(Int64(bitPattern: scaled)) / scale != magnitude {
      guard places < Self.most, let found = useMost(magnitude) else { return nil }
      scaled = found
    }
    output.storeBytes(of: 0x2D, toByteOffset: place, as: UInt8.self)
    // Nothing but a whole number itself is nearest to a whole number, so cutting the value cuts the decimal.
    let whole = UInt64(bitPattern: Int64(magnitude))
    let end = IntegerDigits.writeFirst(whole, to: &output, at: value < 0 ? place &+ 1 : place)
    let fraction = EightDigits((scaled &- whole &* wholeScale) &* filler)
    let decimals = 8 &- fraction.trailingZeros
    output.storeBytes(of: 0x2E, toByteOffset: end, as: UInt8.self)
    output.storeBytes(of: fraction.text, toByteOffset: end &+ 1, as: UInt64.self)
    return decimals == 0 ? end : end &+ 1 &+ decimals
  }

  /// The value scaled by as many places as there may be, which are used from now on; nil where they do not suffice.
  @inline(never)
  private mutating func useMost(_ magnitude: Double) -> UInt64? {
    guard magnitude < 1e7 else { return nil }
    let scaled = UInt64(magnitude * 1e8 + 0.5)
    guard Double(scaled) / 1e8 == magnitude else { return nil }
    use(Self.most)
    return scaled
  }

  /// Writes a finite number of any size.
  @inline(never)
  static func writeAny(_ value: Double, to output: inout MutableRawSpan, at place: Int) -> Int {
    var text: [UInt8] = []
    NumberBytes.append(value, to: &text)
    for (offset, byte) in text.enumerated() {
      output.storeBytes(of: byte, toByteOffset: place + offset, as: UInt8.self)
    }
    return place + text.count
  }
}

/// Writes days where there is room for them: `2019-04-15`.
enum DateDigits {
  /// In quotes, with a year as long as `description` may make it.
  static let limit = 40

  @inline(__always)
  static func write(
    _ date: CalendarDate, isQuoted: Bool, to output: inout MutableRawSpan, at place: Int
  ) -> Int {
    var place = place
    if isQuoted {
      output.storeBytes(of: 0x22, toByteOffset: place, as: UInt8.self)
      place &+= 1
    }
    let (year, month, day) = date.components
    if (0...9999).contains(year) {
      // yyyymmdd
      let digits = UInt64(littleEndian: EightDigits(UInt64(year &* 10_000 &+ month &* 100 &+ day)).text)
      output.storeBytes(of: UInt32(truncatingIfNeeded: digits).littleEndian, toByteOffset: place, as: UInt32.self)
      output.storeBytes(of: 0x2D, toByteOffset: place &+ 4, as: UInt8.self)
      output.storeBytes(
        of: UInt16(truncatingIfNeeded: digits &>> 32).littleEndian, toByteOffset: place &+ 5, as: UInt16.self)
      output.storeBytes(of: 0x2D, toByteOffset: place &+ 7, as: UInt8.self)
      output.storeBytes(
        of: UInt16(truncatingIfNeeded: digits &>> 48).littleEndian, toByteOffset: place &+ 8, as: UInt16.self)
      place &+= 10
    } else {
      for byte in date.description.utf8 {
        output.storeBytes(of: byte, toByteOffset: place, as: UInt8.self)
        place += 1
      }
    }
    if isQuoted {
      output.storeBytes(of: 0x22, toByteOffset: place, as: UInt8.self)
      place &+= 1
    }
    return place
  }
}
