import BilanColumnar

/// What becomes of a total and a count.
enum TotalResult: Sendable {
  case sum, mean
}

/// `sum` and `mean` of whole numbers: exact.
///
/// Numbers of up to 32 bits are added up in 64, which 2^31 rows cannot fill; wider ones in 128.
final class IntegerSumAccumulator: Accumulator {
  private let result: TotalResult
  private var narrow: [Int64] = []
  /// Empty until a chunk holds 64-bit numbers.
  private var wide: [Int128] = []
  private var missing = MissingCounts()

  init(_ result: TotalResult) { self.result = result }

  var skippedCount: Int { missing.total }

  func over(_ other: any Accumulator) -> (any Accumulator)? {
    guard let other = other as? IntegerSumAccumulator else { return nil }
    let accumulator = IntegerSumAccumulator(result)
    (accumulator.narrow, accumulator.wide, accumulator.missing) = (other.narrow, other.wide, other.missing)
    return accumulator
  }

  func grow(to count: Int) {
    narrow.grow(to: count, with: 0)
    if !wide.isEmpty { wide.grow(to: count, with: 0) }
  }

  func update(_ arguments: [Operand], groups: Buffer<UInt32>, rowCount: Int) throws(KernelError) {
    let column: IntegerColumn
    if case .column(.integer(let integers)) = arguments[0] {
      column = integers
    } else {
      column = IntegerColumn(arguments[0].integerColumn(count: rowCount))
    }
    missing.add(column.validity, groups, rowCount: rowCount, slotCount: narrow.count)
    switch column.storage {
    case .int8(let values): addNarrow(values, column.validity, groups, rowCount)
    case .int16(let values): addNarrow(values, column.validity, groups, rowCount)
    case .int32(let values): addNarrow(values, column.validity, groups, rowCount)
    case .int64(let values): addWide(values, column.validity, groups, rowCount)
    }
  }

  func laneValues(_ arguments: [Operand], rowCount: Int) -> LaneValues? {
    guard case .column(.integer(let column)) = arguments[0], column.validity == nil else { return nil }
    return switch column.storage {
    case .int8(let values): .int8(values, column.range)
    case .int16(let values): .int16(values, column.range)
    case .int32(let values): .int32(values, column.range)
    case .int64: nil
    }
  }

  func update(_ column: Column, weights: Buffer<Int64>, groups: Buffer<UInt32>) {
    guard case .integer(let column) = column else { preconditionFailure("whole numbers are added up") }
    missing.add(column.validity, weights: weights, groups, slotCount: narrow.count)
    let values = column.values
    for row in 0..<groups.count where column.validity?[row] ?? true {
      narrow[Int(groups[row])] &+= values[row] &* weights[row]
    }
  }

  func addLane(_ sums: [Int64]) {
    if narrow.isEmpty, wide.isEmpty {
      narrow = sums
      return
    }
    grow(to: sums.count)
    var here = take(&narrow)
    for slot in sums.indices { here[slot] &+= sums[slot] }
    narrow = here
  }

  @inline(__always)
  private func addNarrow<T: FixedWidthInteger>(
    _ values: Buffer<T>, _ validity: Bitmap?, _ groups: Buffer<UInt32>, _ rowCount: Int
  ) {
    let values = values.span
    if narrow.count == 1 {
      var sum: Int64 = 0
      _ = forEachValidRow(validity, count: rowCount) { sum &+= Int64(truncatingIfNeeded: values[$0]) }
      narrow[0] &+= sum
      return
    }
    let groups = groups.span
    forEachRow(validity, count: rowCount, updating: &narrow) { sums, row, bit in
      sums[Int(groups[row])] &+= Int64(truncatingIfNeeded: values[row]) & (0 &- Int64(bitPattern: bit))
    }
  }

  private func addWide(_ values: Buffer<Int64>, _ validity: Bitmap?, _ groups: Buffer<UInt32>, _ rowCount: Int) {
    wide.grow(to: narrow.count, with: 0)
    let values = values.span
    if wide.count == 1 {
      var sum: Int128 = 0
      _ = forEachValidRow(validity, count: rowCount) { sum &+= Int128(values[$0]) }
      wide[0] &+= sum
      return
    }
    let groups = groups.span
    _ = forEachValidRow(validity, count: rowCount, updating: &wide) { sums, row in
      sums[Int(groups[row])] &+= Int128(values[row])
    }
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) throws(KernelError) {
    guard let other = other as? IntegerSumAccumulator else { preconditionFailure("accumulators of two kinds") }
    combine(other.narrow, into: &narrow, at: groups) { $0 &+= $1 }
    if !other.wide.isEmpty {
      wide.grow(to: narrow.count, with: 0)
      combine(other.wide, into: &wide, at: groups) { $0 &+= $1 }
    }
    missing.merge(other.missing, groups: groups, slotCount: narrow.count)
  }

  /// - Throws: `.overflow(row:)` with the group whose sum leaves 64 bits.
  func finish(rowCounts: [Int64], workers: Workers) throws(KernelError) -> Column {
    // What the object holds is looked at through checks, once here instead of for each slot.
    let (narrow, wide, missing) = (narrow, wide, missing)
    switch result {
    case .mean:
      return .reals(count: narrow.count) { slot in
        let count = rowCounts[slot] - missing[slot]
        if count == 0 { return nil }
        let total = wide.isEmpty ? Double(narrow[slot]) : Double(wide[slot] + Int128(narrow[slot]))
        return total / Double(count)
      }
    case .sum:
      for slot in wide.indices where Int64(exactly: wide[slot] + Int128(narrow[slot])) == nil {
        throw .overflow(row: slot)
      }
      return .integers(count: narrow.count) { slot in
        if rowCounts[slot] == missing[slot] { return nil }
        return wide.isEmpty ? narrow[slot] : narrow[slot] &+ Int64(truncatingIfNeeded: wide[slot])
      }
    }
  }
}

/// `sum` and `mean` of reals.
final class RealSumAccumulator: Accumulator {
  private let result: TotalResult
  private var sums = RealSums()
  private var slotCount = 0
  private var missing = MissingCounts()

  init(_ result: TotalResult) { self.result = result }

  var skippedCount: Int { missing.total }

  func over(_ other: any Accumulator) -> (any Accumulator)? {
    guard let other = other as? RealSumAccumulator else { return nil }
    let accumulator = RealSumAccumulator(result)
    (accumulator.sums, accumulator.slotCount, accumulator.missing) = (other.sums, other.slotCount, other.missing)
    return accumulator
  }

  func grow(to count: Int) {
    slotCount = max(slotCount, count)
    sums.grow(to: slotCount)
  }

  func update(_ arguments: [Operand], groups: Buffer<UInt32>, rowCount: Int) throws(KernelError) {
    let column = arguments[0].realColumn(count: rowCount)
    missing.add(column.validity, groups, rowCount: rowCount, slotCount: slotCount)
    sums.add(column, column.validity, groups, rowCount: rowCount)
  }

  func laneValues(_ arguments: [Operand], rowCount: Int) -> LaneValues? {
    guard case .column(.real(let column)) = arguments[0], column.validity == nil, let decimals = column.decimals,
      sums.reserve(decimals, rowCount: rowCount)
    else { return nil }
    let range = decimals.bounds.low...decimals.bounds.high
    switch column.storage {
    case .double(let values): return .decimals(values, scale: decimals.scale)
    case .whole(.int8(let values)): return .int8(values, range)
    case .whole(.int16(let values)): return .int16(values, range)
    case .whole(.int32(let values)): return .int32(values, range)
    case .whole(.int64(let values)): return .int64(values)
    }
  }

  func update(_ column: Column, weights: Buffer<Int64>, groups: Buffer<UInt32>) {
    guard case .real(let column) = column else { preconditionFailure("reals are added up") }
    missing.add(column.validity, weights: weights, groups, slotCount: slotCount)
    sums.add(column, weights: weights, groups)
  }

  func addLane(_ lane: [Int64]) {
    grow(to: lane.count)
    sums.addScaled(lane)
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) throws(KernelError) {
    guard let other = other as? RealSumAccumulator else { preconditionFailure("accumulators of two kinds") }
    sums.merge(other.sums, groups: groups)
    missing.merge(other.missing, groups: groups, slotCount: slotCount)
  }

  func finish(rowCounts: [Int64], workers: Workers) throws(KernelError) -> Column {
    let (sums, missing) = (sums, missing)
    return .reals(count: slotCount) { slot in
      let count = rowCounts[slot] - missing[slot]
      guard count > 0 else { return nil }
      return result == .sum ? sums.value(slot) : sums.mean(slot, of: count)
    }
  }
}
