/// When the clocks of a time zone were changed, and to what.
///
///     "TZif", version, 15 bytes, six counts of 4 bytes     then a first block with times of 4 bytes
///     the same header again                                then a block with times of 8 bytes
///     transition times · the type of each · types (offset, is summer time, name) · names · leap seconds · 2 × flags
///     line feed, the rule for all times after the last transition, line feed
///
/// Numbers have their high end first. Source: RFC 9636.
struct ZoneRules: Sendable {
  /// Seconds since 1970, rising.
  private var transitions: [Int64]
  /// Seconds east of UTC: before the first transition, then after each.
  private var offsets: [Int64]
  /// What holds after the last transition; nil where the last offset stays.
  private var rest: RecurringZone?

  /// A zone whose clocks never change.
  init(offset: Int64) {
    transitions = []
    offsets = [offset]
  }

  /// Reads a compiled zone; nil for what is none.
  init?(_ bytes: [UInt8]) {
    var reader = Reader(bytes: bytes)
    guard let first = Header(&reader) else { return nil }
    guard first.version >= UInt8(ascii: "2") else {
      self.init(first, &reader, timeSize: 4)
      return
    }
    reader.position += first.size(timeSize: 4)
    guard let second = Header(&reader) else { return nil }
    self.init(second, &reader, timeSize: 8)
    let footer = bytes.dropFirst(reader.position)
    guard footer.first == 0x0A, let end = footer.dropFirst().firstIndex(of: 0x0A) else { return nil }
    let text = footer[(footer.startIndex + 1)..<end]
    if text.isEmpty { return }
    guard let rest = RecurringZone(Array(text)) else { return nil }
    self.rest = rest
  }

  /// The block at hand.
  private init?(_ header: Header, _ reader: inout Reader, timeSize: Int) {
    let start = reader.position
    var transitions: [Int64] = []
    for _ in 0..<header.timeCount {
      guard let time = reader.integer(timeSize), transitions.last ?? .min < time || transitions.isEmpty else {
        return nil
      }
      transitions.append(time)
    }
    let places = reader.position
    reader.position += header.timeCount
    var types: [Int64] = []
    for _ in 0..<header.typeCount {
      guard let offset = reader.integer(4), abs(offset) < 86_400 else { return nil }
      types.append(offset)
      reader.position += 2
    }
    guard let usual = types.first else { return nil }
    var offsets = [usual]
    for place in places..<places + header.timeCount {
      guard reader.bytes.indices.contains(place), Int(reader.bytes[place]) < types.count else { return nil }
      offsets.append(types[Int(reader.bytes[place])])
    }
    reader.position = start + header.size(timeSize: timeSize)
    guard reader.position <= reader.bytes.count else { return nil }
    self.transitions = transitions
    self.offsets = offsets
  }

  /// The offset at an instant, and a stretch of instants around it that have the same.
  func offset(at second: Int64) -> (seconds: Int64, stretch: Range<Int64>) {
    var (low, high) = (0, transitions.count)
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= second { low = middle + 1 } else { high = middle }
    }
    let start = low == 0 ? .min : transitions[low - 1]
    guard low == transitions.count else { return (offsets[low], start..<transitions[low]) }
    guard let rest else { return (offsets[low], start..<(.max)) }
    let (seconds, stretch) = rest.offset(at: second)
    return (seconds, max(start, stretch.lowerBound)..<stretch.upperBound)
  }

  private struct Reader {
    let bytes: [UInt8]
    var position = 0

    /// A signed number of some bytes; nil beyond the end.
    mutating func integer(_ size: Int) -> Int64? {
      guard position >= 0, size <= bytes.count - position else { return nil }
      var value: UInt64 = 0
      for offset in 0..<size { value = value << 8 | UInt64(bytes[position + offset]) }
      position += size
      let unused = UInt64(64 - 8 * size)
      return Int64(bitPattern: value << unused) >> Int64(unused)
    }
  }

  private struct Header {
    var version: UInt8
    var timeCount: Int
    var typeCount: Int
    /// Of names, leap seconds, and the two kinds of flags.
    private var others: [Int]

    init?(_ reader: inout Reader) {
      let start = reader.position
      guard start + 44 <= reader.bytes.count, reader.bytes[start..<start + 4].elementsEqual("TZif".utf8) else {
        return nil
      }
      version = reader.bytes[start + 4]
      reader.position += 20
      var counts: [Int] = []
      // A zone has some hundreds of transitions; more than the bytes that there are is damage.
      for _ in 0..<6 {
        guard let count = reader.integer(4), (0...Int64(reader.bytes.count)).contains(count) else { return nil }
        counts.append(Int(count))
      }
      (timeCount, typeCount) = (counts[3], counts[4])
      others = [counts[5], counts[2], counts[1], counts[0]]
    }

    /// Bytes of the block behind it.
    func size(timeSize: Int) -> Int {
      timeCount * (timeSize + 1) + typeCount * 6 + others[0] + others[1] * (timeSize + 4) + others[2] + others[3]
    }
  }
}
