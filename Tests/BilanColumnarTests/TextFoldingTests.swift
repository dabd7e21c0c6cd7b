import BilanColumnar
import BilanTestSupport
import Testing

@Suite struct TextFoldingTests {
  @Test(arguments: [
    ("Fès-Meknès", "fes-meknes"), ("L'Oriental", "l'oriental"), ("L’Oriental", "l'oriental"),
    ("LAÂYOUNE", "laayoune"), ("Œuvre", "oeuvre"),
    ("Æsir", "aesir"), ("Straße", "strasse"), ("Łódź", "lodz"), ("e\u{301}te\u{301}", "ete"), ("Ŷ", "y"), ("ǎ", "a"),
    ("ế", "e"), ("İ", "i"), ("日本", "日本"), ("Ωmega", "ωmega"), ("", ""), ("ĳ", "ij"),
  ])
  func folds(_ text: String, _ folded: String) { #expect(TextFolding.fold(text) == folded) }

  /// The tables agree with the names that Unicode gives the letters.
  @Test func tablesFollowTheNamesOfTheLetters() {
    for value in Array(UInt32(0xC0)...0x17F) + Array(0x1CD...0x233) + Array(0x1E00...0x1EFF) {
      guard let scalar = Unicode.Scalar(value), let name = scalar.properties.name else { continue }
      let words = name.split(separator: " ")
      guard words.count >= 6, words[0] == "LATIN", words[2] == "LETTER", words[3].count == 1, words[4] == "WITH"
      else { continue }
      #expect(TextFolding.fold(String(scalar)) == words[3].lowercased(), "\(name)")
    }
  }

  @Test(arguments: [
    ("Région d'intervention", "region_d_intervention"), ("2019 total", "_2019_total"), ("  ", "_"), ("n°", "n"),
    ("Chiffre d’affaires (MAD)", "chiffre_d_affaires_mad"),
  ])
  func makesHandles(_ label: String, _ handle: String) { #expect(TextFolding.handle(of: label) == handle) }

  /// ASCII has a way of its own; a combining mark, which folds away, leads round it.
  @Test func handlesOfASCIIAreLikeOthers() {
    var random = SplitMix64(seed: 11)
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0...8, using: &random)).map { _ in UInt8.random(in: 0..<0x80, using: &random) }
      let label = String(decoding: bytes, as: UTF8.self)
      #expect(TextFolding.handle(of: label) == TextFolding.handle(of: label + "\u{301}"), "\(bytes)")
    }
  }

  @Test func readsInLetterOrder() {
    let words = ["éte", "Zoo", "ete", "ETE", "été", "zoo", "abc"]
    #expect(words.sorted { CollationKey($0) < CollationKey($1) } == ["abc", "ETE", "ete", "éte", "été", "Zoo", "zoo"])
  }
}
