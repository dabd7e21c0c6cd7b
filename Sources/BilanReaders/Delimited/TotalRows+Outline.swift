import BilanColumnar

/// Totals by the numbers of an outline: `1` of `1.1` and `1.2`, as budgets and logical frameworks have them; and by codes
/// that go on in those of their parts: `60` of `601` and `602`, `FR1` of `FR10`, `A` of `A1`.
extension TotalRows {
  /// How the numbers of an outline are made.
  enum OutlineForm {
    /// A part has a point behind the number of its whole. Words may stand before or behind: `Activité 1.2`, `1.2 Salaires`.
    case points
    /// The code of a part begins with that of its whole.
    case codes
  }

  struct Outline {
    var place: Int
    var form: OutlineForm
    /// Where in the bytes the numbers are by row, without a point at the end.
    var numbers: [Range<Int>?]
  }

  /// Columns that are looked at for such numbers.
  private static let outlineColumnLimit = 4
  /// Codes among which there is one that goes on in the next, where any do.
  private static let codesBeforeParts = 24

  /// The first of some columns that holds numbers of an outline.
  func outline(among places: [Int]) -> Outline? {
    for form in [OutlineForm.points, .codes] {
      for place in places.prefix(Self.outlineColumnLimit) {
        if let numbers = outline(place, form) { return Outline(place: place, form: form, numbers: numbers) }
      }
    }
    return nil
  }

  /// Nil where most cells are something else, or none has a part.
  private func outline(_ place: Int, _ form: OutlineForm) -> [Range<Int>?]? {
    var (numbers, others, parts) = (0, 0, 0)
    var found: [Range<Int>?] = []
    found.reserveCapacity(rows.count)
    let span = bytes.span
    var last: Range<Int>?
    for record in rows {
      let range = index.rawRange(record, place)
      let (start, end) = FieldText.trimmed(span, range.lowerBound, range.upperBound, quote: quote)
      let number: (range: Range<Int>, isPart: Bool)? =
        switch form {
        case .points: Self.outlineNumber(amongWords: span, start, end)
        case .codes:
          Self.code(span, start, end).map { code in (code, last.map { isPart(code, of: $0, form) } ?? false) }
        }
      if let number {
        numbers += 1
        if number.isPart { parts += 1 }
        last = number.range
        if form == .codes, parts == 0, numbers == Self.codesBeforeParts { return nil }
      } else if start < end {
        others += 1
        if others > 2, others > numbers { return nil }
      }
      found.append(number?.range)
    }
    return parts > 1 && numbers >= 2 * others ? found : nil
  }

  /// Letters and digits, and what parts them: `601`, `MA-01-1`; nil for anything else.
  private static func code(_ bytes: Span<UInt8>, _ from: Int, _ to: Int) -> Range<Int>? {
    guard from < to, to - from <= 20 else { return nil }
    for place in from..<to {
      let byte = bytes[place]
      let isLetter = (byte | 0x20) &- 0x61 < 26
      guard byte &- 0x30 < 10 || isLetter || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == 0x2F
      else { return nil }
      // Words are no codes.
      if isLetter, place >= from + 4 { return nil }
    }
    return from..<to
  }

  /// The number that is a cell's first word or its last, or all of it.
  private static func outlineNumber(
    amongWords bytes: Span<UInt8>, _ from: Int, _ to: Int
  ) -> (range: Range<Int>, isPart: Bool)? {
    var first = from
    while first < to, bytes[first] != 0x20 { first += 1 }
    if first == to { return outlineNumber(bytes, from, to) }
    if bytes[from] &- 0x30 < 10 { return outlineNumber(bytes, from, first) }
    var last = to
    while last > from, bytes[last - 1] != 0x20 { last -= 1 }
    return last < to && bytes[last] &- 0x30 < 10 ? outlineNumber(bytes, last, to) : nil
  }

  /// `1`, `1.2.`, `A.3`, `IV.1`; nil for anything else.
  private static func outlineNumber(
    _ bytes: Span<UInt8>, _ from: Int, _ to: Int
  ) -> (range: Range<Int>, isPart: Bool)? {
    var end = to
    if end > from, bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
    guard end > from, end - from <= 20 else { return nil }
    var (size, isPart) = (0, false)
    for place in from..<end {
      let byte = bytes[place]
      if byte == UInt8(ascii: ".") {
        guard size > 0 else { return nil }
        (size, isPart) = (0, true)
      } else {
        guard byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26, size < 4 else { return nil }
        size += 1
      }
    }
    return size > 0 ? (from..<end, isPart) : nil
  }

  /// A row while those below it are added up.
  private struct Branch {
    var record: Int
    var number: Range<Int>
    var sums: [Sum]
  }

  /// The rows with the sums of the rows under them; nil where most rows with others under them hold something else.
  func outlineTotals(_ outline: Outline, _ quantities: [Column]) -> Found? {
    let (numbers, form) = (outline.numbers, outline.form)
    let quantities = Array(quantities.prefix(Self.columnLimit))
    guard !quantities.isEmpty else { return nil }
    var totals: [Int] = []
    var otherCount = 0
    var open: [Branch] = []
    func close(_ branch: Branch) {
      guard branch.sums.contains(where: { $0.termCount > 0 }) else { return }
      var (sums, others) = (0, 0)
      for (column, sum) in zip(quantities, branch.sums) where sum.termCount > 0 {
        guard let value = Self.value(column, branch.record - rows.lowerBound), value != 0 else { continue }
        if Self.isSum(sum.value, value) { sums += 1 } else { others += 1 }
      }
      // Rates and means are no sums.
      if sums > 0, sums >= others { totals.append(branch.record) } else if others > 0 { otherCount += 1 }
    }
    for record in rows {
      guard let number = numbers[record - rows.lowerBound] else { continue }
      while let last = open.last, !isPart(number, of: last.number, form) { close(open.removeLast()) }
      if let last = open.indices.last {
        for (column, quantity) in quantities.enumerated() {
          open[last].sums[column].add(Self.value(quantity, record - rows.lowerBound))
        }
      }
      open.append(
        Branch(record: record, number: number, sums: Array(repeating: Sum(), count: quantities.count)))
    }
    while let last = open.popLast() { close(last) }
    // A number that is that of the one row under it says little; and codes may go on in others by chance.
    let telling = totals.count { hasSeveralParts($0, numbers, form) }
    guard totals.count > otherCount, telling > 0, form == .points || otherCount == 0 && telling * 2 >= totals.count
    else { return nil }
    var found = Found()
    for record in totals.sorted() { found.append(record, text(record, outline.place), at: outline.place) }
    return found
  }

  private func hasSeveralParts(_ record: Int, _ numbers: [Range<Int>?], _ form: OutlineForm) -> Bool {
    guard let number = numbers[record - rows.lowerBound] else { return false }
    let below = numbers[(record - rows.lowerBound + 1)...].lazy.compactMap { $0 }
    return below.prefix(2).allSatisfy { isPart($0, of: number, form) } && below.dropFirst().first != nil
  }

  private func isPart(_ number: Range<Int>, of whole: Range<Int>, _ form: OutlineForm) -> Bool {
    guard number.count > whole.count, bytes[number].starts(with: bytes[whole]) else { return false }
    return form == .codes
      || number.count > whole.count + 1 && bytes[number.lowerBound + whole.count] == UInt8(ascii: ".")
  }
}
