#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Looks for a byte as the system's library does, many at once: what most files have not, a quote, a letter beyond ASCII, is
/// known to be missing before anything looks closely.
extension Span<UInt8> {
  /// Where a byte first stands from a place on.
  func place(of byte: UInt8, from start: Int = 0) -> Int? {
    guard start < count else { return nil }
    return unsafe withUnsafeBufferPointer { buffer in
      let from = unsafe buffer.baseAddress! + start
      guard let found = unsafe memchr(from, Int32(byte), buffer.count - start) else { return nil }
      return unsafe start + (UnsafeRawPointer(found) - UnsafeRawPointer(from))
    }
  }
}
