import BilanDiagnostics
import BilanSyntax

/// What a shell remembers between lines: the definitions typed so far, and the query that a `|` continues.
package struct QueryBuffer: Sendable {
  /// A query that can be continued.
  struct Query: Sendable, Equatable {
    /// Definitions that belong to it alone: those of the file it comes from.
    var declarations = ""
    var text: String
    /// What lines beginning with `|` added, one element a line.
    var additions: [String] = []
    var parameters: [String: String] = [:]
    /// What messages call it; the path of a file, where it comes from one.
    var sourceName = "<query>"

    var fullText: String { ([text] + additions).joined(separator: "\n") }
    /// With its own declarations: what `.show` shows and `.save` writes.
    var wholeText: String { declarations.isEmpty ? fullText : declarations + "\n\n" + fullText }
  }

  struct Definition: Sendable, Equatable {
    var name: String
    var text: String
  }

  /// In the order typed; one that is typed again takes the place of the old.
  private(set) var definitions: [Definition] = []
  var current: Query?

  package init() {}

  /// A text to run, with what must stand before it.
  struct Composition {
    var prefix: String
    var body: String
    var sourceName: String

    var text: String { prefix + body }

    /// The diagnostics of `text` as if `body` had been run alone: what was typed is what is shown.
    func rebase(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
      guard !prefix.isEmpty else { return diagnostics }
      let length = prefix.utf8.count
      let bodySource = Source(name: sourceName, text: body)
      let prefixSource = Source(name: "<definitions>", text: prefix)
      let whole = text
      func rebased(_ span: Span) -> Span {
        guard span.source.name == sourceName, span.source.byteCount == whole.utf8.count else { return span }
        if span.start >= length { return Span(bodySource, span.start - length..<max(span.start, span.end) - length) }
        return Span(prefixSource, span.start..<min(span.end, length))
      }
      return diagnostics.map { diagnostic in
        var copy = diagnostic
        copy.primary?.span = diagnostic.primary.map { rebased($0.span) }!
        copy.secondary = diagnostic.secondary.map { Diagnostic.Label(rebased($0.span), $0.text) }
        copy.fix?.edits = diagnostic.fix?.edits.map { (rebased($0.span), $0.replacement) } ?? []
        return copy
      }
    }
  }

  /// `body` after the definitions, without those that it makes anew itself.
  func compose(_ body: String, declarations: String = "", redefining names: Set<String> = [], sourceName: String)
    -> Composition
  {
    var parts = definitions.filter { !names.contains($0.name) }.map(\.text)
    if !declarations.isEmpty { parts.append(declarations) }
    return Composition(
      prefix: parts.isEmpty ? "" : parts.joined(separator: "\n") + "\n", body: body, sourceName: sourceName)
  }

  func compose(_ query: Query) -> Composition {
    let names = Set(ProgramParts(query.declarations).definitions.map(\.name))
    return compose(
      query.fullText, declarations: query.declarations, redefining: names, sourceName: query.sourceName)
  }

  mutating func define(_ definition: Definition) {
    if let index = definitions.firstIndex(where: { $0.name == definition.name }) {
      definitions[index] = definition
    } else {
      definitions.append(definition)
    }
  }

  /// The definitions that a query names, and those that they name in turn, in the order typed.
  func neededDefinitions(for query: Query) -> [String] {
    var wanted = Set(CompletionScanner(query.wholeText).tokens.map(\.text))
    var needed: Set<String> = []
    var isGrowing = true
    while isGrowing {
      isGrowing = false
      for definition in definitions where wanted.contains(definition.name) && needed.insert(definition.name).inserted {
        wanted.formUnion(CompletionScanner(definition.text).tokens.map(\.text))
        isGrowing = true
      }
    }
    let own = Set(ProgramParts(query.declarations).definitions.map(\.name))
    return definitions.filter { needed.contains($0.name) && !own.contains($0.name) }.map(\.text)
  }

  /// Takes back the last line that continued the query; false where there is none.
  mutating func undo() -> Bool {
    guard current?.additions.isEmpty == false else { return false }
    current?.additions.removeLast()
    return true
  }
}

/// A text taken apart into its definitions and its queries, each as written.
struct ProgramParts {
  /// `let` and `param` by name; `use` under its whole text.
  var definitions: [QueryBuffer.Definition] = []
  var queries: [String] = []
  /// A dataset or another name alone on the line.
  var loneName: String?

  init(_ text: String) {
    let program = Parser.parse(Source(name: "<query>", text: text)).program
    for item in program.items {
      let written = item.span.text
      let documentation = item.documentation.map { text in
        text.split(separator: "\n", omittingEmptySubsequences: false).map { "## \($0)\n" }.joined()
      }
      switch item.kind {
      case .parameter(let parameter): add(parameter.name.text, written, documentation)
      case .definition(let definition): add(definition.name.text, written, documentation)
      case .use: add(written, written, documentation)
      case .query: queries.append(written)
      case .expression(let expression):
        if program.items.count == 1, case .name(let name) = expression.kind { loneName = name.text }
        queries.append(written)
      }
    }
  }

  private mutating func add(_ name: String, _ written: String, _ documentation: String?) {
    definitions.append(QueryBuffer.Definition(name: name, text: (documentation ?? "") + written))
  }
}
