/// The known words that a misspelt one may have meant.
enum NearWords {
  /// The candidates within a third of the word's length in edits, nearest first, at most `limit`.
  static func near(_ word: String, among candidates: [String], limit: Int = 2) -> [String] {
    let letters = Array(word.lowercased().unicodeScalars)
    let reach = max(1, letters.count / 3)
    guard letters.count > 1, letters.count <= 32 else { return [] }
    var found: [(distance: Int, word: String)] = []
    for candidate in candidates {
      let distance = distance(letters, Array(candidate.unicodeScalars))
      // A word of which every letter changes is another word.
      if distance <= reach, distance < candidate.unicodeScalars.count - 1 { found.append((distance, candidate)) }
    }
    // Sorting is stable, so equally near candidates keep the order of their table.
    return found.sorted { $0.distance < $1.distance }.prefix(limit).map(\.word)
  }

  /// The Damerau-Levenshtein distance in its restricted form: inserted, deleted, replaced and swapped letters.
  private static func distance(_ lhs: [Unicode.Scalar], _ rhs: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...rhs.count)
    for i in lhs.indices {
      var row = [i + 1]
      for j in rhs.indices {
        var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (lhs[i] == rhs[j] ? 0 : 1))
        if i > 0, j > 0, lhs[i] == rhs[j - 1], lhs[i - 1] == rhs[j] { best = min(best, beforeLast[j - 1] + 1) }
        row.append(best)
      }
      beforeLast = last
      last = row
    }
    return last[rhs.count]
  }
}
