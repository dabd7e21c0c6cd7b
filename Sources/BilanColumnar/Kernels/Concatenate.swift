// Putting chunks end to end, for operators that need every row at once.

extension Column {
  /// The rows of `parts` one after the other; texts get one common dictionary.
  ///
  /// - Precondition: all parts are of `kind`.
  package static func concatenate(_ parts: [Column], kind: ColumnKind) -> Column {
    if parts.count == 1 { return parts[0] }
    if parts.isEmpty { return .missing(kind, count: 0) }
    let count = parts.reduce(0) { $0 + $1.count }
    switch kind {
    case .integer:
      let columns = parts.map { part in
        guard case .integer(let column) = part else { preconditionFailure("an integer column is expected") }
        return column
      }
      return .integer(
        IntegerColumn(
          concatenateIntegers(columns.map(\.storage), count: count), validity: concatenateValidity(parts, count: count),
          bounds: unionOfBounds(columns)))
    case .real:
      let columns = parts.map { part in
        guard case .real(let column) = part else { preconditionFailure("a column of reals is expected") }
        return column
      }
      return .real(concatenateReals(columns, count: count, validity: concatenateValidity(parts, count: count)))
    case .boolean:
      let values = parts.map { part in
        guard case .boolean(let column) = part else { preconditionFailure("a column of truth values is expected") }
        return column.values
      }
      return .boolean(
        BooleanColumn(Bitmap.concatenate(values, count: count), validity: concatenateValidity(parts, count: count)))
    case .text: return concatenateTexts(parts, count: count)
    case .ratio:
      let columns = parts.map { part in
        guard case .ratio(let column) = part else { preconditionFailure("a column of ratios is expected") }
        return column
      }
      return .ratio(
        RatioColumn(
          numerators: concatenateValues(columns.map(\.numerators), count: count),
          denominators: concatenateValues(columns.map(\.denominators), count: count),
          reported: concatenateValues(columns.map(\.reported), count: count),
          expected: concatenateValues(columns.map(\.expected), count: count)))
    }
  }

  private static func concatenateTexts(_ parts: [Column], count: Int) -> Column {
    let columns = parts.map { part in
      guard case .text(let column) = part else { preconditionFailure("a column of texts is expected") }
      return column
    }
    let validity = concatenateValidity(parts, count: count)
    let first = columns[0].dictionary
    if columns.allSatisfy({ $0.dictionary === first }) {
      return .text(
        TextColumn(storage: concatenateCodes(columns, count: count), dictionary: first, validity: validity))
    }
    var unifier = DictionaryUnifier()
    let mappings = columns.map { unifier.mapping(for: $0.dictionary) }
    let codes = Buffer<UInt32>(count: count) { output in
      for (column, mapping) in zip(columns, mappings) {
        let source = column.codes.span
        for row in source.indices {
          // An invalid slot holds 0, which an empty dictionary does not map.
          let code = Int(source[row])
          output.append(code < mapping.count ? mapping[code] : 0)
        }
      }
    }
    return .text(TextColumn(codes, unifier.dictionary, validity: validity))
  }
}

extension Chunk {
  /// The rows of `chunks` one after the other, as one chunk.
  package static func concatenate(_ chunks: [Chunk], schema: Schema) -> Chunk {
    if chunks.count == 1 { return chunks[0] }
    return Chunk(
      columns: schema.fields.indices.map { index in
        Column.concatenate(chunks.map { $0.columns[index] }, kind: schema[index].type.columnKind)
      },
      count: chunks.reduce(0) { $0 + $1.count })
  }
}

private func concatenateValues<Element>(_ parts: [Buffer<Element>], count: Int) -> Buffer<Element> {
  Buffer(count: count) { output in
    for part in parts {
      let source = part.span
      for index in source.indices { output.append(source[index]) }
    }
  }
}

/// In the width of the parts, where they agree.
private func concatenateIntegers(_ parts: [IntegerColumn.Storage], count: Int) -> IntegerColumn.Storage {
  let int8 = parts.compactMap { if case .int8(let values) = $0 { values } else { nil } }
  if int8.count == parts.count { return .int8(concatenateValues(int8, count: count)) }
  let int16 = parts.compactMap { if case .int16(let values) = $0 { values } else { nil } }
  if int16.count == parts.count { return .int16(concatenateValues(int16, count: count)) }
  let int32 = parts.compactMap { if case .int32(let values) = $0 { values } else { nil } }
  if int32.count == parts.count { return .int32(concatenateValues(int32, count: count)) }
  return .int64(concatenateValues(parts.map { IntegerColumn($0).values }, count: count))
}

/// As whole numbers where all parts are kept as such, with the same digits.
private func concatenateReals(_ parts: [RealColumn], count: Int, validity: Bitmap?) -> RealColumn {
  let decimals = commonDecimals(parts)
  let wholes = parts.compactMap { if case .whole(let wholes) = $0.storage { wholes } else { nil } }
  if let decimals, wholes.count == parts.count, parts.allSatisfy({ $0.scale == decimals.scale }) {
    return RealColumn(wholes: concatenateIntegers(wholes, count: count), validity: validity, decimals: decimals)
  }
  return RealColumn(concatenateValues(parts.map(\.doubles), count: count), validity: validity, decimals: decimals)
}

private func unionOfBounds(_ parts: [IntegerColumn]) -> IntegerBounds? {
  var union: IntegerBounds?
  for part in parts where part.count > 0 {
    guard let bounds = part.bounds else { return nil }
    union = union?.union(bounds) ?? bounds
  }
  return union
}

/// Nil where parts do not agree on their decimals.
private func commonDecimals(_ parts: [RealColumn]) -> Decimals? {
  var common: Decimals?
  for part in parts where part.count > 0 {
    guard let decimals = part.decimals, let both = decimals.together(with: common ?? decimals) else { return nil }
    common = both
  }
  return common
}

private func concatenateCodes(_ parts: [TextColumn], count: Int) -> TextColumn.Codes {
  let uint8 = parts.compactMap { if case .uint8(let codes) = $0.storage { codes } else { nil } }
  if uint8.count == parts.count { return .uint8(concatenateValues(uint8, count: count)) }
  let uint16 = parts.compactMap { if case .uint16(let codes) = $0.storage { codes } else { nil } }
  if uint16.count == parts.count { return .uint16(concatenateValues(uint16, count: count)) }
  return .uint32(concatenateValues(parts.map(\.codes), count: count))
}

private func concatenateValidity(_ parts: [Column], count: Int) -> Bitmap? {
  let validities = parts.map(\.validity)
  if validities.allSatisfy({ $0 == nil }) { return nil }
  return Bitmap.concatenate(
    zip(parts, validities).map { part, validity in validity ?? Bitmap(repeating: true, count: part.count) },
    count: count)
}

extension Bitmap {
  /// The bits of `parts` one after the other, `count` together.
  package static func concatenate(_ parts: [Bitmap], count: Int) -> Bitmap {
    var words = [UInt64](repeating: 0, count: (count + 63) / 64)
    var position = 0
    for part in parts {
      let shift = UInt64(position & 63)
      var word = position >> 6
      for bits in part.words {
        words[word] |= bits << shift
        if shift != 0, word + 1 < words.count { words[word + 1] |= bits >> (64 - shift) }
        word += 1
      }
      position += part.count
    }
    return Bitmap(words: words, count: count)
  }
}
