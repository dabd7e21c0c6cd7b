import BilanColumnar
import BilanDiagnostics

/// Counts texts with a zero byte, which is left out of delimited text: no reader takes a file with one for text.
struct ZeroBytes: Sendable {
  private(set) var count = 0
  /// By column, what was looked at last: chunks share their dictionaries.
  private var known: [(dictionary: TextDictionary, hasZero: Bool)?] = []

  mutating func add(_ text: String) {
    if text.utf8.contains(0) { count += 1 }
  }

  mutating func add(_ chunk: Chunk) {
    while known.count < chunk.columns.count { known.append(nil) }
    for (place, column) in chunk.columns.enumerated() {
      guard case .text(let texts) = column else { continue }
      if known[place]?.dictionary !== texts.dictionary {
        known[place] = (texts.dictionary, texts.dictionary.bytes.array.contains(0))
      }
      guard known[place]?.hasZero == true else { continue }
      for row in 0..<texts.count where texts.validity?[row] ?? true {
        if texts.dictionary[texts.code(row)].utf8.contains(0) { count += 1 }
      }
    }
  }

  var findings: [Diagnostic] {
    guard count > 0 else { return [] }
    return [
      .note(
        .textNotWritten,
        Localized(
          count == 1
            ? "1 text is written without its zero bytes, with which no program takes a file for text"
            : "\(count) texts are written without their zero bytes, with which no program takes a file for text",
          fr: count == 1
            ? "1 texte est écrit sans ses octets nuls, avec lesquels aucun programme ne prend un fichier pour du texte"
            : "\(count) textes sont écrits sans leurs octets nuls, avec lesquels aucun programme ne prend un fichier pour du "
              + "texte"), count: count)
    ]
  }
}
