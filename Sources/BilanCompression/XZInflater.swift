#if Compression
  import CCompression

  /// A stream of xz by liblzma.
  @safe final class XZInflater: Inflater {
    /// On the heap: the library remembers where its stream is.
    private let stream: UnsafeMutablePointer<lzma_stream>
    /// What the decoder may use itself: the dictionary of the highest preset is 64 MiB.
    private static let memoryLimit: UInt64 = 128 << 20

    init?() {
      unsafe stream = .allocate(capacity: 1)
      unsafe stream.initialize(to: lzma_stream())
      guard unsafe lzma_stream_decoder(stream, Self.memoryLimit, 0) == LZMA_OK else {
        unsafe stream.deallocate()
        return nil
      }
    }

    deinit {
      unsafe lzma_end(stream)
      unsafe stream.deallocate()
    }

    func step(_ bytes: [UInt8], from position: Int, into piece: inout [UInt8]) -> InflationStep {
      // SAFETY: the library reads and writes within the counts that it is given, during this call only.
      unsafe bytes.withUnsafeBufferPointer { input in
        unsafe piece.withUnsafeMutableBufferPointer { output in
          let available = input.count - position
          unsafe stream.pointee.next_in = input.baseAddress.map { unsafe $0 + position }
          unsafe stream.pointee.avail_in = available
          unsafe stream.pointee.next_out = output.baseAddress
          unsafe stream.pointee.avail_out = output.count
          let status = unsafe lzma_code(stream, LZMA_RUN)
          let state: InflationStep.State =
            switch status {
            case LZMA_STREAM_END: .ended
            case LZMA_OK, LZMA_BUF_ERROR: .running
            case LZMA_DATA_ERROR: .failed("a checksum or a code is wrong")
            case LZMA_FORMAT_ERROR: .failed("no xz stream")
            case LZMA_OPTIONS_ERROR: .failed("an option that liblzma does not know")
            case LZMA_MEMLIMIT_ERROR: .failed("its dictionary is larger than 128 MiB")
            default: .failed("liblzma \(status.rawValue)")
            }
          return unsafe InflationStep(
            consumed: available - stream.pointee.avail_in, produced: output.count - stream.pointee.avail_out,
            state: state)
        }
      }
    }
  }
#endif
