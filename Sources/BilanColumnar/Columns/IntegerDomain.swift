/// The few values that a column of integers has out of a wide range: the days on which periods begin, the dates of
/// deliveries.
///
/// It is a promise about the whole column, as its bounds are, and known by identity: two columns with the same domain have
/// the same places.
package final class IntegerDomain: Sendable, Hashable {
  /// Ascending.
  package let values: Buffer<Int64>
  /// For each distance from the least value, in steps of 2 to the power `shift`, the place of the value in `values`; where
  /// there is no such value any.
  package let places: Buffer<UInt16>
  package let shift: Int

  /// Shorter columns are grouped fast enough without.
  static let leastRows = 1 << 12
  /// The most values, and the most distances.
  private static let (valueLimit, rangeLimit) = (1 << 12, 1 << 16)

  /// - Parameters:
  ///   - chunks: of the column.
  ///   - bounds: of its values, just as wide as they are.
  /// - Returns: nil where the values are many, or nearly all that the range has.
  init?(_ chunks: [IntegerColumn], bounds: IntegerBounds) {
    guard let span = bounds.span, span < 1 << 32 else { return nil }
    let shift = bounds.shift
    let range = (span - 1) >> shift + 1
    guard range > 64, range <= Self.rangeLimit else { return nil }
    let most = min(Self.valueLimit, range / 4)
    var isThere = [Bool](repeating: false, count: range)
    var count = 0
    for column in chunks {
      for row in 0..<column.count where column.validity?[row] ?? true {
        let distance = Int(column[row] &- bounds.low) >> shift
        guard distance >= 0, distance < range else { return nil }
        if isThere[distance] { continue }
        isThere[distance] = true
        count += 1
        if count > most { return nil }
      }
    }
    var values: [Int64] = []
    var places = [UInt16](repeating: 0, count: range)
    for distance in 0..<range where isThere[distance] {
      places[distance] = UInt16(values.count)
      values.append(bounds.low + Int64(distance) << Int64(shift))
    }
    self.values = Buffer(values)
    self.places = Buffer(places)
    self.shift = shift
  }

  package var bounds: IntegerBounds {
    IntegerBounds(low: values[0], high: values[values.count - 1], shift: shift, domain: self)
  }

  package static func == (lhs: IntegerDomain, rhs: IntegerDomain) -> Bool { lhs === rhs }

  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

extension [Column] {
  /// The chunks of a column that was loaded with its bounds, with the domain too where it has one.
  package func withDomain() -> [Column] {
    var chunks: [IntegerColumn] = []
    for case .integer(let column) in self { chunks.append(column) }
    guard let bounds = chunks.first?.bounds, chunks.reduce(0, { $0 + $1.count }) >= IntegerDomain.leastRows,
      let domain = IntegerDomain(chunks, bounds: bounds)
    else { return self }
    return chunks.map { chunk in
      var chunk = chunk
      chunk.bounds?.domain = domain
      return .integer(chunk)
    }
  }
}
