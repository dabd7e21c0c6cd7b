/// How values of a type are stored: the case of `Column` that holds them.
package enum ColumnKind: Sendable, Hashable {
  case integer, real, text, boolean, ratio
}

extension DataType {
  package var columnKind: ColumnKind {
    switch self {
    case .integer, .date, .period, .duration, .missing: .integer
    case .real: .real
    case .text, .list: .text
    case .boolean: .boolean
    case .ratio: .ratio
    }
  }
}

extension Column {
  package var kind: ColumnKind {
    switch self {
    case .integer: .integer
    case .real: .real
    case .text: .text
    case .boolean: .boolean
    case .ratio: .ratio
    }
  }

  /// `count` rows without a value.
  package static func missing(_ kind: ColumnKind, count: Int) -> Column {
    let none = Bitmap(repeating: false, count: count)
    switch kind {
    case .integer: return .integer(IntegerColumn(Buffer(repeating: 0, count: count), validity: none))
    case .real: return .real(PrimitiveColumn(Buffer(repeating: 0, count: count), validity: none))
    case .text: return .text(TextColumn(Buffer(repeating: 0, count: count), .empty, validity: none))
    case .boolean: return .boolean(BooleanColumn(none, validity: none))
    case .ratio:
      let zeros = Buffer(repeating: 0.0, count: count)
      let counts = Buffer(repeating: Int64(0), count: count)
      return .ratio(RatioColumn(numerators: zeros, denominators: zeros, reported: counts, expected: counts))
    }
  }
}
