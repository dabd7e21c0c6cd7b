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
    /// Of its numbers, which every element has.
    package var unit: String?

    package init(_ name: String, _ type: DataType, unit: String? = nil) {
      self.name = name
      self.type = type
      self.unit = unit
    }
  }

  /// In the order in which they first occur; elements that are plain here and objects there have a nameless part too.
  package var parts: [Part]

  package init(_ parts: [Part]) { self.parts = parts }

  /// A list of plain values.
  package init(of type: DataType) { parts = [Part("", type)] }

  /// What holds the elements of both; where their units differ, it has none.
  package func merged(with other: ListType) -> ListType {
    var merged = self
    for part in other.parts {
      if let index = merged.parts.firstIndex(where: { $0.name == part.name }) {
        merged.parts[index] = merged.parts[index].merged(with: part)
      } else {
        merged.parts.append(part)
      }
    }
    return merged
  }
}

extension ListType.Part {
  /// A part without a value says nothing of units.
  fileprivate func merged(with other: Self) -> Self {
    let units = Set([self, other].filter { $0.type != .missing }.map(\.unit))
    return Self(name, type.common(with: other.type), unit: units.count == 1 ? units.first! : nil)
  }
}

extension ListType {
  /// The first part whose numbers are in one unit here and in another there.
  package func part(inOtherUnitThan other: ListType) -> (here: Part, there: Part)? {
    for part in parts {
      guard let same = other.parts.first(where: { $0.name == part.name }) else { continue }
      if let list = part.type.list, let otherList = same.type.list, let found = list.part(inOtherUnitThan: otherList) {
        return found
      }
      if part.unit != nil, same.unit != nil, part.unit != same.unit { return (part, same) }
    }
    return nil
  }

  /// Whether some numbers are in a unit in one of these and in another, or none, in the other.
  package func differsInUnits(from other: ListType) -> Bool {
    parts.contains { part in
      guard let same = other.parts.first(where: { $0.name == part.name }) else { return false }
      if let list = part.type.list, let otherList = same.type.list { return list.differsInUnits(from: otherList) }
      // Texts are added up with nothing.
      return part.unit != same.unit && part.type.isNumber && same.type.isNumber
    }
  }
}

extension DataType {
  /// Of what a list is; nil for anything else.
  package var list: ListType? { if case .list(let list) = self { list } else { nil } }
}
