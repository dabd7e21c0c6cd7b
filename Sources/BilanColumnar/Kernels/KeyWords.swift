/// How the keys of a row become a few 64-bit words that are equal exactly when the keys are.
///
///     text      code of the unified dictionary + 1, 0 where missing
///     boolean   1 or 2, 0 where missing
///     real      its bits (−0 as 0), all ones where missing, which no finite number has
///     ratio     four words, its parts
///     integer   its bits, 0 where missing, and a bit in a mask word at the end of the row, as every word is taken
struct KeyLayout: Sendable {
  let kinds: [ColumnKind]
  /// The first word of each key.
  let offsets: [Int]
  /// For each integer key its bit among the mask bits; -1 for other keys.
  let maskBits: [Int]
  /// Where the mask words begin.
  let maskOffset: Int
  /// Words a row.
  let stride: Int

  init(_ kinds: [ColumnKind]) {
    self.kinds = kinds
    var offsets: [Int] = []
    var maskBits: [Int] = []
    var words = 0
    var masks = 0
    for kind in kinds {
      offsets.append(words)
      words += kind == .ratio ? 4 : 1
      maskBits.append(kind == .integer ? masks : -1)
      if kind == .integer { masks += 1 }
    }
    self.offsets = offsets
    self.maskBits = maskBits
    maskOffset = words
    stride = words + (masks + 63) / 64
  }

  /// The words of every row, row after row. `mappings` holds the common codes of each text key's dictionary.
  func words(_ keys: [Column], mappings: [[UInt32]], rowCount: Int) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: rowCount * stride)
    for (key, column) in keys.enumerated() {
      let offset = offsets[key]
      switch column {
      case .integer(let column):
        let values = column.values.span
        for row in values.indices { words[row * stride + offset] = UInt64(bitPattern: values[row]) }
        if let validity = column.validity {
          let mask = maskOffset + maskBits[key] / 64
          let bit: UInt64 = 1 << UInt64(maskBits[key] % 64)
          for row in values.indices where !validity[row] {
            words[row * stride + offset] = 0
            words[row * stride + mask] |= bit
          }
        }
      case .real(let column):
        let doubles = column.doubles
        let values = doubles.span
        for row in values.indices { words[row * stride + offset] = Self.word(of: values[row]) }
        if let validity = column.validity {
          for row in values.indices where !validity[row] { words[row * stride + offset] = ~0 }
        }
      case .text(let column):
        let codes = column.codes.span
        let mapping = mappings[key]
        if let validity = column.validity {
          for row in codes.indices where validity[row] {
            words[row * stride + offset] = UInt64(mapping[Int(codes[row])]) + 1
          }
        } else {
          for row in codes.indices { words[row * stride + offset] = UInt64(mapping[Int(codes[row])]) + 1 }
        }
      case .boolean(let column):
        for row in 0..<rowCount where column.validity?[row] ?? true {
          words[row * stride + offset] = column.values[row] ? 2 : 1
        }
      case .ratio(let column):
        for row in 0..<rowCount {
          let start = row * stride + offset
          words[start] = Self.word(of: column.numerators[row])
          words[start + 1] = Self.word(of: column.denominators[row])
          words[start + 2] = UInt64(bitPattern: column.reported[row])
          words[start + 3] = UInt64(bitPattern: column.expected[row])
        }
      }
    }
    return words
  }

  /// The keys that `words`, `count` rows of them, stand for.
  func columns(_ words: [UInt64], count: Int, dictionaries: [TextDictionary]) -> [Column] {
    kinds.indices.map { key in
      let offset = offsets[key]
      func parts(_ part: Int) -> [UInt64] { (0..<count).map { words[$0 * stride + offset + part] } }
      func validity(_ isValid: (Int) -> Bool) -> Bitmap? {
        let bitmap = Bitmap(count: count, isValid)
        return bitmap.allOnes ? nil : bitmap
      }
      switch kinds[key] {
      case .integer:
        let mask = maskOffset + maskBits[key] / 64
        let bit: UInt64 = 1 << UInt64(maskBits[key] % 64)
        return .integer(
          IntegerColumn(
            parts(0).map { Int64(bitPattern: $0) }, validity: validity { words[$0 * stride + mask] & bit == 0 }))
      case .real:
        return .real(
          PrimitiveColumn(
            parts(0).map { $0 == ~0 ? 0 : Double(bitPattern: $0) },
            validity: validity { words[$0 * stride + offset] != ~0 }))
      case .text:
        return .text(
          TextColumn(
            Buffer(parts(0).map { $0 == 0 ? 0 : UInt32($0 - 1) }), dictionaries[key],
            validity: validity { words[$0 * stride + offset] != 0 }))
      case .boolean:
        return .boolean(
          BooleanColumn(
            Bitmap(count: count) { words[$0 * stride + offset] == 2 },
            validity: validity { words[$0 * stride + offset] != 0 }))
      case .ratio:
        return .ratio(
          RatioColumn(
            numerators: Buffer(parts(0).map { Double(bitPattern: $0) }),
            denominators: Buffer(parts(1).map { Double(bitPattern: $0) }),
            reported: Buffer(parts(2).map { Int64(bitPattern: $0) }),
            expected: Buffer(parts(3).map { Int64(bitPattern: $0) })))
      }
    }
  }

  private static func word(of value: Double) -> UInt64 { (value == 0 ? 0.0 : value).bitPattern }
}
