/// No-break spaces in UTF-8: U+00A0 is `C2 A0`, the narrow U+202F `E2 80 AF`.
package enum WideBlank {
  /// The bytes of the one that begins at `place`; 0 for none.
  package static func size(at place: Int, _ bytes: borrowing Span<UInt8>, to end: Int) -> Int {
    let rest = end - place
    if rest >= 2, bytes[place] == 0xC2, bytes[place + 1] == 0xA0 { return 2 }
    return rest >= 3 && bytes[place] == 0xE2 && bytes[place + 1] == 0x80 && bytes[place + 2] == 0xAF ? 3 : 0
  }

  /// The bytes of the one that ends before `place`; 0 for none.
  package static func size(before place: Int, _ bytes: borrowing Span<UInt8>, from start: Int) -> Int {
    let rest = place - start
    if rest >= 2, bytes[place - 2] == 0xC2 { return bytes[place - 1] == 0xA0 ? 2 : 0 }
    return rest >= 3 && bytes[place - 3] == 0xE2 && bytes[place - 2] == 0x80 && bytes[place - 1] == 0xAF ? 3 : 0
  }
}
