import BilanColumnar

/// Names of days of the week before dates, in French and in English, or an article: `mardi 12/03/2019`, `le 12/03/2019`,
/// `mar. 12 mars 2019`, `Tue, 12 Mar 2019`.
enum Weekday {
  /// Where what stands behind the name of a day begins, which is a digit or a letter; nil where there is no such name.
  @inline(__always)
  static func end(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    to - from > 4 && mayBegin(bytes, from) ? endOfName(bytes, from, to) : nil
  }

  /// The number of the day by its name, 1 for Monday to 7 for Sunday; nil where there is no such name.
  static func number(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    let end = endOfLetters(bytes, from, to)
    return names.first { matches($0.name, bytes, from, end) }?.number
  }

  private static func endOfLetters(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Int {
    var end = from
    while end < to, end - from < 10, (0x61...0x7A).contains(bytes[end] | 0x20) { end += 1 }
    return end
  }

  private static func endOfName(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Int? {
    var index = endOfLetters(bytes, from, to)
    guard names.contains(where: { matches($0.name, bytes, from, index) }) || isArticle(bytes, from) else { return nil }
    if index < to, bytes[index] == UInt8(ascii: ".") { index += 1 }
    if index < to, bytes[index] == UInt8(ascii: ",") { index += 1 }
    let end = FieldText.skippingBlanks(bytes, index, to)
    return end > index && end < to ? end : nil
  }

  /// `le 12/03/2019`
  private static func isArticle(_ bytes: Span<UInt8>, _ from: Int) -> Bool {
    bytes[from] | 0x20 == UInt8(ascii: "l") && bytes[from + 1] | 0x20 == UInt8(ascii: "e") && bytes[from + 2] == 0x20
  }

  /// As they are written whole or cut short.
  private static let names: [(name: [UInt8], number: Int)] = [
    ["lundi", "lun", "monday", "mon"], ["mardi", "mar", "tuesday", "tues", "tue"],
    ["mercredi", "mer", "wednesday", "wed"], ["jeudi", "jeu", "thursday", "thurs", "thu"],
    ["vendredi", "ven", "friday", "fri"], ["samedi", "sam", "saturday", "sat"], ["dimanche", "dim", "sunday", "sun"],
  ].enumerated().flatMap { day, names in names.map { (Array($0.utf8), day + 1) } }

  /// By the first letter, and then by the first three, nearly every text is refused.
  @inline(__always)
  private static func mayBegin(_ bytes: Span<UInt8>, _ from: Int) -> Bool {
    let place = (bytes[from] | 0x20) &- 0x61
    guard place < 26, initials &>> UInt32(place) & 1 == 1 else { return false }
    if isArticle(bytes, from) { return true }
    let letters = UInt32(place) << 16 | UInt32(bytes[from + 1] | 0x20) << 8 | UInt32(bytes[from + 2] | 0x20)
    return switch letters {
    // lun, mar, mer, jeu, ven, sam, dim
    case 0x0B756E, 0x0C6172, 0x0C6572, 0x096575, 0x15656E, 0x12616D, 0x03696D: true
    // mon, tue, wed, thu, fri, sat, sun
    case 0x0C6F6E, 0x137565, 0x166564, 0x136875, 0x057269, 0x126174, 0x12756E: true
    default: false
    }
  }

  /// A bit for each of d, f, j, l, m, s, t, v, w, from a on.
  private static let initials: UInt32 = 0b110_1100_0001_1010_0010_1000

  private static func matches(_ name: [UInt8], _ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Bool {
    name.count == to - from && name.indices.allSatisfy { bytes[from + $0] | 0x20 == name[$0] }
  }
}
