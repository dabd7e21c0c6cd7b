/// The least and the greatest value of a column.
package struct IntegerBounds: Sendable, Hashable {
  package var low: Int64
  package var high: Int64
  /// Every value is a multiple of 2 to this power above the least: quarters, whose kind is in their low bits, are.
  package var shift: Int

  /// Where the values are few for their range, and loading found out: these, each of which some row may have.
  package var domain: IntegerDomain?

  package init(low: Int64, high: Int64, shift: Int = 0, domain: IntegerDomain? = nil) {
    self.low = low
    self.high = high
    self.shift = shift
    self.domain = domain
  }

  package func union(_ other: IntegerBounds) -> IntegerBounds {
    IntegerBounds(
      low: min(low, other.low), high: max(high, other.high),
      shift: min(shift, other.shift, (low ^ other.low).trailingZeroBitCount),
      domain: domain == other.domain ? domain : nil)
  }

  /// True where every value that keeps to `other` keeps to these bounds.
  package func includes(_ other: IntegerBounds) -> Bool {
    low <= other.low && other.high <= high && shift <= min(other.shift, (low ^ other.low).trailingZeroBitCount)
  }

  /// Whether every value is one of a type.
  func fit<T: FixedWidthInteger>(_ type: T.Type) -> Bool { low >= T.min && high <= T.max }

  /// The number of different values there may be; nil where it leaves 64 bits.
  package var span: Int? {
    let (distance, overflows) = high.subtractingReportingOverflow(low)
    return overflows || distance == .max ? nil : Int(distance) + 1
  }
}

/// Integers in the narrowest width that holds them, as readers decide it, or in the 64 bits that kernels give.
///
/// Loops over rows switch on `storage` once and run over the width found there; `values` widens, which costs a pass,
/// for whatever is not worth a loop for each width. What an invalid slot holds means nothing.
package struct IntegerColumn: Sendable {
  package enum Storage: Sendable {
    case int8(Buffer<Int8>)
    case int16(Buffer<Int16>)
    case int32(Buffer<Int32>)
    case int64(Buffer<Int64>)
  }

  package var storage: Storage
  /// Bit 1 = has a value; nil = all have.
  package var validity: Bitmap?
  /// Between which every value lies, of this column and of the table's whole column that it is a part of; nil where
  /// that is not known.
  package var bounds: IntegerBounds?
  /// What is known of stretches of the whole column; of values and validity as they are: what changes those drops it.
  var zones: ZoneSlice?

  package init(_ storage: Storage, validity: Bitmap? = nil, bounds: IntegerBounds? = nil) {
    self.storage = storage
    self.validity = validity
    self.bounds = bounds
  }

  package init(_ values: Buffer<Int64>, validity: Bitmap? = nil, bounds: IntegerBounds? = nil) {
    self.init(.int64(values), validity: validity, bounds: bounds)
  }

  package init(_ values: [Int64], validity: Bitmap? = nil) { self.init(Buffer(values), validity: validity) }

  package init(_ column: PrimitiveColumn<Int64>) { self.init(column.values, validity: column.validity) }

  package var count: Int { storage.count }

  /// The values in 64 bits: a copy where they are kept narrower.
  package var values: Buffer<Int64> {
    switch storage {
    case .int8(let values): values.widened()
    case .int16(let values): values.widened()
    case .int32(let values): values.widened()
    case .int64(let values): values
    }
  }

  /// In which every value lies: the bounds, or what the width holds.
  package var range: ClosedRange<Int64> {
    if let bounds { return bounds.low...bounds.high }
    return switch storage {
    case .int8: Int64(Int8.min)...Int64(Int8.max)
    case .int16: Int64(Int16.min)...Int64(Int16.max)
    case .int32: Int64(Int32.min)...Int64(Int32.max)
    case .int64: .min ... .max
    }
  }

  /// What no value exceeds, apart from its sign.
  package var greatestMagnitude: UInt64 {
    Swift.max(range.lowerBound.magnitude, range.upperBound.magnitude)
  }

  /// The column in 64 bits.
  package var wide: PrimitiveColumn<Int64> { PrimitiveColumn(values, validity: validity) }

  /// Whether the values are kept in 32 bits or less.
  var isNarrow: Bool {
    if case .int64 = storage { return false }
    return true
  }

  /// The values in 16 bits, widened where they are narrower; nil where they are kept in more.
  var inSixteenBits: Buffer<Int16>? {
    switch storage {
    case .int8(let values):
      let source = values.span
      return Buffer(count: source.count) { Int16(source[$0]) }
    case .int16(let values): return values
    case .int32, .int64: return nil
    }
  }

  /// The values in 32 bits, widened where they are narrower; nil where they are kept in 64.
  package var inThirtyTwoBits: Buffer<Int32>? {
    switch storage {
    case .int8(let values):
      let source = values.span
      return Buffer(count: source.count) { Int32(source[$0]) }
    case .int16(let values):
      let source = values.span
      return Buffer(count: source.count) { Int32(source[$0]) }
    case .int32(let values): return values
    case .int64: return nil
    }
  }

  /// One value; for loops switch on `storage` first.
  package subscript(row: Int) -> Int64 { storage[row] }

  package func slice(_ rows: Range<Int>) -> IntegerColumn {
    var result = IntegerColumn(storage.slice(rows), validity: validity?.slice(rows), bounds: bounds)
    result.zones = zones?.dropping(rows.lowerBound)
    return result
  }

  /// The same values in as few bytes as the bounds of the whole column need; as they are where those are not known.
  package func narrowed() -> IntegerColumn {
    guard case .int64(let values) = storage, let bounds else { return self }
    let storage: Storage =
      bounds.fit(Int8.self)
      ? .int8(values.truncated())
      : bounds.fit(Int16.self)
        ? .int16(values.truncated()) : bounds.fit(Int32.self) ? .int32(values.truncated()) : self.storage
    return IntegerColumn(storage, validity: validity, bounds: bounds)
  }

  /// The same values in the width that the bounds need, from whatever width they have.
  package func fitted() -> IntegerColumn {
    guard let bounds else { return self }
    switch storage {
    case .int8 where bounds.fit(Int8.self): return self
    case .int16 where bounds.fit(Int16.self) && !bounds.fit(Int8.self): return self
    case .int32 where bounds.fit(Int32.self) && !bounds.fit(Int16.self): return self
    default: return IntegerColumn(values, validity: validity, bounds: bounds).narrowed()
    }
  }
}

extension Column {
  /// What integer kernels give, as a column.
  @inline(__always)
  package static func integer(_ column: PrimitiveColumn<Int64>) -> Column { .integer(IntegerColumn(column)) }
}

extension Buffer where Element: FixedWidthInteger {
  /// The same values in 64 bits.
  @inline(__always)
  func widened() -> Buffer<Int64> {
    let source = span
    return Buffer<Int64>(count: source.count) { Int64(truncatingIfNeeded: source[$0]) }
  }

  /// The same values, which must fit, in fewer bits.
  @inline(__always)
  func truncated<T: FixedWidthInteger & BitwiseCopyable & Sendable>() -> Buffer<T> {
    let source = span
    return Buffer<T>(count: source.count) { T(truncatingIfNeeded: source[$0]) }
  }
}
