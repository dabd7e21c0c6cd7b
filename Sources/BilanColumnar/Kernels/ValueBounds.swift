/// What is known of the values of a column in a stretch of rows.
package struct ValueBounds: Sendable, Hashable {
  package enum Values: Sendable, Hashable {
    case unknown
    /// No row has a value.
    case none
    case integers(ClosedRange<Int64>)
    case reals(ClosedRange<Double>)
    /// By their bytes; the ends need not occur.
    case texts(low: [UInt8], high: [UInt8])
  }

  package var values: Values
  package var mayBeMissing: Bool

  package init(_ values: Values, mayBeMissing: Bool) {
    self.values = values
    self.mayBeMissing = mayBeMissing
  }

  package static let unknown = ValueBounds(.unknown, mayBeMissing: true)

  /// What is known of two stretches together.
  package func union(_ other: ValueBounds) -> ValueBounds {
    let mayBeMissing = mayBeMissing || other.mayBeMissing
    switch (values, other.values) {
    case (.none, let values), (let values, .none): return ValueBounds(values, mayBeMissing: mayBeMissing)
    case (.integers(let own), .integers(let theirs)):
      return ValueBounds(
        .integers(min(own.lowerBound, theirs.lowerBound)...max(own.upperBound, theirs.upperBound)),
        mayBeMissing: mayBeMissing)
    case (.reals(let own), .reals(let theirs)):
      return ValueBounds(
        .reals(min(own.lowerBound, theirs.lowerBound)...max(own.upperBound, theirs.upperBound)),
        mayBeMissing: mayBeMissing)
    default: return ValueBounds(.unknown, mayBeMissing: mayBeMissing)
    }
  }
}

extension Column {
  /// The bounds of its values, looked for; of texts, truth values and ratios nothing is found.
  package var valueBounds: ValueBounds {
    switch self {
    case .integer(let column): column.valueBounds
    case .real(let column): column.valueBounds
    case .text, .boolean, .ratio: .unknown
    }
  }
}

extension IntegerColumn {
  fileprivate var valueBounds: ValueBounds {
    if let validity, !validity.allOnes {
      var found: ClosedRange<Int64>?
      for row in 0..<count where validity[row] {
        let value = self[row]
        found = found.map { min($0.lowerBound, value)...max($0.upperBound, value) } ?? value...value
      }
      return ValueBounds(found.map { .integers($0) } ?? .none, mayBeMissing: true)
    }
    if count == 0 { return ValueBounds(.none, mayBeMissing: false) }
    let range =
      switch storage {
      case .int8(let values): Self.range(values)
      case .int16(let values): Self.range(values)
      case .int32(let values): Self.range(values)
      case .int64(let values): Self.range(values)
      }
    return ValueBounds(.integers(range), mayBeMissing: false)
  }

  @inline(__always)
  private static func range<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<T>
  ) -> ClosedRange<Int64> {
    let source = values.span
    var (low, high) = (source[0], source[0])
    for row in source.indices {
      low = min(low, source[row])
      high = max(high, source[row])
    }
    return Int64(low)...Int64(high)
  }
}

extension RealColumn {
  /// Unknown where a value is no number.
  fileprivate var valueBounds: ValueBounds {
    if let wholes {
      let bounds = wholes.valueBounds
      guard case .integers(let range) = bounds.values else { return bounds }
      return ValueBounds(
        .reals(Double(range.lowerBound) / scale...Double(range.upperBound) / scale), mayBeMissing: bounds.mayBeMissing)
    }
    let values = doubles
    if let validity, !validity.allOnes {
      var found: ClosedRange<Double>?
      for row in 0..<values.count where validity[row] {
        let value = values[row]
        if value.isNaN { return .unknown }
        found = found.map { min($0.lowerBound, value)...max($0.upperBound, value) } ?? value...value
      }
      return ValueBounds(found.map { .reals($0) } ?? .none, mayBeMissing: true)
    }
    if values.count == 0 { return ValueBounds(.none, mayBeMissing: false) }
    return ValueBounds(Self.range(values).map { .reals($0) } ?? .unknown, mayBeMissing: false)
  }

  /// Nil where one is no number.
  private static func range(_ values: Buffer<Double>) -> ClosedRange<Double>? {
    // As whole numbers in the same order, which vector instructions compare without care for NaN: the bits of negative
    // ones run the other way.
    func key(_ value: Double) -> Int64 {
      let bits = Int64(bitPattern: value.bitPattern)
      return bits ^ (bits >> 63 & .max)
    }
    func value(_ key: Int64) -> Double { Double(bitPattern: UInt64(bitPattern: key ^ (key >> 63 & .max))) }
    let source = values.span
    var (low, high) = (key(source[0]), key(source[0]))
    for row in source.indices {
      let key = key(source[row])
      low = min(low, key)
      high = max(high, key)
    }
    let (least, greatest) = (value(low), value(high))
    return least.isNaN || greatest.isNaN ? nil : least...greatest
  }
}
