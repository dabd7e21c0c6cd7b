import BilanDiagnostics

/// A whole text: declarations and queries in the order they are written.
package struct ProgramSyntax: Sendable {
  package var items: [ItemSyntax]
  package var source: Source
  /// The `##` lines at the head of the text that belong to no declaration: what a saved query is for.
  package var documentation: String?

  package init(items: [ItemSyntax], source: Source, documentation: String?) {
    self.items = items
    self.source = source
    self.documentation = documentation
  }
}

package struct ItemSyntax: Sendable {
  package enum Kind: Sendable {
    /// `use "lib/indicators.bilan"`
    case use(path: String)
    /// `param region: text = "Oriental"`
    case parameter(ParameterSyntax)
    /// `let women = from …`, `let cost = ratio(spent, jobs)`, `let rate(a, b) = a / b`
    case definition(DefinitionSyntax)
    /// `from results | …`, or at the prompt `| take 5`
    case query(PipelineSyntax)
    /// An expression alone, `1 + 1`: a table of one row and one column
    case expression(ExpressionSyntax)
  }

  package var kind: Kind
  /// The `##` lines above it, without their marks.
  package var documentation: String?
  package var span: Span

  package init(_ kind: Kind, documentation: String?, span: Span) {
    self.kind = kind
    self.documentation = documentation
    self.span = span
  }
}

package struct ParameterSyntax: Sendable {
  package indirect enum TypeSyntax: Sendable {
    case number, percent, text, boolean, date, period
    /// `list of text`
    case list(TypeSyntax)
    /// `one of ["a", "b"]`
    case choice([ExpressionSyntax])
  }

  package var name: Name
  package var type: TypeSyntax
  package var typeSpan: Span
  package var defaultValue: ExpressionSyntax?

  package init(name: Name, type: TypeSyntax, typeSpan: Span, defaultValue: ExpressionSyntax?) {
    self.name = name
    self.type = type
    self.typeSpan = typeSpan
    self.defaultValue = defaultValue
  }
}

package struct DefinitionSyntax: Sendable {
  package enum Body: Sendable {
    case expression(ExpressionSyntax)
    case pipeline(PipelineSyntax)
  }

  package var name: Name
  /// Nil where there are no parentheses.
  package var parameters: [Name]?
  package var body: Body

  package init(name: Name, parameters: [Name]?, body: Body) {
    self.name = name
    self.parameters = parameters
    self.body = body
  }
}
