import BilanColumnar

/// `first` and `last`: a value that is not missing.
final class EndAccumulator: Accumulator {
  private let type: DataType
  private let isLast: Bool
  private var picks: [Value] = []
  /// The number of the chunk that a slot's pick is from; later chunks replace it where `isLast`.
  private var stamps: [UInt32] = []
  private var chunkNumber: UInt32 = 0
  private(set) var skippedCount = 0

  init(_ type: DataType, isLast: Bool) {
    self.type = type
    self.isLast = isLast
  }

  func grow(to count: Int) {
    picks.grow(to: count, with: .missing)
    stamps.grow(to: count, with: 0)
  }

  func update(_ arguments: [Operand], groups: Buffer<UInt32>, rowCount: Int) throws(KernelError) {
    let column = arguments[0].column(count: rowCount, type: type)
    let validity = column.validity
    let flags = RowFlags(validity)
    let groups = groups.span
    chunkNumber += 1
    var stamps = take(&self.stamps)
    // A slot is filled once: by the first row that comes, or, looking from behind, the last of the chunk.
    if isLast {
      var row = rowCount - 1
      while row >= 0 {
        let slot = Int(groups[row])
        if stamps[slot] != chunkNumber, flags[row] {
          picks[slot] = column.value(row, as: type)
          stamps[slot] = chunkNumber
        }
        row -= 1
      }
    } else {
      for row in 0..<rowCount where stamps[Int(groups[row])] == 0 {
        guard flags[row] else { continue }
        let slot = Int(groups[row])
        picks[slot] = column.value(row, as: type)
        stamps[slot] = chunkNumber
      }
    }
    self.stamps = stamps
    if let validity { skippedCount += rowCount - validity.onesCount }
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) throws(KernelError) {
    guard let other = other as? EndAccumulator else { preconditionFailure("accumulators of two kinds") }
    // Chunks to come have later numbers than what is taken over.
    chunkNumber = max(chunkNumber, 1)
    for slot in other.picks.indices where other.stamps[slot] > 0 {
      let here = Int(groups[slot])
      if isLast || stamps[here] == 0 {
        picks[here] = other.picks[slot]
        stamps[here] = chunkNumber
      }
    }
    skippedCount += other.skippedCount
  }

  func finish(rowCounts: [Int64], workers: Workers) throws(KernelError) -> Column { .values(picks, type) }
}

/// `only`: the one value that all rows share; missing where they differ or where one of them is missing.
final class OnlyAccumulator: Accumulator {
  private let type: DataType
  private var picks: [Value] = []
  private var isMixed: [Bool] = []
  private(set) var skippedCount = 0

  init(_ type: DataType) { self.type = type }

  func grow(to count: Int) {
    picks.grow(to: count, with: .missing)
    isMixed.grow(to: count, with: false)
  }

  func update(_ arguments: [Operand], groups: Buffer<UInt32>, rowCount: Int) throws(KernelError) {
    let column = arguments[0].column(count: rowCount, type: type)
    switch column {
    case .integer(let values):
      let source = values.values
      let rows = source.span
      compare(column, groups, rowCount) { rows[$0] == rows[$1] }
    case .real(let values):
      let doubles = values.doubles
      let rows = doubles.span
      compare(column, groups, rowCount) { rows[$0] == rows[$1] }
    case .text(let values):
      let source = values.codes
      let rows = source.span
      compare(column, groups, rowCount) { rows[$0] == rows[$1] }
    case .boolean(let values):
      let rows = RowFlags(values.values)
      compare(column, groups, rowCount) { rows[$0] == rows[$1] }
    case .ratio(let values): compare(column, groups, rowCount) { values[$0] == values[$1] }
    }
  }

  /// Compares each row with the first of its group in the chunk, then those first rows with the picks so far.
  @inline(__always)
  private func compare(_ column: Column, _ groups: Buffer<UInt32>, _ rowCount: Int, _ areEqual: (Int, Int) -> Bool) {
    var firstRows = [Int32](repeating: -1, count: picks.count)
    var isMixed = take(&self.isMixed)
    let flags = RowFlags(column.validity)
    let groups = groups.span
    for row in 0..<rowCount {
      let slot = Int(groups[row])
      if !flags[row] {
        isMixed[slot] = true
      } else if firstRows[slot] < 0 {
        firstRows[slot] = Int32(row)
      } else if !areEqual(Int(firstRows[slot]), row) {
        isMixed[slot] = true
      }
    }
    self.isMixed = isMixed
    for (slot, row) in firstRows.enumerated() where row >= 0 && !isMixed[slot] {
      offer(column.value(Int(row), as: type), to: slot)
    }
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) throws(KernelError) {
    guard let other = other as? OnlyAccumulator else { preconditionFailure("accumulators of two kinds") }
    for slot in other.picks.indices {
      let here = Int(groups[slot])
      if other.isMixed[slot] {
        isMixed[here] = true
      } else if other.picks[slot] != .missing {
        offer(other.picks[slot], to: here)
      }
    }
  }

  func finish(rowCounts: [Int64], workers: Workers) throws(KernelError) -> Column {
    .values(picks.indices.map { isMixed[$0] ? .missing : picks[$0] }, type)
  }

  private func offer(_ value: Value, to slot: Int) {
    if picks[slot] == .missing {
      picks[slot] = value
    } else if picks[slot] != value {
      isMixed[slot] = true
    }
  }
}
