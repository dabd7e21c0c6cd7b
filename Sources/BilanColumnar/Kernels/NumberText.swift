/// Reads numbers as French and English reports write them.
package enum NumberText {
  /// The number that a text holds; nil where it holds none.
  ///
  ///     1234   -1 234,5   1,234.5   1.234,5   1,234,567   12 %   2e6
  ///
  /// A single comma or point is the decimal sign (so `1,234` is 1.234); of both the later one is, and the other, like
  /// white space and apostrophes, groups digits by three. A percent sign divides by 100. A whole number of so many digits
  /// that a double would be another one is an identifier, and none.
  package static func parse(_ text: String) -> Double? {
    var characters = Array(text.unicodeScalars)
    while let last = characters.last, last.properties.isWhitespace { characters.removeLast() }
    while let first = characters.first, first.properties.isWhitespace { characters.removeFirst() }
    var isPercent = false
    if characters.last == "%" {
      isPercent = true
      characters.removeLast()
      while let last = characters.last, last.properties.isWhitespace { characters.removeLast() }
    }
    var sign = ""
    if let first = characters.first, first == "-" || first == "\u{2212}" || first == "+" {
      if first != "+" { sign = "-" }
      characters.removeFirst()
    }
    guard let (digits, exponent) = mantissa(characters) else { return nil }
    guard let number = Double(sign + digits + exponent), number.isFinite else { return nil }
    if exponent.isEmpty, digits.utf8.count > 17, digits.hasSuffix(".0"), !isExact(number, digits) { return nil }
    return isPercent ? number / 100 : number
  }

  private static func isExact(_ number: Double, _ digits: String) -> Bool {
    guard let whole = UInt64(digits.dropLast(2)), let back = UInt64(exactly: number.magnitude) else { return false }
    return whole == back
  }

  /// Digits with a point for the decimal sign, and the exponent as written.
  private static func mantissa(_ characters: [Unicode.Scalar]) -> (digits: String, exponent: String)? {
    let body = characters.prefix { $0 != "e" && $0 != "E" }
    var exponent = ""
    if body.count < characters.count {
      let after = characters.dropFirst(body.count + 1)
      let digits = after.first == "-" || after.first == "+" ? after.dropFirst() : after
      guard !digits.isEmpty, digits.allSatisfy(isDigit) else { return nil }
      exponent = "e" + String(String.UnicodeScalarView(after))
    }
    guard let decimalPlace = decimalPlace(body) else { return nil }
    let whole = body[..<decimalPlace]
    let decimals = body[decimalPlace...].dropFirst()
    guard decimals.allSatisfy(isDigit), let digits = ungrouped(Array(whole)), !(digits.isEmpty && decimals.isEmpty)
    else { return nil }
    return (digits + "." + (decimals.isEmpty ? "0" : String(String.UnicodeScalarView(decimals))), exponent)
  }

  /// Where the decimal sign stands, or the end; nil where signs contradict each other.
  private static func decimalPlace(_ body: ArraySlice<Unicode.Scalar>) -> Int? {
    let commas = body.indices.filter { body[$0] == "," }
    let points = body.indices.filter { body[$0] == "." }
    switch (commas.count, points.count) {
    case (0, 0): return body.endIndex
    case (1, 0): return commas[0]
    case (0, 1): return points[0]
    case (_, 0), (0, _): return body.endIndex
    case (_, 1) where points[0] > commas.last!: return points[0]
    case (1, _) where commas[0] > points.last!: return commas[0]
    default: return nil
    }
  }

  /// The digits without what groups them, which must be one sign throughout and stand before every third digit.
  private static func ungrouped(_ whole: [Unicode.Scalar]) -> String? {
    var digits = String.UnicodeScalarView()
    var separator: Unicode.Scalar?
    for (index, scalar) in whole.enumerated() {
      if isDigit(scalar) {
        digits.append(scalar)
        continue
      }
      let isSeparator =
        scalar == "," || scalar == "." || scalar == "'" || scalar == "\u{2019}"
        || (scalar.properties.isWhitespace && scalar.properties.generalCategory == .spaceSeparator)
      let following = whole.count - index - 1
      guard isSeparator, separator == nil || separator == scalar, index > 0, following % 4 == 3,
        separator != nil || index <= 3
      else { return nil }
      separator = scalar
    }
    // Once grouped, grouped throughout.
    if separator != nil, whole.count != digits.count + (digits.count - 1) / 3 { return nil }
    return String(digits)
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar >= "0" && scalar <= "9" }
}
