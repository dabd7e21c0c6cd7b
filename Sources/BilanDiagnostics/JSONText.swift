/// Writes JSON by hand: bytes in, bytes out, nothing but RFC 8259.
package enum JSONText {
  /// Appends a text as a JSON string. The bytes must be UTF-8; everything from U+0080 on goes through as it is.
  package static func appendQuoted(_ utf8: some Sequence<UInt8>, to output: inout [UInt8]) {
    output.append(0x22)
    for byte in utf8 { appendEscaped(byte, to: &output) }
    output.append(0x22)
  }

  @inline(__always)
  package static func appendEscaped(_ byte: UInt8, to output: inout [UInt8]) {
    switch byte {
    case 0x22, 0x5C:
      output.append(0x5C)
      output.append(byte)
    case 0x20...: output.append(byte)
    case 0x0A: output.append(contentsOf: [0x5C, 0x6E])
    case 0x0D: output.append(contentsOf: [0x5C, 0x72])
    case 0x09: output.append(contentsOf: [0x5C, 0x74])
    case 0x08: output.append(contentsOf: [0x5C, 0x62])
    case 0x0C: output.append(contentsOf: [0x5C, 0x66])
    default:
      output.append(contentsOf: [0x5C, 0x75, 0x30, 0x30])
      output.append(0x30 + byte >> 4)
      let low = byte & 15
      output.append(low < 10 ? 0x30 + low : 0x57 + low)
    }
  }

  /// A text as a JSON string.
  package static func quoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    appendQuoted(text.utf8, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
