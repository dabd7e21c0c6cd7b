/// The columns that records of JSON have, found from the records themselves: what is nested in objects becomes columns
/// with dotted names, in the order in which they first occur.
///
///     {"id": 1, "place": {"region": "Oriental", "codes": [2, 3]}}     id, place.region, place.codes
///
/// Every path of names is a node of a tree. A record is walked twice: once to find its nodes, once, when it is known
/// which of them are columns, to find its cells.
struct JSONColumns {
  private struct Node {
    /// The names from the record down, joined by points.
    var label: [UInt8]
    /// The name as it was first written, quotes and all.
    var key: [UInt8] = []
    /// The nodes of an object's names, in the order of their first occurrence.
    var children: [Int] = []
    var places: [[UInt8]: Int] = [:]
    var parent: Int?
    /// Its place among its parent's children.
    var ordinal = 0
    /// Whether some record has a value here that is not an object.
    var hasCells = false
    var hasNumbers = false
    var hasTexts = false
    var hasLists = false
    var hasJSON = false
    /// Objects here are kept as they are written: nested too deep, or with names that hardly repeat.
    var isOpaque = false
    /// An object here is a list of itself, as other records have lists.
    var isListOfItself = false
    /// The object that last gave this name.
    var object = 0
    /// The record that last had a cell here, and where.
    var record = 0
    var cell = 0..<0
  }

  /// Objects nested deeper are kept as they are written.
  private static let depthLimit = 32

  private var nodes: [Node] = [Node(label: [])]
  /// Numbers of the object and of the record at hand.
  private var object = 0
  private var record = 0
  /// Names that an object gives more than once: how often in all, and where the first few stand.
  private(set) var duplicates: (count: Int, places: [Int], name: [UInt8]) = (0, [], [])

  /// Records that are neither objects nor missing.
  private(set) var plainCount = 0

  /// The value at which `cursor` stands, as a record: its cells can then be asked for.
  mutating func walk(_ cursor: inout JSONCursor) {
    record += 1
    if cursor.byte != UInt8(ascii: "{"), cursor.byte != UInt8(ascii: "n") { plainCount += 1 }
    walk(&cursor, node: 0, depth: 0)
  }

  private mutating func walk(_ cursor: inout JSONCursor, node: Int, depth: Int) {
    if cursor.byte == UInt8(ascii: "{"), !nodes[node].isOpaque, depth < Self.depthLimit {
      walkMembers(&cursor, node: node, depth: depth)
    } else {
      let first = cursor.byte
      let range = cursor.skipValue()
      nodes[node].record = record
      nodes[node].cell = range
      note(first, range, cursor, at: node)
    }
  }

  private mutating func walkMembers(_ cursor: inout JSONCursor, node: Int, depth: Int) {
    object += 1
    let number = object
    // Records mostly have the same names in the same order: the next one is looked for first.
    var expected = 0
    cursor.members { cursor, key in
      let child = self.child(of: node, key, cursor, &expected)
      if nodes[child].object == number {
        noteDuplicate(child, at: key.lowerBound)
        // Of equal names the last counts.
        forget(child)
      }
      nodes[child].object = number
      walk(&cursor, node: child, depth: depth + 1)
    }
  }

  private mutating func child(of node: Int, _ key: Range<Int>, _ cursor: JSONCursor, _ expected: inout Int) -> Int {
    if expected < nodes[node].children.count {
      let child = nodes[node].children[expected]
      if Self.isWritten(nodes[child].key, at: key, in: cursor.bytes) {
        expected += 1
        return child
      }
    }
    let name = cursor.text(key)
    if let child = nodes[node].places[name] {
      expected = nodes[child].ordinal + 1
      return child
    }
    let parent = nodes[node].label
    let child = nodes.count
    nodes.append(
      Node(
        label: node == 0 ? name : parent + [UInt8(ascii: ".")] + name, key: Array(cursor.bytes[key]), parent: node))
    nodes[child].ordinal = nodes[node].children.count
    nodes[node].children.append(child)
    nodes[node].places[name] = child
    expected = nodes[node].children.count
    return child
  }

  private static func isWritten(_ key: [UInt8], at range: Range<Int>, in bytes: [UInt8]) -> Bool {
    guard key.count == range.count else { return false }
    for offset in key.indices where key[offset] != bytes[range.lowerBound + offset] { return false }
    return true
  }

  private mutating func note(_ first: UInt8, _ range: Range<Int>, _ cursor: JSONCursor, at node: Int) {
    switch first {
    case UInt8(ascii: "n"): break
    case UInt8(ascii: "\""):
      nodes[node].hasCells = true
      if range.count > 2 { nodes[node].hasTexts = true }
    case UInt8(ascii: "["):
      nodes[node].hasCells = true
      nodes[node].hasLists = true
    case UInt8(ascii: "{"):
      nodes[node].hasCells = true
      if !nodes[node].isListOfItself { nodes[node].hasJSON = true }
    case UInt8(ascii: "t"), UInt8(ascii: "f"): nodes[node].hasCells = true
    default:
      nodes[node].hasCells = true
      nodes[node].hasNumbers = true
    }
  }

  private mutating func noteDuplicate(_ node: Int, at place: Int) {
    if duplicates.count == 0 { duplicates.name = nodes[node].label }
    duplicates.count += 1
    if duplicates.places.count < 5 { duplicates.places.append(place) }
  }

  /// Takes back the cells that the record at hand has at a node and below.
  private mutating func forget(_ node: Int) {
    nodes[node].record = 0
    for child in nodes[node].children { forget(child) }
  }

  // MARK: After the first walk

  /// Decides what is to be kept whole: an object where other records have a list of objects is a list of itself.
  mutating func settle() {
    for node in nodes.indices.dropFirst() where nodes[node].hasLists && !nodes[node].children.isEmpty {
      nodes[node].isOpaque = true
      nodes[node].isListOfItself = true
    }
  }

  /// The nodes that are columns, in order: those with cells, and those that are never anything but missing.
  var columns: [Int] {
    nodes.indices.filter { node in
      guard !isUnderOpaque(node) else { return false }
      return nodes[node].hasCells || nodes[node].isOpaque || (node > 0 && nodes[node].children.isEmpty)
    }
  }

  private func isUnderOpaque(_ node: Int) -> Bool {
    var parent = nodes[node].parent
    while let above = parent {
      if nodes[above].isOpaque { return true }
      parent = nodes[above].parent
    }
    return false
  }

  /// Keeps objects whose names hardly repeat as they are written, until the table has no more than `limit` columns: a
  /// map from dates to figures would else be as wide as it is long, and nearly empty.
  ///
  /// - Returns: false where the records' own names are too many.
  mutating func narrow(to limit: Int) -> Bool {
    while columns.count > limit {
      let nested = nodes.indices.dropFirst().filter { !nodes[$0].isOpaque && !nodes[$0].children.isEmpty }
      guard let most = nested.map({ nodes[$0].children.count }).max() else { return false }
      // The widest, and those that come near, so that few rounds do.
      for node in nested where nodes[node].children.count * 2 > most {
        nodes[node].isOpaque = true
        nodes[node].hasJSON = true
      }
    }
    return true
  }

  /// Begins the second walk.
  mutating func restart() {
    (record, plainCount) = (0, 0)
    duplicates = (0, [], [])
    for node in nodes.indices {
      nodes[node].record = 0
      nodes[node].object = 0
    }
    object = 0
  }

  /// What a column is called; a record that is no object is a value.
  func label(_ node: Int) -> String {
    node == 0 ? "value" : String(decoding: nodes[node].label, as: UTF8.self)
  }

  /// Where the cell of the record walked last stands; nil where it has none.
  func cell(_ node: Int) -> Range<Int>? { nodes[node].record == record ? nodes[node].cell : nil }

  /// Whether its numbers are written as JSON has them, with a point and without marks for thousands.
  func isOfNumbers(_ node: Int) -> Bool { nodes[node].hasNumbers && !nodes[node].hasTexts }

  /// Whether some cell is an array and none an object that is kept as it is written.
  func isOfLists(_ node: Int) -> Bool { nodes[node].hasLists && !nodes[node].hasJSON }

  /// Whether some records are lists and others plain values.
  var mixesListsWithValues: Bool { nodes[0].hasLists && (nodes[0].hasNumbers || nodes[0].hasTexts) }

  /// The columns in which some cell is a list, and those in which some is JSON as it is written.
  var listColumns: [String] { columns.filter(isOfLists).map(label) }
  var jsonColumns: [String] { columns.filter { nodes[$0].hasJSON }.map(label) }
  var nestedCount: Int { columns.count { (nodes[$0].parent ?? 0) != 0 } }
}

/// What stands in a cell for a value of JSON.
enum JSONCell {
  /// Between the elements of a list.
  static let separator: [UInt8] = Array("; ".utf8)

  /// Writes a value as it stands in a cell: texts without quotes, `null` as nothing, lists of plain values joined, all
  /// else as JSON on one line.
  static func append(_ range: Range<Int>, of bytes: [UInt8], to text: inout CellText) {
    var cursor = JSONCursor(bytes, at: range.lowerBound)
    switch cursor.byte {
    case UInt8(ascii: "n"): text.append("")
    case UInt8(ascii: "\""): text.append(cursor.text(range))
    case UInt8(ascii: "[") where isList(bytes, range):
      var joined: [UInt8] = []
      var isFirst = true
      cursor.elements { cursor in
        let element = cursor.skipValue()
        // What is missing has no place in a list that is read by eye.
        if bytes[element.lowerBound] == UInt8(ascii: "n") { return }
        if !isFirst { joined += separator }
        isFirst = false
        switch bytes[element.lowerBound] {
        case UInt8(ascii: "\""): joined += cursor.text(element)
        default: joined += bytes[element]
        }
      }
      text.append(joined)
    case UInt8(ascii: "["), UInt8(ascii: "{"): text.append(cursor.compact(range))
    default:
      let span = bytes.span
      text.append(number: span.extracting(range))
    }
  }

  /// Whether a value is an array that holds objects only.
  static func isOfObjects(_ bytes: [UInt8], at place: Int) -> Bool {
    guard bytes[place] == UInt8(ascii: "[") else { return false }
    var cursor = JSONCursor(bytes, at: place)
    var areObjects = true
    cursor.elements { cursor in
      if cursor.byte != UInt8(ascii: "{") { areObjects = false }
      cursor.skipValue()
    }
    return areObjects
  }

  /// Whether an array holds plain values only.
  static func isList(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    var cursor = JSONCursor(bytes, at: range.lowerBound)
    var isPlain = true
    cursor.elements { cursor in
      if cursor.byte == UInt8(ascii: "[") || cursor.byte == UInt8(ascii: "{") { isPlain = false }
      cursor.skipValue()
    }
    return isPlain
  }
}
