#if Compression
  import CCompression

  /// A gzip member by zlib.
  @safe final class GzipInflater: Inflater {
    /// On the heap: zlib remembers where its stream is.
    private let stream: UnsafeMutablePointer<z_stream>

    init?() {
      unsafe stream = .allocate(capacity: 1)
      unsafe stream.initialize(to: z_stream())
      guard unsafe compression_inflate_start(stream, 31) == Z_OK else {
        unsafe stream.deallocate()
        return nil
      }
    }

    deinit {
      unsafe inflateEnd(stream)
      unsafe stream.deallocate()
    }

    func step(_ bytes: [UInt8], from position: Int, into piece: inout [UInt8]) -> InflationStep {
      // SAFETY: zlib reads and writes within the counts that it is given, during this call only.
      unsafe bytes.withUnsafeBufferPointer { input in
        unsafe piece.withUnsafeMutableBufferPointer { output in
          let available = min(input.count - position, 1 << 30)
          unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { unsafe $0 + position })
          unsafe stream.pointee.avail_in = UInt32(available)
          unsafe stream.pointee.next_out = output.baseAddress
          unsafe stream.pointee.avail_out = UInt32(output.count)
          let status = unsafe CCompression.inflate(stream, Z_NO_FLUSH)
          let state: InflationStep.State =
            switch status {
            case Z_STREAM_END: .ended
            case Z_OK, Z_BUF_ERROR: .running
            default: .failed(unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "zlib \(status)")
            }
          return unsafe InflationStep(
            consumed: available - Int(stream.pointee.avail_in), produced: output.count - Int(stream.pointee.avail_out),
            state: state)
        }
      }
    }
  }
#endif
