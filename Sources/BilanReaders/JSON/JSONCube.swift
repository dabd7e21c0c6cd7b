import BilanDiagnostics

/// A table in JSON-stat, as Eurostat and other statistical offices give data to programs: the values of a cube one after the
/// other, and apart from them what each side of the cube is.
///
///     {"id": ["geo", "time"], "size": [2, 2], "value": [9.1, 9.3, null, 10.2],
///      "dimension": {"geo": {"category": {"index": {"MA": 0, "TN": 1}, "label": {"MA": "Maroc", "TN": "Tunisie"}}}, …}}
///
/// Each value is a row: the code of each side, its label where that is another, the value, and its status where some have one.
///
/// Source: [JSON-stat 2.0](https://json-stat.org/full/), and what was before it.
struct JSONCube {
  /// One side of the cube.
  private struct Side {
    var name: [UInt8]
    /// In their order.
    var codes: [[UInt8]]
    /// Nil where they are the codes.
    var labels: [[UInt8]]?
  }

  /// Bytes of rows that are written whatever the size of the file.
  private static let mostText = 64 << 20

  private let bytes: [UInt8]
  private let sides: [Side]
  /// Where the values and their status stand, by place in the cube; ascending.
  private let values: [(place: Int, range: Range<Int>)]
  private let status: [Int: Range<Int>]
  let cellCount: Int

  /// Nil where the object that begins at `root` is no such table.
  init?(_ bytes: [UInt8], root: Int) {
    var object = Self.members(bytes, root)
    // Before the second version the tables of a document had names.
    if object["id"] == nil, object.count <= 2, let only = object.values.first(where: { bytes[$0.lowerBound] == 0x7B }) {
      object = Self.members(bytes, only.lowerBound)
    }
    guard let dimension = object["dimension"], let given = object["value"], bytes[dimension.lowerBound] == 0x7B else {
      return nil
    }
    let dimensions = Self.members(bytes, dimension.lowerBound)
    guard let ids = (object["id"] ?? dimensions["id"]).flatMap({ Self.texts(bytes, $0) }),
      let sizes = (object["size"] ?? dimensions["size"]).flatMap({ Self.numbers(bytes, $0) }),
      !ids.isEmpty, ids.count == sizes.count, sizes.allSatisfy({ $0 > 0 })
    else { return nil }
    var sides: [Side] = []
    var count = 1
    for (id, size) in zip(ids, sizes) {
      let (product, isTooLarge) = count.multipliedReportingOverflow(by: size)
      guard !isTooLarge, let own = dimensions[id], let side = Self.side(bytes, id, own), side.codes.count == size else {
        return nil
      }
      count = product
      sides.append(side)
    }
    guard let values = Self.cells(bytes, given), values.allSatisfy({ $0.place < count }) else { return nil }
    // Labels stand again in each row: where they would be many times the file, it is none that an office gives.
    let longest = sides.reduce(0) { sum, side in
      sum + (side.codes + (side.labels ?? [])).reduce(0) { max($0, $1.count) }
    }
    guard longest <= max(Self.mostText, 64 * bytes.count) / max(1, values.count) else { return nil }
    self.bytes = bytes
    self.sides = sides
    self.values = values
    cellCount = count
    let marks = object["status"].flatMap { Self.cells(bytes, $0) } ?? []
    status = Dictionary(marks.map { ($0.place, $0.range) }) { first, _ in first }
  }

  var rowCount: Int { values.count }

  /// The rows, under their names.
  func text(_ isCancelled: () -> Bool) throws(QueryError) -> CellText {
    var text = CellText()
    text.mayHaveTotals = true
    for side in sides {
      text.append(side.name)
      if side.labels != nil { text.append(side.name + Array(" label".utf8)) }
    }
    text.append(Array("value".utf8))
    if !status.isEmpty { text.append(Array("status".utf8)) }
    text.endRow()
    for (number, (place, range)) in values.enumerated() {
      if number & 0x3FF == 0, isCancelled() { throw .cancelled }
      var rest = cellCount
      var below = place
      for side in sides {
        rest /= side.codes.count
        let index = below / rest
        below %= rest
        text.append(side.codes[index])
        if let labels = side.labels { text.append(labels[index]) }
      }
      JSONCell.append(range, of: bytes, to: &text)
      if !status.isEmpty {
        if let mark = status[place] { JSONCell.append(mark, of: bytes, to: &text) } else { text.append("") }
      }
      text.endRow()
    }
    return text
  }

  var decision: Fact {
    let names = sides.map { "`\(String(decoding: $0.name, as: UTF8.self))`" }.joined(separator: ", ")
    return Fact(
      Localized("rows", fr: "lignes"),
      Localized("the values of a cube in JSON-stat", fr: "les valeurs d’un cube en JSON-stat"),
      Localized("its sides are \(names)", fr: "ses côtés sont \(names)"))
  }

  func notes(_ name: String) -> [Diagnostic] {
    guard values.count < cellCount else { return [] }
    let missing = cellCount - values.count
    return [
      .note(
        .sheetsNotRead,
        Localized(
          "`\(name)` has no value in \(missing) of \(cellCount) places of its cube: these are no rows",
          fr: "`\(name)` n’a pas de valeur à \(missing) des \(cellCount) places de son cube : ce ne sont pas des lignes"
        ),
        count: missing)
    ]
  }

  // MARK: Parts

  private static func members(_ bytes: [UInt8], _ place: Int) -> [String: Range<Int>] {
    guard bytes[place] == UInt8(ascii: "{") else { return [:] }
    var found: [String: Range<Int>] = [:]
    var cursor = JSONCursor(bytes, at: place)
    cursor.members { cursor, key in
      let name = String(decoding: cursor.text(key), as: UTF8.self)
      found[name] = cursor.skipValue()
    }
    return found
  }

  private static func elements(_ bytes: [UInt8], _ range: Range<Int>) -> [Range<Int>]? {
    guard bytes[range.lowerBound] == UInt8(ascii: "[") else { return nil }
    var found: [Range<Int>] = []
    var cursor = JSONCursor(bytes, at: range.lowerBound)
    cursor.elements { found.append($0.skipValue()) }
    return found
  }

  private static func text(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8]? {
    bytes[range.lowerBound] == UInt8(ascii: "\"") ? JSONCursor(bytes, at: range.lowerBound).text(range) : nil
  }

  private static func texts(_ bytes: [UInt8], _ range: Range<Int>) -> [String]? {
    guard let parts = elements(bytes, range) else { return nil }
    let found = parts.compactMap { text(bytes, $0).map { String(decoding: $0, as: UTF8.self) } }
    return found.count == parts.count ? found : nil
  }

  private static func number(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    Int(String(decoding: bytes[range], as: UTF8.self))
  }

  private static func numbers(_ bytes: [UInt8], _ range: Range<Int>) -> [Int]? {
    guard let parts = elements(bytes, range) else { return nil }
    let found = parts.compactMap { number(bytes, $0) }
    return found.count == parts.count ? found : nil
  }

  /// Values in a list are those of all places, in an object of those that are its names.
  private static func cells(_ bytes: [UInt8], _ range: Range<Int>) -> [(place: Int, range: Range<Int>)]? {
    if let all = elements(bytes, range) { return all.enumerated().map { ($0, $1) } }
    let named = members(bytes, range.lowerBound)
    let found = named.compactMap { name, range in Int(name).map { (place: $0, range: range) } }
    guard bytes[range.lowerBound] == UInt8(ascii: "{"), found.count == named.count, found.allSatisfy({ $0.place >= 0 })
    else { return nil }
    return found.sorted { $0.place < $1.place }
  }

  /// The codes of a side in their order, by a list or by their numbers; one alone may have a label and no number.
  private static func side(_ bytes: [UInt8], _ id: String, _ range: Range<Int>) -> Side? {
    guard let category = members(bytes, range.lowerBound)["category"] else { return nil }
    let parts = members(bytes, category.lowerBound)
    let labels = parts["label"].map { members(bytes, $0.lowerBound) } ?? [:]
    var codes: [String]
    if let index = parts["index"], let listed = texts(bytes, index) {
      codes = listed
    } else if let index = parts["index"] {
      let numbered = members(bytes, index.lowerBound).compactMap { code, range in
        number(bytes, range).map { (code: code, number: $0) }
      }.sorted { $0.number < $1.number }
      guard numbered.enumerated().allSatisfy({ $0 == $1.number }) else { return nil }
      codes = numbered.map(\.code)
    } else {
      codes = labels.count == 1 ? Array(labels.keys) : []
    }
    let named = codes.map { code in labels[code].flatMap { text(bytes, $0) } ?? Array(code.utf8) }
    let coded = codes.map { Array($0.utf8) }
    return Side(name: Array(id.utf8), codes: coded, labels: named == coded ? nil : named)
  }
}
