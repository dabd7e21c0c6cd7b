import BilanColumnar

/// `min` and `max` of what is stored in integers: whole numbers, dates, periods, durations.
final class IntegerExtremeAccumulator: Accumulator {
  private let isMax: Bool
  private var best: [Int64] = []
  private var hasValue: [Bool] = []
  private(set) var skippedCount = 0

  init(isMax: Bool) { self.isMax = isMax }

  func grow(to count: Int) {
    best.grow(to: count, with: isMax ? .min : .max)
    hasValue.grow(to: count, with: false)
  }

  func update(_ arguments: [Operand], groups: [UInt32], rowCount: Int) throws(KernelError) {
    let column = arguments[0].integerColumn(count: rowCount)
    let values = column.values.span
    var best = take(&self.best)
    var hasValue = take(&self.hasValue)
    if isMax {
      skippedCount += forEachValidRow(column.validity, count: rowCount) { row in
        let slot = Int(groups[row])
        best[slot] = max(best[slot], values[row])
        hasValue[slot] = true
      }
    } else {
      skippedCount += forEachValidRow(column.validity, count: rowCount) { row in
        let slot = Int(groups[row])
        best[slot] = min(best[slot], values[row])
        hasValue[slot] = true
      }
    }
    self.best = best
    self.hasValue = hasValue
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) throws(KernelError) {
    guard let other = other as? IntegerExtremeAccumulator else { preconditionFailure("accumulators of two kinds") }
    var (best, hasValue) = (take(&self.best), take(&self.hasValue))
    defer { (self.best, self.hasValue) = (best, hasValue) }
    for slot in other.best.indices where other.hasValue[slot] {
      let here = Int(groups[slot])
      best[here] = isMax ? max(best[here], other.best[slot]) : min(best[here], other.best[slot])
      hasValue[here] = true
    }
    skippedCount += other.skippedCount
  }

  func finish() throws(KernelError) -> Column { .integers(best.indices.map { hasValue[$0] ? best[$0] : nil }) }
}

/// `min` and `max` of reals.
final class RealExtremeAccumulator: Accumulator {
  private let isMax: Bool
  private var best: [Double] = []
  private(set) var skippedCount = 0

  init(isMax: Bool) { self.isMax = isMax }

  /// No value is infinite, so infinity says that there is none yet.
  func grow(to count: Int) { best.grow(to: count, with: isMax ? -.infinity : .infinity) }

  func update(_ arguments: [Operand], groups: [UInt32], rowCount: Int) throws(KernelError) {
    let column = arguments[0].realColumn(count: rowCount)
    let values = column.values.span
    var best = take(&self.best)
    if isMax {
      skippedCount += forEachValidRow(column.validity, count: rowCount) { row in
        let slot = Int(groups[row])
        if values[row] > best[slot] { best[slot] = values[row] }
      }
    } else {
      skippedCount += forEachValidRow(column.validity, count: rowCount) { row in
        let slot = Int(groups[row])
        if values[row] < best[slot] { best[slot] = values[row] }
      }
    }
    self.best = best
  }

  func merge(_ other: any Accumulator, groups: [UInt32]) throws(KernelError) {
    guard let other = other as? RealExtremeAccumulator else { preconditionFailure("accumulators of two kinds") }
    var best = take(&self.best)
    defer { self.best = best }
    for slot in other.best.indices {
      let here = Int(groups[slot])
      if isMax ? other.best[slot] > best[here] : other.best[slot] < best[here] { best[here] = other.best[slot] }
    }
    skippedCount += other.skippedCount
  }

  /// Zero is given without its sign, which the order of rows would decide.
  func finish() throws(KernelError) -> Column { .reals(best.map { $0 == 0 ? 0 : $0 }) }
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

  func update(_ arguments: [Operand], groups: [UInt32], rowCount: Int) throws(KernelError) {
    let column = arguments[0].texts(count: rowCount)
    let ranks = ranks(of: column.dictionary)
    let codes = column.codes.span
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

  func finish() throws(KernelError) -> Column { .values(best.map { $0.map(Value.text) ?? .missing }, .text) }

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
