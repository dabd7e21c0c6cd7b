/// Names of columns in one word: `code,period`.
package enum ColumnNames {
  package static func split(_ text: String) -> [String] {
    text.split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
  }
}

/// Splits a line into words as a Unix shell would where it is simple: white space, quotes.
enum ShellWords {
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
