import BilanColumnar

/// Gives the texts of several workers' tables common codes.
///
/// The texts are cut by their hashes into parts, each with a table of its own, so that several workers can do them at
/// once and a table stays small enough to be near. The codes of a part come after those of the parts before it; code 0 is
/// the empty text.
struct TextMerge {
  let dictionary: TextDictionary
  /// For each worker and each of its codes the code in `dictionary`.
  let mapping: [Buffer<UInt32>]

  /// - Parameters:
  ///   - haveRepeats: whether a table may hold a text more than once.
  ///   - textsOfPart: about how many a part has, where there is more than one part for each worker.
  ///   - least: fewer texts than this are no work for several.
  /// - Returns: nil where the texts are of more than 4 GiB together, which a dictionary cannot hold.
  init?(
    _ tables: [TextDictionary], haveRepeats: Bool, workers: Workers, textsOfPart: Int = 1 << 20, least: Int = 1 << 14
  ) {
    let total = tables.reduce(0) { $0 + $1.count }
    guard tables.reduce(0, { $0 + $1.bytes.count }) < Int(UInt32.max), total < Int(Int32.max) else { return nil }
    guard tables.count > 1 || haveRepeats else {
      dictionary = tables.first ?? .empty
      mapping = tables.map { table in Buffer(places: table.count) { UInt32(truncatingIfNeeded: $0) } }
      return
    }
    let partCount = total < least ? 1 : min(255, max(workers.count, total / textsOfPart + 1))
    let firsts = tables.reduce(into: [0]) { $0.append($0.last! + $1.count) }
    let owners = partCount == 1 ? nil : Self.partOfEach(tables, firsts, partCount, workers)
    var parts: [TextDictionary] = []
    let places = Buffer<UInt32>(count: total) { places in
      parts = workers.run(partCount) { part in
        Self.number(part, owners, tables, firsts, about: total / partCount, places)
      }
    }
    // Where the codes of each part start: its own begin at 1.
    let bases = parts.reduce(into: [UInt32(0)]) { $0.append($0.last! + UInt32($1.count - 1)) }
    mapping = workers.run(tables.count) { table in
      let range = firsts[table]..<firsts[table + 1]
      let own = places.slice(range)
      guard let ownersHere = owners?.slice(range) else { return own }
      let (places, part, bases) = (own.span, ownersHere.span, bases.span)
      return Buffer(places: places.count) { code in
        code == 0 ? 0 : bases[Int(part[code])] &+ places[code]
      }
    }
    dictionary = Self.joined(parts)
  }

  /// Which part each text belongs to.
  private static func partOfEach(
    _ tables: [TextDictionary], _ firsts: [Int], _ partCount: Int, _ workers: Workers
  ) -> Buffer<UInt8> {
    Buffer(count: firsts.last!) { owners in
      _ = workers.run(tables.count) { number in
        let table = tables[number]
        let (bytes, offsets) = (table.bytes, table.offsets)
        let span = offsets.span
        unsafe bytes.span.withUnsafeBufferPointer { bytes in
          for code in 0..<table.count {
            let (from, to) = (Int(span[code]), Int(span[code + 1]))
            var part = 0
            if let start = bytes.baseAddress, to > from {
              part = unsafe TextCodes.key(start, from, to &- from, readable: bytes.count).part(of: partCount)
            }
            owners.put(UInt8(truncatingIfNeeded: part), at: firsts[number] &+ code)
          }
        }
      }
    }
  }

  /// Numbers the texts of one part, and leaves for each its code there.
  private static func number(
    _ part: Int, _ owners: Buffer<UInt8>?, _ tables: [TextDictionary], _ firsts: [Int], about expected: Int,
    _ places: Scratch<UInt32>
  ) -> TextDictionary {
    var codes = TextCodes(expecting: expected)
    var ahead: [Ahead] = []
    ahead.reserveCapacity(Self.aheadCount)
    for (number, table) in tables.enumerated() {
      let first = firsts[number]
      let (bytes, offsets, owners) = (table.bytes, table.offsets, owners?.slice(first..<firsts[number + 1]))
      let span = offsets.span
      unsafe bytes.span.withUnsafeBufferPointer { bytes in
        func finish() {
          for text in ahead {
            let code = unsafe codes.code(text.key, bytes.baseAddress!, text.start, text.size)
            places.put(code, at: first &+ text.code)
          }
          ahead.removeAll(keepingCapacity: true)
        }
        for code in 0..<table.count where owners.map({ Int($0[code]) == part }) ?? true {
          let (from, to) = (Int(span[code]), Int(span[code + 1]))
          guard let start = bytes.baseAddress, to > from else {
            places.put(0, at: first &+ code)
            continue
          }
          let key = unsafe TextCodes.key(start, from, to &- from, readable: bytes.count)
          codes.prefetch(key)
          ahead.append(Ahead(key: key, code: code, start: from, size: to &- from))
          if ahead.count == Self.aheadCount { finish() }
        }
        finish()
      }
    }
    return codes.dictionary
  }

  /// A text whose slot has been asked for and not yet looked at.
  private struct Ahead {
    var key: TextCodes.Key
    var code: Int
    var start: Int
    var size: Int
  }

  private static let aheadCount = 64

  /// The texts of all parts one after the other, with one empty text.
  private static func joined(_ parts: [TextDictionary]) -> TextDictionary {
    guard parts.count > 1 else { return parts[0] }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(parts.reduce(0) { $0 + $1.bytes.count })
    var offsets: [UInt32] = [0]
    offsets.reserveCapacity(parts.reduce(1) { $0 + $1.count })
    offsets.append(0)
    for part in parts {
      let before = UInt32(bytes.count)
      let places = part.offsets
      let span = places.span
      for code in 2..<max(2, span.count) { offsets.append(before + span[code]) }
      bytes += part.bytes.array
    }
    return TextDictionary(bytes: bytes, offsets: offsets)
  }
}
