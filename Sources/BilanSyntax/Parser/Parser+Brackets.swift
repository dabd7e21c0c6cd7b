import BilanDiagnostics

/// Parentheses, lists, and pipelines in parentheses.
extension Parser {
  /// `(a + b)`, `(from results | count)`
  mutating func parseParentheses() throws(Bail) -> ExpressionSyntax {
    try enter()
    defer { nesting -= 1 }
    let opening = advance()
    let saved = commaSeparates
    commaSeparates = false
    defer { commaSeparates = saved }
    if at(.from) || at(.let) || at(.param) || at(.use), !current.isFirstOnLine || at(.from) {
      let pipeline = try parseNestedPipeline(opening)
      return ExpressionSyntax(.pipeline(pipeline), span: span(from: opening.start))
    }
    if at(.rightParenthesis) { throw nothingBetween(opening) }
    let expression = try parseExpression()
    if at(.pipe), isTableName(expression), closer(of: indexOf(opening)) != nil {
      return try parsePipelineWithoutFrom(opening, expression)
    }
    if at(.comma) { return try parseParenthesizedList(opening, first: expression) }
    try close(opening, .rightParenthesis, ")")
    try rise(above: height)
    return ExpressionSyntax(.parenthesized(expression), span: span(from: opening.start))
  }

  /// `(results | count)`
  private mutating func parsePipelineWithoutFrom(
    _ opening: Token, _ table: ExpressionSyntax
  ) throws(Bail) -> ExpressionSyntax {
    report(missingFrom(table))
    let saved = tallest
    tallest = 0
    try enter(Self.pipelineWeight)
    let pipeline = parseSteps(source: source(of: table), start: table.span.start, isNested: true)
    nesting -= Self.pipelineWeight
    let inner = tallest
    tallest = saved
    try close(opening, .rightParenthesis, ")")
    try rise(above: inner)
    return ExpressionSyntax(.pipeline(pipeline), span: span(from: opening.start))
  }

  /// `()`
  private mutating func nothingBetween(_ opening: Token) -> Bail {
    advance()
    return fail(
      .error(
        .unexpectedToken,
        Localized("there is nothing between these parentheses", fr: "il n’y a rien entre ces parenthèses"),
        at: span(from: opening.start)))
  }

  /// `("a", "b")`, as lists are written in SQL.
  private mutating func parseParenthesizedList(
    _ opening: Token, first: ExpressionSyntax
  ) throws(Bail) -> ExpressionSyntax {
    var elements = [first]
    var tallest = height
    commaSeparates = true
    while accept(.comma) {
      elements.append(try parseExpression())
      tallest = max(tallest, height)
    }
    guard at(.rightParenthesis) else {
      try close(opening, .rightParenthesis, ")")
      return ExpressionSyntax(.list(elements), span: span(from: opening.start))
    }
    let closing = advance()
    try rise(above: tallest)
    let whole = span(opening.start, closing.end)
    report(
      .error(
        .foreignOperator,
        Localized("a list is written in square brackets", fr: "une liste s’écrit entre crochets"), at: span(opening)
      ).with(
        Diagnostic.Fix(
          Localized("write `[…]`", fr: "écrire `[…]`"), edits: [(span(opening), "["), (span(closing), "]")])))
    return ExpressionSyntax(.list(elements), span: whole)
  }

  /// The elements of `[…]` and its closing bracket.
  mutating func parseListLiteral(_ opening: Token) throws(Bail) -> ExpressionSyntax {
    var elements: [ExpressionSyntax] = []
    var tallest = 0
    if !at(.rightBracket) {
      elements = try parseList { parser throws(Bail) in
        let element = try parser.parseExpression()
        tallest = max(tallest, parser.height)
        return element
      }
    }
    try close(opening, .rightBracket, "]")
    try rise(above: tallest)
    return ExpressionSyntax(.list(elements), span: span(from: opening.start))
  }

  /// The pipeline after `opening`, and its closing parenthesis.
  mutating func parseNestedPipeline(_ opening: Token) throws(Bail) -> PipelineSyntax {
    let saved = tallest
    tallest = 0
    try enter(Self.pipelineWeight)
    let pipeline = parsePipeline(isNested: true)
    nesting -= Self.pipelineWeight
    try close(opening, .rightParenthesis, ")")
    let inner = tallest
    tallest = saved
    try rise(above: inner)
    return pipeline
  }

  func isTableName(_ expression: ExpressionSyntax) -> Bool {
    switch expression.kind {
    case .name, .text: true
    case .field(let base, _): if case .name = base.kind { true } else { false }
    default: false
    }
  }

  /// The source that an expression would be behind `from`.
  func source(of expression: ExpressionSyntax) -> SourceSyntax {
    switch expression.kind {
    case .name(let name): return SourceSyntax(.name(name), span: expression.span)
    case .text(let path): return SourceSyntax(.file(path, options: []), span: expression.span)
    case .field(let base, let field):
      if case .name(let name) = base.kind {
        return SourceSyntax(.qualified(name, field), span: expression.span)
      }
    default: break
    }
    return SourceSyntax(.invalid, span: expression.span)
  }

  func missingFrom(_ expression: ExpressionSyntax) -> Diagnostic {
    var diagnostic = Diagnostic.error(
      .missingSource, Localized("a pipeline begins with `from`", fr: "un pipeline commence par `from`"),
      at: expression.span)
    if isTableName(expression) {
      diagnostic = diagnostic.fixing(
        Localized("insert `from`", fr: "insérer `from`"),
        replace: span(expression.span.start, expression.span.start), with: "from ")
    }
    return diagnostic
  }
}
