import BilanColumnar

/// Names of days of the week before dates, in French and in English: `mardi 12/03/2019`, `mar. 12 mars 2019`,
/// `Tue, 12 Mar 2019`.
enum Weekday {
  /// Where what stands behind the name of a day begins, which is a digit or a letter; nil where there is no such name.
  static func end(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    guard from < to, initials.contains(bytes[from]) else { return nil }
    var index = from
    while index < to, index - from < 10, (0x61...0x7A).contains(bytes[index] | 0x20) { index += 1 }
    guard names.contains(where: { matches($0, bytes, from, index) }) else { return nil }
    var hasGap = false
    if index < to, bytes[index] == UInt8(ascii: ".") { index += 1 }
    if index < to, bytes[index] == UInt8(ascii: ",") { index += 1 }
    while index < to, case let size = bytes[index] == 0x20 ? 1 : WideBlank.size(at: index, bytes, to: to), size > 0 {
      index += size
      hasGap = true
    }
    return hasGap && index < to ? index : nil
  }

  /// As they are written whole or cut short.
  private static let names: [[UInt8]] = [
    "lundi", "lun", "mardi", "mar", "mercredi", "mer", "jeudi", "jeu", "vendredi", "ven", "samedi", "sam", "dimanche",
    "dim", "monday", "mon", "tuesday", "tues", "tue", "wednesday", "wed", "thursday", "thurs", "thu", "friday", "fri",
    "saturday", "sat", "sunday", "sun",
  ].map { Array($0.utf8) }

  private static let initials = ByteSet("lmjvsdtwf".utf8.flatMap(ByteSet.inEitherCase))

  private static func matches(_ name: [UInt8], _ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    name.count == to - from && name.indices.allSatisfy { bytes[from + $0] | 0x20 == name[$0] }
  }
}
