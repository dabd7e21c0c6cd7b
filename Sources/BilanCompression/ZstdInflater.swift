#if Compression
  import CCompression

  /// A frame of zstd. The library refuses windows of more than 128 MiB, which bounds its own memory.
  @safe final class ZstdInflater: Inflater {
    private let stream: OpaquePointer

    init?() {
      guard let stream = unsafe ZSTD_createDStream() else { return nil }
      unsafe self.stream = unsafe stream
    }

    deinit { unsafe ZSTD_freeDStream(stream) }

    func step(_ bytes: [UInt8], from position: Int, into piece: inout [UInt8]) -> InflationStep {
      // SAFETY: the library reads and writes within the sizes that it is given, during this call only.
      unsafe bytes.withUnsafeBytes { input in
        unsafe piece.withUnsafeMutableBytes { output in
          var source = unsafe ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: position)
          var target = unsafe ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
          let hint = unsafe ZSTD_decompressStream(stream, &target, &source)
          let state: InflationStep.State =
            ZSTD_isError(hint) != 0
            ? .failed(unsafe String(cString: ZSTD_getErrorName(hint))) : hint == 0 ? .ended : .running
          return unsafe InflationStep(consumed: source.pos - position, produced: target.pos, state: state)
        }
      }
    }
  }
#endif
