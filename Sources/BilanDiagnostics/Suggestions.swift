/// Finds the names that someone may have meant: near misses only, for no candidate is better than a silly one.
package enum Suggestions {
  /// The nearest of `candidates`, best first, at most `limit`.
  ///
  /// Names are compared folded. One of up to 2 letters must be the same when folded; 3 or 4 letters may differ by one
  /// edit, up to 8 by two, longer ones by three; two letters swapped are one edit. A candidate that `name` begins (at
  /// least 3 letters) comes after those. The name itself is never proposed.
  package static func near(
    _ name: String, among candidates: [String], fold: (String) -> String, limit: Int = 2
  ) -> [String] {
    let wanted = Array(fold(name))
    guard !wanted.isEmpty else { return [] }
    var ranked: [(distance: Int, order: Int, text: String)] = []
    var seen: Set<String> = []
    for (order, candidate) in candidates.enumerated() where candidate != name {
      guard seen.insert(candidate).inserted else { continue }
      let other = Array(fold(candidate))
      if let distance = rank(wanted, other) { ranked.append((distance, order, candidate)) }
    }
    ranked.sort { ($0.distance, $0.order) < ($1.distance, $1.order) }
    return ranked.prefix(max(0, limit)).map(\.text)
  }

  /// The edits between two folded names, more for a mere prefix; nil where they are not near.
  private static func rank(_ wanted: [Character], _ other: [Character]) -> Int? {
    if wanted == other { return 0 }
    let limit = threshold(wanted.count)
    if limit > 0, abs(wanted.count - other.count) <= limit {
      let distance = editDistance(wanted, other)
      // More than half of a name changed is another name.
      if distance <= limit, distance * 2 <= max(wanted.count, other.count) { return distance }
    }
    let isPrefix = wanted.count >= 3 && other.starts(with: wanted)
    return isPrefix ? 100 + other.count - wanted.count : nil
  }

  private static func threshold(_ length: Int) -> Int {
    switch length {
    case ..<3: 0
    case 3...4: 1
    case 5...8: 2
    default: 3
    }
  }

  /// Damerau-Levenshtein distance in its optimal string alignment form: no part is edited twice.
  ///
  /// - Complexity: O(lhs × rhs).
  static func editDistance(_ lhs: [Character], _ rhs: [Character]) -> Int {
    if lhs.isEmpty || rhs.isEmpty { return max(lhs.count, rhs.count) }
    var beforePrevious = [Int](repeating: 0, count: rhs.count + 1)
    var previous = Array(0...rhs.count)
    for row in 1...lhs.count {
      var current = [row]
      current.reserveCapacity(rhs.count + 1)
      for column in 1...rhs.count {
        let substitution = previous[column - 1] + (lhs[row - 1] == rhs[column - 1] ? 0 : 1)
        var best = min(substitution, previous[column] + 1, current[column - 1] + 1)
        if row > 1, column > 1, lhs[row - 1] == rhs[column - 2], lhs[row - 2] == rhs[column - 1] {
          best = min(best, beforePrevious[column - 2] + 1)
        }
        current.append(best)
      }
      beforePrevious = previous
      previous = current
    }
    return previous[rhs.count]
  }
}
