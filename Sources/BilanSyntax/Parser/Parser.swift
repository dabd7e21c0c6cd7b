import BilanDiagnostics

/// What was understood of a text, and what was not.
package struct ParseResult: Sendable {
  package var program: ProgramSyntax
  package var comments: [Comment]
  /// In the order of the text.
  package var diagnostics: [Diagnostic]

  package init(program: ProgramSyntax, comments: [Comment], diagnostics: [Diagnostic]) {
    self.program = program
    self.comments = comments
    self.diagnostics = diagnostics
  }

  /// No diagnostic is an error.
  package var isValid: Bool { !diagnostics.contains { $0.severity == .error } }
}

/// Reads tokens into an AST, by recursive descent.
///
/// A mistake inside a step costs that step: the parser reports it, goes on at the next `|` and so finds the next
/// independent one. Habits of other languages are understood and reported with the edit that mends them, so that they
/// cost nothing else.
package struct Parser {
  /// What a parsing function throws once its mistake is reported; the step or the item around it catches it.
  struct Bail: Error {}

  let source: Source
  let tokens: [Token]
  let comments: [Comment]
  var index = 0
  var diagnostics: [Diagnostic] = []
  /// A comma here separates values, so `1,5` are two; elsewhere it is a decimal comma.
  var commaSeparates = false
  /// Open brackets, conditionals and prefix operators around the current token.
  var nesting = 0
  /// The height of the expression that was just read, and of the tallest in the current pipeline.
  var height = 0
  var tallest = 0
  /// Set where going on would only repeat one mistake.
  var isHopeless = false

  /// Reads a whole text. Never fails: the diagnostics tell what is wrong, the program holds the rest.
  package static func parse(_ source: Source) -> ParseResult {
    let (tokens, comments, diagnostics) = Lexer.lex(source)
    var parser = Parser(source: source, tokens: tokens, comments: comments)
    let items = parser.parseItems()
    let documentation = Documentation(source: source, comments: comments)
    let program = ProgramSyntax(
      items: items, source: source,
      documentation: documentation.ofProgram(
        firstItem: tokens.first.flatMap { $0.kind == .endOfText ? nil : $0.start },
        isQuery: items.first?.isQuery ?? false
      ))
    let all = (diagnostics + parser.diagnostics).enumerated().sorted {
      ($0.element.primary?.span.start ?? 0, $0.offset) < ($1.element.primary?.span.start ?? 0, $1.offset)
    }
    return ParseResult(program: program, comments: comments, diagnostics: all.map(\.element))
  }

  init(source: Source, tokens: [Token], comments: [Comment]) {
    self.source = source
    self.tokens = tokens
    self.comments = comments
  }

  // MARK: Tokens

  var current: Token { tokens[index] }
  var previous: Token? { index > 0 ? tokens[index - 1] : nil }

  func peek(_ distance: Int = 1) -> Token { tokens[min(index + distance, tokens.count - 1)] }

  func at(_ kind: TokenKind) -> Bool { current.kind == kind }
  func at(_ keyword: Keyword) -> Bool { current.kind == .keyword(keyword) }

  @discardableResult
  mutating func advance() -> Token {
    let token = current
    if index < tokens.count - 1 { index += 1 }
    return token
  }

  mutating func accept(_ kind: TokenKind) -> Bool {
    guard at(kind) else { return false }
    advance()
    return true
  }

  mutating func accept(_ keyword: Keyword) -> Bool { accept(.keyword(keyword)) }

  func text(_ token: Token) -> String { source.text(in: token.start..<token.end) }
  func span(_ token: Token) -> Span { Span(source, token.start..<token.end) }
  func span(_ start: Int, _ end: Int) -> Span { Span(source, start..<max(start, end)) }

  /// From `start` to the end of the token before the current one.
  func span(from start: Int) -> Span { span(start, previous?.end ?? start) }

  /// The text of a plain name, lower case; nil for other tokens.
  func word(_ token: Token) -> String? { token.kind == .name ? text(token).lowercased() : nil }

  /// Whether the current token is the plain name `word`, whatever its case.
  func at(word: String) -> Bool { self.word(current) == word }

  func touches(_ left: Token, _ right: Token) -> Bool { left.end == right.start }

  // MARK: Diagnostics

  mutating func report(_ diagnostic: Diagnostic) {
    if !isHopeless { diagnostics.append(diagnostic) }
  }

  mutating func fail(_ diagnostic: Diagnostic) -> Bail {
    report(diagnostic)
    return Bail()
  }

  /// The current token cannot stand here. The lexer's own findings are not repeated.
  mutating func unexpected(_ expected: Localized? = nil, help: Localized? = nil) -> Bail {
    if at(.invalid) || previous?.kind == .invalid { return Bail() }
    if endsStep(current), let previous {
      let shown = text(previous)
      return fail(
        .error(
          .unexpectedToken,
          Localized("something is missing after `\(shown)`", fr: "il manque quelque chose après `\(shown)`"),
          at: span(previous), label: expected, help: help))
    }
    let shown = text(current)
    var help = help
    if help == nil, case .keyword = current.kind {
      help = Localized(
        "`\(shown)` is a word of the language; a column of that name is written `` `\(shown)` ``",
        fr: "`\(shown)` est un mot du langage ; une colonne de ce nom s’écrit `` `\(shown)` ``")
    }
    return fail(
      .error(
        .unexpectedToken, Localized("`\(shown)` cannot stand here", fr: "`\(shown)` n’a pas sa place ici"),
        at: span(current), label: expected, help: help))
  }

  /// Reports a word of another language, offering `edits` if they alone make the query right.
  mutating func foreign(
    _ code: DiagnosticCode = .foreignWord, at span: Span, written: String, proper: String,
    edits: [(span: Span, replacement: String)]? = nil
  ) {
    var diagnostic = Diagnostic.error(
      code, Localized("`\(written)` is written `\(proper)`", fr: "`\(written)` s’écrit `\(proper)`"), at: span)
    if let edits {
      diagnostic.fix = Diagnostic.Fix(Localized("write `\(proper)`", fr: "écrire `\(proper)`"), edits: edits)
    }
    report(diagnostic)
  }

  // MARK: Nesting

  static let nestingLimit = 200
  static let heightLimit = 400
  /// A pipeline in parentheses weighs as much as this many brackets: reading one takes as much stack.
  static let pipelineWeight = 8

  /// Counts `levels` more; the caller gives them back.
  mutating func enter(_ levels: Int = 1) throws(Bail) {
    if nesting + levels > Self.nestingLimit { throw tooDeep() }
    nesting += levels
  }

  /// Notes the height of a node above parts of which the tallest is `part`.
  mutating func rise(above part: Int) throws(Bail) {
    height = part + 1
    tallest = max(tallest, height)
    if height > Self.heightLimit { throw tooDeep() }
  }

  private mutating func tooDeep() -> Bail {
    report(
      .error(
        .nestedTooDeeply,
        Localized(
          "this is nested more than \(Self.nestingLimit) levels deep",
          fr: "cette expression est imbriquée sur plus de \(Self.nestingLimit) niveaux"),
        at: span(current),
        help: Localized(
          "name parts of it with `let`; many equal alternatives are a list, as in `x in [1, 2]`",
          fr: "en nommer des parties avec `let` ; de nombreuses valeurs sont une liste, comme dans `x in [1, 2]`")))
    isHopeless = true
    index = tokens.count - 1
    return Bail()
  }

  // MARK: Lists

  /// Reads elements separated by commas.
  mutating func parseList<Element>(
    _ element: (inout Parser) throws(Bail) -> Element
  ) throws(Bail) -> [Element] {
    let saved = commaSeparates
    commaSeparates = true
    defer { commaSeparates = saved }
    var elements = [try element(&self)]
    while at(.comma) || isAtElement {
      guard at(.comma) else {
        let shown = text(current)
        let end = previous?.end ?? current.start
        report(
          .error(
            .unexpectedToken,
            Localized("a comma is missing before `\(shown)`", fr: "il manque une virgule avant `\(shown)`"),
            at: span(current)
          ).fixing(Localized("insert `,`", fr: "insérer `,`"), replace: span(end, end), with: ","))
        elements.append(try element(&self))
        continue
      }
      let comma = advance()
      if endsStep(current) || isAtClause {
        report(
          .error(
            .unexpectedToken, Localized("nothing follows this comma", fr: "rien ne suit cette virgule"),
            at: span(comma)
          ).fixing(Localized("remove it", fr: "la supprimer"), replace: span(comma), with: ""))
        break
      }
      elements.append(try element(&self))
    }
    return elements
  }

  /// At another element of a list, whose comma was forgotten.
  private var isAtElement: Bool {
    guard startsOperand(current), !at(.leftParenthesis), !current.isFirstOnLine, !isAtVerb, previous?.kind != .invalid,
      foreignStep() == nil, peek().kind != .keyword(.by)
    else { return false }
    // A percentage may be a misread remainder, and `a as b` has its own message.
    return !at(word: "as") && previous?.kind != .percent
  }

  /// At a word that begins the next part of a step, such as `by`.
  var isAtClause: Bool {
    switch current.kind {
    case .keyword(.by), .keyword(.per), .keyword(.across), .keyword(.with), .keyword(.on), .keyword(.into),
      .keyword(.where):
      peek().kind != .equal
    default: false
    }
  }

  /// Reads a name; a reserved word is reported and then read as one.
  mutating func parseName(_ expected: Localized) throws(Bail) -> Name {
    switch current.kind {
    case .name, .quotedName: return name(advance())
    case .keyword:
      if endsStep(current) { throw unexpected(expected) }
      let token = advance()
      report(reservedName(token))
      return name(token)
    default: throw unexpected(expected)
    }
  }

  func reservedName(_ token: Token) -> Diagnostic {
    let shown = text(token)
    return Diagnostic.error(
      .unexpectedToken,
      Localized(
        "`\(shown)` is a word of the language, and a name only in backticks",
        fr: "`\(shown)` est un mot du langage, et un nom seulement entre accents graves"),
      at: span(token)
    ).fixing(
      Localized("write `` `\(shown)` ``", fr: "écrire `` `\(shown)` ``"), replace: span(token), with: "`\(shown)`")
  }

  /// The name that a name token or a word stands for.
  func name(_ token: Token) -> Name {
    let written = text(token)
    guard token.kind == .quotedName else { return Name(written, span: span(token)) }
    return Name(
      Self.unquote(written), isQuoted: true, span: span(token))
  }

  /// `a``b` for `` `a``b` ``: a backtick inside a quoted name is doubled.
  private static func unquote(_ written: String) -> String {
    var text = ""
    var isSecond = false
    for character in written.unicodeScalars.dropFirst().dropLast() {
      if character == "`", !isSecond {
        isSecond = true
        continue
      }
      isSecond = false
      text.unicodeScalars.append(character)
    }
    return text
  }
}

extension ItemSyntax {
  var isQuery: Bool {
    switch kind {
    case .query, .expression: true
    default: false
    }
  }
}
