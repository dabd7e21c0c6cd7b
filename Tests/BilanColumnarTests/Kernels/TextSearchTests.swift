import BilanTestSupport
import Testing

@testable import BilanColumnar

/// A search of all texts of a dictionary at once, against a search text by text.
@Suite struct TextSearchTests {
  private static let pieces = [
    "a", "A", "e", "é", "É", "e\u{301}", "ab", "œ", "[", "{", "Z", "z", "0", " ", "م", "\u{7F}",
  ]

  private func dictionary(_ random: inout SplitMix64, count: Int) -> TextDictionary {
    var texts: Set<String> = []
    while texts.count < count {
      let length = Int.random(in: 0...9, using: &random)
      texts.insert((0..<length).map { _ in Self.pieces.randomElement(using: &random)! }.joined())
    }
    // Strings that are equal but for their bytes are one in a set; the order is that of the seed.
    return TextDictionary(texts.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
  }

  @Test(arguments: 0..<60) func findsWhatEachTextHolds(_ seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let dictionary = dictionary(&random, count: [1, 3, 40, 300][seed % 4])
    let whole = (0..<UInt32(dictionary.count)).map { $0 } + [0]
    let column = TextColumn(
      Buffer(whole), dictionary, validity: Bitmap(count: whole.count) { $0 < dictionary.count })
    for length in 0...4 {
      let part = (0..<length).map { _ in Self.pieces.randomElement(using: &random)! }.joined()
      for search in [
        TextSearch(folded: part), TextSearch(exact: part, at: .anywhere), TextSearch(exact: part, at: .start),
        TextSearch(exact: part, at: .end),
      ] {
        let expected = Bitmap(count: whole.count) { $0 < dictionary.count && search.matches(dictionary, $0) }
        #expect(search.rows(of: column) == expected, "“\(part)”")
      }
    }
  }

  @Test func noHitSpansTwoTexts() {
    let dictionary = TextDictionary(["vert", "e terre", "", "verte", "ve", "rte", "VERTE TERRE"])
    let column = TextColumn(Buffer((0..<7).map { $0 }), dictionary, validity: nil)
    #expect(TextSearch(folded: "Verte").rows(of: column).selection == [3, 6])
    #expect(TextSearch(exact: "verte", at: .anywhere).rows(of: column).selection == [3])
  }
}
