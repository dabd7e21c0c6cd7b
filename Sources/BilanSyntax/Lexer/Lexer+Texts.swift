import BilanDiagnostics

extension Lexer {
  /// Takes a text in double quotes; it ends on its line.
  mutating func lexText() {
    let start = position
    position += 1
    while position < bytes.count, byte() != UInt8(ascii: "\n") {
      switch byte() {
      case UInt8(ascii: "\""):
        position += 1
        return emit(.text, from: start)
      case UInt8(ascii: "\\"): lexEscape()
      default: position += 1
      }
    }
    trimLineEnd(after: start)
    diagnostics.append(
      .error(
        .unterminatedText,
        Localized("this text has no closing quote", fr: "il manque le guillemet qui ferme ce texte"),
        at: span(start, start + 1), label: Localized("opened here", fr: "ouvert ici"),
        help: Localized(
          "a text ends on its line; `\\n` is a line break in it",
          fr: "un texte se ferme sur sa ligne ; `\\n` y est un saut de ligne")))
    emit(.invalid, from: start)
  }

  /// Checks the escape sequence at the current position and moves past it.
  private mutating func lexEscape() {
    let start = position
    switch byte(1) {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "n"), UInt8(ascii: "t"): position += 2
    case UInt8(ascii: "u"):
      position += 2
      if byte() == UInt8(ascii: "{") {
        position += 1
        while Self.isNameByte(byte()) { position += 1 }
        let digits = text(start + 3, position)
        let isClosed = byte() == UInt8(ascii: "}")
        if isClosed { position += 1 }
        if isClosed, digits.utf8.count <= 8, let value = UInt32(digits, radix: 16), Unicode.Scalar(value) != nil {
          return
        }
      }
      diagnostics.append(
        .error(
          .invalidEscape,
          Localized("`\\u` is followed by the number of a character", fr: "`\\u` est suivi du numéro d’un caractère"),
          at: span(start, position),
          help: Localized("as in `\\u{00E9}` for é", fr: "comme dans `\\u{00E9}` pour é")))
    case 0, UInt8(ascii: "\n"), UInt8(ascii: "\r"): position += 1
    default:
      position += 1
      let length = byte() < 0x80 ? 1 : scalar(at: position).1
      position = min(position + length, bytes.count)
      let written = text(start, position)
      diagnostics.append(
        .error(
          .invalidEscape,
          Localized("`\(written)` is no escape sequence", fr: "`\(written)` n’est pas une séquence d’échappement"),
          at: span(start, position),
          help: Localized(
            "there are `\\\"` `\\\\` `\\n` `\\t` and `\\u{00E9}`; a backslash alone is written `\\\\`",
            fr: "il y a `\\\"` `\\\\` `\\n` `\\t` et `\\u{00E9}` ; une barre oblique inverse s’écrit `\\\\`")
        ).fixing(
          Localized("write `\\\(written)`", fr: "écrire `\\\(written)`"), replace: span(start, start + 1),
          with: "\\\\"))
    }
  }

  /// `'Oriental'`; and `d'intervention`, which is a name without its backticks.
  mutating func lexSingleQuote() {
    let start = position
    if let last = tokens.last, last.end == start, last.kind == .name { return lexApostrophe(after: last) }
    lexForeignText(openingLength: 1, closers: ["'"])
  }

  /// The rest of `Région d'intervention`, of which the words up to the apostrophe have been read as names.
  private mutating func lexApostrophe(after last: Token) {
    let apostrophe = position
    position += 1
    scanName()
    var first = tokens.count - 1
    // Words before it belong to the name too, but not the verb of the step.
    while first > 1, tokens[first - 1].kind == .name, !tokens[first].isFirstOnLine, tokens[first - 2].kind != .pipe {
      first -= 1
    }
    let start = tokens[first].start
    let name = text(start, position)
    diagnostics.append(
      .error(
        .unexpectedCharacter,
        Localized(
          "a name with an apostrophe is written in backticks", fr: "un nom avec apostrophe s’écrit entre accents graves"
        ),
        at: span(apostrophe, apostrophe + 1),
        help: Localized("a text goes in double quotes", fr: "un texte va entre guillemets droits doubles")
      ).fixing(
        Localized("write the whole name in backticks", fr: "écrire le nom entier entre accents graves"),
        replace: span(start, position), with: "`\(name)`"))
    let isFirst = tokens[first].isFirstOnLine
    tokens.removeSubrange(first...)
    tokens.append(Token(kind: .invalid, start: start, end: position, isFirstOnLine: isFirst))
  }

  /// `“Oriental”`, `« Oriental »`, `‘Oriental’`
  mutating func lexTypographicQuote(_ opening: Unicode.Scalar, length: Int) {
    switch opening {
    case "«", "»": lexForeignText(openingLength: length, closers: ["»", "«"])
    case "‘", "’": lexForeignText(openingLength: length, closers: ["’", "‘"])
    default: lexForeignText(openingLength: length, closers: ["”", "“", "\""])
    }
  }

  private mutating func lexForeignText(openingLength: Int, closers: [Unicode.Scalar]) {
    let start = position
    position += openingLength
    var isClosed = false
    while position < bytes.count, byte() != UInt8(ascii: "\n") {
      let (scalar, length) = scalar(at: position)
      if closers.contains(scalar) {
        position += length
        isClosed = true
        break
      }
      position += length
    }
    let message = Localized(
      "texts are written in straight double quotes", fr: "les textes s’écrivent entre guillemets droits doubles")
    guard isClosed else {
      trimLineEnd(after: start)
      diagnostics.append(
        .error(
          .singleQuotes, message, at: span(start, start + openingLength),
          label: Localized("opened here, and not closed on this line", fr: "ouvert ici, et pas fermé sur cette ligne")))
      return emit(.invalid, from: start)
    }
    let content = TextLiteral.decode(bytes[start..<position])
    let written = TextLiteral.encode(content)
    diagnostics.append(
      .error(.singleQuotes, message, at: span(start, position)).fixing(
        Localized("write `\(written)`", fr: "écrire `\(written)`"), replace: span(start, position), with: written))
    emit(.text, from: start)
  }
}

/// Between a text and the way it is written in a query.
package enum TextLiteral {
  /// The text that a token stands for; escapes that mean nothing are kept as they are.
  package static func decode(_ token: ArraySlice<UInt8>) -> String {
    guard token.first == UInt8(ascii: "\"") else { return decodeForeign(String(decoding: token, as: UTF8.self)) }
    var bytes = token.dropFirst()
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    while let byte = bytes.popFirst(), byte != UInt8(ascii: "\"") {
      guard byte == UInt8(ascii: "\\"), let escaped = bytes.popFirst() else {
        text.append(byte)
        continue
      }
      switch escaped {
      case UInt8(ascii: "n"): text.append(0x0A)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "u"):
        if let end = bytes.firstIndex(of: UInt8(ascii: "}")), bytes.first == UInt8(ascii: "{"),
          let value = UInt32(String(decoding: bytes[(bytes.startIndex + 1)..<end], as: UTF8.self), radix: 16),
          let scalar = Unicode.Scalar(value)
        {
          text.append(contentsOf: String(scalar).utf8)
          bytes = bytes[(end + 1)...]
        }
      default: text.append(escaped)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func decodeForeign(_ written: String) -> String {
    var scalars = Array(written.unicodeScalars.dropFirst().dropLast())
    if written.unicodeScalars.first == "«" {
      // French quotes have spaces inside that are not part of what is quoted.
      if scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
      if scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
    }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }

  /// The literal of a text, in double quotes.
  package static func encode(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": literal += "\\\""
      case "\\": literal += "\\\\"
      case "\n": literal += "\\n"
      case "\t": literal += "\\t"
      default:
        if scalar.value < 0x20 || scalar.value == 0x7F {
          literal += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        } else {
          literal.unicodeScalars.append(scalar)
        }
      }
    }
    return literal + "\""
  }
}
