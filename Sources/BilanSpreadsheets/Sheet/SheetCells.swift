#if Spreadsheets
  /// The cells of a sheet that hold something, in the order of rows and columns.
  struct SheetCells {
    struct Cell {
      enum Kind: UInt8 {
        /// The cell's bytes are in `texts`.
        case text
        /// `start` is the place of a shared string.
        case shared
        /// A date or truth value written into `texts`.
        case value
        /// A number of a format that says nothing of it, written into `texts`.
        case number
        /// A number that is shown as a percentage, and written into `texts` as one.
        case percentage
        /// A number that is shown with a currency, and written into `texts` with it.
        case amount
      }

      var row: UInt32
      var column: UInt16
      var kind: Kind
      var count: UInt32
      var start: Int

      var isText: Bool { kind == .text || kind == .shared }
      var isNumber: Bool { kind == .number || kind == .percentage || kind == .amount }
      var order: UInt64 { UInt64(row) << 16 | UInt64(column) }
    }

    var cells: [Cell] = []
    var texts: [UInt8] = []
    var merged: [CellRange] = []
    var counts = Counts()
    /// Units that the formats of numbers show, by column.
    private(set) var units: [UInt16: [ShownUnit]] = [:]

    /// A unit that formats show behind numbers, and how many of these there are.
    struct ShownUnit {
      var unit: String
      var count: Int
      var first: CellReference
    }

    mutating func noteUnit(_ unit: String, at place: CellReference) {
      let column = UInt16(place.column)
      if let known = units[column]?.firstIndex(where: { $0.unit == unit }) {
        units[column]![known].count += 1
      } else {
        units[column, default: []].append(ShownUnit(unit: unit, count: 1, first: place))
      }
    }

    /// The unit of a column: the one that the formats of most of its numbers show, where no other is beside it; and how many
    /// numbers below the first of those are shown without. Nil where no format shows one, or there are several.
    func unit(ofColumn column: UInt16) -> (unit: String, bareCount: Int)? {
      guard let shown = units[column], shown.count == 1 else { return nil }
      let count = cells.count { $0.column == column && $0.kind == .number && $0.row >= shown[0].first.row }
      let bareCount = max(0, count - shown[0].count)
      return bareCount < shown[0].count ? (shown[0].unit, bareCount) : nil
    }

    /// What is said of a sheet beside its cells.
    struct Counts {
      var hiddenRows = 0
      /// Rows, of those that are hidden, that come first.
      var firstHiddenRow: Int?
      var hiddenColumns = 0
      /// By their text: `#N/A`.
      var errors: [String: Int] = [:]
      var firstError: CellReference?
      /// Formulas whose value was not stored.
      var emptyFormulas = 0
      var firstEmptyFormula: CellReference?
      /// Percentages beside numbers beyond one, which are read as plain numbers, and those numbers.
      var percentagesAmongNumbers = 0
      var numbersAmongPercentages = 0
      var firstMixedPercentage: CellReference?
      /// Days of the number 0, which are none.
      var zeroDays = 0
      var firstZeroDay: CellReference?
      /// Days that the calendar does not have, and others that are no date.
      var impossibleDates = 0
    }

    /// Puts cells in order where a program has written them in another; of two for one place the later counts.
    mutating func arrange() {
      var isOrdered = true
      for index in cells.indices.dropFirst() where cells[index - 1].order >= cells[index].order {
        isOrdered = false
        break
      }
      if isOrdered { return }
      var kept: [Cell] = []
      // The standard library's sort keeps the order of equals.
      for cell in cells.sorted(by: { $0.order < $1.order }) {
        if kept.last?.order == cell.order { kept.removeLast() }
        kept.append(cell)
      }
      cells = kept
    }
  }
#endif
