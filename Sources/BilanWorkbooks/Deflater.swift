#if Spreadsheets
  import CZlib

  /// Compresses a stream of bytes by zlib.
  @safe final class Deflater {
    private var stream: UnsafeMutablePointer<z_stream>
    /// From here on, sheets get little smaller and take much longer.
    private static let level: Int32 = 4
    private var block = [UInt8](repeating: 0, count: 1 << 15)

    init() {
      // zlib keeps the address of its stream, which therefore stands in memory of its own.
      unsafe stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
      unsafe stream.initialize(to: z_stream())
      let status = unsafe zlib_begin_deflating(stream, Self.level)
      precondition(status == Z_OK, "no memory to compress")
    }

    deinit {
      unsafe deflateEnd(stream)
      unsafe stream.deallocate()
    }

    /// What zlib has ready after taking `bytes`; all of it where they are the last.
    func deflate(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
      var output: [UInt8] = []
      unsafe bytes.withUnsafeBufferPointer { input in
        // SAFETY: zlib reads the input and writes the block within the counts it is given, during this call only.
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        unsafe stream.pointee.avail_in = UInt32(input.count)
        var isFull = true
        while isFull {
          let room = block.count
          let written = unsafe block.withUnsafeMutableBufferPointer { memory in
            unsafe stream.pointee.next_out = memory.baseAddress
            unsafe stream.pointee.avail_out = UInt32(room)
            unsafe CZlib.deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
            return unsafe room - Int(stream.pointee.avail_out)
          }
          output += block[..<written]
          isFull = written == room
        }
        unsafe stream.pointee.next_in = nil
      }
      return output
    }
  }

  enum Checksum {
    /// The CRC-32 of what `checksum` is of, with `bytes` after it.
    static func extended(_ checksum: UInt32, by bytes: [UInt8]) -> UInt32 {
      // SAFETY: zlib reads as many bytes as it is told, from memory that lasts for the call.
      unsafe bytes.withUnsafeBufferPointer { memory in
        guard let start = memory.baseAddress else { return checksum }
        return unsafe UInt32(truncatingIfNeeded: crc32(UInt(checksum), start, UInt32(memory.count)))
      }
    }
  }
#endif
