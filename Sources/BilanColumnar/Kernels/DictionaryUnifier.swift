/// Gives the texts of several dictionaries common codes, so that keys compare as integers.
///
/// Each dictionary is looked at once, text by text; after that a row costs one load from its mapping. While there is
/// only one dictionary its own codes are the common ones and nothing is hashed. Texts are equal when their bytes are.
package struct DictionaryUnifier: Sendable {
  private var dictionaries: [TextDictionary] = []
  private var mappings: [[UInt32]] = []
  private var positions: [ObjectIdentifier: Int] = [:]
  private var texts = TextTable()

  package init() {}

  /// How many common codes there are.
  package var count: Int { dictionaries.count == 1 ? dictionaries[0].count : texts.count }

  /// For each code of `dictionary` the common code.
  package mutating func mapping(for dictionary: TextDictionary) -> [UInt32] {
    if let position = positions[ObjectIdentifier(dictionary)] { return mappings[position] }
    let mapping: [UInt32]
    if dictionaries.isEmpty {
      mapping = (0..<dictionary.count).map { UInt32($0) }
    } else {
      prepareForLookup()
      mapping = (0..<dictionary.count).map { texts.insert(dictionary, $0) }
    }
    positions[ObjectIdentifier(dictionary)] = dictionaries.count
    dictionaries.append(dictionary)
    mappings.append(mapping)
    return mapping
  }

  /// For each code of `dictionary` the common code, or `UInt32.max` where the text is not known.
  ///
  /// - Precondition: `prepareForLookup()` came after the last `mapping(for:)`.
  package func lookup(_ dictionary: TextDictionary) -> [UInt32] {
    if let position = positions[ObjectIdentifier(dictionary)] { return mappings[position] }
    return (0..<dictionary.count).map { texts.find(dictionary, $0) ?? .max }
  }

  /// Hashes the texts of a lone dictionary, which `mapping(for:)` put off.
  package mutating func prepareForLookup() {
    guard dictionaries.count == 1, texts.count == 0 else { return }
    for code in 0..<dictionaries[0].count { _ = texts.insert(dictionaries[0], code) }
  }

  /// The dictionary of the common codes.
  package var dictionary: TextDictionary {
    dictionaries.count == 1 ? dictionaries[0] : texts.dictionary
  }
}

/// Distinct texts in an arena, found by an open-addressing table of their codes.
private struct TextTable: Sendable {
  private var bytes: [UInt8] = []
  private var offsets: [UInt32] = [0]
  private var hashes: [UInt64] = []
  /// Code + 1; 0 is free. Its size is a power of two, at least twice the texts.
  private var slots = [UInt32](repeating: 0, count: 16)

  var count: Int { offsets.count - 1 }
  var dictionary: TextDictionary { TextDictionary(bytes: bytes, offsets: offsets) }

  mutating func insert(_ dictionary: TextDictionary, _ code: Int) -> UInt32 {
    let source = dictionary.bytes
    let range = dictionary.byteRange(code)
    let hash = Self.hash(source, range)
    let slot = slot(of: hash, source, range)
    if slots[slot] != 0 { return slots[slot] - 1 }
    let added = UInt32(count)
    let span = source.span
    for index in range { bytes.append(span[index]) }
    offsets.append(UInt32(bytes.count))
    hashes.append(hash)
    slots[slot] = added + 1
    if count * 2 > slots.count { grow() }
    return added
  }

  func find(_ dictionary: TextDictionary, _ code: Int) -> UInt32? {
    let source = dictionary.bytes
    let range = dictionary.byteRange(code)
    let slot = slot(of: Self.hash(source, range), source, range)
    return slots[slot] == 0 ? nil : slots[slot] - 1
  }

  /// Where the text is, or the free slot where it belongs.
  private func slot(of hash: UInt64, _ source: Buffer<UInt8>, _ range: Range<Int>) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let code = Int(slots[slot] - 1)
      if hashes[code] == hash, equal(code, source, range) { return slot }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private func equal(_ code: Int, _ source: Buffer<UInt8>, _ range: Range<Int>) -> Bool {
    let start = Int(offsets[code])
    guard Int(offsets[code + 1]) - start == range.count else { return false }
    let span = source.span
    for index in 0..<range.count where bytes[start + index] != span[range.lowerBound + index] { return false }
    return true
  }

  private mutating func grow() {
    var larger = [UInt32](repeating: 0, count: slots.count * 2)
    let mask = larger.count - 1
    for code in 0..<count {
      var slot = Int(truncatingIfNeeded: hashes[code]) & mask
      while larger[slot] != 0 { slot = (slot + 1) & mask }
      larger[slot] = UInt32(code) + 1
    }
    slots = larger
  }

  /// FNV-1a with a final mix, as the low bits choose the slot.
  private static func hash(_ source: Buffer<UInt8>, _ range: Range<Int>) -> UInt64 {
    let span = source.span
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in range { hash = (hash ^ UInt64(span[index])) &* 0x100_0000_01b3 }
    return hash ^ (hash >> 32)
  }
}
