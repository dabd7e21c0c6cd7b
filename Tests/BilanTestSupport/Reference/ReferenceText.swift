/// Text as the language sees it, by a table of the letters that tests use.
enum ReferenceText {
  private static let plain: [Character: String] = [
    "é": "e", "è": "e", "ê": "e", "ë": "e", "à": "a", "â": "a", "ä": "a", "ç": "c", "î": "i", "ï": "i", "ô": "o",
    "ö": "o", "ù": "u", "û": "u", "ü": "u", "ñ": "n", "œ": "oe", "æ": "ae",
  ]

  /// Lower case, without accents.
  static func fold(_ text: String) -> String {
    var result = ""
    for character in text.lowercased() { result += plain[character] ?? String(character) }
    return result
  }

  /// By letters first; accents and case decide between the same letters.
  static func precedes(_ first: String, _ second: String) -> Bool {
    let (a, b) = (Array(fold(first).utf8), Array(fold(second).utf8))
    if a != b { return a.lexicographicallyPrecedes(b) }
    return Array(first.utf8).lexicographicallyPrecedes(Array(second.utf8))
  }

  static func contains(_ text: String, _ part: String) -> Bool {
    let (text, part) = (Array(fold(text).utf8), Array(fold(part).utf8))
    if part.isEmpty { return true }
    guard text.count >= part.count else { return false }
    return (0...text.count - part.count).contains { Array(text[$0..<$0 + part.count]) == part }
  }

  static func text(of number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : number.description
  }

  static func singleSpaced(_ text: String) -> String {
    text.split { $0 == " " || $0 == "\n" || $0 == "\t" }.joined(separator: " ")
  }

  /// Whether a column's name fits a pattern of which `*` stands for anything.
  static func fits(_ name: String, _ pattern: String) -> Bool {
    fits(Array(fold(name))[...], Array(fold(pattern))[...])
  }

  private static func fits(_ name: ArraySlice<Character>, _ pattern: ArraySlice<Character>) -> Bool {
    guard let first = pattern.first else { return name.isEmpty }
    if first == "*" {
      return fits(name, pattern.dropFirst()) || (!name.isEmpty && fits(name.dropFirst(), pattern))
    }
    return name.first == first && fits(name.dropFirst(), pattern.dropFirst())
  }
}
