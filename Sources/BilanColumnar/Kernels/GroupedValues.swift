/// Values taken together group by group, in the order in which they came.
///
///     parts    ──count──▶  where each worker's share of each group begins
///              ──deal───▶  group 0 │ group 1 │ …
package struct GroupedValues<Value: BitwiseCopyable & Sendable>: Sendable {
  /// Values as they came, with the group of each.
  package struct Part: Sendable {
    package var values: [Value]
    package var groups: [UInt32]

    package init(values: [Value] = [], groups: [UInt32] = []) {
      self.values = values
      self.groups = groups
    }
  }

  package let values: Buffer<Value>
  /// Where each group begins, and where the last one ends.
  package let starts: [Int]

  /// A stretch of a part, which one worker deals out.
  private struct Share {
    var part: Int
    var range: Range<Int>
  }

  @inline(__always)
  fileprivate init(dealing parts: [Part], groupCount: Int, workers: Workers) {
    // Each share counts all groups: of many groups there are few shares.
    let size = max(1 << 14, groupCount, parts.reduce(0) { $0 + $1.values.count } / workers.count + 1)
    let shares = parts.indices.flatMap { part in
      stride(from: 0, to: parts[part].values.count, by: size).map { start in
        Share(part: part, range: start..<min(start + size, parts[part].values.count))
      }
    }
    let counts = workers.run(shares.count) { number in
      var counts = [Int](repeating: 0, count: groupCount)
      var slots = counts.mutableSpan
      let part = parts[shares[number].part]
      let groups = part.groups.span
      for index in shares[number].range { slots[Int(groups[index])] &+= 1 }
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
          let part = parts[shares[number].part]
          let groups = part.groups.span
          let values = part.values.span
          for index in shares[number].range {
            let group = Int(groups[index])
            target.put(values[index], at: next[group])
            next[group] &+= 1
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
