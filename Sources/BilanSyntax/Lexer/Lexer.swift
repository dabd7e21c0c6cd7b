import BilanDiagnostics

/// Cuts a text into tokens.
///
/// It never fails: what it cannot read becomes an `invalid` token with a diagnostic, and what is merely written the
/// way of another language becomes the token that was meant, again with a diagnostic. The parser adds nothing to
/// either, so that one mistake is reported once.
package struct Lexer {
  let source: Source
  let bytes: [UInt8]
  var position = 0
  var isFirstOnLine = true
  /// A `{` has been reported, and the `}` with it.
  var hasBrace = false
  var tokens: [Token] = []
  var comments: [Comment] = []
  var diagnostics: [Diagnostic] = []

  /// The tokens of `source`, the last of them `endOfText`, its comments, and what is wrong with them.
  package static func lex(_ source: Source) -> (tokens: [Token], comments: [Comment], diagnostics: [Diagnostic]) {
    var lexer = Lexer(source: source, bytes: Array(source.text.utf8))
    lexer.run()
    return (lexer.tokens, lexer.comments, lexer.diagnostics)
  }

  init(source: Source, bytes: [UInt8]) {
    self.source = source
    self.bytes = bytes
    tokens.reserveCapacity(bytes.count / 4 + 1)
  }

  private mutating func run() {
    while position < bytes.count { lexOne() }
    emit(.endOfText, from: position)
  }

  /// The byte `distance` after the current one, 0 past the end.
  func byte(_ distance: Int = 0) -> UInt8 {
    let offset = position + distance
    return offset < bytes.count ? bytes[offset] : 0
  }

  mutating func emit(_ kind: TokenKind, from start: Int) {
    tokens.append(Token(kind: kind, start: start, end: position, isFirstOnLine: isFirstOnLine))
    isFirstOnLine = false
  }

  /// Takes `count` bytes as one token.
  mutating func take(_ count: Int, _ kind: TokenKind) {
    let start = position
    position += count
    emit(kind, from: start)
  }

  func span(_ start: Int, _ end: Int) -> Span { Span(source, start..<max(start, end)) }

  func text(_ start: Int, _ end: Int) -> String { String(decoding: bytes[start..<end], as: UTF8.self) }

  private mutating func lexOne() {
    switch byte() {
    case UInt8(ascii: "\n"):
      position += 1
      isFirstOnLine = true
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): position += 1
    case UInt8(ascii: "#"): lexComment()
    case UInt8(ascii: "0")...UInt8(ascii: "9"): lexNumber()
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): lexName()
    case UInt8(ascii: "\""): lexText()
    case UInt8(ascii: "'"): lexSingleQuote()
    case UInt8(ascii: "`"): lexQuotedName()
    case UInt8(ascii: "$"): lexParameter()
    case 0x80...: lexBeyondASCII()
    default: lexPunctuation()
    }
  }

  private mutating func lexComment() {
    let start = position
    while position < bytes.count, byte() != UInt8(ascii: "\n") { position += 1 }
    var end = position
    while end > start, bytes[end - 1] == 0x0D || bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    let isDocumentation =
      end - start >= 2 && bytes[start + 1] == UInt8(ascii: "#")
      && !(end - start >= 3 && bytes[start + 2] == UInt8(ascii: "#"))
    comments.append(Comment(range: start..<end, isDocumentation: isDocumentation, isFirstOnLine: isFirstOnLine))
  }

  // MARK: Names

  private mutating func lexName() {
    let start = position
    scanName()
    if isFiscalYear(start..<position) {
      lexFiscalYear(from: start)
    } else if position - start <= 7, let keyword = Keyword(rawValue: text(start, position)) {
      emit(.keyword(keyword), from: start)
    } else {
      emit(.name, from: start)
    }
  }

  /// Moves past the letters, marks, digits and underscores at the current position.
  mutating func scanName() {
    while position < bytes.count {
      let byte = byte()
      if byte < 0x80 {
        guard Self.isNameByte(byte) else { return }
        position += 1
      } else {
        let (scalar, length) = scalar(at: position)
        guard Self.continuesName(scalar) else { return }
        position += length
      }
    }
  }

  static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  static func startsName(_ scalar: Unicode.Scalar) -> Bool { scalar == "_" || scalar.properties.isAlphabetic }

  static func continuesName(_ scalar: Unicode.Scalar) -> Bool {
    if startsName(scalar) { return true }
    switch scalar.properties.generalCategory {
    case .decimalNumber, .nonspacingMark, .spacingMark: return true
    default: return false
    }
  }

  /// Whether a name begins or goes on at the current position.
  var isAtName: Bool {
    let byte = byte()
    return byte < 0x80 ? position < bytes.count && Self.isNameByte(byte) : Self.continuesName(scalar(at: position).0)
  }

  private mutating func lexQuotedName() {
    let start = position
    position += 1
    while position < bytes.count, byte() != UInt8(ascii: "\n") {
      if byte() == UInt8(ascii: "`") {
        if byte(1) == UInt8(ascii: "`"), position > start + 1 {
          position += 2
          continue
        }
        position += 1
        if position == start + 2 {
          diagnostics.append(
            .error(
              .unexpectedCharacter,
              Localized("there is no name between these backticks", fr: "il n’y a pas de nom entre ces accents graves"),
              at: span(start, position)))
          emit(.invalid, from: start)
        } else {
          emit(.quotedName, from: start)
        }
        return
      }
      position += 1
    }
    trimLineEnd(after: start)
    diagnostics.append(
      .error(
        .unterminatedName,
        Localized("this name has no closing backtick", fr: "il manque l’accent grave qui ferme ce nom"),
        at: span(start, start + 1), label: Localized("opened here", fr: "ouvert ici"),
        help: Localized("a name in backticks ends on its line", fr: "un nom entre accents graves se ferme sur sa ligne")
      ))
    emit(.invalid, from: start)
  }

  /// Gives back the carriage return that ends the line.
  mutating func trimLineEnd(after start: Int) {
    if position > start + 1, bytes[position - 1] == 0x0D { position -= 1 }
  }

  private mutating func lexParameter() {
    let start = position
    position += 1
    if isAtName, !Self.isDigit(byte()) {
      scanName()
      emit(.parameter, from: start)
    } else {
      position = start
      lexUnexpected(length: 1)
    }
  }

  // MARK: Characters beyond ASCII

  /// The scalar whose first byte is at `offset`, and its length in bytes.
  func scalar(at offset: Int) -> (Unicode.Scalar, Int) {
    guard offset < bytes.count else { return ("\0", 1) }
    var iterator = bytes[offset..<min(offset + 4, bytes.count)].makeIterator()
    var decoder = UTF8()
    guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return ("\u{FFFD}", 1) }
    return (scalar, UTF8.width(scalar))
  }

  private mutating func lexBeyondASCII() {
    let (scalar, length) = scalar(at: position)
    if Self.startsName(scalar) { return lexName() }
    if scalar.properties.isWhitespace || scalar == "\u{FEFF}" || scalar == "\u{200B}" {
      position += length
      return
    }
    switch scalar {
    case "“", "”", "«", "»", "„", "‘", "’": lexTypographicQuote(scalar, length: length)
    case "–", "—", "−": replace(length, .minus, by: "-")
    case "×": replace(length, .star, by: "*")
    case "÷": replace(length, .slash, by: "/")
    case "≤": replace(length, .lessOrEqual, by: "<=")
    case "≥": replace(length, .greaterOrEqual, by: ">=")
    case "≠": replace(length, .notEqual, by: "!=")
    case "…": replace(length, .range, by: "..")
    default: lexUnexpected(length: length)
    }
  }

  /// Reports characters that begin nothing; a run of them is one mistake.
  mutating func lexUnexpected(length: Int, help: Localized? = nil) {
    let start = position
    position += length
    if help == nil, let last = tokens.last, last.kind == .invalid, last.end == start,
      diagnostics.last?.code == .unexpectedCharacter
    {
      tokens[tokens.count - 1].end = position
      diagnostics[diagnostics.count - 1].primary?.span.end = position
      return
    }
    let (scalar, _) = scalar(at: start)
    let isVisible = scalar.value > 0x20 && scalar.value != 0x7F
    let shown = isVisible ? "`\(text(start, position))`" : "U+\(String(scalar.value, radix: 16, uppercase: true))"
    diagnostics.append(
      .error(
        .unexpectedCharacter,
        Localized("the character \(shown) means nothing here", fr: "le caractère \(shown) n’a pas de sens ici"),
        at: span(start, position), help: help))
    emit(.invalid, from: start)
  }

  /// Takes `length` bytes as the token that was meant, and says how it is written.
  mutating func replace(_ length: Int, _ kind: TokenKind, by replacement: String, help: Localized? = nil) {
    let start = position
    let written = text(start, min(start + length, bytes.count))
    diagnostics.append(
      .error(
        .foreignOperator,
        Localized("`\(written)` is written `\(replacement)`", fr: "`\(written)` s’écrit `\(replacement)`"),
        at: span(start, start + length), help: help
      ).fixing(
        Localized("replace `\(written)` by `\(replacement)`", fr: "remplacer `\(written)` par `\(replacement)`"),
        replace: span(start, start + length), with: replacement))
    take(length, kind)
  }
}
