/// Collects elements of lists as rows: a column for each part that is wanted, and for each element the row it came from.
package struct ListElements {
  private var parts: [ListPartValues]
  /// Where the element at hand has each part; nil where it has none.
  private var found: [Range<Int>?]
  /// For each element the row of its list.
  package private(set) var rows: [Int32] = []
  /// For each element its place in the list, from 1; 0 where the list has none.
  private var positions: [Int64] = []

  /// - Parameters:
  ///   - parts: of the list's, those that are wanted.
  ///   - firstMonth: of fiscal years.
  package init(_ parts: [ListType.Part], firstMonth: Int) {
    self.parts = parts.map { ListPartValues($0, firstMonth: firstMonth) }
    found = Array(repeating: nil, count: parts.count)
  }

  /// Adds the elements of a list; one without any adds a row without values.
  package mutating func append(list bytes: [UInt8], in range: Range<Int>, row: Int) {
    var cursor = ListCursor(bytes, in: range)
    var position: Int64 = 0
    cursor.forEachElement { element in
      position += 1
      find(bytes, element)
      add(bytes, row: row, position: position)
    }
    if position == 0 { appendNone(row: row) }
  }

  private mutating func find(_ bytes: [UInt8], _ element: Range<Int>) {
    let isObject = bytes[element.lowerBound] == UInt8(ascii: "{")
    for part in parts.indices { found[part] = parts[part].isNameless && !isObject ? element : nil }
    guard isObject else { return }
    var cursor = ListCursor(bytes, in: element)
    // Objects mostly have the same names in the same order: the next one is looked for first.
    var expected = 0
    cursor.forEachMember { name, value in
      for offset in parts.indices {
        let part = (expected + offset) % parts.count
        guard parts[part].isNamed(bytes, name) else { continue }
        found[part] = value
        expected = part + 1
        return
      }
    }
  }

  /// Adds the parts of a text between separators, without blanks around them; what is blank is no element.
  ///
  /// - Precondition: the separator is not empty.
  package mutating func append(text bytes: [UInt8], in range: Range<Int>, separator: [UInt8], row: Int) {
    var position: Int64 = 0
    var start = range.lowerBound
    func take(until end: Int) {
      var (first, last) = (start, end)
      while first < last, bytes[first] <= 0x20 { first += 1 }
      while last > first, bytes[last - 1] <= 0x20 { last -= 1 }
      guard first < last else { return }
      position += 1
      for part in parts.indices { found[part] = first..<last }
      add(bytes, row: row, position: position, isPlain: true)
    }
    var index = start
    while index + separator.count <= range.upperBound {
      if bytes[index] == separator[0], bytes[index..<index + separator.count].elementsEqual(separator) {
        take(until: index)
        index += separator.count
        start = index
      } else {
        index += 1
      }
    }
    take(until: range.upperBound)
    if position == 0 { appendNone(row: row) }
  }

  /// Adds a row without values: for a list that is missing or has no element.
  package mutating func appendNone(row: Int) {
    for part in found.indices { found[part] = nil }
    add([], row: row, position: 0)
  }

  private mutating func add(_ bytes: [UInt8], row: Int, position: Int64, isPlain: Bool = false) {
    rows.append(Int32(truncatingIfNeeded: row))
    positions.append(position)
    for part in parts.indices { parts[part].append(bytes, found[part], isPlain: isPlain) }
  }

  /// A column for each part, in their order.
  package func columns() -> [Column] { parts.map { $0.column() } }

  /// The places of the elements in their lists, from 1; missing where a list has none.
  package func positionColumn() -> Column {
    let positions = positions
    let hasNone = positions.contains(0)
    return .integer(
      IntegerColumn(
        Buffer(positions), validity: hasNone ? Bitmap(count: positions.count) { positions[$0] > 0 } : nil))
  }
}

/// The values of one part of lists' elements.
private struct ListPartValues {
  private let name: [UInt8]
  private let type: DataType
  private let firstMonth: Int
  // One of these, by the type.
  private var integers: [Int64] = []
  private var reals: [Double] = []
  private var booleans: [Bool] = []
  private var codes: [UInt32] = []
  private var dictionary = TextDictionaryBuilder()
  private var valid: [Bool] = []

  init(_ part: ListType.Part, firstMonth: Int) {
    // As `ListWriter` writes it between quotes.
    var written: [UInt8] = []
    ListWriter.append(text: part.name.utf8, to: &written)
    name = Array(written.dropFirst().dropLast())
    type = part.type
    self.firstMonth = firstMonth
  }

  var isNameless: Bool { name.isEmpty }

  func isNamed(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    guard range.count == name.count else { return false }
    for offset in name.indices where bytes[range.lowerBound + offset] != name[offset] { return false }
    return true
  }

  /// Adds the value written at `range`; nothing is missing, and so is what is no value of the type.
  ///
  /// - Parameter isPlain: whether the bytes are those of a text, and not a list's.
  mutating func append(_ bytes: [UInt8], _ range: Range<Int>?, isPlain: Bool) {
    let isNull = !isPlain && range.map { bytes[$0.lowerBound] == UInt8(ascii: "n") } ?? true
    let written = isNull ? nil : range
    switch type.columnKind {
    case .integer:
      let value = written.flatMap { integer(bytes, $0) }
      integers.append(value ?? 0)
      valid.append(value != nil)
    case .real, .ratio:
      let value = written.flatMap { Double(String(decoding: bytes[$0], as: UTF8.self)) }
      reals.append(value ?? 0)
      valid.append(value != nil)
    case .boolean:
      booleans.append(written.map { bytes[$0.lowerBound] == UInt8(ascii: "t") } ?? false)
      valid.append(written != nil)
    case .text:
      codes.append(
        written.map { range in
          dictionary.code(
            for: isPlain || type.list != nil ? Array(bytes[range]) : ListText.content(bytes, in: range))
        } ?? 0)
      valid.append(written != nil)
    }
  }

  private func integer(_ bytes: [UInt8], _ range: Range<Int>) -> Int64? {
    switch type {
    case .date:
      guard case let parts = ListText.content(bytes, in: range).split(separator: UInt8(ascii: "-")), parts.count == 3,
        let year = Int(String(decoding: parts[0], as: UTF8.self)),
        let month = Int(String(decoding: parts[1], as: UTF8.self)),
        let day = Int(String(decoding: parts[2], as: UTF8.self))
      else { return nil }
      return CalendarDate(year: year, month: month, day: day).map { Int64($0.days) }
    case .period:
      let text = String(decoding: ListText.content(bytes, in: range), as: UTF8.self)
      return Period(parsing: text, firstMonth: firstMonth).map { Int64($0.encoded) }
    default: return Int64(String(decoding: bytes[range], as: UTF8.self))
    }
  }

  func column() -> Column {
    let flags = valid
    let validity = flags.allSatisfy { $0 } ? nil : Bitmap(count: flags.count) { flags[$0] }
    switch type.columnKind {
    case .integer: return .integer(IntegerColumn(integers, validity: validity))
    case .real, .ratio: return .real(PrimitiveColumn(reals, validity: validity))
    case .boolean:
      let values = booleans
      return .boolean(BooleanColumn(Bitmap(count: values.count) { values[$0] }, validity: validity))
    case .text:
      let dictionary = dictionary
      return .text(TextColumn(Buffer(codes), dictionary.finish(), validity: validity))
    }
  }
}
