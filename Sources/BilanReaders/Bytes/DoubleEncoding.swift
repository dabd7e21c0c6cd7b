/// UTF-8 that a program took for windows-1252 and wrote as UTF-8 once more: `FÃ¨s` for `Fès`.
enum DoubleEncoding {
  /// The text as it was before; nil where some character is none of windows-1252, or the bytes that they stand for are no
  /// UTF-8: the letters then mean themselves.
  static func undone(_ bytes: [UInt8], from start: Int) -> (bytes: [UInt8], count: Int)? {
    guard isLikely(bytes, from: start) else { return nil }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for scalar in String(decoding: bytes[start...], as: UTF8.self).unicodeScalars {
      guard let byte = ByteTable.windows1252.byte(of: scalar) else { return nil }
      result.append(byte)
    }
    let survey = UTF8Survey(result)
    return survey.invalidCount == 0 && survey.sequenceCount > 0 ? (result, survey.sequenceCount) : nil
  }

  /// Whether the first letters that are not ASCII are `Ã`, `Â`, `â` or `Å` with something behind.
  private static func isLikely(_ bytes: [UInt8], from start: Int) -> Bool {
    guard let first = bytes[start...].firstIndex(where: { $0 >= 0x80 }), first + 2 < bytes.count else { return false }
    return bytes[first] == 0xC3 && [0x82, 0x83, 0x85, 0xA2].contains(bytes[first + 1]) && bytes[first + 2] >= 0x80
  }
}
