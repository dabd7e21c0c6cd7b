import BilanDiagnostics

/// Finds the `##` blocks that belong to items and to the text as a whole.
struct Documentation {
  private let source: Source
  /// The `##` comments that have a line for themselves, by line.
  private var comments: [Int: Comment] = [:]
  private var lines: [Int] = []

  init(source: Source, comments: [Comment]) {
    self.source = source
    for comment in comments where comment.isDocumentation && comment.isFirstOnLine {
      let line = source.line(at: comment.range.lowerBound)
      self.comments[line] = comment
      lines.append(line)
    }
  }

  /// The block directly above the item that begins at `start`.
  func ofItem(at start: Int) -> String? {
    var line = source.line(at: start) - 1
    var block: [String] = []
    while let comment = comments[line] {
      block.append(content(comment))
      line -= 1
    }
    return block.isEmpty ? nil : block.reversed().joined(separator: "\n")
  }

  /// The first block of the text, unless it documents the declaration directly under it.
  func ofProgram(firstItem: Int?, isQuery: Bool) -> String? {
    guard var line = lines.first else { return nil }
    let itemLine = firstItem.map { source.line(at: $0) }
    if let itemLine, line > itemLine { return nil }
    var block: [String] = []
    while let comment = comments[line] {
      block.append(content(comment))
      line += 1
    }
    if line == itemLine, !isQuery { return nil }
    return block.joined(separator: "\n")
  }

  private func content(_ comment: Comment) -> String {
    var text = source.text(in: comment.range).dropFirst(2)
    if text.first == " " { text = text.dropFirst() }
    return String(text)
  }
}
