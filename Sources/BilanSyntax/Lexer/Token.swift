/// A word of a query: what it is and which bytes it takes; its text is read from the source when it is needed.
package struct Token: Sendable {
  package var kind: TokenKind
  /// Offset of its first byte.
  package var start: Int
  /// Offset past its last byte.
  package var end: Int
  /// Only white space stands before it on its line.
  package var isFirstOnLine: Bool

  package init(kind: TokenKind, start: Int, end: Int, isFirstOnLine: Bool) {
    self.kind = kind
    self.start = start
    self.end = end
    self.isFirstOnLine = isFirstOnLine
  }
}

package enum TokenKind: Sendable, Hashable {
  /// `region`
  case name
  /// `` `Région d'intervention` ``
  case quotedName
  /// `$region`
  case parameter
  /// `where`
  case keyword(Keyword)
  /// `1_200`
  case integer
  /// `3.5`, `2e6`
  case real
  /// `110%`
  case percent
  /// `"Oriental"`
  case text
  /// `2019-Q3`
  case period
  case pipe, comma, dot, range, colon, semicolon
  case leftParenthesis, rightParenthesis, leftBracket, rightBracket
  /// `=`, and `==` which is read as `=`
  case equal
  case notEqual, less, lessOrEqual, greater, greaterOrEqual, tilde
  case coalesce, plus, minus, star, slash
  /// `!`, `%`, `^`: no operators here; the parser says what to write.
  case bang, percentSign, caret
  /// What the lexer has already reported.
  case invalid
  case endOfText
}

/// The reserved words. The words of steps (`sort`, `top`, `count`) are not among them: those stay usable as names.
package enum Keyword: String, Sendable, CaseIterable {
  case or, and, not, `in`, `is`, `if`, then, `else`, `true`, `false`, missing
  case `where`, by, per, across, with, desc, asc
  case `let`, param, use, from, on, into
}

/// A `#` comment.
package struct Comment: Sendable {
  /// From its first `#` to the end of its line.
  package var range: Range<Int>
  /// It begins with `##`.
  package var isDocumentation: Bool
  /// It has its line for itself.
  package var isFirstOnLine: Bool

  package init(range: Range<Int>, isDocumentation: Bool, isFirstOnLine: Bool) {
    self.range = range
    self.isDocumentation = isDocumentation
    self.isFirstOnLine = isFirstOnLine
  }
}
