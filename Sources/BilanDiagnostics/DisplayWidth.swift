/// How many columns of a terminal a text takes, and how to cut and wrap it by them.
///
/// A grapheme takes 2 columns where it is East Asian wide or an emoji, 0 where it only combines, else 1. The standard
/// library has no East Asian Width property, so the wide blocks are listed here (source: Unicode 16,
/// EastAsianWidth.txt, classes W and F, merged over unassigned gaps).
package enum DisplayWidth {
  package static func of(_ text: some StringProtocol) -> Int {
    var count = 0
    var isASCII = true
    for byte in text.utf8 {
      if byte >= 0x80 {
        isASCII = false
        break
      }
      if byte >= 0x20, byte != 0x7F { count += 1 }
    }
    if isASCII { return count }
    return text.reduce(0) { $0 + of($1) }
  }

  /// The columns of one grapheme; control characters take none and are best escaped before.
  package static func of(_ character: Character) -> Int {
    if let byte = character.asciiValue { return byte >= 0x20 && byte != 0x7F ? 1 : 0 }
    var width = 0
    var hasEmojiBase = false
    for scalar in character.unicodeScalars {
      // U+FE0F asks for the colourful form of what could also be drawn as text: ❤️.
      if scalar.value == 0xFE0F, hasEmojiBase { return 2 }
      if scalar.properties.isEmoji { hasEmojiBase = true }
      width = max(width, columns(of: scalar))
    }
    return width
  }

  private static func columns(of scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? 0 : 1 }
    let properties = scalar.properties
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .control, .format: return 0
    default: break
    }
    if properties.isEmojiPresentation { return 2 }
    return isWide(scalar.value) ? 2 : 1
  }

  private static func isWide(_ value: UInt32) -> Bool {
    if value < 0x1100 { return false }
    return switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
      0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60,
      0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }

  /// `text` if it fits, else its start and `ellipsis`, together at most `width` columns.
  package static func cut(_ text: String, to width: Int, ellipsis: String) -> String {
    if of(text) <= width { return text }
    let room = width - of(ellipsis)
    guard room >= 0 else { return prefix(of: ellipsis, columns: width).text }
    return prefix(of: text, columns: room).text + ellipsis
  }

  /// The longest start of `text` that takes at most `columns`, and what it takes.
  private static func prefix(of text: String, columns: Int) -> (text: String, width: Int) {
    var result = ""
    var used = 0
    for character in text {
      let width = of(character)
      if used + width > columns { break }
      result.append(character)
      used += width
    }
    return (result, used)
  }

  /// `text` followed, or preceded, by spaces up to `width` columns.
  package static func pad(_ text: String, to width: Int, leading: Bool = false) -> String {
    let spaces = String(repeating: " ", count: max(0, width - of(text)))
    return leading ? spaces + text : text + spaces
  }

  /// The lines of `text` at most `width` columns wide, broken at spaces; a longer word is broken after `_`, `-`, `/`
  /// or `.` if it can be, else anywhere.
  package static func wrap(_ text: String, to width: Int) -> [String] {
    let width = max(2, width)
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      var rest = String(word)
      var restWidth = of(rest)
      if used > 0 || !line.isEmpty {
        if used + 1 + restWidth <= width {
          line += " " + rest
          used += 1 + restWidth
          continue
        }
        lines.append(line)
        line = ""
        used = 0
      }
      while restWidth > width {
        var head = prefix(of: rest, columns: width).text
        if head.isEmpty { head = String(rest.prefix(1)) }
        if let mark = head.lastIndex(where: { "_-/.".contains($0) }), mark > head.startIndex {
          head = String(head[...mark])
        }
        lines.append(head)
        rest.removeFirst(head.count)
        restWidth = of(rest)
      }
      line = rest
      used = restWidth
    }
    lines.append(line)
    return lines
  }
}
