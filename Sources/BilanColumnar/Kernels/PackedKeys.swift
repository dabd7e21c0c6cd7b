/// Packs several keys of a row into one word whose unsigned order is the order of rows: texts by their rank, whole numbers
/// and decimals by their distance from the least, missing last in either direction.
///
///     word =  code of key 0  |  code of key 1  |  …
///
/// Sorting and grouping many rows is then work on words, whatever the keys were.
package struct PackedKeys: Sendable {
  private enum Codes: Sendable {
    /// With the rank of each code where the dictionary is not in reading order.
    case text(TextDictionary, ranks: [UInt32]?)
    case integer(IntegerBounds)
    /// From `-greatest` on.
    case decimal(Decimals)
    /// All bits of a real.
    case real
    case boolean
  }

  private struct Part: Sendable {
    var codes: Codes
    var isDescending: Bool
    /// The greatest code that a value has; missing has one more.
    var last: UInt64
    var bits: Int
    var shift: Int
  }

  private let parts: [Part]
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
        guard let own = column.decimals, own.isExact, number == 0 || own.digits == decimals?.digits else {
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
    return Part(codes: codes, isDescending: false, last: last, bits: bits, shift: 0)
  }

  /// The word of each row of a chunk.
  ///
  /// - Precondition: the keys are columns that the packing was made for.
  package func words(_ keys: [Column], rowCount: Int) -> Buffer<UInt64> {
    var words: Buffer<UInt64>?
    for (part, key) in zip(parts, keys) {
      switch (part.codes, key) {
      case (.text(_, let ranks), .text(let column)):
        if let ranks {
          let (codes, table) = (column.codes, ranks)
          let (source, ranks) = (codes.span, table.span)
          // The code of a missing text may be none of the dictionary's.
          words = join(words, part, column.validity, rowCount) {
            let code = Int(source[$0])
            return code < ranks.count ? UInt64(ranks[code]) : 0
          }
        } else {
          switch column.storage {
          case .uint8(let codes): words = join(words, part, column.validity, codes, low: 0)
          case .uint16(let codes): words = join(words, part, column.validity, codes, low: 0)
          case .uint32(let codes): words = join(words, part, column.validity, codes, low: 0)
          }
        }
      case (.integer(let bounds), .integer(let column)):
        switch column.storage {
        case .int8(let values): words = join(words, part, column.validity, values, low: bounds.low)
        case .int16(let values): words = join(words, part, column.validity, values, low: bounds.low)
        case .int32(let values): words = join(words, part, column.validity, values, low: bounds.low)
        case .int64(let values): words = join(words, part, column.validity, values, low: bounds.low)
        }
      case (.decimal(let decimals), .real(let column)):
        let values = column.values.span
        let scale = decimals.scale
        let magic = Decimals.magic
        let low = Int64(bitPattern: magic.bitPattern) &- decimals.greatest
        words = join(words, part, column.validity, rowCount) {
          UInt64(bitPattern: Int64(bitPattern: (values[$0] * scale + magic).bitPattern) &- low)
        }
      case (.real, .real(let column)):
        let values = column.values.span
        words = join(words, part, column.validity, rowCount) {
          let bits = (values[$0] == 0 ? 0.0 : values[$0]).bitPattern
          return bits >> 63 == 1 ? ~bits : bits | 1 << 63
        }
      case (.boolean, .boolean(let column)):
        let values = column.values
        words = join(words, part, column.validity, rowCount) { values[$0] ? 1 : 0 }
      default: preconditionFailure("a packing is for the columns it was made for")
      }
    }
    return words ?? Buffer(repeating: 0, count: rowCount)
  }

  @inline(__always)
  private func join<T: FixedWidthInteger>(
    _ words: Buffer<UInt64>?, _ part: Part, _ validity: Bitmap?, _ values: Buffer<T>, low: Int64
  ) -> Buffer<UInt64> {
    let source = values.span
    let low = UInt64(bitPattern: low)
    return join(words, part, validity, source.count) { UInt64(truncatingIfNeeded: source[$0]) &- low }
  }

  /// Puts the codes of one key beside those of the keys before it.
  @inline(__always)
  private func join(
    _ words: Buffer<UInt64>?, _ part: Part, _ validity: Bitmap?, _ count: Int, _ code: (Int) -> UInt64
  ) -> Buffer<UInt64> {
    let shift = UInt64(part.shift & 63)
    // Descending codes are counted from the last.
    let flip = part.isDescending ? part.last : 0
    let sign: UInt64 = part.isDescending ? ~0 : 1
    if let validity {
      let valid = validity.words.span
      let missing = part.last &+ 1
      let before = words ?? Buffer(repeating: 0, count: count)
      let others = before.span
      return Buffer(count: count) { row in
        let isValid = valid[row &>> 6] &>> UInt64(truncatingIfNeeded: row & 63) & 1 == 1
        return others[row] | (isValid ? flip &+ sign &* code(row) : missing) &<< shift
      }
    }
    guard let words else { return Buffer(count: count) { (flip &+ sign &* code($0)) &<< shift } }
    let others = words.span
    return Buffer(count: count) { others[$0] | (flip &+ sign &* code($0)) &<< shift }
  }

  /// The keys that the words stand for.
  package func columns(of words: Buffer<UInt64>) -> [Column] {
    let words = words.span
    return parts.map { part in
      let mask: UInt64 = part.bits == 64 ? ~0 : 1 << UInt64(part.bits) - 1
      let shift = UInt64(part.shift & 63)
      // A key without bits has one value.
      let codes = Buffer<UInt64>(count: words.count) { part.bits == 0 ? 0 : words[$0] &>> shift & mask }
      let found = codes.span
      var hasMissing = false
      if part.last < .max { for row in found.indices where found[row] > part.last { hasMissing = true } }
      let validity = hasMissing ? Bitmap(count: found.count) { found[$0] <= part.last } : nil
      func value(_ row: Int) -> UInt64 { part.isDescending ? part.last &- found[row] : found[row] }
      switch part.codes {
      case .text(let dictionary, let ranks):
        var codeOfRank: [UInt32] = []
        if let ranks {
          codeOfRank = [UInt32](repeating: 0, count: ranks.count)
          for (code, rank) in ranks.enumerated() { codeOfRank[Int(rank)] = UInt32(code) }
        }
        let codes = Buffer<UInt32>(count: found.count) { row in
          guard found[row] <= part.last else { return 0 }
          return ranks == nil ? UInt32(truncatingIfNeeded: value(row)) : codeOfRank[Int(value(row))]
        }
        return .text(TextColumn(codes, dictionary, validity: validity).narrowed())
      case .integer(let bounds):
        let values = Buffer<Int64>(count: found.count) { bounds.low &+ Int64(bitPattern: value($0)) }
        return .integer(IntegerColumn(values, validity: validity, bounds: bounds).narrowed())
      case .decimal(let decimals):
        let scale = decimals.scale
        let values = Buffer<Double>(count: found.count) {
          Double(Int64(bitPattern: value($0)) &- decimals.greatest) / scale
        }
        return .real(PrimitiveColumn(values, validity: validity, decimals: decimals))
      case .real:
        let values = Buffer<Double>(count: found.count) { row in
          let bits = value(row)
          return Double(bitPattern: bits >> 63 == 1 ? bits & ~(1 << 63) : ~bits)
        }
        return .real(PrimitiveColumn(values, validity: validity))
      case .boolean: return .boolean(BooleanColumn(Bitmap(count: found.count) { value($0) == 1 }, validity: validity))
      }
    }
  }

  /// The bits of the keys from `index` on: words that are equal above them are equal in the keys before it.
  package func bits(from index: Int) -> Int { parts.dropFirst(index).reduce(0) { $0 + $1.bits } }
}
