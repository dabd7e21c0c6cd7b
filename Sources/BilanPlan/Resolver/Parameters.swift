import BilanColumnar
import BilanDiagnostics
import BilanFunctions
import BilanSyntax

/// The value of a parameter.
package enum ParameterValue: Sendable {
  case single(Value)
  /// Of a `list of …`.
  case list([Value])
}

/// A parameter as a text declares it.
package struct ParameterDeclaration: Sendable {
  package indirect enum Kind: Sendable {
    case number, percent, text, boolean, date, period
    case list(Kind)
    case choice([Value])

    /// As a declaration writes it.
    package var description: String {
      switch self {
      case .number: "number"
      case .percent: "percent"
      case .text: "text"
      case .boolean: "bool"
      case .date: "date"
      case .period: "period"
      case .list(let element): "list of \(element.description)"
      case .choice(let values): "one of [\(values.map(\.description).joined(separator: ", "))]"
      }
    }
  }

  package var name: String
  package var kind: Kind
  package var documentation: String?
  /// The default as it is written; nil where a value must be given.
  package var defaultText: String?
  package var value: ParameterValue?
  package var span: Span
}

/// Reads a parameter's value from the command line's words.
package enum ParameterReading {
  /// The value, or nil where `text` is none of this kind.
  package static func read(_ text: String, as kind: ParameterDeclaration.Kind, fiscalYearStart: Int) -> ParameterValue?
  {
    switch kind {
    case .list(let element):
      let parts = elements(text.trimmingSpaces)
      var values: [Value] = []
      for part in parts where !(parts.count == 1 && part.isEmpty) {
        guard case .single(let value)? = read(part, as: element, fiscalYearStart: fiscalYearStart) else { return nil }
        values.append(value)
      }
      return .list(values)
    default: return single(text.trimmingSpaces, as: kind, fiscalYearStart: fiscalYearStart).map { .single($0) }
    }
  }

  /// The elements of a list, between commas: `a, b`, also as queries write it, `["a", "b, c"]`.
  private static func elements(_ text: String) -> [String] {
    var text = text[...]
    if text.hasPrefix("["), text.hasSuffix("]") { text = text.dropFirst().dropLast() }
    var elements: [String] = []
    var element = ""
    // Commas within quotation marks are text, and so is a mark that is doubled or follows a backslash.
    var (isQuoted, wasQuoted) = (false, false)
    func end() {
      elements.append(wasQuoted ? element : element.trimmingSpaces)
      (element, wasQuoted) = ("", false)
    }
    var rest = text
    while let character = rest.popFirst() {
      switch character {
      case "\"" where isQuoted && rest.first == "\"", "\\" where isQuoted && rest.first == "\"":
        rest.removeFirst()
        element.append("\"")
      case "\"" where isQuoted: isQuoted = false
      case "\"" where element.trimmingSpaces.isEmpty && !wasQuoted:
        (element, isQuoted, wasQuoted) = ("", true, true)
      case "," where !isQuoted: end()
      case " " where wasQuoted && !isQuoted: break
      default: element.append(character)
      }
    }
    end()
    return elements
  }

  private static func single(_ text: String, as kind: ParameterDeclaration.Kind, fiscalYearStart: Int) -> Value? {
    switch kind {
    case .text: return .text(text)
    case .number, .percent:
      let isPercent = text.hasSuffix("%")
      let digits = isPercent ? String(text.dropLast()).trimmingSpaces : text
      if !isPercent, let whole = Int64(digits) {
        guard kind.isPercent else { return .integer(whole) }
        // `120` is hardly 12,000%.
        return (-1...1).contains(whole) ? .real(Double(whole)) : nil
      }
      guard let number = Double(digits), number.isFinite else { return nil }
      return .real(isPercent ? number / 100 : number)
    case .boolean:
      switch TextFolding.fold(text) {
      case "true", "yes", "oui", "vrai": return .boolean(true)
      case "false", "no", "non", "faux": return .boolean(false)
      default: return nil
      }
    case .date, .period:
      guard let literal = literal(text) else { return nil }
      switch (literal, kind) {
      case (.period(.day(let year, let month, let day)), .date):
        return CalendarDate(year: year, month: month, day: day).map { .date($0) }
      case (_, .date): return nil
      case (.integer(let year), _): return (1...9999).contains(year) ? .period(.year(Int(year))) : nil
      case (.period(let period), _): return value(of: period, fiscalYearStart: fiscalYearStart)
      default: return nil
      }
    case .choice(let values):
      let folded = TextFolding.fold(text)
      return values.first { $0.plainText == text } ?? values.first { TextFolding.fold($0.plainText) == folded }
    case .list: return nil
    }
  }

  private static func literal(_ text: String) -> ExpressionSyntax.Kind? {
    let result = Parser.parse(Source(name: "<value>", text: text))
    guard result.diagnostics.isEmpty, result.program.items.count == 1,
      case .expression(let expression) = result.program.items[0].kind
    else { return nil }
    return expression.kind
  }

  private static func value(of period: PeriodSyntax, fiscalYearStart: Int) -> Value? {
    switch period {
    case .fiscalYear(let year): .period(.fiscalYear(year, firstMonth: fiscalYearStart))
    case .semester(let year, let number): .period(.semester(year, number))
    case .quarter(let year, let number): .period(.quarter(year, number))
    case .month(let year, let month): .period(.month(year, month))
    case .day(let year, let month, let day):
      CalendarDate(year: year, month: month, day: day).map { .period(.day($0)) }
    }
  }
}

extension ParameterDeclaration.Kind {
  fileprivate var isPercent: Bool {
    if case .percent = self { true } else { false }
  }
}

extension Value {
  /// Without the quotes of a text.
  package var plainText: String {
    if case .text(let text) = self { text } else { description }
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    var view = self[...]
    while view.first?.isWhitespace == true { view.removeFirst() }
    while view.last?.isWhitespace == true { view.removeLast() }
    return String(view)
  }
}

extension Resolver {
  func declare(_ syntax: ParameterSyntax, documentation: String?) {
    attempt { () throws(QueryError) in
      if parameters.contains(where: { $0.name == syntax.name.text }) {
        throw failure(
          .duplicateName,
          Localized("`\(syntax.name.text)` is declared twice", fr: "`\(syntax.name.text)` est déclaré deux fois"),
          at: syntax.name.span)
      }
      let kind = try self.kind(syntax.type)
      var value = given[syntax.name.text]
      var text: String?
      if let expression = syntax.defaultValue {
        text = expression.span.text.collapsingWhiteSpace
        // A wrong default is said once: the parameter is known all the same, with a value that fits where it is used.
        let defaultValue = attempt { () throws(QueryError) in try self.defaultValue(expression, of: kind) }
        if value == nil { value = defaultValue ?? kind.placeholder }
      }
      parameters.append(
        ParameterDeclaration(
          name: syntax.name.text, kind: kind, documentation: documentation, defaultText: text, value: value,
          span: syntax.name.span))
    }
  }

  private func kind(_ type: ParameterSyntax.TypeSyntax) throws(QueryError) -> ParameterDeclaration.Kind {
    switch type {
    case .number: return .number
    case .percent: return .percent
    case .text: return .text
    case .boolean: return .boolean
    case .date: return .date
    case .period: return .period
    case .list(let element): return .list(try kind(element))
    case .choice(let expressions):
      var values: [Value] = []
      for expression in expressions { values.append(try constant(expression)) }
      return .choice(values)
    }
  }

  private func constant(_ syntax: ExpressionSyntax) throws(QueryError) -> Value {
    let resolved = try expression(syntax, in: constantScope)
    guard let value = resolved.expression.constantValue else {
      throw failure(
        .constantExpected, Localized("a plain value is needed here", fr: "il faut une simple valeur ici"),
        at: syntax.span)
    }
    return value
  }

  var constantScope: Scope {
    Scope(schema: Schema([]), tableName: "", table: nil, bindings: .end, mode: .constant)
  }

  private func defaultValue(
    _ syntax: ExpressionSyntax, of kind: ParameterDeclaration.Kind
  ) throws(QueryError) -> ParameterValue {
    if case .list(let element) = kind, case .list(let items) = syntax.kind {
      var values: [Value] = []
      for item in items {
        guard case .single(let value) = try defaultValue(item, of: element) else { continue }
        values.append(value)
      }
      return .list(values)
    }
    let value = try constant(syntax)
    let fitting: Value? =
      switch (kind, value) {
      case (_, .missing): .missing
      case (.number, .integer), (.number, .real): value
      case (.percent, .real): value
      case (.percent, .integer(let whole)) where (-1...1).contains(whole): .real(Double(whole))
      case (.text, .text), (.boolean, .boolean), (.date, .date), (.period, .period): value
      case (.period, .integer(let year)) where (1...9999).contains(year): .period(.year(Int(year)))
      case (.period, .date(let date)): .period(.day(date))
      case (.choice(let values), _) where values.contains(value): value
      default: nil
      }
    guard let fitting else {
      throw failure(
        .invalidDefault,
        Localized(
          "the default is not a value of `\(kind.description)`",
          fr: "la valeur par défaut n’est pas de type `\(kind.description)`"),
        at: syntax.span)
    }
    return .single(fitting)
  }

  func parameterValue(named name: String) -> ParameterValue? {
    parameters.first { $0.name == name }?.value
  }

  /// `$name` as a value.
  func parameter(_ name: Name) throws(QueryError) -> Resolved {
    guard let declaration = parameters.first(where: { $0.name == name.text }) else {
      let near = Suggestions.near(name.text, among: parameters.map(\.name), fold: TextFolding.handle(of:), limit: 2)
      throw failure(
        .unknownParameter,
        Localized("no parameter is called `$\(name.text)`", fr: "aucun paramètre ne s’appelle `$\(name.text)`"),
        at: name.span,
        help: near.isEmpty
          ? Localized(
            "declare it first: `param \(name.text): text = \"…\"`",
            fr: "le déclarer d’abord : `param \(name.text): text = \"…\"`") : Resolver.didYouMean(near.map { "$" + $0 })
      )
    }
    let isPercent = declaration.kind.isPercent
    switch declaration.value {
    case .single(let value)?:
      return Resolved(
        .constant(value, type: declaration.kind.type ?? value.type, span: name.span),
        display: isPercent ? .percent : .plain)
    case .list?:
      throw failure(
        .typeMismatch,
        Localized("`$\(name.text)` is a list", fr: "`$\(name.text)` est une liste"), at: name.span,
        help: Localized("write `x in $\(name.text)`", fr: "écrire `x in $\(name.text)`"))
    case nil:
      throw failure(
        .missingParameter,
        Localized("the parameter `\(name.text)` needs a value", fr: "le paramètre `\(name.text)` demande une valeur"),
        at: name.span,
        help: Localized(
          "give it on the command line, `--\(name.text) …`, or in its declaration, `= …`",
          fr: "la donner sur la ligne de commande, `--\(name.text) …`, ou dans sa déclaration, `= …`"))
    }
  }
}

extension ParameterDeclaration.Kind {
  /// Stands for a value that is wrong.
  fileprivate var placeholder: ParameterValue {
    switch self {
    case .list: .list([])
    case .choice(let values): .single(values.first ?? .missing)
    default: .single(.missing)
    }
  }

  /// The type of its values; nil where they say it themselves.
  fileprivate var type: DataType? {
    switch self {
    case .text: .text
    case .boolean: .boolean
    case .date: .date
    case .period: .period
    case .percent: .real
    case .number, .list, .choice: nil
    }
  }
}
