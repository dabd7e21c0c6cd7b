/// Arithmetic on whole numbers: exact, an overflow is an error.
package enum IntegerKernels {
  /// Adds row by row.
  ///
  /// - Throws: `.overflow(row:)` for the first valid row whose sum leaves `Int64`.
  package static func add(
    _ lhs: Input<Int64>, _ rhs: Input<Int64>, count: Int
  ) throws(KernelError) -> PrimitiveColumn<Int64> {
    // The sign of a sum is wrong where both operands have the other: one bit a row, looked at after the loop.
    var signs: Int64 = 0
    let result: PrimitiveColumn<Int64> = mapRows(lhs, rhs, count: count) { left, right in
      let sum = left &+ right
      signs |= (sum ^ left) & (sum ^ right)
      return sum
    }
    if signs < 0 { try checkOverflow(lhs, rhs, count: count) { $0.addingReportingOverflow($1).overflow } }
    return result
  }

  /// Subtracts row by row; throws as `add`.
  package static func subtract(
    _ lhs: Input<Int64>, _ rhs: Input<Int64>, count: Int
  ) throws(KernelError) -> PrimitiveColumn<Int64> {
    var signs: Int64 = 0
    let result: PrimitiveColumn<Int64> = mapRows(lhs, rhs, count: count) { left, right in
      let difference = left &- right
      signs |= (left ^ right) & (difference ^ left)
      return difference
    }
    if signs < 0 { try checkOverflow(lhs, rhs, count: count) { $0.subtractingReportingOverflow($1).overflow } }
    return result
  }

  /// Multiplies row by row; throws as `add`.
  package static func multiply(
    _ lhs: Input<Int64>, _ rhs: Input<Int64>, count: Int
  ) throws(KernelError) -> PrimitiveColumn<Int64> {
    var hasOverflow = false
    let result: PrimitiveColumn<Int64> = mapRows(lhs, rhs, count: count) { left, right in
      let (product, overflow) = left.multipliedReportingOverflow(by: right)
      hasOverflow = hasOverflow || overflow
      return product
    }
    if hasOverflow {
      try checkOverflow(lhs, rhs, count: count) { $0.multipliedReportingOverflow(by: $1).overflow }
    }
    return result
  }

  /// The quotient rounded down; missing where the divisor is zero. Throws as `add`, for the smallest number by -1.
  package static func floorDivide(
    _ lhs: Input<Int64>, _ rhs: Input<Int64>, count: Int
  ) throws(KernelError) -> PrimitiveColumn<Int64> {
    try mapValidRows(lhs, rhs, count: count) { (row, left, right) throws(KernelError) -> Int64? in
      if right == 0 { return nil }
      let (quotient, overflow) = left.dividedReportingOverflow(by: right)
      if overflow { throw .overflow(row: row) }
      return left % right != 0 && (left < 0) != (right < 0) ? quotient - 1 : quotient
    }
  }

  /// What `floorDivide` leaves, with the sign of the divisor; missing where the divisor is zero.
  package static func floorRemainder(_ lhs: Input<Int64>, _ rhs: Input<Int64>, count: Int) -> PrimitiveColumn<Int64> {
    mapValidRows(lhs, rhs, count: count) { _, left, right in
      if right == 0 { return nil }
      if right == -1 { return 0 }
      let remainder = left % right
      return remainder != 0 && (remainder < 0) != (right < 0) ? remainder + right : remainder
    }
  }

  /// The absolute value; throws as `add`, for the smallest number.
  package static func magnitude(_ input: Input<Int64>, count: Int) throws(KernelError) -> PrimitiveColumn<Int64> {
    try mapValidRows(input, count: count) { (row, value) throws(KernelError) -> Int64? in
      if value == .min { throw .overflow(row: row) }
      return abs(value)
    }
  }

  /// Rounds to a multiple of 10 to the power `-digits`, halves away from zero; unchanged where `digits >= 0`.
  package static func round(
    _ input: Input<Int64>, digits: Int, count: Int
  ) throws(KernelError) -> PrimitiveColumn<Int64> {
    if digits >= 0 { return mapRows(input, Input<Int64>.constant(0), count: count) { value, _ in value } }
    // Beyond 10^19 everything is nearer to zero.
    if digits < -19 { return mapRows(input, Input<Int64>.constant(0), count: count) { _, _ in 0 } }
    var unit: Int128 = 1
    for _ in 0..<(-digits) { unit *= 10 }
    return try mapValidRows(input, count: count) { (row, value) throws(KernelError) -> Int64? in
      let magnitude = (Int128(value.magnitude) + unit / 2) / unit * unit
      guard let result = Int64(exactly: value < 0 ? -magnitude : magnitude) else { throw .overflow(row: row) }
      return result
    }
  }

  /// What cannot overflow in 64 bits: sums, differences and products of numbers of up to 32.
  package enum NarrowOperation: Sendable { case add, subtract, multiply }

  /// Works on columns that are kept narrow, without a look at overflow; nil where one is not.
  ///
  /// Where the bounds of both say that the results have 16 or 32 bits too, they are kept so.
  package static func narrow(
    _ lhs: IntegerColumn, _ operation: NarrowOperation, _ rhs: IntegerColumn
  ) -> IntegerColumn? {
    guard lhs.isNarrow, rhs.isNarrow else { return nil }
    let bounds = bounds(lhs.bounds, operation, rhs.bounds)
    if let bounds, bounds.fit(Int16.self), case .int8(let left) = lhs.storage, case .int8(let right) = rhs.storage {
      return IntegerColumn(
        .int16(widened(left, operation, right)), validity: Bitmap.both(lhs.validity, rhs.validity), bounds: bounds)
    }
    if let bounds, bounds.fit(Int16.self), let left = lhs.inSixteenBits, let right = rhs.inSixteenBits {
      let second = right.span
      return IntegerColumn(
        .int16(wrapped(left, operation) { second[$0] }), validity: Bitmap.both(lhs.validity, rhs.validity),
        bounds: bounds)
    }
    guard let left = lhs.inThirtyTwoBits, let right = rhs.inThirtyTwoBits else { return nil }
    let second = right.span
    return IntegerColumn(
      narrow(left, operation, bounds) { second[$0] }, validity: Bitmap.both(lhs.validity, rhs.validity), bounds: bounds)
  }

  /// The same with a constant on the right.
  package static func narrow(
    _ lhs: IntegerColumn, _ operation: NarrowOperation, _ rhs: Int64
  ) -> IntegerColumn? {
    guard lhs.isNarrow, let right = Int32(exactly: rhs) else { return nil }
    let bounds = bounds(lhs.bounds, operation, IntegerBounds(low: rhs, high: rhs))
    if let bounds, bounds.fit(Int16.self), let left = lhs.inSixteenBits, let right = Int16(exactly: rhs) {
      return IntegerColumn(.int16(wrapped(left, operation) { _ in right }), validity: lhs.validity, bounds: bounds)
    }
    guard let left = lhs.inThirtyTwoBits else { return nil }
    return IntegerColumn(narrow(left, operation, bounds) { _ in right }, validity: lhs.validity, bounds: bounds)
  }

  @inline(__always)
  private static func narrow(
    _ lhs: Buffer<Int32>, _ operation: NarrowOperation, _ bounds: IntegerBounds?, _ rhs: (Int) -> Int32
  ) -> IntegerColumn.Storage {
    let left = lhs.span
    let count = left.count
    if let bounds, bounds.fit(Int32.self) { return .int32(wrapped(lhs, operation, rhs)) }
    return switch operation {
    case .add: .int64(Buffer(count: count) { Int64(left[$0]) &+ Int64(rhs($0)) })
    case .subtract: .int64(Buffer(count: count) { Int64(left[$0]) &- Int64(rhs($0)) })
    case .multiply: .int64(Buffer(count: count) { Int64(left[$0]) &* Int64(rhs($0)) })
    }
  }

  /// Between which results lie; operands have at most 32 bits, so that nothing here overflows.
  private static func bounds(
    _ lhs: IntegerBounds?, _ operation: NarrowOperation, _ rhs: IntegerBounds?
  ) -> IntegerBounds? {
    guard let lhs, let rhs else { return nil }
    switch operation {
    case .add: return IntegerBounds(low: lhs.low + rhs.low, high: lhs.high + rhs.high)
    case .subtract: return IntegerBounds(low: lhs.low - rhs.high, high: lhs.high - rhs.low)
    case .multiply:
      let corners = [lhs.low * rhs.low, lhs.low * rhs.high, lhs.high * rhs.low, lhs.high * rhs.high]
      return IntegerBounds(low: corners.min()!, high: corners.max()!)
    }
  }

  /// Results in the width of the operands, which are known to hold them.
  @inline(__always)
  private static func wrapped<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ lhs: Buffer<T>, _ operation: NarrowOperation, _ rhs: (Int) -> T
  ) -> Buffer<T> {
    let left = lhs.span
    return switch operation {
    case .add: Buffer(count: left.count) { left[$0] &+ rhs($0) }
    case .subtract: Buffer(count: left.count) { left[$0] &- rhs($0) }
    case .multiply: Buffer(count: left.count) { left[$0] &* rhs($0) }
    }
  }

  /// Results of bytes in 16 bits, which hold them.
  private static func widened(
    _ lhs: Buffer<Int8>, _ operation: NarrowOperation, _ rhs: Buffer<Int8>
  ) -> Buffer<Int16> {
    let left = lhs.span
    let right = rhs.span
    return switch operation {
    case .add: Buffer(count: left.count) { Int16(left[$0]) &+ Int16(right[$0]) }
    case .subtract: Buffer(count: left.count) { Int16(left[$0]) &- Int16(right[$0]) }
    case .multiply: Buffer(count: left.count) { Int16(left[$0]) &* Int16(right[$0]) }
    }
  }

  private static func checkOverflow(
    _ lhs: Input<Int64>, _ rhs: Input<Int64>, count: Int, _ overflows: (Int64, Int64) -> Bool
  ) throws(KernelError) {
    _ = try mapValidRows(lhs, rhs, count: count) { (row, left, right) throws(KernelError) -> Int64? in
      if overflows(left, right) { throw .overflow(row: row) }
      return 0
    }
  }
}

/// Arithmetic in double precision; what has no finite answer is missing.
package enum RealKernels {
  package static func add(_ lhs: Input<Double>, _ rhs: Input<Double>, count: Int) -> PrimitiveColumn<Double> {
    finite(mapRows(lhs, rhs, count: count) { $0 + $1 }, known: .sum(lhs.decimals, rhs.decimals))
  }

  package static func subtract(_ lhs: Input<Double>, _ rhs: Input<Double>, count: Int) -> PrimitiveColumn<Double> {
    finite(mapRows(lhs, rhs, count: count) { $0 - $1 }, known: .sum(lhs.decimals, rhs.decimals))
  }

  package static func multiply(_ lhs: Input<Double>, _ rhs: Input<Double>, count: Int) -> PrimitiveColumn<Double> {
    finite(mapRows(lhs, rhs, count: count) { $0 * $1 }, known: .product(lhs.decimals, rhs.decimals))
  }

  package static func divide(_ lhs: Input<Double>, _ rhs: Input<Double>, count: Int) -> PrimitiveColumn<Double> {
    finite(mapRows(lhs, rhs, count: count) { $0 / $1 })
  }

  package static func magnitude(_ input: Input<Double>, count: Int) -> PrimitiveColumn<Double> {
    mapRows(input, Input<Int64>.constant(0), count: count) { value, _ in value.magnitude }
  }

  package static func negate(_ input: Input<Double>, count: Int) -> PrimitiveColumn<Double> {
    mapRows(input, Input<Int64>.constant(0), count: count) { value, _ in -value }
  }

  package static func squareRoot(_ input: Input<Double>, count: Int) -> PrimitiveColumn<Double> {
    finite(mapRows(input, Input<Int64>.constant(0), count: count) { value, _ in value.squareRoot() })
  }

  /// Any function of one number; called once per valid row.
  package static func apply(
    _ input: Input<Double>, count: Int, _ function: (Double) -> Double
  ) -> PrimitiveColumn<Double> {
    finite(mapValidRows(input, count: count) { _, value in function(value) })
  }

  /// Any function of two numbers; called once per valid row.
  package static func apply(
    _ lhs: Input<Double>, _ rhs: Input<Double>, count: Int, _ function: (Double, Double) -> Double
  ) -> PrimitiveColumn<Double> {
    finite(mapValidRows(lhs, rhs, count: count) { _, left, right in function(left, right) })
  }

  /// Rounds to `digits` decimals, halves away from zero.
  ///
  /// A number that is a half in decimal may lie just below it in binary (2.675 is 2.67499…): the neighbour is given
  /// the benefit of the doubt, so that numbers round as they are written.
  package static func round(_ input: Input<Double>, digits: Int, count: Int) -> PrimitiveColumn<Double> {
    if digits > 308 { return mapRows(input, Input<Int64>.constant(0), count: count) { value, _ in value } }
    if digits < -308 { return mapRows(input, Input<Int64>.constant(0), count: count) { _, _ in 0 } }
    var scale = 1.0
    for _ in 0..<Swift.abs(digits) { scale *= 10 }
    return finite(
      mapRows(input, Input<Int64>.constant(0), count: count) { value, _ in
        let scaled = digits >= 0 ? value * scale : value / scale
        // From 2^52 on there are no decimals.
        guard scaled.magnitude < 4_503_599_627_370_496 else { return value }
        let below = scaled.magnitude.rounded(.toNearestOrAwayFromZero)
        let above = digits > 0 ? scaled.magnitude.nextUp.rounded(.toNearestOrAwayFromZero) : below
        let magnitude = Swift.max(below, above)
        let rounded = digits >= 0 ? magnitude / scale : magnitude * scale
        return value < 0 ? 0 - rounded : rounded
      })
  }

  /// The nearest whole number in a direction; throws where it leaves `Int64`.
  package static func whole(
    _ input: Input<Double>, _ rule: FloatingPointRoundingRule, count: Int
  ) throws(KernelError) -> PrimitiveColumn<Int64> {
    if case .column(let column) = input, rule == .down || rule == .up, areBelow62Bits(column.values) {
      return PrimitiveColumn(wholeOfSmall(column.values, isDown: rule == .down), validity: column.validity)
    }
    return try mapValidRows(input, count: count) { (row, value) throws(KernelError) -> Int64? in
      guard let result = Int64(exactly: value.rounded(rule)) else { throw .overflow(row: row) }
      return result
    }
  }

  /// The same of decimals that are kept as whole numbers of 32 bits or less; nil of others.
  package static func whole(_ column: RealColumn, _ rule: FloatingPointRoundingRule) -> IntegerColumn? {
    guard rule == .down || rule == .up, let wholes = column.wholes, let decimals = column.decimals,
      decimals.greatest <= Int32.max / 2, decimals.scale <= Double(Int32.max / 4),
      let narrow = wholes.inThirtyTwoBits
    else { return nil }
    let values = narrow.span
    let (scale, share) = (Int32(decimals.scale), 1 / decimals.scale)
    let isUp = rule == .up
    // The product is cut towards zero and may be off by one: what is left over says by how much.
    let quotients = Buffer<Int32>(count: values.count) {
      let value = isUp ? 0 &- values[$0] : values[$0]
      let quotient = Int32(Double(value) * share)
      let rest = value &- quotient &* scale
      let mended = quotient &- (rest < 0 ? 1 : 0) &+ (rest >= scale ? 1 : 0)
      return isUp ? 0 &- mended : mended
    }
    let most = decimals.greatest / Int64(scale) + 1
    return IntegerColumn(
      .int32(quotients), validity: column.validity, bounds: IntegerBounds(low: -most, high: most))
  }

  /// True where every value, also of an invalid slot, is finite and below 2^62.
  private static func areBelow62Bits(_ values: Buffer<Double>) -> Bool {
    let source = values.span
    var greatest: UInt64 = 0
    for row in source.indices { greatest = Swift.max(greatest, source[row].magnitude.bitPattern) }
    return greatest < (0x1p62).bitPattern
  }

  /// Cut towards zero, which is one instruction, and mended where that was the wrong direction.
  private static func wholeOfSmall(_ values: Buffer<Double>, isDown: Bool) -> Buffer<Int64> {
    let source = values.span
    if isDown {
      return Buffer(count: source.count) {
        let cut = Int64(source[$0])
        return Double(cut) > source[$0] ? cut &- 1 : cut
      }
    }
    return Buffer(count: source.count) {
      let cut = Int64(source[$0])
      return Double(cut) < source[$0] ? cut &+ 1 : cut
    }
  }

  /// Whole numbers as reals; those of up to 32 bits as decimals without digits, so that their sums are exact.
  package static func fromIntegers(_ column: IntegerColumn) -> PrimitiveColumn<Double> {
    let decimals = Decimals(column)
    return switch column.storage {
    // Numbers of 32 bits are turned into reals some at a time, which processors do not offer for 64.
    case .int8(let values): reals(values, column.validity, decimals) { Double(Int32($0)) }
    case .int16(let values): reals(values, column.validity, decimals) { Double(Int32($0)) }
    case .int32(let values): reals(values, column.validity, decimals) { Double($0) }
    case .int64(let values): reals(values, column.validity, decimals) { Double($0) }
    }
  }

  /// Whole numbers of up to 32 bits as the decimals without digits that they are; nil of wider ones.
  package static func decimals(_ column: IntegerColumn) -> RealColumn? {
    guard column.isNarrow, let decimals = Decimals(column) else { return nil }
    return RealColumn(wholes: column.storage, validity: column.validity, decimals: decimals)
  }

  @inline(__always)
  private static func reals<T: FixedWidthInteger>(
    _ values: Buffer<T>, _ validity: Bitmap?, _ decimals: Decimals?, _ real: (T) -> Double
  ) -> PrimitiveColumn<Double> {
    let source = values.span
    return PrimitiveColumn(
      Buffer(count: source.count) { real(source[$0]) }, validity: validity, decimals: decimals)
  }

  /// The values of ratios.
  package static func fromRatios(_ ratios: RatioColumn) -> PrimitiveColumn<Double> {
    let count = ratios.numerators.count
    let quotients: PrimitiveColumn<Double> = mapRows(
      Input.column(PrimitiveColumn(ratios.numerators)), Input.column(PrimitiveColumn(ratios.denominators)), count: count
    ) { $0 / $1 }
    let reported = ratios.reported.span
    let isReported = Bitmap(count: count) { reported[$0] > 0 }
    return finite(PrimitiveColumn(quotients.values, validity: isReported.unlessAllOnes))
  }

  /// Each value as the double nearest to the decimal that it is by a rounding or two: `0.1 + 0.2` as `0.3`, so that what is
  /// equal on paper is equal here.
  private static func nearest(_ column: PrimitiveColumn<Double>, _ decimals: Decimals) -> PrimitiveColumn<Double> {
    let (values, scale) = (column.values.span, decimals.scale)
    // Whole numbers have lost nothing.
    if decimals.digits == 0 { return PrimitiveColumn(column.values, validity: column.validity, decimals: decimals) }
    let nearest = Buffer<Double>(count: values.count) {
      ((values[$0] * scale + Decimals.magic) - Decimals.magic) / scale
    }
    return PrimitiveColumn(nearest, validity: column.validity, decimals: decimals)
  }

  /// Makes NaN and infinity missing.
  ///
  /// - Parameter decimals: what is known of the values, which are then finite and of some size.
  static func finite(
    _ column: PrimitiveColumn<Double>, known decimals: Decimals? = nil
  ) -> PrimitiveColumn<Double> {
    if let decimals { return nearest(column, decimals) }
    let values = column.values.span
    // The exponent of what is not finite is all ones; one more carries into the sign bit.
    var carries: UInt64 = 0
    for row in 0..<values.count {
      carries |= (values[row].bitPattern & 0x7FF0_0000_0000_0000) &+ 0x0010_0000_0000_0000
    }
    if carries >> 63 == 0 { return column }
    let isFinite = Bitmap(count: values.count) { values[$0].isFinite }
    return PrimitiveColumn(column.values, validity: Bitmap.both(column.validity, isFinite)?.unlessAllOnes)
  }
}
