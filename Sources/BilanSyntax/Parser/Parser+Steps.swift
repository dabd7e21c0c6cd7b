import BilanDiagnostics

extension Parser {
  /// Reads a step; the current token is its verb, or what stands in its place.
  mutating func parseStep() -> StepSyntax {
    let start = current
    let startIndex = index
    let saved = (nesting, commaSeparates)
    commaSeparates = false
    defer { commaSeparates = saved.1 }
    do {
      let kind = try parseStepKind()
      return StepSyntax(kind, span: span(from: start.start), verbSpan: span(start))
    } catch {
      nesting = saved.0
      let before = index
      skipStep(from: startIndex)
      if index == before, index < tokens.count - 1, tokens[index].start == start.start { advance() }
      return StepSyntax(.invalid, span: span(from: start.start), verbSpan: span(start))
    }
  }

  private mutating func parseStepKind() throws(Bail) -> StepSyntax.Kind {
    let token = current
    switch token.kind {
    case .keyword(.where):
      advance()
      return try parseArguments(of: .where, token)
    case .name: break
    default:
      throw unexpected(
        Localized("a step is expected", fr: "une étape est attendue"),
        help: Localized(
          "a step begins with a verb, such as `where` or `summarize`",
          fr: "une étape commence par un verbe, comme `where` ou `summarize`"))
    }
    let written = text(token)
    if let verb = StepVerb(written) {
      advance()
      return try parseArguments(of: verb, token)
    }
    if let verb = StepVerb(written.lowercased()) {
      report(
        .error(
          .unknownStep,
          Localized("`\(written)` is written in lower case", fr: "`\(written)` s’écrit en minuscules"), at: span(token)
        ).fixing(
          Localized("write `\(verb.rawValue)`", fr: "écrire `\(verb.rawValue)`"), replace: span(token),
          with: verb.rawValue))
      advance()
      return try parseArguments(of: verb, token)
    }
    if let foreign = foreignStep() { return try parseForeignStep(foreign) }
    if peek().kind == .leftParenthesis {
      // `| sum(target)`: a call where a step stands.
      let call = Localized("insert `summarize`", fr: "insérer `summarize`")
      report(
        .error(
          .unknownStep,
          Localized("`\(written)(…)` is a value, not a step", fr: "`\(written)(…)` est une valeur, pas une étape"),
          at: span(token),
          help: Localized(
            "`summarize` works out aggregates, `add` makes a column, `where` keeps rows",
            fr: "`summarize` calcule des agrégats, `add` fait une colonne, `where` garde des lignes")
        ).fixing(call, replace: span(token.start, token.start), with: "summarize "))
      return try parseArguments(of: .summarize, token)
    }
    let near = nearSteps(written)
    report(unknownStep(token, near: near))
    guard let nearest = near.first, let verb = StepVerb(nearest) else { throw Bail() }
    // Read on as the step that was probably meant; what does not fit it is not a second mistake.
    advance()
    let count = diagnostics.count
    do {
      return try parseArguments(of: verb, token)
    } catch {
      diagnostics.removeSubrange(count...)
      throw error
    }
  }

  /// Reads what follows a verb, which `verbToken` is.
  mutating func parseArguments(
    of verb: StepVerb, _ verbToken: Token, joinKind: JoinKind? = nil
  ) throws(Bail) -> StepSyntax.Kind {
    let entry = StepTable.entry(for: verb)
    if !entry.isAvailable {
      report(
        .error(
          .stepNotYetAvailable,
          Localized(
            "the step `\(verb.rawValue)` comes in a later version",
            fr: "l’étape `\(verb.rawValue)` viendra dans une version ultérieure"),
          at: span(verbToken)))
      // `survival from …`: this `from` begins no query.
      if at(.from) { advance() }
      skipStep()
      return .unavailable(verb.rawValue)
    }
    if entry.needsArguments, endsStep(current) {
      throw fail(
        .error(
          .emptyStep,
          Localized("`\(verb.rawValue)` is not complete", fr: "`\(verb.rawValue)` n’est pas complet"),
          at: span(verbToken), help: usage(verb)))
    }
    switch verb {
    case .from: throw unexpected()
    case .where: return .filter(try parseExpression())
    case .add: return .add(try parseAdd())
    case .keep: return .keep(try parseList { parser throws(Bail) in try parser.parseSelection() })
    case .drop: return .drop(try parseList { parser throws(Bail) in try parser.parseSelection() })
    case .rename: return .rename(try parseList { parser throws(Bail) in try parser.parseRenaming() })
    case .summarize: return .summarize(try parseSummarize(verbToken))
    case .count:
      skipGroupWord()
      return .count(by: accept(.by) ? try parseNamedList() : [])
    case .sort:
      if at(.by) {
        let by = advance()
        report(
          .error(
            .foreignWord, Localized("`sort` has no `by`", fr: "`sort` ne prend pas de `by`"), at: span(by)
          ).fixing(Localized("remove it", fr: "le supprimer"), replace: span(by.start, current.start), with: ""))
      }
      return .sort(try parseSortKeys())
    case .take:
      let count = try parseExpression()
      guard case .range(let first, let last) = count.kind else { return .take(first: nil, last: count) }
      return .take(first: first, last: last)
    case .top, .bottom: return .top(try parseTop(isBottom: verb == .bottom))
    case .distinct:
      // The words of steps are names too, so only one at the start of a line is taken for a step here.
      if endsStep(current) || at(.where) || (current.isFirstOnLine && isAtVerb) { return .distinct([]) }
      return .distinct(try parseList { parser throws(Bail) in try parser.parseSelection() })
    case .join: return .join(try parseJoin(kind: joinKind))
    case .append: return .append(try parseSource())
    case .unpivot: return try parseUnpivot()
    case .unnest: return .unnest(try parseUnnest())
    case .complete: return .complete(try parseKeys())
    case .check:
      let condition = try parseExpression()
      return .check(condition, text: at(.text) ? try parseExpression(Precedence.primary) : nil)
    case .compare, .survival, .protect, .chart: return .unavailable(verb.rawValue)
    }
  }

  func usage(_ verb: StepVerb) -> Localized {
    let usage = StepTable.entry(for: verb).usage
    return Localized("the step is written `\(usage)`", fr: "l’étape s’écrit `\(usage)`")
  }

  // MARK: Steps with parts

  /// `change = actual - previous(actual) per indicator, region sort period`
  private mutating func parseAdd() throws(Bail) -> AddSyntax {
    var add = AddSyntax(columns: try parseNamedList(), per: nil, sort: [])
    while true {
      if at(.per), add.per == nil {
        advance()
        if at(word: "all"), endsStep(peek()) || word(peek()) == "sort" || peek().isFirstOnLine {
          advance()
          add.per = []
        } else {
          add.per = try parseKeys()
        }
      } else if at(.name), text(current) == "sort", add.sort.isEmpty {
        advance()
        if endsStep(current) { throw unexpected(Localized("a key is expected", fr: "une clé est attendue")) }
        add.sort = try parseSortKeys()
      } else if at(.by) {
        let by = advance()
        foreign(at: span(by), written: "by", proper: "per", edits: [(span(by), "per")])
        add.per = try parseKeys()
      } else {
        return add
      }
    }
  }

  /// `achievement by region across year = year(period) with totals`
  private mutating func parseSummarize(_ verbToken: Token) throws(Bail) -> SummarizeSyntax {
    if isAtClause, !at(.where) {
      throw fail(
        .error(
          .nothingToSummarize,
          Localized("`summarize` has nothing to work out", fr: "`summarize` n’a rien à calculer"), at: span(verbToken),
          help: Localized(
            "name a measure or an aggregate first: `summarize achievement by region`; `count by region` counts rows",
            fr:
              "nommer d’abord une mesure ou un agrégat : `summarize achievement by region` ; `count by region` compte les lignes"
          )))
    }
    var summarize = SummarizeSyntax(aggregates: try parseNamedList(), keys: [], across: nil, hasTotals: false)
    while true {
      skipGroupWord()
      if at(.by), summarize.keys.isEmpty {
        advance()
        summarize.keys = try parseNamedList()
      } else if at(.per), summarize.keys.isEmpty {
        let per = advance()
        foreign(at: span(per), written: "per", proper: "by", edits: [(span(per), "by")])
        summarize.keys = try parseNamedList()
      } else if at(.across), summarize.across == nil {
        advance()
        let saved = commaSeparates
        commaSeparates = true
        defer { commaSeparates = saved }
        summarize.across = try parseNamed()
        if at(.comma) {
          throw unexpected(
            help: Localized("`across` takes one key", fr: "`across` prend une seule clé"))
        }
      } else if at(.with), !summarize.hasTotals {
        advance()
        guard at(word: "totals") else {
          if at(word: "total") || at(word: "rollup") || at(word: "subtotals") {
            foreign(at: span(current), written: text(current), proper: "totals", edits: [(span(current), "totals")])
            advance()
            summarize.hasTotals = true
            continue
          }
          throw unexpected(Localized("`totals` is expected", fr: "`totals` est attendu"), help: usage(.summarize))
        }
        advance()
        summarize.hasTotals = true
      } else {
        return summarize
      }
    }
  }

  /// `group by` inside a step is `by`.
  private mutating func skipGroupWord() {
    guard at(word: "group") || at(word: "grouped"), peek().kind == .keyword(.by) else { return }
    let group = advance()
    let written = span(group.start, current.end)
    foreign(at: written, written: written.text, proper: "by", edits: [(written, "by")])
  }

  /// `3 by cost per region`
  private mutating func parseTop(isBottom: Bool) throws(Bail) -> TopSyntax {
    let verb: StepVerb = isBottom ? .bottom : .top
    let count = try parseExpression()
    if !at(.by) {
      guard startsOperand(current), !isAtVerb else {
        throw unexpected(Localized("`by` is expected", fr: "`by` est attendu"), help: usage(verb))
      }
      report(
        .error(
          .unexpectedToken, Localized("`by` is missing after the number", fr: "il manque `by` après le nombre"),
          at: count.span, help: usage(verb)
        ).fixing(
          Localized("insert `by`", fr: "insérer `by`"), replace: span(current.start, current.start), with: "by "))
    } else {
      advance()
    }
    let by = try parseExpression()
    if at(.desc) || at(.asc) {
      let word = advance()
      let isRedundant = (word.kind == .keyword(.desc)) != isBottom
      var diagnostic = Diagnostic.error(
        .foreignWord,
        Localized(
          "`top` takes the largest and `bottom` the smallest",
          fr: "`top` prend les plus grands et `bottom` les plus petits"), at: span(word))
      if isRedundant {
        diagnostic = diagnostic.fixing(
          Localized("remove `\(text(word))`", fr: "retirer `\(text(word))`"), replace: span(word), with: "")
      }
      report(diagnostic)
    }
    return TopSyntax(isBottom: isBottom, count: count, by: by, per: accept(.per) ? try parseKeys() : [])
  }

  /// `left many regions on region`
  private mutating func parseJoin(kind known: JoinKind?) throws(Bail) -> JoinSyntax {
    var kind = known ?? .left
    if known == nil, at(.name), let written = JoinKind(rawValue: text(current)), startsSource(peek()) {
      advance()
      kind = written
    }
    var allowsMany = false
    if at(.name), text(current) == "many", startsSource(peek()) {
      advance()
      allowsMany = true
    }
    if at(.name), text(current) == "right" || text(current) == "outer" || text(current) == "cross", startsSource(peek())
    {
      throw fail(
        .error(
          .foreignWord,
          Localized("there is no `\(text(current))` join", fr: "il n’y a pas de jointure `\(text(current))`"),
          at: span(current),
          help: Localized(
            "the kinds are `left`, `inner`, `full`, `semi` and `anti`; for a right join, begin with the other table",
            fr:
              "les sortes sont `left`, `inner`, `full`, `semi` et `anti` ; pour une jointure à droite, commencer par l’autre table"
          )))
    }
    let source = try parseSource()
    if at(.by) || at(word: "using") {
      let token = advance()
      foreign(at: span(token), written: text(token), proper: "on", edits: [(span(token), "on")])
    } else if !accept(.on) {
      if endsStep(current) || isAtVerb {
        throw fail(
          .error(
            .unexpectedToken, Localized("`join` does not say on which keys", fr: "`join` ne dit pas sur quelles clés"),
            at: source.span, help: usage(.join)))
      }
      throw unexpected(Localized("`on` is expected", fr: "`on` est attendu"), help: usage(.join))
    }
    var keys = [try parseJoinKey()]
    while at(.comma) || at(.and) {
      if at(.and) {
        foreign(at: span(current), written: "and", proper: ",", edits: [(span(previous!.end, current.end), ",")])
      }
      advance()
      keys.append(try parseJoinKey())
    }
    return JoinSyntax(kind: kind, allowsMany: allowsMany, source: source, keys: keys)
  }

  private func startsSource(_ token: Token) -> Bool {
    switch token.kind {
    case .name, .quotedName, .text, .leftParenthesis: true
    default: false
    }
  }

  private mutating func parseJoinKey() throws(Bail) -> JoinSyntax.Key {
    let saved = commaSeparates
    commaSeparates = true
    defer { commaSeparates = saved }
    let left = try parseExpression(Precedence.range)
    guard accept(.equal) else { return JoinSyntax.Key(left: left, right: nil) }
    return JoinSyntax.Key(left: left, right: try parseExpression(Precedence.range))
  }

  /// `target, actual into kind, value`
  private mutating func parseUnpivot() throws(Bail) -> StepSyntax.Kind {
    let columns = try parseList { parser throws(Bail) in try parser.parseSelection() }
    guard accept(.into) else {
      throw unexpected(Localized("`into` is expected", fr: "`into` est attendu"), help: usage(.unpivot))
    }
    let expected = Localized("a name is expected", fr: "un nom est attendu")
    let name = try parseName(expected)
    guard accept(.comma) else {
      throw unexpected(
        Localized("`,` and a second name are expected", fr: "`,` et un second nom sont attendus"), help: usage(.unpivot)
      )
    }
    return .unpivot(columns, name: name, value: try parseName(expected))
  }

  /// `sector = sectors by ";" with position`
  private mutating func parseUnnest() throws(Bail) -> UnnestSyntax {
    let saved = commaSeparates
    commaSeparates = true
    defer { commaSeparates = saved }
    var unnest = UnnestSyntax(column: try parseNamed(), separator: nil, hasPosition: false)
    if at(.comma) {
      throw unexpected(
        help: Localized(
          "`unnest` opens one column; open another in a further step",
          fr: "`unnest` ouvre une seule colonne ; en ouvrir une autre dans une étape de plus"))
    }
    while true {
      if at(.into) || (at(word: "as") && peek().kind == .name), unnest.column.name == nil {
        // `unnest sectors into sector`, `unnest sectors by ";" as sector`
        let end = previous?.end ?? current.start
        let into = advance()
        let name = try parseName(Localized("a name is expected", fr: "un nom est attendu"))
        let column = unnest.column.value.span
        foreign(
          at: span(into), written: "\(text(into)) \(name.span.text)", proper: "\(name.span.text) = \(column.text)",
          edits: [
            (span(column.start, column.start), "\(name.span.text) = "),
            (span(end, name.span.end), ""),
          ])
        unnest.column.name = name
      } else if at(.by), unnest.separator == nil {
        advance()
        unnest.separator = try parseExpression()
      } else if at(.on) || at(word: "sep") || at(word: "separator") || at(word: "split"), unnest.separator == nil {
        let token = advance()
        foreign(at: span(token), written: text(token), proper: "by", edits: [(span(token), "by")])
        unnest.separator = try parseExpression()
      } else if at(.with), !unnest.hasPosition {
        advance()
        guard at(word: "position") else {
          let words = ["positions", "ordinality", "offset", "index", "number", "row"]
          guard let word = word(current), words.contains(word) else {
            throw unexpected(Localized("`position` is expected", fr: "`position` est attendu"), help: usage(.unnest))
          }
          foreign(at: span(current), written: text(current), proper: "position", edits: [(span(current), "position")])
          advance()
          unnest.hasPosition = true
          continue
        }
        advance()
        unnest.hasPosition = true
      } else {
        return unnest
      }
    }
  }
}
