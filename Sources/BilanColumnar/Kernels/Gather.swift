// Picking rows by number: what a filter, a sort, a join do once they know which rows they want.

extension Column {
  /// The rows at `rows`, in that order.
  package func gather(_ rows: [Int32]) -> Column {
    switch self {
    case .integer(let column): .integer(column.gather(rows))
    case .real(let column): .real(column.gather(rows))
    case .text(let column): .text(column.gather(rows))
    case .boolean(let column):
      .boolean(BooleanColumn(column.values.gather(rows), validity: column.validity?.gather(rows)))
    case .ratio(let column):
      .ratio(
        RatioColumn(
          numerators: gatherValues(column.numerators, rows), denominators: gatherValues(column.denominators, rows),
          reported: gatherValues(column.reported, rows), expected: gatherValues(column.expected, rows)))
    }
  }

  /// The rows at `rows`; a negative number gives a missing value.
  package func gatherOrMissing(_ rows: [Int32]) -> Column {
    if rows.allSatisfy({ $0 >= 0 }) { return gather(rows) }
    if count == 0 { return .missing(kind, count: rows.count) }
    switch self {
    case .integer(let column): return .integer(column.gatherOrMissing(rows))
    case .real(let column):
      return .real(
        column.map(
          { gatherValues($0, rows, orElse: 0) }, { $0.gather(rows, orElse: 0) },
          validity: present(rows, column.validity)))
    case .text(let column): return .text(column.gatherOrMissing(rows))
    case .boolean(let column):
      let values = Bitmap(count: rows.count) { rows[$0] >= 0 && column.values[Int(rows[$0])] }
      return .boolean(BooleanColumn(values, validity: present(rows, column.validity)))
    case .ratio(let column):
      return .ratio(
        RatioColumn(
          numerators: gatherValues(column.numerators, rows, orElse: 0),
          denominators: gatherValues(column.denominators, rows, orElse: 0),
          reported: gatherValues(column.reported, rows, orElse: 0),
          expected: gatherValues(column.expected, rows, orElse: 0)))
    }
  }
}

extension RealColumn {
  package func gather(_ rows: [Int32]) -> RealColumn {
    map({ gatherValues($0, rows) }, { $0.gather(rows) }, validity: validity?.gather(rows))
  }
}

extension IntegerColumn {
  package func gather(_ rows: [Int32]) -> IntegerColumn {
    IntegerColumn(storage.gather(rows), validity: validity?.gather(rows), bounds: bounds)
  }

  fileprivate func gatherOrMissing(_ rows: [Int32]) -> IntegerColumn {
    IntegerColumn(storage.gather(rows, orElse: 0), validity: present(rows, validity), bounds: bounds)
  }
}

extension IntegerColumn.Storage {
  fileprivate func gather(_ rows: [Int32]) -> IntegerColumn.Storage {
    switch self {
    case .int8(let values): .int8(gatherValues(values, rows))
    case .int16(let values): .int16(gatherValues(values, rows))
    case .int32(let values): .int32(gatherValues(values, rows))
    case .int64(let values): .int64(gatherValues(values, rows))
    }
  }

  fileprivate func gather(_ rows: [Int32], orElse filler: Int8) -> IntegerColumn.Storage {
    switch self {
    case .int8(let values): .int8(gatherValues(values, rows, orElse: filler))
    case .int16(let values): .int16(gatherValues(values, rows, orElse: Int16(filler)))
    case .int32(let values): .int32(gatherValues(values, rows, orElse: Int32(filler)))
    case .int64(let values): .int64(gatherValues(values, rows, orElse: Int64(filler)))
    }
  }

  fileprivate func copied(_ runs: [Range<Int>], count: Int) -> IntegerColumn.Storage {
    switch self {
    case .int8(let values): .int8(values.copied(runs, count: count))
    case .int16(let values): .int16(values.copied(runs, count: count))
    case .int32(let values): .int32(values.copied(runs, count: count))
    case .int64(let values): .int64(values.copied(runs, count: count))
    }
  }
}

extension TextColumn {
  package func gather(_ rows: [Int32]) -> TextColumn {
    let storage: Codes =
      switch storage {
      case .uint8(let codes): .uint8(gatherValues(codes, rows))
      case .uint16(let codes): .uint16(gatherValues(codes, rows))
      case .uint32(let codes): .uint32(gatherValues(codes, rows))
      }
    return TextColumn(storage: storage, dictionary: dictionary, validity: validity?.gather(rows))
  }

  fileprivate func gatherOrMissing(_ rows: [Int32]) -> TextColumn {
    let storage: Codes =
      switch storage {
      case .uint8(let codes): .uint8(gatherValues(codes, rows, orElse: 0))
      case .uint16(let codes): .uint16(gatherValues(codes, rows, orElse: 0))
      case .uint32(let codes): .uint32(gatherValues(codes, rows, orElse: 0))
      }
    return TextColumn(storage: storage, dictionary: dictionary, validity: present(rows, validity))
  }
}

extension Bitmap {
  /// The bits at `rows`, in that order.
  package func gather(_ rows: [Int32]) -> Bitmap { Bitmap(count: rows.count) { self[Int(rows[$0])] } }
}

extension Buffer where Element == UInt32 {
  /// The elements at `rows`, in that order.
  package func gather(_ rows: [Int32]) -> Buffer<UInt32> { gatherValues(self, rows) }

  /// The elements as 64-bit numbers.
  package var asIntegers: Buffer<Int64> { widened() }
}

extension TextColumn {
  /// For each row its code; for a missing one the number of texts.
  package var places: [Int32] {
    let codes = codes
    let source = codes.span
    guard let validity else {
      return Buffer<Int32>(count: source.count) { Int32(truncatingIfNeeded: source[$0]) }.array
    }
    let missing = Int32(dictionary.count)
    return Buffer<Int32>(count: source.count) { validity[$0] ? Int32(truncatingIfNeeded: source[$0]) : missing }.array
  }
}

extension Chunk {
  /// The rows at `rows`, in that order.
  package func gather(_ rows: [Int32]) -> Chunk {
    Chunk(columns: columns.map { $0.count == 0 ? $0 : $0.gather(rows) }, count: rows.count)
  }

  /// The same; a column that is not read is left out.
  ///
  /// - Parameter reads: which columns are read, with as many flags as columns or more; nil for all.
  package func gather(_ rows: [Int32], _ reads: [Bool]?) -> Chunk {
    guard let reads else { return gather(rows) }
    return Chunk(columns: pick(reads) { $0.gather(rows) }, count: rows.count)
  }

  /// The rows whose bit is 1; the chunk itself where all are.
  ///
  /// - Parameter reads: as for `gather`.
  package func filter(_ selected: Bitmap, _ reads: [Bool]? = nil) -> Chunk {
    let count = selected.onesCount
    if count == selected.count { return self }
    if let reads, !columns.indices.contains(where: { reads[$0] }) {
      return Chunk(columns: pick(reads) { $0 }, count: count)
    }
    guard count > selected.count / 16 * 15 else { return gather(selected.selection, reads) }
    // Where nearly all rows stay, those between two that go are copied together.
    let runs = selected.runs
    var rows: [Int32]?
    let columns = pick(reads) { column in
      if let copy = column.copied(runs, count: count) { return copy }
      let selection = rows ?? selected.selection
      rows = selection
      return column.gather(selection)
    }
    return Chunk(columns: columns, count: count)
  }

  private func pick(_ reads: [Bool]?, _ pick: (Column) -> Column) -> [Column] {
    columns.enumerated().map { index, column in
      reads?[index] ?? true ? pick(column) : Column.missing(column.kind, count: 0)
    }
  }
}

extension Bitmap {
  /// The ranges of neighbouring 1 bits, ascending.
  var runs: [Range<Int>] {
    var runs: [Range<Int>] = []
    var start: Int?
    for (index, word) in words.enumerated() {
      if word == ~0, start != nil { continue }
      var place = index << 6
      let end = min(place + 64, count)
      while place < end {
        // The next bit that is not as the last one.
        let rest = (start == nil ? word : ~word) >> UInt64(place & 63)
        place = rest == 0 ? end : min(end, place + rest.trailingZeroBitCount)
        if place == end { break }
        if let first = start {
          runs.append(first..<place)
          start = nil
        } else {
          start = place
        }
      }
    }
    if let start { runs.append(start..<count) }
    return runs
  }
}

extension Column {
  /// The rows in some ranges, end to end; nil where rows are better picked one by one.
  fileprivate func copied(_ runs: [Range<Int>], count: Int) -> Column? {
    guard validity == nil else { return nil }
    switch self {
    case .integer(let column):
      return .integer(IntegerColumn(column.storage.copied(runs, count: count), bounds: column.bounds))
    case .real(let column):
      return .real(
        column.map({ $0.copied(runs, count: count) }, { $0.copied(runs, count: count) }, validity: nil))
    case .text(let column):
      let storage: TextColumn.Codes =
        switch column.storage {
        case .uint8(let codes): .uint8(codes.copied(runs, count: count))
        case .uint16(let codes): .uint16(codes.copied(runs, count: count))
        case .uint32(let codes): .uint32(codes.copied(runs, count: count))
        }
      return .text(TextColumn(storage: storage, dictionary: column.dictionary))
    case .boolean, .ratio: return nil
    }
  }
}

private func gatherValues<Element>(_ values: Buffer<Element>, _ rows: [Int32]) -> Buffer<Element> {
  let source = values.span
  let places = rows.span
  return Buffer(count: places.count) { place in source[Int(places[place])] }
}

private func gatherValues<Element>(
  _ values: Buffer<Element>, _ rows: [Int32], orElse filler: Element
) -> Buffer<Element> {
  let source = values.span
  let places = rows.span
  return Buffer(count: places.count) { place in
    let row = places[place]
    return row >= 0 ? source[Int(row)] : filler
  }
}

/// Which of `rows` are there and have a value.
private func present(_ rows: [Int32], _ validity: Bitmap?) -> Bitmap {
  guard let validity else { return Bitmap(count: rows.count) { rows[$0] >= 0 } }
  return Bitmap(count: rows.count) { rows[$0] >= 0 && validity[Int(rows[$0])] }
}
