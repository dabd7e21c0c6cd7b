import Testing

@testable import BilanColumnar

@Suite struct WordListTests {
  @Test func findsWholeWords() {
    let list = WordList("km²\nmois montant t")
    for word in ["mois", "montant", "km²", "t"] { #expect(list.contains(word), "\(word)") }
    for word in ["", " ", "moi", "is", "montants", "km", "mois montant", "mois\nmontant", "²", "tt"] {
      #expect(!list.contains(word), "\(word)")
    }
    #expect(!WordList("").contains("a"))
    #expect(list.contains("le montant".split(separator: " ")[1]))
  }

  /// Every word of lists of all sizes, and others next to them.
  @Test func findsWhatASetFinds() {
    var words: Set<String> = []
    for size in 1...40 {
      words.insert(String(size * size % 97, radix: 3) + (size % 5 == 0 ? "é" : ""))
      let sorted = words.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      let list = WordList(sorted.joined(separator: size % 2 == 0 ? " " : "\n    "))
      for word in 0..<300 {
        for ending in ["", "é", "0"] {
          let word = String(word, radix: 3) + ending
          #expect(list.contains(word) == words.contains(word), "\(word) among \(sorted)")
        }
      }
    }
  }
}
