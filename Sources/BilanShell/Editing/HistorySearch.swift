import BilanColumnar

/// Finds entries of the history that contain a text, case and accents ignored, the newest first.
struct HistorySearch {
  private let entries: [String]
  private(set) var pattern = ""
  private(set) var matches: [Int] = []
  private var position = 0

  init(_ entries: [String]) { self.entries = entries }

  var current: String? { matches.indices.contains(position) ? entries[matches[position]] : nil }

  mutating func append(_ text: String) { search(pattern + text) }

  mutating func removeLast() { search(String(pattern.dropLast())) }

  /// Goes on to the next older match; stays on the oldest.
  mutating func older() { position = min(position + 1, max(0, matches.count - 1)) }

  private mutating func search(_ pattern: String) {
    self.pattern = pattern
    position = 0
    let wanted = TextFolding.fold(pattern)
    guard !wanted.isEmpty else {
      matches = []
      return
    }
    var seen: Set<String> = []
    matches = entries.indices.reversed().filter {
      TextFolding.fold(entries[$0]).contains(wanted) && seen.insert(entries[$0]).inserted
    }
  }
}
