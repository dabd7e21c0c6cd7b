import BilanColumnar

/// A cell among the bytes of its block.
struct Cell: BitwiseCopyable {
  var start: UInt32
  var count: UInt32

  @inline(__always)
  init(_ start: Int, to end: Int) {
    self.start = UInt32(truncatingIfNeeded: start)
    count = UInt32(truncatingIfNeeded: end &- start)
  }
}

/// The cells of a few hundred rows, written column after column and then laid side by side into rows.
///
/// Both passes stay in the processor's first cache. Cells are written and copied sixteen bytes at a time: what goes too
/// far is overwritten by the next cell, so there is no loop over the bytes of a short cell, and no branch on its length.
/// Of a column with ready cells, as of a dictionary, the block only knows which they are.
///
///     bytes   ,0.5|,12.75|…|,2019-04-15|…           the columns, one after the other, each cell with its prefix
///     cells   (0, 4) (4, 6) … (980, 11) (991, 11) …  where each begins and how long it is, `rowLimit` a column
struct CellBlock: Sendable {
  /// How many rows fit.
  static let rowLimit = 256
  /// How far a store may go beyond the end of a cell.
  static let slack = 64

  private(set) var bytes: [UInt8] = []
  /// How many bytes hold cells.
  private(set) var byteCount = 0
  private var cells: [Cell] = []
  /// Which columns have ready cells.
  private var isReady: [Bool] = []
  /// The bytes of their cells.
  private var readyByteCount = 0
  private var rowCount = 0

  /// Forgets all cells, and makes place for those of so many rows and columns.
  mutating func begin(rows: Int, columns: Int) {
    precondition(rows <= Self.rowLimit)
    rowCount = rows
    byteCount = 0
    readyByteCount = 0
    for column in isReady.indices { isReady[column] = false }
    if isReady.count < columns { isReady = Array(repeating: false, count: columns) }
    let missing = columns * Self.rowLimit - cells.count
    if missing > 0 { cells.append(contentsOf: repeatElement(Cell(0, to: 0), count: missing)) }
    makeRoom(for: 0)
  }

  private mutating func makeRoom(for count: Int) {
    let missing = byteCount + count + Self.slack - bytes.count
    if missing > 0 { bytes.append(contentsOf: repeatElement(0, count: max(missing, bytes.count))) }
  }

  /// Writes the cells of a column, a loop for each closure, which the optimizer inlines.
  ///
  /// - Parameters:
  ///   - validity: of `rows`; nil = all have a value.
  ///   - bytesPerCell: the most that `write` takes of a cell, prefix apart.
  ///   - write: writes a row's cell at a place and gives the place after it.
  @inline(__always)
  mutating func writeCells(
    _ column: Int, _ rows: Range<Int>, validity: Bitmap?, frame: CellFrame, bytesPerCell: Int,
    _ write: (_ row: Int, _ output: inout MutableRawSpan, _ place: Int) -> Int
  ) {
    makeRoom(for: rows.count * (frame.byteCount + max(bytesPerCell, frame.missing.byteCount)))
    byteCount = Self.write(
      rows, validity: validity, frame, to: &bytes, at: byteCount, places: &cells, at: column * Self.rowLimit, write)
  }

  @inline(__always)
  private static func write(
    _ rows: Range<Int>, validity: Bitmap?, _ frame: CellFrame, to bytes: inout [UInt8], at start: Int,
    places cells: inout [Cell], at firstCell: Int,
    _ write: (_ row: Int, _ output: inout MutableRawSpan, _ place: Int) -> Int
  ) -> Int {
    let prefix = frame.prefix
    let missing = frame.missing
    var target = bytes.mutableSpan
    // SAFETY: any bits are bytes.
    var output = unsafe target.mutableBytes
    var places = cells.mutableSpan
    var place = start
    var index = firstCell
    for row in rows {
      let start = place
      place = prefix.write(to: &output, at: place)
      if validity?[row] ?? true {
        place = write(row, &output, place)
      } else {
        place = missing.write(to: &output, at: place)
      }
      places[index] = Cell(start, to: place)
      index &+= 1
    }
    return place
  }

  /// Takes the cells of a column from ready ones.
  ///
  /// - Parameter code: which of them a row has.
  @inline(__always)
  mutating func takeCells(
    _ column: Int, _ rows: Range<Int>, from ready: borrowing Span<Cell>, _ code: (_ row: Int) -> Int
  ) {
    isReady[column] = true
    var places = cells.mutableSpan
    var index = column * Self.rowLimit
    var total = 0
    for row in rows {
      let cell = ready[code(row)]
      places[index] = cell
      total &+= Int(cell.count)
      index &+= 1
    }
    readyByteCount += total
  }

  /// Writes the cells of a column that are made one by one.
  mutating func appendCells(
    _ column: Int, _ rows: Range<Int>, validity: Bitmap?, frame: CellFrame,
    _ append: (_ row: Int, _ output: inout [UInt8]) -> Void
  ) {
    var cell: [UInt8] = []
    for (number, row) in rows.enumerated() {
      cell.removeAll(keepingCapacity: true)
      cell.append(contentsOf: frame.prefix.bytes)
      if validity?[row] ?? true { append(row, &cell) } else { cell.append(contentsOf: frame.missing.bytes) }
      makeRoom(for: cell.count)
      for offset in cell.indices { bytes[byteCount + offset] = cell[offset] }
      cells[column * Self.rowLimit + number] = Cell(byteCount, to: byteCount + cell.count)
      byteCount += cell.count
    }
  }

  /// Appends the rows to `output`, `suffix` after each, which is sixteen bytes at most.
  ///
  /// - Parameter ready: the bytes of the ready cells; sixteen or more stand after the last.
  func appendRows(columns: Int, ready: borrowing Span<UInt8>, suffix: ShortText, to output: inout [UInt8]) {
    precondition(columns * Self.rowLimit <= cells.count && byteCount + Self.slack <= bytes.count)
    precondition(suffix.byteCount <= 16)
    let rowCount = rowCount
    let room = byteCount + readyByteCount + rowCount * suffix.byteCount + Self.slack
    let bytes = bytes.span
    let cells = cells.span
    let isReady = isReady
    // SAFETY: a cell lies within the first `byteCount` bytes, or within `ready` up to sixteen bytes before its end, so a
    // piece of sixteen that begins in it ends within the bytes there are. Together the cells are as long as was counted,
    // so each piece and each suffix begins below `room - slack`; as many bytes as were written are then initialized.
    output.append(addingCapacity: room) { span in
      unsafe span.withUnsafeMutableBufferPointer { target, initializedCount in
        unsafe withUnsafeTemporaryAllocation(of: UnsafeRawPointer.self, capacity: columns) { sources in
          unsafe bytes.withUnsafeBufferPointer { own in
            unsafe ready.withUnsafeBufferPointer { ready in
              unsafe cells.withUnsafeBufferPointer { cells in
                for column in 0..<columns {
                  unsafe sources[column] = UnsafeRawPointer((isReady[column] ? ready : own).baseAddress!)
                }
                let start = unsafe UnsafeMutableRawPointer(target.baseAddress!) + initializedCount
                let ending = suffix.piece
                let endingCount = suffix.byteCount
                var place = unsafe start
                for row in 0..<rowCount {
                  var index = row
                  for column in 0..<columns {
                    let cell = unsafe cells[index]
                    index &+= Self.rowLimit
                    var piece = unsafe sources[column] + Int(cell.start)
                    let end = unsafe place + Int(cell.count)
                    unsafe place.storeBytes(of: piece.loadUnaligned(as: SIMD16<UInt8>.self), as: SIMD16<UInt8>.self)
                    while unsafe place + 16 < end {
                      unsafe place += 16
                      unsafe piece += 16
                      unsafe place.storeBytes(of: piece.loadUnaligned(as: SIMD16<UInt8>.self), as: SIMD16<UInt8>.self)
                    }
                    unsafe place = end
                  }
                  unsafe place.storeBytes(of: ending, as: SIMD16<UInt8>.self)
                  unsafe place += endingCount
                }
                initializedCount += unsafe place - start
              }
            }
          }
        }
      }
    }
  }
}
