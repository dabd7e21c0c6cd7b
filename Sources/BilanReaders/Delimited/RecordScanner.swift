/// Splits delimited text into fields, record by record: RFC 4180, and what files do instead of it.
///
/// Nothing is copied: a record becomes the offsets at which its fields start, plus one past the record's last field,
/// so that field `i` is `starts[i]..<starts[i + 1] - 1` with its quotes still on.
///
///     ab;"c;d";e⏎
///     ^  ^     ^ ^
///     0  3     9 11
///
/// A line end is LF, CR or CRLF. A quote opens only at the start of a field; any other quote outside quotes is stray, kept
/// and counted. Counted too is a quote that closes with more than blanks behind it, which are part of the field.
struct RecordScanner {
  let delimiter: UInt8
  /// Zero where nothing is quoted.
  let quote: UInt8
  var position: Int
  /// Quotes that do not stand around a whole field: how many, and where the first few are.
  private(set) var strayCount = 0
  private(set) var strayOffsets: [Int] = []
  /// Where the quote opened that the file never closes.
  private(set) var unterminated: Int?

  init(delimiter: UInt8, quote: UInt8, from position: Int) {
    self.delimiter = delimiter
    self.quote = quote
    self.position = position
  }

  /// Appends the starts of the next record's fields and its end mark; returns the number of fields.
  @inline(__always)
  mutating func next(_ bytes: Span<UInt8>, into starts: inout [UInt32]) -> Int {
    let count = bytes.count
    let delimiter = delimiter
    let quote = quote
    // No byte that means something is above this one: with a comma or a tab most bytes are passed by one comparison.
    let highest = max(delimiter, quote, 0x0D)
    var index = position
    var fields = 0
    while true {
      starts.append(UInt32(truncatingIfNeeded: index))
      fields += 1
      if index < count, bytes[index] == quote, quote != 0 {
        index = closing(bytes, index)
        if index < count, bytes[index] != delimiter, bytes[index] != 0x0A, bytes[index] != 0x0D {
          noteTextBehind(bytes, index)
        }
      }
      var byte: UInt8 = 0
      while index < count {
        byte = bytes[index]
        if byte > highest {
          index &+= 1
          continue
        }
        if byte == delimiter || byte == 0x0A || byte == 0x0D { break }
        if byte == quote { noteStray(index) }
        index &+= 1
      }
      if index < count, byte == delimiter {
        index &+= 1
        continue
      }
      starts.append(UInt32(truncatingIfNeeded: index &+ 1))
      if index < count {
        index &+= 1
        if byte == 0x0D, index < count, bytes[index] == 0x0A { index &+= 1 }
      }
      position = index
      return fields
    }
  }

  /// The position after the quote that closes the one at `open`.
  private mutating func closing(_ bytes: Span<UInt8>, _ open: Int) -> Int {
    let count = bytes.count
    var index = open + 1
    while true {
      while index < count, bytes[index] != quote { index &+= 1 }
      if index == count {
        unterminated = unterminated ?? open
        return count
      }
      index += 1
      if index < count, bytes[index] == quote {
        index += 1
        continue
      }
      return index
    }
  }

  /// Counts the quote before `index`, which closed, where more than blanks are behind it.
  private mutating func noteTextBehind(_ bytes: Span<UInt8>, _ index: Int) {
    var end = index
    while end < bytes.count, bytes[end] != delimiter, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
    if end < bytes.count, bytes[end] != delimiter, bytes[end] != 0x0A, bytes[end] != 0x0D { noteStray(index - 1) }
  }

  private mutating func noteStray(_ offset: Int) {
    strayCount += 1
    if strayOffsets.count < 5 { strayOffsets.append(offset) }
  }
}
