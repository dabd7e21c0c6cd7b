import BilanColumnar
import BilanDiagnostics

/// Something that may stand at the cursor.
package struct Candidate: Sendable, Equatable {
  /// What lists show and what is typed is compared with.
  package var name: String
  /// What replaces the word at the cursor.
  package var insertion: String
  /// What it is, in a few words of the session's language.
  package var detail: String
  /// Further names it is found by: a column's label.
  package var otherNames: [String]

  package init(_ name: String, insertion: String? = nil, detail: String = "", otherNames: [String] = []) {
    self.name = name
    self.insertion = insertion ?? name
    self.detail = detail
    self.otherNames = otherNames
  }
}

/// What may replace a part of a text.
package struct Completion: Sendable, Equatable {
  /// What is replaced, in UTF-8 bytes.
  package var range: Range<Int>
  /// The best first.
  package var candidates: [Candidate]

  package init(range: Range<Int>, candidates: [Candidate]) {
    self.range = range
    self.candidates = candidates
  }

  package static func none(at cursor: Int) -> Completion { Completion(range: cursor..<cursor, candidates: []) }

  /// Keeps the candidates that `typed` begins, else those that contain it; case and accents ignored.
  init(of typed: String, at range: Range<Int>, among candidates: [Candidate]) {
    let wanted = TextFolding.fold(typed)
    var seen: Set<String> = []
    let distinct = candidates.filter { seen.insert($0.name).inserted }
    func matching(_ test: (String) -> Bool) -> [Candidate] {
      distinct.filter { candidate in
        ([candidate.name] + candidate.otherNames).contains { test(TextFolding.fold($0)) }
      }
    }
    var kept = matching { $0.hasPrefix(wanted) }
    if kept.isEmpty, wanted.count >= 2 { kept = matching { $0.contains(wanted) } }
    self.init(range: range, candidates: kept)
  }

  /// The longest text that all insertions begin with.
  package var sharedStart: String {
    guard var shared = candidates.first?.insertion[...] else { return "" }
    for candidate in candidates.dropFirst() {
      shared = shared[..<shared.commonEnd(with: candidate.insertion)]
    }
    return String(shared)
  }

  /// The candidates as lines, at most `rows`; the last says how many are not shown.
  package func listing(columns: Int, rows: Int, more: (Int) -> String) -> [String] {
    let rows = max(2, rows)
    let shown = candidates.count > rows ? Array(candidates.prefix(rows - 1)) : candidates
    let nameWidth = min(32, shown.map { DisplayWidth.of(VisibleText.escape($0.name)) }.max() ?? 0)
    var lines = shown.map { candidate in
      let name = DisplayWidth.pad(
        DisplayWidth.cut(VisibleText.escape(candidate.name), to: 32, ellipsis: "…"), to: nameWidth)
      let line = candidate.detail.isEmpty ? "  \(name)" : "  \(name)  \(VisibleText.escape(candidate.detail))"
      return DisplayWidth.cut(line, to: columns - 1, ellipsis: "…")
    }
    if shown.count < candidates.count { lines.append("  " + more(candidates.count - shown.count)) }
    return lines
  }
}

extension Substring {
  /// Where `self` ceases to agree with the start of `other`.
  fileprivate func commonEnd(with other: String) -> Index {
    var position = startIndex
    for character in other {
      guard position < endIndex, self[position] == character else { break }
      position = index(after: position)
    }
    return position
  }
}
