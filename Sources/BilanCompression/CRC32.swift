#if Compression
  import CCompression
#endif

/// The checksum that ZIP, gzip and Parquet use.
package enum CRC32 {
  /// That of some bytes; nil where this build has no library for it.
  package static func of(_ bytes: borrowing Span<UInt8>) -> UInt32? {
    #if Compression
      // SAFETY: zlib reads as many bytes as it is told there are, during this call only.
      unsafe bytes.withUnsafeBufferPointer { unsafe UInt32(truncatingIfNeeded: crc32_z(0, $0.baseAddress, $0.count)) }
    #else
      nil
    #endif
  }
}
