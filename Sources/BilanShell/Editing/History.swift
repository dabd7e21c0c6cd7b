/// What was entered, the oldest first: pure, its file is elsewhere.
package struct History: Sendable {
  /// How many entries are kept.
  package static let limit = 5_000

  package private(set) var entries: [String]
  /// Switched off by `.history off`.
  package var isRecording = true

  package init(_ entries: [String] = []) {
    self.entries = []
    for entry in entries where entry != self.entries.last { self.entries.append(entry) }
    trim()
  }

  /// Takes an entry and says whether it was kept: not where it begins with a space, is empty, or is the one before it
  /// again.
  package mutating func add(_ entry: String) -> Bool {
    guard isRecording, let first = entry.first, first != " " else { return false }
    var entry = entry
    while entry.last?.isWhitespace == true { entry.removeLast() }
    guard !entry.isEmpty, entry != entries.last else { return false }
    entries.append(entry)
    trim()
    return true
  }

  private mutating func trim() {
    if entries.count > Self.limit { entries.removeFirst(entries.count - Self.limit) }
  }
}
