#if Compression
  import CCompression

  /// A stream of bzip2.
  @safe final class Bzip2Inflater: Inflater {
    /// On the heap: the library remembers where its stream is.
    private let stream: UnsafeMutablePointer<bz_stream>

    init?() {
      unsafe stream = .allocate(capacity: 1)
      unsafe stream.initialize(to: bz_stream())
      guard unsafe BZ2_bzDecompressInit(stream, 0, 0) == BZ_OK else {
        unsafe stream.deallocate()
        return nil
      }
    }

    deinit {
      unsafe BZ2_bzDecompressEnd(stream)
      unsafe stream.deallocate()
    }

    func step(_ bytes: [UInt8], from position: Int, into piece: inout [UInt8]) -> InflationStep {
      // SAFETY: the library reads and writes within the counts that it is given, during this call only.
      unsafe bytes.withUnsafeBytes { input in
        unsafe piece.withUnsafeMutableBytes { output in
          let available = min(input.count - position, 1 << 30)
          let start = unsafe input.bindMemory(to: CChar.self).baseAddress
          unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: start.map { unsafe $0 + position })
          unsafe stream.pointee.avail_in = UInt32(available)
          unsafe stream.pointee.next_out = output.bindMemory(to: CChar.self).baseAddress
          unsafe stream.pointee.avail_out = UInt32(output.count)
          let status = unsafe BZ2_bzDecompress(stream)
          let state: InflationStep.State =
            switch status {
            case BZ_STREAM_END: .ended
            case BZ_OK: .running
            case BZ_DATA_ERROR: .failed("a checksum or a code is wrong")
            case BZ_DATA_ERROR_MAGIC: .failed("no bzip2 stream")
            default: .failed("bzip2 \(status)")
            }
          return unsafe InflationStep(
            consumed: available - Int(stream.pointee.avail_in), produced: output.count - Int(stream.pointee.avail_out),
            state: state)
        }
      }
    }
  }
#endif
