import BilanColumnar
import BilanDiagnostics
import BilanPlan

/// The largest or smallest rows, of the whole or of each group, with ties at the edge.
///
/// Without groups only the rows that reach the value of the last place are sorted (`RowOrder.leading`): the naive way
/// sorts them all to throw nearly all away. With groups the rows are sorted by group and value, and each group's run is
/// cut after its last place and its ties.
enum Top {
  /// - Returns: the rows, and how many there are beyond the places because they tie.
  static func top(
    _ chunk: Chunk, count: Int, by column: Column, isBottom: Bool, per groups: [Column]
  ) -> (rows: Chunk, tieCount: Int) {
    let validity = column.validity
    let candidates = (0..<Int32(chunk.count)).filter { validity?[Int($0)] ?? true }
    let byValue = RowOrder([(column, !isBottom)], count: chunk.count)
    let order: [Int32]
    let byGroup = RowOrder(groups.map { ($0, false) }, count: chunk.count)
    if groups.isEmpty {
      order = byValue.rows(of: byValue.leading(count, of: candidates))
    } else {
      order = RowOrder(groups.map { ($0, false) } + [(column, !isBottom)], count: chunk.count).rows(of: candidates)
    }
    guard count > 0 else { return (chunk.gather([]), 0) }
    var kept: [Int32] = []
    var tieCount = 0
    var place = 0
    var last: Int32 = -1
    for (index, row) in order.enumerated() {
      if index > 0, !byGroup.areTied(order[index - 1], row) { place = 0 }
      place += 1
      if place <= count {
        kept.append(row)
        last = row
      } else if byValue.areTied(last, row) {
        kept.append(row)
        tieCount += 1
      }
    }
    return (chunk.gather(kept), tieCount)
  }

  /// Rows without a value have no place.
  static func missingNote(_ node: TopNode, _ count: Int) -> Diagnostic? {
    guard count > 0 else { return nil }
    let verb = node.isBottom ? "bottom" : "top"
    let value = node.by.span.map { "`\($0.text)`" } ?? "the value"
    let french = node.by.span.map { "`\($0.text)`" } ?? "valeur"
    return .note(
      .missingSkipped,
      count == 1
        ? Localized(
          "`\(verb) \(node.count)` left out 1 row without \(value)",
          fr: "`\(verb) \(node.count)` a laissé de côté 1 ligne sans \(french)")
        : Localized(
          "`\(verb) \(node.count)` left out \(count) rows without \(value)",
          fr: "`\(verb) \(node.count)` a laissé de côté \(count) lignes sans \(french)"),
      count: count)
  }

  static func tieNote(_ node: TopNode, tieCount: Int) -> Diagnostic? {
    guard tieCount > 0 else { return nil }
    let verb = node.isBottom ? "bottom" : "top"
    return .note(
      .tiesKept,
      tieCount == 1
        ? Localized(
          "1 row more than `\(verb) \(node.count)` is kept: it ties with the last place",
          fr: "1 ligne de plus que `\(verb) \(node.count)` est gardée : elle est à égalité avec la dernière place")
        : Localized(
          "\(tieCount) rows more than `\(verb) \(node.count)` are kept: they tie with the last place",
          fr: "\(tieCount) lignes de plus que `\(verb) \(node.count)` sont gardées : elles sont à égalité avec la "
            + "dernière place"),
      count: tieCount)
  }
}
