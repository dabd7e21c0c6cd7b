import BilanSyntax

/// What names mean where an expression is evaluated, and the rows at hand.
struct Scope {
  enum Rows {
    case row([Cell])
    /// A group: its rows, and the keys that they share.
    case group([[Cell]], keys: [Key])
    /// A row of an `add`, among the rows that share `per` in the order of `sort`; `keys` are those of the order.
    case window([[Cell]], index: Int, hasPer: Bool, order: [[Cell]])
  }

  struct Key {
    var name: String
    /// The column that the key is, where it is one.
    var column: Int?
    var kind: Kind
    var cell: Cell
  }

  var columns: [ReferenceColumn]
  /// What was defined before, the last first found.
  var definitions: [DefinitionSyntax]
  var arguments: [String: Argument] = [:]
  var rows: Rows = .row([])

  init(columns: [ReferenceColumn], definitions: [DefinitionSyntax]) {
    self.columns = columns
    self.definitions = definitions
  }

  func on(_ row: [Cell]) -> Scope { with(.row(row)) }

  func with(_ rows: Rows) -> Scope {
    var copy = self
    copy.rows = rows
    return copy
  }

  /// The one row at hand; nil in a group.
  var row: [Cell]? {
    switch rows {
    case .row(let row): row
    case .window(let rows, let index, _, _): rows[index]
    case .group: nil
    }
  }

  func column(_ name: String) -> Int? {
    columns.firstIndex { $0.name == name }
      ?? columns.firstIndex { ReferenceText.fold($0.name) == ReferenceText.fold(name) }
  }

  func key(_ name: String) -> Key? {
    guard case .group(_, let keys) = rows else { return nil }
    return keys.first { $0.name == name } ?? keys.first { $0.column != nil && $0.column == column(name) }
  }

  /// The definition that `name` stands for and what it may see.
  func definition(_ name: String) -> (definition: DefinitionSyntax, before: [DefinitionSyntax])? {
    guard let index = definitions.lastIndex(where: { $0.name.text == name }) else { return nil }
    return (definitions[index], Array(definitions[..<index]))
  }

  func entering(_ before: [DefinitionSyntax], _ arguments: [String: Argument]) -> Scope {
    var copy = self
    copy.definitions = before
    copy.arguments = arguments
    return copy
  }

  /// The rows at hand seen from where an argument was written.
  func leaving(to argument: Argument) -> Scope {
    var copy = self
    copy.definitions = argument.definitions
    copy.arguments = argument.arguments
    return copy
  }
}

/// An argument of a function, unevaluated, with what its place could see.
final class Argument {
  let syntax: ExpressionSyntax
  let definitions: [DefinitionSyntax]
  let arguments: [String: Argument]

  init(_ syntax: ExpressionSyntax, _ scope: Scope) {
    self.syntax = syntax
    definitions = scope.definitions
    arguments = scope.arguments
  }
}
