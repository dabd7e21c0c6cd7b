/// Rows in the order of their words, and the words in that order.
package struct WordOrder: Sendable {
  package let rows: Buffer<Int32>
  package let words: Buffer<UInt64>

  /// Sorts all rows; stable.
  ///
  /// A few rows are sorted by bytes from the least. Many are first dealt out by their highest bits, every worker its share
  /// of the rows into places that nobody else writes, so that what is left are small sorts that stay in the cache:
  ///
  ///     words    ──count──▶  where each worker's share of each pile begins
  ///              ──deal───▶  pile 0 │ pile 1 │ …      in row order within a pile
  ///              ──sort───▶  each pile by its other bits
  ///
  /// - Parameter bitCount: the bits that words differ in, from the least.
  package init(_ words: Buffer<UInt64>, bitCount: Int, workers: Workers) {
    let source = words.span
    guard source.count > 1 << 14, bitCount > 0 else {
      var pairs = [WordedRow]()
      pairs.reserveCapacity(source.count)
      for row in source.indices { pairs.append(WordedRow(word: source[row], row: Int32(row))) }
      RadixSort.sort(&pairs)
      let sorted = pairs.span
      rows = Buffer(count: sorted.count) { sorted[$0].row }
      self.words = Buffer(count: sorted.count) { sorted[$0].word }
      return
    }
    // Some thousand rows a pile.
    let pileBits = min(bitCount, max(1, min(14, Int.bitWidth - 11 - source.count.leadingZeroBitCount)))
    let shift = UInt64(bitCount - pileBits)
    let shares = workers.ranges(of: source.count, least: 1 << 14)
    let counts = workers.run(shares.count) { share in Self.count(words, shares[share], shift, pileBits) }
    let places = DealtPlaces(counts, pileCount: 1 << pileBits)
    let edges = places.edges
    let groups = Self.groups(of: edges, source.count / (workers.count * 16))
    var rows = Buffer<Int32>([])
    var sorted = Buffer<UInt64>([])
    func sortPiles(_ dealt: Scratch<WordedRow>, _ rows: Scratch<Int32>, _ sorted: Scratch<UInt64>) {
      _ = workers.run(groups.count) { group in
        for pile in groups[group] { Self.sort(dealt, edges[pile]..<edges[pile + 1], to: rows, sorted) }
      }
    }
    _ = Buffer<WordedRow>(
      count: source.count,
      workersFill: { dealt in
        _ = workers.run(shares.count) {
          Self.deal(words, shares[$0], shift, to: dealt, places.starts[$0])
        }
        rows = Buffer(
          count: words.count,
          workersFill: { rows in
            sorted = Buffer(count: words.count, workersFill: { sortPiles(dealt, rows, $0) })
          })
      })
    self.rows = rows
    self.words = sorted
  }

  private static func count(_ words: Buffer<UInt64>, _ share: Range<Int>, _ shift: UInt64, _ pileBits: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: 1 << pileBits)
    var slots = counts.mutableSpan
    let source = words.span
    let mask: UInt64 = 1 << UInt64(pileBits) - 1
    for row in share { slots[Int(truncatingIfNeeded: source[row] &>> shift & mask)] &+= 1 }
    return counts
  }

  private static func deal(
    _ words: Buffer<UInt64>, _ share: Range<Int>, _ shift: UInt64, to dealt: Scratch<WordedRow>, _ starts: [Int]
  ) {
    var places = starts
    var next = places.mutableSpan
    let source = words.span
    let mask = UInt64(starts.count - 1)
    for row in share {
      let pile = Int(truncatingIfNeeded: source[row] &>> shift & mask)
      dealt.put(WordedRow(word: source[row], row: Int32(truncatingIfNeeded: row)), at: next[pile])
      next[pile] &+= 1
    }
  }

  /// Neighbouring piles together, so that tasks are neither many nor large.
  private static func groups(of piles: [Int], _ size: Int) -> [Range<Int>] {
    var groups: [Range<Int>] = []
    var start = 0
    for pile in 1..<piles.count where piles[pile] - piles[start] >= size || pile == piles.count - 1 {
      groups.append(start..<pile)
      start = pile
    }
    return groups
  }

  private static func sort(
    _ dealt: Scratch<WordedRow>, _ range: Range<Int>, to rows: Scratch<Int32>, _ words: Scratch<UInt64>
  ) {
    if range.isEmpty { return }
    var pile = dealt.elements(range)
    RadixSort.sort(&pile)
    let sorted = pile.span
    for index in sorted.indices {
      rows.put(sorted[index].row, at: range.lowerBound &+ index)
      words.put(sorted[index].word, at: range.lowerBound &+ index)
    }
  }
}
