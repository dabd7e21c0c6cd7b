/// A stretch of bytes of which numbers are read, little end first; what lies beyond it is nil, not a crash.
package struct ByteView: Sendable {
  @usableFromInline let storage: [UInt8]
  @usableFromInline let range: Range<Int>

  package init(_ bytes: [UInt8]) {
    storage = bytes
    range = 0..<bytes.count
  }

  private init(_ storage: [UInt8], _ range: Range<Int>) {
    self.storage = storage
    self.range = range
  }

  @inlinable
  package var count: Int { range.count }

  /// The bytes from `offset`, sharing the memory; nil where they are not all there.
  package func slice(_ offset: Int, count: Int) -> ByteView? {
    guard offset >= 0, count >= 0, offset <= self.count, count <= self.count - offset else { return nil }
    let start = range.lowerBound + offset
    return ByteView(storage, start..<start + count)
  }

  /// The bytes from `offset` to the end.
  package func dropping(_ offset: Int) -> ByteView? { slice(offset, count: max(0, count - offset)) }

  @inlinable
  package subscript(offset: Int) -> UInt8 { storage[range.lowerBound + offset] }

  @inlinable
  package var span: Span<UInt8> {
    @inline(__always)
    @_lifetime(borrow self) get { storage.span.extracting(range) }
  }

  package var array: [UInt8] { range.count == storage.count ? storage : Array(storage[range]) }

  /// The number at `offset`.
  @inlinable @inline(__always)
  package func load<T: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, as type: T.Type) -> T? {
    guard offset >= 0, offset <= count - MemoryLayout<T>.size else { return nil }
    // SAFETY: as many bytes as the number has are within the span.
    return T(littleEndian: unsafe span.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: T.self))
  }

  /// `count` numbers that stand one after the other; nil where they are not all there.
  // Made for each type here, as other modules call what is generic as it is.
  @_specialize(where T == Int8)
  @_specialize(where T == Int16)
  @_specialize(where T == Int32)
  @_specialize(where T == Int64)
  @_specialize(where T == UInt8)
  @_specialize(where T == UInt16)
  @_specialize(where T == UInt32)
  @_specialize(where T == UInt64)
  package func values<T: FixedWidthInteger & BitwiseCopyable>(
    _ offset: Int, count wanted: Int, as type: T.Type
  ) -> [T]? {
    let size = MemoryLayout<T>.size
    guard wanted >= 0, offset >= 0, offset <= count, wanted <= (count - offset) / size else { return nil }
    let raw = unsafe span.bytes
    return [T](capacity: wanted) { output in
      for index in 0..<wanted {
        // SAFETY: all of them are within the span, as was looked at above.
        output.append(
          T(littleEndian: unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset &+ index &* size, as: T.self)))
      }
    }
  }
}

extension [UInt8] {
  /// The bytes of numbers that stand one after the other, little end first.
  @_specialize(where T == Int8)
  @_specialize(where T == Int16)
  @_specialize(where T == Int32)
  @_specialize(where T == Int64)
  @_specialize(where T == UInt16)
  @_specialize(where T == UInt32)
  @_specialize(where T == UInt64)
  package init<T: FixedWidthInteger & BitwiseCopyable>(littleEndian values: [T]) {
    // SAFETY: the bytes of the array's elements, which have no padding.
    self = unsafe values.map(\.littleEndian).withUnsafeBytes { unsafe Array($0) }
  }

  /// Adds the bytes of a number, little end first.
  package mutating func append(littleEndian value: UInt32) {
    for shift in stride(from: 0, to: UInt32.bitWidth, by: 8) { append(UInt8(truncatingIfNeeded: value >> shift)) }
  }
}

/// Where the bytes of a file come from: the disk, a piece at a time, or memory.
package enum ByteSource: Sendable {
  case file(OpenedFile)
  case memory(ByteView)

  package var size: Int {
    switch self {
    case .file(let file): file.size
    case .memory(let bytes): bytes.count
    }
  }
}
