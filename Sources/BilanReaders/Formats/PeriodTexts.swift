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
