/// Values of one plain kind with their validity. What an invalid slot holds means nothing.
package struct PrimitiveColumn<Element: BitwiseCopyable & Sendable>: Sendable {
  package var values: Buffer<Element>
  /// Bit 1 = has a value; nil = all have.
  package var validity: Bitmap?
  /// Of reals that are written with few digits; nil where that is not known.
  package var decimals: Decimals?

  package init(_ values: Buffer<Element>, validity: Bitmap? = nil, decimals: Decimals? = nil) {
    self.values = values
    self.validity = validity
    self.decimals = decimals
  }

  package init(_ values: [Element], validity: Bitmap? = nil) {
    self.init(Buffer(values), validity: validity)
  }
}

/// Truth values, a bit each.
package struct BooleanColumn: Sendable {
  package var values: Bitmap
  package var validity: Bitmap?

  package init(_ values: Bitmap, validity: Bitmap? = nil) {
    self.values = values
    self.validity = validity
  }
}

/// Ratios by their parts. There is no validity: a ratio without a value still knows what was expected.
package struct RatioColumn: Sendable {
  package var numerators: Buffer<Double>
  package var denominators: Buffer<Double>
  package var reported: Buffer<Int64>
  package var expected: Buffer<Int64>

  package init(
    numerators: Buffer<Double>, denominators: Buffer<Double>, reported: Buffer<Int64>, expected: Buffer<Int64>
  ) {
    self.numerators = numerators
    self.denominators = denominators
    self.reported = reported
    self.expected = expected
  }

  package subscript(row: Int) -> RatioValue {
    RatioValue(
      numerator: numerators[row], denominator: denominators[row], reported: Int(reported[row]),
      expected: Int(expected[row]))
  }
}

/// The values of one column of a chunk. Its field's `DataType` says what the integers of `.integer` are.
package enum Column: Sendable {
  /// `integer`, `date` (days since 1970), `period` (`Period.encoded`), `duration` (in its unit).
  case integer(IntegerColumn)
  case real(RealColumn)
  case text(TextColumn)
  case boolean(BooleanColumn)
  case ratio(RatioColumn)
}

extension Column {
  package var count: Int {
    switch self {
    case .integer(let column): column.count
    case .real(let column): column.count
    case .text(let column): column.count
    case .boolean(let column): column.values.count
    case .ratio(let column): column.numerators.count
    }
  }

  /// Which rows have a value; nil = all. A ratio's is worked out.
  package var validity: Bitmap? {
    switch self {
    case .integer(let column): column.validity
    case .real(let column): column.validity
    case .text(let column): column.validity
    case .boolean(let column): column.validity
    case .ratio(let column):
      Bitmap(count: column.numerators.count) { row in column[row].value != nil }
    }
  }

  package func isValid(_ row: Int) -> Bool {
    switch self {
    case .integer(let column): column.validity?[row] ?? true
    case .real(let column): column.validity?[row] ?? true
    case .text(let column): column.validity?[row] ?? true
    case .boolean(let column): column.validity?[row] ?? true
    case .ratio(let column): column[row].value != nil
    }
  }

  /// One cell, boxed: for output, literals and tests, never in a loop of the engine.
  package func value(_ row: Int, as type: DataType) -> Value {
    if case .ratio(let column) = self { return .ratio(column[row]) }
    guard isValid(row) else { return .missing }
    switch self {
    case .integer(let column):
      let raw = column[row]
      switch type {
      case .date: return .date(CalendarDate(days: Int(raw)))
      case .period: return .period(Period(encoded: Int(raw)))
      case .duration(let unit): return .duration(raw, unit)
      default: return .integer(raw)
      }
    case .real(let column): return .real(column[row])
    case .text(let column): return .text(column.dictionary[column.code(row)])
    case .boolean(let column): return .boolean(column.values[row])
    case .ratio: return .missing
    }
  }

  /// The rows in `bounds`; values are shared, not copied.
  package func slice(_ bounds: Range<Int>) -> Column {
    switch self {
    case .integer(let column): .integer(column.slice(bounds))
    case .real(let column): .real(column.slice(bounds))
    case .text(let column): .text(column.slice(bounds))
    case .boolean(let column):
      .boolean(BooleanColumn(column.values.slice(bounds), validity: column.validity?.slice(bounds)))
    case .ratio(let column):
      .ratio(
        RatioColumn(
          numerators: column.numerators.slice(bounds), denominators: column.denominators.slice(bounds),
          reported: column.reported.slice(bounds), expected: column.expected.slice(bounds)))
    }
  }
}
