/// Words in one text between blanks, looked for where they stand: a start that made a set of them would feel it.
struct WordList: Sendable {
  private let words: String

  init(_ words: String) { self.words = words }

  /// Whether a word is one of them; nothing is that is empty or has a blank in it.
  func contains(_ word: String) -> Bool { contains(word[...]) }

  func contains(_ word: Substring) -> Bool {
    let (words, sought) = (words.utf8.span, word.utf8.span)
    guard !sought.isEmpty else { return false }
    var place = 0
    while place + sought.count <= words.count {
      var same = 0
      while same < sought.count, words[place + same] == sought[same], sought[same] > 0x20 { same += 1 }
      place += same
      if same == sought.count, place == words.count || words[place] <= 0x20 { return true }
      while place < words.count, words[place] > 0x20 { place += 1 }
      place += 1
    }
    return false
  }
}
