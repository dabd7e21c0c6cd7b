import BilanColumnar

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
        // Adding a half and cutting rounds well enough here, without a call to the C library.
        let product = magnitude * scale + 0.5
        if product >= 1e15 { break }
        let scaled = UInt64(product)
        if Double(scaled) / scale == magnitude {
          if value < 0 { output.append(0x2D) }
          append(fixed: scaled, places: places, to: &output)
          return
        }
        scale *= 10
      }
    }
    if magnitude >= 1e-4, magnitude < 1e15 {
      // Swift writes these in full, and those that end in `.0` are done.
      output.append(contentsOf: value.description.utf8)
      return
    }
    let decimal = DecimalNumber(value)
    if decimal.pointPosition > 21 || decimal.pointPosition < -8 {
      output.append(contentsOf: decimal.scientificText.utf8)
    } else {
      output.append(contentsOf: decimal.plainText.utf8)
    }
  }

  /// `2019-04-15`
  static func append(_ date: CalendarDate, to output: inout [UInt8]) {
    let (year, month, day) = date.components
    guard (0...9999).contains(year) else { return output.append(contentsOf: date.description.utf8) }
    appendPair(year / 100, to: &output)
    appendPair(year % 100, to: &output)
    output.append(0x2D)
    appendPair(month, to: &output)
    output.append(0x2D)
    appendPair(day, to: &output)
  }

  @inline(__always)
  private static func appendPair(_ value: Int, to output: inout [UInt8]) {
    output.append(0x30 + UInt8(truncatingIfNeeded: value / 10))
    output.append(0x30 + UInt8(truncatingIfNeeded: value % 10))
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
