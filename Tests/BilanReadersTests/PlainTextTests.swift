import BilanTestSupport
import Testing

@testable import BilanReaders

/// Texts that are told at a glance are counted as they are when each is looked at closely.
@Suite struct PlainTextTests {
  private static let words =
    CodeList.missing.codes + CodeList.booleans.codes + [
      "total", "Total", "TOTAL", "Sous-total", "ensemble", "les deux", "national", "cumul", "f", "hommes", "EUR", "eur",
      "MAD", "Dh", "DH", "dirhams", "FCFA", "CHF", "USD", "janvier", "janv", "mars", "lundi", "lun", "le", "semaine",
      "trimestre", "T", "S", "Q", "env", "environ", "about", "moins de", "plus de", "id", "Customer", "Clerk", "Projet",
      "bénéficiaires", "femmes", "et", "formation des", "jeunes de l’Oriental", "au", "from", "fy", "exercice", "an",
      "K", "M", "ans", "%", "القاعدة", "ème",
    ]
  private static let marks = [" ", " ", " ", "-", "#", "_", ".", ",", ":", "/", "(", ")", "  ", "", "", "", "\u{A0}"]

  private static func text(_ random: inout SplitMix64) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        let size = Int.random(in: 1...9, using: &random)
        text += (0..<size).map { _ in String(Int.random(in: 0...9, using: &random)) }.joined()
      default: text += words.randomElement(using: &random)!
      }
      text += marks.randomElement(using: &random)!
    }
    return text
  }

  /// Every count of a profile by its name.
  private static func counts(_ profile: ColumnProfile) -> [String] {
    Mirror(reflecting: profile).children.compactMap { child in
      child.label == "plainTexts" ? nil : "\(child.label ?? ""): \(child.value)"
    }
  }

  private static let lists = [
    CodeList.missing, CodeList.missingInText, CodeList(["-99", "NA"]), CodeList(["Z99999", "id12345"]), CodeList([]),
    CodeList(["formation des jeunes de l’Oriental"]),
  ]

  @Test(arguments: lists) func countsAsACloseLookDoes(_ codes: CodeList) {
    var random = SplitMix64(seed: 11)
    for round in 0..<400 {
      var quick = ColumnProfile(codes: codes)
      var close = ColumnProfile(codes: codes, glances: false)
      // A column's texts begin alike.
      let first = Self.words.randomElement(using: &random)! + Self.marks.randomElement(using: &random)!
      var seen: [String] = []
      for _ in 0..<50 {
        let text = (round % 2 == 0 ? first : "") + Self.text(&random)
        seen.append(text)
        let bytes = Array(text.utf8)
        quick.observe(bytes.span, 0, bytes.count, quote: 0)
        close.observe(bytes.span, 0, bytes.count, quote: 0)
      }
      #expect(Self.counts(quick) == Self.counts(close), "\(seen)")
    }
  }

  @Test(arguments: [
    ("id1642073", true), ("Customer#000000001", true), ("Clerk_00951", true), ("EUR12000", false), ("MA00012", false),
    ("T12019", false), ("janv-20190", true), ("egular courts above the", true), ("Total des jeunes formés", false),
    ("formation de 120 jeunes", false), ("non", false),
  ])
  func tellsAtAGlance(_ text: String, _ isPlain: Bool) {
    var texts = PlainTexts(codes: .missing)
    let bytes = Array(text.utf8)
    for _ in 0..<2 { #expect(texts.contains(bytes.span, 0, bytes.count) == isPlain, "\(text)") }
  }
}
