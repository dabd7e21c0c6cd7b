import BilanColumnar

/// `min` and `max` of what is stored in integers: whole numbers, dates, periods, durations.
final class IntegerExtremeAccumulator: Accumulator {
  private let isMax: Bool
  private var best: [Int64] = []
  private var missing = MissingCounts()

  init(isMax: Bool) { self.isMax = isMax }

  var skippedCount: Int { missing.total }

  func grow(to count: Int) { best.grow(to: count, with: isMax ? .min : .max) }

  func update(_ arguments: [Operand], groups: Buffer<UInt32>, rowCount: Int) throws(KernelError) {
    let column: IntegerColumn
    if case .column(.integer(let integers)) = arguments[0] {
      column = integers
    } else {
      column = IntegerColumn(arguments[0].integerColumn(count: rowCount))
    }
    missing.add(column.validity, groups, rowCount: rowCount, slotCount: best.count)
    switch column.storage {
    case .int8(let values): take(values, column.validity, groups, rowCount)
    case .int16(let values): take(values, column.validity, groups, rowCount)
    case .int32(let values): take(values, column.validity, groups, rowCount)
    case .int64(let values): take(values, column.validity, groups, rowCount)
    }
  }

  @inline(__always)
  private func take<T: FixedWidthInteger>(
    _ values: Buffer<T>, _ validity: Bitmap?, _ groups: Buffer<UInt32>, _ rowCount: Int
  ) {
    let (values, groups) = (values.span, groups.span)
    if isMax {
      _ = forEachValidRow(validity, count: rowCount, updating: &best) { best, row in
        let slot = Int(groups[row])
        best[slot] = max(best[slot], Int64(truncatingIfNeeded: values[row]))
      }
    } else {
      _ = forEachValidRow(validity, count: rowCount, updating: &best) { best, row in
        let slot = Int(groups[row])
        best[slot] = min(best[slot], Int64(truncatingIfNeeded: values[row]))
      }
    }
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) throws(KernelError) {
    guard let other = other as? IntegerExtremeAccumulator else { preconditionFailure("accumulators of two kinds") }
    // A slot that nothing has reached holds the worst of all values.
    if isMax {
      combine(other.best, into: &best, at: groups) { $0 = max($0, $1) }
    } else {
      combine(other.best, into: &best, at: groups) { $0 = min($0, $1) }
    }
    missing.merge(other.missing, groups: groups, slotCount: best.count)
  }

  func finish(rowCounts: [Int64], workers: Workers) throws(KernelError) -> Column {
    .integers(count: best.count) { rowCounts[$0] == missing[$0] ? nil : best[$0] }
  }
}

/// `min` and `max` of reals.
final class RealExtremeAccumulator: Accumulator {
  private let isMax: Bool
  private var best: [Double] = []
  private(set) var skippedCount = 0

  init(isMax: Bool) { self.isMax = isMax }

  /// No value is infinite, so infinity says that there is none yet.
  func grow(to count: Int) { best.grow(to: count, with: isMax ? -.infinity : .infinity) }

  func update(_ arguments: [Operand], groups: Buffer<UInt32>, rowCount: Int) throws(KernelError) {
    let column = arguments[0].realColumn(count: rowCount)
    let doubles = column.doubles
    let (values, groups) = (doubles.span, groups.span)
    if isMax {
      skippedCount += forEachValidRow(column.validity, count: rowCount, updating: &best) { best, row in
        let slot = Int(groups[row])
        best[slot] = values[row] > best[slot] ? values[row] : best[slot]
      }
    } else {
      skippedCount += forEachValidRow(column.validity, count: rowCount, updating: &best) { best, row in
        let slot = Int(groups[row])
        best[slot] = values[row] < best[slot] ? values[row] : best[slot]
      }
    }
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) throws(KernelError) {
    guard let other = other as? RealExtremeAccumulator else { preconditionFailure("accumulators of two kinds") }
    if isMax {
      combine(other.best, into: &best, at: groups) { $0 = $1 > $0 ? $1 : $0 }
    } else {
      combine(other.best, into: &best, at: groups) { $0 = $1 < $0 ? $1 : $0 }
    }
    skippedCount += other.skippedCount
  }

  /// Zero is given without its sign, which the order of rows would decide.
  func finish(rowCounts: [Int64], workers: Workers) throws(KernelError) -> Column {
    .reals(count: best.count) { best[$0] == 0 ? 0 : best[$0] }
  }
}

/// `min` and `max` of texts, in the order of `sort`.
///
/// Within a chunk texts are compared by the ranks of its dictionary; once a chunk the winner of each group meets the
/// one so far.
final class TextExtremeAccumulator: Accumulator {
  private let isMax: Bool
  private var best: [String?] = []
  private var ranked: (dictionary: TextDictionary, ranks: [Int32])?
  private(set) var skippedCount = 0

  init(isMax: Bool) { self.isMax = isMax }

  func grow(to count: Int) { best.grow(to: count, with: nil) }

  func update(_ arguments: [Operand], groups: Buffer<UInt32>, rowCount: Int) throws(KernelError) {
    let column = arguments[0].texts(count: rowCount)
    let ranks = ranks(of: column.dictionary)
    let source = column.codes
    let (codes, groups) = (source.span, groups.span)
    var winners = [Int32](repeating: -1, count: best.count)
    let sign: Int32 = isMax ? 1 : -1
    skippedCount += forEachValidRow(column.validity, count: rowCount) { row in
      let slot = Int(groups[row])
      let code = Int32(codes[row])
      if winners[slot] < 0 || (ranks[Int(code)] - ranks[Int(winners[slot])]) * sign > 0 { winners[slot] = code }
    }
    for (slot, code) in winners.enumerated() where code >= 0 { offer(column.dictionary[Int(code)], to: slot) }
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) throws(KernelError) {
    guard let other = other as? TextExtremeAccumulator else { preconditionFailure("accumulators of two kinds") }
    for (slot, text) in other.best.enumerated() { if let text { offer(text, to: Int(groups[slot])) } }
    skippedCount += other.skippedCount
  }

  func finish(rowCounts: [Int64], workers: Workers) throws(KernelError) -> Column {
    .values(best.map { $0.map(Value.text) ?? .missing }, .text)
  }

  private func offer(_ text: String, to slot: Int) {
    guard let current = best[slot] else {
      best[slot] = text
      return
    }
    if current == text { return }
    let (old, new) = (CollationKey(current), CollationKey(text))
    if isMax ? old < new : new < old { best[slot] = text }
  }

  /// Chunks of one table often share their dictionary: it is ranked once.
  private func ranks(of dictionary: TextDictionary) -> [Int32] {
    if let ranked, ranked.dictionary === dictionary { return ranked.ranks }
    let ranks = dictionary.ranks()
    ranked = (dictionary, ranks)
    return ranks
  }
}
