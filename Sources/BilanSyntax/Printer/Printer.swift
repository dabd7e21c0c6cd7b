import BilanDiagnostics

/// Writes an AST as text, the canonical way.
package struct Printer {
  package static let width = 100

  /// Numbers stay as they are written (`1_200`), which an AST does not remember.
  var keepsLiterals = false

  /// The canonical text of a source, comments kept, or what is wrong with it.
  ///
  /// Formatting twice changes nothing more, and the formatted text has the same AST.
  package static func format(_ source: Source) -> Result<String, QueryError> {
    let result = Parser.parse(source)
    let errors = result.diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else { return .failure(QueryError(errors)) }
    var formatter = Formatter(source: source, comments: result.comments)
    return .success(formatter.format(result.program))
  }

  /// An expression on one line; it names a column that has no other name.
  package static func print(_ expression: ExpressionSyntax) -> String {
    Printer().layout(expression).render(width: .max)
  }

  /// A pipeline on one line.
  package static func print(_ pipeline: PipelineSyntax) -> String {
    Printer().flat(pipeline).render(width: .max)
  }

  /// A program, an item a paragraph, without comments.
  package static func print(_ program: ProgramSyntax) -> String {
    let printer = Printer()
    return program.items.map { printer.lines($0.kind, isFlat: false).joined(separator: "\n") + "\n" }
      .joined(separator: "\n")
  }

  // MARK: Items

  /// The lines of an item. The first holds its head, the others a step each, except where a step takes several.
  func lines(_ item: ItemSyntax.Kind, isFlat: Bool) -> [String] {
    switch item {
    case .use(let path): return ["use \(TextLiteral.encode(path))"]
    case .parameter(let parameter):
      var parts: [Layout] = [.text("param \(name(parameter.name)): "), type(parameter.type)]
      if let value = parameter.defaultValue { parts += [.text(" = "), .indent(4, layout(value))] }
      return [Layout.group(.sequence(parts)).render(width: Self.width)]
    case .definition(let definition):
      let parameters = definition.parameters.map { "(" + $0.map(name).joined(separator: ", ") + ")" } ?? ""
      let head = "let \(name(definition.name))\(parameters) ="
      switch definition.body {
      case .expression(let value):
        let body = Layout.indent(2, .sequence([.space, layout(value)]))
        return [Layout.group(.sequence([.text(head), body])).render(width: Self.width)]
      case .pipeline(let pipeline):
        let line = "\(head) \(flat(pipeline).render(width: .max))"
        if isFlat, line.count <= Self.width { return [line] }
        let steps = self.lines(pipeline, indent: 2)
        return [head + "\n" + (steps.first ?? "")] + steps.dropFirst()
      }
    case .query(let pipeline): return lines(pipeline, indent: 0)
    case .expression(let value): return [layout(value).render(width: Self.width)]
    }
  }

  /// A line for the source and one for each step.
  private func lines(_ pipeline: PipelineSyntax, indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    if let source = pipeline.source {
      let layout = Layout.sequence([.text("from "), .indent(2, self.source(source))])
      lines.append(margin + layout.render(width: Self.width, column: indent, indent: indent))
    }
    for step in pipeline.steps {
      lines.append(
        margin + "| " + self.step(step.kind).render(width: Self.width, column: indent + 2, indent: indent))
    }
    return lines
  }

  func flat(_ pipeline: PipelineSyntax) -> Layout {
    var parts: [Layout] = []
    if let source = pipeline.source { parts += [.text("from "), self.source(source)] }
    for step in pipeline.steps {
      if !parts.isEmpty { parts.append(.space) }
      parts += [.text("| "), self.step(step.kind)]
    }
    return .group(.sequence(parts))
  }

  private func type(_ type: ParameterSyntax.TypeSyntax) -> Layout {
    switch type {
    case .number: .text("number")
    case .percent: .text("percent")
    case .text: .text("text")
    case .boolean: .text("bool")
    case .date: .text("date")
    case .period: .text("period")
    case .list(let element): .sequence([.text("list of "), self.type(element)])
    case .choice(let choices): .sequence([.text("one of "), list(choices)])
    }
  }

  // MARK: Names

  /// A name, in backticks where it needs them.
  func name(_ name: Name) -> String {
    guard name.isQuoted || !Self.isPlain(name.text) else { return name.text }
    let doubled = name.text.map { $0 == "`" ? "``" : String($0) }.joined()
    return "`\(doubled)`"
  }

  /// Whether a name can be written without backticks.
  package static func isPlain(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, Lexer.startsName(first), Keyword(rawValue: name) == nil,
      !["NULL", "null", "Null", "NA", "None", "nil", "TRUE", "True", "FALSE", "False"].contains(name)
    else { return false }
    return name.unicodeScalars.allSatisfy(Lexer.continuesName) && PeriodSyntax(name) == nil
  }
}
