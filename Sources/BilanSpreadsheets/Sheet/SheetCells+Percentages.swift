#if Spreadsheets
  /// Numbers of which some are shown as percentages and others are not: in a workbook 50 % and 0.5 are the same number.
  extension SheetCells {
    /// What a column has of both.
    private struct Mixture {
      /// Numbers whose format says nothing, but not one that may be the column's name.
      var numbers: [Int] = []
      var percentages: [Int] = []
      var hasText = false

      /// Whether a number may be a name: what has neither a text above it nor a percentage, or a year.
      func mayBeName(_ text: ArraySlice<UInt8>) -> Bool {
        guard percentages.isEmpty, !text.contains(UInt8(ascii: ".")) else { return false }
        return (!hasText && numbers.isEmpty)
          || (text.count == 4 && (text.starts(with: [0x31, 0x39]) || text.starts(with: [0x32, 0x30])))
      }
    }

    /// Writes the numbers of a column in one way, percentages where most of them are shown so and none of the others is
    /// beyond one, else plain numbers.
    mutating func writePercentagesAlike() {
      guard cells.contains(where: { $0.kind == .percentage }) else { return }
      var columns: [UInt16: Mixture] = [:]
      for (index, cell) in cells.enumerated() {
        switch cell.kind {
        case .percentage: columns[cell.column, default: Mixture()].percentages.append(index)
        case .number:
          var column = columns[cell.column] ?? Mixture()
          if !column.mayBeName(texts[cell.start..<cell.start + Int(cell.count)]) { column.numbers.append(index) }
          columns[cell.column] = column
        case .text, .shared: columns[cell.column, default: Mixture()].hasText = true
        case .value, .amount: break
        }
      }
      for column in columns.values where !column.numbers.isEmpty && !column.percentages.isEmpty {
        // Persons stand beside shares: 100 of them are not 10,000 %.
        let hasLarge = column.numbers.contains { magnitude($0) > 1 }
        if hasLarge {
          counts.numbersAmongPercentages += column.numbers.count
          counts.percentagesAmongNumbers += column.percentages.count
          let first = cells[column.percentages[0]]
          counts.firstMixedPercentage =
            counts.firstMixedPercentage ?? CellReference(row: Int(first.row), column: Int(first.column))
        }
        if column.percentages.count > column.numbers.count, !hasLarge {
          for index in column.numbers { rewrite(index, as: .percentage) }
        } else {
          for index in column.percentages { rewrite(index, as: .number) }
        }
      }
    }

    private func magnitude(_ index: Int) -> Double {
      let cell = cells[index]
      let text = String(decoding: texts[cell.start..<cell.start + Int(cell.count)], as: UTF8.self)
      return Double(text)?.magnitude ?? 0
    }

    /// Moves the point of a number by two digits, exactly.
    private mutating func rewrite(_ index: Int, as kind: Cell.Kind) {
      let cell = cells[index]
      let isShown = kind == .percentage
      let count = Int(cell.count) - (isShown ? 0 : 1)
      let text = Array(texts[cell.start..<cell.start + count])
      let start = texts.count
      guard NumberText.append(text.span, shiftedBy: isShown ? 2 : -2, to: &texts) else { return }
      if isShown { texts.append(UInt8(ascii: "%")) }
      cells[index].start = start
      cells[index].count = UInt32(clamping: texts.count - start)
      cells[index].kind = kind
    }
  }
#endif
