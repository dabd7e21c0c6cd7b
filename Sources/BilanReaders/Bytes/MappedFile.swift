import BilanColumnar

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file of the user's own in the memory of the process: its pages come from the disk when they are looked at.
///
/// What replaces it under the same name is another file and changes nothing here. One that is cut short would be a trap
/// beyond its new end, so its size is asked for before its bytes are.
@safe package final class MappedFile: Sendable {
  package let count: Int
  /// Which file it is, and in which state: what is there later under its name may be another.
  package let identity: Identity
  private let descriptor: Int32
  // SAFETY: the pages are read and never written, so any number of threads may.
  private nonisolated(unsafe) let start: UnsafeRawPointer

  package struct Identity: Sendable, Equatable {
    var device: UInt64
    var number: UInt64
    package var size: Int
    /// In nanoseconds since 1970.
    package var modified: Int

    /// Of the file itself, not of what a link leads to; nil where there is no regular file that is this user's.
    package init?(path: String) {
      var status = stat()
      guard unsafe lstat(path, &status) == 0 else { return nil }
      self.init(status)
    }

    fileprivate init?(descriptor: Int32) {
      var status = stat()
      guard unsafe fstat(descriptor, &status) == 0 else { return nil }
      self.init(status)
    }

    private init?(_ status: stat) {
      guard status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid() else { return nil }
      device = UInt64(truncatingIfNeeded: status.st_dev)
      number = UInt64(status.st_ino)
      size = Int(status.st_size)
      modified = FileState.times(status).modified
    }
  }

  /// - Returns: nil for what is no regular file of this user, is empty or cannot be opened.
  package init?(path: String) {
    let descriptor = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    guard let identity = Identity(descriptor: descriptor), identity.size > 0,
      let start = unsafe mmap(nil, identity.size, PROT_READ, MAP_SHARED, descriptor, 0), unsafe start != MAP_FAILED
    else {
      _ = close(descriptor)
      return nil
    }
    self.identity = identity
    self.descriptor = descriptor
    count = identity.size
    unsafe self.start = UnsafeRawPointer(start)
  }

  deinit {
    unsafe munmap(UnsafeMutableRawPointer(mutating: start), count)
    _ = close(descriptor)
  }

  /// A copy of the bytes of a range; nil where the file has not, or no longer, so many.
  package func bytes(_ range: Range<Int>) -> [UInt8]? { values(range, of: UInt8.self)?.array }

  /// A copy of plain values that lie side by side in a range, as many as it holds; nil as above.
  package func values<Element: BitwiseCopyable & Sendable>(
    _ range: Range<Int>, of type: Element.Type
  ) -> Buffer<Element>? {
    guard range.lowerBound >= 0, range.upperBound <= count, Identity(descriptor: descriptor)?.size == count else {
      return nil
    }
    let count = range.count / MemoryLayout<Element>.size
    // SAFETY: the range is within the mapped pages, which stay as long as the object, and the memory has room for it.
    return Buffer(
      unsafe [Element](unsafeUninitializedCapacity: count) { memory, filled in
        unsafe UnsafeMutableRawBufferPointer(memory).copyMemory(
          from: UnsafeRawBufferPointer(
            start: start + range.lowerBound, count: count * MemoryLayout<Element>.size))
        filled = count
      })
  }
}
