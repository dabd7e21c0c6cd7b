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
  /// Slots of one, two or four words, of which there are those that the packing asks for.
  private var singles: [Int64] = []
  private var pairs: [SIMD2<Int64>] = []
  private var quads: [SIMD4<Int64>] = []
  /// In the slots since they were emptied.
  private var rowCount = 0
  private var rows: [Int64] = []
  private var sums: [[Int64]]
  /// The words of a stretch of rows: the first, then those of other lanes.
  private var stretches: [[Int64]]

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
    rowCount += groups.count
    if addAtOnce(values, packing, groups: groups, groupCount: groupCount) { return }
    for word in 0...packing.others.count { stretches[word].grow(to: min(Self.stretch, groups.count), with: 0) }
    switch packing.others.count {
    case 0:
      var slots = take(&singles)
      add(values, packing, groups, groupCount, to: &slots, zero: 0, &+) { word, _, _, _, row in word[row] }
      singles = slots
    case 1:
      var slots = take(&pairs)
      add(values, packing, groups, groupCount, to: &slots, zero: .zero, &+) { SIMD2($0[$4], $1[$4]) }
      pairs = slots
    case 2:
      var slots = take(&quads)
      add(values, packing, groups, groupCount, to: &slots, zero: .zero, &+) { SIMD4($0[$4], $1[$4], $2[$4], 0) }
      quads = slots
    default:
      var slots = take(&quads)
      add(values, packing, groups, groupCount, to: &slots, zero: .zero, &+) { SIMD4($0[$4], $1[$4], $2[$4], $3[$4]) }
      quads = slots
    }
  }

  /// The packing so far, where it holds the rows too; else the slots are emptied and it is made anew.
  private mutating func packing(for values: [LaneValues], rowCount more: Int, groupCount: Int) -> LanePacking {
    let ranges = values.map(\.range)
    if let packing {
      if rowCount + more <= packing.capacity, packing.holds(ranges) { return packing }
      empty()
    }
    var made = LanePacking(ranges, groupCount: groupCount)
    if more > made.capacity { made = LanePacking(ranges.map { _ in nil }, groupCount: groupCount) }
    packing = made
    return made
  }

  /// Adds what needs no words in between: up to two fields of bytes, with decimals beside them or without.
  ///
  /// - Returns: false where the values are of other kinds.
  private mutating func addAtOnce(
    _ values: [LaneValues], _ packing: LanePacking, groups: Buffer<UInt32>, groupCount: Int
  ) -> Bool {
    var bytes: [Buffer<Int8>] = []
    for field in packing.fields {
      guard case .int8(let buffer, _) = values[field.lane] else { return false }
      bytes.append(buffer)
    }
    guard bytes.count <= 2 else { return false }
    let none = Buffer<Int8>(repeating: 0, count: 0)
    let (firstBytes, secondBytes) = (bytes.first ?? none, bytes.count > 1 ? bytes[1] : none)
    let first = firstBytes.span
    let second = secondBytes.span
    let shifts = packing.fields.map { Int64(bitPattern: $0.shift) }
    let (shift, further) = (shifts.first ?? 0, shifts.last ?? 0)
    // One for the row; and the least values are taken away from all at once.
    let one = packing.fields.reduce(1) { $0 &- $1.low &<< Int64(bitPattern: $1.shift) }
    switch (bytes.count, packing.others.count) {
    case (1, 0):
      var slots = take(&singles)
      add(groups, groupCount, to: &slots, zero: 0, &+) { one &+ Int64(first[$0]) &<< shift }
      singles = slots
    case (2, 0):
      var slots = take(&singles)
      add(groups, groupCount, to: &slots, zero: 0, &+) {
        one &+ Int64(first[$0]) &<< shift &+ Int64(second[$0]) &<< further
      }
      singles = slots
    case (let count, 1):
      var slots = take(&pairs)
      defer { pairs = slots }
      @inline(__always)
      func add(_ other: (Int) -> Int64) {
        switch count {
        case 0: self.add(groups, groupCount, to: &slots, zero: .zero, &+) { SIMD2(one, other($0)) }
        case 1:
          self.add(groups, groupCount, to: &slots, zero: .zero, &+) {
            SIMD2(one &+ Int64(first[$0]) &<< shift, other($0))
          }
        default:
          self.add(groups, groupCount, to: &slots, zero: .zero, &+) {
            SIMD2(one &+ Int64(first[$0]) &<< shift &+ Int64(second[$0]) &<< further, other($0))
          }
        }
      }
      switch values[packing.others[0]] {
      case .int32(let buffer, _):
        let wholes = buffer.span
        add { Int64(wholes[$0]) }
      case .decimals(let buffer, let scale):
        let reals = buffer.span
        add { Self.whole(reals[$0], scale) }
      default: return false
      }
    default: return false
    }
    return true
  }

  /// - Parameter slot: what a row adds to its slot.
  @inline(__always)
  private mutating func add<Slot>(
    _ groups: Buffer<UInt32>, _ groupCount: Int, to slots: inout [Slot], zero: Slot, _ sum: (Slot, Slot) -> Slot,
    _ slot: (Int) -> Slot
  ) {
    slots.grow(to: groupCount, with: zero)
    var copied = copies(groups, groupCount, zero)
    let groups = groups.span
    if copied.isEmpty {
      var slots = slots.mutableSpan
      for row in groups.indices { Self.add(slot(row), at: Int(groups[row]), of: &slots, sum) }
      return
    }
    do {
      var slots = copied.mutableSpan
      var row = 0
      while row < groups.count &- 3 {
        Self.add(slot(row), at: Int(groups[row]) &* Self.copies, of: &slots, sum)
        Self.add(slot(row &+ 1), at: Int(groups[row &+ 1]) &* Self.copies &+ 1, of: &slots, sum)
        Self.add(slot(row &+ 2), at: Int(groups[row &+ 2]) &* Self.copies &+ 2, of: &slots, sum)
        Self.add(slot(row &+ 3), at: Int(groups[row &+ 3]) &* Self.copies &+ 3, of: &slots, sum)
        row &+= 4
      }
      while row < groups.count {
        Self.add(slot(row), at: Int(groups[row]) &* Self.copies, of: &slots, sum)
        row &+= 1
      }
    }
    for place in copied.indices { slots[place / Self.copies] = sum(slots[place / Self.copies], copied[place]) }
  }

  @inline(__always)
  private static func add<Slot>(
    _ row: Slot, at place: Int, of slots: inout MutableSpan<Slot>, _ sum: (Slot, Slot) -> Slot
  ) {
    slots[place] = sum(slots[place], row)
  }

  /// Neighbouring rows of one group would wait for each other: of few groups each has some slots, for rows in turn.
  ///
  /// - Returns: those slots, none where there are too many groups.
  private func copies<Slot>(_ groups: Buffer<UInt32>, _ groupCount: Int, _ zero: Slot) -> [Slot] {
    guard groupCount <= Self.mostCopied, groups.count >= groupCount * 16 else { return [] }
    return [Slot](repeating: zero, count: groupCount * Self.copies)
  }

  private static let copies = 4
  private static let mostCopied = 256

  /// The same by way of words that hold the values of a stretch of rows. Its loop over rows is written out: shared with the other,
  /// that one took a third longer.
  ///
  /// - Parameter slot: what a row adds to its slot, from the words of a stretch and its place there.
  @inline(__always)
  private mutating func add<Slot>(
    _ values: [LaneValues], _ packing: LanePacking, _ groups: Buffer<UInt32>, _ groupCount: Int,
    to slots: inout [Slot], zero: Slot, _ sum: (Slot, Slot) -> Slot,
    _ slot: (Span<Int64>, Span<Int64>, Span<Int64>, Span<Int64>, Int) -> Slot
  ) {
    slots.grow(to: groupCount, with: zero)
    var copied = copies(groups, groupCount, zero)
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
      if copied.isEmpty {
        var slots = slots.mutableSpan
        for row in groups.indices {
          let place = Int(groups[row])
          slots[place] = sum(slots[place], slot(first, second, third, fourth, row))
        }
      } else {
        var slots = copied.mutableSpan
        for row in groups.indices {
          let place = Int(groups[row]) &* Self.copies &+ row & (Self.copies &- 1)
          slots[place] = sum(slots[place], slot(first, second, third, fourth, row))
        }
      }
      start += count
    }
    for place in copied.indices { slots[place / Self.copies] = sum(slots[place / Self.copies], copied[place]) }
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
      for row in values.indices { stretch[row] = whole(values[row], scale) }
    }
  }

  /// The whole number that a real times `scale` is.
  @inline(__always)
  private static func whole(_ value: Double, _ scale: Double) -> Int64 {
    Int64(bitPattern: (value * scale + Decimals.magic).bitPattern) &- Int64(bitPattern: Decimals.magic.bitPattern)
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
    switch packing.others.count {
    case 0:
      let slots = take(&singles)
      empty(packing, slots) { slot, _ in slot }
    case 1:
      let slots = take(&pairs)
      empty(packing, slots) { slot, word in slot[word] }
    default:
      let slots = take(&quads)
      empty(packing, slots) { slot, word in slot[word] }
    }
    self.packing = nil
    rowCount = 0
  }

  @inline(__always)
  private mutating func empty<Slot>(_ packing: LanePacking, _ slots: [Slot], _ word: (Slot, Int) -> Int64) {
    let slotCount = slots.count
    rows.grow(to: slotCount, with: 0)
    var rows = take(&rows)
    for slot in 0..<slotCount { rows[slot] &+= packing.rows(UInt64(bitPattern: word(slots[slot], 0))) }
    self.rows = rows
    for field in packing.fields {
      var sums = take(&self.sums[field.lane])
      sums.grow(to: slotCount, with: 0)
      for slot in 0..<slotCount { sums[slot] &+= packing.sum(field, UInt64(bitPattern: word(slots[slot], 0))) }
      self.sums[field.lane] = sums
    }
    for (place, lane) in packing.others.enumerated() {
      var sums = take(&self.sums[lane])
      sums.grow(to: slotCount, with: 0)
      for slot in 0..<slotCount { sums[slot] &+= word(slots[slot], place + 1) }
      self.sums[lane] = sums
    }
  }
}
