/// A number as its shortest decimal digits, for rounding as people do: 0.145 is half-way between 0.14 and 0.15, and
/// goes up, though the double beneath is a little less.
struct DecimalNumber: Equatable {
  var isNegative: Bool
  /// From the first that is not 0 to the last that is not 0, each 0 to 9; empty for zero.
  var digits: [UInt8]
  /// Where the decimal point stands: the value is 0.d₁d₂… × 10^pointPosition.
  var pointPosition: Int

  /// - Precondition: `value` is finite.
  init(_ value: Double) {
    isNegative = value < 0
    digits = []
    pointPosition = 0
    var exponent = 0
    var seenPoint = false
    var digitsBeforePoint = 0
    // `description` is the shortest text that reads back, as 123.5, 1e-05 or 1.5e+20.
    var bytes = Array(value.magnitude.description.utf8)
    if let mark = bytes.firstIndex(of: 0x65) {
      exponent = Int(String(decoding: bytes[(mark + 1)...], as: UTF8.self)) ?? 0
      bytes.removeSubrange(mark...)
    }
    for byte in bytes {
      if byte == 0x2E {
        seenPoint = true
      } else {
        digits.append(byte - 0x30)
        if !seenPoint { digitsBeforePoint += 1 }
      }
    }
    pointPosition = digitsBeforePoint + exponent
    normalize()
  }

  init(_ value: Int64) {
    isNegative = value < 0
    digits = String(value.magnitude).utf8.map { $0 - 0x30 }
    pointPosition = digits.count
    normalize()
  }

  private mutating func normalize() {
    let zeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(zeros)
    pointPosition -= zeros
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty {
      pointPosition = 0
      isNegative = false
    }
  }

  var isZero: Bool { digits.isEmpty }
  /// The decimals that are needed to write it in full.
  var decimalCount: Int { max(0, digits.count - pointPosition) }

  /// The number times 10^`power`.
  func shifted(by power: Int) -> DecimalNumber {
    var copy = self
    if !isZero { copy.pointPosition += power }
    return copy
  }

  /// The nearest number with at most `decimals` decimals, the one farther from zero where two are as near.
  func rounded(to decimals: Int) -> DecimalNumber {
    let kept = pointPosition + decimals
    guard kept < digits.count else { return self }
    var copy = self
    guard kept >= 0 else {
      copy.digits = []
      copy.normalize()
      return copy
    }
    let roundsUp = digits[kept] >= 5
    copy.digits = Array(digits[..<kept])
    if roundsUp {
      var index = kept - 1
      while index >= 0, copy.digits[index] == 9 {
        copy.digits[index] = 0
        index -= 1
      }
      if index >= 0 {
        copy.digits[index] += 1
      } else {
        copy.digits.insert(1, at: 0)
        copy.pointPosition += 1
      }
    }
    copy.normalize()
    return copy
  }

  /// With at least `decimals` decimals, whole digits in groups of three set apart by `grouping`.
  func text(decimals: Int, grouping: String, point: String) -> String {
    var whole = ""
    let wholeCount = max(1, pointPosition)
    for position in 0..<wholeCount {
      if position > 0, (wholeCount - position) % 3 == 0 { whole += grouping }
      whole += digit(at: position + pointPosition - wholeCount)
    }
    let places = max(decimals, decimalCount)
    if places > 0 {
      whole += point
      for position in 0..<places { whole += digit(at: pointPosition + position) }
    }
    return (isNegative ? "-" : "") + whole
  }

  private func digit(at index: Int) -> String { digits.indices.contains(index) ? String(digits[index]) : "0" }

  /// All its digits, a point, no exponent.
  var plainText: String { text(decimals: 0, grouping: "", point: ".") }

  /// `1.25e-12`
  var scientificText: String {
    guard let first = digits.first else { return "0" }
    let rest = digits.dropFirst().map { String($0) }.joined()
    return "\(isNegative ? "-" : "")\(first)\(rest.isEmpty ? "" : "." + rest)e\(pointPosition - 1)"
  }
}
