import BilanDiagnostics

extension Parser {
  /// Reads `from SOURCE | step | …`, or `| step | …`. With `from`, the current token stands for that word.
  mutating func parsePipeline(isNested: Bool, from isFrom: Bool = false) -> PipelineSyntax {
    let start = current.start
    var source: SourceSyntax?
    if isFrom || at(.from) {
      advance()
      source = recoverSource()
    } else if isNested {
      // `(let …)`: declarations stand at the top.
      reportDeclaration()
      source = SourceSyntax(.invalid, span: span(current))
      advance()
      skipStep()
    }
    return parseSteps(source: source, start: start, isNested: isNested)
  }

  /// Reads the steps after a source, each with the `|` before it.
  mutating func parseSteps(source: SourceSyntax?, start: Int, isNested: Bool) -> PipelineSyntax {
    var steps: [StepSyntax] = []
    while true {
      if at(.pipe) {
        let pipe = advance()
        if endsStep(current) {
          if at(.let) || at(.param) || at(.use), !current.isFirstOnLine {
            reportDeclaration()
            advance()
            skipStep()
          } else {
            reportEmptyStep(pipe)
          }
        } else {
          steps.append(parseStep())
        }
      } else if isAtVerb {
        reportMissingPipe()
        steps.append(parseStep())
      } else if at(.semicolon), !isNested, !(peek().kind == .pipe) {
        break
      } else if at(.semicolon) {
        reportSemicolon()
      } else if !isNested, at(.rightParenthesis) || at(.rightBracket) {
        reportStray()
      } else if endsStep(current) {
        break
      } else {
        _ = unexpectedAfterStep(steps.last)
        let before = index
        skipStep()
        if index == before { advance() }
      }
    }
    return PipelineSyntax(source: source, steps: steps, span: span(from: start))
  }

  private mutating func unexpectedAfterStep(_ step: StepSyntax?) -> Bail {
    guard !at(.invalid), let step, at(.comma) else {
      if at(.comma), step == nil {
        return unexpected(
          help: Localized(
            "a pipeline reads one table; `join` and `append` bring in others",
            fr: "un pipeline lit une table ; `join` et `append` en ajoutent d’autres"))
      }
      if at(.name) {
        let near = nearSteps(text(current))
        if current.isFirstOnLine, !near.isEmpty {
          return fail(unknownStep(current, near: near, inserting: "| "))
        }
      }
      return unexpected()
    }
    let verb = step.verbSpan.text
    return unexpected(
      help: StepVerb(verb).map {
        let usage = StepTable.entry(for: $0).usage
        return Localized("the step is written `\(usage)`", fr: "l’étape s’écrit `\(usage)`")
      })
  }

  private mutating func reportDeclaration() {
    let shown = text(current)
    report(
      .error(
        .misplacedDeclaration,
        Localized(
          "`\(shown)` stands before a query, not inside it", fr: "`\(shown)` se place avant une requête, pas dedans"),
        at: span(current)))
  }

  private mutating func reportEmptyStep(_ pipe: Token) {
    if at(.invalid) { return }
    report(
      .error(
        .emptyStep, Localized("there is no step after this `|`", fr: "il n’y a pas d’étape après ce `|`"),
        at: span(pipe)
      ).fixing(
        Localized("remove it", fr: "le supprimer"),
        replace: span(pipe.start, at(.pipe) && !current.isFirstOnLine ? current.start : pipe.end), with: ""))
  }

  private mutating func reportMissingPipe() {
    let shown = text(current)
    report(
      .error(
        .missingPipe,
        Localized("a `|` is missing before `\(shown)`", fr: "il manque un `|` avant `\(shown)`"), at: span(current)
      ).fixing(
        Localized("insert `|`", fr: "insérer `|`"), replace: span(current.start, current.start), with: "| "))
  }

  /// The steps whose name, or whose name elsewhere, is near a word.
  func nearSteps(_ word: String) -> [String] {
    let steps = StepVerb.allCases.map(\.rawValue).filter { $0 != "from" }
    let foreign = ForeignStep.all.filter { $0.words.count == 1 && $0.replacement == $0.verb?.rawValue }
    let near = Suggestions.near(word, among: steps + foreign.flatMap(\.words), fold: { $0.lowercased() })
    var names: [String] = []
    for found in near {
      let name = foreign.first { $0.words == [found] }?.replacement ?? found
      if !names.contains(name) { names.append(name) }
    }
    return names
  }

  func unknownStep(_ token: Token, near: [String], inserting prefix: String = "") -> Diagnostic {
    let shown = text(token)
    var diagnostic = Diagnostic.error(
      .unknownStep, Localized("no step is called `\(shown)`", fr: "aucune étape ne s’appelle `\(shown)`"),
      at: span(token))
    if let first = near.first {
      let help =
        near.count > 1
        ? Localized(
          "did you mean `\(first)` or `\(near[1])`?", fr: "vouliez-vous dire `\(first)` ou `\(near[1])` ?")
        : Localized("did you mean `\(first)`?", fr: "vouliez-vous dire `\(first)` ?")
      diagnostic = diagnostic.adding(help: help).fixing(
        Localized("write `\(first)`", fr: "écrire `\(first)`"), replace: span(token), with: prefix + first)
    } else {
      diagnostic = diagnostic.adding(
        help: Localized(
          "the steps are \(Self.stepList)", fr: "les étapes sont \(Self.stepList)"))
    }
    return diagnostic
  }

  private static let stepList = StepTable.entries.filter { $0.isAvailable && $0.verb != .from }
    .map { "`\($0.name)`" }.joined(separator: ", ")

  // MARK: Sources

  /// Reads a source; where there is none, says so and skips to the first step.
  private mutating func recoverSource() -> SourceSyntax {
    let start = current
    let startIndex = index
    let saved = nesting
    do {
      let source = try parseSource()
      if at(word: "as"), peek().kind == .name || peek().kind == .quotedName {
        let alias = span(current.start, peek().end)
        report(
          .error(
            .foreignWord,
            Localized("a source takes no second name", fr: "une source ne prend pas de second nom"), at: alias,
            help: Localized(
              "`let \(text(peek())) = from …` names a table", fr: "`let \(text(peek())) = from …` nomme une table")
          ).fixing(
            Localized("remove it", fr: "le supprimer"), replace: span(source.span.end, alias.end), with: ""))
        advance()
        advance()
      }
      return source
    } catch {
      nesting = saved
      skipStep(from: startIndex)
      return SourceSyntax(.invalid, span: span(start))
    }
  }

  /// `results`, `warehouse.results`, `"results.csv" with delimiter = ";"`, `stdin`, `stdin with header = false`, `(from …)`
  mutating func parseSource() throws(Bail) -> SourceSyntax {
    let token = current
    switch token.kind {
    case .text:
      advance()
      return SourceSyntax(.file(textValue(token), options: try parseOptions()), span: span(from: token.start))
    case .name where text(token) == "stdin" && peek().kind != .dot:
      advance()
      guard at(.with) else { return SourceSyntax(.standardInput, span: span(token)) }
      return SourceSyntax(.file("-", options: try parseOptions()), span: span(from: token.start))
    case .name, .quotedName:
      advance()
      guard at(.dot) else { return SourceSyntax(.name(name(token)), span: span(token)) }
      let dot = advance()
      guard at(.name) || at(.quotedName) else {
        throw unexpected(Localized("a table is expected", fr: "une table est attendue"))
      }
      if ["csv", "tsv", "json", "jsonl", "ndjson", "parquet", "xlsx", "txt"].contains(word(current) ?? ""),
        touches(token, dot)
      {
        // `from results.csv`
        let written = span(token.start, current.end)
        report(
          .error(
            .missingSource,
            Localized("a file is written in double quotes", fr: "un fichier s’écrit entre guillemets"), at: written
          ).fixing(
            Localized("write `\"\(written.text)\"`", fr: "écrire `\"\(written.text)\"`"), replace: written,
            with: "\"\(written.text)\""))
        advance()
        return SourceSyntax(.file(written.text, options: []), span: written)
      }
      let table = name(advance())
      return SourceSyntax(.qualified(name(token), table), span: span(from: token.start))
    case .leftParenthesis:
      try enter()
      defer { nesting -= 1 }
      let opening = advance()
      if at(.from) || at(.let) || at(.param) || at(.use) {
        let pipeline = try parseNestedPipeline(opening)
        return SourceSyntax(.pipeline(pipeline), span: span(from: token.start))
      }
      let expression = try parseExpression(Precedence.primary)
      report(missingFrom(expression))
      try enter(Self.pipelineWeight)
      let pipeline = parseSteps(source: source(of: expression), start: expression.span.start, isNested: true)
      nesting -= Self.pipelineWeight
      try close(opening, .rightParenthesis, ")")
      return SourceSyntax(.pipeline(pipeline), span: span(from: token.start))
    case .invalid:
      advance()
      return SourceSyntax(.invalid, span: span(token))
    default:
      if endsStep(token) || token.isFirstOnLine || isAtVerb {
        let anchor = previous ?? token
        throw fail(
          .error(
            .missingSource,
            Localized("`\(text(anchor))` names no table", fr: "`\(text(anchor))` ne nomme aucune table"),
            at: span(anchor),
            help: Localized(
              "a source is a dataset, a `let` table, a file in quotes, `stdin`, or a pipeline in parentheses",
              fr:
                "une source est un jeu de données, une table `let`, un fichier entre guillemets, `stdin` ou un pipeline entre parenthèses"
            )))
      }
      throw unexpected(Localized("a table is expected", fr: "une table est attendue"))
    }
  }

  /// `with delimiter = ";", header = 3`, or nothing.
  private mutating func parseOptions() throws(Bail) -> [NamedExpressionSyntax] {
    guard accept(.with) else { return [] }
    return try parseList { parser throws(Bail) in try parser.parseOption() }
  }

  /// `delimiter = ";"`, `missing = "n/d"`
  private mutating func parseOption() throws(Bail) -> NamedExpressionSyntax {
    // `missing` is a word of the language elsewhere; before `=` it can only be the option.
    let option =
      at(.missing) && peek().kind == .equal
      ? name(advance()) : try parseName(Localized("an option is expected", fr: "une option est attendue"))
    guard accept(.equal) else {
      throw unexpected(
        Localized("`=` is expected", fr: "`=` est attendu"),
        help: Localized("`with delimiter = \";\"`", fr: "`with delimiter = \";\"`"))
    }
    return NamedExpressionSyntax(name: option, value: try parseExpression())
  }
}
