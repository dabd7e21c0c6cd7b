import BilanColumnar

/// Collects the numbers of one column where they are written plainly, digits with at most one decimal mark, and everything
/// else as texts beside them.
@safe final class NumberCapture: ColumnCapture {
  /// What was read plainly, counted as `ColumnProfile` wants it.
  struct Counts {
    var integers = 0
    var fractions = 0
    /// One mark with three digits after it.
    var ambiguous = 0
    var years = 0
    var zeros = 0
    /// Of 12 digits and more.
    var wide = 0
    var empties = 0

    mutating func add(_ other: Counts) {
      integers += other.integers
      fractions += other.fractions
      ambiguous += other.ambiguous
      years += other.years
      zeros += other.zeros
      wide += other.wide
      empties += other.empties
    }
  }

  /// The texts of cells that are no plain number.
  private var table = TextCodes()
  private var counts = Counts()
  private let field: Int
  private let isLast: Bool
  private let quote: UInt8
  private let mark: UInt8
  private let isReal: Bool
  /// Of the two the one that `isReal` says.
  private var integers = RowMemory<Int64>()
  private var reals = RowMemory<Double>()
  private var empties: [UInt32] = []
  private var others: [CapturedPiece.Other] = []
  /// Of the morsel: the most digits after a mark.
  private var mostDigits = 0
  private var scratch: [UInt8] = []

  /// - Parameter isReal: false where a cell with a decimal mark is left to the texts.
  init(field: Int, isLast: Bool, quote: UInt8, mark: DecimalMark, isReal: Bool) {
    self.field = field
    self.isLast = isLast
    self.quote = quote
    self.mark = mark.byte
    self.isReal = isReal
  }

  func take(_ block: Block, at row: Int) -> Bool {
    if isReal {
      reals.reserve(row + block.count, keeping: row)
    } else {
      integers.reserve(row + block.count, keeping: row)
    }
    if let fields = StrippedFields(block, isLast: isLast, quote: quote) {
      take(block, fields, at: row)
    } else {
      take(block, WholeFields(block), at: row)
    }
    // Where many different texts stand among the numbers, the column is of another kind.
    return table.count < 1 << 12 || table.count * 8 < row && !table.isFull
  }

  private func take(_ block: Block, _ fields: some BlockFields, at row: Int) {
    if isReal {
      takeReals(block, fields, at: row)
    } else {
      takeIntegers(block, fields, at: row)
    }
  }

  private func takeIntegers(_ block: Block, _ fields: some BlockFields, at row: Int) {
    let bytes = unsafe block.bytes
    let stride = block.stride
    let output = unsafe integers.start + row
    let usual = block.count
    var others = 0
    var place = field
    for record in 0..<block.count {
      let (start, end, _) = fields.content(at: place)
      place &+= stride
      let size = end &- start
      if size &- 1 < 8, size > 0 {
        let first = unsafe bytes[start]
        if first > 0x30 || size == 1, let value = unsafe FieldWords.digits(FieldWords.load(bytes, start), size) {
          unsafe output[record] = Int64(truncatingIfNeeded: value)
          continue
        }
      }
      others &+= 1
      if let value = unusual(block, start, end, UInt32(truncatingIfNeeded: row &+ record)) {
        unsafe output[record] = value.integer
      } else {
        unsafe output[record] = 0
      }
    }
    counts.integers += usual - others
  }

  private func takeReals(_ block: Block, _ fields: some BlockFields, at row: Int) {
    let bytes = unsafe block.bytes
    let stride = block.stride
    let output = unsafe reals.start + row
    let mark = mark
    var place = field
    let (wholePowers, realPowers) = (Powers.whole, Powers.real)
    var (fractions, ambiguous, most) = (0, 0, mostDigits)
    var (integers, years, zeros) = (0, 0, 0)
    for record in 0..<block.count {
      let (start, end, _) = fields.content(at: place)
      place &+= stride
      let size = end &- start
      if size > 0, size <= 15 {
        let word = unsafe FieldWords.load(bytes, start)
        let whole = FieldWords.place(of: mark, in: word)
        let fraction = size &- whole &- 1
        if whole &- 1 < 7, whole > 0, fraction &- 1 < 8, fraction > 0,
          whole == 1 || word & 0xFF > 0x30, let high = FieldWords.digits(word, whole),
          let low = unsafe FieldWords.digits(FieldWords.load(bytes, start &+ whole &+ 1), fraction)
        {
          let mantissa = Int64(truncatingIfNeeded: high) &* wholePowers[fraction] &+ Int64(truncatingIfNeeded: low)
          unsafe output[record] = Double(mantissa) / realPowers[fraction]
          let isAmbiguous = fraction == 3 && whole <= 3 && word & 0xFF != 0x30
          ambiguous &+= isAmbiguous ? 1 : 0
          fractions &+= isAmbiguous ? 0 : 1
          most = max(most, fraction)
          continue
        }
        if whole >= size, size <= 8, size == 1 || word & 0xFF > 0x30, let value = FieldWords.digits(word, size) {
          unsafe output[record] = Double(value)
          years &+= size == 4 && word & 0xFF <= 0x32 ? 1 : 0
          zeros &+= value == 0 ? 1 : 0
          integers &+= 1
          continue
        }
      }
      if let value = unusual(block, start, end, UInt32(truncatingIfNeeded: row &+ record)) {
        unsafe output[record] = value.real
      } else {
        unsafe output[record] = 0
      }
    }
    counts.integers += integers
    counts.years += years
    counts.zeros += zeros
    counts.fractions += fractions
    counts.ambiguous += ambiguous
    mostDigits = max(mostDigits, most)
  }

  private enum Powers {
    static let whole: InlineArray<9, Int64> = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000]
    static let real: InlineArray<9, Double> = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8]
  }

  private struct Number {
    var integer: Int64
    var real: Double
  }

  /// Any other cell: empty, signed, long, with blanks or quotes around, or no plain number, which is kept as a text.
  @inline(never)
  private func unusual(_ block: Block, _ start: Int, _ end: Int, _ row: UInt32) -> Number? {
    let (from, to) = FieldText.trimmed(block.span, start, end, quote: quote)
    guard from < to else {
      counts.empties += 1
      empties.append(row)
      return nil
    }
    if let number = plain(block.span, from, to) { return number }
    others.append(CapturedPiece.Other(row: row, code: code(block, from, to, field: start..<end)))
    return nil
  }

  /// The code of what stands in `from..<to` of a field, doubled quotes as single ones.
  private func code(_ block: Block, _ from: Int, _ to: Int, field: Range<Int>) -> UInt32 {
    guard block.quoting == .mixed,
      FieldText.content(block.span, field.lowerBound, field.upperBound, quote: quote, scratch: &scratch) == nil
    else { return unsafe table.code(block.bytes, from, to - from) }
    let (first, last) = FieldText.trimmed(scratch.span, 0, scratch.count, quote: 0)
    for _ in 0..<Block.slack { scratch.append(0) }
    return unsafe scratch.withUnsafeBufferPointer { unsafe table.code($0.baseAddress!, first, last - first) }
  }

  /// A plain number of any length up to 15 characters and either sign, counted.
  private func plain(_ bytes: Swift.Span<UInt8>, _ start: Int, _ end: Int) -> Number? {
    var index = start
    let isNegative = bytes[index] == UInt8(ascii: "-")
    if isNegative { index += 1 }
    let digits = index
    guard index < end, end - digits <= 15 else { return nil }
    var mantissa: Int64 = 0
    while index < end, bytes[index] &- 0x30 < 10 {
      mantissa = mantissa &* 10 &+ Int64(bytes[index] &- 0x30)
      index += 1
    }
    let whole = index - digits
    // A zero first is a code, a fraction or zero itself.
    guard whole > 0, bytes[digits] != 0x30 || whole == 1 else { return nil }
    if index == end {
      // What is signed and zero is left to those who look closely.
      if mantissa == 0, isNegative { return nil }
      counts.integers += 1
      if whole >= 12 { counts.wide += 1 }
      // Of integers they are counted with the morsel.
      if isReal {
        if whole == 4, !isNegative, bytes[digits] <= 0x32 { counts.years += 1 }
        if mantissa == 0 { counts.zeros += 1 }
      }
      let value = isNegative ? -mantissa : mantissa
      return Number(integer: value, real: Double(value))
    }
    guard isReal, bytes[index] == mark else { return nil }
    index += 1
    let fraction = end - index
    guard fraction > 0, fraction <= 9 else { return nil }
    while index < end {
      guard bytes[index] &- 0x30 < 10 else { return nil }
      mantissa = mantissa &* 10 &+ Int64(bytes[index] &- 0x30)
      index += 1
    }
    if fraction == 3, whole <= 3, bytes[digits] != 0x30 { counts.ambiguous += 1 } else { counts.fractions += 1 }
    mostDigits = max(mostDigits, fraction)
    // Both are exact doubles, so that the quotient is the nearest one.
    let value = Double(mantissa) / Decimals(digits: fraction, greatest: 0).scale
    return Number(integer: 0, real: isNegative ? -value : value)
  }

  var textCount: Int { table.count }
  var texts: TextDictionary { table.dictionary }
  func learn(_ texts: TextDictionary) { table.learn(texts) }
  func finish() -> CapturedTexts { CapturedTexts(texts: table.finishedDictionary(), counts: counts) }

  func finishMorsel(_ rows: Int) -> CapturedPiece {
    defer {
      empties.removeAll(keepingCapacity: true)
      others.removeAll(keepingCapacity: true)
      mostDigits = 0
    }
    if isReal {
      let source = unsafe reals.start
      let values = Buffer<Double>(places: rows) { unsafe source[$0] }
      return .reals(values, digits: mostDigits, greatest: greatest(rows), empties: empties, others: others)
    }
    let source = unsafe integers.start
    let invalid = empties.count + others.count
    let bounds = bounds(rows)
    if invalid < rows { countSpecial(rows, bounds) }
    let storage: IntegerColumn.Storage
    func fits<T: FixedWidthInteger>(_ type: T.Type) -> Bool { bounds.low >= T.min && bounds.high <= T.max }
    if fits(Int8.self) {
      storage = .int8(Buffer(places: rows) { unsafe Int8(truncatingIfNeeded: source[$0]) })
    } else if fits(Int16.self) {
      storage = .int16(Buffer(places: rows) { unsafe Int16(truncatingIfNeeded: source[$0]) })
    } else if fits(Int32.self) {
      storage = .int32(Buffer(places: rows) { unsafe Int32(truncatingIfNeeded: source[$0]) })
    } else {
      storage = .int64(Buffer(places: rows) { unsafe source[$0] })
    }
    return .integers(storage, bounds: invalid < rows ? bounds : nil, empties: empties, others: others)
  }

  /// Counts the zeros and what may be years: four digits, the first of them 1 or 2.
  private func countSpecial(_ rows: Int, _ bounds: IntegerBounds) {
    guard bounds.low <= 2999, bounds.high >= 1000 || (bounds.low <= 0 && bounds.high >= 0) else { return }
    let integers = unsafe integers.start
    var (zeros, years) = (0, 0)
    for row in 0..<rows {
      let value = unsafe integers[row]
      zeros &+= value == 0 ? 1 : 0
      years &+= value &- 1000 >= 0 && value &- 1000 < 2000 ? 1 : 0
    }
    // The places without a value have one of another row.
    if empties.count + others.count > 0 {
      for row in empties.map(Int.init) + others.map({ Int($0.row) }) {
        let value = unsafe integers[row]
        if value == 0 { zeros -= 1 }
        if value >= 1000, value < 3000 { years -= 1 }
      }
    }
    counts.zeros += zeros
    counts.years += years
  }

  private func greatest(_ rows: Int) -> Double {
    let reals = unsafe reals.start
    var greatest = 0.0
    for row in 0..<rows { greatest = unsafe max(greatest, reals[row].magnitude) }
    return greatest
  }

  /// Between which the morsel's values lie; the places without a value, which hold 0, first get one that others have.
  private func bounds(_ rows: Int) -> IntegerBounds {
    guard rows > 0 else { return IntegerBounds(low: 0, high: 0) }
    let integers = unsafe integers.start
    if empties.count + others.count > 0, let valued = firstValued(rows) {
      let value = unsafe integers[valued]
      for row in empties { unsafe integers[Int(row)] = value }
      for other in others { unsafe integers[Int(other.row)] = value }
    }
    var low = unsafe integers[0]
    var high = low
    for row in 0..<rows {
      let value = unsafe integers[row]
      low = min(low, value)
      high = max(high, value)
    }
    return IntegerBounds(low: low, high: high)
  }

  /// The first row that is neither empty nor another text; both lists ascend.
  private func firstValued(_ rows: Int) -> Int? {
    var (empty, other) = (0, 0)
    for row in 0..<rows {
      if empty < empties.count, empties[empty] == row {
        empty += 1
      } else if other < others.count, others[other].row == row {
        other += 1
      } else {
        return row
      }
    }
    return nil
  }
}
