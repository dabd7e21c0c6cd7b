import BilanColumnar

extension QueryResult {
  /// The rows as values of a `Decodable` type whose keys are column names or handles.
  ///
  /// A ratio decodes as ``Ratio``, or as `Double` for its value alone; dates, periods and durations as `String`; a
  /// missing value needs an optional.
  ///
  /// - Throws: `DecodingError` where a column is absent or a value is of another type.
  public func rows<Row: Decodable>(as type: Row.Type) throws -> [Row] {
    var positions: [String: Int] = [:]
    for (index, field) in table.schema.fields.enumerated() {
      positions[field.handle] = positions[field.handle] ?? index
    }
    for (index, field) in table.schema.fields.enumerated() { positions[field.label] = index }
    var rows: [Row] = []
    rows.reserveCapacity(rowCount)
    for chunk in table.chunks {
      for row in 0..<chunk.count {
        let cells = RowCells(chunk: chunk, row: row, schema: table.schema, positions: positions)
        rows.append(try Row(from: RowDecoder(cells: cells)))
      }
    }
    return rows
  }
}

/// One row, its cells found by name.
private struct RowCells {
  let chunk: Chunk
  let row: Int
  let schema: Schema
  let positions: [String: Int]

  func value(_ name: String) -> Value? {
    guard let index = positions[name] else { return nil }
    return chunk.columns[index].value(row, as: schema[index].type)
  }
}

private struct RowDecoder: Decoder {
  let cells: RowCells
  var codingPath: [any CodingKey] = []
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(RowContainer<Key>(cells: cells, codingPath: codingPath))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw notARow() }
  func singleValueContainer() throws -> any SingleValueDecodingContainer { throw notARow() }

  private func notARow() -> DecodingError {
    .typeMismatch(
      [String: String].self,
      .init(codingPath: codingPath, debugDescription: "a row decodes by the names of its columns"))
  }
}

private struct RowContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let cells: RowCells
  let codingPath: [any CodingKey]

  var allKeys: [Key] { cells.positions.keys.compactMap(Key.init(stringValue:)) }
  func contains(_ key: Key) -> Bool { cells.positions[key.stringValue] != nil }

  private func cell(_ key: Key) throws -> Value {
    guard let value = cells.value(key.stringValue) else {
      throw DecodingError.keyNotFound(
        key, .init(codingPath: codingPath, debugDescription: "the result has no column `\(key.stringValue)`"))
    }
    return value
  }

  func decodeNil(forKey key: Key) throws -> Bool {
    try CellDecoder(value: cell(key), codingPath: codingPath).decodeNil()
  }

  func decode<Target: Decodable>(_ type: Target.Type, forKey key: Key) throws -> Target {
    try CellDecoder(value: cell(key), codingPath: codingPath + [key]).decode(type)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try CellDecoder(value: cell(key), codingPath: codingPath + [key]).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try CellDecoder(value: cell(key), codingPath: codingPath + [key]).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { RowDecoder(cells: cells, codingPath: codingPath) }
  func superDecoder(forKey key: Key) throws -> any Decoder {
    CellDecoder(value: try cell(key), codingPath: codingPath + [key])
  }
}

/// One cell, as a plain value or as a ``Ratio``.
private struct CellDecoder: Decoder, SingleValueDecodingContainer {
  let value: Value
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    throw mismatch(type, "this column holds plain values")
  }
  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw mismatch([Int].self, "a cell is no list") }
  func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

  private func mismatch(_ type: Any.Type, _ text: String) -> DecodingError {
    .typeMismatch(type, .init(codingPath: codingPath, debugDescription: text))
  }

  func decodeNil() -> Bool {
    if case .ratio(let ratio) = value { return ratio.value == nil }
    return value.isMissing
  }

  func decode<Target: Decodable>(_ type: Target.Type) throws -> Target {
    if type == Ratio.self, case .ratio(let ratio) = value, let result = Ratio(ratio) as? Target { return result }
    return try Target(from: self)
  }

  func decode(_ type: Bool.Type) throws -> Bool {
    guard case .boolean(let flag) = value else { throw unexpected(type) }
    return flag
  }

  func decode(_ type: String.Type) throws -> String {
    switch value {
    case .text, .date, .period, .duration: return value.plainDescription ?? ""
    default: throw unexpected(type)
    }
  }

  func decode(_ type: Double.Type) throws -> Double {
    switch value {
    case .integer(let number): return Double(number)
    case .real(let number): return number
    case .ratio(let ratio):
      guard let number = ratio.value else { throw unexpected(type) }
      return number
    default: throw unexpected(type)
    }
  }

  func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
  func decode(_ type: Int.Type) throws -> Int { try whole(type) }
  func decode(_ type: Int8.Type) throws -> Int8 { try whole(type) }
  func decode(_ type: Int16.Type) throws -> Int16 { try whole(type) }
  func decode(_ type: Int32.Type) throws -> Int32 { try whole(type) }
  func decode(_ type: Int64.Type) throws -> Int64 { try whole(type) }
  func decode(_ type: UInt.Type) throws -> UInt { try whole(type) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try whole(type) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try whole(type) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try whole(type) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try whole(type) }

  private func whole<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
    switch value {
    case .integer(let number):
      if let exact = Number(exactly: number) { return exact }
    case .real(let number):
      if let exact = Number(exactly: number) { return exact }
    default: break
    }
    throw unexpected(type)
  }

  private func unexpected(_ type: Any.Type) -> DecodingError {
    let found = value.plainDescription.map { "`\($0)`" } ?? "missing"
    return mismatch(type, "the value is \(found), a \(value.type.name)")
  }
}
