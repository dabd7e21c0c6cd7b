import BilanColumnar
import BilanSyntax

/// Finds a column by a name: its label or handle exactly, then with case and accents folded, then an alias.
package enum NameLookup {
  package enum Outcome {
    case found(Int)
    /// Several columns answer to it in the same way.
    case ambiguous([Int])
    case none
  }

  /// Measures of the prelude, which know what mixes, see hidden columns too.
  static func column(_ name: Name, in schema: Schema) -> Outcome {
    let found = column(name.text, isQuoted: name.isQuoted, in: schema)
    guard case .none = found, name.span.source.name == Prelude.sourceName else { return found }
    return hiddenColumn(name.text, in: schema)
  }

  /// Among those that steps have left out.
  static func hiddenColumn(_ text: String, in schema: Schema) -> Outcome {
    guard schema.fields.contains(where: \.isHidden) else { return .none }
    var others = schema
    for index in others.fields.indices { others.fields[index].isHidden.toggle() }
    return column(text, in: others)
  }

  package static func column(_ text: String, isQuoted: Bool = false, in schema: Schema) -> Outcome {
    if let outcome = outcome(schema, where: { $0.label == text }) { return outcome }
    if let outcome = outcome(schema, where: { $0.handle == text }) { return outcome }
    let folded = TextFolding.handle(of: text)
    if let outcome = outcome(schema, where: { $0.handle == folded || TextFolding.handle(of: $0.label) == folded }) {
      return outcome
    }
    let aliased = outcome(schema) { field in
      field.aliases.contains { $0 == text || TextFolding.handle(of: $0) == folded }
    }
    return aliased ?? .none
  }

  private static func outcome(_ schema: Schema, where matches: (Field) -> Bool) -> Outcome? {
    let hits = schema.fields.indices.filter { !schema[$0].isHidden && matches(schema[$0]) }
    switch hits.count {
    case 0: return nil
    case 1: return .found(hits[0])
    default: return .ambiguous(hits)
    }
  }

  /// The names to write for all that a query can name.
  static func spellings(_ schema: Schema) -> [String] { schema.visible.map(spelling) }

  /// The name to write for a field in a query: its label where that is a plain name, else its handle.
  package static func spelling(of field: Field) -> String {
    Printer.isPlain(field.label) ? field.label : field.handle
  }
}
