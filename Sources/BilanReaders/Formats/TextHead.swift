/// The beginning of a text in UTF-8, whichever of Unicode's encodings the file is in: formats are known by how their
/// texts begin.
package enum TextHead {
  /// The bytes without a mark before them; those of UTF-16, with a mark or without, as UTF-8.
  package static func utf8(_ head: [UInt8]) -> [UInt8] {
    if head.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(head.dropFirst(3)) }
    if head.starts(with: [0xFF, 0xFE]) { return utf16(head.dropFirst(2), isBigEndian: false) }
    if head.starts(with: [0xFE, 0xFF]) { return utf16(head.dropFirst(2), isBigEndian: true) }
    // What these formats begin with is ASCII: half of its bytes are zero in UTF-16.
    guard head.count >= 2, (head[0] == 0) != (head[1] == 0) else { return head }
    return utf16(head[...], isBigEndian: head[0] == 0)
  }

  private static func utf16(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) -> [UInt8] {
    Array(String(decoding: UTF16Units.of(bytes, isBigEndian: isBigEndian), as: UTF16.self).utf8)
  }
}
