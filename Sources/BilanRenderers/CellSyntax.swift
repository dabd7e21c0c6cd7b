import BilanColumnar
import BilanDiagnostics

/// How a format for machines writes the cells of a row.
struct CellSyntax: Sendable {
  enum Quoting: Sendable {
    /// RFC 4180: quotes where the text needs them.
    case delimited(delimiter: UInt8)
    /// JSON strings, always quoted.
    case json
  }

  var quoting: Quoting
  /// What stands for a missing value.
  var missing: [UInt8]

  var isJSON: Bool { if case .json = quoting { true } else { false } }

  func appendText(_ bytes: borrowing Swift.Span<UInt8>, in range: Range<Int>, to output: inout [UInt8]) {
    switch quoting {
    case .json:
      output.append(0x22)
      for index in range { JSONText.appendEscaped(bytes[index], to: &output) }
      output.append(0x22)
    case .delimited(let delimiter):
      let needsQuotes = Self.needsQuotes(bytes, in: range, delimiter: delimiter)
      if needsQuotes { output.append(0x22) }
      for index in range {
        let byte = bytes[index]
        // No text has a zero byte: see `ZeroBytes`.
        if byte == 0 { continue }
        if byte == 0x22 { output.append(0x22) }
        output.append(byte)
      }
      if needsQuotes { output.append(0x22) }
    }
  }

  /// True for what RFC 4180 wants quoted, for blanks at the ends, which readers drop, Bilan among them, and for an empty
  /// text, so that it is not taken for a missing one.
  private static func needsQuotes(
    _ bytes: borrowing Swift.Span<UInt8>, in range: Range<Int>, delimiter: UInt8
  ) -> Bool {
    guard let first = range.first, let last = range.last else { return true }
    // What begins or ends with another character than these is looked at no further.
    if bytes[first] <= 0x20 || bytes[last] <= 0x20 { return true }
    if bytes[first] == 0xC2 || bytes[first] == 0xE2, WideBlank.size(at: first, bytes, to: last + 1) > 0 { return true }
    if bytes[last] == 0xA0 || bytes[last] == 0xAF, WideBlank.size(before: last + 1, bytes, from: first) > 0 {
      return true
    }
    for index in range {
      let byte = bytes[index]
      if byte == delimiter || byte == 0x22 || byte == 0x0A || byte == 0x0D { return true }
    }
    return false
  }

  func appendText(_ text: String, to output: inout [UInt8]) {
    let bytes = Array(text.utf8)
    appendText(bytes.span, in: 0..<bytes.count, to: &output)
  }

  /// A text of ours that needs no escapes: a date, a duration.
  func appendPlain(_ text: String, to output: inout [UInt8]) {
    if isJSON { output.append(0x22) }
    output.append(contentsOf: text.utf8)
    if isJSON { output.append(0x22) }
  }

  func appendReal(_ value: Double, to output: inout [UInt8]) {
    if value.isFinite { NumberBytes.append(value, to: &output) } else { output.append(contentsOf: missing) }
  }

  func appendRatio(_ ratio: RatioValue, to output: inout [UInt8]) {
    guard isJSON else {
      if let value = ratio.value { appendReal(value, to: &output) } else { output.append(contentsOf: missing) }
      return
    }
    output.append(contentsOf: Array(#"{"value":"#.utf8))
    if let value = ratio.value { appendReal(value, to: &output) } else { output.append(contentsOf: missing) }
    output.append(contentsOf: Array(#","numerator":"#.utf8))
    appendReal(ratio.numerator, to: &output)
    output.append(contentsOf: Array(#","denominator":"#.utf8))
    appendReal(ratio.denominator, to: &output)
    output.append(contentsOf: Array(#","reported":"#.utf8))
    NumberBytes.append(Int64(ratio.reported), to: &output)
    output.append(contentsOf: Array(#","expected":"#.utf8))
    NumberBytes.append(Int64(ratio.expected), to: &output)
    output.append(0x7D)
  }
}
