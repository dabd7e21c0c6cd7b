/// An argument of a kernel: one value a row, or one for all rows.
package enum Input<Element: BitwiseCopyable & Sendable>: Sendable {
  case column(PrimitiveColumn<Element>)
  case constant(Element)
  case missing

  /// Which rows have a value; nil = all.
  func validity(count: Int) -> Bitmap? {
    switch self {
    case .column(let column): column.validity
    case .constant: nil
    case .missing: Bitmap(repeating: false, count: count)
    }
  }
}

extension Input<Double> {
  /// What is known of all its values.
  var decimals: Decimals? {
    switch self {
    case .column(let column): column.decimals
    case .constant(let value): Decimals(value)
    case .missing: nil
    }
  }
}

/// What plain values are when there is none.
package protocol Blank { static var blank: Self { get } }
extension Int64: Blank { package static var blank: Int64 { 0 } }
extension Double: Blank { package static var blank: Double { 0 } }

extension PrimitiveColumn where Element: Blank {
  /// `count` rows without a value.
  package static func missing(count: Int) -> PrimitiveColumn {
    PrimitiveColumn(
      Buffer(repeating: Element.blank, count: count), validity: Bitmap(repeating: false, count: count))
  }
}

extension Bitmap {
  /// The rows that both have, where nil means all.
  package static func both(_ lhs: Bitmap?, _ rhs: Bitmap?) -> Bitmap? {
    switch (lhs, rhs) {
    case (nil, let other), (let other, nil): other
    case (let lhs?, let rhs?): lhs.and(rhs)
    }
  }

  /// The bitmap, or nil where it says nothing because all bits are 1.
  var unlessAllOnes: Bitmap? { allOnes ? nil : self }
}

/// Applies a total operation to every row, valid or not: the loops that vectorise.
///
/// - Returns: one value per row, valid where both inputs are.
@inline(__always)
func mapRows<A, B, R: Blank & BitwiseCopyable & Sendable>(
  _ lhs: Input<A>, _ rhs: Input<B>, count: Int, _ operation: (A, B) -> R
) -> PrimitiveColumn<R> {
  let values: Buffer<R>
  switch (lhs, rhs) {
  case (.missing, _), (_, .missing): return .missing(count: count)
  case (.column(let lhs), .column(let rhs)):
    let left = lhs.values.span
    let right = rhs.values.span
    precondition(left.count == count && right.count == count)
    values = Buffer(count: count) { operation(left[$0], right[$0]) }
  case (.column(let lhs), .constant(let right)):
    let left = lhs.values.span
    precondition(left.count == count)
    values = Buffer(count: count) { operation(left[$0], right) }
  case (.constant(let left), .column(let rhs)):
    let right = rhs.values.span
    precondition(right.count == count)
    values = Buffer(count: count) { operation(left, right[$0]) }
  case (.constant(let left), .constant(let right)):
    values = Buffer(repeating: operation(left, right), count: count)
  }
  return PrimitiveColumn(values, validity: .both(lhs.validity(count: count), rhs.validity(count: count)))
}

/// Applies an operation that may have no answer, to valid rows only: what an invalid slot holds is never looked at.
@inline(__always)
func mapValidRows<A, B, R: Blank & BitwiseCopyable & Sendable, E: Error>(
  _ lhs: Input<A>, _ rhs: Input<B>, count: Int, _ operation: (Int, A, B) throws(E) -> R?
) throws(E) -> PrimitiveColumn<R> {
  switch (lhs, rhs) {
  case (.missing, _), (_, .missing): return .missing(count: count)
  case (.constant(let left), .constant(let right)):
    guard count > 0, let value = try operation(0, left, right) else { return .missing(count: count) }
    return PrimitiveColumn(Buffer(repeating: value, count: count))
  case (.column(let lhs), .constant(let right)):
    let left = lhs.values.span
    return try fillValidRows(count: count, validity: lhs.validity) { row throws(E) in
      try operation(row, left[row], right)
    }
  case (.constant(let left), .column(let rhs)):
    let right = rhs.values.span
    return try fillValidRows(count: count, validity: rhs.validity) { row throws(E) in
      try operation(row, left, right[row])
    }
  case (.column(let lhs), .column(let rhs)):
    let left = lhs.values.span
    let right = rhs.values.span
    return try fillValidRows(count: count, validity: .both(lhs.validity, rhs.validity)) { row throws(E) in
      try operation(row, left[row], right[row])
    }
  }
}

/// One value per valid row; rows for which there is none become invalid.
@inline(__always)
func fillValidRows<R: Blank & BitwiseCopyable & Sendable, E: Error>(
  count: Int, validity: Bitmap?, _ value: (Int) throws(E) -> R?
) throws(E) -> PrimitiveColumn<R> {
  var words = validity?.words ?? Bitmap(repeating: true, count: count).words
  var hasHoles = false
  let values = try Buffer<R>(count: count) { output throws(E) in
    for row in 0..<count {
      let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: row & 63)
      guard words[row >> 6] & bit != 0 else {
        output.append(.blank)
        continue
      }
      if let result = try value(row) {
        output.append(result)
      } else {
        output.append(.blank)
        words[row >> 6] &= ~bit
        hasHoles = true
      }
    }
  }
  return PrimitiveColumn(values, validity: hasHoles ? Bitmap(words: words, count: count) : validity)
}

/// As `mapValidRows`, of one input.
@inline(__always)
func mapValidRows<A, R: Blank & BitwiseCopyable & Sendable, E: Error>(
  _ input: Input<A>, count: Int, _ operation: (Int, A) throws(E) -> R?
) throws(E) -> PrimitiveColumn<R> {
  try mapValidRows(input, Input<Int64>.constant(0), count: count) { (row, value, _) throws(E) in
    try operation(row, value)
  }
}
