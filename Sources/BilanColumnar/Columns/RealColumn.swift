/// Reals in double precision or, where they are decimals of few digits, as the whole numbers that they are, in half the
/// bytes or less.
///
/// Whole numbers are in the order of the values, and equal where these are: what compares, sorts or adds up works on them
/// (`wholes`). `doubles` turns them back, which costs a pass, for whatever is not worth a loop of its own. What an invalid
/// slot holds means nothing.
package struct RealColumn: Sendable {
  package enum Storage: Sendable {
    case double(Buffer<Double>)
    /// Values times ten to the power of the digits in `decimals`.
    case whole(IntegerColumn.Storage)
  }

  package private(set) var storage: Storage
  /// Bit 1 = has a value; nil = all have.
  package var validity: Bitmap?
  /// Of reals that are written with few digits; nil where that is not known.
  package private(set) var decimals: Decimals?
  /// What is known of stretches of the whole column; of values and validity as they are: what changes those drops it.
  var zones: ZoneSlice?

  package init(_ values: Buffer<Double>, validity: Bitmap? = nil, decimals: Decimals? = nil) {
    storage = .double(values)
    self.validity = validity
    self.decimals = decimals
  }

  package init(_ column: PrimitiveColumn<Double>) {
    self.init(column.values, validity: column.validity, decimals: column.decimals)
  }

  /// Decimals by their whole numbers.
  ///
  /// Where the decimals are not exact the values were computed, and stand for what doubles would be nearly: such a column is
  /// for sums alone.
  ///
  /// - Precondition: no whole number is beyond their greatest.
  package init(wholes: IntegerColumn.Storage, validity: Bitmap? = nil, decimals: Decimals) {
    storage = .whole(wholes)
    self.validity = validity
    self.decimals = decimals
  }

  package var count: Int {
    switch storage {
    case .double(let values): values.count
    case .whole(let wholes): wholes.count
    }
  }

  /// The values in double precision: a copy where they are kept as whole numbers.
  package var doubles: Buffer<Double> {
    switch storage {
    case .double(let values): values
    case .whole(let wholes): wholes.divided(by: scale)
    }
  }

  /// The column in double precision.
  package var wide: PrimitiveColumn<Double> {
    PrimitiveColumn(doubles, validity: validity, decimals: decimals)
  }

  /// The whole numbers, where the column is kept as such.
  package var wholes: IntegerColumn? {
    guard case .whole(let wholes) = storage, let decimals else { return nil }
    return IntegerColumn(wholes, validity: validity, bounds: decimals.bounds)
  }

  /// What the whole numbers are divided by.
  package var scale: Double { decimals?.scale ?? 1 }

  /// One value; for loops switch on `storage` first.
  package subscript(row: Int) -> Double {
    switch storage {
    case .double(let values): values[row]
    case .whole(let wholes): Double(wholes[row]) / scale
    }
  }

  package func slice(_ rows: Range<Int>) -> RealColumn {
    var result = map({ $0.slice(rows) }, { $0.slice(rows) }, validity: validity?.slice(rows))
    result.zones = zones?.dropping(rows.lowerBound)
    return result
  }

  /// Some of the rows, or all in another order.
  func map(
    _ doubles: (Buffer<Double>) -> Buffer<Double>, _ wholes: (IntegerColumn.Storage) -> IntegerColumn.Storage,
    validity: Bitmap?
  ) -> RealColumn {
    var result = self
    switch storage {
    case .double(let values): result.storage = .double(doubles(values))
    case .whole(let values): result.storage = .whole(wholes(values))
    }
    result.validity = validity
    result.zones = nil
    return result
  }

  /// The same with what is known of all values.
  package func with(_ decimals: Decimals?) -> RealColumn {
    guard case .double(let values) = storage else { return self }
    return RealColumn(values, validity: validity, decimals: decimals)
  }

  /// The same values as whole numbers, where they are known to be decimals and that takes half the bytes.
  package func narrowed() -> RealColumn {
    guard case .double(let values) = storage, let decimals, decimals.greatest <= Int32.max else {
      return self
    }
    let scale = decimals.scale
    let wholes: IntegerColumn.Storage =
      decimals.greatest <= Int8.max
      ? .int8(values.narrowWholes(scale))
      : decimals.greatest <= Int16.max ? .int16(values.narrowWholes(scale)) : .int32(values.narrowWholes(scale))
    return RealColumn(wholes: wholes, validity: validity, decimals: decimals)
  }
}

extension Column {
  /// What kernels of reals give, as a column.
  @inline(__always)
  package static func real(_ column: PrimitiveColumn<Double>) -> Column { .real(RealColumn(column)) }
}

extension Buffer<Double> {
  /// The whole numbers of up to 32 bits that decimals of some digits are, which must fit; see `Decimals.wholes`.
  @inline(__always)
  fileprivate func narrowWholes<T: FixedWidthInteger & BitwiseCopyable & Sendable>(_ scale: Double) -> Buffer<T> {
    let source = span
    // The low bits of the magic number are zeros.
    return Buffer<T>(count: source.count) {
      T(truncatingIfNeeded: (source[$0] * scale + Decimals.magic).bitPattern)
    }
  }
}

extension IntegerColumn.Storage {
  package var count: Int {
    switch self {
    case .int8(let values): values.count
    case .int16(let values): values.count
    case .int32(let values): values.count
    case .int64(let values): values.count
    }
  }

  package subscript(row: Int) -> Int64 {
    switch self {
    case .int8(let values): Int64(values[row])
    case .int16(let values): Int64(values[row])
    case .int32(let values): Int64(values[row])
    case .int64(let values): values[row]
    }
  }

  func slice(_ rows: Range<Int>) -> IntegerColumn.Storage {
    switch self {
    case .int8(let values): .int8(values.slice(rows))
    case .int16(let values): .int16(values.slice(rows))
    case .int32(let values): .int32(values.slice(rows))
    case .int64(let values): .int64(values.slice(rows))
    }
  }

  /// The quotients, in double precision.
  fileprivate func divided(by scale: Double) -> Buffer<Double> {
    switch self {
    // Numbers of 32 bits are turned into reals some at a time, which processors do not offer for 64.
    case .int8(let values): Self.divided(values, by: scale) { Double(Int32($0)) }
    case .int16(let values): Self.divided(values, by: scale) { Double(Int32($0)) }
    case .int32(let values): Self.divided(values, by: scale) { Double($0) }
    case .int64(let values): Self.divided(values, by: scale) { Double($0) }
    }
  }

  @inline(__always)
  private static func divided<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<T>, by scale: Double, _ real: (T) -> Double
  ) -> Buffer<Double> {
    let source = values.span
    if scale == 1 { return Buffer(count: source.count) { real(source[$0]) } }
    return Buffer(count: source.count) { real(source[$0]) / scale }
  }
}
