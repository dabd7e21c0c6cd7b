import BilanColumnar

/// What a column's cells can be, where they are few: each written out once, prefix and all; the last is the missing cell.
struct CellTable: Sendable {
  /// What it is the table of.
  enum Key: Sendable {
    case texts(TextDictionary)
    case integers(IntegerBounds)

    /// How many different values there are.
    var count: Int {
      switch self {
      case .texts(let dictionary): dictionary.count
      case .integers(let bounds): bounds.span ?? .max
      }
    }

    func isSame(as other: Key) -> Bool {
      switch (self, other) {
      case (.texts(let dictionary), .texts(let otherDictionary)): dictionary === otherDictionary
      case (.integers(let bounds), .integers(let otherBounds)): bounds == otherBounds
      default: false
      }
    }
  }

  let key: Key
  let bytes: [UInt8]
  let cells: [Cell]

  init(_ key: Key, syntax: CellSyntax, frame: CellFrame) {
    self.key = key
    let count = key.count
    var output: [UInt8] = []
    var cells: [Cell] = []
    cells.reserveCapacity(count + 1)
    switch key {
    case .texts(let dictionary):
      output.reserveCapacity(dictionary.bytes.count + (count + 1) * (frame.byteCount + 2))
      let texts = dictionary.bytes
      let offsets = dictionary.offsets
      let textSpan = texts.span
      let offsetSpan = offsets.span
      for code in 0..<count {
        let start = output.count
        output.append(contentsOf: frame.prefix.bytes)
        syntax.appendText(textSpan, in: Int(offsetSpan[code])..<Int(offsetSpan[code + 1]), to: &output)
        cells.append(Cell(start, to: output.count))
      }
    case .integers(let bounds):
      for value in bounds.low...bounds.high {
        let start = output.count
        output.append(contentsOf: frame.prefix.bytes)
        NumberBytes.append(value, to: &output)
        cells.append(Cell(start, to: output.count))
      }
    }
    let start = output.count
    output.append(contentsOf: frame.prefix.bytes)
    output.append(contentsOf: frame.missing.bytes)
    cells.append(Cell(start, to: output.count))
    bytes = output
    self.cells = cells
  }

  /// More bytes than a table of this key has.
  static func byteLimit(_ key: Key, frame: CellFrame) -> Int {
    // A byte of a text is six at most, as in `\u0007`.
    let content = if case .texts(let dictionary) = key { dictionary.bytes.count * 6 } else { 0 }
    return content + (key.count + 1) * (frame.byteCount + IntegerDigits.limit)
  }
}

/// The tables of all columns, one after the other.
struct CellTables: Sendable {
  /// By column; nil where it has none.
  private var tables: [CellTable?]
  private var firstCells: [Int] = []
  private(set) var cells: [Cell] = []
  /// At least sixteen bytes stand after the last cell.
  private(set) var bytes = [UInt8](repeating: 0, count: 16)

  init(columnCount: Int) { tables = Array(repeating: nil, count: columnCount) }

  /// The place of a column's first cell and how many values it has; nil where it has no table of this key.
  func place(of column: Int, _ key: CellTable.Key) -> (first: Int, count: Int)? {
    guard let table = tables[column], table.key.isSame(as: key) else { return nil }
    return (firstCells[column], table.cells.count - 1)
  }

  /// Makes the tables of a chunk's columns that are worth it, for keys that are new.
  mutating func update(_ keys: [CellTable.Key?], rowCount: Int, syntax: CellSyntax, frames: [CellFrame]) {
    var isChanged = false
    for (column, key) in keys.enumerated() {
      guard let key else { continue }
      if let table = tables[column], table.key.isSame(as: key) { continue }
      // A few rows of many values: writing all out would be the larger work, as would moving many bytes for them.
      let limit = CellTable.byteLimit(key, frame: frames[column])
      guard key.count <= 8 * rowCount + 64, limit + bytes.count < Int(Int32.max), bytes.count <= 512 * rowCount + 4096
      else { continue }
      tables[column] = CellTable(key, syntax: syntax, frame: frames[column])
      isChanged = true
    }
    if isChanged { layOut() }
  }

  private mutating func layOut() {
    bytes.removeAll(keepingCapacity: true)
    cells.removeAll(keepingCapacity: true)
    firstCells.removeAll(keepingCapacity: true)
    for table in tables {
      firstCells.append(cells.count)
      guard let table else { continue }
      let start = bytes.count
      bytes.append(contentsOf: table.bytes)
      for cell in table.cells {
        let cellStart = start + Int(cell.start)
        cells.append(Cell(cellStart, to: cellStart + Int(cell.count)))
      }
    }
    bytes.append(contentsOf: repeatElement(0, count: 16))
  }
}
