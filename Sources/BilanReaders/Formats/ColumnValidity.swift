import BilanColumnar

extension Column {
  /// The same without the values of other rows.
  package func valid(where mask: Bitmap) -> Column {
    let validity = Bitmap.both(validity, mask)
    return switch self {
    case .integer(let column): .integer(IntegerColumn(column.storage, validity: validity))
    case .real(let column): .real(PrimitiveColumn(column.values, validity: validity))
    case .boolean(let column): .boolean(BooleanColumn(column.values, validity: validity))
    case .text(let column):
      .text(
        TextColumn(
          Buffer(count: column.count) { validity?[$0] ?? true ? UInt32(column.code($0)) : 0 }, column.dictionary,
          validity: validity))
    case .ratio: self
    }
  }
}
