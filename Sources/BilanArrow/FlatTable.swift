import BilanDiagnostics
import BilanReaders

/// A table of a flatbuffer: fields by number, each where its vtable says, every offset checked.
///
///     table    i32  distance back to the vtable
///              …    fields
///     vtable   u16  size of the vtable
///              u16  size of the table
///              u16  place of field 0 in the table, 0 where it has its default
///              …
///
/// Source: FlatBuffers internals, flatbuffers.dev/internals.
struct FlatTable {
  private let bytes: ByteView
  private let position: Int
  private let vtable: Int
  private let vtableSize: Int

  /// The root table of a buffer.
  init(root bytes: ByteView) throws(FormatFault) {
    guard let offset = bytes.load(0, as: UInt32.self) else { throw Self.fault }
    try self.init(bytes, at: Int(offset))
  }

  private init(_ bytes: ByteView, at position: Int) throws(FormatFault) {
    guard let distance = bytes.load(position, as: Int32.self) else { throw Self.fault }
    let vtable = position - Int(distance)
    guard let size = bytes.load(vtable, as: UInt16.self), size >= 4 else { throw Self.fault }
    self.bytes = bytes
    self.position = position
    self.vtable = vtable
    vtableSize = Int(size)
  }

  static var fault: FormatFault {
    .malformed("its metadata point outside themselves", fr: "ses métadonnées renvoient hors d’elles-mêmes")
  }

  /// Where a field is; nil where it has its default.
  private func place(_ field: Int) throws(FormatFault) -> Int? {
    let slot = 4 + field * 2
    guard slot + 2 <= vtableSize else { return nil }
    guard let offset = bytes.load(vtable + slot, as: UInt16.self) else { throw Self.fault }
    return offset == 0 ? nil : position + Int(offset)
  }

  func number<T: FixedWidthInteger & BitwiseCopyable>(_ field: Int, orElse value: T) throws(FormatFault) -> T {
    guard let place = try place(field) else { return value }
    guard let number = bytes.load(place, as: T.self) else { throw Self.fault }
    return number
  }

  /// What the field's offset points to.
  private func target(_ field: Int) throws(FormatFault) -> Int? {
    guard let place = try place(field) else { return nil }
    guard let offset = bytes.load(place, as: UInt32.self) else { throw Self.fault }
    return place + Int(offset)
  }

  func table(_ field: Int) throws(FormatFault) -> FlatTable? {
    guard let target = try target(field) else { return nil }
    return try FlatTable(bytes, at: target)
  }

  func string(_ field: Int) throws(FormatFault) -> String? {
    guard let (start, count) = try vector(field, elementSize: 1) else { return nil }
    return String(decoding: bytes.slice(start, count: count)!.array, as: UTF8.self)
  }

  /// Where a vector's elements start, and how many they are; all of them are there.
  private func vector(_ field: Int, elementSize: Int) throws(FormatFault) -> (start: Int, count: Int)? {
    guard let target = try target(field) else { return nil }
    guard let count = bytes.load(target, as: UInt32.self),
      Int(count) <= (bytes.count - target - 4) / elementSize
    else { throw Self.fault }
    return (target + 4, Int(count))
  }

  /// Integers that stand one after the other: elements, or the parts of structs.
  func numbers<T: FixedWidthInteger & BitwiseCopyable>(
    _ field: Int, perElement: Int = 1, as type: T.Type
  ) throws(FormatFault) -> [T] {
    guard let (start, count) = try vector(field, elementSize: perElement * MemoryLayout<T>.size) else { return [] }
    guard let values = bytes.values(start, count: count * perElement, as: T.self) else { throw Self.fault }
    return values
  }

  func tables(_ field: Int) throws(FormatFault) -> [FlatTable] {
    guard let (start, count) = try vector(field, elementSize: 4) else { return [] }
    var tables: [FlatTable] = []
    for index in 0..<count {
      let place = start + index * 4
      guard let offset = bytes.load(place, as: UInt32.self) else { throw Self.fault }
      tables.append(try FlatTable(bytes, at: place + Int(offset)))
    }
    return tables
  }
}
