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
    let byteCount = tables.reduce(0) { $0 + $1.bytes.count }
    guard byteCount < Int(UInt32.max), total < Int(Int32.max) else { return nil }
    guard tables.count > 1 || haveRepeats else {
      dictionary = tables.first ?? .empty
      mapping = tables.map { table in Buffer(places: table.count) { UInt32(truncatingIfNeeded: $0) } }
      return
    }
    let partCount = total < least ? 1 : min(255, max(workers.count, total / textsOfPart + 1))
    let dealt = workers.run(tables.count) { DealtTexts(tables[$0], to: partCount) }
    let firsts = tables.reduce(into: [0]) { $0.append($0.last! + $1.count) }
    var parts: [TextDictionary] = []
    let numbers = Buffer<UInt32>(count: total) { numbers in
      parts = workers.run(partCount) { part in
        var codes = TextCodes(expecting: total / partCount, bytes: byteCount / partCount)
        for (table, texts) in dealt.enumerated() {
          Self.number(texts, part, of: tables[table], &codes, numbers, from: firsts[table])
        }
        return codes.finishedDictionary()
      }
    }
    // Where the codes of each part start: its own begin at 1.
    let bases = parts.reduce(into: [UInt32(0)]) { $0.append($0.last! + UInt32($1.count - 1)) }
    mapping = workers.run(tables.count) { table in
      let own = numbers.slice(firsts[table]..<firsts[table + 1])
      let (owners, starts) = (dealt[table].owners, dealt[table].starts)
      let (numbers, part) = (own.span, owners.span)
      var next = starts
      return Buffer(places: part.count) { code in
        let part = Int(part[code])
        let number = numbers[next[part]]
        next[part] &+= 1
        return number == 0 ? 0 : bases[part] &+ number
      }
    }
    dictionary = Self.joined(parts, bases, workers)
  }

  /// Numbers the texts of a table that belong to a part, and leaves their numbers in the order in which they were dealt.
  private static func number(
    _ texts: DealtTexts, _ part: Int, of table: TextDictionary, _ codes: inout TextCodes,
    _ numbers: Scratch<UInt32>, from first: Int
  ) {
    let (bytes, offsets, keys) = (table.bytes, table.offsets, texts.keys)
    let (places, entries) = (offsets.span, keys.span)
    var range = texts.range(of: part)
    let own = unsafe numbers.memory(first + range.lowerBound..<first + range.upperBound)
    unsafe bytes.span.withUnsafeBufferPointer { bytes in
      guard let bytes = bytes.baseAddress else {
        // All of them are empty.
        unsafe own.initialize(repeating: 0)
        return
      }
      var next = 0
      // The slots of some texts are asked for before the first of them is looked at.
      while !range.isEmpty {
        let ahead = range.lowerBound..<min(range.upperBound, range.lowerBound + 64)
        for place in ahead { codes.prefetch(entries[place].key) }
        for place in ahead {
          let entry = entries[place]
          var number: UInt32 = 0
          if entry.isLong {
            let (from, to) = (Int(places[entry.code]), Int(places[entry.code + 1]))
            number = unsafe codes.code(entry.key, bytes, from, to &- from)
          } else if entry.first != 0 {
            number = codes.code(ofShort: entry.key)
          }
          unsafe own[next] = number
          next &+= 1
        }
        range = ahead.upperBound..<range.upperBound
      }
    }
  }

  /// The texts of all parts one after the other, with one empty text.
  ///
  /// - Parameter bases: where the codes of each part start.
  private static func joined(_ parts: [TextDictionary], _ bases: [UInt32], _ workers: Workers) -> TextDictionary {
    guard parts.count > 1 else { return parts[0] }
    let starts = parts.reduce(into: [0]) { $0.append($0.last! + $1.bytes.count) }
    var offsets: Buffer<UInt32>?
    let bytes = Buffer<UInt8>(count: starts.last!) { bytes in
      offsets = Buffer(count: Int(bases.last!) + 2) { offsets in
        // The empty text.
        offsets.put(0, at: 0)
        offsets.put(0, at: 1)
        _ = workers.run(parts.count) { part in
          bytes.put(parts[part].bytes, at: starts[part])
          // Where a text ends is left at the place behind its code.
          let own = parts[part].offsets
          let span = own.span
          let (start, base) = (UInt32(starts[part]), Int(bases[part]))
          guard span.count > 2 else { return }
          let target = unsafe offsets.memory(base + 2..<base + span.count)
          for code in 2..<span.count { unsafe target[code &- 2] = start &+ span[code] }
        }
      }
    }
    return TextDictionary(bytes: bytes, offsets: offsets!)
  }
}

/// The texts of a table dealt out to parts by their hashes, each as the key by which `TextCodes` knows it.
///
/// The keys of a part stand one after the other, so that numbering them reads memory in order, and as nearly all texts
/// are short, the texts themselves are not read again.
private struct DealtTexts: Sendable {
  struct Entry: BitwiseCopyable {
    var first: UInt64
    var rest: UInt32
    /// The text's code in its table, with the highest bit of long texts.
    var flagged: UInt32

    var isLong: Bool { flagged & TextCodes.long != 0 }
    var code: Int { Int(flagged & ~TextCodes.long) }
    @inline(__always)
    var key: TextCodes.Key { TextCodes.Key(first: first, rest: rest, flag: flagged & TextCodes.long) }
  }

  /// The part of each text, by its code.
  let owners: Buffer<UInt8>
  /// By part, and of a part by code; the empty text's is 0.
  let keys: Buffer<Entry>
  /// Where the keys of each part start, and the end.
  let starts: [Int]

  func range(of part: Int) -> Range<Int> { starts[part]..<starts[part + 1] }

  init(_ table: TextDictionary, to partCount: Int) {
    let (bytes, offsets) = (table.bytes, table.offsets)
    let places = offsets.span
    let owners = unsafe bytes.span.withUnsafeBufferPointer { bytes in
      Buffer(places: table.count) { code in
        unsafe UInt8(truncatingIfNeeded: Self.key(bytes, places, code).part(of: partCount))
      }
    }
    let part = owners.span
    var starts = [Int](repeating: 0, count: partCount + 1)
    for code in part.indices { starts[Int(part[code]) + 1] += 1 }
    for part in 0..<partCount { starts[part + 1] += starts[part] }
    var next = starts
    keys = unsafe bytes.span.withUnsafeBufferPointer { bytes in
      // SAFETY: every place is written once: the parts' places, counted before, follow one another.
      Buffer(
        unsafe [Entry](unsafeUninitializedCapacity: table.count) { keys, filled in
          for code in part.indices {
            let own = unsafe Self.key(bytes, places, code)
            unsafe keys[next[Int(part[code])]] = Entry(
              first: own.first, rest: own.rest, flagged: UInt32(truncatingIfNeeded: code) | own.flag)
            next[Int(part[code])] &+= 1
          }
          filled = table.count
        })
    }
    self.owners = owners
    self.starts = starts
  }

  @inline(__always)
  private static func key(_ bytes: UnsafeBufferPointer<UInt8>, _ offsets: Span<UInt32>, _ code: Int) -> TextCodes.Key {
    let (from, to) = (Int(offsets[code]), Int(offsets[code + 1]))
    guard let start = bytes.baseAddress, to > from else { return TextCodes.Key(first: 0, rest: 0, flag: 0) }
    return unsafe TextCodes.key(start, from, to &- from, readable: bytes.count)
  }
}
