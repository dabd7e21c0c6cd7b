#if Spreadsheets
  import BilanDiagnostics

  /// The first row of a sheet that holds something, by which sheets of the same columns are known.
  struct SheetBeginning: Equatable {
    private struct Cell: Equatable {
      var column: UInt16
      var bytes: ArraySlice<UInt8>
    }

    private var cells: [Cell] = []
    private var isAllText = true
    /// Whether the sheet has no other column than the one of a single cell.
    private(set) var isWholeWidth = false
    /// Whether rows follow the first.
    private(set) var goesOn = false

    /// Of a sheet that was read, wholly or as far as that.
    init(_ table: SheetTable) {
      guard let first = table.sheet.cells.first else { return }
      for cell in table.sheet.cells.prefix(while: { $0.row == first.row }) {
        cells.append(Cell(column: cell.column, bytes: table.bytes(of: cell)))
        isAllText = isAllText && cell.isText
      }
      isWholeWidth = table.sheet.cells.allSatisfy { $0.column == first.column }
      goesOn = table.sheet.cells.last.map { $0.row > first.row } ?? false
    }

    static func == (one: SheetBeginning, other: SheetBeginning) -> Bool {
      one.cells == other.cells && one.isAllText == other.isAllText && one.isWholeWidth == other.isWholeWidth
    }

    var isEmpty: Bool { cells.isEmpty }

    /// Whether it can be the names of columns: texts, and more than the one over a wider table that a title is.
    var namesColumns: Bool { isAllText && (cells.count > 1 || isWholeWidth) }
  }

  /// Reads a sheet no further than its first row.
  final class SheetBeginningReader: XMLHandler {
    private let reader: SheetReader

    init(_ reader: SheetReader) { self.reader = reader }

    /// The cells of the rows that came in the same block, all of the first among them.
    var sheet: SheetCells { reader.sheet }

    var isDone: Bool {
      guard let first = reader.sheet.cells.first, let last = reader.sheet.cells.last else { return false }
      return last.row > first.row
    }

    func start(_ name: XMLName, _ attributes: XMLAttributes) { reader.start(name, attributes) }
    func text(_ bytes: [UInt8]) { reader.text(bytes) }
    func end(_ name: XMLName) { reader.end(name) }
    var failure: QueryError? { reader.failure ?? (isDone ? .cancelled : nil) }
  }
#endif
