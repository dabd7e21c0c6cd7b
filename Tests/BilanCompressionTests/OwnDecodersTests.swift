import Testing

@testable import BilanCompression

/// The two formats that Bilan inflates itself.
@Suite struct OwnDecodersTests {
  private static let text = Array(
    ("région;cible\n" + String(repeating: "Oriental;400\n", count: 6) + "Souss;80\n").utf8)

  private static func bytes(_ digits: String) -> [UInt8] {
    let digits = Array(digits)
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(String(digits[$0..<$0 + 2]), radix: 16)! }
  }

  /// The text above, as the formats' own libraries compress it.
  private static let frame = bytes(
    "04224d1860408229000000ff0b72c3a967696f6e3b6369626c650a4f7269656e74616c3b3430300d002f90536f7573733b38300a00000000")
  private static let block = bytes(
    "ff0b72c3a967696f6e3b6369626c650a4f7269656e74616c3b3430300d002f90536f7573733b38300a")
  private static let snappy = bytes(
    "656472c3a967696f6e3b6369626c650a4f7269656e74616c3b343030ee0d00090d20536f7573733b38300a")

  @Test func whatLibrariesWriteIsRead() throws {
    #expect(try LZ4Frame.inflate(Self.frame, limit: 1000) == Self.text)
    #expect(try LZ4Frame.inflateBlock(Self.block, limit: 1000) == Self.text)
    #expect(try Snappy.inflate(Self.snappy, limit: 1000) == Self.text)
  }

  @Test func limitsAndCutsAreKept() {
    let limit = Self.text.count - 1
    #expect(throws: InflationFailure.tooLarge(limit: limit)) { try LZ4Frame.inflate(Self.frame, limit: limit) }
    #expect(throws: InflationFailure.tooLarge(limit: limit)) { try Snappy.inflate(Self.snappy, limit: limit) }
    for length in 0..<Self.frame.count {
      #expect(throws: InflationFailure.self) { try LZ4Frame.inflate(Array(Self.frame.prefix(length)), limit: 1000) }
    }
    for length in 0..<Self.snappy.count {
      #expect(throws: InflationFailure.self) { try Snappy.inflate(Array(Self.snappy.prefix(length)), limit: 1000) }
    }
  }

  @Test(arguments: 0..<60) func snappyIsReadBack(_ seed: Int) throws {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    // Few letters repeat, many do not; long enough for literals of three sizes and copies from far away.
    let letters = [1, 2, 5, 256][seed % 4]
    let bytes = (0..<next(seed % 3 == 0 ? 90_000 : 600)).map { _ in UInt8(next(letters)) }
    let packed = Snappy.deflate(bytes)
    #expect(try Snappy.inflate(packed, limit: bytes.count) == bytes)
    if letters < 5, bytes.count > 100 { #expect(packed.count < bytes.count) }
  }

  @Test(arguments: 0..<300) func flippedBytesNeitherCrashNorHang(_ seed: Int) {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func flipped(_ bytes: [UInt8]) -> [UInt8] {
      var bytes = bytes
      for _ in 0...seed % 3 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 20)
      }
      return bytes
    }
    let limit = 10_000
    for read in [
      try? LZ4Frame.inflate(flipped(Self.frame), limit: limit),
      try? LZ4Frame.inflateBlock(flipped(Self.block), limit: limit),
      try? Snappy.inflate(flipped(Self.snappy), limit: limit),
    ] {
      #expect(read?.count ?? 0 <= limit)
    }
  }
}
