import BilanDiagnostics
import BilanSyntax

/// What a `let` binds: a table, a measure or a function, with the names it can see itself.
final class Definition: Sendable {
  let name: Name
  let parameters: [Name]?
  let body: DefinitionSyntax.Body
  /// The definitions before it: its own name is not among them, so it cannot call itself.
  let bindings: Bindings
  let documentation: String?

  init(
    name: Name, parameters: [Name]?, body: DefinitionSyntax.Body, bindings: Bindings, documentation: String?
  ) {
    self.name = name
    self.parameters = parameters
    self.body = body
    self.bindings = bindings
    self.documentation = documentation
  }

  var isTable: Bool {
    if case .pipeline = body { true } else { false }
  }

  /// Whether it is worked out from one row: no table, no function, and no aggregate in it or in what it names.
  var isRowValue: Bool {
    guard parameters == nil, case .expression(let body) = body else { return false }
    return !body.hasAggregate(bindings)
  }
}

/// The definitions visible at a place: a list that only grows, shared by what was written before.
///
/// The end of every list is the prelude, looked at last.
indirect enum Bindings: Sendable {
  case end
  case prelude
  case node(Definition, Bindings)

  func definition(named name: String) -> Definition? {
    switch self {
    case .end: return nil
    case .prelude: return Prelude.definition(named: name)
    case .node(let definition, let rest):
      return definition.name.text == name ? definition : rest.definition(named: name)
    }
  }

  /// Every visible name, the nearest first.
  var names: [String] {
    switch self {
    case .end: []
    case .prelude: Prelude.names
    case .node(let definition, let rest): [definition.name.text] + rest.names
    }
  }

  /// Every visible definition, the nearest first.
  var definitions: [Definition] {
    switch self {
    case .end: []
    case .prelude: Prelude.definitions
    case .node(let definition, let rest): [definition] + rest.definitions
    }
  }
}
