import Testing

@testable import BilanCompression

#if Compression
  import CCompression

  @Suite struct InflationTests {
    static let text = Array(String(repeating: "région;cible;réalisé\nOriental;400;512\n", count: 4000).utf8)

    @Test(arguments: CompressionFormat.allCases) func isReadBack(_ format: CompressionFormat) throws {
      let packed = Packing.pack(Self.text, format)
      #expect(CompressionFormat(startOf: packed) == format)
      let inflated = try Inflation.inflate(packed, format, limit: 1 << 24)
      #expect(inflated.bytes == Self.text)
      #expect(inflated.memberCount == 1)
      #expect(inflated.trailingCount == 0)
    }

    /// `cat a.gz b.gz` is a file of both.
    @Test(arguments: CompressionFormat.allCases) func membersAreReadOneAfterTheOther(_ format: CompressionFormat) throws
    {
      let packed = Packing.pack(Array("a\n1\n".utf8), format) + Packing.pack(Array("2\n".utf8), format)
      let inflated = try Inflation.inflate(packed, format, limit: 1 << 20)
      #expect(String(decoding: inflated.bytes, as: UTF8.self) == "a\n1\n2\n")
      #expect(inflated.memberCount == 2)
    }

    /// Parallel compressors put a frame that readers skip before others.
    @Test func framesThatAreSkippedMayComeFirst() throws {
      let skipped: [UInt8] = [0x51, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]
      #expect(CompressionFormat(startOf: skipped) == .zstd)
      let inflated = try Inflation.inflate(skipped + Packing.pack(Self.text, .zstd), .zstd, limit: 1 << 24)
      #expect(inflated.bytes == Self.text)
      #expect(inflated.memberCount == 1)
    }

    @Test func checksums() {
      #expect(CRC32.of(Array("123456789".utf8).span) == 0xCBF4_3926)
      #expect(CRC32.of([UInt8]().span) == 0)
    }

    @Test(arguments: CompressionFormat.allCases) func whatFollowsIsCounted(_ format: CompressionFormat) throws {
      let packed = Packing.pack(Self.text, format)
      let padded = try Inflation.inflate(packed + [0, 0, 0, 0], format, limit: 1 << 24)
      #expect(padded.trailingCount == 0)
      let trailed = try Inflation.inflate(packed + Array("junk".utf8), format, limit: 1 << 24)
      #expect(trailed.trailingCount == 4)
      #expect(trailed.bytes == Self.text)
    }

    @Test(arguments: CompressionFormat.allCases) func aBombIsRefused(_ format: CompressionFormat) {
      let packed = Packing.pack([UInt8](repeating: 0x61, count: 1 << 24), format)
      #expect(packed.count < 1 << 17)
      #expect(throws: InflationFailure.tooLarge(limit: 1 << 20)) {
        try Inflation.inflate(packed, format, limit: 1 << 20)
      }
    }

    @Test(arguments: CompressionFormat.allCases) func everyCutIsSaid(_ format: CompressionFormat) {
      let packed = Packing.pack(Array(Self.text.prefix(300)), format)
      for length in 6..<packed.count {
        #expect(throws: InflationFailure.self) {
          try Inflation.inflate(Array(packed.prefix(length)), format, limit: 1 << 20)
        }
      }
    }

    @Test(arguments: CompressionFormat.allCases, 0..<60) func flippedBytesNeitherCrashNorHang(
      _ format: CompressionFormat, seed: Int
    ) {
      var packed = Packing.pack(Array(Self.text.prefix(5000)), format)
      var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
      for _ in 0...seed % 4 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        packed[Int(state >> 33) % packed.count] ^= UInt8(truncatingIfNeeded: state >> 20) | 1
      }
      let inflated = try? Inflation.inflate(packed, format, limit: 1 << 20)
      #expect(inflated?.bytes.count ?? 0 <= 1 << 20)
    }

    @Test func otherFilesAreNotTakenForCompressed() {
      #expect(CompressionFormat(startOf: Array("BZhigh,low\n1,2\n".utf8)) == nil)
      #expect(CompressionFormat(startOf: Array("a,b".utf8)) == nil)
      #expect(CompressionFormat(startOf: []) == nil)
      #expect(CompressionFormat.inner("data/x.CSV.GZ") == "data/x.CSV")
      #expect(CompressionFormat.inner("data/x.csv") == "data/x.csv")
    }
  }

  /// Makes the files that the tests read, with the libraries themselves.
  enum Packing {
    static func pack(_ bytes: [UInt8], _ format: CompressionFormat) -> [UInt8] {
      switch format {
      case .gzip, .zstd: return Deflation.deflate(bytes, format)!
      case .bzip2:
        var input = bytes.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: bytes.count + bytes.count / 50 + 1000)
        var count = UInt32(output.count)
        let status = unsafe BZ2_bzBuffToBuffCompress(&output, &count, &input, UInt32(input.count), 9, 0, 0)
        precondition(status == BZ_OK)
        return output.prefix(Int(count)).map { UInt8(bitPattern: $0) }
      case .xz:
        var output = [UInt8](repeating: 0, count: lzma_stream_buffer_bound(bytes.count))
        let capacity = output.count
        var count = 0
        let status = unsafe lzma_easy_buffer_encode(
          6, LZMA_CHECK_CRC64, nil, bytes, bytes.count, &output, &count, capacity)
        precondition(status == LZMA_OK)
        return Array(output.prefix(count))
      }
    }
  }
#endif
