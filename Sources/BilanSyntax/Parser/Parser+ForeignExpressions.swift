import BilanDiagnostics

extension Parser {
  /// What other languages call a missing value, lower case.
  static let missingWords: Set<String> = ["null", "na", "none", "nil"]

  /// What French says for operators.
  private static let frenchOperators = ["et": "and", "ou": "or", "dans": "in"]

  /// `between`, `like`, `AND`, `et` after a value; nil where the name is something else.
  mutating func parseForeignInfix(
    _ left: ExpressionSyntax, _ minimum: Int
  ) throws(Bail) -> ExpressionSyntax? {
    guard let word = word(current) else { return nil }
    switch word {
    case "between", "like", "ilike":
      guard minimum <= Precedence.comparison else { return nil }
      return try parseForeignTest(left, negated: false)
    case "and", "or", "in", "is", "not":
      return try parseForeignOperator(left, word, minimum)
    default:
      guard let proper = Self.frenchOperators[word] else { return nil }
      return try parseForeignOperator(left, proper, minimum)
    }
  }

  /// `AND`, `Or`, `et`: an operator with capitals or in French. It is reported, and read as the operator it spells.
  private mutating func parseForeignOperator(
    _ left: ExpressionSyntax, _ word: String, _ minimum: Int
  ) throws(Bail) -> ExpressionSyntax? {
    let precedence =
      switch word {
      case "or": Precedence.or
      case "and": Precedence.and
      default: Precedence.comparison
      }
    guard minimum <= precedence else { return nil }
    let written = text(current)
    foreign(at: span(current), written: written, proper: word, edits: [(span(current), word)])
    let leftHeight = height
    advance()
    if word == "and" || word == "or" {
      let right = try parseExpression(precedence + 1)
      try rise(above: max(leftHeight, height))
      return ExpressionSyntax(
        .binary(word == "and" ? .and : .or, left, right), span: left.span.union(right.span))
    }
    if word == "is" {
      if self.word(current) == "not" { reportUpperCase("not") }
      let negated = at(.not) || self.word(current) == "not"
      if negated { advance() }
      if let null = self.word(current), Self.missingWords.contains(null) {
        foreign(at: span(current), written: text(current), proper: "missing", edits: [(span(current), "missing")])
      } else if !at(.missing) {
        throw unexpected(Localized("`missing` is expected", fr: "`missing` est attendu"))
      }
      let end = advance()
      try rise(above: leftHeight)
      return ExpressionSyntax(.isMissing(left, negated: negated), span: left.span.union(span(end)))
    }
    if word == "not" {
      if self.word(current) == "in" { reportUpperCase("in") }
      guard at(.in) || self.word(current) == "in" else {
        if at(.name), let test = try parseForeignTest(left, negated: true) { return test }
        throw unexpected(Localized("`in` is expected", fr: "`in` est attendu"))
      }
      advance()
    }
    let right = try parseExpression(Precedence.range)
    try rise(above: max(leftHeight, height))
    return ExpressionSyntax(
      .membership(left, in: right, negated: word == "not"), span: left.span.union(right.span))
  }

  private mutating func reportUpperCase(_ word: String) {
    foreign(at: span(current), written: text(current), proper: word, edits: [(span(current), word)])
  }

  /// `between a and b`, `like "%a%"`, `IN` after `not`; the current token is that word.
  mutating func parseForeignTest(
    _ left: ExpressionSyntax, negated: Bool
  ) throws(Bail) -> ExpressionSyntax? {
    let leftHeight = height
    let token = current
    switch word(token) {
    case "in":
      reportUpperCase("in")
      advance()
      let right = try parseExpression(Precedence.range)
      try rise(above: max(leftHeight, height))
      return ExpressionSyntax(.membership(left, in: right, negated: negated), span: left.span.union(right.span))
    case "between":
      advance()
      let low = try parseExpression(Precedence.coalesce)
      let lowHeight = height
      guard at(.and) || at(.comma) || at(word: "and") else {
        throw unexpected(
          Localized("`and` is expected", fr: "`and` est attendu"),
          help: Localized("a range is written `x in a..b`", fr: "un intervalle s’écrit `x in a..b`"))
      }
      advance()
      let high = try parseExpression(Precedence.coalesce)
      try rise(above: max(leftHeight, lowHeight, height) + 1)
      let range = ExpressionSyntax(.range(low, high), span: low.span.union(high.span))
      foreign(
        at: span(token), written: "between a and b", proper: "in a..b",
        edits: [(span(token), "in"), (span(low.span.end, high.span.start), "..")])
      return ExpressionSyntax(.membership(left, in: range, negated: negated), span: left.span.union(high.span))
    case "like", "ilike":
      advance()
      let right = try parseExpression(Precedence.range)
      try rise(above: max(leftHeight, height) + 1)
      return like(left, token, right, negated: negated)
    default: return nil
    }
  }

  /// `x like "%word%"` is `x ~ "word"`; the other patterns have functions.
  private mutating func like(
    _ left: ExpressionSyntax, _ token: Token, _ right: ExpressionSyntax, negated: Bool
  ) -> ExpressionSyntax {
    let whole = left.span.union(right.span)
    let operatorSpan = span(left.span.end, right.span.start)
    var diagnostic = Diagnostic.error(
      .foreignWord,
      Localized("a text is searched with `x ~ \"word\"`", fr: "on cherche dans un texte avec `x ~ \"mot\"`"),
      at: span(token),
      help: Localized(
        "`starts_with(x, \"A\")` and `ends_with(x, \"z\")` look at the ends, `matches(x, \"^A.*z$\")` at a pattern",
        fr:
          "`starts_with(x, \"A\")` et `ends_with(x, \"z\")` regardent les bouts, `matches(x, \"^A.*z$\")` un motif"))
    if case .text(let pattern) = right.kind, !pattern.contains("_") {
      let opens = pattern.hasPrefix("%")
      let closes = pattern.hasSuffix("%") && pattern.count > 1
      let word = String(pattern.dropFirst(opens ? 1 : 0).dropLast(closes ? 1 : 0))
      if !word.contains("%"), !word.isEmpty {
        let literal = TextLiteral.encode(word)
        let x = left.span.text
        let not = negated ? "not " : ""
        let proper =
          switch (opens, closes) {
          case (true, true): "\(not)\(x) ~ \(literal)"
          case (false, true): "\(not)starts_with(\(x), \(literal))"
          case (true, false): "\(not)ends_with(\(x), \(literal))"
          case (false, false): "\(x) \(negated ? "!=" : "=") \(literal)"
          }
        diagnostic = diagnostic.fixing(
          Localized("write `\(proper)`", fr: "écrire `\(proper)`"), replace: whole, with: proper)
      }
    }
    report(diagnostic)
    let comparison = ExpressionSyntax(
      .comparison(left, [ComparisonLink(.contains, operatorSpan: operatorSpan, right: right)]), span: whole)
    return negated
      ? ExpressionSyntax(
        .parenthesized(ExpressionSyntax(.unary(.not, comparison), span: whole)), span: whole) : comparison
  }

  // MARK: Conditionals

  /// `if(c, a, b)`, `ifelse(c, a, b)`: nil where it is a conditional of the language or another call.
  mutating func parseForeignConditional() throws(Bail) -> ExpressionSyntax? {
    let opening = index + 1
    guard tokens[opening].kind == .leftParenthesis, peek(2).kind != .keyword(.from),
      let closing = closer(of: opening)
    else { return nil }
    var depth = 0
    var commas = 0
    for token in tokens[opening..<closing] {
      switch token.kind {
      case .leftParenthesis, .leftBracket: depth += 1
      case .rightParenthesis, .rightBracket: depth -= 1
      case .comma where depth == 1, .semicolon where depth == 1: commas += 1
      default: break
      }
    }
    guard commas == 2 else { return nil }
    try enter()
    defer { nesting -= 1 }
    let start = advance()
    advance()
    var parts: [ExpressionSyntax] = []
    var tallest = 0
    let saved = commaSeparates
    commaSeparates = true
    defer { commaSeparates = saved }
    for i in 0..<3 {
      parts.append(try parseExpression())
      tallest = max(tallest, height)
      if i < 2, !accept(.comma), !accept(.semicolon) { throw unexpected() }
    }
    guard at(.rightParenthesis) else { throw unexpected() }
    let end = advance()
    try rise(above: tallest)
    let name = text(start)
    report(
      .error(
        .foreignWord,
        Localized(
          "`\(name)(c, a, b)` is written `if c then a else b`", fr: "`\(name)(c, a, b)` s’écrit `if c then a else b`"),
        at: span(start)
      ).with(
        Diagnostic.Fix(
          Localized("write `if … then … else …`", fr: "écrire `if … then … else …`"),
          edits: [
            (span(start.start, parts[0].span.start), "(if "),
            (span(parts[0].span.end, parts[1].span.start), " then "),
            (span(parts[1].span.end, parts[2].span.start), " else "),
            (span(parts[2].span.end, end.end), ")"),
          ])))
    let conditional = ExpressionSyntax(
      .conditional([ConditionalBranch(condition: parts[0], value: parts[1])], otherwise: parts[2]),
      span: span(from: start.start))
    return ExpressionSyntax(.parenthesized(conditional), span: conditional.span)
  }

  /// `case when c then a else b end`
  mutating func parseCase() throws(Bail) -> ExpressionSyntax {
    try enter()
    defer { nesting -= 1 }
    let start = advance()
    var edits: [(span: Span, replacement: String)] = []
    var branches: [ConditionalBranch] = []
    var tallest = 0
    while at(word: "when") {
      let when = advance()
      edits.append(
        branches.isEmpty ? (span(start.start, when.end), "(if") : (span(when), "else if"))
      let condition = try parseExpression()
      tallest = max(tallest, height)
      if !accept(.then) {
        guard at(word: "then") else { throw unexpected(Localized("`then` is expected", fr: "`then` est attendu")) }
        edits.append((span(advance()), "then"))
      }
      let value = try parseExpression()
      tallest = max(tallest, height)
      branches.append(ConditionalBranch(condition: condition, value: value))
    }
    var otherwise = ExpressionSyntax(.missing, span: span(start))
    if at(.else) || at(word: "else") {
      let token = advance()
      if token.kind == .name { edits.append((span(token), "else")) }
      otherwise = try parseExpression()
      tallest = max(tallest, height)
      if at(word: "end") { edits.append((span(otherwise.span.end, current.end), ")")) }
    } else if at(word: "end") {
      edits.append((span(current), "else missing)"))
    }
    guard at(word: "end") else { throw unexpected(Localized("`end` is expected", fr: "`end` est attendu")) }
    advance()
    try rise(above: tallest)
    report(
      .error(
        .foreignWord,
        Localized(
          "`case when c then a else b end` is written `if c then a else b`",
          fr: "`case when c then a else b end` s’écrit `if c then a else b`"),
        at: span(start)
      ).with(
        Diagnostic.Fix(Localized("write `if … then … else …`", fr: "écrire `if … then … else …`"), edits: edits)))
    let conditional = ExpressionSyntax(
      .conditional(branches, otherwise: otherwise), span: span(from: start.start))
    return ExpressionSyntax(.parenthesized(conditional), span: conditional.span)
  }
}
