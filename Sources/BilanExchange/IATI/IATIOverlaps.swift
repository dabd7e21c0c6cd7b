import BilanColumnar

/// Budgets and figures of results of which adding up counts the same twice: what was planned first and what became of it, or
/// a year and its quarters.
struct IATIOverlaps {
  /// Records in which there are some.
  struct Records {
    private(set) var count = 0
    private var first: [(identifier: String, line: Int)] = []

    mutating func add(_ identifier: String, line: Int) {
      count += 1
      if first.count < 3 { first.append((identifier, line)) }
    }

    /// `MA-1-A` (line 7)
    func list(_ line: String) -> String {
      first.map { "`\($0.identifier)` (\(line) \($0.line))" }.joined(separator: ", ") + (count > 3 ? ", …" : "")
    }
  }

  /// A budget or a figure of the record at hand, of those that are of the same kind and of the same parties, or of one
  /// indicator and the same dimensions.
  private struct Entry {
    var days: ClosedRange<Int>
    var isRevised: Bool
    var line: Int
  }

  /// Those with an original and a revised budget of one period.
  private(set) var revised = Records()
  /// Those with an entry of a period beside those of its parts.
  private(set) var divided = Records()

  /// Whether the records are activities; else they are organisations.
  private(set) var areOfActivities = true
  /// Whether they have figures of results; else they have budgets.
  private(set) var areOfResults = false

  private var entries: [String: [Entry]] = [:]

  /// Takes a budget or a figure of the record at hand.
  ///
  /// - Parameters:
  ///   - place: what else than its period and its type tells it from others: its kind, from whom and for whom.
  ///   - days: nil where they are not known.
  mutating func add(_ place: [String?], _ days: ClosedRange<Int>?, isRevised: Bool = false, line: Int) {
    guard let days else { return }
    let key = place.map { $0 ?? "" }.joined(separator: "\u{0}")
    entries[key, default: []].append(Entry(days: days, isRevised: isRevised, line: line))
  }

  /// Goes on to the next record.
  mutating func endRecord(_ identifier: String, isActivity: Bool, ofResults: Bool = false) {
    (areOfActivities, areOfResults) = (isActivity, ofResults)
    let all = entries.values
    if let line = all.compactMap(Self.firstRevision).min() { revised.add(identifier, line: line) }
    if let line = all.compactMap(Self.firstWhole).min() { divided.add(identifier, line: line) }
    entries = [:]
  }

  /// The line of the first revised budget of which the original is there.
  private static func firstRevision(_ entries: [Entry]) -> Int? {
    let originals = Set(entries.filter { !$0.isRevised }.map(\.days))
    return entries.first { $0.isRevised && originals.contains($0.days) }?.line
  }

  /// The line of the first entry beside those of its parts: two at least, of which the first begins as it does and each
  /// other follows the one before.
  private static func firstWhole(_ entries: [Entry]) -> Int? {
    entries.first { whole in
      let parts = entries.map(\.days).filter { $0 != whole.days && whole.days.contains($0) }
      // Halves and their quarters begin on the same day: the shortest leave most room for others.
      let ends = Dictionary(parts.map { ($0.lowerBound, $0.upperBound) }, uniquingKeysWith: min)
      var count = 0
      var next = whole.days.lowerBound
      while let end = ends[next] {
        count += 1
        next = end + 1
      }
      return count > 1
    }?.line
  }
}
