import BilanDiagnostics
import Testing

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("region", 6), ("Fès-Meknès", 10), ("Fe\u{300}s", 3), ("日本", 4), ("한국", 4), ("👩‍🌾", 2), ("🇲🇦", 2), ("❤️", 2), ("❤", 1),
    ("المغرب", 6), ("a\u{200B}b", 2), ("", 0), ("12\u{202F}500", 6), ("ｆｕｌｌ", 8), ("𠀀", 2), ("1️⃣", 2),
  ])
  func width(_ text: String, _ expected: Int) { #expect(DisplayWidth.of(text) == expected) }

  @Test func cutKeepsWithinTheWidth() {
    #expect(DisplayWidth.cut("enterprises", to: 8, ellipsis: "…") == "enterpr…")
    #expect(DisplayWidth.cut("日本日本", to: 6, ellipsis: "…") == "日本…")
    #expect(DisplayWidth.cut("short", to: 8, ellipsis: "…") == "short")
    #expect(DisplayWidth.cut("enterprises", to: 2, ellipsis: "...") == "..")
  }

  @Test func wrapBreaksAtSpacesThenAfterMarks() {
    #expect(DisplayWidth.wrap("one two three", to: 7) == ["one two", "three"])
    #expect(DisplayWidth.wrap("valeur_realisee_cumulee", to: 10) == ["valeur_", "realisee_", "cumulee"])
    #expect(DisplayWidth.wrap("abcdefgh", to: 3) == ["abc", "def", "gh"])
    #expect(DisplayWidth.wrap("12\u{A0}500 lignes", to: 8) == ["12\u{A0}500", "lignes"])
    #expect(DisplayWidth.wrap("", to: 8) == [""])
  }

  @Test func everyWrappedLineFits() {
    let text = "Les périodes 日本語 s’écrivent sans espace-dans_un/long.chemin et 👩‍🌾👩‍🌾👩‍🌾👩‍🌾 puis encore"
    for width in 2...40 {
      let lines = DisplayWidth.wrap(text, to: width)
      #expect(lines.allSatisfy { DisplayWidth.of($0) <= width })
      #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
    }
  }

  @Test func hiddenCharactersBecomeVisible() {
    #expect(VisibleText.escape("a\nb\tc\u{1B}[31m\u{202E}é") == "a\\nb\\tc\\u{1B}[31m\\u{202E}é")
    #expect(VisibleText.escape("région") == "région")
  }
}
