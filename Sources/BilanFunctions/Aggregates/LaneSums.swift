import BilanColumnar

/// The values of a chunk that are added up, none missing.
package enum LaneValues {
  case int8(Buffer<Int8>)
  case int16(Buffer<Int16>)
  case int32(Buffer<Int32>)
  /// Reals that times `scale` are whole; see `RealSums`.
  case decimals(Buffer<Double>, scale: Double)
}

/// The row count and up to three sums of each group side by side, so that a row touches its group once.
///
///     slot   rows │ first sum │ second sum │ third sum
///
/// With a loop for each sum, every one of them reads the groups of the rows again and waits for its own slots.
package struct LaneSums {
  /// How many sums there is room for.
  package static let width = 3

  /// Of one sum the slots are half as large.
  private var pairs: [SIMD2<Int64>] = []
  private var quads: [SIMD4<Int64>] = []
  private let laneCount: Int
  /// The values of a stretch of rows, one array a lane.
  private var stretches: [[Int64]]

  /// Rows whose values are brought into one shape at a time: they stay in the cache.
  private static let stretch = 1024

  package init(laneCount: Int) {
    precondition(1...Self.width ~= laneCount)
    self.laneCount = laneCount
    stretches = [[Int64]](repeating: [], count: Self.width)
  }

  /// - Parameter values: one a lane.
  package mutating func add(_ values: [LaneValues], groups: Buffer<UInt32>, groupCount: Int) {
    precondition(values.count == laneCount)
    for lane in 0..<laneCount { stretches[lane].grow(to: min(Self.stretch, groups.count), with: 0) }
    switch laneCount {
    case 1:
      var slots = take(&pairs)
      add(values, groups, groupCount, to: &slots) { SIMD2(1, $0[$3]) }
      pairs = slots
    case 2:
      var slots = take(&quads)
      add(values, groups, groupCount, to: &slots) { SIMD4(1, $0[$3], $1[$3], 0) }
      quads = slots
    default:
      var slots = take(&quads)
      add(values, groups, groupCount, to: &slots) { SIMD4(1, $0[$3], $1[$3], $2[$3]) }
      quads = slots
    }
  }

  /// - Parameter slot: what a row adds to its slot, from the values of the lanes and its place among them.
  @inline(__always)
  private mutating func add<Slot: SIMD<Int64>>(
    _ values: [LaneValues], _ groups: Buffer<UInt32>, _ groupCount: Int, to slots: inout [Slot],
    _ slot: (Span<Int64>, Span<Int64>, Span<Int64>, Int) -> Slot
  ) {
    slots.grow(to: groupCount, with: .zero)
    // Neighbouring rows of one group would wait for each other: of few groups each has some slots, for rows in turn.
    let copies = groupCount <= Self.mostCopied && groups.count >= groupCount * 16 ? Self.copies : 1
    var copied = copies > 1 ? [Slot](repeating: .zero, count: groupCount * copies) : []
    var start = 0
    while start < groups.count {
      let count = min(Self.stretch, groups.count - start)
      for lane in 0..<laneCount { Self.read(values[lane], from: start, count, into: &stretches[lane]) }
      let (firstValues, secondValues, thirdValues) = (stretches[0], stretches[1], stretches[2])
      let first = firstValues.span
      let second = secondValues.span
      let third = thirdValues.span
      let groups = groups.span.extracting(start..<start + count)
      if copies > 1 {
        var slots = copied.mutableSpan
        for row in groups.indices {
          slots[Int(groups[row]) &* Self.copies &+ row & (Self.copies &- 1)] &+= slot(first, second, third, row)
        }
      } else {
        var slots = slots.mutableSpan
        for row in groups.indices { slots[Int(groups[row])] &+= slot(first, second, third, row) }
      }
      start += count
    }
    for place in copied.indices { slots[place / Self.copies] &+= copied[place] }
  }

  private static let copies = 4
  private static let mostCopied = 256

  private static func read(_ values: LaneValues, from start: Int, _ count: Int, into stretch: inout [Int64]) {
    switch values {
    case .int8(let values): widen(values, from: start, count, into: &stretch)
    case .int16(let values): widen(values, from: start, count, into: &stretch)
    case .int32(let values): widen(values, from: start, count, into: &stretch)
    case .decimals(let values, let scale):
      let values = values.span.extracting(start..<start + count)
      var stretch = stretch.mutableSpan
      let bias = Int64(bitPattern: Decimals.magic.bitPattern)
      for row in values.indices {
        stretch[row] = Int64(bitPattern: (values[row] * scale + Decimals.magic).bitPattern) &- bias
      }
    }
  }

  @inline(__always)
  private static func widen<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<T>, from start: Int, _ count: Int, into stretch: inout [Int64]
  ) {
    let values = values.span.extracting(start..<start + count)
    var stretch = stretch.mutableSpan
    for row in values.indices { stretch[row] = Int64(truncatingIfNeeded: values[row]) }
  }

  /// The rows of each slot, then the sums of each lane.
  package var totals: (rows: [Int64], sums: [[Int64]]) {
    if laneCount == 1 { return (pairs.map { $0[0] }, [pairs.map { $0[1] }]) }
    return (quads.map { $0[0] }, (1...laneCount).map { lane in quads.map { $0[lane] } })
  }
}
