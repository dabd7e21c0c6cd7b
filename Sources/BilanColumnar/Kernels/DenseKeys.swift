/// Packs small key codes side by side into an index of a direct table.
///
///     index =  code of key 2  |  code of key 1  |  code of key 0
///               widths[2] bits    widths[1] bits    widths[0] bits
///
/// A text's code is its unified code + 1, an integer's its distance from the least seen + 1; 0 is missing.
struct DenseKeys: Sendable {
  private let layout: KeyLayout
  private var widths: [Int]
  /// For integer keys the least and the greatest value seen.
  private var bounds: [IntegerBounds?]
  /// The table may have this many bits: a few megabytes for one key, what stays in the cache for several.
  private let limit: Int

  init(_ layout: KeyLayout) {
    self.layout = layout
    widths = layout.kinds.map { $0 == .boolean ? 2 : 0 }
    bounds = layout.kinds.map { _ in nil }
    limit = layout.kinds.count == 1 ? 20 : 16
  }

  var bitCount: Int { widths.reduce(0, +) }
  var isSmall: Bool { bitCount <= limit }

  /// Makes room for the keys of a chunk.
  ///
  /// - Returns: true where codes or widths have changed, so that a table by the old ones is void.
  mutating func widen(for keys: [Column], textCounts: [Int]) -> Bool {
    var hasChanged = false
    for (key, column) in keys.enumerated() {
      switch column {
      case .text: hasChanged = set(&widths[key], Self.width(of: textCounts[key] + 1)) || hasChanged
      case .integer(let column):
        guard let found = column.foundBounds else {
          hasChanged = set(&widths[key], 1) || hasChanged
          continue
        }
        let joined = bounds[key]?.union(found) ?? found
        if joined.low != bounds[key]?.low { hasChanged = true }
        bounds[key] = joined
        let width = joined.span.flatMap { $0 < 1 << 40 ? Self.width(of: $0 + 1) : nil } ?? 64
        hasChanged = set(&widths[key], width) || hasChanged
      default: break
      }
    }
    return hasChanged
  }

  private func set(_ width: inout Int, _ needed: Int) -> Bool {
    guard needed > width else { return false }
    width = needed
    return true
  }

  /// The bits that `count` codes need.
  private static func width(of count: Int) -> Int { Int.bitWidth - (count - 1).leadingZeroBitCount }

  func indices(_ keys: [Column], mappings: [[UInt32]], rowCount: Int) -> [UInt32] {
    var indices = [UInt32](repeating: 0, count: rowCount)
    var shift: UInt32 = 0
    for (key, column) in keys.enumerated() {
      switch column {
      case .text(let column):
        let codes = column.codes.span
        let mapping = mappings[key]
        if let validity = column.validity {
          for row in 0..<rowCount where validity[row] { indices[row] |= (mapping[Int(codes[row])] + 1) << shift }
        } else {
          for row in 0..<rowCount { indices[row] |= (mapping[Int(codes[row])] + 1) << shift }
        }
      case .integer(let column):
        let values = column.values.span
        let low = bounds[key]?.low ?? 0
        if let validity = column.validity {
          for row in 0..<rowCount where validity[row] {
            indices[row] |= UInt32(truncatingIfNeeded: values[row] &- low &+ 1) << shift
          }
        } else {
          for row in 0..<rowCount { indices[row] |= UInt32(truncatingIfNeeded: values[row] &- low &+ 1) << shift }
        }
      case .boolean(let column):
        for row in 0..<rowCount where column.validity?[row] ?? true {
          indices[row] |= (column.values[row] ? 2 : 1) << shift
        }
      default: preconditionFailure("only texts, integers and truth values are dense")
      }
      shift += UInt32(widths[key])
    }
    return indices
  }

  /// Appends the words of the keys at `index`, as `KeyLayout` has them.
  func appendWords(of index: Int, to words: inout [UInt64]) {
    let start = words.count
    for _ in 0..<layout.stride { words.append(0) }
    var rest = index
    for key in widths.indices {
      let code = rest & (1 << widths[key] - 1)
      rest >>= widths[key]
      guard layout.kinds[key] == .integer else {
        words[start + layout.offsets[key]] = UInt64(code)
        continue
      }
      if code == 0 {
        words[start + layout.maskOffset + layout.maskBits[key] / 64] |= 1 << UInt64(layout.maskBits[key] % 64)
      } else {
        words[start + layout.offsets[key]] = UInt64(bitPattern: (bounds[key]?.low ?? 0) + Int64(code - 1))
      }
    }
  }

  /// The index of the keys whose words begin at `start`.
  func index(ofWordsAt start: Int, in words: [UInt64]) -> Int {
    var index = 0
    var shift = 0
    for key in widths.indices {
      let word = words[start + layout.offsets[key]]
      if layout.kinds[key] == .integer {
        let mask = words[start + layout.maskOffset + layout.maskBits[key] / 64]
        if mask >> UInt64(layout.maskBits[key] % 64) & 1 == 0 {
          index |= Int(Int64(bitPattern: word) - (bounds[key]?.low ?? 0) + 1) << shift
        }
      } else {
        index |= Int(word) << shift
      }
      shift += widths[key]
    }
    return index
  }
}

extension IntegerColumn {
  /// The bounds known, else the least and the greatest value, looked for; nil where there is no value.
  package var foundBounds: IntegerBounds? {
    if let bounds { return bounds }
    return switch storage {
    case .int8(let values): Self.bounds(values, validity)
    case .int16(let values): Self.bounds(values, validity)
    case .int32(let values): Self.bounds(values, validity)
    case .int64(let values): Self.bounds(values, validity)
    }
  }

  private static func bounds<T: FixedWidthInteger>(_ values: Buffer<T>, _ validity: Bitmap?) -> IntegerBounds? {
    let values = values.span
    var low = T.max
    var high = T.min
    // The bits in which some value differs from the first.
    var differing: T = 0
    var first: T?
    if let validity {
      for row in values.indices where validity[row] {
        low = Swift.min(low, values[row])
        high = Swift.max(high, values[row])
        if first == nil { first = values[row] }
        differing |= values[row] ^ (first ?? 0)
      }
    } else if !values.isEmpty {
      let first = values[0]
      for row in values.indices {
        low = Swift.min(low, values[row])
        high = Swift.max(high, values[row])
        differing |= values[row] ^ first
      }
    }
    guard low <= high else { return nil }
    let shift = differing == 0 ? 0 : differing.trailingZeroBitCount
    return IntegerBounds(low: Int64(low), high: Int64(high), shift: shift)
  }
}
