import BilanColumnar
import BilanDiagnostics
import BilanReaders

/// A column that a field makes: itself, or of a structure each of the fields in it, with a dotted name.
struct ArrowLeaf: Sendable {
  var name: String
  /// From the field down: which child of each structure.
  var path: [Int]
  var field: ArrowField

  /// The type of the column in Bilan; nil where it is left out.
  var dataType: DataType? { field.dataType }
}

extension ArrowField {
  /// The columns that it makes.
  ///
  /// - Parameter name: how the field is called; empty for elements of lists, whose parts are called by what is in them.
  func leaves(_ name: String) -> [ArrowLeaf] {
    guard case .structure = type, !children.isEmpty else { return [ArrowLeaf(name: name, path: [], field: self)] }
    return children.enumerated().flatMap { place, child in
      child.leaves(name.isEmpty ? child.name : name + "." + child.name).map { leaf in
        ArrowLeaf(name: leaf.name, path: [place] + leaf.path, field: leaf.field)
      }
    }
  }

  /// The type of the column in Bilan; nil where it is left out.
  var dataType: DataType? {
    guard isList else { return type.dataType(metadata) }
    let parts = elementLeaves.compactMap { leaf in
      leaf.dataType.map { ListType.Part(leaf.name, $0, unit: leaf.field.metadata[ArrowMetadata.unit]) }
    }
    return parts.isEmpty || Set(parts.map(\.name)).count < parts.count ? nil : .list(ListType(parts))
  }

  var isList: Bool {
    switch type {
    case .list, .fixedList: children.count == 1
    default: false
    }
  }

  /// Of a list: what its elements hold.
  var elementLeaves: [ArrowLeaf] { children[0].leaves("") }

  /// What of it is left out, by name.
  func leftOut(_ name: String) -> [(name: String, type: String)] {
    if dataType == nil { return [(name, type.name)] }
    guard isList else { return [] }
    return elementLeaves.flatMap { $0.field.leftOut(name + "." + $0.name) }
  }
}
