import Testing

@testable import BilanColumnar
@testable import BilanReaders

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

  /// Codes are found by their place, among those of the same size and with the same first byte.
  @Test(arguments: [false, true]) func findsCodes(ignoringCase: Bool) {
    let codes = ["n/d", "", "ND", "é", "nd", "-99", "n/d", "…"]
    let list = CodeList(codes, ignoringCase: ignoringCase)
    func fold(_ text: String) -> [UInt8] {
      text.utf8.map { ignoringCase && (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    }
    for cell in ["n/d", "N/D", "nd", "Nd", "ND", "É", "é", "-99", "99", "…", "....", "n", ""] {
      let bytes = Array(cell.utf8)
      let place = cell.isEmpty ? nil : codes.firstIndex { fold($0) == fold(cell) }
      #expect(list.index(bytes.span, 0, bytes.count) == place, "\(cell)")
    }
    #expect(list.hasNumbers)
    #expect(!CodeList(["ND", "—"]).hasNumbers)
  }
}
