import BilanDiagnostics

extension Lexer {
  /// Takes an operator or a bracket; those of other languages with the message that says how to write them.
  mutating func lexPunctuation() {
    let next = byte(1)
    switch byte() {
    case UInt8(ascii: "|"):
      if next == UInt8(ascii: ">") {
        replace(2, .pipe, by: "|")
      } else if next == UInt8(ascii: "|") {
        replace(2, .keyword(.or), by: "or")
      } else {
        take(1, .pipe)
      }
    case UInt8(ascii: "("): take(1, .leftParenthesis)
    case UInt8(ascii: ")"): take(1, .rightParenthesis)
    case UInt8(ascii: "["): take(1, .leftBracket)
    case UInt8(ascii: "]"): take(1, .rightBracket)
    case UInt8(ascii: ","): take(1, .comma)
    case UInt8(ascii: ";"): take(1, .semicolon)
    case UInt8(ascii: "~"): take(1, .tilde)
    case UInt8(ascii: "+"): take(1, .plus)
    case UInt8(ascii: "^"): take(1, .caret)
    case UInt8(ascii: "."): lexDot()
    case UInt8(ascii: ":"):
      if next == UInt8(ascii: "=") { replace(2, .equal, by: "=") } else { take(1, .colon) }
    case UInt8(ascii: "="):
      if next == UInt8(ascii: "=") {
        take(2, .equal)
      } else if next == UInt8(ascii: ">") {
        replace(2, .greaterOrEqual, by: ">=")
      } else if next == UInt8(ascii: "<") {
        replace(2, .lessOrEqual, by: "<=")
      } else if next == UInt8(ascii: "~") {
        replace(
          2, .tilde, by: "~",
          help: Localized(
            "`x ~ \"word\"` searches a text; `matches(x, \"^A\")` takes a regular expression",
            fr: "`x ~ \"mot\"` cherche dans un texte ; `matches(x, \"^A\")` prend une expression régulière"))
      } else {
        take(1, .equal)
      }
    case UInt8(ascii: "!"): if next == UInt8(ascii: "=") { take(2, .notEqual) } else { take(1, .bang) }
    case UInt8(ascii: "<"):
      if next == UInt8(ascii: ">") {
        replace(2, .notEqual, by: "!=")
      } else if next == UInt8(ascii: "=") {
        take(2, .lessOrEqual)
      } else {
        take(1, .less)
      }
    case UInt8(ascii: ">"): if next == UInt8(ascii: "=") { take(2, .greaterOrEqual) } else { take(1, .greater) }
    case UInt8(ascii: "&"): replace(next == UInt8(ascii: "&") ? 2 : 1, .keyword(.and), by: "and")
    case UInt8(ascii: "?"): if next == UInt8(ascii: "?") { take(2, .coalesce) } else { lexUnexpected(length: 1) }
    case UInt8(ascii: "%"):
      if next == UInt8(ascii: ">"), byte(2) == UInt8(ascii: "%") {
        replace(3, .pipe, by: "|")
      } else {
        take(1, .percentSign)
      }
    case UInt8(ascii: "*"): if next == UInt8(ascii: "*") { take(2, .caret) } else { take(1, .star) }
    case UInt8(ascii: "-"):
      if next == UInt8(ascii: "-"), [0, 0x20, 0x09, 0x0A, 0x0D].contains(byte(2)) {
        lexForeignComment()
      } else {
        take(1, .minus)
      }
    case UInt8(ascii: "/"):
      if next == UInt8(ascii: "/") {
        lexForeignComment()
      } else if next == UInt8(ascii: "*") {
        lexBlockComment()
      } else {
        take(1, .slash)
      }
    case UInt8(ascii: "{"):
      hasBrace = true
      lexUnexpected(
        length: 1,
        help: Localized(
          "steps take no braces; a list is written in square brackets",
          fr: "les étapes ne prennent pas d’accolades ; une liste s’écrit entre crochets"))
    case UInt8(ascii: "}") where hasBrace: take(1, .invalid)
    case UInt8(ascii: "\\"):
      lexUnexpected(
        length: 1,
        help: Localized(
          "a query goes on over line breaks by itself", fr: "une requête continue d’elle-même à la ligne suivante"))
    default: lexUnexpected(length: 1)
    }
  }

  private mutating func lexDot() {
    if byte(1) == UInt8(ascii: ".") { return take(2, .range) }
    guard Self.isDigit(byte(1)), !(tokens.last.map { $0.end == position } ?? false) else { return take(1, .dot) }
    let start = position
    position += 1
    while Self.isDigit(byte()) { position += 1 }
    let written = text(start, position)
    diagnostics.append(
      .error(
        .invalidNumber,
        Localized(
          "a number begins with a digit: `0\(written)`", fr: "un nombre commence par un chiffre : `0\(written)`"),
        at: span(start, position)
      ).fixing(
        Localized("write `0\(written)`", fr: "écrire `0\(written)`"), replace: span(start, position),
        with: "0\(written)"))
    emit(.invalid, from: start)
  }

  private static let commentMessage = Localized(
    "a comment begins with `#`", fr: "un commentaire commence par `#`")

  /// `-- text` and `// text`, the comments of other languages.
  private mutating func lexForeignComment() {
    let start = position
    while position < bytes.count, byte() != UInt8(ascii: "\n") { position += 1 }
    diagnostics.append(
      .error(.foreignOperator, Self.commentMessage, at: span(start, start + 2)).fixing(
        Localized("write `#`", fr: "écrire `#`"), replace: span(start, start + 2), with: "#"))
  }

  /// `/* text */`, which may go over several lines.
  private mutating func lexBlockComment() {
    let start = position
    position += 2
    var isOneLine = true
    while position < bytes.count, !(byte() == UInt8(ascii: "*") && byte(1) == UInt8(ascii: "/")) {
      if byte() == UInt8(ascii: "\n") { isOneLine = false }
      position += 1
    }
    let textEnd = position
    position = min(position + 2, bytes.count)
    var diagnostic = Diagnostic.error(
      .foreignOperator, Self.commentMessage, at: span(start, start + 2),
      help: Localized(
        "it ends with its line; every further line has its own `#`",
        fr: "il finit avec sa ligne ; chaque ligne suivante porte son propre `#`"))
    var following = position
    while following < bytes.count, bytes[following] == 0x20 || bytes[following] == 0x0D { following += 1 }
    if isOneLine, following == bytes.count || bytes[following] == UInt8(ascii: "\n") {
      diagnostic.fix = Diagnostic.Fix(
        Localized("write `#`", fr: "écrire `#`"),
        edits: [(span(start, start + 2), "#"), (span(textEnd, position), "")])
    }
    diagnostics.append(diagnostic)
  }
}
