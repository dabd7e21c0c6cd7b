import BilanDiagnostics

extension Parser {
  /// Reads the whole text.
  mutating func parseItems() -> [ItemSyntax] {
    let documentation = Documentation(source: source, comments: comments)
    var items: [ItemSyntax] = []
    while !at(.endOfText) {
      let start = index
      let token = current
      nesting = 0
      do {
        let kind = try parseItem()
        items.append(
          ItemSyntax(kind, documentation: documentation.ofItem(at: token.start), span: span(from: token.start)))
        endItem()
      } catch {
        skipItem()
      }
      if index == start { advance() }
    }
    return items
  }

  /// Checks that an item or the text begins after an item.
  private mutating func endItem() {
    while at(.semicolon) { reportSemicolon() }
    if at(.endOfText) || startsItem(current) { return }
    if at(.invalid) { return skipItem() }
    if previous?.kind == .semicolon { return }
    if at(.rightParenthesis) || at(.rightBracket) {
      reportStray()
      return endItem()
    }
    _ = unexpected()
    skipItem()
  }

  mutating func reportSemicolon() {
    let token = advance()
    report(
      .error(
        .foreignOperator,
        Localized("a query needs no `;` at its end", fr: "une requête ne prend pas de `;` à la fin"), at: span(token)
      ).fixing(Localized("remove it", fr: "le supprimer"), replace: span(token), with: ""))
  }

  /// Reports a closing bracket that closes nothing, and moves past it.
  mutating func reportStray() {
    let token = advance()
    report(
      .error(
        .unexpectedToken,
        Localized("`\(text(token))` closes nothing", fr: "`\(text(token))` ne ferme rien"), at: span(token)
      ).fixing(Localized("remove it", fr: "le supprimer"), replace: span(token), with: ""))
  }

  private mutating func skipItem() {
    while !at(.endOfText) {
      if startsItem(current), current.isFirstOnLine || previous?.kind == .semicolon { return }
      advance()
    }
  }

  private mutating func parseItem() throws(Bail) -> ItemSyntax.Kind {
    switch current.kind {
    case .keyword(.use): return try parseUse()
    case .keyword(.param): return try parseParameter()
    case .keyword(.let): return try parseLet()
    case .keyword(.from), .pipe: return .query(parsePipeline(isNested: false))
    case .semicolon:
      reportSemicolon()
      throw Bail()
    case .rightParenthesis, .rightBracket:
      reportStray()
      throw Bail()
    case .name, .keyword(.where):
      if let item = try parseMisplacedWord() { return item }
    default: break
    }
    let expression = try parseExpression()
    return try continueExpression(expression)
  }

  /// An expression alone is an item; one with steps after it lacks its `from`.
  private mutating func continueExpression(_ expression: ExpressionSyntax) throws(Bail) -> ItemSyntax.Kind {
    guard at(.pipe) || isAtVerb else { return .expression(expression) }
    report(missingFrom(expression))
    return .query(parseSteps(source: source(of: expression), start: expression.span.start, isNested: false))
  }

  // MARK: Words that begin no item

  /// A step without its source, a misspelt word, a declaration of another language; nil for an expression.
  private mutating func parseMisplacedWord() throws(Bail) -> ItemSyntax.Kind? {
    let token = current
    let next = peek()
    // `count`, `top` and the like are names too: two values in a row, or a keyword, make a verb of them.
    let isFollowed =
      startsOperand(next) && !next.isFirstOnLine
      && !(next.kind == .leftParenthesis && token.kind == .name)
      || (next.kind == .keyword(.by) && token.kind == .name) || token.kind == .keyword(.where)
      || (next.kind == .star && peek(2).kind == .keyword(.from))
    guard isFollowed || (foreignStep()?.isQuery ?? false && next.kind != .endOfText && next.kind != .pipe) else {
      return nil
    }
    let written = text(token)
    if let foreign = foreignStep(), StepVerb(written) == nil {
      if foreign.isQuery {
        // `select region from results where …`
        report(
          .error(
            .foreignStep,
            Localized(
              "a query begins with `from`, and its steps follow in the order in which they happen",
              fr: "une requête commence par `from`, et ses étapes suivent dans l’ordre où elles ont lieu"),
            at: span(token),
            help: Localized(
              "`from results | where actual > target | keep region, actual`",
              fr: "`from results | where actual > target | keep region, actual`")))
        skipForeignQuery()
        return .query(
          parseSteps(source: SourceSyntax(.invalid, span: span(token)), start: token.start, isNested: false))
      }
    }
    if StepVerb(written) != nil || foreignStep() != nil {
      report(
        .error(
          .missingSource,
          Localized(
            "the step `\(written)` has no source before it", fr: "l’étape `\(written)` n’a pas de source avant elle"),
          at: span(token),
          help: Localized(
            "begin with `from` and a table; at the prompt, `| \(written) …` continues the last result",
            fr: "commencer par `from` et une table ; à l’invite, `| \(written) …` continue le dernier résultat")
        ).fixing(
          Localized("continue the last result", fr: "continuer le dernier résultat"),
          replace: span(token.start, token.start), with: "| "))
      var pipeline = PipelineSyntax(source: nil, steps: [parseStep()], span: span(from: token.start))
      let rest = parseSteps(source: nil, start: token.start, isNested: false)
      pipeline.steps += rest.steps
      pipeline.span = rest.span
      return .query(pipeline)
    }
    switch written.lowercased() {
    case "def", "define", "measure", "var", "const", "set", "function", "func":
      return try parseForeignDeclaration(.let)
    case "import", "include", "load", "require": return try parseForeignDeclaration(.use)
    case "parameter", "declare": return try parseForeignDeclaration(.param)
    case "from", "let", "use", "param": return try parseForeignDeclaration(Keyword(rawValue: written.lowercased())!)
    default: break
    }
    guard next.kind == .name || next.kind == .quotedName || next.kind == .text else { return nil }
    let near = Suggestions.near(written, among: ["from", "let", "param", "use"], fold: { $0.lowercased() })
    guard let nearest = near.first, let keyword = Keyword(rawValue: nearest) else { return nil }
    report(unknownStep(token, near: near))
    return try parseAs(keyword)
  }

  private mutating func parseForeignDeclaration(_ keyword: Keyword) throws(Bail) -> ItemSyntax.Kind {
    foreign(
      at: span(current), written: text(current), proper: keyword.rawValue, edits: [(span(current), keyword.rawValue)])
    return try parseAs(keyword)
  }

  /// Reads the item that `keyword` begins; the current token stands for it.
  private mutating func parseAs(_ keyword: Keyword) throws(Bail) -> ItemSyntax.Kind {
    switch keyword {
    case .use: return try parseUse()
    case .param: return try parseParameter()
    case .let: return try parseLet()
    default: return .query(parsePipeline(isNested: false, from: true))
    }
  }

  /// Skips a query of SQL up to a `|` or what begins the next item.
  private mutating func skipForeignQuery() {
    advance()
    var sawFrom = false
    while !at(.endOfText), !at(.pipe), !at(.semicolon) {
      if at(.let) || at(.param) || at(.use), current.isFirstOnLine { return }
      if at(.from) {
        if sawFrom, current.isFirstOnLine { return }
        sawFrom = true
      }
      advance()
    }
  }

  // MARK: Declarations

  /// `use "lib/indicators.bilan"`
  private mutating func parseUse() throws(Bail) -> ItemSyntax.Kind {
    advance()
    guard at(.text) else {
      throw unexpected(
        Localized("a file is expected", fr: "un fichier est attendu"),
        help: Localized("`use \"lib/indicators.bilan\"`", fr: "`use \"lib/indicators.bilan\"`"))
    }
    return .use(path: textValue(advance()))
  }

  /// `param region: text = "Oriental"`
  private mutating func parseParameter() throws(Bail) -> ItemSyntax.Kind {
    advance()
    let example = Localized("`param region: text = \"Oriental\"`", fr: "`param region: text = \"Oriental\"`")
    var name: Name
    if at(.parameter) {
      let token = advance()
      let written = String(text(token).dropFirst())
      report(
        .error(
          .unexpectedToken,
          Localized("a parameter is declared without its `$`", fr: "un paramètre se déclare sans son `$`"),
          at: span(token)
        ).fixing(Localized("write `\(written)`", fr: "écrire `\(written)`"), replace: span(token), with: written))
      name = Name(written, span: span(token))
    } else {
      name = try parseName(Localized("a name is expected", fr: "un nom est attendu"))
    }
    if at(.equal) {
      throw fail(
        .error(
          .unexpectedToken,
          Localized("the parameter `\(name.text)` has no type", fr: "le paramètre `\(name.text)` n’a pas de type"),
          at: name.span, help: example))
    }
    if at(.colon) {
      advance()
    } else if at(.name) {
      report(
        .error(
          .unexpectedToken,
          Localized("a colon is missing before the type", fr: "il manque deux-points avant le type"), at: name.span,
          help: example
        ).fixing(Localized("insert `:`", fr: "insérer `:`"), replace: span(name.span.end, name.span.end), with: ":"))
    } else {
      throw unexpected(Localized("`:` and a type are expected", fr: "`:` et un type sont attendus"), help: example)
    }
    let start = current.start
    let type = try parseType()
    let typeSpan = span(from: start)
    let defaultValue = accept(.equal) ? try parseExpression() : nil
    return .parameter(ParameterSyntax(name: name, type: type, typeSpan: typeSpan, defaultValue: defaultValue))
  }

  private mutating func parseType() throws(Bail) -> ParameterSyntax.TypeSyntax {
    let help = Localized(
      "the types are `number`, `percent`, `text`, `bool`, `date`, `period`, `list of …` and `one of [\"a\", \"b\"]`",
      fr: "les types sont `number`, `percent`, `text`, `bool`, `date`, `period`, `list of …` et `one of [\"a\", \"b\"]`"
    )
    let expected = Localized("a type is expected", fr: "un type est attendu")
    guard at(.name) else { throw unexpected(expected, help: help) }
    let token = advance()
    switch text(token) {
    case "number": return .number
    case "percent": return .percent
    case "text": return .text
    case "bool": return .boolean
    case "date": return .date
    case "period": return .period
    case "list":
      guard at(word: "of") else {
        throw unexpected(Localized("`of` is expected", fr: "`of` est attendu"), help: help)
      }
      advance()
      try enter()
      defer { nesting -= 1 }
      return .list(try parseType())
    case "one":
      guard at(word: "of") else {
        throw unexpected(Localized("`of` is expected", fr: "`of` est attendu"), help: help)
      }
      advance()
      guard at(.leftBracket) else {
        throw unexpected(Localized("a list is expected", fr: "une liste est attendue"), help: help)
      }
      let opening = advance()
      let list = try parseListLiteral(opening)
      guard case .list(let choices) = list.kind else { return .choice([]) }
      return .choice(choices)
    default: break
    }
    let written = text(token)
    let proper: (String, ParameterSyntax.TypeSyntax)? =
      switch written.lowercased() {
      case "number", "integer", "int", "float", "double", "real", "decimal", "numeric", "nombre": ("number", .number)
      case "text", "string", "str", "varchar", "character", "texte": ("text", .text)
      case "bool", "boolean", "logical": ("bool", .boolean)
      case "date", "datetime", "timestamp": ("date", .date)
      case "percent", "percentage", "pourcentage": ("percent", .percent)
      case "period", "période", "year", "quarter": ("period", .period)
      default: nil
      }
    if let (word, type) = proper {
      foreign(at: span(token), written: written, proper: word, edits: [(span(token), word)])
      return type
    }
    let near = Suggestions.near(
      written, among: ["number", "percent", "text", "bool", "date", "period"], fold: { $0.lowercased() })
    var diagnostic = Diagnostic.error(
      .unexpectedToken, Localized("`\(written)` is not a type", fr: "`\(written)` n’est pas un type"), at: span(token),
      help: help)
    if let word = near.first {
      diagnostic = diagnostic.fixing(
        Localized("write `\(word)`", fr: "écrire `\(word)`"), replace: span(token), with: word)
    }
    throw fail(diagnostic)
  }

  /// `let women = from …`, `let cost = ratio(spent, jobs)`, `let rate(a, b) = a / b`
  private mutating func parseLet() throws(Bail) -> ItemSyntax.Kind {
    advance()
    let name = try parseName(Localized("a name is expected", fr: "un nom est attendu"))
    var parameters: [Name]?
    if at(.leftParenthesis) {
      let opening = advance()
      var names: [Name] = []
      if !at(.rightParenthesis) {
        names = try parseList { parser throws(Bail) in
          try parser.parseName(Localized("a name is expected", fr: "un nom est attendu"))
        }
      }
      try close(opening, .rightParenthesis, ")")
      parameters = names
    }
    guard accept(.equal) else {
      if at(.colon) || at(word: "as") || at(word: "is") || at(.is) {
        foreign(.foreignOperator, at: span(current), written: text(current), proper: "=", edits: [(span(current), "=")])
        advance()
        return try parseBody(name, parameters)
      }
      throw unexpected(
        Localized("`=` is expected", fr: "`=` est attendu"),
        help: Localized(
          "`let women = from beneficiaries | where sex = \"F\"`",
          fr: "`let women = from beneficiaries | where sex = \"F\"`"))
    }
    return try parseBody(name, parameters)
  }

  private mutating func parseBody(_ name: Name, _ parameters: [Name]?) throws(Bail) -> ItemSyntax.Kind {
    func definition(_ body: DefinitionSyntax.Body) -> ItemSyntax.Kind {
      .definition(DefinitionSyntax(name: name, parameters: parameters, body: body))
    }
    if at(.from) { return definition(.pipeline(parsePipeline(isNested: false))) }
    if at(.pipe) {
      report(
        .error(
          .missingSource, Localized("a pipeline begins with `from`", fr: "un pipeline commence par `from`"),
          at: span(current)))
      return definition(
        .pipeline(
          parseSteps(source: SourceSyntax(.invalid, span: span(current)), start: current.start, isNested: false)))
    }
    let expression = try parseExpression()
    guard at(.pipe) || isAtVerb else { return definition(.expression(expression)) }
    report(missingFrom(expression))
    return definition(
      .pipeline(parseSteps(source: source(of: expression), start: expression.span.start, isNested: false)))
  }
}
