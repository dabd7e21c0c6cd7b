/// Numbers rows by their keys without looking anything up: each combination of small keys is a slot of its own.
///
///     slot = (code of key 0 · codes of key 1 + code of key 1) · codes of key 2 + code of key 2
///
/// A text's code is its dictionary's, an integer's its place among the column's values where these are few, else its
/// distance from the least of them, in steps of what all are multiples of; missing comes after all of them, so that slots ascend as sorted keys do (where dictionaries are in
/// reading order). What the slots are is settled by the first chunk, from what loading knows of whole columns; a later
/// chunk that does not keep to it has no slots.
package struct DirectKeys: Sendable {
  private enum Codes: Sendable {
    case text(TextDictionary)
    case integer(IntegerBounds)
    case domain(IntegerDomain)
    case boolean
  }

  private struct Part: Sendable {
    var codes: Codes
    /// How many codes there are; missing is this one.
    var count: Int
    /// How far apart the slots of two neighbouring codes are.
    var stride: Int
    /// Of integers: the low bits that say nothing.
    var shift = 0
  }

  private let parts: [Part]
  package let slotCount: Int

  /// - Parameter slotLimit: the most slots there may be.
  /// - Returns: nil where the keys have no small codes.
  package init?(_ keys: [Column], slotLimit: Int) {
    var parts: [Part] = []
    var stride = 1
    for key in keys.reversed() {
      let codes: Codes
      let count: Int
      var shift = 0
      switch key {
      case .text(let column):
        codes = .text(column.dictionary)
        count = column.dictionary.count
      case .integer(let column):
        guard let bounds = column.foundBounds, let span = bounds.span else { return nil }
        if let domain = bounds.domain {
          codes = .domain(domain)
          count = domain.values.count
          break
        }
        codes = .integer(bounds)
        // Distances are taken in 32 bits.
        if span < 1 << 32 { shift = bounds.shift }
        count = (span &- 1) >> shift &+ 1
      case .boolean:
        codes = .boolean
        count = 2
      case .real, .ratio: return nil
      }
      let (slots, overflows) = stride.multipliedReportingOverflow(by: count &+ 1)
      guard count < Int.max, !overflows, slots <= slotLimit, slots < 1 << 31 else { return nil }
      parts.append(Part(codes: codes, count: count, stride: stride, shift: shift))
      stride = slots
    }
    // Of days that begin a period most are no period's: so many slots that nobody fills cost more to merge than they save.
    if parts.contains(where: { $0.shift > 0 }), stride > slotLimit / 32 { return nil }
    self.parts = parts.reversed()
    slotCount = stride
  }

  /// True where the keys of a further chunk have slots.
  package func fit(_ keys: [Column]) -> Bool {
    zip(parts, keys).allSatisfy { part, key in
      switch (part.codes, key) {
      case (.text(let dictionary), .text(let column)): return dictionary === column.dictionary
      case (.integer(let bounds), .integer(let column)):
        guard let found = column.foundBounds else { return true }
        return bounds.includes(found)
      case (.domain(let domain), .integer(let column)):
        guard let found = column.foundBounds else { return true }
        return found.domain === domain
      case (.boolean, .boolean): return true
      default: return false
      }
    }
  }

  /// True where a slot stands for the same keys in both.
  package func isSame(as other: DirectKeys) -> Bool {
    zip(parts, other.parts).allSatisfy { part, other in
      switch (part.codes, other.codes) {
      case (.text(let dictionary), .text(let theirs)): dictionary === theirs
      case (.integer(let bounds), .integer(let theirs)): bounds == theirs
      case (.domain(let domain), .domain(let theirs)): domain === theirs
      case (.boolean, .boolean): true
      default: false
      }
    }
  }

  /// True where ascending slots are ascending keys.
  package var isSorted: Bool {
    parts.allSatisfy { part in
      if case .text(let dictionary) = part.codes { return dictionary.isSorted }
      return true
    }
  }

  /// The slot of each row.
  ///
  /// - Precondition: the keys fit.
  package func slots(_ keys: [Column], rowCount: Int) -> Buffer<UInt32> {
    var slots: Buffer<UInt32>?
    for (part, key) in zip(parts, keys) {
      switch key {
      case .text(let column):
        switch column.storage {
        case .uint8(let codes): slots = join(slots, codes, low: 0, part, column.validity)
        case .uint16(let codes): slots = join(slots, codes, low: 0, part, column.validity)
        case .uint32(let codes): slots = join(slots, codes, low: 0, part, column.validity)
        }
      case .integer(let column):
        guard case .integer(let bounds) = part.codes else {
          slots = join(slots, places(column, part), low: 0, part, column.validity)
          break
        }
        switch column.storage {
        case .int8(let values): slots = join(slots, values, low: bounds.low, part, column.validity)
        case .int16(let values): slots = join(slots, values, low: bounds.low, part, column.validity)
        case .int32(let values): slots = join(slots, values, low: bounds.low, part, column.validity)
        case .int64(let values): slots = join(slots, values, low: bounds.low, part, column.validity)
        }
      case .boolean(let column):
        let values = column.values
        let codes = Buffer<UInt8>(count: rowCount) { values[$0] ? 1 : 0 }
        slots = join(slots, codes, low: 0, part, column.validity)
      case .real, .ratio: preconditionFailure("only texts, integers and truth values have slots")
      }
    }
    return slots ?? Self.first(rowCount)
  }

  /// The only slot there is without a key, for each row.
  private static func first(_ rowCount: Int) -> Buffer<UInt32> {
    rowCount <= firsts.count ? firsts.slice(0..<rowCount) : Buffer(repeating: 0, count: rowCount)
  }

  /// As many as a chunk usually has rows: they are the same for all.
  private static let firsts = Buffer<UInt32>(repeating: 0, count: 1 << 16)

  /// The place of each row's value in its domain; of a row without a value any.
  private func places(_ column: IntegerColumn, _ part: Part) -> Buffer<UInt16> {
    guard case .domain(let domain) = part.codes else { preconditionFailure("the keys must fit") }
    switch column.storage {
    case .int8(let values): return places(values, domain)
    case .int16(let values): return places(values, domain)
    case .int32(let values): return places(values, domain)
    case .int64(let values): return places(values, domain)
    }
  }

  private func places<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Buffer<T>, _ domain: IntegerDomain
  ) -> Buffer<UInt16> {
    let source = values.span
    let places = domain.places
    let table = places.span
    let low = UInt32(truncatingIfNeeded: domain.values[0])
    let shift = UInt32(truncatingIfNeeded: domain.shift)
    let last = UInt32(table.count - 1)
    return Buffer(count: source.count) {
      table[Int(min((UInt32(truncatingIfNeeded: source[$0]) &- low) &>> shift, last))]
    }
  }

  /// Puts the codes of one key beside those of the keys before it. A function of its own for each width: where all are part
  /// of one, the compiler gives up and calls a closure for each row.
  private func join<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ slots: Buffer<UInt32>?, _ values: Buffer<T>, low: Int64, _ part: Part, _ validity: Bitmap?
  ) -> Buffer<UInt32> {
    let source = values.span
    let low = UInt32(truncatingIfNeeded: low)
    let stride = UInt32(truncatingIfNeeded: part.stride)
    let shift = UInt32(truncatingIfNeeded: part.shift)
    guard let validity else {
      guard let slots else {
        // Without its shift and its multiplication the loop takes half as long.
        if stride == 1, shift == 0 {
          return Buffer(count: source.count) { UInt32(truncatingIfNeeded: source[$0]) &- low }
        }
        return Buffer(count: source.count) { ((UInt32(truncatingIfNeeded: source[$0]) &- low) &>> shift) &* stride }
      }
      let before = slots.span
      return Buffer(count: source.count) {
        before[$0] &+ ((UInt32(truncatingIfNeeded: source[$0]) &- low) &>> shift) &* stride
      }
    }
    let words = validity.words.span
    let missing = UInt32(truncatingIfNeeded: part.count)
    let before = slots ?? Buffer(repeating: 0, count: source.count)
    let others = before.span
    return Buffer(count: source.count) { row in
      let isValid = words[row &>> 6] &>> UInt64(truncatingIfNeeded: row & 63) & 1 == 1
      let code = (UInt32(truncatingIfNeeded: source[row]) &- low) &>> shift
      return others[row] &+ (isValid ? code : missing) &* stride
    }
  }

  /// The keys that the slots stand for.
  package func columns(of slots: [UInt32]) -> [Column] {
    let slots = slots.span
    return parts.map { part in
      let stride = UInt32(truncatingIfNeeded: part.stride)
      let codeCount = UInt32(truncatingIfNeeded: part.count + 1)
      let missing = UInt32(truncatingIfNeeded: part.count)
      let codes = Buffer<UInt32>(count: slots.count) { slots[$0] / stride % codeCount }
      let found = codes.span
      var hasMissing = false
      for row in found.indices where found[row] == missing { hasMissing = true }
      let validity = hasMissing ? Bitmap(count: found.count) { found[$0] != missing } : nil
      switch part.codes {
      case .text(let dictionary):
        return .text(TextColumn(codes, dictionary, validity: validity).withBlankInvalidCodes().narrowed())
      case .integer(let bounds):
        let values = Buffer<Int64>(count: found.count) { bounds.low &+ Int64(found[$0]) &<< Int64(part.shift) }
        return .integer(IntegerColumn(values, validity: validity, bounds: bounds).narrowed())
      case .domain(let domain):
        let places = domain.values
        let source = places.span
        let last = UInt32(source.count - 1)
        let values = Buffer<Int64>(count: found.count) { source[Int(min(found[$0], last))] }
        return .integer(IntegerColumn(values, validity: validity, bounds: domain.bounds).narrowed())
      case .boolean: return .boolean(BooleanColumn(Bitmap(count: found.count) { found[$0] == 1 }, validity: validity))
      }
    }
  }
}
