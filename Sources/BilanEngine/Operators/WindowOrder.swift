import BilanColumnar

/// The rows of a table set side by side by partition, each partition in its order.
///
/// Where the keys of partition and order go into one word a row, one sort of words gives both; else rows are numbered by
/// partition, sorted by the order, and dealt out.
struct WindowOrder {
  /// Rows partition by partition.
  let arranged: [Int32]
  /// Where each partition begins, and the end.
  let offsets: [Int32]
  private let ties: Ties
  private let knownGroups: [UInt32]?

  private enum Ties {
    case words(Buffer<UInt64>)
    case order(RowOrder)
  }

  init(
    _ partition: [Column], _ kinds: [ColumnKind], _ keys: [(Column, Bool)], count: Int, _ workers: Workers
  ) {
    if count > 1 << 14, let packed = PackedKeys(partition.map { ([$0], false) } + keys.map { ([$0.0], $0.1) }) {
      let order = WordOrder(
        packed.words(partition + keys.map(\.0), rowCount: count), bitCount: packed.bitCount, workers: workers)
      let words = order.words.span
      let shift = packed.bits(from: partition.count)
      var offsets: [Int32] = [0]
      if shift < 64 {
        for place in 1..<count where words[place] &>> UInt64(shift) != words[place &- 1] &>> UInt64(shift) {
          offsets.append(Int32(place))
        }
      }
      offsets.append(Int32(count))
      arranged = order.rows.array
      self.offsets = offsets
      ties = .words(order.words)
      knownGroups = nil
      return
    }
    var grouper = Grouper(kinds)
    let groups = grouper.assign(partition, rowCount: count)
    let order = RowOrder(keys, count: count)
    (offsets, arranged) = RowsByGroup.arrange(order.rows(), groups: groups, count: grouper.count)
    ties = .order(order)
    knownGroups = groups
  }

  /// True where the order does not tell two neighbouring places of a partition apart.
  func areTied(_ lhs: Int, _ rhs: Int) -> Bool {
    switch ties {
    case .words(let words): words[lhs] == words[rhs]
    case .order(let order): order.areTied(arranged[lhs], arranged[rhs])
    }
  }

  /// The partition of each row.
  func groups(count: Int) -> [UInt32] {
    if let knownGroups { return knownGroups }
    var groups = [UInt32](repeating: 0, count: count)
    for group in 0..<offsets.count - 1 {
      for place in Int(offsets[group])..<Int(offsets[group + 1]) { groups[Int(arranged[place])] = UInt32(group) }
    }
    return groups
  }
}
