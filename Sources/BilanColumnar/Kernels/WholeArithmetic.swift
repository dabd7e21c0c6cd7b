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
      let range = column.range
      let greatest = Int64(clamping: Swift.max(range.lowerBound.magnitude, range.upperBound.magnitude))
      guard greatest <= Self.limit else { return nil }
      self.init(.column(column), Decimals(digits: 0, greatest: greatest))
    case .text, .boolean, .ratio: return nil
    }
  }

  /// Sums of as many rows as go through an operator at once stay in 64 bits.
  private static let limit: Int64 = 1 << 44

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
    let (left, right) = operation == .multiply ? (lhs, rhs) : (lhs.with(decimals.digits), rhs.with(decimals.digits))
    switch (left.values, right.values) {
    case (.constant, .constant): return nil
    case (.column(let column), .constant(let value)):
      return WholeTerm(.column(apply(column, operation, decimals) { _ in value }), decimals)
    case (.constant(let value), .column(let column)):
      switch operation {
      case .add, .multiply: return WholeTerm(.column(apply(column, operation, decimals) { _ in value }), decimals)
      case .subtract: return WholeTerm(.column(opposite(column, plus: value, decimals)), decimals)
      }
    case (.column(let left), .column(let right)):
      let validity = Bitmap.both(left.validity, right.validity)
      var column: IntegerColumn
      if let second = right.inThirtyTwoBits, left.inThirtyTwoBits != nil {
        let values = second.span
        column = apply(left, operation, decimals) { Int64(values[$0]) }
      } else {
        let second = right.values
        let values = second.span
        column = apply(left, operation, decimals) { values[$0] }
      }
      column.validity = validity
      return WholeTerm(.column(column), decimals)
    }
  }

  /// The same numbers with more digits.
  private func with(_ digits: Int) -> WholeTerm {
    guard digits > decimals.digits else { return self }
    let factor = Int64(Decimals(digits: digits - decimals.digits, greatest: 0).scale)
    let more = Decimals(digits: digits, greatest: decimals.greatest &* factor)
    switch values {
    case .constant(let value): return WholeTerm(.constant(value &* factor), more)
    case .column(let column):
      return WholeTerm(.column(Self.apply(column, .multiply, more) { _ in factor }), more)
    }
  }

  /// Works through the rows; the results are kept in 32 bits where they and what they are made of have no more.
  @inline(__always)
  private static func apply(
    _ column: IntegerColumn, _ operation: IntegerKernels.NarrowOperation, _ decimals: Decimals, _ other: (Int) -> Int64
  ) -> IntegerColumn {
    let isNarrow = decimals.greatest <= Int32.max
    let storage: IntegerColumn.Storage
    if let narrow = column.inThirtyTwoBits {
      let values = narrow.span
      if isNarrow {
        storage = .int32(
          calculated(values.count, operation, { values[$0] }, { Int32(truncatingIfNeeded: other($0)) }))
      } else {
        storage = .int64(calculated(values.count, operation, { Int64(values[$0]) }, other))
      }
    } else {
      let wide = column.values
      let values = wide.span
      storage = .int64(calculated(values.count, operation, { values[$0] }, other))
    }
    return IntegerColumn(
      storage, validity: column.validity, bounds: IntegerBounds(low: -decimals.greatest, high: decimals.greatest))
  }

  @inline(__always)
  private static func calculated<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ count: Int, _ operation: IntegerKernels.NarrowOperation, _ lhs: (Int) -> T, _ rhs: (Int) -> T
  ) -> Buffer<T> {
    switch operation {
    case .add: Buffer(count: count) { lhs($0) &+ rhs($0) }
    case .subtract: Buffer(count: count) { lhs($0) &- rhs($0) }
    case .multiply: Buffer(count: count) { lhs($0) &* rhs($0) }
    }
  }

  private static func opposite(_ column: IntegerColumn, plus value: Int64, _ decimals: Decimals) -> IntegerColumn {
    let bounds = IntegerBounds(low: -decimals.greatest, high: decimals.greatest)
    if decimals.greatest <= Int32.max, let narrow = column.inThirtyTwoBits {
      let values = narrow.span
      let value = Int32(value)
      return IntegerColumn(
        .int32(Buffer(count: values.count) { value &- values[$0] }), validity: column.validity, bounds: bounds)
    }
    let wide = column.values
    let values = wide.span
    return IntegerColumn(
      .int64(Buffer(count: values.count) { value &- values[$0] }), validity: column.validity, bounds: bounds)
  }
}
