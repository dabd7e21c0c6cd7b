/// Writes a flatbuffer from the root down: each table with its vtable before it and what it points to behind it.
struct FlatBuilder {
  /// A field's value.
  indirect enum Value {
    case int8(UInt8)
    case int16(Int16)
    case int32(Int32)
    case int64(Int64)
    case string(String)
    case table(Table)
    case tables([Table])
    /// Structs of 64-bit parts: their parts one after the other, how many of them a struct has.
    case structs([Int64], perElement: Int)
  }

  /// Fields by their numbers; those left out have their defaults.
  struct Table {
    var fields: [(number: Int, value: Value)]

    init(_ fields: [(Int, Value)]) { self.fields = fields.map { (number: $0.0, value: $0.1) } }
  }

  private var bytes: [UInt8] = [0, 0, 0, 0]

  private init() {}

  /// A buffer of one root table, padded to eight bytes.
  static func buffer(_ root: Table) -> [UInt8] {
    var builder = FlatBuilder()
    builder.point(from: 0, to: builder.write(root))
    builder.align(8)
    return builder.bytes
  }

  private mutating func align(_ size: Int, before count: Int = 0) {
    while (bytes.count + count) % size != 0 { bytes.append(0) }
  }

  private mutating func append<T: FixedWidthInteger>(_ value: T) {
    for shift in stride(from: 0, to: T.bitWidth, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> T(shift))) }
  }

  private mutating func set<T: FixedWidthInteger>(_ value: T, at place: Int) {
    for index in 0..<T.bitWidth / 8 { bytes[place + index] = UInt8(truncatingIfNeeded: value >> T(8 * index)) }
  }

  private mutating func point(from place: Int, to target: Int) { set(UInt32(target - place), at: place) }

  private static func size(_ value: Value) -> Int {
    switch value {
    case .int8: 1
    case .int16: 2
    case .int64: 8
    case .int32, .string, .table, .tables, .structs: 4
    }
  }

  /// - Returns: where the table is.
  private mutating func write(_ table: Table) -> Int {
    // The widest fields first, so that none needs padding but for the first.
    var size = 4
    var offsets: [Int] = Array(repeating: 0, count: table.fields.count)
    for width in [8, 4, 2, 1] {
      for (index, field) in table.fields.enumerated() where Self.size(field.value) == width {
        size = (size + width - 1) / width * width
        offsets[index] = size
        size += width
      }
    }
    let slots = (table.fields.map(\.number).max() ?? -1) + 1
    align(2)
    let vtable = bytes.count
    append(UInt16(4 + 2 * slots))
    append(UInt16(size))
    for slot in 0..<slots {
      append(UInt16(table.fields.firstIndex { $0.number == slot }.map { offsets[$0] } ?? 0))
    }
    align(8)
    let start = bytes.count
    bytes += [UInt8](repeating: 0, count: size)
    set(Int32(start - vtable), at: start)
    for (field, offset) in zip(table.fields, offsets) { write(field.value, at: start + offset) }
    return start
  }

  private mutating func write(_ value: Value, at place: Int) {
    switch value {
    case .int8(let value): set(value, at: place)
    case .int16(let value): set(value, at: place)
    case .int32(let value): set(value, at: place)
    case .int64(let value): set(value, at: place)
    case .string(let text):
      align(4)
      point(from: place, to: bytes.count)
      append(UInt32(text.utf8.count))
      bytes += text.utf8
      bytes.append(0)
    case .table(let table): point(from: place, to: write(table))
    case .tables(let tables):
      align(4)
      let start = bytes.count
      point(from: place, to: start)
      append(UInt32(tables.count))
      bytes += [UInt8](repeating: 0, count: 4 * tables.count)
      for (index, table) in tables.enumerated() {
        let slot = start + 4 + 4 * index
        point(from: slot, to: write(table))
      }
    case .structs(let parts, let perElement):
      // The parts are aligned, not their number.
      align(8, before: 4)
      point(from: place, to: bytes.count)
      append(UInt32(parts.count / perElement))
      for part in parts { append(part) }
    }
  }
}
