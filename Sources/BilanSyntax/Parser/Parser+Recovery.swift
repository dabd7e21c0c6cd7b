import BilanDiagnostics

/// Where steps and items end, and how parsing goes on after a mistake.
extension Parser {
  /// The token ends every expression and step: `|`, a closing bracket, the next item, the end.
  func endsStep(_ token: Token) -> Bool {
    switch token.kind {
    case .pipe, .endOfText, .rightParenthesis, .rightBracket, .semicolon: true
    case .keyword(.from), .keyword(.let), .keyword(.param), .keyword(.use): true
    default: false
    }
  }

  func startsItem(_ token: Token) -> Bool {
    switch token.kind {
    case .keyword(.from), .keyword(.let), .keyword(.param), .keyword(.use): true
    default: false
    }
  }

  /// A verb where only `|` could stand: the pipe before it was forgotten.
  var isAtVerb: Bool {
    switch current.kind {
    case .keyword(.where): true
    case .name: StepVerb(text(current)) != nil || (current.isFirstOnLine && foreignStep() != nil)
    default: false
    }
  }

  /// Skips to the next `|`, item, or closing bracket of what is around, over whole brackets; those that were opened
  /// since the token at `start` are closed first.
  mutating func skipStep(from start: Int? = nil) {
    var depth = 0
    for token in tokens[min(start ?? index, index)..<index] {
      switch token.kind {
      case .leftParenthesis, .leftBracket: depth += 1
      case .rightParenthesis, .rightBracket: depth = max(0, depth - 1)
      default: break
      }
    }
    while !at(.endOfText) {
      switch current.kind {
      case .leftParenthesis, .leftBracket: depth += 1
      case .rightParenthesis, .rightBracket:
        if depth == 0 { return }
        depth -= 1
      case .pipe where depth == 0: return
      case .keyword(.from) where depth == 0 || current.isFirstOnLine,
        .keyword(.let) where depth == 0 || current.isFirstOnLine,
        .keyword(.param) where depth == 0 || current.isFirstOnLine,
        .keyword(.use) where depth == 0 || current.isFirstOnLine:
        return
      case .pipe where !hasCloser(depth): return
      default: if depth == 0, current.isFirstOnLine, isAtVerb { return }
      }
      advance()
    }
  }

  /// Whether the brackets open at this point of a skip are closed before the text ends.
  private func hasCloser(_ depth: Int) -> Bool {
    var depth = depth
    for token in tokens[index...] {
      switch token.kind {
      case .leftParenthesis, .leftBracket: depth += 1
      case .rightParenthesis, .rightBracket:
        depth -= 1
        if depth == 0 { return true }
      case .keyword(.let) where token.isFirstOnLine, .keyword(.param) where token.isFirstOnLine: return false
      default: break
      }
    }
    return false
  }

  /// The index of the bracket that closes the one at `opening`; nil where there is none.
  func closer(of opening: Int) -> Int? {
    var depth = 0
    for i in opening..<tokens.count {
      switch tokens[i].kind {
      case .leftParenthesis, .leftBracket: depth += 1
      case .rightParenthesis, .rightBracket:
        depth -= 1
        if depth == 0 { return i }
      default: break
      }
    }
    return nil
  }

  /// Takes the bracket that closes `opening`. Where it is missing, says so and goes on as if it were there.
  mutating func close(_ opening: Token, _ kind: TokenKind, _ written: String) throws(Bail) {
    if accept(kind) { return }
    if at(.rightParenthesis) || at(.rightBracket) {
      let wrong = advance()
      report(
        .error(
          .unexpectedToken,
          Localized(
            "`\(text(wrong))` does not close `\(text(opening))`",
            fr: "`\(text(wrong))` ne ferme pas `\(text(opening))`"),
          at: span(wrong)
        ).labelling(span(opening), Localized("opened here", fr: "ouvert ici")).fixing(
          Localized("write `\(written)`", fr: "écrire `\(written)`"), replace: span(wrong), with: written))
      return
    }
    // `sum(a by b`: a later part of the step closes what its earlier part left open.
    let isPart = at(.by) || at(.across) || at(.with) || at(.on) || at(.into)
    guard endsStep(current) || isPart || (current.isFirstOnLine && isAtVerb) else { throw unexpected() }
    let end = previous?.end ?? opening.end
    report(
      .error(
        .unclosedBracket,
        Localized("`\(text(opening))` is never closed", fr: "`\(text(opening))` n’est jamais fermé"),
        at: span(opening), label: Localized("opened here", fr: "ouvert ici")
      ).labelling(span(max(0, end - 1), end), Localized("still open here", fr: "encore ouvert ici")).fixing(
        Localized("insert `\(written)`", fr: "insérer `\(written)`"), replace: span(end, end), with: written))
  }
}
