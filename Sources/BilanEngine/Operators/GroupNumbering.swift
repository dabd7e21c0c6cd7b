import BilanColumnar

/// Gives each row the number of its group: by a slot of its own for each combination of small keys (`DirectKeys`), else by
/// a hash table (`Grouper`).
struct GroupNumbering {
  private enum Way {
    /// No row yet.
    case undecided
    case direct(DirectKeys)
    case hashed(Grouper)
  }

  private let kinds: [ColumnKind]
  private let slotLimit: Int
  private var way = Way.undecided

  /// - Parameter slotLimit: the most slots of a direct table.
  init(_ kinds: [ColumnKind], slotLimit: Int) {
    self.kinds = kinds
    self.slotLimit = slotLimit
  }

  var isEmpty: Bool {
    if case .undecided = way { return true }
    return false
  }

  /// The same numbering before the first row, where numbers are slots; else undecided.
  func emptied() -> GroupNumbering {
    var result = GroupNumbering(kinds, slotLimit: slotLimit)
    if case .direct = way { result.way = way }
    return result
  }

  var isHashed: Bool {
    if case .hashed = way { return true }
    return false
  }

  /// Groups have numbers below this; not every number need be a group's.
  var slotCount: Int {
    switch way {
    case .undecided: 0
    case .direct(let keys): keys.slotCount
    case .hashed(let grouper): grouper.count
    }
  }

  /// False where the keys do not go with those before them, so that the groups must be hashed.
  func accepts(_ keys: [Column]) -> Bool {
    if case .direct(let direct) = way { return direct.fit(keys) }
    return true
  }

  /// The group of each row.
  ///
  /// - Precondition: the keys are accepted.
  mutating func assign(_ keys: [Column], rowCount: Int) -> Buffer<UInt32> {
    if case .undecided = way {
      way = DirectKeys(keys, slotLimit: slotLimit).map { .direct($0) } ?? .hashed(Grouper(kinds))
    }
    switch way {
    case .direct(let direct): return direct.slots(keys, rowCount: rowCount)
    case .hashed(var grouper):
      way = .undecided
      let groups = grouper.assign(keys, rowCount: rowCount)
      way = .hashed(grouper)
      return Buffer(groups)
    case .undecided: preconditionFailure("a way was just chosen")
    }
  }

  /// Goes over to a hash table.
  ///
  /// - Parameter rowCounts: how many rows each slot has; one without rows is no group.
  /// - Returns: for each old number the new one; for a number that is no group's any.
  mutating func hash(rowCounts: [Int64]) -> [UInt32] {
    switch way {
    case .undecided:
      way = .hashed(Grouper(kinds))
      return []
    case .hashed: preconditionFailure("a hash table stays one")
    case .direct(let direct):
      let slots = rowCounts.indices.filter { rowCounts[$0] > 0 }.map { UInt32($0) }
      var grouper = Grouper(kinds)
      let groups = grouper.assign(direct.columns(of: slots), rowCount: slots.count)
      var mapping = [UInt32](repeating: 0, count: direct.slotCount)
      for (slot, group) in zip(slots, groups) { mapping[Int(slot)] = group }
      way = .hashed(grouper)
      return mapping
    }
  }

  /// The mapping of numbers that mean the same here and there; nil where they do not.
  func identity(with other: GroupNumbering) -> [UInt32]? {
    guard case .direct(let keys) = way, case .direct(let others) = other.way, keys.isSame(as: others) else {
      return nil
    }
    return (0..<keys.slotCount).map { UInt32($0) }
  }

  /// Takes the groups of another hash table: for each its number here.
  mutating func merge(_ later: GroupNumbering) -> [UInt32] {
    guard case .hashed(var grouper) = way, case .hashed(let theirs) = later.way else {
      preconditionFailure("only hash tables are merged")
    }
    way = .undecided
    let mapping = grouper.merge(theirs)
    way = .hashed(grouper)
    return mapping
  }

  /// The keys of all groups in ascending order, missing last, and the number of each group.
  func sortedKeys(rowCounts: [Int64]) -> (keys: [Column], slots: [Int32]) {
    switch way {
    case .undecided: return (kinds.map { Column.missing($0, count: 0) }, [])
    case .direct(let direct):
      let slots = rowCounts.indices.filter { rowCounts[$0] > 0 }.map { UInt32($0) }
      let keys = direct.columns(of: slots)
      let numbers = slots.map { Int32(bitPattern: $0) }
      if direct.isSorted { return (keys, numbers) }
      let order = RowOrder(keys.map { ($0, false) }, count: slots.count).rows()
      return (keys.map { $0.gather(order) }, order.map { numbers[Int($0)] })
    case .hashed(let grouper):
      let keys = grouper.keyColumns()
      let order = RowOrder(keys.map { ($0, false) }, count: grouper.count).rows()
      return (keys.map { $0.gather(order) }, order)
    }
  }
}
