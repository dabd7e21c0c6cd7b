/// Names of columns in one word: `code,period`.
package enum ColumnNames {
  package static func split(_ text: String) -> [String] {
    text.split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
  }
}

/// Splits a line into words as a Unix shell would where it is simple: white space, quotes.
enum ShellWords {
  /// The first word, in quotes of some kind or none, and what follows: names of columns may have apostrophes in them.
  static func first(of line: String) -> (word: String, rest: String) {
    if let quote = line.first, "\"'`".contains(quote), let end = line.dropFirst().firstIndex(of: quote) {
      return (String(line[line.index(after: line.startIndex)..<end]), line[line.index(after: end)...].trimmed)
    }
    let word = line.prefix { !$0.isWhitespace }
    return (String(word), line.dropFirst(word.count).trimmed)
  }

  static func split(_ line: String) -> [String] {
    var words: [String] = []
    var word = ""
    var quote: Character?
    var isStarted = false
    for character in line {
      if let open = quote {
        if character == open { quote = nil } else { word.append(character) }
      } else if character == "\"" || character == "'" {
        quote = character
        isStarted = true
      } else if character.isWhitespace {
        if isStarted { words.append(word) }
        word = ""
        isStarted = false
      } else {
        word.append(character)
        isStarted = true
      }
    }
    if isStarted { words.append(word) }
    return words
  }
}
