/// Writes numbers for machines: full precision, a decimal point, no grouping, no exponent where it can be avoided.
enum NumberBytes {
  static func append(_ value: Int64, to output: inout [UInt8]) {
    if value < 0 { output.append(0x2D) }
    append(digits: value.magnitude, to: &output)
  }

  static func append(digits value: UInt64, to output: inout [UInt8]) {
    if value < 10 {
      output.append(0x30 + UInt8(truncatingIfNeeded: value))
      return
    }
    let start = output.count
    var rest = value
    while rest > 0 {
      let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 10)
      output.append(0x30 + UInt8(truncatingIfNeeded: remainder))
      rest = quotient
    }
    var low = start
    var high = output.count - 1
    while low < high {
      output.swapAt(low, high)
      low += 1
      high -= 1
    }
  }

  /// Appends the shortest decimal that reads back as `value`; whole numbers have no fraction, -0 is 0.
  ///
  /// - Precondition: `value` is finite.
  static func append(_ value: Double, to output: inout [UInt8]) {
    let magnitude = value.magnitude
    if magnitude < 1e15 {
      // Most numbers have few decimals. A decimal of at most 15 digits reads back as one double only, so where
      // `scaled / 10^k` is the value, its digits for the least k are the shortest text.
      var scale: Double = 1
      for places in 0...6 {
        let scaled = (magnitude * scale).rounded()
        if scaled >= 1e15 { break }
        if scaled / scale == magnitude {
          if value < 0 { output.append(0x2D) }
          append(fixed: UInt64(scaled), places: places, to: &output)
          return
        }
        scale *= 10
      }
    }
    let decimal = DecimalNumber(value)
    if decimal.pointPosition > 21 || decimal.pointPosition < -8 {
      output.append(contentsOf: decimal.scientificText.utf8)
    } else {
      output.append(contentsOf: decimal.plainText.utf8)
    }
  }

  private static func append(fixed scaled: UInt64, places: Int, to output: inout [UInt8]) {
    if places == 0 { return append(digits: scaled, to: &output) }
    var divisor: UInt64 = 1
    for _ in 0..<places { divisor *= 10 }
    let (whole, fraction) = scaled.quotientAndRemainder(dividingBy: divisor)
    append(digits: whole, to: &output)
    output.append(0x2E)
    var rest = fraction
    while divisor > 1 {
      divisor /= 10
      let (digit, remainder) = rest.quotientAndRemainder(dividingBy: divisor)
      output.append(0x30 + UInt8(truncatingIfNeeded: digit))
      rest = remainder
    }
  }
}
