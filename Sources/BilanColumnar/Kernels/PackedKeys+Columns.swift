// Words made keys again.

extension PackedKeys {
  /// The keys that the words stand for.
  package func columns(of words: Buffer<UInt64>) -> [Column] { parts.map { Self.column(of: $0, words) } }

  private static func column(of part: Part, _ words: Buffer<UInt64>) -> Column {
    let validity = part.hasMissing ? present(part, words) : nil
    switch part.codes {
    case .text(let dictionary, let ranks): return .text(texts(part, words, dictionary, ranks, validity))
    case .integer(let bounds): return .integer(integers(part, words, bounds, validity))
    case .decimal(let decimals):
      let scale = decimals.scale
      let values = values(part, words) { Double(Int64(bitPattern: $0) &- decimals.greatest) / scale }
      return .real(PrimitiveColumn(values, validity: validity, decimals: decimals))
    case .real:
      let values = values(part, words) { SortWords.real(of: $0, false) }
      return .real(PrimitiveColumn(values, validity: validity))
    case .boolean:
      let flags: Buffer<UInt8> = values(part, words) { $0 == 1 ? 1 : 0 }
      return .boolean(BooleanColumn(Bitmap(flags: flags), validity: validity))
    }
  }

  /// In the width that the bounds need.
  private static func integers(
    _ part: Part, _ words: Buffer<UInt64>, _ bounds: IntegerBounds, _ validity: Bitmap?
  ) -> IntegerColumn {
    let low = UInt64(bitPattern: bounds.low)
    let storage: IntegerColumn.Storage =
      if bounds.fit(Int8.self) {
        .int8(wholes(part, words, low: low))
      } else if bounds.fit(Int16.self) {
        .int16(wholes(part, words, low: low))
      } else if bounds.fit(Int32.self) {
        .int32(wholes(part, words, low: low))
      } else {
        .int64(wholes(part, words, low: low))
      }
    return IntegerColumn(storage, validity: validity, bounds: bounds)
  }

  private static func texts(
    _ part: Part, _ words: Buffer<UInt64>, _ dictionary: TextDictionary, _ ranks: [UInt32]?, _ validity: Bitmap?
  ) -> TextColumn {
    if let ranks {
      var codeOfRank = [UInt32](repeating: 0, count: ranks.count)
      for (code, rank) in ranks.enumerated() { codeOfRank[Int(rank)] = UInt32(code) }
      let table = codeOfRank
      // Missing has one more than the last rank.
      let codes = values(part, words) { $0 < table.count ? table[Int($0)] : 0 }
      return TextColumn(codes, dictionary, validity: validity).withBlankInvalidCodes().narrowed()
    }
    if validity != nil {
      let codes: Buffer<UInt32> = wholes(part, words)
      return TextColumn(codes, dictionary, validity: validity).withBlankInvalidCodes().narrowed()
    }
    let storage: TextColumn.Codes =
      if dictionary.count <= 1 << 8 {
        .uint8(wholes(part, words))
      } else if dictionary.count <= 1 << 16 {
        .uint16(wholes(part, words))
      } else {
        .uint32(wholes(part, words))
      }
    return TextColumn(storage: storage, dictionary: dictionary)
  }

  /// The words that hold a value; nil where all do.
  private static func present(_ part: Part, _ words: Buffer<UInt64>) -> Bitmap? {
    let last = part.last
    let (mask, shift) = bits(of: part)
    let source = words.span
    return Bitmap(flags: Buffer(count: source.count) { source[$0] &>> shift & mask <= last ? 1 : 0 }).unlessAllOnes
  }

  /// The code of each word, counted from `low`.
  private static func wholes<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ part: Part, _ words: Buffer<UInt64>, low: UInt64 = 0
  ) -> Buffer<T> {
    values(part, words) { T(truncatingIfNeeded: low &+ $0) }
  }

  /// What is made of the code of each word.
  @inline(__always)
  private static func values<T: BitwiseCopyable & Sendable>(
    _ part: Part, _ words: Buffer<UInt64>, _ value: (UInt64) -> T
  ) -> Buffer<T> {
    let (mask, shift) = bits(of: part)
    let turn = part.turn
    let source = words.span
    return Buffer(count: source.count) { value(turn(source[$0] &>> shift & mask)) }
  }

  /// A key without bits has one value.
  private static func bits(of part: Part) -> (mask: UInt64, shift: UInt64) {
    (part.bits == 64 ? ~0 : 1 << UInt64(part.bits) - 1, UInt64(part.shift & 63))
  }
}
