import BilanDiagnostics

/// What stands above, below and among the rows of a file, and is none of them.
extension FileImport {
  /// Leaves out remarks and empty records below the table.
  mutating func dropFootnotes() {
    if options.cells?.isBare == true { return }
    let count = Footnotes.count(bytes, index, quote: dialect.quote)
    guard count > 0 else { return }
    footnoteStart = index.offset(ofRecord: index.count - count)
    index.dropLast(count, bytes, delimiter: dialect.delimiter)
    report.footnoteLineCount = count
  }

  /// Leaves out what stands below the table as a table of its own.
  mutating func dropSecondTable() {
    guard options.cells?.isBare != true, let other = SecondTable.find(bytes, index, quote: dialect.quote) else {
      return
    }
    let found = lines(of: [other.first, other.header, index.count - 1])
    index.dropLast(index.count - other.end, bytes, delimiter: dialect.delimiter)
    report.notes.append(
      ImportNotes.secondTable(lines: found[0]...max(found[0], found[2]), header: found[1], names: other.names, in: name)
    )
  }

  /// Takes out what stands among the rows and says something of them: the names once more, kinds of values, numbers of
  /// columns.
  mutating func dropRowsThatAreNone() {
    guard options.cells?.isBare != true else { return }
    guard report.hasHeader else {
      if resource?.dialect.hasHeader == nil, options.hasHeader == nil { dropAccountRow() }
      return
    }
    let count = min(report.headerRowCount, index.count)
    let found = RepeatedHeaders.find(bytes, index, header: count, quote: dialect.quote)
    // Of a large file these may be its first bytes alone.
    let size = options.cells == nil ? max(report.byteCount, bytes.count) : bytes.count
    let again = Set(found)
    let statuses = StatusRows.find(bytes, index, from: count, quote: dialect.quote, fileSize: size)
      .filter { !again.contains($0) }
    // The names of another table have a word of their own before them.
    let others = found.filter { record in
      guard count == 1 else { return false }
      let cell = FieldText.string(bytes, index.rawRange(record, 0), quote: dialect.quote)
      return RepeatedHeaders.isOtherTable(cell, below: index.cells(ofRecord: 0, bytes, quote: dialect.quote))
    }
    if let first = others.first {
      report.notes.append(
        ImportNotes.captions(
          others.map { FieldText.string(bytes, index.rawRange($0, 0), quote: dialect.quote) }, lines: lines(of: others),
          header: lines(of: [first])[0], in: name))
    }
    repeated = lines(of: found.filter { !others.contains($0) })
    if !statuses.isEmpty { report.notes.append(ImportNotes.statusRows(lines: lines(of: statuses), in: name)) }
    let numbering = NumberingRow.isThere(count, bytes, index, quote: dialect.quote) ? [count] : []
    if !numbering.isEmpty { report.notes.append(ImportNotes.numberingRow(line: lines(of: numbering)[0], in: name)) }
    let captions = captions(above: found, header: count)
    let under = rowUnderNames(count)
    index.remove(Set(numbering + found + captions + statuses + under).sorted(), bytes, delimiter: dialect.delimiter)
  }

  /// Says what a row right under the names is that is none of the table.
  ///
  /// - Returns: its record.
  private mutating func rowUnderNames(_ record: Int) -> [Int] {
    if RowsUnderNames.isRule(record, bytes, index, quote: dialect.quote) { return [record] }
    guard let word = RowsUnderNames.word(record, header, bytes, index, quote: dialect.quote) else { return [] }
    report.notes.append(ImportNotes.wordUnderNames(word, line: lines(of: [record])[0], in: name))
    return [record]
  }

  /// Says what stands above names that come again, and is no row of the table.
  ///
  /// - Returns: its records.
  private mutating func captions(above found: [Int], header count: Int) -> [Int] {
    let firsts = stride(from: 0, to: found.count, by: max(1, count)).map { found[$0] }
    let captions = RepeatedHeaders.captions(above: firsts, from: count - 1, bytes, index, quote: dialect.quote)
    let telling = captions.filter { !Footnotes.isPageNumber($0.text) }
    if let first = telling.first {
      report.notes.append(
        ImportNotes.captions(
          telling.map(\.text), lines: lines(of: telling.map(\.record)), header: lines(of: [first.names])[0], in: name))
    }
    return captions.map(\.record)
  }

  /// Takes out the row of an account above its movements.
  private mutating func dropAccountRow() {
    guard let account = AccountRow.name(bytes, index, quote: dialect.quote) else { return }
    report.notes.append(ImportNotes.accountRow(account, line: lines(of: [0])[0], in: name))
    index.remove([0], bytes, delimiter: dialect.delimiter)
  }

  /// Makes out whether the names begin at the second column, where all rows have one cell more than there are names.
  mutating func takeShiftedNames() {
    guard options.cells == nil, report.headerRowCount == 1, index.width >= 2, header.count == index.width - 1,
      index.fieldCount(0) == index.width - 1, index.count > 1
    else { return }
    let rows = 1..<index.count
    // A delimiter at the ends of lines makes no cell.
    guard
      rows.allSatisfy({
        index.fieldCount($0) == index.width && !index.isBlank($0, index.width - 1, bytes, quote: dialect.quote)
      })
    else { return }
    let first = rows.map { FieldText.string(bytes, index.rawRange($0, 0), quote: dialect.quote) }
    let areNumbered = first.enumerated().allSatisfy { Int($1) == $0 + 1 }
    if areNumbered || dialect.delimiter == UInt8(ascii: "\t") && Set(first).count == first.count {
      header.insert("", at: 0)
      units = [:]
      report.notes.append(ImportNotes.rowNames(in: name))
    } else {
      report.notes.append(ImportNotes.shiftedNames(header.count, in: name))
    }
  }
}
