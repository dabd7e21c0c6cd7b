import BilanColumnar

/// Which columns of two tables are the same: those of one name, first letter by letter, then whatever its capitals and
/// accents; of the others those that answer to each other's name, then those of which one answers to the other's.
struct ColumnPairing {
  /// In the order of the new table.
  private(set) var shared: [SharedColumn] = []
  private(set) var changes: [DeliveryComparison.SchemaChange] = []

  /// Values as they are written, by the places of their columns.
  struct Written {
    var old: [Int: Column] = [:]
    var new: [Int: Column] = [:]

    var isEmpty: Bool { old.isEmpty && new.isEmpty }
  }

  /// - Parameter written: of columns that only one of the tables reads as text, so that `1 200` is what it was.
  init(_ old: Table, _ new: Table, written: Written = Written()) {
    let matches = Self.matches(old.schema.fields, new.schema.fields)
    let kept = Set(matches.compactMap { $0 })
    for (place, field) in old.schema.fields.enumerated() where !kept.contains(place) { changes.append(.removed(field)) }
    for (place, field) in new.schema.fields.enumerated() {
      guard let before = matches[place] else {
        changes.append(.added(field))
        continue
      }
      let column = SharedColumn(
        old.schema[before], old.column(before), field, new.column(place), oldTexts: written.old[before],
        newTexts: written.new[place])
      shared.append(column)
      if column.old.label != field.label { changes.append(.renamed(from: column.old.label, to: field.label)) }
      if column.changesUnit {
        changes.append(.unit(of: field.label, from: column.old.unit, to: field.unit))
      }
      if column.changesType { changes.append(.type(of: field.label, from: column.old.type, to: field.type)) }
    }
  }

  /// For each new field the place of the old one that it is; each old one is one field at most.
  private static func matches(_ old: [Field], _ new: [Field]) -> [Int?] {
    var matches = [Int?](repeating: nil, count: new.count)
    var isTaken = [Bool](repeating: false, count: old.count)
    for name in [\Field.label, \Field.handle] {
      var places: [String: Int] = [:]
      for place in old.indices.reversed() where !isTaken[place] { places[old[place][keyPath: name]] = place }
      for place in new.indices where matches[place] == nil {
        guard let match = places.removeValue(forKey: new[place][keyPath: name]) else { continue }
        matches[place] = match
        isTaken[match] = true
      }
    }
    // Both ways first: of `cible` and `prévision` only one bears the alias `target`, and `target` answers to both.
    for isMutual in [true, false] {
      for place in new.indices where matches[place] == nil {
        let match = old.indices.first { candidate in
          guard !isTaken[candidate] else { return false }
          let (answers, isAnswered) = (old[candidate].bears(new[place]), new[place].bears(old[candidate]))
          return isMutual ? answers && isAnswered : answers || isAnswered
        }
        guard let match else { continue }
        matches[place] = match
        isTaken[match] = true
      }
    }
    return matches
  }
}

extension Field {
  /// Whether it answers to the name of another.
  fileprivate func bears(_ other: Field) -> Bool { aliases.contains(other.handle) }
}
