#if Spreadsheets
  /// The digits of a number as it is stored, with the point moved: nothing is computed, so that nothing is lost.
  enum NumberText {
    /// Appends the stored number `text` times 10^`shift`, without an exponent where that takes few digits; false where it
    /// is no number.
    ///
    /// Spreadsheets store `2.5E-5` and `1E+20` for numbers that are not rounded, whereas in a text such a number is what
    /// has been left of an identifier. One of 15 digits or more, `1.23456789012345E+16`, is an identifier as it would be
    /// without the exponent.
    static func append(_ text: borrowing Swift.Span<UInt8>, shiftedBy shift: Int, to output: inout [UInt8]) -> Bool {
      var index = 0
      var isNegative = false
      if index < text.count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") {
        isNegative = text[index] == UInt8(ascii: "-")
        index += 1
      }
      let start = index
      var point: Int?
      while index < text.count {
        if text[index] == UInt8(ascii: "."), point == nil {
          point = index
        } else if text[index] &- 0x30 >= 10 {
          break
        }
        index += 1
      }
      let end = index
      let digitCount = end - start - (point == nil ? 0 : 1)
      guard digitCount > 0 else { return false }
      var exponent = 0
      if index < text.count {
        guard text[index] | 0x20 == UInt8(ascii: "e"), let written = signed(text, index + 1) else { return false }
        exponent = written
      }
      // Digits before the point, once it has moved.
      let wholeCount = (point ?? end) - start + exponent + shift
      if exponent == 0, shift == 0 {
        if isNegative { output.append(UInt8(ascii: "-")) }
        for place in start..<end { output.append(text[place]) }
        return true
      }
      guard wholeCount > -40, wholeCount < 40 else {
        guard shift == 0 else { return false }
        for place in text.indices { output.append(text[place]) }
        return true
      }
      if isNegative { output.append(UInt8(ascii: "-")) }
      var digits: [UInt8] = []
      for place in start..<end where place != point { digits.append(text[place]) }
      let leading = digits.prefix { $0 == 0x30 }.count
      if leading == digits.count {
        output.append(0x30)
        return true
      }
      appendDigits(Array(digits[leading...]), wholeCount: wholeCount - leading, to: &output)
      return true
    }

    /// As many digits as spreadsheets keep of an identifier that is longer.
    private static let identifierDigits = 15

    /// Digits with `wholeCount` of them before the point; zeros are put where digits lack.
    private static func appendDigits(_ digits: [UInt8], wholeCount: Int, to output: inout [UInt8]) {
      if wholeCount <= 0 {
        output.append(0x30)
      } else {
        for place in 0..<wholeCount { output.append(place < digits.count ? digits[place] : 0x30) }
      }
      var fraction: [UInt8] = wholeCount < 0 ? Array(repeating: 0x30, count: -wholeCount) : []
      if digits.count > max(0, wholeCount) { fraction += digits[max(0, wholeCount)...] }
      while fraction.last == 0x30 { fraction.removeLast() }
      // So long a number of few digits is no identifier, which is what one without a fraction would be taken for.
      if fraction.isEmpty, wholeCount > 15, digits.count < identifierDigits { fraction = [0x30] }
      if !fraction.isEmpty { output += [UInt8(ascii: ".")] + fraction }
    }

    private static func signed(_ text: borrowing Swift.Span<UInt8>, _ start: Int) -> Int? {
      var index = start
      var isNegative = false
      if index < text.count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") {
        isNegative = text[index] == UInt8(ascii: "-")
        index += 1
      }
      guard index < text.count, text.count - index <= 4,
        let value = XMLAttributes.integer(text.extracting(index..<text.count))
      else { return nil }
      return isNegative ? -value : value
    }
  }
#endif
