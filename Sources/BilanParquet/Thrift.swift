import BilanDiagnostics
import BilanReaders

/// A value of Thrift's compact protocol, as Parquet's metadata are written.
///
/// Source: Apache Thrift, doc/specs/thrift-compact-protocol.md.
indirect enum ThriftValue: Sendable {
  case boolean(Bool)
  case integer(Int64)
  case bytes(ByteView)
  case list([ThriftValue])
  case structure(ThriftStructure)
  /// A double or a map, of which Parquet's metadata need none.
  case other
}

/// The fields of a structure by their numbers.
struct ThriftStructure: Sendable {
  var fields: [Int16: ThriftValue] = [:]

  func integer(_ field: Int16) -> Int? {
    if case .integer(let value) = fields[field] { Int(value) } else { nil }
  }

  func boolean(_ field: Int16) -> Bool? {
    if case .boolean(let value) = fields[field] { value } else { nil }
  }

  func string(_ field: Int16) -> String? {
    if case .bytes(let bytes) = fields[field] { String(decoding: bytes.array, as: UTF8.self) } else { nil }
  }

  func bytes(_ field: Int16) -> ByteView? {
    if case .bytes(let bytes) = fields[field] { bytes } else { nil }
  }

  func structure(_ field: Int16) -> ThriftStructure? {
    if case .structure(let value) = fields[field] { value } else { nil }
  }

  func structures(_ field: Int16) -> [ThriftStructure] {
    guard case .list(let values) = fields[field] else { return [] }
    return values.compactMap { if case .structure(let value) = $0 { value } else { nil } }
  }
}

/// Reads structures from bytes, each byte looked for before it is read.
struct ThriftReader {
  private let bytes: ByteView
  private(set) var position: Int

  init(_ bytes: ByteView, at position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  private static var fault: FormatFault {
    .malformed("its metadata are cut short or damaged", fr: "ses métadonnées sont tronquées ou abîmées")
  }

  /// Structures in structures beyond these are nobody's.
  private static let mostLevels = 24

  mutating func structure(level: Int = 0) throws(FormatFault) -> ThriftStructure {
    guard level < Self.mostLevels else { throw Self.fault }
    var result = ThriftStructure()
    var number: Int16 = 0
    while true {
      let head = try byte()
      if head == 0 { return result }
      // The number as a distance from the one before, else written out.
      if head >> 4 == 0 {
        number = Int16(truncatingIfNeeded: try zigzag())
      } else {
        number = number &+ Int16(head >> 4)
      }
      let kind = head & 15
      // The value of a truth value stands in its kind.
      result.fields[number] = kind == 1 ? .boolean(true) : kind == 2 ? .boolean(false) : try value(kind, level)
    }
  }

  private mutating func value(_ kind: UInt8, _ level: Int) throws(FormatFault) -> ThriftValue {
    switch kind {
    case 1, 2: return .boolean(try byte() == 1)
    case 3: return .integer(Int64(Int8(bitPattern: try byte())))
    case 4, 5, 6: return .integer(try zigzag())
    case 7:
      try skip(8)
      return .other
    case 8:
      let size = try size()
      let start = position
      try skip(size)
      return .bytes(bytes.slice(start, count: size)!)
    case 9, 10:
      let head = try byte()
      let count = head >> 4 == 15 ? try size() : Int(head >> 4)
      // Every element has at least a byte.
      guard count <= bytes.count - position, level < Self.mostLevels else { throw Self.fault }
      var values: [ThriftValue] = []
      for _ in 0..<count { values.append(try value(head & 15, level + 1)) }
      return .list(values)
    case 11:
      let count = try size()
      guard count <= bytes.count - position, level < Self.mostLevels else { throw Self.fault }
      if count > 0 {
        let kinds = try byte()
        for _ in 0..<count {
          _ = try value(kinds >> 4, level + 1)
          _ = try value(kinds & 15, level + 1)
        }
      }
      return .other
    case 12: return .structure(try structure(level: level + 1))
    default: throw Self.fault
    }
  }

  private mutating func byte() throws(FormatFault) -> UInt8 {
    guard position < bytes.count else { throw Self.fault }
    defer { position += 1 }
    return bytes[position]
  }

  private mutating func skip(_ count: Int) throws(FormatFault) {
    guard count >= 0, count <= bytes.count - position else { throw Self.fault }
    position += count
  }

  private mutating func size() throws(FormatFault) -> Int {
    let value = try varint()
    guard value <= UInt64(bytes.count) else { throw Self.fault }
    return Int(value)
  }

  /// Seven bits a byte, the lowest first.
  private mutating func varint() throws(FormatFault) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while shift < 64 {
      let byte = try byte()
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    throw Self.fault
  }

  private mutating func zigzag() throws(FormatFault) -> Int64 {
    let value = try varint()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }
}

/// Writes structures; fields in the order of their numbers.
struct ThriftWriter {
  private(set) var bytes: [UInt8] = []
  private var last: [Int] = [0]

  private mutating func head(_ field: Int, _ kind: UInt8) {
    let distance = field - last[last.count - 1]
    precondition((1...15).contains(distance), "fields are written in order")
    bytes.append(UInt8(distance) << 4 | kind)
    last[last.count - 1] = field
  }

  private mutating func varint(_ value: UInt64) {
    var value = value
    while value >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    bytes.append(UInt8(value))
  }

  private mutating func zigzag(_ value: Int64) { varint(UInt64(bitPattern: value << 1 ^ value >> 63)) }

  mutating func integer32(_ field: Int, _ value: Int) {
    head(field, 5)
    zigzag(Int64(value))
  }

  mutating func integer64(_ field: Int, _ value: Int) {
    head(field, 6)
    zigzag(Int64(value))
  }

  mutating func boolean(_ field: Int, _ value: Bool) { head(field, value ? 1 : 2) }

  mutating func string(_ field: Int, _ value: String) { binary(field, Array(value.utf8)) }

  mutating func binary(_ field: Int, _ value: [UInt8]) {
    head(field, 8)
    varint(UInt64(value.count))
    bytes += value
  }

  mutating func structure(_ field: Int, _ body: (inout ThriftWriter) -> Void) {
    head(field, 12)
    element(body)
  }

  /// A structure that is the whole, or one of a list.
  mutating func element(_ body: (inout ThriftWriter) -> Void) {
    last.append(0)
    body(&self)
    last.removeLast()
    bytes.append(0)
  }

  private mutating func listHead(_ field: Int, count: Int, kind: UInt8) {
    head(field, 9)
    if count < 15 {
      bytes.append(UInt8(count) << 4 | kind)
    } else {
      bytes.append(0xF0 | kind)
      varint(UInt64(count))
    }
  }

  mutating func structures(_ field: Int, count: Int, _ body: (inout ThriftWriter, Int) -> Void) {
    listHead(field, count: count, kind: 12)
    for index in 0..<count { element { body(&$0, index) } }
  }

  mutating func integers(_ field: Int, _ values: [Int]) {
    listHead(field, count: values.count, kind: 5)
    for value in values { zigzag(Int64(value)) }
  }

  mutating func strings(_ field: Int, _ values: [String]) {
    listHead(field, count: values.count, kind: 8)
    for value in values {
      varint(UInt64(value.utf8.count))
      bytes += value.utf8
    }
  }
}
