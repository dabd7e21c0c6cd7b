/// A few bytes that are written often: in pieces of sixteen, the last filled up.
struct ShortText: Sendable {
  let bytes: [UInt8]
  let byteCount: Int
  /// The first sixteen.
  let piece: SIMD16<UInt8>
  private let rest: [SIMD16<UInt8>]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    byteCount = bytes.count
    var pieces: [SIMD16<UInt8>] = []
    for start in stride(from: 0, to: bytes.count, by: 16) {
      var piece = SIMD16<UInt8>(repeating: 0)
      for index in start..<min(start + 16, bytes.count) { piece[index - start] = bytes[index] }
      pieces.append(piece)
    }
    piece = pieces.first ?? SIMD16(repeating: 0)
    rest = Array(pieces.dropFirst())
  }

  /// Writes it, and up to fifteen bytes more; gives the place after it.
  @inline(__always)
  func write(to output: inout MutableRawSpan, at place: Int) -> Int {
    output.storeBytes(of: piece, toByteOffset: place, as: SIMD16<UInt8>.self)
    if !rest.isEmpty {
      for index in rest.indices {
        output.storeBytes(of: rest[index], toByteOffset: place &+ 16 &* (index &+ 1), as: SIMD16<UInt8>.self)
      }
    }
    return place &+ byteCount
  }
}

/// What a column's cells begin with, and what stands for a missing one.
struct CellFrame: Sendable {
  let prefix: ShortText
  let missing: ShortText

  var byteCount: Int { prefix.byteCount }
}
