/// Where workers put what each of them deals out: pile after pile, and in a pile share after share, so that nobody writes
/// where another does and the order of rows is kept.
struct DealtPlaces: Sendable {
  /// For each share where its part of each pile begins.
  let starts: [[Int]]
  /// Where each pile begins, and where the last one ends.
  let edges: [Int]

  /// - Parameter counts: for each share how much it has for each of the piles.
  init(_ counts: consuming [[Int]], pileCount: Int) {
    var edges = [Int](repeating: 0, count: pileCount + 1)
    var next = 0
    for pile in 0..<pileCount {
      edges[pile] = next
      for share in counts.indices {
        let count = counts[share][pile]
        counts[share][pile] = next
        next += count
      }
    }
    edges[pileCount] = next
    starts = counts
    self.edges = edges
  }
}
