/// Names made unique: of two columns `x` the second is `x_2`, one without a name `column_3`.
package enum UniqueNames {
  package static func of(_ names: [String]) -> [String] {
    var taken = Set(names)
    var seen: Set<String> = []
    return names.enumerated().map { place, name in
      if !name.isEmpty, seen.insert(name).inserted { return name }
      let stem = name.isEmpty ? "column" : name
      var number = name.isEmpty ? place + 1 : 2
      while !taken.insert("\(stem)_\(number)").inserted { number += 1 }
      return "\(stem)_\(number)"
    }
  }
}
