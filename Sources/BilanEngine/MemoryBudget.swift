import BilanDiagnostics
import Synchronization

/// How much memory a query may take: what is asked for beyond it ends the query, not the machine.
package final class MemoryBudget: Sendable {
  /// Bytes.
  private let limit: @Sendable () -> Int
  private let unasked: Int
  private let inUse: @Sendable () -> Int
  private let known = Mutex<Int?>(nil)

  /// - Parameters:
  ///   - limit: asked once, when it first matters; no limit where it is not positive.
  ///   - unasked: bytes that are granted without asking for the limit, which may cost a small query more than its work.
  ///   - inUse: bytes that the process has taken; asking may cost microseconds.
  package init(limit: @escaping @Sendable () -> Int, unasked: Int = 0, inUse: @escaping @Sendable () -> Int) {
    self.limit = limit
    self.unasked = unasked
    self.inUse = inUse
  }

  private var bytes: Int {
    known.withLock { known in
      if let known { return known }
      let bytes = limit()
      known = bytes > 0 ? bytes : .max
      return known!
    }
  }

  /// Sees whether `more` bytes fit beside what is in use.
  ///
  /// - Throws: `memoryExceeded`.
  package func demand(_ more: Int) throws(QueryError) {
    // Where there is no limit, what is in use need not be asked for.
    guard unasked > 0 || bytes < .max else { return }
    let (wanted, overflows) = inUse().addingReportingOverflow(more)
    if !overflows, wanted <= unasked { return }
    let limit = bytes
    guard overflows || wanted > limit, limit < .max else { return }
    let size = Self.text(limit)
    throw QueryError(
      .error(
        .memoryExceeded,
        Localized(
          "the query needs more than the \(size.english) of memory that it may take",
          fr: "la requête demande plus que les \(size.french) de mémoire qu’elle peut prendre"),
        help: Localized(
          "keep fewer columns or rows before this step, or allow more: `--memory 8G`",
          fr: "gardez moins de colonnes ou de lignes avant cette étape, ou permettez davantage : `--memory 8G`")),
      kind: .data)
  }

  /// `512 MiB`, `1.5 GiB`; `512 Mio`, `1,5 Gio`.
  static func text(_ bytes: Int) -> Localized {
    let units = ["", "K", "M", "G", "T"]
    var value = Double(bytes)
    var unit = 0
    while value >= 1024, unit < units.count - 1 {
      value /= 1024
      unit += 1
    }
    let tenths = Int((value * 10).rounded())
    let isWhole = tenths % 10 == 0 || value >= 100
    func number(_ point: String) -> String {
      isWhole ? "\(Int(value.rounded()))" : "\(tenths / 10)\(point)\(tenths % 10)"
    }
    let (english, french) = unit == 0 ? ("B", "o") : (units[unit] + "iB", units[unit] + "io")
    return Localized("\(number(".")) \(english)", fr: "\(number(",")) \(french)")
  }
}
