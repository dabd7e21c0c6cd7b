import BilanColumnar

// Periods in formats that have none: texts, as queries write them.

extension TextColumn {
  /// The periods that the texts are; nil where one of them is none.
  ///
  /// - Parameter firstMonth: of fiscal years.
  package func periods(firstMonth: Int) -> Column? {
    guard (1...12).contains(firstMonth) else { return nil }
    var encoded: [Int64] = []
    for text in dictionary.texts {
      guard let period = Period(parsing: text, firstMonth: firstMonth) else { return nil }
      encoded.append(Int64(period.encoded))
    }
    let codes = codes.array
    return .integer(
      IntegerColumn(
        Buffer(count: codes.count) { row in
          // An invalid slot may hold a code that an empty dictionary does not have.
          let code = Int(codes[row])
          return code < encoded.count ? encoded[code] : 0
        }, validity: validity))
  }

  /// Texts for a column of periods.
  package init(periods column: Column) {
    guard case .integer(let integers) = column else { preconditionFailure("periods are integers") }
    var dictionary = TextDictionaryBuilder()
    var codes: [UInt32] = []
    var known: [Int64: UInt32] = [:]
    for row in 0..<integers.count {
      guard integers.validity?[row] ?? true else {
        codes.append(0)
        continue
      }
      let encoded = integers[row]
      let code = known[encoded] ?? dictionary.code(for: Period(encoded: Int(encoded)).description)
      known[encoded] = code
      codes.append(code)
    }
    self.init(Buffer(codes), dictionary.finish(), validity: integers.validity)
  }
}

extension Column {
  /// The month in which the fiscal years of a column of periods begin; nil where it has none.
  package var fiscalYearStart: Int? {
    guard case .integer(let integers) = self else { return nil }
    for row in 0..<integers.count where integers.validity?[row] ?? true {
      let period = Period(encoded: Int(integers[row]))
      if period.kind == .fiscalYear { return period.start.month }
    }
    return nil
  }

  /// The quotients of a column of ratios, for formats that have none.
  package var quotients: Column {
    guard case .ratio(let ratios) = self else { preconditionFailure("a column of ratios is expected") }
    return .real(PrimitiveColumn(Buffer(count: count) { ratios[$0].value ?? 0 }, validity: validity))
  }
}
