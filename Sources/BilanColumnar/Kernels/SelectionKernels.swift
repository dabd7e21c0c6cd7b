/// Choice between columns, row by row.
package enum SelectionKernels {
  /// `a` where the bit is 1, else `b`.
  ///
  /// - Precondition: both have the mask's length and hold the same kind of column.
  package static func select(_ mask: Bitmap, _ lhs: Column, _ rhs: Column) -> Column {
    // Conditions that hold for no row, or for all, are many.
    if mask.isEmptyOfOnes { return rhs }
    if mask.allOnes { return lhs }
    let validity = selectValidity(mask, lhs, rhs)
    switch (lhs, rhs) {
    case (.integer(let left), .integer(let right)): return .integer(select(mask, left, right, validity))
    case (.real(let left), .real(let right)):
      return .real(
        PrimitiveColumn(
          select(mask, left.doubles, right.doubles), validity: validity,
          decimals: left.decimals?.together(with: right.decimals)))
    case (.boolean(let left), .boolean(let right)):
      let values = left.values.and(mask).or(right.values.andNot(mask))
      return .boolean(BooleanColumn(values, validity: validity))
    case (.text(let left), .text(let right)):
      let (codes, dictionary) = TextKernels.unify([left, right])
      return .text(TextColumn(select(mask, codes[0], codes[1]), dictionary, validity: validity).withBlankInvalidCodes())
    case (.ratio(let left), .ratio(let right)):
      return .ratio(
        RatioColumn(
          numerators: select(mask, left.numerators, right.numerators),
          denominators: select(mask, left.denominators, right.denominators),
          reported: select(mask, left.reported, right.reported),
          expected: select(mask, left.expected, right.expected)))
    default: preconditionFailure("columns of two kinds cannot be chosen between")
    }
  }

  /// In 32 bits where both sides have no more.
  private static func select(
    _ mask: Bitmap, _ lhs: IntegerColumn, _ rhs: IntegerColumn, _ validity: Bitmap?
  ) -> IntegerColumn {
    var bounds: IntegerBounds?
    if let left = lhs.bounds, let right = rhs.bounds { bounds = left.union(right) }
    if let left = lhs.inThirtyTwoBits, let right = rhs.inThirtyTwoBits {
      return IntegerColumn(.int32(select(mask, left, right)), validity: validity, bounds: bounds)
    }
    return IntegerColumn(.int64(select(mask, lhs.values, rhs.values)), validity: validity, bounds: bounds)
  }

  private static func selectValidity(_ mask: Bitmap, _ lhs: Column, _ rhs: Column) -> Bitmap? {
    if case .ratio = lhs { return nil }
    let left = lhs.validity
    let right = rhs.validity
    if left == nil, right == nil { return nil }
    let fromLeft = left.map { mask.and($0) } ?? mask
    let fromRight = right.map { $0.andNot(mask) } ?? mask.inverted
    return fromLeft.or(fromRight).unlessAllOnes
  }

  @inline(__always)
  private static func select<T>(_ mask: Bitmap, _ lhs: Buffer<T>, _ rhs: Buffer<T>) -> Buffer<T> {
    let left = lhs.span
    let right = rhs.span
    let source = mask.words
    let words = source.span
    return Buffer(count: mask.count) { row in
      let bit = words[row &>> 6] &>> UInt64(truncatingIfNeeded: row & 63) & 1
      // Both are read, so that no branch depends on the bit.
      let (first, second) = (left[row], right[row])
      return bit == 1 ? first : second
    }
  }
}

extension Column {
  /// The same with the rows outside `mask` made missing; a ratio still knows what was expected.
  package func masked(by mask: Bitmap) -> Column {
    switch self {
    case .integer(let column):
      return .integer(
        IntegerColumn(
          column.storage, validity: Bitmap.both(column.validity, mask)?.unlessAllOnes, bounds: column.bounds))
    case .real(let column):
      return .real(column.map({ $0 }, { $0 }, validity: Bitmap.both(column.validity, mask)?.unlessAllOnes))
    case .boolean(let column):
      return .boolean(BooleanColumn(column.values, validity: Bitmap.both(column.validity, mask)?.unlessAllOnes))
    case .text(let column):
      let validity = Bitmap.both(column.validity, mask)?.unlessAllOnes
      return .text(TextColumn(column.codes, column.dictionary, validity: validity).withBlankInvalidCodes())
    case .ratio(let column):
      let count = mask.count
      let none = RatioColumn(
        numerators: Buffer(repeating: 0, count: count), denominators: Buffer(repeating: 0, count: count),
        reported: Buffer(repeating: 0, count: count), expected: column.expected)
      return SelectionKernels.select(mask, self, .ratio(none))
    }
  }
}

extension TextColumn {
  /// The same with code 0 in every invalid slot, as the type demands.
  func withBlankInvalidCodes() -> TextColumn {
    guard let validity else { return self }
    let codes = self.codes.span
    let words = validity.words
    let blanked = Buffer<UInt32>(count: codes.count) { output in
      for row in 0..<codes.count {
        let bit = words[row >> 6] &>> UInt64(truncatingIfNeeded: row & 63) & 1
        output.append(bit == 1 ? codes[row] : 0)
      }
    }
    return TextColumn(blanked, dictionary, validity: validity)
  }
}

/// Truth values: a missing one counts as false.
package enum LogicKernels {
  /// The rows that are true.
  package static func truth(_ column: BooleanColumn) -> Bitmap {
    column.validity.map { column.values.and($0) } ?? column.values
  }
}
