/// A search for a text within texts, over their bytes.
///
/// UTF-8 lets bytes be compared without decoding: no character begins in the middle of another.
package struct TextSearch: Sendable {
  package enum Place: Sendable {
    case anywhere, start, end
  }

  /// What is looked for; folded where case and accents do not count.
  let needle: [UInt8]
  private let place: Place
  let isFolded: Bool
  var isAnywhere: Bool { if case .anywhere = place { true } else { false } }

  /// Looks for exactly `text`.
  package init(exact text: String, at place: Place) {
    needle = Array(text.utf8)
    self.place = place
    isFolded = false
  }

  /// Looks for `text` anywhere, case and accents apart: the operator `~`.
  package init(folded text: String) {
    needle = Array(TextFolding.fold(text).utf8)
    place = .anywhere
    isFolded = true
  }

  /// Whether the text of `code` is a hit.
  package func matches(_ dictionary: TextDictionary, _ code: Int) -> Bool {
    let range = dictionary.byteRange(code)
    let bytes = dictionary.bytes
    let span = bytes.span.extracting(range)
    guard isFolded else { return find(in: span, foldingCase: false) }
    for index in 0..<span.count where span[index] >= 0x80 {
      let folded = Array(TextFolding.fold(dictionary[code]).utf8)
      return find(in: folded.span, foldingCase: false)
    }
    return find(in: span, foldingCase: true)
  }

  private func find(in text: Span<UInt8>, foldingCase: Bool) -> Bool {
    guard text.count >= needle.count else { return false }
    let last = text.count - needle.count
    let starts: ClosedRange<Int> =
      switch place {
      case .anywhere: 0...last
      case .start: 0...0
      case .end: last...last
      }
    let needle = self.needle.span
    for start in starts {
      var index = 0
      while index < needle.count {
        var byte = text[start &+ index]
        if foldingCase, byte >= 0x41, byte <= 0x5A { byte |= 0x20 }
        if byte != needle[index] { break }
        index += 1
      }
      if index == needle.count { return true }
    }
    return false
  }
}
