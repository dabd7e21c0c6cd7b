import BilanDiagnostics

extension Parser {
  /// Reads a value and the fields after it: `achievement.numerator`.
  mutating func parsePostfix(_ minimum: Int) throws(Bail) -> ExpressionSyntax {
    var expression = try parsePrimary(minimum)
    while at(.dot) {
      advance()
      guard at(.name) || at(.quotedName) else {
        throw unexpected(Localized("a name is expected", fr: "un nom est attendu"))
      }
      let field = name(advance())
      try rise(above: height)
      expression = ExpressionSyntax(.field(expression, field), span: expression.span.union(field.span))
      if at(.leftParenthesis) {
        let written = expression.span.text
        throw fail(
          .error(
            .foreignWord,
            Localized(
              "`\(written)(…)`: a function comes before its arguments",
              fr: "`\(written)(…)` : une fonction précède ses arguments"),
            at: field.span,
            help: Localized("as in `\(field.text)(x, …)`", fr: "comme dans `\(field.text)(x, …)`")))
      }
    }
    return expression
  }

  /// Only dispatches: it is on the stack once for each level of nesting, and what builds diagnostics takes much of it.
  private mutating func parsePrimary(_ minimum: Int) throws(Bail) -> ExpressionSyntax {
    let token = current
    height = 1
    tallest = max(tallest, 1)
    switch token.kind {
    case .quotedName:
      advance()
      if at(.leftParenthesis) { return try parseCall(token) }
      return ExpressionSyntax(.name(name(token)), span: span(token))
    case .name: return try parseNameOrCall()
    case .leftParenthesis: return try parseParentheses()
    case .leftBracket:
      try enter()
      defer { nesting -= 1 }
      advance()
      return try parseListLiteral(token)
    default: return try parseLiteral()
    }
  }

  /// Reads a value of one token, or two: `18 months`.
  private mutating func parseLiteral() throws(Bail) -> ExpressionSyntax {
    let token = current
    switch token.kind {
    case .integer: return try parseInteger()
    case .real:
      advance()
      guard let value = Double(digits(token)), value.isFinite else { throw fail(outOfRange(token)) }
      try rejectDigits(after: token)
      return ExpressionSyntax(.real(value), span: span(token))
    case .percent:
      advance()
      guard let value = Self.percent(digits(token)), value.isFinite else { throw fail(outOfRange(token)) }
      if startsOperand(current), touches(token, current) {
        // `a %b` without spaces: `5%3`.
        let proper = "mod(\(text(token).dropLast()), \(text(current)))"
        report(
          .error(
            .foreignOperator, Localized("`%` is not an operator", fr: "`%` n’est pas un opérateur"),
            at: span(token.start, current.end)
          ).fixing(
            Localized("write `\(proper)`", fr: "écrire `\(proper)`"), replace: span(token.start, current.end),
            with: proper))
        advance()
      }
      return ExpressionSyntax(.percent(value), span: span(token))
    case .text:
      advance()
      return ExpressionSyntax(.text(textValue(token)), span: span(token))
    case .period:
      advance()
      guard let period = PeriodSyntax(text(token)) else { return ExpressionSyntax(.invalid, span: span(token)) }
      return ExpressionSyntax(.period(period), span: span(token))
    case .keyword(.true), .keyword(.false):
      advance()
      return ExpressionSyntax(.boolean(token.kind == .keyword(.true)), span: span(token))
    case .keyword(.missing):
      advance()
      return ExpressionSyntax(.missing, span: span(token))
    case .parameter:
      advance()
      let name = Name(String(text(token).dropFirst()), span: span(token))
      return ExpressionSyntax(.parameter(name), span: span(token))
    case .invalid:
      advance()
      return ExpressionSyntax(.invalid, span: span(token))
    default:
      throw unexpected(Localized("a value is expected", fr: "une valeur est attendue"))
    }
  }

  /// The literal's text as a token holds it: `"Oriental"` and what the lexer read in its place.
  func textValue(_ token: Token) -> String {
    TextLiteral.decode(Array(text(token).utf8)[...])
  }

  // MARK: Numbers

  /// A number's text without its underscores.
  func digits(_ token: Token) -> String { text(token).filter { $0 != "_" } }

  private func outOfRange(_ token: Token) -> Diagnostic {
    .error(
      .invalidNumber,
      Localized("`\(text(token))` is too large a number", fr: "`\(text(token))` est un nombre trop grand"),
      at: span(token),
      help: Localized("integers go up to 9223372036854775807", fr: "les entiers vont jusqu’à 9223372036854775807"))
  }

  /// `110%` is exactly the double nearest to 1.1, which dividing by 100 would not always give.
  static func percent(_ written: String) -> Double? {
    let number = written.dropLast()
    return number.contains("e") || number.contains("E")
      ? Double(number).map { $0 / 100 } : Double(number + "e-2")
  }

  private mutating func parseInteger() throws(Bail) -> ExpressionSyntax {
    let token = advance()
    guard let value = Int64(digits(token)) else { throw fail(outOfRange(token)) }
    if at(.name), let unit = DurationWord(text(current)) {
      let word = advance()
      return ExpressionSyntax(.duration(count: value, unit: unit), span: span(token).union(span(word)))
    }
    if !commaSeparates, at(.comma), touches(token, current), peek().kind == .integer, touches(current, peek()) {
      advance()
      let fraction = advance()
      let written = span(token.start, fraction.end)
      let proper = "\(text(token)).\(digits(fraction))"
      report(
        .error(
          .decimalComma,
          Localized("the decimal sign is a point: `\(proper)`", fr: "le signe décimal est un point : `\(proper)`"),
          at: written
        ).fixing(Localized("write `\(proper)`", fr: "écrire `\(proper)`"), replace: written, with: proper))
      return ExpressionSyntax(.real(Double(digits(token) + "." + digits(fraction)) ?? 0), span: written)
    }
    try rejectDigits(after: token)
    return ExpressionSyntax(.integer(value), span: span(token))
  }

  /// `1 200`: digits are grouped with `_`.
  private mutating func rejectDigits(after token: Token) throws(Bail) {
    guard at(.integer), !current.isFirstOnLine else { return }
    var end = current
    var grouped = text(token)
    while at(.integer), current.end - current.start == 3, !current.isFirstOnLine {
      end = advance()
      grouped += "_" + text(end)
    }
    guard end.end != token.end, grouped != text(token) else { return }
    report(
      .error(
        .invalidNumber,
        Localized("digits are grouped with `_`", fr: "les chiffres se groupent avec `_`"),
        at: span(token.start, end.end)
      ).fixing(
        Localized("write `\(grouped)`", fr: "écrire `\(grouped)`"), replace: span(token.start, end.end),
        with: grouped))
  }

  // MARK: Names and calls

  private mutating func parseNameOrCall() throws(Bail) -> ExpressionSyntax {
    let token = current
    let written = text(token)
    let next = peek()
    if next.kind == .leftParenthesis {
      if ["if", "iif", "iff", "ifelse", "if_else"].contains(written.lowercased()),
        let conditional = try parseForeignConditional()
      {
        return conditional
      }
      advance()
      return try parseCall(token)
    }
    if word(next) == "when", written.lowercased() == "case" { return try parseCase() }
    if written == "NOT", startsOperand(next) { return try parseUpperCaseNot() }
    if let value = parseForeignValue(token) { return value }
    advance()
    return ExpressionSyntax(.name(name(token)), span: span(token))
  }

  /// `NULL`, `TRUE`: values that other languages write so.
  private mutating func parseForeignValue(_ token: Token) -> ExpressionSyntax? {
    let written = text(token)
    let proper: String
    let kind: ExpressionSyntax.Kind
    switch written {
    case "NULL", "null", "Null", "NA", "None", "nil": (proper, kind) = ("missing", .missing)
    case "TRUE", "True": (proper, kind) = ("true", .boolean(true))
    case "FALSE", "False": (proper, kind) = ("false", .boolean(false))
    default: return nil
    }
    advance()
    foreign(at: span(token), written: written, proper: proper, edits: [(span(token), proper)])
    return ExpressionSyntax(kind, span: span(token))
  }

  /// `NOT x`: an operator with capitals, for a value cannot follow a name.
  private mutating func parseUpperCaseNot() throws(Bail) -> ExpressionSyntax {
    let token = advance()
    foreign(at: span(token), written: text(token), proper: "not", edits: [(span(token), "not")])
    try enter()
    let operand = try parseExpression(Precedence.not)
    nesting -= 1
    try rise(above: height)
    let result = ExpressionSyntax(.unary(.not, operand), span: span(token).union(operand.span))
    return ExpressionSyntax(.parenthesized(result), span: result.span)
  }

  /// `f(x, level: 90% where c per k)`; the current token is the parenthesis.
  private mutating func parseCall(_ nameToken: Token) throws(Bail) -> ExpressionSyntax {
    try enter()
    defer { nesting -= 1 }
    let opening = advance()
    if let count = parseCountHabit(nameToken) { return count }
    let saved = commaSeparates
    commaSeparates = true
    defer { commaSeparates = saved }
    var call = CallSyntax(name: name(nameToken), arguments: [], filter: nil, per: [])
    var tallest = 0
    var hasPer = false
    if !at(.rightParenthesis), !at(.where), !at(.per) {
      while true {
        call.arguments.append(try parseArgument())
        tallest = max(tallest, height)
        if at(.semicolon), peek().kind != .endOfText {
          foreign(.foreignOperator, at: span(current), written: ";", proper: ",", edits: [(span(current), ",")])
          advance()
          continue
        }
        guard at(.comma) else { break }
        let comma = advance()
        if at(.where) || at(.per) || at(.rightParenthesis) {
          reportNeedlessComma(comma)
          break
        }
      }
    }
    while true {
      if at(.where), call.filter == nil, !current.isFirstOnLine || closer(of: indexOf(opening)) != nil {
        advance()
        call.filter = try parseExpression()
        tallest = max(tallest, height)
      } else if at(.per), !hasPer {
        // A column called so needs backticks, which the message says.
        if peek().kind == .rightParenthesis { throw unexpected() }
        advance()
        hasPer = true
        call.per = try parseList { parser throws(Bail) in
          let key = try parser.parseExpression()
          tallest = max(tallest, parser.height)
          return key
        }
      } else {
        break
      }
    }
    try close(opening, .rightParenthesis, ")")
    try rise(above: tallest)
    return ExpressionSyntax(.call(call), span: span(from: nameToken.start))
  }

  /// `count(*)`, which is `count`; and `count(distinct x)`, whose argument is left to read.
  private mutating func parseCountHabit(_ nameToken: Token) -> ExpressionSyntax? {
    guard text(nameToken).lowercased() == "count" else { return nil }
    if at(.star), peek().kind == .rightParenthesis {
      advance()
      advance()
      let whole = span(from: nameToken.start)
      foreign(at: whole, written: whole.text, proper: "count", edits: [(whole, "count")])
      return ExpressionSyntax(.name(Name("count", span: whole)), span: whole)
    }
    if at(word: "distinct"), startsOperand(peek()) {
      let distinct = advance()
      foreign(
        at: span(nameToken.start, distinct.end), written: "count(distinct x)", proper: "count_distinct(x)",
        edits: [(span(nameToken.start, current.start), "count_distinct(")])
    }
    return nil
  }

  private mutating func reportNeedlessComma(_ comma: Token) {
    report(
      .error(
        .unexpectedToken, Localized("there is no comma here", fr: "il n’y a pas de virgule ici"), at: span(comma)
      ).fixing(Localized("remove it", fr: "la supprimer"), replace: span(comma), with: ""))
  }

  /// The index of a token that was read not long ago.
  func indexOf(_ token: Token) -> Int {
    var i = index
    while i > 0, tokens[i].start > token.start { i -= 1 }
    return i
  }

  private mutating func parseArgument() throws(Bail) -> CallSyntax.Argument {
    if peek().kind == .colon, at(.name) || at(.quotedName) {
      let label = name(advance())
      advance()
      return CallSyntax.Argument(label: label, value: try parseExpression())
    }
    return CallSyntax.Argument(label: nil, value: try parseExpression())
  }
}
