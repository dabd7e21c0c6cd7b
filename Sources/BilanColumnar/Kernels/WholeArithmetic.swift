/// Decimals, a value a row or one for all, as the whole numbers that they are.
///
/// Sums, differences and products of them are worked out in whole numbers, in 32 bits where they fit: what is then added up
/// needs no doubles, which are twice as wide and would be turned back (`RealSums`). They are the whole numbers that would be
/// found again in doubles; where these could not be told (`Decimals`), there is no answer.
package struct WholeTerm: Sendable {
  private enum Values: Sendable {
    case column(IntegerColumn)
    case constant(Int64)
  }

  private let values: Values
  package let decimals: Decimals

  private init(_ values: Values, _ decimals: Decimals) {
    self.values = values
    self.decimals = decimals
  }

  /// Nil for a number that has many digits.
  package init?(_ constant: Double) {
    guard let decimals = Decimals(constant) else { return nil }
    self.init(.constant(Int64((constant * decimals.scale).rounded())), decimals)
  }

  /// Nil for what is not kept as whole numbers.
  package init?(_ column: Column) {
    switch column {
    case .real(let column):
      guard let wholes = column.wholes, let decimals = column.decimals else { return nil }
      self.init(.column(wholes), decimals)
    case .integer(let column):
      guard let decimals = Decimals(column), decimals.greatest <= Self.limit else { return nil }
      self.init(.column(column), decimals)
    case .text, .boolean, .ratio: return nil
    }
  }

  /// Sums of as many rows as go through an operator at once stay in 64 bits.
  package static let limit: Int64 = 1 << 44

  /// The results as a column of decimals, computed ones.
  package var column: RealColumn? {
    guard case .column(let column) = values else { return nil }
    return RealColumn(wholes: column.storage, validity: column.validity, decimals: decimals)
  }

  /// Nil where doubles would not tell the whole numbers, or neither side is a column.
  package static func combine(
    _ lhs: WholeTerm, _ operation: IntegerKernels.NarrowOperation, _ rhs: WholeTerm
  ) -> WholeTerm? {
    let found =
      operation == .multiply
      ? Decimals.product(lhs.decimals, rhs.decimals) : Decimals.sum(lhs.decimals, rhs.decimals)
    guard let decimals = found, decimals.greatest <= limit else { return nil }
    // Where both sides are columns, the loop that adds them up multiplies as well.
    let isPair = if case (.column, .column) = (lhs.values, rhs.values) { true } else { false }
    let (left, right) =
      operation == .multiply || isPair ? (lhs, rhs) : (lhs.with(decimals.digits), rhs.with(decimals.digits))
    let factors = (lhs.factor(to: decimals.digits), rhs.factor(to: decimals.digits))
    // What stands beside zeros alone may be wider than the results: it is cut, and makes no difference.
    let isNarrow = decimals.greatest <= Int32.max
    let storage: IntegerColumn.Storage
    let validity: Bitmap?
    switch (left.values, right.values) {
    case (.constant, .constant): return nil
    case (.column(let column), .constant(let value)):
      validity = column.validity
      if isNarrow, let narrow = column.inThirtyTwoBits {
        storage = .int32(calculate(narrow, operation, Int32(truncatingIfNeeded: value)))
      } else if operation == .multiply {
        storage = .int64(product(column, value))
      } else {
        storage = .int64(calculate(column.values, operation, value))
      }
    case (.constant(let value), .column(let column)):
      validity = column.validity
      if isNarrow, let narrow = column.inThirtyTwoBits {
        storage = .int32(calculate(Int32(truncatingIfNeeded: value), operation, narrow))
      } else if operation == .multiply {
        storage = .int64(product(column, value))
      } else {
        storage = .int64(calculate(value, operation, column.values))
      }
    case (.column(let left), .column(let right)):
      validity = Bitmap.both(left.validity, right.validity)
      if operation == .multiply, !isNarrow {
        storage = .int64(product(left, right))
      } else if let first = left.inThirtyTwoBits, let second = right.inThirtyTwoBits {
        if isNarrow {
          storage = .int32(
            calculate(
              first, Int32(truncatingIfNeeded: factors.0), operation, second, Int32(truncatingIfNeeded: factors.1)))
        } else {
          storage = .int64(calculate(first.widened(), factors.0, operation, second.widened(), factors.1))
        }
      } else {
        storage = .int64(calculate(left.values, factors.0, operation, right.values, factors.1))
      }
    }
    return WholeTerm(.column(IntegerColumn(storage, validity: validity, bounds: decimals.bounds)), decimals)
  }

  /// What makes the whole numbers those of more digits.
  private func factor(to digits: Int) -> Int64 {
    Int64(Decimals(digits: Swift.max(0, digits - decimals.digits), greatest: 0).scale)
  }

  /// The same numbers with more digits.
  private func with(_ digits: Int) -> WholeTerm {
    guard digits > decimals.digits else { return self }
    let factor = factor(to: digits)
    let more = Decimals(digits: digits, greatest: decimals.greatest &* factor)
    switch values {
    case .constant(let value): return WholeTerm(.constant(value &* factor), more)
    case .column(let column):
      let storage: IntegerColumn.Storage
      if more.greatest <= Int32.max, let narrow = column.inThirtyTwoBits {
        storage = .int32(Self.calculate(narrow, .multiply, Int32(truncatingIfNeeded: factor)))
      } else {
        storage = .int64(Self.product(column, factor))
      }
      return WholeTerm(.column(IntegerColumn(storage, validity: column.validity, bounds: more.bounds)), more)
    }
  }

  // MARK: Loops
  //
  // One for each shape, since a closure that goes into another one is called for each row, and functions of their own: where
  // all are part of one, the compiler gives up and calls a closure as well.

  /// Sums and differences of multiples, of which one is by 1; products have no factors.
  private static func calculate<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ lhs: Buffer<T>, _ first: T, _ operation: IntegerKernels.NarrowOperation, _ rhs: Buffer<T>, _ second: T
  ) -> Buffer<T> {
    let (left, right) = (lhs.span, rhs.span)
    switch operation {
    case .multiply: return Buffer(count: left.count) { left[$0] &* right[$0] }
    case .add where second != 1: return Buffer(count: left.count) { left[$0] &+ right[$0] &* second }
    case .add where first != 1: return Buffer(count: left.count) { left[$0] &* first &+ right[$0] }
    case .add: return Buffer(count: left.count) { left[$0] &+ right[$0] }
    case .subtract where second != 1: return Buffer(count: left.count) { left[$0] &- right[$0] &* second }
    case .subtract where first != 1: return Buffer(count: left.count) { left[$0] &* first &- right[$0] }
    case .subtract: return Buffer(count: left.count) { left[$0] &- right[$0] }
    }
  }

  private static func calculate<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ lhs: Buffer<T>, _ operation: IntegerKernels.NarrowOperation, _ right: T
  ) -> Buffer<T> {
    let left = lhs.span
    switch operation {
    case .add: return Buffer(count: left.count) { left[$0] &+ right }
    case .subtract: return Buffer(count: left.count) { left[$0] &- right }
    case .multiply: return Buffer(count: left.count) { left[$0] &* right }
    }
  }

  private static func calculate<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ left: T, _ operation: IntegerKernels.NarrowOperation, _ rhs: Buffer<T>
  ) -> Buffer<T> {
    guard operation == .subtract else { return calculate(rhs, operation, left) }
    let right = rhs.span
    return Buffer(count: right.count) { left &- right[$0] }
  }

  // Processors multiply doubles several at a time, and numbers of 64 bits one by one. Products stay below `Decimals.limit`,
  // and so are exact.

  private static func product(_ left: IntegerColumn, _ right: IntegerColumn) -> Buffer<Int64> {
    if let first = left.inThirtyTwoBits, let second = right.inThirtyTwoBits {
      let (left, right) = (first.span, second.span)
      return Buffer(count: left.count) { Decimals.whole(of: Double(left[$0]) * Double(right[$0])) }
    }
    let (first, second) = (left.values, right.values)
    let (left, right) = (first.span, second.span)
    return Buffer(count: left.count) { Decimals.whole(of: Decimals.real(left[$0]) * Decimals.real(right[$0])) }
  }

  private static func product(_ left: IntegerColumn, _ value: Int64) -> Buffer<Int64> {
    let right = Double(value)
    if let narrow = left.inThirtyTwoBits {
      let left = narrow.span
      return Buffer(count: left.count) { Decimals.whole(of: Double(left[$0]) * right) }
    }
    let wide = left.values
    let left = wide.span
    return Buffer(count: left.count) { Decimals.whole(of: Decimals.real(left[$0]) * right) }
  }
}
