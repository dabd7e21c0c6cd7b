#if Spreadsheets
  /// What a number in a cell is, by the format that shows it.
  enum NumberFormatKind: Sendable, Hashable {
    case plain
    /// A day, perhaps with a time.
    case date
    /// A time of day.
    case time
    /// Hours, minutes or seconds that count on beyond a day, and are never a date.
    case elapsed
    case percent
    /// As many digits at least, with what stands between them, as codes are shown: `00000`, `0#" "##" "##" "##" "##`. A zero
    /// is a digit.
    case digits([UInt8])

    /// The kind of a format that every program knows by its number; nil for others.
    ///
    /// Source: ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are dates in the languages of East Asia.
    init?(builtIn id: Int) {
      switch id {
      case 9, 10: self = .percent
      case 14...17, 22, 27...31, 36, 50...54, 57, 58: self = .date
      case 46: self = .elapsed
      case 18...21, 32...35, 45, 47, 55, 56: self = .time
      case 0...49: self = .plain
      default: return nil
      }
    }

    /// The kind of a format code, by its first section: `yyyy-mm-dd`, `0.0%`, `[h]:mm`.
    ///
    /// Texts in quotes or after a backslash, what `_` and `*` take, colours and conditions in brackets are no part of it;
    /// `[h]`, `[mm]` and `[ss]` are.
    init(code: String) {
      let code = Array(code.lowercased().utf8)
      if let mask = Self.mask(code) {
        self = .digits(mask)
        return
      }
      var (hasDay, hasTime, hasPercent, hasMonth, hasDigit, isElapsed) = (false, false, false, false, false, false)
      var index = 0
      scan: while index < code.count {
        let byte = code[index]
        index += 1
        switch byte {
        case UInt8(ascii: ";"): break scan
        case UInt8(ascii: "\""):
          while index < code.count, code[index] != byte { index += 1 }
          index += 1
        case UInt8(ascii: "\\"), UInt8(ascii: "_"), UInt8(ascii: "*"): index += 1
        case UInt8(ascii: "["):
          let start = index
          while index < code.count, code[index] != UInt8(ascii: "]") { index += 1 }
          let inside = code[start..<index]
          if let first = inside.first, "hms".utf8.contains(first), inside.allSatisfy({ $0 == first }) {
            isElapsed = true
          }
          index += 1
        case UInt8(ascii: "g") where code[(index - 1)...].starts(with: Array("general".utf8)): index += 6
        case UInt8(ascii: "y"), UInt8(ascii: "d"): hasDay = true
        case UInt8(ascii: "h"), UInt8(ascii: "s"): hasTime = true
        case UInt8(ascii: "m"): hasMonth = true
        case UInt8(ascii: "%"): hasPercent = true
        case UInt8(ascii: "0"), UInt8(ascii: "#"), UInt8(ascii: "?"): hasDigit = true
        default: break
        }
      }
      // A lone `m` beside hours is minutes, else months; digits beside it are those of seconds, or of no date at all.
      if hasDay || (hasMonth && !hasTime && !isElapsed && !hasDigit) {
        self = .date
      } else if isElapsed {
        self = .elapsed
      } else if hasTime {
        self = .time
      } else {
        self = hasPercent ? .percent : .plain
      }
    }

    /// What the first section of a format code shows where it has a place for each digit and no other number in mind: two
    /// zeros at least, or one and separators, and nothing that rounds or marks thousands; else nil.
    private static func mask(_ code: [UInt8]) -> [UInt8]? {
      var mask: [UInt8] = []
      let zero = UInt8(ascii: "0")
      var zeroCount = 0
      var index = 0
      func separates(_ byte: UInt8) -> Bool { " -/".utf8.contains(byte) }
      scan: while index < code.count {
        let byte = code[index]
        index += 1
        switch byte {
        case UInt8(ascii: ";"): break scan
        case zero, UInt8(ascii: "#"):
          // A digit that is not shown would stand before those that are.
          guard byte == zero || mask.contains(zero) else { return nil }
          zeroCount += byte == zero ? 1 : 0
          mask.append(zero)
        case UInt8(ascii: "\""):
          while index < code.count, code[index] != byte {
            guard separates(code[index]) else { return nil }
            mask.append(code[index])
            index += 1
          }
          index += 1
        case UInt8(ascii: "\\"):
          guard index < code.count, separates(code[index]) else { return nil }
          mask.append(code[index])
          index += 1
        // A point rounds, and a stroke makes fractions.
        case UInt8(ascii: " "), UInt8(ascii: "-"): mask.append(byte)
        default: return nil
        }
      }
      guard mask.first == zero, mask.last == zero, mask.count > 1, mask[1] == zero else { return nil }
      return zeroCount > 1 || mask.contains { $0 != zero } ? mask : nil
    }

    /// What a mask makes of a whole number, whose further digits stand before; nil where that is the number as it is, or it
    /// is no whole number.
    static func shown(_ digits: ArraySlice<UInt8>, by mask: [UInt8]) -> [UInt8]? {
      guard !digits.isEmpty, digits.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
      var rest = digits
      var shown: [UInt8] = []
      for byte in mask.reversed() {
        shown.append(byte == 0x30 ? rest.popLast() ?? 0x30 : byte)
      }
      shown = rest + shown.reversed()
      return shown.elementsEqual(digits) ? nil : shown
    }
  }
#endif
