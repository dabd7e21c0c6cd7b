/// The distinct pairs of a group and a value's key, in order of first appearance, with how often each came.
///
/// An open hash table with linear probing: `slots` holds 1 + the index of an entry, or 0.
struct GroupedValueTable: Sendable {
  private(set) var groups: [UInt32] = []
  private(set) var keys: [UInt64] = []
  private(set) var counts: [Int64] = []
  private var slots = [UInt32](repeating: 0, count: 64)

  var count: Int { keys.count }

  @inline(__always)
  mutating func insert(_ group: UInt32, _ key: UInt64, count: Int64 = 1) {
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: Self.hash(group, key)) & mask
    while true {
      let entry = Int(slots[slot])
      if entry == 0 { break }
      if keys[entry &- 1] == key, groups[entry &- 1] == group {
        counts[entry &- 1] &+= count
        return
      }
      slot = (slot &+ 1) & mask
    }
    groups.append(group)
    keys.append(key)
    counts.append(count)
    slots[slot] = UInt32(keys.count)
    if keys.count * 2 > slots.count { grow() }
  }

  private mutating func grow() {
    let mask = slots.count * 4 - 1
    var larger = [UInt32](repeating: 0, count: mask + 1)
    for index in keys.indices {
      var slot = Int(truncatingIfNeeded: Self.hash(groups[index], keys[index])) & mask
      while larger[slot] != 0 { slot = (slot + 1) & mask }
      larger[slot] = UInt32(index + 1)
    }
    slots = larger
  }

  /// Both halves of a wide product, so that every bit of the input reaches the low bits.
  @inline(__always)
  private static func hash(_ group: UInt32, _ key: UInt64) -> UInt64 {
    let mixed = key ^ (UInt64(group) &* 0x9E37_79B9_7F4A_7C15)
    let (high, low) = mixed.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return high ^ low
  }
}
