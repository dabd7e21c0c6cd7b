// What loading decides of whole columns, once, for every query after it: widths, bounds, decimals, reading order.

extension Column {
  /// The column in the form that kernels like best: integers narrow and with their bounds, reals with their decimals,
  /// texts with codes in reading order where the dictionary is not large.
  ///
  /// - Parameter rowCount: of the column that is made of this one, which has every value that this has.
  package func prepared(rowCount: Int? = nil) -> Column {
    switch self {
    case .integer(var column):
      var bounds = column.foundBounds
      if let found = bounds, found.domain == nil, rowCount ?? column.count >= IntegerDomain.leastRows {
        bounds?.domain = IntegerDomain([column], bounds: found)
      }
      column.bounds = bounds
      return .integer(column.narrowed())
    case .real(var column):
      if column.decimals == nil { column = column.with(column.foundDecimals) }
      return .real(column.narrowed())
    case .text(let column): return .text(column.inReadingOrder().narrowed())
    case .boolean, .ratio: return self
    }
  }

  /// The same without a bitmap that says of every row that it has a value.
  package func withoutIdleValidity() -> Column {
    guard let validity, validity.allOnes else { return self }
    switch self {
    case .integer(var column):
      column.validity = nil
      return .integer(column)
    case .real(var column):
      column.validity = nil
      return .real(column)
    case .text(var column):
      column.validity = nil
      return .text(column)
    case .boolean(var column):
      column.validity = nil
      return .boolean(column)
    case .ratio: return self
    }
  }
}

extension TextDictionary {
  /// The most texts that are put into reading order for `rowCount` rows; more would cost longer than they save.
  package static func sortedLimit(rowCount: Int) -> Int { Swift.min(1 << 18, Swift.max(1024, rowCount / 4)) }

  /// The same texts in reading order, and for each code of this dictionary its code there.
  package func sorted() -> (dictionary: TextDictionary, mapping: [UInt32]) {
    let ranks = ranks()
    var order = [Int32](repeating: 0, count: count)
    for (code, rank) in ranks.enumerated() { order[Int(rank)] = Int32(code) }
    let (source, places) = (self.bytes, self.offsets)
    let (bytes, offsets) = (source.span, places.span)
    var sortedBytes: [UInt8] = []
    sortedBytes.reserveCapacity(bytes.count)
    var sortedOffsets: [UInt32] = [0]
    sortedOffsets.reserveCapacity(count + 1)
    for code in order {
      for index in Int(offsets[Int(code)])..<Int(offsets[Int(code) + 1]) { sortedBytes.append(bytes[index]) }
      sortedOffsets.append(UInt32(sortedBytes.count))
    }
    return (
      TextDictionary(bytes: sortedBytes, offsets: sortedOffsets, isSorted: true),
      ranks.map { UInt32(bitPattern: $0) }
    )
  }
}

extension TextColumn {
  /// The same texts with codes that are ranks; unchanged where the dictionary is large.
  func inReadingOrder() -> TextColumn {
    guard !dictionary.isSorted, dictionary.count > 0,
      dictionary.count <= TextDictionary.sortedLimit(rowCount: count)
    else { return self }
    let (sorted, mapping) = dictionary.sorted()
    let (source, places) = (codes, mapping)
    let (old, new) = (source.span, places.span)
    let codes = Buffer<UInt32>(count: old.count) { new[Int(old[$0])] }
    return TextColumn(codes, sorted, validity: validity).withBlankInvalidCodes()
  }
}

extension RealColumn {
  /// How many decimals the values have, if all have few; a pass for each digit tried.
  var foundDecimals: Decimals? {
    guard case .double(let buffer) = storage else { return decimals }
    let values = buffer.span
    var digits = 0
    var greatest: Int64 = 0
    var row = 0
    while row < values.count {
      guard validity?[row] ?? true else {
        row += 1
        continue
      }
      // A number with fewer decimals has as many, so only what does not fit asks for more.
      guard let whole = Decimals.whole(values[row], Decimals(digits: digits, greatest: 0).scale) else {
        if digits == 9 { return nil }
        digits += 1
        continue
      }
      greatest = Swift.max(greatest, whole)
      row += 1
    }
    // What was measured with fewer digits is larger in more.
    if digits > 0 {
      let scale = Decimals(digits: digits, greatest: 0).scale
      greatest = 0
      for row in values.indices where validity?[row] ?? true {
        guard let whole = Decimals.whole(values[row], scale) else { return nil }
        greatest = Swift.max(greatest, whole)
      }
    }
    return Decimals(digits: digits, greatest: greatest)
  }
}

extension Decimals {
  /// What is known of all of some columns together; nil where one of them has too many decimals.
  package static func found(in columns: [RealColumn]) -> Decimals? {
    var found: [Decimals] = []
    for column in columns where column.count > 0 {
      guard let own = column.foundDecimals else { return nil }
      found.append(own)
    }
    let digits = found.map(\.digits).max() ?? 0
    var greatest: Int64 = 0
    for own in found {
      let (scaled, overflows) = own.greatest.multipliedReportingOverflow(
        by: Int64(Decimals(digits: digits - own.digits, greatest: 0).scale))
      guard !overflows, scaled <= limit else { return nil }
      greatest = max(greatest, scaled)
    }
    return Decimals(digits: digits, greatest: greatest)
  }
}
