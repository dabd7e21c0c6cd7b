/// Values taken together group by group, in the order in which they came.
///
///     parts    ──count──▶  where each worker's share of each group begins
///              ──deal───▶  group 0 │ group 1 │ …
///
/// Many groups are dealt out in two rounds: first to piles of neighbouring groups, then within each pile. Of a few hundred
/// places the processor knows where each is in memory, of thousands it has to look that up for nearly every value.
///
///     parts    ──deal───▶  groups 0 to 127 │ groups 128 to 255 │ …  ──deal───▶  group 0 │ group 1 │ …
package struct GroupedValues<Value: BitwiseCopyable & Sendable>: Sendable {
  /// Values as they came, with the group of each; most often a chunk's column as it is.
  package struct Part: Sendable {
    package let values: Buffer<Value>
    package let groups: Buffer<UInt32>

    package init(values: Buffer<Value>, groups: Buffer<UInt32>) {
      precondition(values.count == groups.count)
      self.values = values
      self.groups = groups
    }
  }

  package let values: Buffer<Value>
  /// Where each group begins, and where the last one ends.
  package let starts: [Int]

  /// A pile has `1 << pileBits` groups.
  private static var pileBits: Int { 7 }
  /// Groups, or piles of them, that are dealt out in one round.
  private static var mostPlaces: Int { 1 << 11 }

  @inline(__always)
  fileprivate init(dealing parts: [Part], groupCount: Int, workers: Workers) {
    let count = parts.reduce(0) { $0 + $1.values.count }
    let pileCount = (groupCount - 1) >> Self.pileBits + 1
    if groupCount > Self.mostPlaces, pileCount <= Self.mostPlaces, count >= groupCount * 8 {
      self.init(inPiles: parts, pileCount: pileCount, groupCount: groupCount, workers: workers)
    } else {
      self.init(atOnce: parts, groupCount: groupCount, workers: workers)
    }
  }

  /// Parts of so many values that counting them costs more than counting places; which one worker deals out.
  private static func shares(_ parts: [Part], placeCount: Int, workers: Workers) -> [Range<Int>] {
    // Each share counts all places: of many there are few shares.
    let size = max(1 << 14, placeCount, parts.reduce(0) { $0 + $1.values.count } / workers.count + 1)
    var shares: [Range<Int>] = []
    var (start, count) = (0, 0)
    for (number, part) in parts.enumerated() {
      count += part.values.count
      if count >= size {
        shares.append(start..<number + 1)
        (start, count) = (number + 1, 0)
      }
    }
    if start < parts.count { shares.append(start..<parts.count) }
    return shares
  }

  /// Where each share's part of each place begins, a place being some groups.
  @inline(__always)
  private static func places(
    _ shares: [Range<Int>], of parts: [Part], groupBits: Int, placeCount: Int, workers: Workers
  ) -> DealtPlaces {
    let counts = workers.run(shares.count) { number in
      var counts = [Int](repeating: 0, count: placeCount)
      var slots = counts.mutableSpan
      for part in parts[shares[number]] {
        let groups = part.groups.span
        for index in groups.indices { slots[Int(groups[index] &>> UInt32(groupBits))] &+= 1 }
      }
      return counts
    }
    return DealtPlaces(counts, pileCount: placeCount)
  }

  @inline(__always)
  private init(atOnce parts: [Part], groupCount: Int, workers: Workers) {
    let shares = Self.shares(parts, placeCount: groupCount, workers: workers)
    let places = Self.places(shares, of: parts, groupBits: 0, placeCount: groupCount, workers: workers)
    starts = places.edges
    values = Buffer(
      count: places.edges[groupCount],
      workersFill: { target in
        _ = workers.run(shares.count) { number in
          var starts = places.starts[number]
          var next = starts.mutableSpan
          for part in parts[shares[number]] {
            let groups = part.groups.span
            let values = part.values.span
            for index in groups.indices {
              let group = Int(groups[index])
              target.put(values[index], at: next[group])
              next[group] &+= 1
            }
          }
        }
      })
  }

  @inline(__always)
  private init(inPiles parts: [Part], pileCount: Int, groupCount: Int, workers: Workers) {
    let shares = Self.shares(parts, placeCount: pileCount, workers: workers)
    let places = Self.places(shares, of: parts, groupBits: Self.pileBits, placeCount: pileCount, workers: workers)
    let edges = places.edges
    // The values of each pile, and beside them which of the pile's groups each belongs to.
    let groupSize = 1 << Self.pileBits
    let dealt = Buffer<DealtValue<Value>>(
      count: edges[pileCount],
      workersFill: { target in
        // As `init(atOnce:)` deals: in a function for both the compiler calls a closure for each value, which takes half as
        // long again.
        _ = workers.run(shares.count) { number in
          var starts = places.starts[number]
          var next = starts.mutableSpan
          for part in parts[shares[number]] {
            let groups = part.groups.span
            let values = part.values.span
            for index in groups.indices {
              let group = groups[index]
              let pile = Int(group &>> UInt32(Self.pileBits))
              let own = group & UInt32(truncatingIfNeeded: groupSize &- 1)
              target.put(DealtValue(value: values[index], group: own), at: next[pile])
              next[pile] &+= 1
            }
          }
        }
      })
    var starts: [Int] = []
    values = Buffer(
      count: edges[pileCount],
      workersFill: { target in
        let found = workers.run(pileCount) { pile -> [Int] in
          let own = dealt.span.extracting(edges[pile]..<edges[pile + 1])
          var counts = [Int](repeating: 0, count: groupSize)
          var next = counts.mutableSpan
          for index in own.indices { next[Int(own[index].group)] &+= 1 }
          var start = edges[pile]
          for group in 0..<groupSize { (next[group], start) = (start, start &+ next[group]) }
          let starts = (0..<groupSize).map { next[$0] }
          for index in own.indices {
            let group = Int(own[index].group)
            target.put(own[index].value, at: next[group])
            next[group] &+= 1
          }
          return starts
        }
        starts = found.flatMap(\.self)
      })
    starts.removeLast(starts.count - groupCount)
    self.starts = starts + [edges[pileCount]]
  }
}

/// A value on its pile.
private struct DealtValue<Value: BitwiseCopyable & Sendable>: BitwiseCopyable, Sendable {
  let value: Value
  /// Of the groups of the pile.
  let group: UInt32
}

// Not generic, so that other modules call loops made for these values.

extension GroupedValues<Int32> {
  package init(_ parts: [Part], groupCount: Int, workers: Workers) {
    self.init(dealing: parts, groupCount: groupCount, workers: workers)
  }
}

extension GroupedValues<Double> {
  package init(_ parts: [Part], groupCount: Int, workers: Workers) {
    self.init(dealing: parts, groupCount: groupCount, workers: workers)
  }
}
