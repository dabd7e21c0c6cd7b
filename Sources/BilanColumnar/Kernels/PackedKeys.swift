/// Packs several keys of a row into one word whose unsigned order is the order of rows: texts by their rank, whole numbers
/// and decimals by their distance from the least, missing last in either direction.
///
///     word =  code of key 0  |  code of key 1  |  …
///
/// Sorting and grouping many rows is then work on words, whatever the keys were.
package struct PackedKeys: Sendable {
  enum Codes: Sendable {
    /// With the rank of each code where the dictionary is not in reading order.
    case text(TextDictionary, ranks: [UInt32]?)
    case integer(IntegerBounds)
    /// From `-greatest` on.
    case decimal(Decimals)
    /// All bits of a real.
    case real
    case boolean
  }

  struct Part: Sendable {
    var codes: Codes
    var isDescending: Bool
    /// The greatest code that a value has; missing has one more.
    var last: UInt64
    var hasMissing: Bool
    var bits: Int
    var shift: Int

    var turn: Turn { Turn(last: isDescending ? last : 0, flip: isDescending ? ~0 : 0) }
  }

  /// Codes as they are, or counted from the last where the order descends; and back again.
  struct Turn {
    let last: UInt64
    let flip: UInt64

    /// All bits turned and one added is the negative.
    @inline(__always)
    func callAsFunction(_ code: UInt64) -> UInt64 { (code ^ flip) &- flip &+ last }
  }

  let parts: [Part]
  /// The bits that all keys take.
  package let bitCount: Int

  /// - Parameter keys: for each key its column in every chunk.
  /// - Returns: nil where the keys do not go into 64 bits, or texts are of several dictionaries.
  package init?(_ keys: [(columns: [Column], isDescending: Bool)]) {
    var parts: [Part] = []
    var bitCount = 0
    for key in keys {
      guard var part = Self.part(key.columns) else { return nil }
      part.isDescending = key.isDescending
      parts.append(part)
      bitCount += part.bits
      guard bitCount <= 64 else { return nil }
    }
    var shift = bitCount
    for index in parts.indices {
      shift -= parts[index].bits
      parts[index].shift = shift
    }
    self.parts = parts
    self.bitCount = bitCount
  }

  private static func part(_ columns: [Column]) -> Part? {
    guard let first = columns.first else { return nil }
    let hasMissing = columns.contains { $0.validity != nil }
    let codes: Codes
    let last: UInt64
    switch first {
    case .text(let column):
      let dictionary = column.dictionary
      for case .text(let other) in columns where other.dictionary !== dictionary { return nil }
      let ranks = dictionary.isSorted ? nil : dictionary.ranks().map { UInt32(bitPattern: $0) }
      codes = .text(dictionary, ranks: ranks)
      last = UInt64(max(1, dictionary.count) - 1)
    case .integer:
      var bounds: IntegerBounds?
      for case .integer(let column) in columns {
        if let found = column.foundBounds { bounds = bounds?.union(found) ?? found }
      }
      let known = bounds ?? IntegerBounds(low: 0, high: 0)
      codes = .integer(known)
      last = UInt64(bitPattern: known.high &- known.low)
    case .real:
      var decimals: Decimals? = Decimals(digits: 0, greatest: 0)
      for (number, column) in columns.enumerated() {
        guard case .real(let column) = column else { return nil }
        guard let own = column.decimals, number == 0 || own.digits == decimals?.digits else {
          decimals = nil
          break
        }
        decimals = Decimals(digits: own.digits, greatest: max(own.greatest, decimals?.greatest ?? 0))
      }
      if let decimals {
        codes = .decimal(decimals)
        last = UInt64(decimals.greatest) * 2
      } else {
        codes = .real
        last = .max
      }
    case .boolean:
      codes = .boolean
      last = 1
    case .ratio: return nil
    }
    if hasMissing, last == .max { return nil }
    let bits = UInt64.bitWidth - (hasMissing ? last + 1 : last).leadingZeroBitCount
    return Part(codes: codes, isDescending: false, last: last, hasMissing: hasMissing, bits: bits, shift: 0)
  }

  /// The word of each row of a chunk.
  ///
  /// - Precondition: the keys are columns that the packing was made for.
  package func words(_ keys: [Column], rowCount: Int) -> Buffer<UInt64> {
    var words = [UInt64](repeating: 0, count: rowCount)
    for (part, key) in zip(parts, keys) {
      switch (part.codes, key) {
      case (.text(_, let ranks), .text(let column)):
        if let ranks {
          let (codes, table) = (column.codes, ranks)
          let (source, ranks) = (codes.span, table.span)
          // The code of a missing text may be none of the dictionary's.
          join(part, column.validity, into: &words) {
            let code = Int(source[$0])
            return code < ranks.count ? UInt64(ranks[code]) : 0
          }
        } else {
          switch column.storage {
          case .uint8(let codes): join(part, column.validity, codes, low: 0, into: &words)
          case .uint16(let codes): join(part, column.validity, codes, low: 0, into: &words)
          case .uint32(let codes): join(part, column.validity, codes, low: 0, into: &words)
          }
        }
      case (.integer(let bounds), .integer(let column)):
        join(part, column.storage, validity: column.validity, low: bounds.low, into: &words)
      case (.decimal(let decimals), .real(let column)):
        if let wholes = column.wholes {
          join(part, wholes.storage, validity: column.validity, low: -decimals.greatest, into: &words)
          continue
        }
        let doubles = column.doubles
        let values = doubles.span
        let scale = decimals.scale
        let magic = Decimals.magic
        let low = Int64(bitPattern: magic.bitPattern) &- decimals.greatest
        join(part, column.validity, into: &words) {
          UInt64(bitPattern: Int64(bitPattern: (values[$0] * scale + magic).bitPattern) &- low)
        }
      case (.real, .real(let column)):
        let doubles = column.doubles
        let values = doubles.span
        join(part, column.validity, into: &words) { SortWords.word(of: values[$0], false) }
      case (.boolean, .boolean(let column)):
        let values = column.values
        join(part, column.validity, into: &words) { values[$0] ? 1 : 0 }
      default: preconditionFailure("a packing is for the columns it was made for")
      }
    }
    return Buffer(words)
  }

  private func join(
    _ part: Part, _ integers: IntegerColumn.Storage, validity: Bitmap?, low: Int64, into words: inout [UInt64]
  ) {
    switch integers {
    case .int8(let values): join(part, validity, values, low: low, into: &words)
    case .int16(let values): join(part, validity, values, low: low, into: &words)
    case .int32(let values): join(part, validity, values, low: low, into: &words)
    case .int64(let values): join(part, validity, values, low: low, into: &words)
    }
  }

  @inline(__always)
  private func join<T: FixedWidthInteger>(
    _ part: Part, _ validity: Bitmap?, _ values: Buffer<T>, low: Int64, into words: inout [UInt64]
  ) {
    let source = values.span
    let low = UInt64(bitPattern: low)
    join(part, validity, into: &words) { UInt64(truncatingIfNeeded: source[$0]) &- low }
  }

  /// Puts the codes of one key beside those of the keys before it.
  @inline(__always)
  private func join(
    _ part: Part, _ validity: Bitmap?, into words: inout [UInt64], _ code: (Int) -> UInt64
  ) {
    var slots = words.mutableSpan
    let shift = UInt64(part.shift & 63)
    let turn = part.turn
    if let validity {
      let valid = validity.words.span
      let missing = part.last &+ 1
      for row in slots.indices {
        let isValid = valid[row &>> 6] &>> UInt64(truncatingIfNeeded: row & 63) & 1 == 1
        slots[row] |= (isValid ? turn(code(row)) : missing) &<< shift
      }
    } else {
      for row in slots.indices { slots[row] |= turn(code(row)) &<< shift }
    }
  }

  /// The bits of the keys from `index` on: words that are equal above them are equal in the keys before it.
  package func bits(from index: Int) -> Int { parts.dropFirst(index).reduce(0) { $0 + $1.bits } }
}
