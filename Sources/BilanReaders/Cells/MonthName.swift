/// The names of months in French and in English, long and short, whatever their case and accents.
enum MonthName {
  /// A month by its name, and where the name ends, with a full stop where one follows: `janv.`.
  ///
  /// - Returns: nil where no name of a month begins at `from`.
  static func scan(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> (month: Int, end: Int)? {
    if from < to, bytes[from] >= 0xD8 { return ArabicMonth.scan(bytes, from, to) }
    // Nearly every text is refused by its first letter.
    guard from < to, isInitial(bytes[from] | 0x20) else { return nil }
    var letters = InlineArray<9, UInt8>(repeating: 0)
    var count = 0
    var index = from
    while index < to {
      let byte = bytes[index]
      var letter = byte | 0x20
      var size = 1
      if byte == 0xC3, index + 1 < to {
        // É é, È è, Û û: the accents that months have.
        switch bytes[index + 1] | 0x20 {
        case 0xA8, 0xA9: letter = UInt8(ascii: "e")
        case 0xBB: letter = UInt8(ascii: "u")
        default: return nil
        }
        size = 2
      } else if !(0x61...0x7A).contains(letter) || byte < 0x41 {
        break
      }
      guard count < 9 else { return nil }
      letters[count] = letter
      count += 1
      index += size
    }
    guard count >= 3, let month = month(letters, count) else { return nil }
    if index < to, bytes[index] == UInt8(ascii: ".") { index += 1 }
    return (month, index)
  }

  /// Whether a month's name begins with this small letter: a, d, f, j, m, n, o or s.
  private static func isInitial(_ letter: UInt8) -> Bool {
    let place = letter &- 0x61
    return place < 26 && (0b100_0111_0010_0010_1001 as UInt32) &>> UInt32(place) & 1 == 1
  }

  private static func month(_ letters: InlineArray<9, UInt8>, _ count: Int) -> Int? {
    func reads(_ name: String, atLeast least: Int) -> Bool {
      guard count >= least, count <= name.utf8.count else { return false }
      for (place, letter) in name.utf8.enumerated() where place < count && letter != letters[place] { return false }
      return true
    }
    func either(_ first: String, _ second: String) -> Bool {
      reads(first, atLeast: 3) || reads(second, atLeast: 3)
    }
    switch letters[0] {
    case UInt8(ascii: "j"):
      if either("janvier", "january") { return 1 }
      if reads("juin", atLeast: 4) || reads("june", atLeast: 3) { return 6 }
      return reads("juillet", atLeast: 4) || reads("july", atLeast: 3) ? 7 : nil
    case UInt8(ascii: "f"): return either("fevrier", "february") ? 2 : nil
    case UInt8(ascii: "m"):
      if either("mars", "march") { return 3 }
      return either("mai", "may") ? 5 : nil
    case UInt8(ascii: "a"):
      if either("avril", "april") { return 4 }
      return either("aout", "august") ? 8 : nil
    case UInt8(ascii: "s"): return either("septembre", "september") ? 9 : nil
    case UInt8(ascii: "o"): return either("octobre", "october") ? 10 : nil
    case UInt8(ascii: "n"): return either("novembre", "november") ? 11 : nil
    case UInt8(ascii: "d"): return either("decembre", "december") ? 12 : nil
    default: return nil
    }
  }
}
