import BilanColumnar

/// The values of a chunk that are added up, none missing; whole numbers with what they lie in.
package enum LaneValues {
  case int8(Buffer<Int8>, ClosedRange<Int64>)
  case int16(Buffer<Int16>, ClosedRange<Int64>)
  case int32(Buffer<Int32>, ClosedRange<Int64>)
  case int64(Buffer<Int64>)
  /// Reals that times `scale` are whole; see `RealSums`.
  case decimals(Buffer<Double>, scale: Double)

  /// In which whole numbers lie; nil for those of 64 bits, and for reals.
  fileprivate var range: ClosedRange<Int64>? {
    switch self {
    case .int8(_, let range), .int16(_, let range), .int32(_, let range): range
    case .int64, .decimals: nil
    }
  }
}

/// The row count and up to three sums of each group side by side, so that a row touches its group once.
///
/// With a loop for each sum, every one of them reads the groups of the rows again and waits for its own slots. Sums of
/// small numbers share a word with the count (`LanePacking`); slots are added to `totals` before that is full.
package struct LaneSums {
  /// How many sums there is room for.
  package static let width = 3

  private let laneCount: Int
  private var packing: LanePacking?
  private var slots = LaneSlots(width: 1, groupCount: 0)
  private var byteWords: ByteWords?
  /// No slot has seen more rows since they were emptied, and all together have seen so many.
  private var mostRows = 0
  private var rowCount = 0
  /// What a field that counts rows needs to be emptied seldom.
  private var leastRowBits = LanePacking.leastRowBits
  private var rows: [Int64] = []
  private var sums: [[Int64]]
  /// The words of a stretch of rows: the first, then those of other lanes.
  private var stretches: [[Int64]]
  private var codes: [UInt8] = []

  /// Rows whose values are brought into one shape at a time: they stay in the cache.
  private static let stretch = 1024

  package init(laneCount: Int) {
    precondition(1...Self.width ~= laneCount)
    self.laneCount = laneCount
    sums = [[Int64]](repeating: [], count: laneCount)
    stretches = [[Int64]](repeating: [], count: Self.width + 1)
  }

  /// - Parameter values: one a lane.
  package mutating func add(_ values: [LaneValues], groups: Buffer<UInt32>, groupCount: Int) {
    precondition(values.count == laneCount)
    let packing = packing(for: values, rowCount: groups.count, groupCount: groupCount)
    if !addBytes(values, packing, groups) { addStretches(values, packing, groups) }
    rowCount += groups.count
    mostRows += groups.count
  }

  /// The packing so far, where it holds the rows too; else the slots are emptied and it is made anew.
  private mutating func packing(for values: [LaneValues], rowCount more: Int, groupCount: Int) -> LanePacking {
    let ranges = values.map(\.range)
    if let packing {
      if mostRows + more > packing.capacity { mostRows = packing.mostRows(slots.firstBits) }
      let isFull = mostRows + more > packing.capacity
      if !isFull, packing.holds(ranges), slots.holds(groupCount: groupCount) {
        slots.grow(to: groupCount)
        return packing
      }
      // Most rows are of a few groups: emptying all the others too costs more than wider fields.
      if isFull, rowCount < slots.groupCount * 8 { leastRowBits = packing.rowBits + 4 }
      empty()
    }
    var made = LanePacking(ranges, leastRowBits: leastRowBits)
    if more > made.capacity { made = LanePacking(ranges.map { _ in nil }) }
    packing = made
    slots = LaneSlots(width: [1, 2, 4, 4][made.others.count], groupCount: groupCount)
    byteWords = ByteWords(made)
    return made
  }

  /// Adds rows of small bytes, with another lane or without.
  ///
  /// - Returns: false where there is more to them.
  private mutating func addBytes(
    _ values: [LaneValues], _ packing: LanePacking, _ groups: Buffer<UInt32>
  ) -> Bool {
    guard let byteWords, packing.others.count <= 1 else { return false }
    var bytes: [Buffer<Int8>] = []
    for field in packing.fields {
      guard case .int8(let buffer, _) = values[field.lane] else { return false }
      bytes.append(buffer)
    }
    guard let other = packing.others.first.map({ values[$0] }) else {
      add(byteWords, bytes, groups, width: 1) { _ in 0 }
      return true
    }
    switch other {
    case .int8(let values, _): add(byteWords, bytes, values, groups) { Int64($0) }
    case .int16(let values, _): add(byteWords, bytes, values, groups) { Int64($0) }
    case .int32(let values, _): add(byteWords, bytes, values, groups) { Int64($0) }
    case .int64(let values): add(byteWords, bytes, values, groups) { $0 }
    case .decimals(let values, let scale): add(byteWords, bytes, values, groups) { Decimals.whole(of: $0 * scale) }
    }
    return true
  }

  @inline(__always)
  private mutating func add<T>(
    _ byteWords: ByteWords, _ bytes: [Buffer<Int8>], _ values: Buffer<T>, _ groups: Buffer<UInt32>,
    _ whole: (T) -> Int64
  ) {
    precondition(values.count == groups.count)
    let values = values.span
    // SAFETY: rows are below the count of the groups.
    add(byteWords, bytes, groups, width: 2) { row in unsafe whole(values[unchecked: row]) }
  }

  /// - Parameter other: what a row adds to its second word.
  @inline(__always)
  private mutating func add(
    _ byteWords: ByteWords, _ bytes: [Buffer<Int8>], _ groups: Buffer<UInt32>, width: Int, _ other: (Int) -> Int64
  ) {
    let table = byteWords.words
    let words = table.span
    if bytes.count == 1 {
      precondition(bytes[0].count == groups.count)
      let only = bytes[0]
      let codes = only.span
      // SAFETY: rows are below the count of the groups, and there is a word for each byte.
      slots.add(groups.span, width: width) { row in
        unsafe (words[unchecked: Int(UInt8(bitPattern: codes[unchecked: row]))], other(row), 0, 0)
      }
      return
    }
    var stretch = take(&codes)
    stretch.grow(to: min(Self.stretch, groups.count), with: 0)
    var start = 0
    while start < groups.count {
      let count = min(Self.stretch, groups.count - start)
      byteWords.encode(bytes, from: start, count, into: &stretch)
      let codes = stretch.span.extracting(0..<count)
      // SAFETY: rows are below the count of the stretch's groups, and there is a word for each byte.
      slots.add(groups.span.extracting(start..<start + count), width: width) { row in
        unsafe (words[unchecked: Int(codes[unchecked: row])], other(start &+ row), 0, 0)
      }
      start += count
    }
    codes = stretch
  }

  /// Adds rows of any kind, by way of words that hold the values of a stretch of them.
  private mutating func addStretches(_ values: [LaneValues], _ packing: LanePacking, _ groups: Buffer<UInt32>) {
    for word in 0...packing.others.count { stretches[word].grow(to: min(Self.stretch, groups.count), with: 0) }
    var start = 0
    while start < groups.count {
      let count = min(Self.stretch, groups.count - start)
      Self.pack(values, packing, from: start, count, into: &stretches[0])
      for (word, lane) in packing.others.enumerated() {
        Self.read(values[lane], from: start, count, into: &stretches[word + 1])
      }
      let (firstWords, secondWords, thirdWords, fourthWords) = (stretches[0], stretches[1], stretches[2], stretches[3])
      let first = firstWords.span
      let second = secondWords.span
      let third = thirdWords.span
      let fourth = fourthWords.span
      let groups = groups.span.extracting(start..<start + count)
      switch packing.others.count {
      case 0: slots.add(groups, width: 1) { (first[$0], 0, 0, 0) }
      case 1: slots.add(groups, width: 2) { (first[$0], second[$0], 0, 0) }
      case 2: slots.add(groups, width: 4) { (first[$0], second[$0], third[$0], 0) }
      default: slots.add(groups, width: 4) { (first[$0], second[$0], third[$0], fourth[$0]) }
      }
      start += count
    }
  }

  // MARK: Words

  /// The first word of each row: one for the row, and the values of the fields.
  private static func pack(
    _ values: [LaneValues], _ packing: LanePacking, from start: Int, _ count: Int, into stretch: inout [Int64]
  ) {
    var words = stretch.mutableSpan
    for row in 0..<count { words[row] = 1 }
    for field in packing.fields {
      switch values[field.lane] {
      case .int8(let values, _): put(values, field, from: start, count, into: &words) { UInt64(UInt8(bitPattern: $0)) }
      case .int16(let values, _):
        put(values, field, from: start, count, into: &words) { UInt64(UInt16(bitPattern: $0)) }
      case .int32(let values, _):
        put(values, field, from: start, count, into: &words) { UInt64(UInt32(bitPattern: $0)) }
      case .int64, .decimals: preconditionFailure("wide numbers have a word of their own")
      }
    }
  }

  /// The distance from the least value, which fits the width of the values without a sign.
  @inline(__always)
  private static func put<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<T>, _ field: LanePacking.Field, from start: Int, _ count: Int,
    into words: inout MutableSpan<Int64>, _ unsigned: (T) -> UInt64
  ) {
    let values = values.span.extracting(start..<start + count)
    let shift = field.shift
    guard let low = T(exactly: field.low) else {
      // Wider values came before these.
      for row in values.indices { words[row] |= (Int64(values[row]) &- field.low) &<< Int64(shift) }
      return
    }
    for row in values.indices { words[row] |= Int64(bitPattern: unsigned(values[row] &- low) &<< shift) }
  }

  private static func read(_ values: LaneValues, from start: Int, _ count: Int, into stretch: inout [Int64]) {
    switch values {
    case .int8(let values, _): widen(values, from: start, count, into: &stretch)
    case .int16(let values, _): widen(values, from: start, count, into: &stretch)
    case .int32(let values, _): widen(values, from: start, count, into: &stretch)
    case .int64(let values): widen(values, from: start, count, into: &stretch)
    case .decimals(let values, let scale):
      let values = values.span.extracting(start..<start + count)
      var stretch = stretch.mutableSpan
      for row in values.indices { stretch[row] = Decimals.whole(of: values[row] * scale) }
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

  // MARK: Totals

  /// The rows of each slot, then the sums of each lane.
  package mutating func totals() -> (rows: [Int64], sums: [[Int64]]) {
    empty()
    return (rows, sums)
  }

  /// Adds the slots to the totals.
  private mutating func empty() {
    guard let packing else { return }
    slots.addUp(0, into: &rows) { packing.rows($0) }
    for field in packing.fields { slots.addUp(0, into: &sums[field.lane]) { packing.sum(field, $0) } }
    for (place, lane) in packing.others.enumerated() {
      slots.addUp(place + 1, into: &sums[lane]) { Int64(bitPattern: $0) }
    }
    self.packing = nil
    (rowCount, mostRows) = (0, 0)
  }
}
