/// Words in one text between blanks, in the order of their bytes, looked for where they stand: a start that made a set of
/// them would feel it.
package struct WordList: Sendable {
  private let words: String

  /// - Precondition: the words ascend.
  package init(_ words: String) {
    self.words = words
    assert(isSorted, "words out of order")
  }

  private var isSorted: Bool {
    let words = words.utf8.split { $0 <= 0x20 }
    return zip(words, words.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) }
  }

  /// Whether a word is one of them; nothing is that is empty or has a blank in it.
  package func contains(_ word: String) -> Bool { contains(word[...]) }

  package func contains(_ word: Substring) -> Bool {
    let (words, sought) = (words.utf8.span, word.utf8.span)
    guard !sought.isEmpty else { return false }
    // Words between these two places are still to be looked at; both are at the edge of one.
    var (low, high) = (0, words.count)
    while low < high {
      let middle = (low + high) / 2
      var start = middle
      while start > low, words[start - 1] > 0x20 { start -= 1 }
      var place = start
      while place < high, words[place] <= 0x20 { place += 1 }
      guard place < high else {
        high = start
        continue
      }
      var same = 0
      while same < sought.count, place + same < high, words[place + same] == sought[same], sought[same] > 0x20 {
        same += 1
      }
      let isWhole = place + same == high || words[place + same] <= 0x20
      if same == sought.count {
        if isWhole { return true }
        high = start
      } else if isWhole || words[place + same] < sought[same] {
        low = place + same
        while low < high, words[low] > 0x20 { low += 1 }
      } else {
        high = start
      }
    }
    return false
  }
}
