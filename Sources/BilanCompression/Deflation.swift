#if Compression
  import CCompression
#endif

/// Compresses bytes in memory, for what Bilan writes.
package enum Deflation {
  /// The bytes as one frame of zstd, or one member of gzip; nil for other formats, and where this build has no library.
  package static func deflate(_ bytes: [UInt8], _ format: CompressionFormat) -> [UInt8]? {
    #if Compression
      switch format {
      case .zstd: return zstd(bytes)
      case .gzip: return gzip(bytes)
      case .bzip2, .xz: return nil
      }
    #else
      return nil
    #endif
  }

  #if Compression
    private static func zstd(_ bytes: [UInt8]) -> [UInt8]? {
      let capacity = ZSTD_compressBound(bytes.count)
      var status = 0
      // SAFETY: the library writes at most `capacity` bytes and says how many.
      let result = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
        status = unsafe bytes.withUnsafeBytes { input in
          unsafe ZSTD_compress(output.baseAddress, capacity, input.baseAddress, input.count, 3)
        }
        count = ZSTD_isError(status) != 0 ? 0 : status
      }
      return ZSTD_isError(status) != 0 ? nil : result
    }

    private static func gzip(_ bytes: [UInt8]) -> [UInt8]? {
      guard bytes.count < 1 << 30 else { return nil }
      // On the heap: zlib remembers where its stream is.
      let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
      unsafe stream.initialize(to: z_stream())
      defer { unsafe stream.deallocate() }
      guard unsafe compression_deflate_start(stream, 6, 31) == Z_OK else { return nil }
      defer { unsafe deflateEnd(stream) }
      let capacity = Int(unsafe deflateBound(stream, UInt(bytes.count)))
      var isWhole = false
      // SAFETY: zlib writes at most `capacity` bytes and says how many are left.
      let result = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
        unsafe bytes.withUnsafeBufferPointer { input in
          unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
          unsafe stream.pointee.avail_in = UInt32(input.count)
          unsafe stream.pointee.next_out = output.baseAddress
          unsafe stream.pointee.avail_out = UInt32(capacity)
          isWhole = unsafe CCompression.deflate(stream, Z_FINISH) == Z_STREAM_END
        }
        count = unsafe isWhole ? capacity - Int(stream.pointee.avail_out) : 0
      }
      return isWhole ? result : nil
    }
  #endif
}
