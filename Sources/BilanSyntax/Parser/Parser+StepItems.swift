import BilanDiagnostics

/// What stands between the commas of a step.
extension Parser {
  /// `name = expression`, or an expression alone.
  ///
  /// A name followed by `=` names the value, so a comparison here is written in parentheses: `keep (a = b)`.
  mutating func parseNamed() throws(Bail) -> NamedExpressionSyntax {
    let next = peek()
    let names = next.kind == .equal && touchesNothing(next)
    if names {
      switch current.kind {
      case .keyword(.true), .keyword(.false), .keyword(.missing): break
      case .name, .quotedName, .keyword:
        let name = try parseName(Localized("a name is expected", fr: "un nom est attendu"))
        advance()
        return NamedExpressionSyntax(name: name, value: try parseExpression())
      default: break
      }
    }
    let value = try parseExpression()
    guard at(word: "as"), peek().kind == .name || peek().kind == .quotedName else {
      return NamedExpressionSyntax(name: nil, value: value)
    }
    // `sum(x) as y`
    let start = advance()
    let name = name(advance())
    report(
      .error(
        .foreignWord,
        Localized(
          "a name comes before its value: `\(name.span.text) = …`",
          fr: "un nom précède sa valeur : `\(name.span.text) = …`"),
        at: span(start.start, name.span.end)
      ).with(
        Diagnostic.Fix(
          Localized(
            "write `\(name.span.text) = \(value.span.text)`", fr: "écrire `\(name.span.text) = \(value.span.text)`"),
          edits: [
            (span(value.span.start, value.span.start), "\(name.span.text) = "),
            (span(value.span.end, name.span.end), ""),
          ])))
    return NamedExpressionSyntax(name: name, value: value)
  }

  /// A single `=`; `==` compares.
  private func touchesNothing(_ equal: Token) -> Bool { equal.end - equal.start == 1 }

  mutating func parseNamedList() throws(Bail) -> [NamedExpressionSyntax] {
    try parseList { parser throws(Bail) in try parser.parseNamed() }
  }

  mutating func parseKeys() throws(Bail) -> [ExpressionSyntax] {
    try parseList { parser throws(Bail) in try parser.parseExpression() }
  }

  /// `region`, `rate = a / b`, `id*`, `*_total`
  ///
  /// A name and a `*` without a space between, and no value after it, are a pattern; `a * b` is a product.
  mutating func parseSelection() throws(Bail) -> SelectionSyntax {
    let start = index
    var end = index
    var stars = 0
    while true {
      let token = tokens[end]
      if end > start, !touches(tokens[end - 1], token) { break }
      if token.kind == .star {
        stars += 1
      } else if !(token.kind == .name || isKeyword(token)) || (end > start && tokens[end - 1].kind != .star) {
        break
      }
      end += 1
    }
    let isWhole =
      endsStep(tokens[end]) || tokens[end].kind == .comma || isClause(tokens[end]) || tokens[end].isFirstOnLine
    guard stars > 0, isWhole else { return .expression(try parseNamed()) }
    // `id*region` is a product unless a star ends or begins it.
    guard tokens[start].kind == .star || tokens[end - 1].kind == .star else { return .expression(try parseNamed()) }
    index = end
    let span = span(tokens[start].start, tokens[end - 1].end)
    return .pattern(span.text, span: span)
  }

  private func isKeyword(_ token: Token) -> Bool {
    if case .keyword = token.kind { true } else { false }
  }

  private func isClause(_ token: Token) -> Bool {
    switch token.kind {
    case .keyword(.by), .keyword(.per), .keyword(.across), .keyword(.with), .keyword(.on), .keyword(.into): true
    default: false
    }
  }

  /// `place = region`
  mutating func parseRenaming() throws(Bail) -> (new: Name, old: Name) {
    let expected = Localized("a column is expected", fr: "une colonne est attendue")
    let first = try parseName(expected)
    if at(word: "as") || at(word: "to") {
      advance()
      let second = try parseName(expected)
      let whole = first.span.union(second.span)
      let proper = "\(second.span.text) = \(first.span.text)"
      foreign(at: whole, written: whole.text, proper: proper, edits: [(whole, proper)])
      return (second, first)
    }
    guard accept(.equal) else {
      throw unexpected(Localized("`=` is expected", fr: "`=` est attendu"), help: usage(.rename))
    }
    return (first, try parseName(expected))
  }

  // MARK: Sort keys

  mutating func parseSortKeys() throws(Bail) -> [SortKeySyntax] {
    try parseList { parser throws(Bail) in try parser.parseSortKey() }
  }

  /// `achievement desc`; `asc` is read and means nothing.
  private mutating func parseSortKey() throws(Bail) -> SortKeySyntax {
    if at(.minus), !(peek().kind == .integer || peek().kind == .real) {
      // `sort -x`
      let minus = advance()
      let value = try parseExpression()
      foreign(
        .foreignOperator, at: span(minus), written: "-\(value.span.text)", proper: "\(value.span.text) desc",
        edits: [(span(minus), ""), (span(value.span.end, value.span.end), " desc")])
      return SortKeySyntax(value: value, isDescending: true)
    }
    if at(.desc) || at(.asc) {
      // `desc(x)`
      let word = advance()
      guard startsOperand(current) else { throw unexpected() }
      let value = try parseExpression()
      let isDescending = word.kind == .keyword(.desc)
      var inner = value
      if case .parenthesized(let expression) = value.kind { inner = expression }
      let proper = inner.span.text + (isDescending ? " desc" : "")
      let whole = span(word.start, value.span.end)
      foreign(at: span(word), written: whole.text, proper: proper, edits: [(whole, proper)])
      return SortKeySyntax(value: inner, isDescending: isDescending)
    }
    let value = try parseExpression()
    if accept(.desc) { return SortKeySyntax(value: value, isDescending: true) }
    if accept(.asc) { return SortKeySyntax(value: value, isDescending: false) }
    if let word = word(current), ["desc", "descending", "asc", "ascending"].contains(word) {
      let token = advance()
      let isDescending = word.hasPrefix("desc")
      let proper = isDescending ? "desc" : "asc"
      foreign(at: span(token), written: text(token), proper: proper, edits: [(span(token), proper)])
      return SortKeySyntax(value: value, isDescending: isDescending)
    }
    return SortKeySyntax(value: value, isDescending: false)
  }
}
