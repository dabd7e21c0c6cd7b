extension Column {
  /// About how many bytes the rows take, without a dictionary.
  package var byteCount: Int {
    let bits = validity == nil ? 0 : count / 8
    switch self {
    case .integer(let column): return column.storage.byteCount + bits
    case .real(let column):
      return switch column.storage {
      case .double: 8 * count + bits
      case .whole(let wholes): wholes.byteCount + bits
      }
    case .text(let column):
      return switch column.storage {
      case .uint8: count + bits
      case .uint16: 2 * count + bits
      case .uint32: 4 * count + bits
      }
    case .boolean: return count / 8 + bits
    case .ratio: return 32 * count
    }
  }
}

extension IntegerColumn.Storage {
  fileprivate var byteCount: Int {
    switch self {
    case .int8: count
    case .int16: 2 * count
    case .int32: 4 * count
    case .int64: 8 * count
    }
  }
}
