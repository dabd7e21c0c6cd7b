import BilanDiagnostics

/// Whether Enter at the prompt runs what is typed, or asks for more.
package enum Completeness {
  /// False while a bracket or a quote is open, or where the last word asks for another: `|`, an operator, a comma,
  /// `by`, a verb without its arguments.
  package static func isComplete(_ text: String) -> Bool {
    let (all, _, diagnostics) = Lexer.lex(Source(name: "<prompt>", text: text))
    let last = diagnostics.last.flatMap { $0.code == .unterminatedText || $0.code == .unterminatedName ? $0 : nil }
    // An open quote on an earlier line will not be closed by more text: running it shows the mistake.
    if let last, let start = last.primary?.span.start, !text.utf8.dropFirst(start).contains(0x0A) { return false }
    let tokens = all.dropLast()
    var depth = 0
    var openConditionals = 0
    for token in tokens {
      switch token.kind {
      case .leftParenthesis, .leftBracket: depth += 1
      case .rightParenthesis, .rightBracket: depth -= 1
      case .keyword(.then): openConditionals += 1
      case .keyword(.else): openConditionals -= 1
      default: break
      }
    }
    guard let token = tokens.last else { return true }
    if depth > 0 || openConditionals > 0 { return false }
    let before = tokens.dropLast().last
    switch token.kind {
    case .pipe, .comma, .dot, .range, .colon, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
      .tilde, .coalesce, .plus, .minus, .slash, .bang, .percentSign, .caret:
      return false
    case .star:
      // `keep id*` is complete, `a *` is not.
      guard let before else { return true }
      return before.end == token.start || !isOperand(before.kind)
    case .keyword(.true), .keyword(.false), .keyword(.missing), .keyword(.desc), .keyword(.asc): return true
    case .keyword: return false
    case .name:
      guard before?.kind == .pipe else { return true }
      let word = String(decoding: Array(text.utf8)[token.start..<token.end], as: UTF8.self)
      return StepVerb(word).map { !StepTable.entry(for: $0).needsArguments } ?? true
    default: return true
    }
  }

  private static func isOperand(_ kind: TokenKind) -> Bool {
    switch kind {
    case .name, .quotedName, .parameter, .integer, .real, .percent, .text, .period, .rightParenthesis, .rightBracket:
      true
    default: false
    }
  }
}
