import Synchronization

/// Finds the one row of a table that has a key, by the key itself: whole numbers of a small range, or texts by their
/// codes. Many threads may ask at once.
package final class DirectLookup: Sendable {
  private enum Table: Sendable {
    /// The row of each value from the least on; -1 where there is none, -2 where its row is not kept.
    case integers(IntegerBounds, Buffer<Int32>)
    /// The same for values that ascend.
    case ascending(IntegerBounds, RankedKeys)
    /// The row of each code, and the texts to find the codes of other dictionaries by.
    case texts(Buffer<Int32>, TextDictionary)
  }

  private let table: Table
  private let kept: Bitmap?
  /// Of whole numbers the places, in bits, whose rows are not kept; nil where all are.
  private let dropped: Buffer<UInt64>?
  /// What each dictionary seen so far maps to: looked up text by text once, not for every chunk.
  private let known = Mutex<[(dictionary: TextDictionary, rows: Buffer<Int32>)]>([])
  private let workers: Workers

  /// - Parameter kept: the rows that are found as what they are; of others it is told only that they are there.
  /// - Returns: nil where a key has several rows, or the keys have no small codes.
  package init?(_ key: Column, kept: Bitmap? = nil, workers: Workers) {
    self.workers = workers
    self.kept = kept
    switch key {
    case .integer(let column):
      guard let bounds = column.foundBounds, let span = bounds.span,
        span <= Swift.max(1 << 16, column.count * 8), span < 1 << 30
      else { return nil }
      if span > Self.mostListed, column.validity == nil, let keys = Self.ascending(column, bounds, kept, count: span) {
        table = .ascending(bounds, keys)
        dropped = keys.dropped
        return
      }
      let rows: Buffer<Int32>? =
        switch column.storage {
        case .int8(let values): Self.rowsByPlace(values, low: bounds.low, column.validity, kept, count: span, workers)
        case .int16(let values): Self.rowsByPlace(values, low: bounds.low, column.validity, kept, count: span, workers)
        case .int32(let values): Self.rowsByPlace(values, low: bounds.low, column.validity, kept, count: span, workers)
        case .int64(let values): Self.rowsByPlace(values, low: bounds.low, column.validity, kept, count: span, workers)
        }
      guard let rows else { return nil }
      table = .integers(bounds, rows)
      dropped = kept.map { _ in
        let rows = rows.span
        return Buffer(Bitmap(flags: Buffer<UInt8>(count: span) { rows[$0] == -2 ? 1 : 0 }).words)
      }
    case .text(let column):
      let count = column.dictionary.count
      guard count <= Swift.max(1 << 16, column.count * 8) else { return nil }
      let rows: Buffer<Int32>? =
        switch column.storage {
        case .uint8(let codes): Self.rowsByPlace(codes, low: 0, column.validity, kept, count: count, workers)
        case .uint16(let codes): Self.rowsByPlace(codes, low: 0, column.validity, kept, count: count, workers)
        case .uint32(let codes): Self.rowsByPlace(codes, low: 0, column.validity, kept, count: count, workers)
        }
      guard let rows else { return nil }
      table = .texts(rows, column.dictionary)
      dropped = nil
    case .real, .boolean, .ratio: return nil
    }
  }

  /// The most places of which the rows are listed even where a bit for each would do.
  private static let mostListed = 1 << 16

  private static func ascending(
    _ column: IntegerColumn, _ bounds: IntegerBounds, _ kept: Bitmap?, count: Int
  ) -> RankedKeys? {
    switch column.storage {
    case .int8(let values): RankedKeys(values, low: bounds.low, count: count, kept: kept)
    case .int16(let values): RankedKeys(values, low: bounds.low, count: count, kept: kept)
    case .int32(let values): RankedKeys(values, low: bounds.low, count: count, kept: kept)
    case .int64(let values): RankedKeys(values, low: bounds.low, count: count, kept: kept)
    }
  }

  /// The row of each code; nil where a code has two.
  private static func rowsByPlace<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<T>, low: Int64, _ validity: Bitmap?, _ kept: Bitmap?, count: Int, _ workers: Workers
  ) -> Buffer<Int32>? {
    let shares = workers.ranges(of: count, least: leastShare)
    if values.count >= leastShare, shares.count > 1, !ascend(values) {
      return rowsByPlace(values, low: low, validity, kept, shares, workers)
    }
    var places = [Int32](repeating: -1, count: count)
    let source = values.span
    let low = UInt64(bitPattern: low)
    var isUnique = true
    var slots = places.mutableSpan
    if validity != nil || kept != nil {
      for row in source.indices where validity?[row] ?? true {
        let place = Int(truncatingIfNeeded: UInt64(truncatingIfNeeded: source[row]) &- low)
        if slots[place] != -1 { isUnique = false }
        slots[place] = kept?[row] ?? true ? Int32(truncatingIfNeeded: row) : -2
      }
    } else {
      for row in source.indices {
        let place = Int(truncatingIfNeeded: UInt64(truncatingIfNeeded: source[row]) &- low)
        if slots[place] >= 0 { isUnique = false }
        slots[place] = Int32(truncatingIfNeeded: row)
      }
    }
    return isUnique ? Buffer(places) : nil
  }

  /// Whether the first values are in order, as codes of texts that are all different are: one worker fills the places in
  /// one go.
  private static func ascend<T: FixedWidthInteger & BitwiseCopyable & Sendable>(_ values: Buffer<T>) -> Bool {
    let source = values.span
    return (1..<min(values.count, 1 << 10)).allSatisfy { source[$0 &- 1] <= source[$0] }
  }

  /// Places of which a worker of its own is worth it.
  private static let leastShare = 1 << 16

  /// The same by several workers: each goes through all rows and keeps those of its share of the places. A code has two rows
  /// where fewer places are taken than there are rows.
  private static func rowsByPlace<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<T>, low: Int64, _ validity: Bitmap?, _ kept: Bitmap?, _ shares: [Range<Int>], _ workers: Workers
  ) -> Buffer<Int32>? {
    let count = shares[shares.count - 1].upperBound
    var taken = 0
    // Behind the places there is one for each worker, for the rows of others: no branch to guess.
    let places = Buffer<Int32>(
      count: count + shares.count,
      workersFill: { places in
        let found = workers.run(shares.count) { number in
          fill(shares[number], other: count + number, of: places, values, low: low, validity, kept)
          return places.count(shares[number], otherThan: -1)
        }
        taken = found.reduce(0, +)
      })
    let rowCount = validity?.onesCount ?? values.count
    return taken == rowCount ? places.slice(0..<count) : nil
  }

  /// - Parameter other: the place for what is none of the share's.
  private static func fill<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ share: Range<Int>, other: Int, of places: Scratch<Int32>, _ values: Buffer<T>, low: Int64, _ validity: Bitmap?,
    _ kept: Bitmap?
  ) {
    for place in share { places.put(-1, at: place) }
    places.put(-1, at: other)
    let source = values.span
    let first = UInt64(bitPattern: low) &+ UInt64(share.lowerBound)
    let size = UInt64(share.count)
    if validity == nil, kept == nil {
      for row in source.indices {
        let offset = UInt64(truncatingIfNeeded: source[row]) &- first
        let place = offset < size ? share.lowerBound &+ Int(truncatingIfNeeded: offset) : other
        places.put(Int32(truncatingIfNeeded: row), at: place)
      }
      return
    }
    for row in source.indices {
      let offset = UInt64(truncatingIfNeeded: source[row]) &- first
      let isOwn = offset < size && (validity?[row] ?? true)
      let place = isOwn ? share.lowerBound &+ Int(truncatingIfNeeded: offset) : other
      places.put(kept?[row] ?? true ? Int32(truncatingIfNeeded: row) : -2, at: place)
    }
  }

  /// The row that has each key; -1 where there is none or the key is missing, -2 where it is not kept. Nil for keys of
  /// another kind.
  package func find(_ key: Column) -> Buffer<Int32>? {
    switch (table, key) {
    case (.integers(let bounds, let rows), .integer(let column)):
      switch column.storage {
      case .int8(let values): return Self.look(values, low: bounds.low, column.validity, in: rows)
      case .int16(let values): return Self.look(values, low: bounds.low, column.validity, in: rows)
      case .int32(let values): return Self.look(values, low: bounds.low, column.validity, in: rows)
      case .int64(let values): return Self.look(values, low: bounds.low, column.validity, in: rows)
      }
    case (.ascending(let bounds, let keys), .integer(let column)):
      let found =
        switch column.storage {
        case .int8(let values): keys.find(values, low: bounds.low)
        case .int16(let values): keys.find(values, low: bounds.low)
        case .int32(let values): keys.find(values, low: bounds.low)
        case .int64(let values): keys.find(values, low: bounds.low)
        }
      return dropping(found, column.validity)
    case (.texts, .text(let column)):
      let rows = rows(of: column.dictionary)
      switch column.storage {
      case .uint8(let codes): return Self.look(codes, low: 0, column.validity, in: rows)
      case .uint16(let codes): return Self.look(codes, low: 0, column.validity, in: rows)
      case .uint32(let codes): return Self.look(codes, low: 0, column.validity, in: rows)
      }
    default: return nil
    }
  }

  /// What was found without missing keys, and of rows that are not kept only that they are there.
  private func dropping(_ found: Buffer<Int32>, _ validity: Bitmap?) -> Buffer<Int32> {
    if validity == nil, kept == nil { return found }
    let rows = found.span
    return Buffer(count: rows.count) {
      guard rows[$0] >= 0, validity?[$0] ?? true else { return -1 }
      return kept?[Int(rows[$0])] ?? true ? rows[$0] : -2
    }
  }

  /// Whether `survivors` tells something, sooner than the rows are found.
  package var tellsSurvivors: Bool { dropped != nil }

  /// False for keys whose row is not kept; nil where `tellsSurvivors` is false, or for keys of another kind.
  package func survivors(_ key: Column) -> Bitmap? {
    guard let dropped, let low = lowestKey, case .integer(let column) = key else { return nil }
    let bits =
      switch column.storage {
      case .int8(let values): Self.survivors(values, column.bounds, low: low, dropped)
      case .int16(let values): Self.survivors(values, column.bounds, low: low, dropped)
      case .int32(let values): Self.survivors(values, column.bounds, low: low, dropped)
      case .int64(let values): Self.survivors(values, column.bounds, low: low, dropped)
      }
    return column.validity.map { bits.or($0.inverted) } ?? bits
  }

  /// Which keys are those of rows that are kept; nil where one has no row.
  package func kept(_ key: Column) -> Bitmap? {
    let parts = workers.ranges(of: key.count, least: 1 << 16)
    let found = workers.run(parts.count) { number -> Bitmap? in
      let part = key.slice(parts[number])
      if hasEach(part), let survivors = survivors(part) { return survivors }
      guard let rows = find(part), Matches.unmatchedCount(rows) == 0 else { return nil }
      let source = rows.span
      return Bitmap(flags: Buffer<UInt8>(count: source.count) { source[$0] >= 0 ? 1 : 0 })
    }
    let kept = found.compactMap(\.self)
    return kept.count == parts.count ? Bitmap.concatenate(kept, count: key.count) : nil
  }

  /// Whether it is seen from their bounds that all keys have a row.
  private func hasEach(_ key: Column) -> Bool {
    guard case .ascending(let bounds, let keys) = table, keys.isWhole, case .integer(let column) = key,
      column.validity == nil, let range = column.foundBounds
    else { return false }
    return range.low >= bounds.low && range.high <= bounds.high
  }

  private var lowestKey: Int64? {
    switch table {
    case .integers(let bounds, _), .ascending(let bounds, _): bounds.low
    case .texts: nil
    }
  }

  @inline(__always)
  private static func survivors<T: FixedWidthInteger>(
    _ values: Buffer<T>, _ bounds: IntegerBounds?, low: Int64, _ dropped: Buffer<UInt64>
  ) -> Bitmap {
    let (source, words) = (values.span, dropped.span)
    // Where all keys have a place, none has to be asked for.
    if T.bitWidth <= 32, let bounds, let low = Int32(exactly: low), bounds.low >= low,
      bounds.high < Int64(low) + Int64(words.count * 64)
    {
      return Bitmap(
        flags: Buffer<UInt8>(count: source.count) {
          let place = UInt32(bitPattern: Int32(truncatingIfNeeded: source[$0]) &- low)
          let word = words[Int(truncatingIfNeeded: place &>> 6)]
          return UInt8(truncatingIfNeeded: ~(word &>> UInt64(truncatingIfNeeded: place & 63)) & 1)
        })
    }
    let low = UInt64(bitPattern: low)
    let count = UInt64(words.count)
    return Bitmap(
      flags: Buffer<UInt8>(count: source.count) {
        let place = UInt64(truncatingIfNeeded: source[$0]) &- low
        guard place &>> 6 < count else { return 1 }
        return UInt8(truncatingIfNeeded: ~(words[Int(truncatingIfNeeded: place &>> 6)] &>> (place & 63)) & 1)
      })
  }

  /// Of whole numbers the row of each place, which is the distance from the least; nil for texts.
  package var rowOfPlace: Buffer<Int32>? {
    if case .integers(_, let rows) = table { rows } else { nil }
  }

  /// The place of each key in `rowOfPlace`, its count for a key that has none.
  package func places(_ key: Column) -> Buffer<UInt32>? {
    guard case .integers(let bounds, let rows) = table, case .integer(let column) = key else { return nil }
    return switch column.storage {
    case .int8(let values): Self.places(values, bounds, column.validity, count: rows.count)
    case .int16(let values): Self.places(values, bounds, column.validity, count: rows.count)
    case .int32(let values): Self.places(values, bounds, column.validity, count: rows.count)
    case .int64(let values): Self.places(values, bounds, column.validity, count: rows.count)
    }
  }

  @inline(__always)
  private static func places<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<T>, _ bounds: IntegerBounds, _ validity: Bitmap?, count: Int
  ) -> Buffer<UInt32> {
    let source = values.span
    let most = UInt32(count)
    if let low = Int32(exactly: bounds.low), bounds.high <= Int32.max, T.bitWidth <= 32, validity == nil {
      // In 32 bits, which are compared several at a time; what wraps around is beyond all places.
      return Buffer(count: source.count) {
        Swift.min(UInt32(bitPattern: Int32(truncatingIfNeeded: source[$0]) &- low), most)
      }
    }
    return Buffer(count: source.count) { row in
      let place = UInt64(truncatingIfNeeded: source[row]) &- UInt64(bitPattern: bounds.low)
      guard place < UInt64(most), validity?[row] ?? true else { return most }
      return UInt32(truncatingIfNeeded: place)
    }
  }

  @inline(__always)
  private static func look<T: FixedWidthInteger>(
    _ values: Buffer<T>, low: Int64, _ validity: Bitmap?, in rows: Buffer<Int32>
  ) -> Buffer<Int32> {
    let (source, rows) = (values.span, rows.span)
    let low = UInt64(bitPattern: low)
    let count = UInt64(rows.count)
    guard let validity else {
      return Buffer(count: source.count) {
        let place = UInt64(truncatingIfNeeded: source[$0]) &- low
        return place < count ? rows[Int(truncatingIfNeeded: place)] : -1
      }
    }
    let valid = validity.words.span
    return Buffer(count: source.count) { row in
      let place = UInt64(truncatingIfNeeded: source[row]) &- low
      let isValid = valid[row &>> 6] &>> UInt64(truncatingIfNeeded: row & 63) & 1 == 1
      return isValid && place < count ? rows[Int(truncatingIfNeeded: place)] : -1
    }
  }

  /// Whether dictionaries of other tables are matched with one of many texts, by all workers.
  package var matchesDictionaries: Bool {
    if case .texts(_, let dictionary) = table { dictionary.count >= 1 << 13 } else { false }
  }

  /// For each code of a dictionary the row that has its text.
  private func rows(of dictionary: TextDictionary) -> Buffer<Int32> {
    guard case .texts(let own, let ownDictionary) = table else { return Buffer([]) }
    if dictionary === ownDictionary { return own }
    // Whoever comes second waits for the first, who may have help.
    return known.withLock { known in
      if let found = known.first(where: { $0.dictionary === dictionary }) { return found.rows }
      let rows = TextMatching.values(of: dictionary, in: ownDictionary, own, workers: workers)
      // Kernels may make a dictionary for every chunk: only a few are worth keeping.
      if known.count == 16 { known.removeFirst() }
      known.append((dictionary, rows))
      return rows
    }
  }
}

/// What a look-up found, as lists of rows.
package enum Matches {
  /// The positions that found a row that is kept, the rows found, and how many positions found nothing.
  package static func pairs(_ found: Buffer<Int32>) -> (positions: [Int32], rows: [Int32], unmatchedCount: Int) {
    var positions = [Int32](repeating: 0, count: found.count)
    var rows = [Int32](repeating: 0, count: found.count)
    var next = 0
    var unmatched = 0
    let source = found.span
    do {
      var left = positions.mutableSpan
      var right = rows.mutableSpan
      // Every position is written, and stays where it found something: no branch to guess.
      for position in source.indices {
        left[next] = Int32(truncatingIfNeeded: position)
        right[next] = source[position]
        next &+= source[position] >= 0 ? 1 : 0
        unmatched &+= source[position] == -1 ? 1 : 0
      }
    }
    positions.removeLast(found.count - next)
    rows.removeLast(found.count - next)
    return (positions, rows, unmatched)
  }

  /// How many found nothing.
  package static func unmatchedCount(_ found: Buffer<Int32>) -> Int {
    let source = found.span
    // As wide as what is compared, so that several are counted at a time.
    var count: Int32 = 0
    for position in source.indices { count &+= source[position] == -1 ? 1 : 0 }
    return Int(count)
  }
}

extension Buffer where Element == Int32 {
  /// What a look-up found as slots: rows below `count` are their own, then come one for all that found nothing and one for
  /// all whose row is not kept.
  package func slots(_ count: Int) -> Buffer<UInt32> {
    let source = span
    let count = UInt32(count)
    return Buffer<UInt32>(count: source.count) {
      let row = source[$0]
      return row < 0 ? count &+ UInt32(bitPattern: ~row) : UInt32(bitPattern: row)
    }
  }
}
