#if Spreadsheets
  /// Where a cell is; rows and columns count from 1.
  struct CellReference: Equatable {
    var row: Int
    var column: Int

    /// What a sheet holds at most, in every spreadsheet program.
    static let (rowLimit, columnLimit) = (1_048_576, 16_384)

    init(row: Int, column: Int) {
      self.row = row
      self.column = column
    }

    /// Reads `B7`, also as `$B$7`; nil for anything else and for what is outside of every sheet.
    init?(_ bytes: borrowing Swift.Span<UInt8>) {
      var (row, column) = (0, 0)
      for index in bytes.indices {
        let byte = bytes[index]
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z") where row == 0:
          column = column * 26 + Int(byte - UInt8(ascii: "A")) + 1
        case UInt8(ascii: "a")...UInt8(ascii: "z") where row == 0:
          column = column * 26 + Int(byte - UInt8(ascii: "a")) + 1
        case 0x30...0x39 where column > 0: row = row * 10 + Int(byte - 0x30)
        case UInt8(ascii: "$"): break
        default: return nil
        }
        guard row <= Self.rowLimit, column <= Self.columnLimit else { return nil }
      }
      guard row > 0, column > 0 else { return nil }
      self.row = row
      self.column = column
    }

    /// `B7`
    var text: String { Self.letters(column) + "\(row)" }

    /// `AB` for 28.
    static func letters(_ column: Int) -> String {
      var (letters, rest) = ("", column)
      while rest > 0 {
        letters = String(Character(Unicode.Scalar(UInt8(ascii: "A") + UInt8((rest - 1) % 26)))) + letters
        rest = (rest - 1) / 26
      }
      return letters
    }
  }

  /// A rectangle of cells, as `B1:C1`.
  struct CellRange: Equatable {
    var rows: ClosedRange<Int>
    var columns: ClosedRange<Int>

    init?(_ bytes: borrowing Swift.Span<UInt8>) {
      var colon = bytes.count
      for index in bytes.indices where bytes[index] == UInt8(ascii: ":") { colon = index }
      guard colon < bytes.count, let first = CellReference(bytes.extracting(0..<colon)),
        let last = CellReference(bytes.extracting(colon + 1..<bytes.count)), first.row <= last.row,
        first.column <= last.column
      else { return nil }
      rows = first.row...last.row
      columns = first.column...last.column
    }
  }
#endif
