import BilanColumnar
import BilanTestSupport
import Testing

@testable import BilanFunctions

/// Regular expressions find what the standard library's find, in time that a pattern cannot make long.
@Suite struct TextPatternTests {
  private static func pattern(_ text: String) throws -> TextPattern {
    try #require(try TextPattern(.text(text)))
  }

  private static func fault(_ text: String) -> (english: String, french: String)? {
    do {
      _ = try TextPattern(.text(text))
      return nil
    } catch {
      if case .invalidPattern(text, let reason, let french) = error { return (reason, french) }
      return ("another error", "")
    }
  }

  // MARK: Beside the library's

  private static let atoms = [
    "a", "b", "c", "1", "-", "é", ".", "[ab]", "[^a]", "[a-c1]", "\\d", "\\w", "\\s", "\\D", "\\-", "\\.", "[\\d-]",
    "[]a]", "\\x61", "\\u00e9", "[é-ü]", "\\p{Lu}", "A", " ",
  ]
  private static let quantifiers = ["", "", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,1}?", "{2,}"]

  private static func random(_ random: inout SplitMix64, depth: Int) -> String {
    var text = ""
    for number in 0..<Int.random(in: 1...3, using: &random) {
      if number > 0, Int.random(in: 0..<6, using: &random) == 0 { text += "|" }
      switch Int.random(in: 0..<8, using: &random) {
      case 0 where depth > 0: text += "(" + Self.random(&random, depth: depth - 1) + ")"
      case 1 where depth > 0: text += "(?:" + Self.random(&random, depth: depth - 1) + ")"
      case 2 where depth > 0:
        text += "(?i:" + Self.random(&random, depth: depth - 1) + ")"
      default: text += atoms.randomElement(using: &random)!
      }
      text += quantifiers.randomElement(using: &random)!
    }
    return text
  }

  private static func randomText(_ random: inout SplitMix64) -> String {
    (0..<Int.random(in: 0...7, using: &random)).map { _ in
      ["a", "a", "b", "c", "1", "-", "é", "É", "A", "B", " ", "]", "."].randomElement(using: &random)!
    }.joined()
  }

  @Test(arguments: 0..<40) func findsWhatTheLibraryFinds(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    for _ in 0..<100 {
      var text = Self.random(&random, depth: 2)
      if Int.random(in: 0..<6, using: &random) == 0 {
        text = ["^", "(?m)^", "(?:^|-)"].randomElement(using: &random)! + text
      }
      if Int.random(in: 0..<6, using: &random) == 0 { text += "$" }
      // Some of what is put together at random means something else there.
      guard let regex = try? Regex(text).matchingSemantics(.unicodeScalar) else { continue }
      let own = try Self.pattern(text)
      for _ in 0..<20 {
        let subject = Self.randomText(&random)
        let match = try regex.firstMatch(in: subject)
        #expect(own.isFound(in: subject) == (match != nil), "/\(text)/ in \"\(subject)\"")
        // What groups in repetitions hold is a matter of taste.
        guard let match, !text.contains(")*"), !text.contains(")+"), !text.contains(")?"), !text.contains("){") else {
          continue
        }
        let wanted =
          match.output.count > 1 ? match.output[1].substring.map(String.init) : String(subject[match.range])
        #expect(own.firstMatch(in: subject) == wanted, "/\(text)/ in \"\(subject)\"")
      }
    }
  }

  // MARK: What it is for

  @Test(arguments: [
    ("^MA-[0-9]+$", "MA-01", "MA-01"), ("([0-9]+)$", "MA-01", "01"), ("(?i)oriental", "L’ORIENTAL", "ORIENTAL"),
    ("(?i)é", "FÈS É", "É"), ("\\bfemmes?\\b", "les femmes et", "femmes"), ("\\bfemme\\b", "les femmes", nil),
    ("(\\d{4})-(\\d{2})", "le 2019-04-01", "2019"), ("[[:digit:]]+", "n° 12", "12"),
    ("\\s\\S+$", "a\u{A0}b", "\u{A0}b"),
    ("(?m)^b$", "a\nb\nc", "b"), ("a.b", "a\nb", nil), ("(?s)a.b", "a\nb", "a\nb"), ("x{", "x{", "x{"),
    ("{2}", "{2}", "{2}"), ("a{,2}", "aaa", "aa"), ("(?<year>\\d+)", "an 2019", "2019"), ("", "x", ""), ("a|", "b", ""),
    ("[^\\s,]+", ", a b", "a"), ("(?#remark)a", "a", "a"), ("[\\u0600-\\u06FF]+", "Rabat الرباط", "الرباط"),
    ("(a)|b", "b", nil), ("[[:alnum:]]+", "_a1_", "a1"), ("[[:punct:]]+", "a$,_", "$,_"),
  ])
  func finds(_ pattern: String, _ text: String, _ found: String?) throws {
    #expect(try Self.pattern(pattern).firstMatch(in: text) == found)
  }

  @Test(arguments: [
    ("(", "`(` has no `)`"), ("a)", "a `)` closes nothing"), ("[a", "`[` has no `]`"), ("*a", "`*` repeats nothing"),
    ("a**", "a repetition is repeated: put it in parentheses"), ("a\\", "`\\` stands at the end"),
    ("(?=a)", "`(?=` is nothing that patterns have here"), ("(a)\\1", "`\\1`, a reference to a group, is nothing"),
    ("a{3,2}", "`{3,2}` is never there"), ("a{1001}", "at most 1000 repetitions"), ("[b-a]", "`b-a` holds nothing"),
    ("((a{1000}){1000}){1000}", "it repeats too much"), ("\\q", "`\\q` is nothing"), ("\\p{Arabic}", "`Arabic` is no"),
    ("\\xZZ", "`ZZ` is no character’s number"), ("\\x4", "`4` is no"), ("\\x{+41}", "`+41` is no"),
    ("\\u{41", "`{` has no `}`"), ("(?x)a", "`(?x` is nothing"), ("a*+", "`+` behind a repetition is"),
    ("a++", "`+` behind a repetition is"),
    (String(repeating: "(", count: 300) + String(repeating: ")", count: 300), "the parentheses are too deep"),
  ])
  func refuses(_ pattern: String, _ reason: String) throws {
    let fault = try #require(Self.fault(pattern), "\(pattern)")
    #expect(fault.english.hasPrefix(reason), "\(fault.english)")
    #expect(!fault.french.isEmpty && fault.french != fault.english)
  }

  /// Trying one way after the other would take longer than anyone waits.
  @Test(arguments: [
    "^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "(.*)(.*)(.*)(.*)(.*)[0-9]", "^(([a-z])+.)+[A-Z]([a-z])+$", "(a?){500}a{500}",
    "((a{0,20}){0,20}){0,20}b", "(?:(?:(?:){1000}){1000}){1000}x",
  ])
  func takesNoLongerForAnyPattern(_ pattern: String) throws {
    let text = String(repeating: "a", count: 400) + "!"
    #expect(try !Self.pattern(pattern).isFound(in: text))
  }
}
