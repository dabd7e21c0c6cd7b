import BilanColumnar
import BilanReaders

/// What a file says of a column's values in a row group, as far as it can be relied on.
///
/// Least and greatest values are taken for bounds and not for values that occur: writers cut long texts. Those that
/// compare as old versions of the format did (`min` and `max`) are taken where that is the order of signed numbers.
///
/// Source: Apache Parquet, parquet.thrift, `Statistics` and `ColumnOrder`.
struct ParquetStatistics {
  /// What a column of Bilan that is made of them has.
  let bounds: ValueBounds
  /// Whether the column is the same without these values, for those who have no use for them: reading them cannot lose
  /// anything that is worth a note (see `ColumnLosses`), nor tell whether the column's reals are decimals, by which the
  /// last digit of a sum is decided (see `Decimals`).
  let isSeparable: Bool

  init(_ file: ParquetFile, place: Int, group: Int) {
    self.init(
      file.leaves[place], file.rowGroups[group].columns[place], isOrdered: file.isOrdered[place])
  }

  init(_ leaf: ParquetLeaf, _ chunk: ParquetFile.ColumnChunk, isOrdered: Bool) {
    let statistics = chunk.statistics
    let missingCount = statistics?.integer(3)
    if let missingCount, missingCount == chunk.valueCount {
      bounds = ValueBounds(.none, mayBeMissing: true)
      isSeparable = true
      return
    }
    var ends: (low: ByteView, high: ByteView)?
    if let low = statistics?.bytes(6), let high = statistics?.bytes(5), isOrdered || leaf.isSigned {
      ends = (low, high)
    } else if let low = statistics?.bytes(2), let high = statistics?.bytes(1), leaf.isSigned {
      ends = (low, high)
    }
    let values = ends.flatMap { Self.values(leaf, $0.low, $0.high) }
    var mayBeMissing = missingCount != 0
    switch leaf.meaning {
    case .boolean, .integer, .unsigned32, .text: isSeparable = true
    // These have bounds only where nothing within them is lost, and missing for that.
    case .unsigned64, .date:
      isSeparable = values != nil
      mayBeMissing = mayBeMissing || values == nil
    case .decimal:
      if case .integers? = values { isSeparable = true } else { isSeparable = false }
      mayBeMissing = mayBeMissing || values == nil
    // Times of day may be dropped anywhere between two midnights.
    case .instant:
      isSeparable = false
      mayBeMissing = mayBeMissing || values == nil
    // What is no number (NaN) is missing, and not counted as such.
    case .real, .half, .oldInstant, .other:
      isSeparable = false
      mayBeMissing = true
    }
    bounds = ValueBounds(values ?? .unknown, mayBeMissing: mayBeMissing)
  }

  /// The values that the column has of these; nil where they say nothing, or something within them is lost.
  private static func values(_ leaf: ParquetLeaf, _ low: ByteView, _ high: ByteView) -> ValueBounds.Values? {
    switch leaf.meaning {
    case .boolean:
      guard low.count == 1, high.count == 1 else { return nil }
      return integers(Int64(low[0] & 1), Int64(high[0] & 1))
    case .integer: return number(leaf, low).flatMap { low in number(leaf, high).flatMap { integers(low, $0) } }
    case .unsigned32:
      guard let low = low.load(0, as: UInt32.self), let high = high.load(0, as: UInt32.self) else { return nil }
      return integers(Int64(low), Int64(high))
    case .unsigned64:
      guard let low = low.load(0, as: UInt64.self), let high = high.load(0, as: UInt64.self), high <= UInt64(Int64.max)
      else { return nil }
      return integers(Int64(low), Int64(high))
    case .date:
      guard let low = number(leaf, low), let high = number(leaf, high), ColumnLosses.knownDays.contains(low),
        ColumnLosses.knownDays.contains(high)
      else { return nil }
      return integers(low, high)
    case .instant(let unitsPerDay, _):
      guard let low = number(leaf, low), let high = number(leaf, high) else { return nil }
      // No zone is a day away from UTC.
      let margin: Int64 = leaf.zone == nil ? 0 : 1
      let days = (
        ColumnLosses.day(of: low, unitsPerDay: unitsPerDay) - margin,
        ColumnLosses.day(of: high, unitsPerDay: unitsPerDay) + margin
      )
      guard ColumnLosses.knownDays.contains(days.0), ColumnLosses.knownDays.contains(days.1) else { return nil }
      return integers(days.0, days.1)
    case .real:
      guard let low = real(leaf, low), let high = real(leaf, high), low.isFinite, high.isFinite, low <= high else {
        return nil
      }
      return .reals(low...high)
    case .decimal(let precision, let scale):
      guard let low = number(leaf, low), let high = number(leaf, high) else { return nil }
      if scale == 0, precision <= 18 { return integers(low, high) }
      let (least, isLowExact) = WideInteger(low).real(scale: scale)
      let (greatest, isHighExact) = WideInteger(high).real(scale: scale)
      guard isLowExact, isHighExact, least <= greatest else { return nil }
      return .reals(least...greatest)
    case .text:
      guard !high.array.lexicographicallyPrecedes(low.array) else { return nil }
      return .texts(low: low.array, high: high.array)
    case .half, .oldInstant, .other: return nil
    }
  }

  private static func integers(_ low: Int64, _ high: Int64) -> ValueBounds.Values? {
    low <= high ? .integers(low...high) : nil
  }

  private static func number(_ leaf: ParquetLeaf, _ bytes: ByteView) -> Int64? {
    switch leaf.physical {
    case .int32: return bytes.count == 4 ? bytes.load(0, as: Int32.self).map { Int64($0) } : nil
    case .int64: return bytes.count == 8 ? bytes.load(0, as: Int64.self) : nil
    case .fixedBytes, .bytes:
      guard (1...16).contains(bytes.count) else { return nil }
      return WideInteger(littleEndian: bytes.count) { bytes[bytes.count - 1 - $0] }.int64
    default: return nil
    }
  }

  private static func real(_ leaf: ParquetLeaf, _ bytes: ByteView) -> Double? {
    switch leaf.physical {
    case .float: bytes.count == 4 ? bytes.load(0, as: UInt32.self).map(SinglePrecision.real) : nil
    case .double: bytes.count == 8 ? bytes.load(0, as: UInt64.self).map { Double(bitPattern: $0) } : nil
    default: nil
    }
  }
}

extension ParquetLeaf {
  /// Whether its values are compared as signed whole numbers, as every version of the format has done.
  fileprivate var isSigned: Bool {
    switch meaning {
    case .boolean: true
    case .integer, .date, .instant, .decimal: physical == .int32 || physical == .int64
    case .unsigned32, .unsigned64, .real, .half, .oldInstant, .text, .other: false
    }
  }
}
