import BilanColumnar
import BilanDiagnostics
import BilanReaders

/// The values of a column as they come out of its pages, those that are missing left out.
struct PageValues {
  /// How they are kept.
  enum Lane: Sendable {
    case integers, reals, texts, wide
  }

  let leaf: ParquetLeaf
  let lane: Lane
  /// Of integers, truth values, days; the bits of unsigned ones.
  private(set) var integers: [Int64] = []
  private(set) var reals: [Double] = []
  /// Codes of an interner that a column has once.
  private(set) var codes: [UInt32] = []
  /// Decimals of more than 64 bits.
  private(set) var wide: [WideInteger] = []
  /// Of instants of which only the days are kept: whether each had a time of day. A dictionary’s count as often as pages
  /// name them.
  private var hasTime: [Bool] = []
  var timeCount: Int { hasTime.count { $0 } }

  init(_ leaf: ParquetLeaf) {
    self.leaf = leaf
    switch leaf.meaning {
    case .real, .half: lane = .reals
    case .text: lane = .texts
    case .decimal: lane = leaf.physical == .int32 || leaf.physical == .int64 ? .integers : .wide
    default: lane = .integers
    }
  }

  var count: Int {
    switch lane {
    case .integers: integers.count
    case .reals: reals.count
    case .texts: codes.count
    case .wide: wide.count
    }
  }

  /// Bytes of a value of fixed size; nil for byte arrays, and for truth values, which have a bit.
  private var fixedSize: Int? {
    switch leaf.physical {
    case .boolean, .bytes: nil
    case .int32, .float: 4
    case .int64, .double: 8
    case .int96: 12
    case .fixedBytes: leaf.typeLength > 0 && leaf.typeLength <= 1 << 16 ? leaf.typeLength : nil
    }
  }

  // MARK: Encodings

  /// The values of a page.
  mutating func append(
    _ bytes: ByteView, encoding: Int, count: Int, dictionary: PageValues?, _ interner: inout TextInterner
  ) throws(FormatFault) {
    switch (encoding, leaf.physical) {
    case (0, _): try appendPlain(bytes, count, &interner)
    case (2, _), (8, _):
      guard let dictionary else {
        throw .malformed("a page has codes without a dictionary", fr: "une page a des codes sans dictionnaire")
      }
      if count == 0 { return }
      guard bytes.count > 0, let rest = bytes.dropping(1) else { throw ParquetEncodings.short }
      try append(
        ParquetEncodings.hybrid(rest, bitWidth: Int(bytes[0]), count: count), of: dictionary)
    case (3, .boolean):
      guard let size = bytes.load(0, as: UInt32.self), let runs = bytes.slice(4, count: Int(size)) else {
        throw ParquetEncodings.short
      }
      integers += try ParquetEncodings.hybrid(runs, bitWidth: 1, count: count).map { Int64($0) }
    case (5, .int32), (5, .int64):
      let values = try ParquetEncodings.deltas(bytes, most: count).values
      guard values.count == count else { throw ParquetEncodings.short }
      // Differences of 32 bits go round at 32 bits.
      integers += leaf.physical == .int32 ? values.map { Int64(Int32(truncatingIfNeeded: $0)) } : values
    case (6, .bytes):
      let (sizes, start) = try ParquetEncodings.deltas(bytes, most: count)
      guard sizes.count == count else { throw ParquetEncodings.short }
      var position = start
      for size in sizes {
        guard size >= 0, size <= bytes.count - position else { throw ParquetEncodings.short }
        try appendBytes(bytes, position..<position + Int(size), &interner)
        position += Int(size)
      }
    case (7, .bytes), (7, .fixedBytes): try appendPrefixed(bytes, count, &interner)
    case (9, .int32), (9, .int64), (9, .float), (9, .double), (9, .fixedBytes):
      guard let size = fixedSize else { throw ParquetEncodings.short }
      try appendPlain(try ParquetEncodings.joined(bytes, size: size, count: count), count, &interner)
    default:
      throw .unsupported(
        "the encoding number \(encoding) for \(leaf.typeName)",
        fr: "l’encodage numéro \(encoding) pour \(leaf.typeName)")
    }
  }

  private mutating func appendPlain(
    _ bytes: ByteView, _ count: Int, _ interner: inout TextInterner
  ) throws(FormatFault) {
    func values<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type) throws(FormatFault) -> [T] {
      guard let values = bytes.values(0, count: count, as: T.self) else { throw ParquetEncodings.short }
      return values
    }
    switch leaf.physical {
    case .boolean:
      try ParquetEncodings.unpack(bytes, from: 0, bitWidth: 1, count: count) { integers.append(Int64($0)) }
    case .int32: integers += try values(Int32.self).map { Int64($0) }
    case .int64: integers += try values(Int64.self)
    case .float: reals += try values(UInt32.self).map(SinglePrecision.real)
    case .double: reals += try values(UInt64.self).map { Double(bitPattern: $0) }
    case .int96, .fixedBytes:
      guard let size = fixedSize, count <= bytes.count / size else { throw ParquetEncodings.short }
      for index in 0..<count { try appendBytes(bytes, index * size..<(index + 1) * size, &interner) }
    case .bytes:
      var position = 0
      for _ in 0..<count {
        guard let size = bytes.load(position, as: UInt32.self), Int(size) <= bytes.count - position - 4 else {
          throw ParquetEncodings.short
        }
        position += 4
        try appendBytes(bytes, position..<position + Int(size), &interner)
        position += Int(size)
      }
    }
  }

  /// Each value as the start of the one before, and what comes after it.
  private mutating func appendPrefixed(
    _ bytes: ByteView, _ count: Int, _ interner: inout TextInterner
  ) throws(FormatFault) {
    let (prefixes, middle) = try ParquetEncodings.deltas(bytes, most: count)
    guard let rest = bytes.dropping(middle) else { throw ParquetEncodings.short }
    let (sizes, start) = try ParquetEncodings.deltas(rest, most: count)
    guard prefixes.count == count, sizes.count == count else { throw ParquetEncodings.short }
    var position = start
    var last: [UInt8] = []
    for (prefix, size) in zip(prefixes, sizes) {
      guard prefix >= 0, prefix <= last.count, size >= 0, size <= rest.count - position,
        let tail = rest.slice(position, count: Int(size))
      else { throw ParquetEncodings.short }
      last.removeLast(last.count - Int(prefix))
      last += tail.array
      position += Int(size)
      try appendBytes(ByteView(last), 0..<last.count, &interner)
    }
  }

  /// A value that is an array of bytes.
  private mutating func appendBytes(
    _ bytes: ByteView, _ range: Range<Int>, _ interner: inout TextInterner
  ) throws(FormatFault) {
    switch leaf.meaning {
    case .text:
      guard interner.byteCount + range.count < Int(UInt32.max) - 16 else {
        throw .unsupported("a column of more than 4 GiB of text", fr: "une colonne de plus de 4 Gio de texte")
      }
      codes.append(interner.code(bytes.span, range.lowerBound, range.upperBound))
    case .decimal:
      guard range.count <= 64 else {
        throw .unsupported("decimals of \(range.count) bytes", fr: "des décimaux de \(range.count) octets")
      }
      // The highest byte first.
      wide.append(WideInteger(littleEndian: range.count) { bytes[range.upperBound - 1 - $0] })
    case .half:
      guard let bits = bytes.load(range.lowerBound, as: UInt16.self), range.count == 2 else {
        throw ParquetEncodings.short
      }
      reals.append(HalfPrecision.real(bits))
    case .oldInstant:
      // Nanoseconds of the day, then the number of the day from noon of 1 January 4713 before our era.
      guard range.count == 12, let nanoseconds = bytes.load(range.lowerBound, as: Int64.self),
        let day = bytes.load(range.lowerBound + 8, as: Int32.self)
      else { throw ParquetEncodings.short }
      integers.append(Int64(day) - 2_440_588)
      hasTime.append(nanoseconds != 0)
    default: throw ParquetEncodings.short
    }
  }

  private mutating func append(_ places: [UInt32], of dictionary: PageValues) throws(FormatFault) {
    let count = dictionary.count
    guard places.allSatisfy({ $0 < count }) else {
      throw .malformed(
        "a code is none of its dictionary’s \(count)", fr: "un code n’est aucun des \(count) de son dictionnaire")
    }
    switch lane {
    case .integers:
      integers += places.map { dictionary.integers[Int($0)] }
      if !dictionary.hasTime.isEmpty { hasTime += places.map { dictionary.hasTime[Int($0)] } }
    case .reals: reals += places.map { dictionary.reals[Int($0)] }
    case .texts: codes += places.map { dictionary.codes[Int($0)] }
    case .wide: wide += places.map { dictionary.wide[Int($0)] }
    }
  }
}
