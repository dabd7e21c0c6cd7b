import BilanColumnar
import BilanDiagnostics
import BilanFunctions
import BilanSyntax

extension Resolver {
  // MARK: Calling a scalar function

  /// A call of the scalar function or operator `name`, its arguments converted; worked out at once where all are known.
  func scalar(
    _ name: String, _ arguments: [Resolved], labels: [String?] = [], at span: Span, spans: [Span] = []
  ) throws(QueryError) -> Resolved {
    guard case .scalar(let overloads)? = FunctionTable.entry(named: name)?.kind else {
      preconditionFailure("the function table has no scalar `\(name)`")
    }
    let bound = arguments.enumerated().map { index, argument in
      (label: index < labels.count ? labels[index] : nil, expression: argument.expression)
    }
    switch matching.best(of: overloads, parameters: \.parameters, result: \.result, arguments: bound) {
    case .failure(let error):
      throw mismatch(error.mismatch, of: name, arguments: arguments, at: span, spans: spans)
    case .success(let (overload, match)):
      for (parameter, argument) in zip(match.parameters, match.arguments) where parameter.mustBeConstant {
        try require(argument.constantValue ?? .missing, in: parameter.domain, at: argument.span ?? span)
      }
      let expression = Expression(
        .call(ScalarCall(name: name, overload: overload, arguments: match.arguments)), type: match.resultType,
        span: span)
      if Self.choosing.contains(name) { try requireOneUnit(arguments, name == "select" ? "if" : name, at: span) }
      var result = Resolved(try fold(expression))
      inherit(&result, from: arguments, through: name)
      return result
    }
  }

  /// The place of a quantile and the level of confidence are shares.
  func require(_ value: Value, in domain: Domain, at span: Span) throws(QueryError) {
    guard let number = value.number else { return }
    let isInside =
      switch domain {
      case .any: true
      case .share: 0...1 ~= number
      case .level: number > 0 && number < 1
      }
    if isInside { return }
    // 95 is meant as 95%; what 1.5 is meant as nobody knows.
    let isPercent = number > 1 && number <= (domain == .level ? 99 : 100) && number == number.rounded()
    let example = domain == .level ? 95 : 90
    throw failure(
      .typeMismatch,
      Localized("a share between 0% and 100% is needed here", fr: "il faut ici une part entre 0 % et 100 %"),
      at: span,
      help: isPercent
        ? Localized("write `\(Int(number))%`", fr: "écrire `\(Int(number))%`")
        : Localized("as in `\(example)%`", fr: "comme `\(example)%`"))
  }

  /// What gives one of its arguments, which are then one column.
  private static let choosing: Set<String> = ["select", "??", "least", "greatest", "clamp"]

  /// The value of a call whose arguments are all known; the call itself where they are not.
  private func fold(_ expression: Expression) throws(QueryError) -> Expression {
    guard case .call(let call) = expression.kind, call.name != "missing_if" else { return expression }
    let values = call.arguments.compactMap(\.constantValue)
    guard values.count == call.arguments.count else { return expression }
    let context = KernelContext(
      rowCount: 1, today: environment.today, fiscalYearStart: environment.fiscalYearStart)
    do {
      let column = try call.overload.kernel(
        values.map { .constant($0) }, call.arguments.map(\.type), context)
      return .constant(column.value(0, as: expression.type), type: expression.type, span: expression.span)
    } catch {
      // With decimals already, the number itself is too large.
      let areDecimals = call.arguments.contains { $0.type == .real }
      throw Resolver.error(from: error, at: expression.span, areDecimals: areDecimals)
    }
  }

  /// What a kernel's error is in terms of the query.
  private static func error(from error: KernelError, at span: Span?, areDecimals: Bool) -> QueryError {
    switch error {
    case .overflow:
      QueryError(
        .error(
          .overflow, Localized("the result does not fit in 64 bits", fr: "le résultat dépasse 64 bits"), at: span,
          label: Localized("too large", fr: "trop grand"),
          help: areDecimals
            ? nil
            : Localized(
              "work with decimals: multiply by `1.0` first", fr: "calculer en décimal : multiplier d’abord par `1.0`")))
    case .invalidPattern(let pattern, let reason, let french):
      QueryError(
        .error(
          .invalidPattern,
          Localized(
            "`\(pattern)` is not a regular expression", fr: "`\(pattern)` n’est pas une expression régulière"),
          at: span, label: Localized(reason, fr: french)))
    case .invalidArgument(let text, let french):
      QueryError(.error(.typeMismatch, Localized(text, fr: french), at: span))
    }
  }

  /// Whether the result reads as a percentage, in which unit it is, and whether it is personal.
  private func inherit(_ result: inout Resolved, from arguments: [Resolved], through name: String) {
    result.isSensitive = name != "is_missing" && arguments.contains(where: \.isSensitive)
    result.rowUnit = rowUnit(of: name, arguments, result.type)
    guard result.type.isNumber || result.type == .ratio else { return }
    switch name {
    case "+", "-", "negate", "abs", "round", "floor", "ceil", "least", "greatest", "clamp", "select", "??",
      "missing_if", "to_real":
      let numbers = arguments.filter { $0.type.isNumber || $0.type == .ratio }
      if numbers.contains(where: { $0.display == .percent }),
        numbers.allSatisfy({ $0.display == .percent || $0.expression.constantValue != nil })
      {
        result.display = .percent
      }
      result.unit = numbers.lazy.compactMap(\.unit).first
    case "as_percent": result.display = .percent
    case "as_number": result.display = .plain
    case "row_share", "ratio_ci_low", "ratio_ci_high": result.display = .percent
    case "row_ratio": result.display = Resolver.ratioDisplay(arguments)
    default: break
    }
  }

  /// Persons of persons are a percentage; francs a job are not.
  static func ratioDisplay(_ arguments: [Resolved]) -> Field.Display {
    if arguments.count == 2, let first = arguments[0].unit, let second = arguments[1].unit, first != second {
      return .plain
    }
    return .percent
  }

  static func ratioUnit(_ arguments: [Resolved]) -> String? {
    guard arguments.count == 2, let first = arguments[0].unit, let second = arguments[1].unit, first != second
    else { return nil }
    return "\(first)/\(second)"
  }

  func mismatch(
    _ mismatch: OverloadMismatch, of name: String, arguments: [Resolved], at span: Span, spans: [Span]
  ) -> QueryError {
    // The two kinds of confidence limits are one function to those who write it.
    let written = ["mean_ci_low": "ci_low", "mean_ci_high": "ci_high"][name]
    if let written { return self.mismatch(mismatch, of: written, arguments: arguments, at: span, spans: spans) }
    let usage = FunctionTable.entry(named: name)?.usage ?? name
    func place(_ position: Int) -> Span {
      position < spans.count
        ? spans[position] : (arguments.indices.contains(position) ? arguments[position].expression.span : nil) ?? span
    }
    switch mismatch {
    case .count:
      return failure(
        .wrongArgumentCount,
        Localized("wrong number of arguments for `\(name)`", fr: "nombre d’arguments incorrect pour `\(name)`"),
        at: span, help: Localized("it is called as `\(usage)`", fr: "on l’appelle ainsi : `\(usage)`"))
    case .unknownLabel(let position):
      return failure(
        .unknownNamedArgument,
        Localized("`\(name)` has no such argument", fr: "`\(name)` n’a pas cet argument"), at: place(position),
        help: Localized("it is called as `\(usage)`", fr: "on l’appelle ainsi : `\(usage)`"))
    case .type(let position, let expected):
      let type = arguments.indices.contains(position) ? arguments[position].type : .missing
      let mustBeKnown = expected.contains(.exactly(type)) || (type == .integer && expected.contains(.exactly(.real)))
      if mustBeKnown {
        return failure(
          .constantExpected,
          Localized(
            "this argument of `\(name)` must be known before the query runs",
            fr: "cet argument de `\(name)` doit être connu avant l’exécution"), at: place(position),
          help: Localized("write a value or a `$parameter`", fr: "écrire une valeur ou un `$paramètre`"))
      }
      if type == .real, expected.contains(.exactly(.integer)) {
        return failure(
          .typeMismatch,
          Localized("`\(name)` takes whole numbers", fr: "`\(name)` prend des nombres entiers"), at: place(position),
          label: Localized("this may have decimals", fr: "ceci peut avoir des décimales"),
          help: Localized(
            "`floor(…)` and `ceil(…)` make whole numbers", fr: "`floor(…)` et `ceil(…)` donnent des nombres entiers"))
      }
      return failure(
        .typeMismatch,
        Localized(
          "`\(name)` does not take \(Resolver.article(type)) here",
          fr: "`\(name)` n’accepte pas ici \(Resolver.frenchArticle(type))"), at: place(position),
        label: Localized(
          "this is \(Resolver.article(type))", fr: "ceci est \(Resolver.frenchArticle(type))"),
        help: Localized("it is called as `\(usage)`", fr: "on l’appelle ainsi : `\(usage)`"))
    case .noCommonType:
      let kinds = arguments.map { Resolver.article($0.type) }
      let french = arguments.map { Resolver.frenchArticle($0.type) }
      return failure(
        .incomparable,
        Localized(
          "`\(name)` wants values of one type, not \(kinds.joined(separator: " and "))",
          fr: "`\(name)` veut des valeurs d’un même type, pas \(french.joined(separator: " et "))"), at: span,
        help: conversionHelp(arguments))
    }
  }

  private func conversionHelp(_ arguments: [Resolved]) -> Localized? {
    let types = arguments.map(\.type)
    if types.count(where: { $0.list != nil }) == 1 {
      return Localized(
        "`contains(list, value)` looks into a list, `unnest` makes rows of its elements",
        fr: "`contains(liste, valeur)` cherche dans une liste, `unnest` fait des lignes de ses éléments")
    }
    if types.contains(.text), types.contains(where: \.isNumber) {
      return Localized("`number(…)` reads a number from text", fr: "`number(…)` lit un nombre dans un texte")
    }
    if types.contains(.text), types.contains(.period) || types.contains(.date) {
      return Localized(
        "`date(…)` and `period(…)` read text", fr: "`date(…)` et `period(…)` lisent un texte")
    }
    return nil
  }

  // MARK: Operators

  /// An operand; one with an error is reported and then missing, where the scope says so.
  private func operand(_ syntax: ExpressionSyntax, in scope: Scope) throws(QueryError) -> Resolved {
    try operand(syntax, in: scope) { scope throws(QueryError) in try expression(syntax, in: scope) }
      ?? Resolved(.constant(.missing, span: syntax.span))
  }

  private func operand(
    _ syntax: ExpressionSyntax, in scope: Scope, _ resolve: (Scope) throws(QueryError) -> Resolved
  ) throws(QueryError) -> Resolved? {
    guard scope.collectsErrors else { return try resolve(scope) }
    return attempt { () throws(QueryError) in try resolve(scope) }
  }

  func unary(
    _ unary: UnaryOperator, _ operand: ExpressionSyntax, at span: Span, in scope: Scope
  ) throws(QueryError) -> Resolved {
    switch unary {
    case .negate: return try scalar("negate", [try expression(operand, in: scope)], at: span)
    case .not: return try scalar("not", [try condition(operand, in: scope)], at: span)
    }
  }

  func binary(
    _ binary: BinaryOperator, _ left: ExpressionSyntax, _ right: ExpressionSyntax, at span: Span, in scope: Scope
  ) throws(QueryError) -> Resolved {
    switch binary {
    case .and, .or:
      let errorCount = diagnostics.count
      guard let first = try operand(left, in: scope, { scope throws(QueryError) in try condition(left, in: scope) })
      else { return try condition(right, in: scope) }
      // `has(x) and x > 1`: what a known side decides is not looked at.
      if diagnostics.count == errorCount, case .boolean(let value)? = first.expression.constantValue {
        if value == (binary == .or) { return first }
        let second = try condition(right, in: scope)
        // As everywhere the whole is true or false, also where `right` is missing.
        return second.expression.isTwoValued ? second : try scalar(binary.rawValue, [first, second], at: span)
      }
      guard let second = try operand(right, in: scope, { scope throws(QueryError) in try condition(right, in: scope) })
      else { return first }
      return try scalar(binary.rawValue, [first, second], at: span)
    case .coalesce, .add, .subtract, .multiply, .divide:
      let first = try operand(left, in: scope)
      let second = try operand(right, in: scope)
      if binary == .add || binary == .subtract {
        try requireOneUnit(first, second, binary.rawValue, at: span)
        try requireOneDurationUnit(first, second, at: span)
      }
      return try scalar(binary.rawValue, [first, second], at: span, spans: [left.span, right.span])
    }
  }

  func comparison(
    _ first: ExpressionSyntax, _ links: [ComparisonLink], at span: Span, in scope: Scope
  ) throws(QueryError) -> Resolved {
    var result: Resolved?
    var leftSyntax = first
    var left = try operand(first, in: scope)
    for link in links {
      let right = try operand(link.right, in: scope)
      let linkSpan = leftSyntax.span.union(link.right.span)
      if link.comparison != .contains {
        try requireSense(of: (leftSyntax, left), (link.right, right), in: scope)
      }
      let test = try compare(left, link.comparison, right, at: links.count == 1 ? span : linkSpan)
      result = try result.map { known throws(QueryError) in try scalar("and", [known, test], at: span) } ?? test
      left = right
      leftSyntax = link.right
    }
    return result ?? left
  }

  func compare(
    _ left: Resolved, _ comparison: ComparisonOperator, _ right: Resolved, at span: Span
  ) throws(QueryError) -> Resolved {
    try requireOneDurationUnit(left, right, at: span)
    if comparison != .contains { try requireOneUnit(left, right, comparison.rawValue, at: span) }
    try requireYear(right, beside: left)
    try requireYear(left, beside: right)
    let isEquality = comparison == .equal || comparison == .notEqual
    if isEquality, left.type == .date,
      isInterval(right) || (right.type == .period && right.expression.constantValue == nil)
    {
      throw dateEqualsPeriod(left, right, comparison, at: span)
    }
    if isEquality, right.type == .date, isInterval(left) { throw dateEqualsPeriod(right, left, comparison, at: span) }
    let name = comparison.rawValue
    guard case .scalar(let overloads)? = FunctionTable.entry(named: name)?.kind else {
      preconditionFailure("the function table has no `\(name)`")
    }
    let arguments = [(label: String?.none, expression: left.expression), (label: nil, expression: right.expression)]
    if case .failure = matching.best(of: overloads, parameters: \.parameters, result: \.result, arguments: arguments) {
      throw incomparable(left, comparison, right, at: span)
    }
    return try scalar(name, [left, right], at: span)
  }

  /// Beside a date or a period a whole number is a year, which `month(created) = 3` does not mean.
  private func requireYear(_ number: Resolved, beside time: Resolved) throws(QueryError) {
    guard time.type == .date || time.type == .period,
      case .integer(let value)? = number.expression.constantValue, !(1000...9999).contains(value),
      let span = number.expression.span
    else { return }
    var help = Localized("write it as one, such as `2019-03`", fr: "l’écrire comme telle, par exemple `2019-03`")
    if case .call(let call) = time.expression.kind, ["month", "quarter"].contains(call.name) {
      help = Localized(
        "`\(call.name)_number(…)` is its number in the year, `\(call.name)(…)` a period of one year",
        fr: "`\(call.name)_number(…)` est son numéro dans l’année, `\(call.name)(…)` une période d’une année")
    }
    throw failure(
      .incomparable,
      Localized("`\(value)` is not a period", fr: "`\(value)` n’est pas une période"), at: span,
      label: Localized("beside a period a number is a year", fr: "à côté d’une période un nombre est une année"),
      help: help)
  }

  /// A constant period longer than a day, or a year.
  private func isInterval(_ value: Resolved) -> Bool {
    switch value.expression.constantValue {
    case .period(let period): period.kind != .day
    case .integer(let year): (1...9999).contains(year)
    default: false
    }
  }

  private func dateEqualsPeriod(
    _ date: Resolved, _ period: Resolved, _ comparison: ComparisonOperator, at span: Span
  ) -> QueryError {
    let word = comparison == .equal ? "in" : "not in"
    let dateText = date.expression.span?.text ?? "date"
    let periodText = period.expression.span?.text ?? "period"
    let replacement = "\(dateText) \(word) \(periodText)"
    return QueryError(
      Diagnostic.error(
        .incomparable,
        Localized("a day is not equal to a longer period", fr: "un jour n’est pas égal à une période plus longue"),
        at: span, help: Localized("write `\(replacement)`", fr: "écrire `\(replacement)`")
      ).fixing(
        Localized("use `\(word)`", fr: "utiliser `\(word)`"), replace: span, with: replacement))
  }

  private func incomparable(
    _ left: Resolved, _ comparison: ComparisonOperator, _ right: Resolved, at span: Span
  ) -> QueryError {
    if comparison == .contains {
      let wrong = left.type == .text ? right : left
      return failure(
        .typeMismatch,
        Localized("`~` searches in text", fr: "`~` cherche dans du texte"), at: wrong.expression.span ?? span,
        label: Localized(
          "this is \(Resolver.article(wrong.type))", fr: "ceci est \(Resolver.frenchArticle(wrong.type))"),
        help: Localized("`text(…)` makes text of anything", fr: "`text(…)` fait un texte de toute valeur"))
    }
    var diagnostic = Diagnostic.error(
      .incomparable,
      Localized(
        "\(Resolver.article(left.type)) and \(Resolver.article(right.type)) cannot be compared",
        fr: "\(Resolver.frenchArticle(left.type)) et \(Resolver.frenchArticle(right.type)) ne se comparent pas"),
      at: right.expression.span ?? span,
      label: Localized(
        "this is \(Resolver.article(right.type))", fr: "ceci est \(Resolver.frenchArticle(right.type))"),
      help: conversionHelp([left, right]))
    if let span = left.expression.span {
      diagnostic = diagnostic.labelling(
        span,
        Localized("this is \(Resolver.article(left.type))", fr: "ceci est \(Resolver.frenchArticle(left.type))"))
    }
    return QueryError(diagnostic)
  }

  // MARK: in

  func membership(
    _ operand: ExpressionSyntax, in list: ExpressionSyntax, at span: Span, scope: Scope
  ) throws(QueryError) -> Resolved {
    let value = try expression(operand, in: scope)
    switch list.kind {
    case .parenthesized(let inner): return try membership(operand, in: inner, at: span, scope: scope)
    case .range(let low, let high):
      let first = try expression(low, in: scope)
      let last = try expression(high, in: scope)
      if let a = first.expression.constantValue, let b = last.expression.constantValue, Resolver.isEmptyRange(a, b) {
        throw failure(
          .emptyRange,
          Localized(
            "this range is empty: it ends before it starts", fr: "cet intervalle est vide : il finit avant de commencer"
          ),
          at: list.span)
      }
      let above = try compare(value, .greaterOrEqual, end(first, for: value), at: span)
      let below = try compare(value, .lessOrEqual, end(last, for: value), at: span)
      return try scalar("and", [above, below], at: span)
    case .list(let items):
      var members: [Resolved] = []
      for item in items {
        members.append(try expression(item, in: scope))
        try requireSense(of: (operand, value), (item, members[members.count - 1]), in: scope)
      }
      return try member(value, of: members, at: span)
    case .parameter(let name):
      if case .list(let values)? = parameterValue(named: name.text) {
        return try member(value, of: values.map { Resolved(.constant($0, span: list.span)) }, at: span)
      }
    case .pipeline(let pipeline):
      let (plan, field) = try oneColumn(pipeline, at: list.span, in: scope)
      guard let converted = matching.convert(value.expression, to: field.type) else {
        throw incomparable(
          value, .equal, Resolved(Expression(.subquery(plan), type: field.type, span: list.span)), at: span)
      }
      return Resolved(Expression(.inSubquery(converted.expression, plan), type: .boolean, span: span))
    default: break
    }
    let container = try expression(list, in: scope)
    if let test = try containment(value, in: container, at: span) { return test }
    throw failure(
      .typeMismatch,
      Localized(
        "`in` wants a list, a range, a period or a pipeline",
        fr: "`in` veut une liste, un intervalle, une période ou un pipeline"),
      at: list.span,
      label: Localized(
        "this is \(Resolver.article(container.type))", fr: "ceci est \(Resolver.frenchArticle(container.type))"),
      help: container.type == .text
        ? Localized("`~` looks for a text inside another", fr: "`~` cherche un texte dans un autre")
        : Localized("write a list: `in [a, b]`", fr: "écrire une liste : `in [a, b]`"))
  }

  /// An end of a range as `value` is compared with it: a period lies in a range as a whole, so that a day at its end is
  /// a period of one day.
  private func end(_ bound: Resolved, for value: Resolved) -> Resolved {
    guard value.type == .period, bound.type == .date,
      let period = matching.convert(bound.expression, to: .period)
    else { return bound }
    return Resolved(period.expression)
  }

  private static func isEmptyRange(_ low: Value, _ high: Value) -> Bool {
    switch (low, high) {
    case (.integer(let a), .integer(let b)): a > b
    case (.real(let a), .real(let b)): a > b
    case (.period(let a), .period(let b)): a.start > b.end
    case (.date(let a), .date(let b)): a > b
    default: false
    }
  }

  /// A date or a period inside a period, a value in a list; nil where the types say that this is not what is asked.
  private func containment(_ value: Resolved, in container: Resolved, at span: Span) throws(QueryError) -> Resolved? {
    if container.type.list != nil { return try scalar("contains", [container, value], at: span) }
    guard value.type == .date || value.type == .period, container.type == .period || container.type == .integer,
      let period = matching.convert(container.expression, to: .period)
    else { return nil }
    try requireYear(container, beside: value)
    return try scalar("in_period", [value, Resolved(period.expression)], at: span)
  }

  private func member(_ value: Resolved, of members: [Resolved], at span: Span) throws(QueryError) -> Resolved {
    guard !members.isEmpty else { return Resolved(.constant(.boolean(false), span: span)) }
    let areIntervals = value.type == .date || value.type == .period
    let allConstant = members.allSatisfy { $0.expression.constantValue != nil }
    if allConstant, !(areIntervals && members.contains { $0.type == .period || $0.type == .integer }) {
      for member in members where matching.commonType([value.expression, member.expression]) == nil {
        throw incomparable(value, .equal, member, at: span)
      }
      return try scalar("in", [value] + members, at: span)
    }
    var result: Resolved?
    for member in members {
      let test: Resolved
      if let inside = try containment(value, in: member, at: span) {
        test = inside
      } else {
        test = try compare(value, .equal, member, at: span)
      }
      result = try result.map { known throws(QueryError) in try scalar("or", [known, test], at: span) } ?? test
    }
    return result ?? Resolved(.constant(.boolean(false), span: span))
  }
}
