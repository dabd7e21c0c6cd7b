import BilanColumnar

/// An operand as the kernels want it. The resolver has converted types; what is left to do here is to unwrap.
extension Operand {
  /// Whole numbers, or what is stored as such: dates, periods, durations.
  var integers: Input<Int64> {
    switch self {
    case .column(.integer(let column)): .column(column.wide)
    case .column: .missing
    case .constant(let value): value.storedInteger.map { .constant($0) } ?? .missing
    }
  }

  /// Numbers in double precision; whole numbers and ratios are taken by their value.
  var reals: Input<Double> {
    switch self {
    case .column(.real(let column)): return .column(column.wide)
    case .column(.integer(let column)):
      return .column(RealKernels.fromIntegers(column))
    case .column(.ratio(let column)): return .column(RealKernels.fromRatios(column))
    case .column: return .missing
    case .constant(let value): return value.number.map { .constant($0) } ?? .missing
    }
  }

  func texts(count: Int) -> TextColumn {
    if case .text(let texts) = column(count: count, type: .text) { return texts }
    return TextColumn(Buffer(repeating: 0, count: count), .empty, validity: Bitmap(repeating: false, count: count))
  }

  func booleans(count: Int) -> BooleanColumn {
    if case .boolean(let booleans) = column(count: count, type: .boolean) { return booleans }
    let none = Bitmap(repeating: false, count: count)
    return BooleanColumn(none, validity: none)
  }

  func ratios(count: Int) -> RatioColumn? {
    if case .ratio(let ratios) = column(count: count, type: .ratio) { return ratios }
    return nil
  }

  /// As a column of exactly `type`, whatever kind of number it is.
  func typed(_ type: DataType, count: Int) -> Column {
    // A column of that kind stays in the width it is kept in.
    if case .column(let column) = self, column.kind == type.columnKind { return column }
    if type == .real, case .column(.integer(let column)) = self, let decimals = RealKernels.decimals(column) {
      return .real(decimals)
    }
    return switch type {
    case .real: Self.column(reals, count: count)
    case .text, .list: .text(texts(count: count))
    case .boolean: .boolean(booleans(count: count))
    case .ratio: column(count: count, type: .ratio)
    default: Self.column(integers, count: count)
    }
  }

  private static func column(_ input: Input<Double>, count: Int) -> Column {
    switch input {
    case .column(let column): .real(column)
    case .constant(let value): .real(PrimitiveColumn(Buffer(repeating: value, count: count)))
    case .missing: .real(.missing(count: count))
    }
  }

  private static func column(_ input: Input<Int64>, count: Int) -> Column {
    switch input {
    case .column(let column): .integer(column)
    case .constant(let value): .integer(IntegerColumn(Buffer(repeating: value, count: count)))
    case .missing: .integer(.missing(count: count))
    }
  }
}

extension Value {
  /// What a column of its type stores.
  package var storedInteger: Int64? {
    switch self {
    case .integer(let value): value
    case .date(let date): Int64(date.days)
    case .period(let period): Int64(period.encoded)
    case .duration(let value, _): value
    default: nil
    }
  }

  /// The number, if it is one.
  package var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .real(let value): value
    case .ratio(let ratio): ratio.value
    default: nil
    }
  }

  var string: String? { if case .text(let text) = self { text } else { nil } }
}

/// Works a function out once for each distinct combination of its arguments: for whatever is costly beside a look-up,
/// such as anything that makes a `String`.
///
/// Missing where an argument is.
func mapDistinct(
  _ arguments: [Operand], _ types: [DataType], _ context: KernelContext, _ result: DataType,
  _ function: ([Value]) throws(KernelError) -> Value
) throws(KernelError) -> Column {
  var columns: [Column] = []
  for argument in arguments { if case .column(let column) = argument { columns.append(column) } }
  guard !columns.isEmpty else {
    let values = arguments.map { $0.constant ?? .missing }
    let value: Value = values.contains(.missing) ? .missing : try function(values)
    return ColumnBuilder.constant(value, type: result, count: context.rowCount)
  }
  let distinct = DistinctRows(columns, count: context.rowCount)
  var builder = ColumnBuilder(result)
  var values = [Value](repeating: .missing, count: arguments.count)
  for row in distinct.representatives {
    for (index, argument) in arguments.enumerated() {
      switch argument {
      case .constant(let value): values[index] = value
      case .column(let column): values[index] = column.value(row, as: types[index])
      }
    }
    builder.append(values.contains(.missing) ? .missing : try function(values))
  }
  return distinct.spread(builder.finish())
}
