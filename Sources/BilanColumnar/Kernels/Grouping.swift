import Synchronization

/// Numbers the distinct combinations of some key columns, in order of first appearance: chunks of keys in, a group
/// index a row out. Missing is a value like any other here.
///
/// The naive way keeps a dictionary from boxed keys to groups and pays a hash and a heap object a row. Here keys are
/// integers throughout (`KeyLayout`), and two tables find their group:
///
/// - **dense**: while all keys are texts, truth values or integers of a narrow range, their small codes are packed into
///   one index of a direct table: a load a row. A single text key ends as one load of its mapping and one of the table.
/// - **hashed**: else an open-addressing table over the words, at most half full, compared word by word.
///
/// The first chunk that does not fit the dense table turns it into a hashed one for good.
package struct Grouper: Sendable {
  private let layout: KeyLayout
  private var unifiers: [DictionaryUnifier]
  /// The words of each group, `layout.stride` a group.
  private var groupWords: [UInt64] = []
  /// The number of groups so far.
  package private(set) var count = 0
  /// Group + 1 at each dense index; 0 is free.
  private var table: [UInt32] = []
  /// Group + 1 in the low half of each hash slot, 0 where it is free; half of the hash above it, so that other keys on
  /// the way are told apart without a look at their words, which are far from the cache.
  private var slots: [UInt64] = []
  private var dense: DenseKeys?

  package init(_ kinds: [ColumnKind]) {
    layout = KeyLayout(kinds)
    unifiers = kinds.map { _ in DictionaryUnifier() }
    if kinds.isEmpty || kinds.contains(where: { $0 == .real || $0 == .ratio }) {
      slots = [UInt64](repeating: 0, count: 16)
    } else {
      dense = DenseKeys(layout)
    }
  }

  /// The group of each row.
  ///
  /// - Precondition: each key has `rowCount` rows.
  package mutating func assign(_ keys: [Column], rowCount: Int) -> [UInt32] {
    if rowCount == 0 { return [] }
    if keys.isEmpty {
      count = 1
      return [UInt32](repeating: 0, count: rowCount)
    }
    var mappings: [[UInt32]] = []
    for (key, column) in keys.enumerated() {
      if case .text(let column) = column {
        mappings.append(unifiers[key].mapping(for: column.dictionary))
      } else {
        mappings.append([])
      }
    }
    if dense != nil, let groups = assignDense(keys, mappings, rowCount) { return groups }
    let words = layout.words(keys, mappings: mappings, rowCount: rowCount)
    return assignHashed(words, rowCount)
  }

  /// Takes the groups of `later`: for each its group here.
  package mutating func merge(_ later: Grouper) -> [UInt32] {
    if layout.kinds.isEmpty {
      count = Swift.max(count, later.count)
      return [UInt32](repeating: 0, count: later.count)
    }
    return assign(later.keyColumns(), rowCount: later.count)
  }

  /// The keys of each group, in the order of groups.
  package func keyColumns() -> [Column] {
    layout.columns(groupWords, count: count, dictionaries: unifiers.map(\.dictionary))
  }

  // MARK: Dense

  private mutating func assignDense(_ keys: [Column], _ mappings: [[UInt32]], _ rowCount: Int) -> [UInt32]? {
    guard var dense else { return nil }
    let isLarger = dense.widen(for: keys, textCounts: unifiers.map(\.count))
    guard dense.isSmall else {
      self.dense = nil
      table = []
      rebuildHashed(capacity: Swift.max(16, count * 4))
      return nil
    }
    if isLarger || table.isEmpty {
      table = [UInt32](repeating: 0, count: 1 << dense.bitCount)
      for group in 0..<count {
        table[dense.index(ofWordsAt: group * layout.stride, in: groupWords)] = UInt32(group) + 1
      }
    }
    self.dense = dense
    let indices = dense.indices(keys, mappings: mappings, rowCount: rowCount)
    var table = self.table
    self.table = []
    var words = groupWords
    groupWords = []
    var groups = [UInt32](repeating: 0, count: rowCount)
    for row in 0..<rowCount {
      let index = Int(indices[row])
      var group = table[index]
      if group == 0 {
        dense.appendWords(of: index, to: &words)
        count += 1
        group = UInt32(count)
        table[index] = group
      }
      groups[row] = group - 1
    }
    self.table = table
    groupWords = words
    return groups
  }

  // MARK: Hashed

  private mutating func assignHashed(_ words: [UInt64], _ rowCount: Int) -> [UInt32] {
    let stride = layout.stride
    var groups = [UInt32](repeating: 0, count: rowCount)
    for row in 0..<rowCount {
      let hash = Self.hash(words, at: row * stride, stride)
      let slot = slot(of: words, at: row * stride, hash)
      let found = UInt32(truncatingIfNeeded: slots[slot])
      if found != 0 {
        groups[row] = found - 1
        continue
      }
      groups[row] = UInt32(count)
      count += 1
      slots[slot] = hash & ~0xFFFF_FFFF | UInt64(count)
      for word in 0..<stride { groupWords.append(words[row * stride + word]) }
      if count * 2 > slots.count { rebuildHashed(capacity: slots.count * 2) }
    }
    return groups
  }

  /// Where the key is, or the free slot where it belongs. The slot is chosen by the low bits of the hash.
  private func slot(of words: [UInt64], at start: Int, _ hash: UInt64) -> Int {
    let stride = layout.stride
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      if (slots[slot] ^ hash) >> 32 == 0 {
        let other = (Int(truncatingIfNeeded: slots[slot] & 0xFFFF_FFFF) - 1) * stride
        var word = 0
        while word < stride, groupWords[other + word] == words[start + word] { word += 1 }
        if word == stride { return slot }
      }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private mutating func rebuildHashed(capacity: Int) {
    var size = 16
    while size < capacity { size *= 2 }
    var larger = [UInt64](repeating: 0, count: size)
    let stride = layout.stride
    for group in 0..<count {
      let hash = Self.hash(groupWords, at: group * stride, stride)
      var slot = Int(truncatingIfNeeded: hash) & (size - 1)
      while larger[slot] != 0 { slot = (slot + 1) & (size - 1) }
      larger[slot] = hash & ~0xFFFF_FFFF | UInt64(group + 1)
    }
    slots = larger
  }

  /// Multiply and fold, a word at a time; the multiplier is that of FxHash, the folding brings high bits down.
  private static func hash(_ words: [UInt64], at start: Int, _ stride: Int) -> UInt64 {
    var hash: UInt64 = 0
    for word in 0..<stride {
      let product = (hash ^ words[start + word]).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
      hash = product.high ^ product.low
    }
    return hash
  }

  // MARK: Lookup

  /// Readies the table for `find`; no group can be added after it.
  fileprivate mutating func prepareForLookup() {
    for key in unifiers.indices { unifiers[key].prepareForLookup() }
    guard dense != nil else { return }
    dense = nil
    table = []
    rebuildHashed(capacity: Swift.max(16, count * 2))
  }

  /// For each code of the dictionary of a text key the code that the key's words hold.
  fileprivate func mapping(_ dictionary: TextDictionary, key: Int) -> [UInt32] { unifiers[key].lookup(dictionary) }

  fileprivate func find(_ keys: [Column], mappings: [[UInt32]], rowCount: Int) -> [Int32] {
    let words = layout.words(keys, mappings: mappings, rowCount: rowCount)
    var groups = [Int32](repeating: -1, count: rowCount)
    for row in 0..<rowCount {
      let start = row * layout.stride
      let slot = slot(of: words, at: start, Self.hash(words, at: start, layout.stride))
      let found = UInt32(truncatingIfNeeded: slots[slot])
      if found != 0 { groups[row] = Int32(bitPattern: found - 1) }
    }
    for column in keys {
      guard let validity = column.validity else { continue }
      for row in 0..<rowCount where !validity[row] { groups[row] = -1 }
    }
    return groups
  }
}

/// Finds the groups of keys among those that a `Grouper` has numbered; many threads may ask at once.
package final class GroupLookup: Sendable {
  private let grouper: Grouper
  /// What each dictionary seen so far maps to, by text key: looked up text by text once, not for every chunk.
  private let known = Mutex<[Known]>([])

  private struct Known: Sendable {
    var dictionary: TextDictionary
    var key: Int
    var mapping: [UInt32]
  }

  package init(_ grouper: consuming Grouper) {
    grouper.prepareForLookup()
    self.grouper = grouper
  }

  /// The group of each row's keys; -1 where there is none or a key is missing.
  package func find(_ keys: [Column], rowCount: Int) -> [Int32] {
    let mappings = keys.enumerated().map { key, column in
      if case .text(let column) = column { mapping(column.dictionary, key: key) } else { [UInt32]() }
    }
    return grouper.find(keys, mappings: mappings, rowCount: rowCount)
  }

  private func mapping(_ dictionary: TextDictionary, key: Int) -> [UInt32] {
    let found = known.withLock { known in
      known.first { $0.key == key && $0.dictionary === dictionary }?.mapping
    }
    if let found { return found }
    let mapping = grouper.mapping(dictionary, key: key)
    known.withLock { known in
      // Kernels may make a dictionary for every chunk: only a few are worth keeping.
      if known.count == 16 { known.removeFirst() }
      known.append(Known(dictionary: dictionary, key: key, mapping: mapping))
    }
    return mapping
  }
}
