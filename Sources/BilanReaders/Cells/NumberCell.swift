/// Turns the bytes of a cell into a number, exactly.
///
/// The loops here take plain digits with at most one decimal mark; every other way of writing (thousands, percent,
/// exponents) is first given its shape and then read from that.
enum NumberCell {
  /// A whole number; nil where the cell is none or leaves 64 bits.
  @inline(__always)
  static func integer(_ bytes: Span<UInt8>, _ from: Int, _ to: Int, mark: DecimalMark) -> Int64? {
    var index = from
    let isNegative = bytes[from] == UInt8(ascii: "-")
    if isNegative { index &+= 1 }
    // 18 digits cannot overflow.
    guard index < to, to &- index <= 18 else { return shapedInteger(bytes, from, to, mark) }
    var value: Int64 = 0
    while index < to {
      let digit = bytes[index] &- 0x30
      if digit > 9 { return shapedInteger(bytes, from, to, mark) }
      value = value &* 10 &+ Int64(truncatingIfNeeded: digit)
      index &+= 1
    }
    return isNegative ? 0 &- value : value
  }

  /// A number in double precision; percentages are divided by a hundred.
  @inline(__always)
  static func real(_ bytes: Span<UInt8>, _ from: Int, _ to: Int, mark: DecimalMark) -> Double? {
    var index = from
    let isNegative = bytes[from] == UInt8(ascii: "-")
    if isNegative { index &+= 1 }
    // 19 characters: at most 18 digits and a mark, which 64 bits hold.
    guard index < to, to &- index <= 19 else { return shapedReal(bytes, from, to, mark) }
    var mantissa: UInt64 = 0
    let start = index
    while index < to {
      let digit = bytes[index] &- 0x30
      if digit > 9 { break }
      mantissa = mantissa &* 10 &+ UInt64(truncatingIfNeeded: digit)
      index &+= 1
    }
    var scale = 0
    if index < to {
      guard bytes[index] == mark.byte, index > start else { return shapedReal(bytes, from, to, mark) }
      index &+= 1
      let fraction = index
      while index < to {
        let digit = bytes[index] &- 0x30
        if digit > 9 { return shapedReal(bytes, from, to, mark) }
        mantissa = mantissa &* 10 &+ UInt64(truncatingIfNeeded: digit)
        index &+= 1
      }
      scale = index &- fraction
      if scale == 0 { return shapedReal(bytes, from, to, mark) }
    }
    guard mantissa <= 1 << 53 else { return shapedReal(bytes, from, to, mark) }
    // Both are exact doubles, so that the quotient is the nearest one (Clinger, "How to read floating point numbers
    // accurately"); scale is at most 18.
    let value = scale == 0 ? Double(mantissa) : Double(mantissa) / powersOfTen[scale]
    return isNegative ? -value : value
  }

  @inline(never)
  private static func shapedInteger(_ bytes: Span<UInt8>, _ from: Int, _ to: Int, _ mark: DecimalMark) -> Int64? {
    guard let shape = NumberShape.scan(bytes, from, to), shape.kind.fits(mark), !shape.kind.hasFraction(mark),
      shape.exponent == nil, !shape.isPercent, shape.digitCount <= 19
    else { return nil }
    var value: Int64 = 0
    for index in shape.start..<shape.end where bytes[index] &- 0x30 < 10 {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let digit = Int64(bytes[index] &- 0x30)
      let (sum, overflowToo) = product.addingReportingOverflow(shape.isNegative ? -digit : digit)
      if overflow || overflowToo { return nil }
      value = sum
    }
    return value
  }

  /// A number without a percent sign that is a percentage all the same, divided by a hundred.
  static func percentage(_ bytes: Span<UInt8>, _ from: Int, _ to: Int, mark: DecimalMark) -> Double? {
    shapedReal(bytes, from, to, mark, isPercentage: true)
  }

  @inline(never)
  private static func shapedReal(
    _ bytes: Span<UInt8>, _ from: Int, _ to: Int, _ mark: DecimalMark, isPercentage: Bool = false
  ) -> Double? {
    guard let shape = NumberShape.scan(bytes, from, to), shape.kind.fits(mark) else { return nil }
    // The last mark of the decimal kind begins the fraction; all others only group.
    var fractionStart = shape.end
    if shape.kind.hasFraction(mark) {
      fractionStart = shape.end - 1
      while bytes[fractionStart] != mark.byte { fractionStart -= 1 }
    }
    var mantissa: UInt64 = 0
    var exponent = (shape.exponent ?? 0) - (shape.isPercent || isPercentage ? 2 : 0)
    var text: [UInt8] = []
    for index in shape.start..<shape.end where bytes[index] &- 0x30 < 10 {
      if shape.digitCount <= 19 { mantissa = mantissa &* 10 &+ UInt64(bytes[index] &- 0x30) }
      text.append(bytes[index])
      if index > fractionStart { exponent -= 1 }
    }
    if shape.digitCount <= 19, mantissa <= 1 << 53, abs(exponent) <= 22 {
      let magnitude = Double(mantissa)
      let value = exponent < 0 ? magnitude / powersOfTen[-exponent] : magnitude * powersOfTen[exponent]
      return shape.isNegative ? -value : value
    }
    // The standard library reads any decimal to the nearest double, in no locale.
    guard let value = Double(String(decoding: text, as: UTF8.self) + "e\(exponent)"), value.isFinite else { return nil }
    // `1e-400` is not zero.
    if value == 0, text.contains(where: { $0 != 0x30 }) { return nil }
    return shape.isNegative ? -value : value
  }

  /// 10⁰ to 10²², the powers that a double holds exactly.
  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]
}
