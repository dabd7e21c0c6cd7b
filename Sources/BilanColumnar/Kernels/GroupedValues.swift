/// Values taken together group by group, in the order in which they came.
///
///     parts    ──count──▶  where each worker's share of each group begins
///              ──deal───▶  group 0 │ group 1 │ …
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

  /// Parts of so many values that counting them costs more than counting groups; which one worker deals out.
  private static func shares(_ parts: [Part], groupCount: Int, workers: Workers) -> [Range<Int>] {
    // Each share counts all groups: of many groups there are few shares.
    let size = max(1 << 14, groupCount, parts.reduce(0) { $0 + $1.values.count } / workers.count + 1)
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

  @inline(__always)
  fileprivate init(dealing parts: [Part], groupCount: Int, workers: Workers) {
    let shares = Self.shares(parts, groupCount: groupCount, workers: workers)
    let counts = workers.run(shares.count) { number in
      var counts = [Int](repeating: 0, count: groupCount)
      var slots = counts.mutableSpan
      for part in parts[shares[number]] {
        let groups = part.groups.span
        for index in groups.indices { slots[Int(groups[index])] &+= 1 }
      }
      return counts
    }
    let places = DealtPlaces(counts, pileCount: groupCount)
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
