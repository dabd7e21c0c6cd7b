/// A text up to the cursor as completion sees it: words, texts, signs; comments are left out.
///
/// It must make sense of a text that stops in the middle of a word or a quotation, so it is not the language's lexer.
struct CompletionScanner {
  struct Token: Equatable {
    enum Kind: Equatable {
      /// A name or a keyword.
      case word
      /// A name in backticks; its text is without them.
      case quotedName
      /// `$region`, without the sign.
      case parameter
      /// A text, its quotes taken off.
      case text
      case number
      /// `|`, `(`, `>=`, `,` and the like.
      case sign
    }

    var kind: Kind
    var text: String
    /// In UTF-8 bytes, quotes and `$` included.
    var range: Range<Int>
    /// Without its closing quote: the cursor is in it.
    var isOpen = false

    func isSign(_ sign: String) -> Bool { kind == .sign && text == sign }
    func isWord(_ word: String) -> Bool { kind == .word && text == word }
  }

  private(set) var tokens: [Token] = []
  /// The text ends within a comment.
  private(set) var endsInComment = false

  init(_ text: String) {
    let bytes = Array(text.utf8)
    var position = 0
    func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    while position < bytes.count {
      let start = position
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: " "), 0x09, 0x0A, 0x0D: position += 1
      case UInt8(ascii: "#"):
        while position < bytes.count, bytes[position] != 0x0A { position += 1 }
        endsInComment = position == bytes.count
      case UInt8(ascii: "\""), UInt8(ascii: "`"):
        position += 1
        while position < bytes.count, bytes[position] != byte {
          position += bytes[position] == UInt8(ascii: "\\") && byte == UInt8(ascii: "\"") ? 2 : 1
        }
        let isOpen = position >= bytes.count
        position = min(position, bytes.count)
        let content = string(start + 1..<position)
        if !isOpen { position += 1 }
        tokens.append(
          Token(
            kind: byte == UInt8(ascii: "`") ? .quotedName : .text, text: content, range: start..<position,
            isOpen: isOpen))
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        while position < bytes.count, Self.isNameByte(bytes[position]) || bytes[position] == UInt8(ascii: "%") {
          position += 1
        }
        tokens.append(Token(kind: .number, text: string(start..<position), range: start..<position))
      case _ where Self.isNameByte(byte) || byte == UInt8(ascii: "$"):
        position += 1
        while position < bytes.count, Self.isNameByte(bytes[position]) { position += 1 }
        let isParameter = byte == UInt8(ascii: "$")
        tokens.append(
          Token(
            kind: isParameter ? .parameter : .word, text: string((isParameter ? start + 1 : start)..<position),
            range: start..<position))
      default:
        position += 1
        let pairs: Set<String> = ["<=", ">=", "!=", "==", "??", ".."]
        if position < bytes.count, pairs.contains(string(start..<position + 1)) { position += 1 }
        tokens.append(Token(kind: .sign, text: string(start..<position), range: start..<position))
      }
    }
  }

  /// Letters, digits, `_`, and every byte of a character beyond ASCII.
  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }
}
