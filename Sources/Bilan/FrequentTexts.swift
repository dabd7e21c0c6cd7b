import BilanColumnar
import BilanDiagnostics

/// The texts of a dictionary by how often they occur, and where that is as often, in the order of words.
///
/// Of a column of names nearly all texts occur once, and putting hundreds of thousands of them in order takes seconds: of
/// those that occur as often as the last that is wanted only the first are chosen, the rest is not sorted.
struct FrequentTexts {
  private let dictionary: TextDictionary
  private let counts: [Int]
  /// The codes of texts that occur.
  private let codes: [Int]

  /// - Parameter counts: how often each code of the dictionary occurs.
  init(_ dictionary: TextDictionary, _ counts: [Int]) {
    self.dictionary = dictionary
    self.counts = counts
    codes = counts.indices.filter { counts[$0] > 0 }
  }

  var distinctCount: Int { codes.count }

  /// The first of them.
  ///
  /// - Parameter limit: how many; nil for all.
  /// - Throws: `.cancelled`.
  func leading(_ limit: Int?, _ isCancelled: () -> Bool) throws(QueryError) -> [String] {
    let wanted = min(limit ?? codes.count, codes.count)
    if wanted == 0 { return [] }
    let least = wanted == codes.count ? 0 : codes.map { counts[$0] }.sorted(by: >)[wanted - 1]
    let chosen = try keyed(codes.filter { counts[$0] > least }, isCancelled)
    let tied = try first(wanted - chosen.count, of: codes.filter { counts[$0] == least }, isCancelled)
    return (chosen + tied).sorted { one, other in
      let (count, otherCount) = (counts[one.code], counts[other.code])
      return count != otherCount ? count > otherCount : one.key < other.key
    }.map(\.key.text)
  }

  /// A text with what it is compared by.
  private struct Key: Comparable {
    let text: String
    let collation: CollationKey

    init(_ text: String) {
      self.text = text
      collation = CollationKey(text)
    }

    static func < (one: Key, other: Key) -> Bool { one.collation < other.collation }
  }

  private typealias Keyed = (code: Int, key: Key)

  private func keyed(_ codes: [Int], _ isCancelled: () -> Bool) throws(QueryError) -> [Keyed] {
    var keyed: [Keyed] = []
    keyed.reserveCapacity(codes.count)
    for (place, code) in codes.enumerated() {
      if place % Self.step == 0, isCancelled() { throw .cancelled }
      keyed.append((code, Key(dictionary[code])))
    }
    return keyed
  }

  /// The first `wanted` in the order of words, kept in that order while the others pass by.
  private func first(_ wanted: Int, of codes: [Int], _ isCancelled: () -> Bool) throws(QueryError) -> [Keyed] {
    if wanted == codes.count { return try keyed(codes, isCancelled) }
    if dictionary.isSorted { return try keyed(Array(codes.prefix(wanted)), isCancelled) }
    var first: [Keyed] = []
    for (place, code) in codes.enumerated() {
      if place % Self.step == 0, isCancelled() { throw .cancelled }
      let key = Key(dictionary[code])
      if first.count == wanted {
        guard key < first[wanted - 1].key else { continue }
        first.removeLast()
      }
      var (low, high) = (0, first.count)
      while low < high {
        let middle = (low + high) / 2
        if key < first[middle].key { high = middle } else { low = middle + 1 }
      }
      first.insert((code, key), at: low)
    }
    return first
  }

  /// How many texts are looked at between two looks at whether somebody waits no longer.
  private static let step = 1 << 12
}
