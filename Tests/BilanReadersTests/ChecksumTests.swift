import Testing

@testable import BilanReaders

/// Checksums are those of xxHash's own programs.
@Suite struct ChecksumTests {
  @Test func isXXH64() {
    #expect(Checksum.of("") == 0xEF46_DB37_51D8_E999)
    #expect(Checksum.of("a") == 0xD24E_C4F1_A98C_6E5B)
    #expect(Checksum.of("abc") == 0x44BC_2CF5_AD77_0999)
    #expect(Checksum.of("Nobody inspects the spammish repetition") == 0xFBCE_A83C_8A37_8BF1)
    #expect(Checksum.of("", seed: 2_654_435_761) == 0xAC75_FDA2_929B_17EF)
    #expect(Checksum.of(Array(0...255)) == 0x1FAC_BE84_06CD_904B)
    #expect(Checksum.of(Array(0...255), seed: 2_654_435_761) == 0xD481_95F4_5908_996C)
  }

  @Test func eachByteCounts() {
    let bytes = (0..<100).map { UInt8($0) }
    let sum = Checksum.of(bytes)
    for place in bytes.indices {
      var other = bytes
      other[place] ^= 0x10
      #expect(Checksum.of(other) != sum)
    }
    #expect(Checksum.hexadecimal(0x1F) == "000000000000001f")
  }
}
