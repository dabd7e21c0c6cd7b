/// Values of which something is said: how many, and the first with their lines.
struct IATIExamples {
  private(set) var count = 0
  private var first: [(text: String, line: Int)] = []

  mutating func add(_ text: String, line: Int) {
    count += 1
    // A baseline stands in the rows of all periods.
    let isKnown = first.contains { $0.text == text && $0.line == line }
    if first.count < 3, !isKnown { first.append((text, line)) }
  }

  /// `about 12` (line 7)
  func list(_ line: String) -> String {
    first.map { "`\($0.text)` (\(line) \($0.line))" }.joined(separator: ", ")
  }
}
