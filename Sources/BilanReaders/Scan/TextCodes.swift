import BilanColumnar
import CScan

/// Gives each distinct text of a column a code, in order of first appearance; the empty text has code 0.
///
/// Open addressing, at most half full, and at most an eighth while it is small. Up to twelve bytes stand in the slot itself, filled up with zeros, which no text
/// holds, so that a look-up touches one place in memory; of longer texts the slot holds hashes, and the text is compared in
/// the arena.
///
///     slot   first 8 bytes or hash │ next 4 bytes or hash │ code, with the highest bit of longer texts
@safe struct TextCodes: ~Copyable {
  private struct Slot {
    var first: UInt64
    var rest: UInt32
    /// No slot of the empty text is needed, so that 0 is a free one.
    var code: UInt32
  }

  /// Marks the codes of texts that do not stand in their slots.
  static let long: UInt32 = 1 << 31

  private var slots: UnsafeMutablePointer<Slot>
  private var mask: Int
  /// The texts one after the other, and room for more.
  private var arena: [UInt8] = []
  private var arenaSize = 0
  private var offsets: [UInt32] = [0, 0]
  /// True once the arena has no room for more: offsets are 32 bits.
  private(set) var isFull = false

  init() { self.init(expecting: 0) }

  /// - Parameters:
  ///   - count: about how many texts will come.
  ///   - byteCount: about how many bytes they will have.
  init(expecting count: Int, bytes byteCount: Int = 0) {
    var size = 128
    while size < count * 2 { size *= 2 }
    mask = size - 1
    unsafe slots = Self.free(size)
    offsets.reserveCapacity(count + 2)
    arena.reserveCapacity(byteCount)
  }

  deinit { unsafe slots.deallocate() }

  /// Codes given, that of the empty text included.
  var count: Int { offsets.count - 1 }

  private static func free(_ count: Int) -> UnsafeMutablePointer<Slot> {
    let slots = UnsafeMutablePointer<Slot>.allocate(capacity: count)
    unsafe slots.initialize(repeating: Slot(first: 0, rest: 0, code: 0), count: count)
    return unsafe slots
  }

  /// What is compared of a text, and where its search begins.
  struct Key {
    var first: UInt64
    var rest: UInt32
    /// `long` of a text of which these are hashes.
    var flag: UInt32

    /// 32 bits, of which the lower choose the slot.
    @inline(__always)
    var hash: Int {
      flag == 0 ? TextCodes.hash(first, rest) : Int(truncatingIfNeeded: first &>> 32)
    }

    /// Of one that is not long: as many bytes as are not zero.
    @inline(__always)
    var size: Int {
      rest == 0 ? 8 &- first.leadingZeroBitCount &>> 3 : 12 &- rest.leadingZeroBitCount &>> 3
    }

    /// Which of some parts the text belongs to, by the higher bits.
    @inline(__always)
    func part(of count: Int) -> Int { (hash &* count) &>> 32 }
  }

  /// The key of the `size` bytes at `place`, at least one; eight bytes may be read from wherever they start.
  @inline(__always)
  static func key(_ bytes: UnsafePointer<UInt8>, _ place: Int, _ size: Int) -> Key {
    var first = unsafe FieldWords.load(bytes, place)
    var rest: UInt32 = 0
    if size <= 8 {
      first = FieldWords.first(size, of: first)
    } else if size <= 12 {
      rest = unsafe UInt32(truncatingIfNeeded: FieldWords.first(size &- 8, of: FieldWords.load(bytes, place &+ 8)))
    } else {
      let (hash, other) = unsafe hashes(bytes, place, size)
      return Key(first: hash, rest: UInt32(truncatingIfNeeded: other), flag: long)
    }
    return Key(first: first, rest: rest, flag: 0)
  }

  /// The key of a text in memory of which `readable` bytes may be read.
  @inline(__always)
  static func key(_ bytes: UnsafePointer<UInt8>, _ place: Int, _ size: Int, readable: Int) -> Key {
    // Only short texts are read beyond their end.
    guard place &+ 16 <= readable || size > 12 else { return unsafe keyAtEnd(bytes, place, size) }
    return unsafe key(bytes, place, size)
  }

  @inline(never)
  private static func keyAtEnd(_ bytes: UnsafePointer<UInt8>, _ place: Int, _ size: Int) -> Key {
    var copy = [UInt8](repeating: 0, count: 16)
    for index in 0..<size { unsafe copy[index] = bytes[place + index] }
    return unsafe copy.withUnsafeBufferPointer { unsafe key($0.baseAddress!, 0, size) }
  }

  /// True where a look-up is likely to wait for memory.
  var isLarge: Bool { mask > 1 << 12 }

  /// Has the slot of a key brought near.
  @inline(__always)
  func prefetch(_ key: Key) { unsafe bilan_prefetch(slots + (key.hash & mask)) }

  /// The code of a text; see `key`.
  @inline(__always)
  mutating func code(_ bytes: UnsafePointer<UInt8>, _ place: Int, _ size: Int) -> UInt32 {
    unsafe code(Self.key(bytes, place, size), bytes, place, size)
  }

  /// The code of a text of at most eight bytes that stands in the first slot it may have; nil where it is to be searched.
  @inline(__always)
  func codeAtOnce(_ bytes: UnsafePointer<UInt8>, _ place: Int, _ size: Int) -> UInt32? {
    guard size <= 8 else { return nil }
    let first = unsafe FieldWords.first(size, of: FieldWords.load(bytes, place))
    let found = unsafe slots[Self.hash(first, 0) & mask]
    // No text is zeros, as free slots are.
    return found.first == first && found.rest == 0 && found.code < Self.long ? found.code : nil
  }

  @inline(__always)
  mutating func code(_ key: Key, _ bytes: UnsafePointer<UInt8>, _ place: Int, _ size: Int) -> UInt32 {
    let (slot, code) = slot(key) { unsafe holds($0, bytes, place, size) }
    if code != 0 { return code }
    guard unsafe key.flag == 0 ? keep(key, key.size) : keep(bytes, place, size) else { return 0 }
    return add(key, at: slot)
  }

  /// The code of a text that is not long and stands in its key.
  @inline(__always)
  mutating func code(ofShort key: Key) -> UInt32 {
    let (slot, code) = slot(key) { _ in true }
    if code != 0 { return code }
    return keep(key, key.size) ? add(key, at: slot) : 0
  }

  /// The slot of a text and its code, or the free slot that will be its own and 0.
  ///
  /// - Parameter isText: whether a long text that is kept is the text.
  @inline(__always)
  private func slot(_ key: Key, isText: (_ code: Int) -> Bool) -> (slot: Int, code: UInt32) {
    var slot = key.hash & mask
    while true {
      let found = unsafe slots[slot]
      if found.code == 0 { return (slot, 0) }
      if found.first == key.first, found.rest == key.rest, found.code & Self.long == key.flag {
        let code = found.code & ~Self.long
        if key.flag == 0 || isText(Int(code)) { return (slot, code) }
      }
      slot = (slot &+ 1) & mask
    }
  }

  /// Keeps a text without looking whether it is there: where nearly every text is another, `TextMerge` alone finds out
  /// which are the same. No text may be looked up after that.
  @inline(__always)
  mutating func append(_ bytes: UnsafePointer<UInt8>, _ place: Int, _ size: Int) -> UInt32 {
    let code = UInt32(truncatingIfNeeded: count)
    return unsafe keep(bytes, place, size) ? code : 0
  }

  // MARK: The arena

  /// Puts a text, of which eight bytes may be read from wherever they start, behind the others; false where there is no
  /// room for it.
  @inline(__always)
  private mutating func keep(_ bytes: UnsafePointer<UInt8>, _ place: Int, _ size: Int) -> Bool {
    guard makeRoom(size) else { return false }
    // SAFETY: `makeRoom` has seen to it that the arena has `size` bytes and eight more from `arenaSize` on.
    unsafe arena.withUnsafeMutableBytes { arena in
      let target = unsafe arena.baseAddress! + arenaSize
      if size <= 8 {
        unsafe target.storeBytes(of: FieldWords.load(bytes, place).littleEndian, as: UInt64.self)
      } else {
        unsafe target.copyMemory(from: bytes + place, byteCount: size)
      }
    }
    finish(size)
    return true
  }

  /// The same of a text that stands in its key.
  @inline(__always)
  private mutating func keep(_ key: Key, _ size: Int) -> Bool {
    guard makeRoom(size) else { return false }
    // SAFETY: as above.
    unsafe arena.withUnsafeMutableBytes { arena in
      let target = unsafe arena.baseAddress! + arenaSize
      unsafe target.storeBytes(of: key.first.littleEndian, as: UInt64.self)
      unsafe (target + 8).storeBytes(of: key.rest.littleEndian, as: UInt32.self)
    }
    finish(size)
    return true
  }

  @inline(__always)
  private mutating func makeRoom(_ size: Int) -> Bool {
    guard arenaSize &+ size < Int(UInt32.max), count < Int(Int32.max) else {
      isFull = true
      return false
    }
    if arenaSize &+ size &+ 16 > arena.count { growArena(size) }
    return true
  }

  /// Room is taken little by little, so that the arena's next bytes are near when they are written, from memory that is
  /// asked for in large steps: what is not touched costs nothing, and moving costs much.
  @inline(never)
  private mutating func growArena(_ size: Int) {
    let step = size + max(1 << 12, min(arena.count / 2, 1 << 16))
    if arena.count + step > arena.capacity, arena.count >= 1 << 20 {
      arena.reserveCapacity((arena.count + step) * 4)
      offsets.reserveCapacity(offsets.count * 4)
    }
    arena.append(contentsOf: repeatElement(0, count: step))
  }

  @inline(__always)
  private mutating func finish(_ size: Int) {
    arenaSize &+= size
    offsets.append(UInt32(truncatingIfNeeded: arenaSize))
  }

  /// Gives the memory of look-ups back, which no longer come.
  mutating func endLookups() {
    unsafe slots.deallocate()
    mask = 0
    unsafe slots = Self.free(1)
  }

  /// Gives the text that was kept last its slot.
  @inline(__always)
  private mutating func add(_ key: Key, at slot: Int) -> UInt32 {
    let code = UInt32(truncatingIfNeeded: count &- 1)
    unsafe slots[slot] = Slot(first: key.first, rest: key.rest, code: code | key.flag)
    // While it is small, hardly any text has to be searched for.
    if count * (isLarge ? 2 : 8) > mask { grow() }
    return code
  }

  @inline(never)
  private mutating func grow() {
    let larger = (mask + 1) * (isLarge ? 2 : 4)
    let old = unsafe slots
    let oldCount = mask + 1
    unsafe slots = Self.free(larger)
    mask = larger - 1
    for index in 0..<oldCount where unsafe old[index].code != 0 {
      let entry = unsafe old[index]
      var slot = (entry.code & Self.long == 0 ? Self.hash(entry.first, entry.rest) : Int(entry.first &>> 32)) & mask
      while unsafe slots[slot].code != 0 { slot = (slot &+ 1) & mask }
      unsafe slots[slot] = entry
    }
    unsafe old.deallocate()
  }

  private func holds(_ code: Int, _ bytes: UnsafePointer<UInt8>, _ place: Int, _ size: Int) -> Bool {
    let from = Int(offsets[code])
    guard Int(offsets[code + 1]) - from == size else { return false }
    // SAFETY: both texts are of `size` bytes, more than twelve, that of the arena by its offsets.
    return unsafe arena.withUnsafeBufferPointer { own in
      let own = unsafe own.baseAddress! + from
      var index = 0
      while index < size {
        // The last word overlaps the one before it.
        let at = min(index, size &- 8)
        if unsafe FieldWords.load(own, at) != FieldWords.load(bytes, place &+ at) { return false }
        index &+= 8
      }
      return true
    }
  }

  @inline(__always)
  fileprivate static func hash(_ first: UInt64, _ rest: UInt32) -> Int {
    var hash = (first ^ (UInt64(rest) &* 0x9E37_79B9_7F4A_7C15)) &* 0xD6E8_FEB8_6659_FD93
    hash ^= hash &>> 32
    hash = hash &* 0xD6E8_FEB8_6659_FD93
    return Int(truncatingIfNeeded: hash &>> 32)
  }

  /// Two hashes of a text of more than twelve bytes, its words mixed in one after the other.
  private static func hashes(_ bytes: UnsafePointer<UInt8>, _ place: Int, _ size: Int) -> (UInt64, UInt64) {
    var first = UInt64(truncatingIfNeeded: size) &* 0x9E37_79B9_7F4A_7C15
    var second: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    var index = 0
    while index < size {
      // The last word overlaps the one before it.
      let word = unsafe FieldWords.load(bytes, place &+ min(index, size &- 8))
      first = (first ^ word) &* 0xD6E8_FEB8_6659_FD93
      first ^= first &>> 32
      second = (second &+ word) &* 0xFF51_AFD7_ED55_8CCD
      second ^= second &>> 29
      index &+= 8
    }
    return (first, second)
  }

  /// The texts by code, the empty one included, as far as there are any.
  var dictionary: TextDictionary { TextDictionary(bytes: Array(arena[..<arenaSize]), offsets: offsets) }

  /// Gives texts the codes that they have in a dictionary.
  ///
  /// - Precondition: none but the empty text has a code; the dictionary's first is the empty one, and no text is there
  ///   twice.
  mutating func learn(_ texts: TextDictionary) {
    let (source, places) = (texts.bytes, texts.offsets)
    let offsets = places.span
    unsafe source.span.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return }
      for code in 1..<max(1, texts.count) {
        let (from, to) = (Int(offsets[code]), Int(offsets[code + 1]))
        let key = unsafe Self.key(start, from, to &- from, readable: bytes.count)
        _ = unsafe self.code(key, start, from, to &- from)
      }
    }
  }

  /// The texts by code, the empty one included; none may come after that.
  mutating func finishedDictionary() -> TextDictionary {
    arena.removeLast(arena.count - arenaSize)
    return TextDictionary(bytes: arena, offsets: offsets)
  }
}
