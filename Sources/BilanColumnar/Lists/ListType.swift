/// What the elements of a list are.
///
/// A list is kept as a text in a form that has one way of writing: JSON on one line, where each value is written as its
/// type is and each element is a plain value, another list, or an object whose names are those of `parts`.
///
///     [3,null,12]    ["2019-04-15"]    [{"code":"A1","place.region":"Fès"},{"code":"A2"}]
///
/// So equal lists are equal texts: lists are stored, gathered, grouped and sent through joins as texts are.
package struct ListType: Sendable, Hashable {
  /// A value that an element has.
  package struct Part: Sendable, Hashable {
    /// Below the element, dotted where it is nested; empty for the element itself.
    package var name: String
    package var type: DataType

    package init(_ name: String, _ type: DataType) {
      self.name = name
      self.type = type
    }
  }

  /// In the order in which they first occur; elements that are plain here and objects there have a nameless part too.
  package var parts: [Part]

  package init(_ parts: [Part]) { self.parts = parts }

  /// A list of plain values.
  package init(of type: DataType) { parts = [Part("", type)] }

  /// What holds the elements of both.
  package func merged(with other: ListType) -> ListType {
    var merged = self
    for part in other.parts {
      if let index = merged.parts.firstIndex(where: { $0.name == part.name }) {
        merged.parts[index].type = merged.parts[index].type.common(with: part.type)
      } else {
        merged.parts.append(part)
      }
    }
    return merged
  }
}

extension DataType {
  /// Of what a list is; nil for anything else.
  package var list: ListType? { if case .list(let list) = self { list } else { nil } }
}
