#if Spreadsheets
  import CZlib

  /// Writes a ZIP archive part by part as a stream: nothing has to be gone back to, so that it can go to a pipe.
  ///
  /// A part's size and checksum stand after it, where readers look them up in the directory at the end. No times are
  /// kept: the same parts make the same bytes.
  struct ZipWriter: ~Copyable {
    /// What is ready to be written; whoever writes it empties it.
    var output: [UInt8] = []
    /// True where the archive has grown beyond what the format can count.
    private(set) var isTooLarge = false

    private struct Part {
      var name: [UInt8]
      var offset: Int
      var checksum: UInt32 = 0
      var size = 0
      var compressedSize = 0
    }

    private var parts: [Part] = []
    /// Bytes that have left `output` or stand in it.
    private var offset = 0
    private var deflater: Deflater?

    init() {}

    /// Bytes of the part at hand, as they were given.
    var partSize: Int { parts.last?.size ?? 0 }

    mutating func beginPart(_ name: String) {
      parts.append(Part(name: Array(name.utf8), offset: offset))
      deflater = Deflater()
      emit(header(parts[parts.count - 1], signature: 0x0403_4B50, isCentral: false))
    }

    mutating func write(_ bytes: [UInt8]) {
      guard !bytes.isEmpty else { return }
      compress(bytes, isLast: false)
    }

    mutating func endPart() {
      compress([], isLast: true)
      deflater = nil
      let part = parts[parts.count - 1]
      var descriptor = LittleEndian()
      descriptor.word(0x0807_4B50)
      descriptor.word(part.checksum)
      descriptor.word(UInt32(clamping: part.compressedSize))
      descriptor.word(UInt32(clamping: part.size))
      emit(descriptor.bytes)
    }

    /// Writes the directory.
    mutating func finish() {
      let start = offset
      for part in parts { emit(header(part, signature: 0x0201_4B50, isCentral: true)) }
      var end = LittleEndian()
      end.word(0x0605_4B50)
      for half in [0, 0, UInt16(parts.count), UInt16(parts.count)] { end.half(half) }
      end.word(UInt32(clamping: offset - start))
      end.word(UInt32(clamping: start))
      end.half(0)
      emit(end.bytes)
    }

    private mutating func compress(_ bytes: [UInt8], isLast: Bool) {
      let place = parts.count - 1
      parts[place].checksum = Checksum.extended(parts[place].checksum, by: bytes)
      parts[place].size += bytes.count
      let compressed = deflater!.deflate(bytes, isLast: isLast)
      parts[place].compressedSize += compressed.count
      if parts[place].size > Int(UInt32.max) { isTooLarge = true }
      emit(compressed)
    }

    private mutating func emit(_ bytes: [UInt8]) {
      output += bytes
      offset += bytes.count
      if offset > Int(UInt32.max) { isTooLarge = true }
    }

    /// Source: PKWARE APPNOTE 6.3, 4.3.7 and 4.3.12.
    private func header(_ part: Part, signature: UInt32, isCentral: Bool) -> [UInt8] {
      var header = LittleEndian()
      header.word(signature)
      if isCentral { header.half(20) }
      header.half(20)
      // Sizes after the part; names in UTF-8.
      header.half(1 << 3 | 1 << 11)
      header.half(8)
      // Midnight of 1980-01-01, the first day that the format knows.
      header.half(0)
      header.half(1 << 5 | 1)
      header.word(isCentral ? part.checksum : 0)
      header.word(isCentral ? UInt32(clamping: part.compressedSize) : 0)
      header.word(isCentral ? UInt32(clamping: part.size) : 0)
      header.half(UInt16(part.name.count))
      header.half(0)
      if isCentral {
        for _ in 0..<3 { header.half(0) }
        header.word(0)
        header.word(UInt32(clamping: part.offset))
      }
      return header.bytes + part.name
    }
  }

  private struct LittleEndian {
    var bytes: [UInt8] = []

    mutating func half(_ value: UInt16) { bytes += [UInt8(truncatingIfNeeded: value), UInt8(value >> 8)] }

    mutating func word(_ value: UInt32) {
      half(UInt16(truncatingIfNeeded: value))
      half(UInt16(value >> 16))
    }
  }
#endif
