import BilanDiagnostics

/// How tightly operators bind, loosest first.
package enum Precedence {
  package static let or = 1
  package static let and = 2
  package static let not = 3
  package static let comparison = 4
  package static let range = 5
  package static let coalesce = 6
  package static let additive = 7
  package static let multiplicative = 8
  package static let unary = 9
  package static let primary = 10
}

extension Parser {
  /// Reads an expression whose operators bind at least as tightly as `minimum`.
  mutating func parseExpression(_ minimum: Int = 0) throws(Bail) -> ExpressionSyntax {
    var left = try parsePrefix(minimum)
    while true {
      switch current.kind {
      case .keyword(.or) where minimum <= Precedence.or: left = try parseBinary(left, .or, Precedence.or)
      case .keyword(.and) where minimum <= Precedence.and: left = try parseBinary(left, .and, Precedence.and)
      case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .tilde:
        guard minimum <= Precedence.comparison else { return left }
        left = try parseComparison(left)
      case .keyword(.in), .keyword(.is):
        guard minimum <= Precedence.comparison else { return left }
        left = try parseTest(left)
      case .keyword(.not):
        guard minimum <= Precedence.comparison, isNegatedTest(peek()) else { return left }
        left = try parseTest(left)
      case .range where minimum <= Precedence.range: left = try parseRange(left)
      case .coalesce where minimum <= Precedence.coalesce:
        left = try parseBinary(left, .coalesce, Precedence.coalesce)
      case .plus where minimum <= Precedence.additive: left = try parseBinary(left, .add, Precedence.additive)
      case .minus where minimum <= Precedence.additive: left = try parseBinary(left, .subtract, Precedence.additive)
      case .star where minimum <= Precedence.multiplicative:
        left = try parseBinary(left, .multiply, Precedence.multiplicative)
      case .slash where minimum <= Precedence.multiplicative:
        left = try parseBinary(left, .divide, Precedence.multiplicative)
      case .percentSign where minimum <= Precedence.multiplicative: left = try parsePercentSign(left)
      case .caret where minimum <= Precedence.multiplicative:
        left = try parseFunctionOperator(left, function: "power")
      case .name:
        guard let replaced = try parseForeignInfix(left, minimum) else { return left }
        left = replaced
      default: return left
      }
    }
  }

  private mutating func parseBinary(
    _ left: ExpressionSyntax, _ operation: BinaryOperator, _ precedence: Int
  ) throws(Bail) -> ExpressionSyntax {
    let leftHeight = height
    advance()
    let right = try parseExpression(precedence + 1)
    try rise(above: max(leftHeight, height))
    return ExpressionSyntax(.binary(operation, left, right), span: left.span.union(right.span))
  }

  // MARK: Comparisons

  private func comparison(_ kind: TokenKind) -> ComparisonOperator? {
    switch kind {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .tilde: .contains
    default: nil
    }
  }

  /// `a = b`, `0 < x <= 5`
  private mutating func parseComparison(_ left: ExpressionSyntax) throws(Bail) -> ExpressionSyntax {
    var tallest = height
    var links: [ComparisonLink] = []
    var end = left.span
    while let comparison = comparison(current.kind) {
      let token = advance()
      let right = try parseExpression(Precedence.range)
      tallest = max(tallest, height)
      links.append(ComparisonLink(comparison, operatorSpan: span(token), right: right))
      end = right.span
    }
    try rise(above: tallest)
    try rejectFurtherComparison()
    return ExpressionSyntax(.comparison(left, links), span: left.span.union(end))
  }

  /// `a = b in c` has no reading that everybody shares.
  private mutating func rejectFurtherComparison() throws(Bail) {
    let isTest = at(.in) || at(.is) || (at(.not) && isNegatedTest(peek()))
    guard comparison(current.kind) != nil || isTest else { return }
    throw unexpected(
      help: Localized(
        "put the comparison before it in parentheses", fr: "mettre la comparaison qui précède entre parenthèses"))
  }

  /// Whether the token after `not` makes a test of it: `not in`, and what stands for it elsewhere.
  private func isNegatedTest(_ token: Token) -> Bool {
    if token.kind == .keyword(.in) { return true }
    guard let word = word(token) else { return false }
    return ["in", "between", "like", "ilike"].contains(word)
  }

  /// `x in …`, `x not in …`, `x is missing`, `x is not missing`
  private mutating func parseTest(_ left: ExpressionSyntax) throws(Bail) -> ExpressionSyntax {
    let leftHeight = height
    if at(.is) {
      let token = advance()
      return try parseIs(left, token)
    }
    var negated = false
    if at(.not) {
      advance()
      negated = true
      if at(.name), let replaced = try parseForeignTest(left, negated: true) { return replaced }
    }
    advance()
    let right = try parseExpression(Precedence.range)
    try rise(above: max(leftHeight, height))
    try rejectFurtherComparison()
    return ExpressionSyntax(.membership(left, in: right, negated: negated), span: left.span.union(right.span))
  }

  private mutating func parseIs(_ left: ExpressionSyntax, _ token: Token) throws(Bail) -> ExpressionSyntax {
    let leftHeight = height
    let negated = accept(.not)
    if !at(.missing) {
      if let word = word(current), Self.missingWords.contains(word) {
        let written = text(current)
        foreign(at: span(current), written: written, proper: "missing", edits: [(span(current), "missing")])
      } else if !endsStep(current), !isAtClause {
        // `is true`, `is "F"`: the equality of other languages.
        let proper = negated ? "!=" : "="
        let written = span(from: token.start)
        foreign(at: written, written: written.text, proper: proper, edits: [(written, proper)])
        let right = try parseExpression(Precedence.range)
        try rise(above: max(leftHeight, height))
        try rejectFurtherComparison()
        return ExpressionSyntax(
          .comparison(
            left, [ComparisonLink(negated ? .notEqual : .equal, operatorSpan: written, right: right)]),
          span: left.span.union(right.span))
      } else {
        throw unexpected(Localized("`missing` is expected", fr: "`missing` est attendu"))
      }
    }
    advance()
    try rise(above: leftHeight)
    let result = ExpressionSyntax(.isMissing(left, negated: negated), span: left.span.union(span(from: token.start)))
    try rejectFurtherComparison()
    return result
  }

  /// `2018..2020`
  private mutating func parseRange(_ left: ExpressionSyntax) throws(Bail) -> ExpressionSyntax {
    let leftHeight = height
    advance()
    let right = try parseExpression(Precedence.coalesce)
    try rise(above: max(leftHeight, height))
    if at(.range) {
      throw unexpected(help: Localized("a range has two ends", fr: "un intervalle a deux bornes"))
    }
    return ExpressionSyntax(.range(left, right), span: left.span.union(right.span))
  }

  // MARK: Prefix operators

  private mutating func parsePrefix(_ minimum: Int) throws(Bail) -> ExpressionSyntax {
    switch current.kind {
    case .keyword(.not), .bang: return try parseNot(minimum)
    case .keyword(.if):
      if peek().kind == .leftParenthesis, let call = try parseForeignConditional() { return call }
      return loose(try parseConditional(), minimum)
    case .minus:
      let minus = advance()
      // The smallest integer has no positive counterpart, so it is read together with its sign.
      if at(.integer), digits(current) == "9223372036854775808" {
        advance()
        try rise(above: 0)
        return ExpressionSyntax(.integer(.min), span: span(from: minus.start))
      }
      try enter()
      let operand = try parsePrefix(Precedence.unary)
      nesting -= 1
      try rise(above: height)
      return ExpressionSyntax(.unary(.negate, operand), span: span(minus).union(operand.span))
    case .plus:
      reportPlus()
      return try parsePrefix(Precedence.unary)
    default: return try parsePostfix(minimum)
    }
  }

  private mutating func reportPlus() {
    let plus = advance()
    report(
      .error(
        .unexpectedToken, Localized("a number has no `+` before it", fr: "un nombre ne porte pas de `+` devant lui"),
        at: span(plus)
      ).fixing(Localized("remove it", fr: "le supprimer"), replace: span(plus), with: ""))
  }

  /// In an operand, a conditional stands in parentheses, whether they are written or not.
  func loose(_ expression: ExpressionSyntax, _ minimum: Int) -> ExpressionSyntax {
    minimum == 0 ? expression : ExpressionSyntax(.parenthesized(expression), span: expression.span)
  }

  /// `not x`; and `!x`, which binds more tightly elsewhere.
  private mutating func parseNot(_ minimum: Int) throws(Bail) -> ExpressionSyntax {
    let token = advance()
    let isBang = token.kind == .bang
    let isTight = minimum > Precedence.not
    try enter()
    let operand = isBang && isTight ? try parsePrefix(Precedence.unary) : try parseExpression(Precedence.not)
    nesting -= 1
    try rise(above: height)
    let result = ExpressionSyntax(.unary(.not, operand), span: span(token).union(operand.span))
    if isBang {
      foreign(
        .foreignOperator, at: span(token), written: "!", proper: "not",
        edits: isTight
          ? [(span(token), "(not "), (span(operand.span.end, operand.span.end), ")")] : [(span(token), "not ")])
    } else if isTight {
      report(
        .error(
          .unexpectedToken,
          Localized(
            "`not` is looser than the operator before it, and needs parentheses here",
            fr: "`not` lie moins que l’opérateur qui précède, et demande ici des parenthèses"),
          at: span(token)
        ).with(
          Diagnostic.Fix(
            Localized("add parentheses", fr: "ajouter des parenthèses"),
            edits: [
              (span(token.start, token.start), "("), (span(operand.span.end, operand.span.end), ")"),
            ])))
    }
    return isTight ? ExpressionSyntax(.parenthesized(result), span: result.span) : result
  }

  /// `if c then a else if d then b else e`
  private mutating func parseConditional() throws(Bail) -> ExpressionSyntax {
    try enter()
    defer { nesting -= 1 }
    let start = current.start
    var branches: [ConditionalBranch] = []
    var tallest = 0
    while accept(.if) {
      let condition = try parseExpression()
      tallest = max(tallest, height)
      guard accept(.then) else { throw unexpected(Localized("`then` is expected", fr: "`then` est attendu")) }
      let value = try parseExpression()
      tallest = max(tallest, height)
      branches.append(ConditionalBranch(condition: condition, value: value))
      guard accept(.else) else {
        throw unexpected(
          Localized("`else` is expected", fr: "`else` est attendu"),
          help: Localized(
            "`if c then a else b`; `else missing` where there is nothing else",
            fr: "`if c then a else b` ; `else missing` s’il n’y a rien d’autre"))
      }
    }
    let otherwise = try parseExpression()
    try rise(above: max(tallest, height))
    return ExpressionSyntax(.conditional(branches, otherwise: otherwise), span: span(from: start))
  }

  // MARK: Operators that are functions here

  /// `%` after a number is a percentage that was written with a space, else the remainder.
  private mutating func parsePercentSign(_ left: ExpressionSyntax) throws(Bail) -> ExpressionSyntax {
    let number: Double?
    switch left.kind {
    case .integer(let value): number = Double(value)
    case .real(let value): number = value
    default: number = nil
    }
    if let number, !startsOperand(peek()) {
      let token = advance()
      let written = left.span.union(span(token))
      let proper = left.span.text + "%"
      report(
        .error(
          .foreignOperator,
          Localized("a percentage is written without a space", fr: "un pourcentage s’écrit sans espace"), at: written
        ).fixing(Localized("write `\(proper)`", fr: "écrire `\(proper)`"), replace: written, with: proper))
      return ExpressionSyntax(.percent(number / 100), span: written)
    }
    return try parseFunctionOperator(left, function: "mod")
  }

  /// `a % b` as `mod(a, b)`, `a ^ b` as `power(a, b)`.
  private mutating func parseFunctionOperator(
    _ left: ExpressionSyntax, function: String
  ) throws(Bail) -> ExpressionSyntax {
    let leftHeight = height
    let token = advance()
    let right = try parseExpression(Precedence.unary)
    try rise(above: max(leftHeight, height))
    let proper = "\(function)(\(left.span.text), \(right.span.text))"
    let whole = left.span.union(right.span)
    report(
      .error(
        .foreignOperator,
        Localized("`\(text(token))` is not an operator", fr: "`\(text(token))` n’est pas un opérateur"), at: span(token)
      ).fixing(Localized("write `\(proper)`", fr: "écrire `\(proper)`"), replace: whole, with: proper))
    let arguments = [left, right].map { CallSyntax.Argument(label: nil, value: $0) }
    return ExpressionSyntax(
      .call(CallSyntax(name: Name(function, span: span(token)), arguments: arguments, filter: nil, per: [])),
      span: whole)
  }

  /// Whether a value begins with this token.
  func startsOperand(_ token: Token) -> Bool {
    switch token.kind {
    case .name, .quotedName, .parameter, .integer, .real, .percent, .text, .period, .leftParenthesis, .leftBracket,
      .keyword(.if), .keyword(.true), .keyword(.false), .keyword(.missing):
      true
    default: false
    }
  }
}

extension Diagnostic {
  func with(_ fix: Fix) -> Diagnostic {
    var copy = self
    copy.fix = fix
    return copy
  }
}
