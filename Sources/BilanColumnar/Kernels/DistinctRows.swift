/// The distinct combinations of values in some columns, so that costly work is done once for each and not per row.
package struct DistinctRows: Sendable {
  /// For each row the number of its combination, in order of first appearance.
  private let ids: [UInt32]
  /// For each combination the first row that has it.
  package let representatives: [Int]

  package init(_ columns: [Column], count: Int) {
    var ids = [UInt32](repeating: 0, count: count)
    var isFirst = true
    for column in columns {
      let next = Self.ids(of: column)
      ids = isFirst ? next : Self.combine(ids, next)
      isFirst = false
    }
    var representatives: [Int] = []
    for row in 0..<count where Int(ids[row]) == representatives.count { representatives.append(row) }
    self.ids = ids
    self.representatives = representatives
  }

  /// A column with a value for each combination, made a column with a value for each row.
  package func spread(_ column: Column) -> Column {
    let validity = column.validity.map { valid in Bitmap(count: ids.count) { valid[Int(ids[$0])] } }
    switch column {
    case .integer(let column): return .integer(IntegerColumn(spread(column.values), validity: validity))
    case .real(let column): return .real(PrimitiveColumn(spread(column.doubles), validity: validity))
    case .text(let column):
      return .text(TextColumn(spread(column.codes), column.dictionary, validity: validity))
    case .boolean(let column):
      let values = column.values
      return .boolean(BooleanColumn(Bitmap(count: ids.count) { values[Int(ids[$0])] }, validity: validity))
    case .ratio(let column):
      return .ratio(
        RatioColumn(
          numerators: spread(column.numerators), denominators: spread(column.denominators),
          reported: spread(column.reported), expected: spread(column.expected)))
    }
  }

  @inline(__always)
  private func spread<T>(_ values: Buffer<T>) -> Buffer<T> {
    let source = values.span
    return Buffer(count: ids.count) { output in
      for id in ids { output.append(source[Int(id)]) }
    }
  }

  /// Numbers the distinct values of a column in order of first appearance; missing is one of them.
  private static func ids(of column: Column) -> [UInt32] {
    let validity = column.validity
    switch column {
    case .text(let column):
      let codes = column.codes.span
      // One more than the number of each code; 0: not met yet.
      var numbers = [UInt32](repeating: 0, count: column.dictionary.count)
      return number(count: codes.count, validity: validity) { row, next in
        let code = Int(codes[row])
        if numbers[code] == 0 { numbers[code] = next + 1 }
        return numbers[code] - 1
      }
    case .integer(let column):
      let values = column.values.span
      var numbers: [Int64: UInt32] = [:]
      return number(count: values.count, validity: validity) { row, next in
        assign(values[row], next, in: &numbers)
      }
    case .real(let column):
      if let wholes = column.wholes { return ids(of: .integer(wholes)) }
      let doubles = column.doubles
      let values = doubles.span
      var numbers: [UInt64: UInt32] = [:]
      return number(count: values.count, validity: validity) { row, next in
        assign(values[row].bitPattern, next, in: &numbers)
      }
    case .boolean(let column):
      let values = column.values
      var numbers: [Bool: UInt32] = [:]
      return number(count: values.count, validity: validity) { row, next in
        assign(values[row], next, in: &numbers)
      }
    case .ratio(let column):
      var numbers: [RatioValue: UInt32] = [:]
      return number(count: column.numerators.count, validity: nil) { row, next in
        assign(column[row], next, in: &numbers)
      }
    }
  }

  @inline(__always)
  private static func assign<K: Hashable>(_ key: K, _ next: UInt32, in numbers: inout [K: UInt32]) -> UInt32 {
    if let known = numbers[key] { return known }
    numbers[key] = next
    return next
  }

  @inline(__always)
  private static func number(
    count: Int, validity: Bitmap?, _ assign: (_ row: Int, _ next: UInt32) -> UInt32
  ) -> [UInt32] {
    var result: [UInt32] = []
    result.reserveCapacity(count)
    var next: UInt32 = 0
    var missing: UInt32?
    for row in 0..<count {
      let id: UInt32
      if validity?[row] ?? true {
        id = assign(row, next)
      } else {
        id = missing ?? next
        missing = id
      }
      if id == next { next += 1 }
      result.append(id)
    }
    return result
  }

  private static func combine(_ lhs: [UInt32], _ rhs: [UInt32]) -> [UInt32] {
    var numbers: [UInt64: UInt32] = [:]
    var result: [UInt32] = []
    result.reserveCapacity(lhs.count)
    for row in lhs.indices {
      let pair = UInt64(lhs[row]) << 32 | UInt64(rhs[row])
      result.append(assign(pair, UInt32(numbers.count), in: &numbers))
    }
    return result
  }
}
