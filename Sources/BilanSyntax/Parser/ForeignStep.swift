import BilanDiagnostics

/// A step of another language, and what says the same here.
struct ForeignStep {
  /// Its words, one or two, lower case: `["group", "by"]`.
  var words: [String]
  /// What to write in their place; nil where more than the words has to change.
  var replacement: String?
  /// The step that reads its arguments; nil where they cannot be read.
  var verb: StepVerb?
  /// The same thought in this language.
  var example: String
  /// It begins a whole query in its language.
  var isQuery = false

  private init(_ words: String, _ replacement: String?, _ verb: StepVerb?, _ example: String, isQuery: Bool = false) {
    self.words = words.split(separator: " ").map(String.init)
    self.replacement = replacement
    self.verb = verb
    self.example = example
    self.isQuery = isQuery
  }

  private static func renamed(_ words: [String], _ verb: StepVerb, _ example: String) -> [ForeignStep] {
    words.map { ForeignStep($0, verb.rawValue, verb, example) }
  }

  private static func explained(_ words: [String], _ example: String) -> [ForeignStep] {
    words.map { ForeignStep($0, nil, nil, example) }
  }

  /// Steps of two words stand before those of one.
  static let all: [ForeignStep] =
    [ForeignStep("select", "keep", .keep, "keep region, actual", isQuery: true)]
    + renamed(["project", "subset"], .keep, "keep region, actual")
    + renamed(["filter", "having"], .where, "where actual > target")
    + renamed(["order by", "order_by", "orderby", "arrange", "order"], .sort, "sort actual desc")
    + renamed(["limit", "head", "fetch"], .take, "take 10")
    + renamed(
      ["mutate", "extend", "derive", "assign", "compute", "transform", "with_columns"], .add,
      "add gap = actual - target")
    + renamed(["agg", "aggregate"], .summarize, "summarize total = sum(actual) by region")
    + renamed(["melt", "gather", "pivot_longer"], .unpivot, "unpivot target, actual into kind, value")
    + renamed(
      ["explode", "flatten", "unroll", "unwind", "unnest_longer", "separate_rows", "separate_longer_delim"], .unnest,
      "unnest sector = sectors")
    + renamed(["union all", "union", "concat", "rbind", "bind_rows"], .append, "append more")
    + renamed(["unique", "dedup", "dedupe"], .distinct, "distinct region")
    + renamed(["remove", "omit"], .drop, "drop note")
    + ["left", "inner", "full", "semi", "anti"].flatMap { kind in
      ["\(kind) join", "\(kind)_join"].map {
        ForeignStep($0, "join \(kind)", .join, "join \(kind) regions on region")
      }
    }
    + renamed(["lookup", "merge"], .join, "join regions on region")
    + explained(["right join", "right_join", "cross join"], "join full regions on region")
    + explained(["group by", "group_by", "groupby", "group"], "summarize achievement by region")
    + explained(
      ["pivot", "pivot_wider", "spread", "crosstab"], "summarize achievement by region across year = year(period)")
    + explained(["slice"], "take 11..20")
    + explained(["tail"], "sort period desc | take 10")
}

extension Parser {
  /// The step of another language that the current words name.
  func foreignStep() -> ForeignStep? {
    guard let first = word(current) else { return nil }
    let next = peek()
    let second = next.kind == .name || next.kind == .keyword(.by) ? text(next).lowercased() : nil
    let candidates = ForeignStep.all.filter { $0.words.first == first }
    if let second, let match = candidates.first(where: { $0.words.count == 2 && $0.words[1] == second }) {
      return match
    }
    return candidates.first { $0.words.count == 1 }
  }

  /// Reads a step of another language. Says what it is called here, and reads its arguments as those of that step.
  mutating func parseForeignStep(_ foreign: ForeignStep) throws(Bail) -> StepSyntax.Kind {
    let start = current
    var end = current
    for _ in foreign.words { end = advance() }
    let words = span(start.start, end.end)
    var diagnostic = Diagnostic.error(
      .foreignStep,
      foreign.replacement.map {
        Localized("the step `\(words.text)` is called `\($0)`", fr: "l’étape `\(words.text)` s’appelle `\($0)`")
      }
        ?? Localized(
          "there is no step `\(words.text)`: the same is `\(foreign.example)`",
          fr: "il n’y a pas d’étape `\(words.text)` : cela s’écrit `\(foreign.example)`"),
      at: words)
    guard let verb = foreign.verb, let replacement = foreign.replacement else {
      report(diagnostic)
      skipStep()
      return .invalid
    }
    var edits: [(span: Span, replacement: String)] = [(words, replacement)]
    if verb == .keep, at(.star), endsStep(peek()) || peek().kind == .keyword(.from) {
      // `select *`
      advance()
      diagnostic = diagnostic.adding(
        help: Localized(
          "all columns are kept unless said otherwise", fr: "toutes les colonnes sont gardées, sauf mention"))
      report(diagnostic)
      return .invalid
    }
    // `filter(actual > target)`: the parentheses of a call go too.
    var opening: Token?
    if at(.leftParenthesis), touches(end, current), let closing = closer(of: index),
      endsStep(tokens[min(closing + 1, tokens.count - 1)])
    {
      let token = current
      edits.append((span(token), " "))
      edits.append((span(tokens[closing]), ""))
      opening = token
      advance()
    }
    let position = diagnostics.count
    if replacement != "" {
      diagnostic = diagnostic.with(
        Diagnostic.Fix(Localized("write `\(replacement)`", fr: "écrire `\(replacement)`"), edits: edits))
    }
    report(diagnostic)
    do {
      let kind = try parseArguments(of: verb, start, joinKind: JoinKind.allCases.first { replacement == "join \($0)" })
      if let opening { try close(opening, .rightParenthesis, ")") }
      return kind
    } catch {
      // The arguments are foreign too: explaining the verb is enough, and renaming it alone would not help.
      if diagnostics.count > position + 1 {
        diagnostics.removeSubrange((position + 1)...)
        diagnostics[position].fix = nil
        diagnostics[position] = diagnostics[position].adding(
          help: Localized("as in `\(foreign.example)`", fr: "comme dans `\(foreign.example)`"))
      }
      throw error
    }
  }
}
