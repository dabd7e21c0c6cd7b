import BilanColumnar
import BilanDiagnostics

/// Writes records as rows of cells, and puts aside where their lists stand.
struct JSONCellWriter {
  /// The columns as nodes of `JSONColumns`.
  private let places: [Int]
  /// For each column that is one of lists where they stand, a row each; nil for those that are cells.
  private var lists: [[Range<Int>?]?]
  private let bytes: [UInt8]
  private var lines = LineCounter()
  private(set) var text = CellText()

  /// - Parameters:
  ///   - columns: as they are after the first walk.
  ///   - depth: how many lists the records are in.
  ///   - name: what they are called; empty where they are a table of their own.
  init(_ columns: JSONColumns, of bytes: [UInt8], depth: Int, in name: String = "", options: ReadOptions) {
    self.bytes = bytes
    places = columns.columns
    let labels = places.map { place in
      if name.isEmpty { return columns.label(place) }
      return place == 0 ? name : "\(name).\(columns.label(place))"
    }
    lists = zip(places, labels).map { place, label in
      // What is declared to be a text stays one.
      columns.isOfLists(place) && depth < JSONLists.depthLimit && options.types[label] != .text ? [] : nil
    }
    for label in labels { text.append(label) }
    text.endRow(line: 1)
    text.pointColumns = Set(places.indices.filter { columns.isOfNumbers(places[$0]) })
  }

  /// Writes the record that `columns` walked last, which begins at `start`.
  mutating func write(_ columns: JSONColumns, recordAt start: Int) {
    for (index, place) in places.enumerated() {
      let cell = columns.cell(place)
      if lists[index] != nil {
        lists[index]?.append(cell.flatMap { bytes[$0.lowerBound] == UInt8(ascii: "n") ? nil : $0 })
        text.append("")
      } else if let cell {
        JSONCell.append(cell, of: bytes, to: &text)
      } else {
        text.append("")
      }
    }
    text.endRow(line: lines.line(of: start, in: bytes))
  }

  /// The columns of lists: their places in the table, and where the lists stand.
  var listCells: [(place: Int, cells: [Range<Int>?])] {
    lists.enumerated().compactMap { place, cells in cells.map { (place, $0) } }
  }
}

/// Counts lines on the way through a text.
struct LineCounter {
  private var line = 1
  private var place = 0

  /// The line of `offset`, which is not before the one asked for last.
  mutating func line(of offset: Int, in bytes: [UInt8]) -> Int {
    while place < offset {
      if bytes[place] == 0x0A || (bytes[place] == 0x0D && bytes[place + 1] != 0x0A) { line += 1 }
      place += 1
    }
    return line
  }
}
