/// Builds a column cell by cell from boxed values: for literals, tests and small tables, not for hot loops.
package struct ColumnBuilder {
  package let type: DataType
  private var integers: [Int64] = []
  private var reals: [Double] = []
  private var booleans: [Bool] = []
  private var codes: [UInt32] = []
  private var dictionary = TextDictionaryBuilder()
  private var ratios: [RatioValue] = []
  private var valid: [Bool] = []

  package init(_ type: DataType) { self.type = type }

  /// Appends a value of the builder's type; an integer is taken as a real where reals are built.
  package mutating func append(_ value: Value) {
    valid.append(!value.isMissing)
    switch type {
    case .integer, .date, .period, .duration, .missing:
      switch value {
      case .integer(let raw): integers.append(raw)
      case .date(let date): integers.append(Int64(date.days))
      case .period(let period): integers.append(Int64(period.encoded))
      case .duration(let raw, _): integers.append(raw)
      default: integers.append(0)
      }
    case .real:
      switch value {
      case .real(let raw): reals.append(raw)
      case .integer(let raw): reals.append(Double(raw))
      case .ratio(let ratio):
        reals.append(ratio.value ?? 0)
        valid[valid.count - 1] = ratio.value != nil
      default: reals.append(0)
      }
    case .text, .list:
      if case .text(let raw) = value { codes.append(dictionary.code(for: raw)) } else { codes.append(0) }
    case .boolean:
      if case .boolean(let raw) = value { booleans.append(raw) } else { booleans.append(false) }
    case .ratio:
      if case .ratio(let raw) = value {
        ratios.append(raw)
      } else {
        ratios.append(RatioValue(numerator: 0, denominator: 0, reported: 0, expected: 0))
      }
    }
  }

  package consuming func finish() -> Column {
    let flags = valid
    let validity = flags.allSatisfy { $0 } ? nil : Bitmap(count: flags.count) { flags[$0] }
    switch type {
    case .integer, .date, .period, .duration, .missing:
      return .integer(IntegerColumn(integers, validity: validity))
    case .real: return .real(PrimitiveColumn(reals, validity: validity))
    case .text, .list: return .text(TextColumn(Buffer(codes), dictionary.finish(), validity: validity))
    case .boolean:
      let values = booleans
      return .boolean(BooleanColumn(Bitmap(count: values.count) { values[$0] }, validity: validity))
    case .ratio:
      return .ratio(
        RatioColumn(
          numerators: Buffer(ratios.map(\.numerator)), denominators: Buffer(ratios.map(\.denominator)),
          reported: Buffer(ratios.map { Int64($0.reported) }), expected: Buffer(ratios.map { Int64($0.expected) })))
    }
  }

  /// A column of `count` copies of one value.
  package static func constant(_ value: Value, type: DataType, count: Int) -> Column {
    var builder = ColumnBuilder(type)
    switch (type, value) {
    case (.text, .text(let text)), (.list, .text(let text)):
      let dictionary = TextDictionary([text])
      return .text(TextColumn(Buffer(repeating: 0, count: count), dictionary))
    case (.real, .real(let raw)): return .real(PrimitiveColumn(Buffer(repeating: raw, count: count)))
    case (.integer, .integer(let raw)): return .integer(IntegerColumn(Buffer(repeating: raw, count: count)))
    case (.boolean, .boolean(let raw)): return .boolean(BooleanColumn(Bitmap(repeating: raw, count: count)))
    default:
      for _ in 0..<count { builder.append(value) }
      return builder.finish()
    }
  }
}
