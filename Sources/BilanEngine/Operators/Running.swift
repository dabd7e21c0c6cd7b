import BilanColumnar
import BilanDiagnostics
import BilanFunctions

/// An aggregate over the rows so far, row by row.
///
/// The naive way aggregates each row's prefix anew: quadratic. Sums, counts, least and greatest values of plain numbers
/// have loops of their own; any other aggregate feeds one accumulator a partition row by row and asks it for its value
/// each time, which is linear wherever asking is cheap.
enum Running {
  /// - Parameters:
  ///   - chunk: the rows partition by partition, each in its order.
  ///   - offsets: where each partition begins, and the end.
  /// - Returns: a value for each row, and how many missing values were left out.
  static func values(
    _ aggregate: PhysicalAggregate, _ chunk: Chunk, offsets: [Int32], _ evaluator: ExpressionEvaluator,
    _ tally: inout Tally
  ) throws(QueryError) -> (column: Column, skippedCount: Int) {
    if aggregate.nested == nil, aggregate.arguments.count == 1 {
      let argument = aggregate.arguments[0]
      let column = try evaluator.column(argument, as: argument.type, chunk, &tally)
      var passing: Bitmap?
      if let filter = aggregate.filter { passing = try evaluator.condition(filter, chunk, &tally) }
      if let values = try simple(aggregate, column, passing, offsets) {
        let valid = column.validity ?? Bitmap(repeating: true, count: chunk.count)
        let skipped = valid.inverted
        return (values, (passing.map { skipped.and($0) } ?? skipped).onesCount)
      }
    }
    return try stepwise(aggregate, chunk, offsets, evaluator, &tally)
  }

  // MARK: Loops of their own

  private static func simple(
    _ aggregate: PhysicalAggregate, _ column: Column, _ passing: Bitmap?, _ offsets: [Int32]
  ) throws(QueryError) -> Column? {
    switch (aggregate.name, column) {
    case ("sum", .integer(let column)) where aggregate.type.columnKind == .integer:
      return try sums(column.wide, passing, offsets, aggregate)
    case ("min", .integer(let column)) where aggregate.type.columnKind == .integer:
      return .integer(extremes(column.wide, passing, offsets, isBetter: <))
    case ("max", .integer(let column)) where aggregate.type.columnKind == .integer:
      return .integer(extremes(column.wide, passing, offsets, isBetter: >))
    case ("min", .real(let column)) where aggregate.type == .real:
      return .real(extremes(column.wide, passing, offsets, isBetter: <))
    case ("max", .real(let column)) where aggregate.type == .real:
      return .real(extremes(column.wide, passing, offsets, isBetter: >))
    default: return nil
    }
  }

  private static func sums(
    _ column: PrimitiveColumn<Int64>, _ passing: Bitmap?, _ offsets: [Int32], _ aggregate: PhysicalAggregate
  ) throws(QueryError) -> Column {
    let source = column.values.span
    let taken = taken(column.validity, passing)
    var values = [Int64](repeating: 0, count: source.count)
    var isValid = Bitmap(repeating: true, count: source.count)
    for group in 0..<offsets.count - 1 {
      var sum: Int64 = 0
      var hasValue = false
      for row in Int(offsets[group])..<Int(offsets[group + 1]) {
        if taken?[row] ?? true {
          let (next, overflows) = sum.addingReportingOverflow(source[row])
          if overflows {
            throw QueryError(
              KernelError.overflow(row: row).diagnostic(text: aggregate.text, at: aggregate.span))
          }
          sum = next
          hasValue = true
        }
        values[row] = sum
        if !hasValue { isValid[row] = false }
      }
    }
    return .integer(IntegerColumn(values, validity: isValid.allOnes ? nil : isValid))
  }

  private static func extremes<Element: Comparable & BitwiseCopyable & Sendable>(
    _ column: PrimitiveColumn<Element>, _ passing: Bitmap?, _ offsets: [Int32],
    isBetter: (Element, Element) -> Bool
  ) -> PrimitiveColumn<Element> {
    let source = column.values.span
    let taken = taken(column.validity, passing)
    var values: [Element] = []
    values.reserveCapacity(source.count)
    var isValid = Bitmap(repeating: true, count: source.count)
    for group in 0..<offsets.count - 1 {
      var best: Element?
      for row in Int(offsets[group])..<Int(offsets[group + 1]) {
        if taken?[row] ?? true {
          if let known = best { if isBetter(source[row], known) { best = source[row] } } else { best = source[row] }
        }
        values.append(best ?? source[row])
        if best == nil { isValid[row] = false }
      }
    }
    return PrimitiveColumn(values, validity: isValid.allOnes ? nil : isValid)
  }

  private static func taken(_ validity: Bitmap?, _ passing: Bitmap?) -> Bitmap? {
    guard let validity, let passing else { return validity ?? passing }
    return validity.and(passing)
  }

  // MARK: Any aggregate

  private static func stepwise(
    _ aggregate: PhysicalAggregate, _ chunk: Chunk, _ offsets: [Int32], _ evaluator: ExpressionEvaluator,
    _ tally: inout Tally
  ) throws(QueryError) -> (column: Column, skippedCount: Int) {
    var parts: [Column] = []
    parts.reserveCapacity(chunk.count)
    var skippedCount = 0
    for group in 0..<offsets.count - 1 {
      let accumulator = aggregate.makeAccumulator()
      accumulator.grow(to: 1)
      let range = Int(offsets[group])..<Int(offsets[group + 1])
      if aggregate.nested != nil {
        // An inner group may change with every row, so each prefix is aggregated anew.
        for row in range {
          let prefix = chunk.slice(range.lowerBound..<row + 1)
          let state = AggregateState([aggregate])
          try state.update(
            prefix, inputs: [nil], groups: Buffer(repeating: 0, count: prefix.count), groupCount: 1, evaluator,
            &tally)
          parts += try state.finish(groupCount: 1, evaluator, .one, &tally)
        }
        continue
      }
      let rows = chunk.slice(range)
      var passing: Bitmap?
      if let filter = aggregate.filter { passing = try evaluator.condition(filter, rows, &tally) }
      var operands: [Operand] = []
      for argument in aggregate.arguments { operands.append(try evaluator.evaluate(argument, rows, &tally)) }
      let first = Buffer<UInt32>(repeating: 0, count: 1)
      var takenCount: Int64 = 0
      do throws(KernelError) {
        for row in 0..<range.count {
          if passing?[row] ?? true {
            takenCount += 1
            let one = operands.map { operand in
              if case .column(let column) = operand { Operand.column(column.slice(row..<row + 1)) } else { operand }
            }
            try accumulator.update(one, groups: first, rowCount: 1)
          }
          parts.append(try accumulator.finish(rowCounts: [takenCount], workers: .one))
        }
      } catch {
        throw QueryError(error.diagnostic(text: aggregate.text, at: aggregate.span))
      }
      skippedCount += accumulator.skippedCount
    }
    return (Column.concatenate(parts, kind: aggregate.type.columnKind), skippedCount)
  }
}
