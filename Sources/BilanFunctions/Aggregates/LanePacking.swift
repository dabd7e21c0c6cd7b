import BilanColumnar

/// Where in a group's slot the row count and the sums stand: sums of small whole numbers share the first word with the
/// count, each other has a word of its own.
///
///     word 0   … │ second sum │ first sum │ rows       word 1   a sum of reals       …
///
/// A slot is then half as large, and a row's additions are fewer. Fields hold only so many rows of a group: before there
/// may be more, slots are emptied into totals.
struct LanePacking {
  struct Field {
    var lane: Int
    /// Values are counted from it, so that no sum is negative.
    var low: Int64
    /// The most that a value may be above it.
    var span: UInt64
    var shift: UInt64 = 0

    var valueBits: Int { UInt64.bitWidth - span.leadingZeroBitCount }
  }

  private(set) var fields: [Field] = []
  /// Lanes with a word of their own, in order.
  private(set) var others: [Int] = []
  /// Bits of a field that counts rows.
  private(set) var rowBits = 62

  /// With fewer, slots would have to be looked at within a chunk.
  static let leastRowBits = 17

  /// Rows of a group that the fields hold.
  var capacity: Int { 1 << rowBits - 1 }

  /// - Parameters:
  ///   - ranges: of each lane in which its values lie; nil for what has a word of its own.
  ///   - leastRowBits: a lane that leaves the rows fewer has a word of its own too.
  init(_ ranges: [ClosedRange<Int64>?], leastRowBits: Int = Self.leastRowBits) {
    var valueBits = 0
    let found = ranges.enumerated().compactMap { lane, range in
      range.map { Field(lane: lane, low: $0.lowerBound, span: UInt64(bitPattern: $0.upperBound &- $0.lowerBound)) }
    }
    for field in found.sorted(by: { ($0.span, $0.lane) < ($1.span, $1.lane) }) {
      // Rows, and of each field as many bits more than a value has.
      let rowBits = (63 - valueBits - field.valueBits) / (fields.count + 2)
      guard rowBits >= leastRowBits else { break }
      self.rowBits = rowBits
      valueBits += field.valueBits
      fields.append(field)
    }
    var shift = rowBits
    for index in fields.indices {
      fields[index].shift = UInt64(shift)
      shift += rowBits + fields[index].valueBits
    }
    others = ranges.indices.filter { lane in !fields.contains { $0.lane == lane } }
  }

  /// Whether values in these ranges may be added to what was packed so.
  func holds(_ ranges: [ClosedRange<Int64>?]) -> Bool {
    fields.allSatisfy { field in
      guard let range = ranges[field.lane] else { return false }
      return range.lowerBound >= field.low && UInt64(bitPattern: range.upperBound &- field.low) <= field.span
    }
  }

  /// The most rows that some slot may have, where first words have had only the bits of `seen`.
  func mostRows(_ seen: UInt64) -> Int {
    1 << (UInt64.bitWidth - (seen & UInt64(bitPattern: Int64(capacity))).leadingZeroBitCount) - 1
  }

  /// The rows in the first word of a slot.
  func rows(_ word: UInt64) -> Int64 { Int64(bitPattern: word & (1 << UInt64(rowBits) - 1)) }

  /// The sum in a field of the first word of a slot.
  func sum(_ field: Field, _ word: UInt64) -> Int64 {
    let bits = UInt64(rowBits + field.valueBits)
    return Int64(bitPattern: word &>> field.shift & (1 << bits - 1)) &+ field.low &* rows(word)
  }
}
