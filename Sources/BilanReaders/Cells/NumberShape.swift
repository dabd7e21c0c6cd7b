/// How a number is written: which marks it has and where, before it is decided what they mean.
struct NumberShape {
  /// The marks of a number. `maybe…` is one mark with three digits after it: a decimal part or thousands.
  enum Kind: Int, CaseIterable {
    /// `1200`
    case integer
    /// `1 200`, with any kind of space or an apostrophe
    case spaced
    /// `1.5`
    case point
    /// `1,5`
    case comma
    /// `1.500`
    case maybePoint
    /// `1,500`
    case maybeComma
    /// `1.500.000`
    case pointGroups
    /// `1,500,000`
    case commaGroups
    /// `1 500.5`
    case spacedPoint
    /// `1 500,5`
    case spacedComma
    /// `1.500,5`
    case pointGroupsComma
    /// `1,500.5`
    case commaGroupsPoint

    /// True where it is a number if `mark` is the decimal mark.
    func fits(_ mark: DecimalMark) -> Bool {
      switch self {
      case .integer, .spaced, .maybePoint, .maybeComma: true
      case .point, .commaGroups, .spacedPoint, .commaGroupsPoint: mark == .point
      case .comma, .pointGroups, .spacedComma, .pointGroupsComma: mark == .comma
      }
    }

    /// True where one of its marks begins a fraction.
    func hasFraction(_ mark: DecimalMark) -> Bool {
      switch self {
      case .integer, .spaced, .pointGroups, .commaGroups: false
      case .maybePoint: mark == .point
      case .maybeComma: mark == .comma
      case .point, .comma, .spacedPoint, .spacedComma, .pointGroupsComma, .commaGroupsPoint: true
      }
    }

    var isGrouped: Bool {
      switch self {
      case .integer, .point, .comma, .maybePoint, .maybeComma: false
      default: true
      }
    }
  }

  var kind: Kind
  var isNegative: Bool
  var hasPlus: Bool
  /// Digits in all, the fraction's too.
  var digitCount: Int
  /// A zero before another digit, as codes have.
  var hasLeadingZero: Bool
  /// The exponent as written; nil without one.
  var exponent: Int?
  var isPercent: Bool
  /// Negative as accountants write it: `(1 200)`, or with the minus behind, `1 200-`.
  var isAccounting = false
  /// Where the digits and marks are.
  var start: Int
  var end: Int

  /// Its digits without the zeros at both ends.
  func significantDigits(_ bytes: Span<UInt8>) -> Int {
    var (count, trailing) = (0, 0)
    for index in start..<end where bytes[index] &- 0x30 < 10 {
      let isZero = bytes[index] == 0x30
      // Zeros count as soon as another digit stands before them.
      if !isZero || count > 0 { count += 1 }
      trailing = isZero ? trailing + 1 : 0
    }
    return count == 0 ? 0 : count - trailing
  }

  /// Whether a whole number is that of a double; of more than 19 digits, whether few of them are no zeros at its end.
  func isExactAsDouble(_ bytes: Span<UInt8>) -> Bool {
    if digitCount > 19 { return significantDigits(bytes) <= 15 }
    var value: UInt64 = 0
    for index in start..<end where bytes[index] &- 0x30 < 10 { value = value * 10 + UInt64(bytes[index] &- 0x30) }
    return UInt64(exactly: Double(value)) == value
  }

  /// The shape of the trimmed cell `from..<to`, or nil where it is no number.
  static func scan(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> NumberShape? {
    var index = from
    guard index < to else { return nil }
    var isNegative = false
    var hasPlus = false
    switch bytes[index] {
    case UInt8(ascii: "-"):
      isNegative = true
      index += 1
    case UInt8(ascii: "+"):
      hasPlus = true
      index += 1
    case 0xE2 where index + 2 < to && isMinus(bytes, index):
      isNegative = true
      index += 3
    case UInt8(ascii: "(") where bytes[to - 1] == UInt8(ascii: ")"):
      return accounting(bytes, from + 1, to - 1, isEnclosed: true)
    case 0x30...0x39, UInt8(ascii: "."), UInt8(ascii: ","):
      if let shape = dashed(bytes, from, to) { return shape }
      if bytes[to - 1] == UInt8(ascii: "-") { return accounting(bytes, from, to - 1, isEnclosed: false) }
    default: return nil
    }
    // `- 9`
    if isNegative, index + 1 < to, bytes[index] == 0x20, bytes[index + 1] &- 0x30 < 10 { index += 1 }
    let start = index
    var run = 0
    var firstRun = 0
    var digits = 0
    var separators = 0
    var last = Separator.none
    var changes = 0
    var lastChanged = false
    var groupsFit = true
    while index < to {
      let byte = bytes[index]
      if byte &- 0x30 < 10 {
        run += 1
        index += 1
        continue
      }
      guard let (separator, size) = Separator.at(bytes, index, to) else { break }
      if separator == .space {
        guard index + size < to, bytes[index + size] &- 0x30 < 10 else { break }
      }
      if separators == 0 {
        firstRun = run
        groupsFit = run >= 1 && run <= 3
      } else {
        if run != 3 { groupsFit = false }
        lastChanged = separator != last
        if lastChanged { changes += 1 }
      }
      separators += 1
      last = separator
      digits += run
      run = 0
      index += size
    }
    digits += run
    guard digits > 0 else { return nil }
    if separators == 0 { firstRun = run }
    let zeroFirst = bytes[start] == 0x30
    guard
      var kind = classify(
        separators: separators, last: last, changes: changes, lastChanged: lastChanged, groupsFit: groupsFit,
        firstRun: firstRun, lastRun: run, zeroFirst: zeroFirst, first: Separator.first(bytes, start, index))
    else { return nil }
    let end = index
    var exponent: Int?
    if index < to, bytes[index] | 0x20 == UInt8(ascii: "e"), !kind.isGrouped {
      guard let (value, after) = scanExponent(bytes, index + 1, to) else { return nil }
      exponent = value
      index = after
      if kind == .maybePoint { kind = .point }
      if kind == .maybeComma { kind = .comma }
    }
    while index < to, let (separator, size) = Separator.at(bytes, index, to), separator == .space { index += size }
    var isPercent = false
    if index < to, bytes[index] == UInt8(ascii: "%") {
      isPercent = true
      index += 1
    }
    guard index == to else { return nil }
    return NumberShape(
      kind: kind, isNegative: isNegative, hasPlus: hasPlus, digitCount: digits,
      hasLeadingZero: zeroFirst && firstRun > 1, exponent: exponent, isPercent: isPercent, start: start, end: end)
  }

  /// U+2212, the minus, and U+2013, the dash that is typed for it.
  static func isMinus(_ bytes: Span<UInt8>, _ index: Int) -> Bool {
    bytes[index] == 0xE2
      && ((bytes[index + 1] == 0x88 && bytes[index + 2] == 0x92)
        || (bytes[index + 1] == 0x80 && bytes[index + 2] == 0x93))
  }

  /// The shape of a number that is negative by what stands around or behind it.
  ///
  /// One or two digits in parentheses are the mark of a footnote, and `2019-` is a span that is still open: no numbers.
  private static func accounting(_ bytes: Span<UInt8>, _ from: Int, _ to: Int, isEnclosed: Bool) -> NumberShape? {
    var (start, end) = (from, to)
    while start < end, bytes[start] == 0x20 { start += 1 }
    while start < end, bytes[end - 1] == 0x20 { end -= 1 }
    // `5.-` is five francs.
    guard start < end, bytes[start] != UInt8(ascii: "("), bytes[end - 1] != UInt8(ascii: "-"),
      isEnclosed || bytes[end - 1] != UInt8(ascii: "."),
      var shape = scan(bytes, start, end), !shape.isNegative, !shape.hasPlus, !shape.hasLeadingZero
    else { return nil }
    let isBare = shape.kind == .integer && !shape.isPercent
    if isEnclosed ? isBare && shape.digitCount < 3 : isBare && shape.digitCount == 4 { return nil }
    shape.isNegative = true
    shape.isAccounting = true
    return shape
  }

  /// The shape of a whole amount that has a dash for its fraction: `12,-` `12.--` `1'200.–`.
  private static func dashed(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> NumberShape? {
    var end = to
    if to - from >= 5, bytes[to - 3] == 0xE2, isMinus(bytes, to - 3) {
      end -= 3
    } else {
      while end > from, to - end < 2, bytes[end - 1] == UInt8(ascii: "-") { end -= 1 }
    }
    guard end < to, end - from >= 2, bytes[end - 2] &- 0x30 < 10 else { return nil }
    let isComma = bytes[end - 1] == UInt8(ascii: ",")
    guard isComma || bytes[end - 1] == UInt8(ascii: "."), var shape = scan(bytes, from, end - 1), !shape.isPercent,
      !shape.hasLeadingZero, shape.exponent == nil
    else { return nil }
    switch shape.kind {
    case .integer: shape.kind = isComma ? .comma : .point
    case .spaced: shape.kind = isComma ? .spacedComma : .spacedPoint
    case .maybePoint, .pointGroups:
      guard isComma else { return nil }
      shape.kind = .pointGroupsComma
    case .maybeComma, .commaGroups:
      guard !isComma else { return nil }
      shape.kind = .commaGroupsPoint
    default: return nil
    }
    // The mark is the last of its signs, with no digit behind it.
    shape.end = end
    return shape
  }

  private static func classify(
    separators: Int, last: Separator, changes: Int, lastChanged: Bool, groupsFit: Bool, firstRun: Int, lastRun: Int,
    zeroFirst: Bool, first: Separator
  ) -> Kind? {
    if separators == 0 { return .integer }
    if separators == 1 {
      let couldGroup = groupsFit && lastRun == 3 && !zeroFirst
      switch last {
      case .point: return couldGroup ? .maybePoint : .point
      case .comma: return couldGroup ? .maybeComma : lastRun > 0 ? .comma : nil
      default: return couldGroup ? .spaced : nil
      }
    }
    guard groupsFit, !zeroFirst else { return nil }
    if changes == 0 {
      guard lastRun == 3 else { return nil }
      switch last {
      case .point: return .pointGroups
      case .comma: return .commaGroups
      default: return .spaced
      }
    }
    guard changes == 1, lastChanged else { return nil }
    switch (first, last) {
    case (.point, .comma): return lastRun > 0 ? .pointGroupsComma : nil
    case (.comma, .point): return .commaGroupsPoint
    case (.space, .point), (.apostrophe, .point): return .spacedPoint
    case (.space, .comma), (.apostrophe, .comma): return lastRun > 0 ? .spacedComma : nil
    default: return nil
    }
  }

  private static func scanExponent(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> (value: Int, end: Int)? {
    var index = from
    var isNegative = false
    if index < to, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      isNegative = bytes[index] == UInt8(ascii: "-")
      index += 1
    }
    var value = 0
    let start = index
    while index < to, bytes[index] &- 0x30 < 10 {
      if value < 10_000 { value = value * 10 + Int(bytes[index] &- 0x30) }
      index += 1
    }
    return index == start ? nil : (isNegative ? -value : value, index)
  }

  private enum Separator {
    case none, point, comma, space, apostrophe

    /// The separator at `index` and its size in bytes.
    @inline(__always)
    static func at(_ bytes: Span<UInt8>, _ index: Int, _ to: Int) -> (Separator, Int)? {
      switch bytes[index] {
      case UInt8(ascii: "."): return (.point, 1)
      case UInt8(ascii: ","): return (.comma, 1)
      case UInt8(ascii: " "): return (.space, 1)
      case UInt8(ascii: "'"): return (.apostrophe, 1)
      case 0xC2 where index + 1 < to && bytes[index + 1] == 0xA0: return (.space, 2)  // no-break space
      case 0xE2 where index + 2 < to && bytes[index + 1] == 0x80:
        switch bytes[index + 2] {
        case 0xAF, 0x89, 0x87: return (.space, 3)  // narrow no-break space, thin space, figure space
        case 0x99: return (.apostrophe, 3)  // ’
        default: return nil
        }
      default: return nil
      }
    }

    static func first(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Separator {
      var index = from
      while index < to, bytes[index] &- 0x30 < 10 { index += 1 }
      return index < to ? at(bytes, index, to)?.0 ?? .none : .none
    }
  }
}

/// What separates the fraction of a number.
package enum DecimalMark: String, Sendable, Hashable {
  case point = "."
  case comma = ","

  var byte: UInt8 { self == .point ? UInt8(ascii: ".") : UInt8(ascii: ",") }
}
