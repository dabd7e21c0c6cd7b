import BilanColumnar

/// Which values of a small range each slot has seen: a byte for each slot and value, so that a row costs one store.
struct DistinctFlags {
  /// A value that a flag stands for.
  enum Value {
    case integer(Int64)
    case text(TextDictionary, Int)
  }

  private enum Codes {
    case integer(IntegerBounds)
    case text(TextDictionary)
  }

  private let codes: Codes
  private let width: Int
  private var flags: [UInt8] = []

  /// More flags than this would be further away than a hash table.
  private static let limit = 1 << 24

  /// Flags for the values of a column and of those that load with it; nil where their range is not known or not small.
  init?(_ column: Column, slotCount: Int) {
    switch column {
    case .integer(let column):
      guard let bounds = column.bounds, let span = bounds.span else { return nil }
      codes = .integer(bounds)
      width = span
    case .text(let column):
      codes = .text(column.dictionary)
      width = max(1, column.dictionary.count)
    case .real, .boolean, .ratio: return nil
    }
    guard width <= Self.limit / max(1, slotCount) else { return nil }
  }

  /// Empty flags for the same values.
  init(like other: DistinctFlags, slotCount: Int) {
    codes = other.codes
    width = other.width
  }

  private mutating func grow(to slotCount: Int) -> Bool {
    guard width * slotCount <= Self.limit else { return false }
    flags.grow(to: width * slotCount, with: 0)
    return true
  }

  /// - Returns: false, and nothing is added, where the values have no flags.
  mutating func add(_ column: Column, _ groups: Buffer<UInt32>, slotCount: Int) -> Bool {
    switch (codes, column) {
    case (.integer(let bounds), .integer(let column)):
      guard let own = column.bounds, bounds.low <= own.low, own.high <= bounds.high, grow(to: slotCount) else {
        return false
      }
      switch column.storage {
      case .int8(let values): set(values, low: bounds.low, column.validity, groups, slotCount)
      case .int16(let values): set(values, low: bounds.low, column.validity, groups, slotCount)
      case .int32(let values): set(values, low: bounds.low, column.validity, groups, slotCount)
      case .int64(let values): set(values, low: bounds.low, column.validity, groups, slotCount)
      }
      return true
    case (.text(let dictionary), .text(let column)):
      guard dictionary === column.dictionary, grow(to: slotCount) else { return false }
      switch column.storage {
      case .uint8(let codes): set(codes, low: 0, column.validity, groups, slotCount)
      case .uint16(let codes): set(codes, low: 0, column.validity, groups, slotCount)
      case .uint32(let codes): set(codes, low: 0, column.validity, groups, slotCount)
      }
      return true
    default: return false
    }
  }

  @inline(__always)
  private mutating func set<T: FixedWidthInteger>(
    _ values: Buffer<T>, low: Int64, _ validity: Bitmap?, _ groups: Buffer<UInt32>, _ slotCount: Int
  ) {
    let (source, groups, width) = (values.span, groups.span, width)
    let low = UInt32(truncatingIfNeeded: low)
    if slotCount == 1 {
      _ = forEachValidRow(validity, count: source.count, updating: &flags) { flags, row in
        flags[Int(UInt32(truncatingIfNeeded: source[row]) &- low)] = 1
      }
      return
    }
    forEachRow(validity, count: source.count, updating: &flags) { flags, row, bit in
      let place = Int(groups[row]) &* width &+ Int(UInt32(truncatingIfNeeded: source[row]) &- low)
      // What a missing value holds is no place of the flags.
      flags[place & (0 &- Int(truncatingIfNeeded: bit))] |= UInt8(truncatingIfNeeded: bit)
    }
  }

  /// - Returns: false, and nothing is taken, where the flags mean other values.
  mutating func merge(_ later: DistinctFlags, _ groups: [UInt32], slotCount: Int) -> Bool {
    switch (codes, later.codes) {
    case (.integer(let bounds), .integer(let theirs)): if bounds != theirs { return false }
    case (.text(let dictionary), .text(let theirs)): if dictionary !== theirs { return false }
    default: return false
    }
    guard grow(to: slotCount) else { return false }
    for slot in 0..<later.flags.count / width {
      let here = Int(groups[slot]) * width
      for value in 0..<width where later.flags[slot * width + value] != 0 { flags[here + value] = 1 }
    }
    return true
  }

  func counts(slotCount: Int) -> [Int64] {
    var counts = [Int64](repeating: 0, count: slotCount)
    let flags = flags.span
    for slot in 0..<flags.count / width {
      var count: Int64 = 0
      for place in slot * width..<(slot + 1) * width { count &+= Int64(flags[place]) }
      counts[slot] = count
    }
    return counts
  }

  func forEach(_ body: (_ slot: UInt32, _ value: Value) -> Void) {
    for place in flags.indices where flags[place] != 0 {
      let slot = UInt32(place / width)
      switch codes {
      case .integer(let bounds): body(slot, .integer(bounds.low + Int64(place % width)))
      case .text(let dictionary): body(slot, .text(dictionary, place % width))
      }
    }
  }
}
