import BilanColumnar

/// Collects the texts of one column as codes; every other way to read the column can be had from its distinct texts.
@safe final class TextCapture: ColumnCapture {
  private var table = TextCodes()
  private let field: Int
  private let isLast: Bool
  private let quote: UInt8
  private let lookedUp: Int
  private var codes = RowMemory<UInt32>()
  private var scratch: [UInt8] = []
  private let ahead: UnsafeMutablePointer<Ahead>
  private var rowCount = 0
  /// True once nearly every text was another: they are then kept as they come.
  private var keepsAll = false

  /// - Parameter lookedUp: texts after which, where nearly all of them differ, they are kept as they come.
  init(field: Int, isLast: Bool, quote: UInt8, lookedUp: Int) {
    self.lookedUp = lookedUp
    self.field = field
    self.isLast = isLast
    self.quote = quote
    unsafe ahead = .allocate(capacity: Self.aheadRows)
  }

  deinit { unsafe ahead.deallocate() }

  func take(_ block: Block, at row: Int) -> Bool {
    codes.reserve(row + block.count, keeping: row)
    if !keepsAll, Self.nearlyAllDiffer(texts: table.count, rows: rowCount, atLeast: lookedUp) {
      keepsAll = true
      table.endLookups()
    }
    rowCount += block.count
    var table = TextCodes()
    swap(&table, &self.table)
    if let fields = StrippedFields(block, isLast: isLast, quote: quote) {
      take(block, fields, at: row, &table)
    } else {
      take(block, WholeFields(block), at: row, &table)
    }
    swap(&table, &self.table)
    return !self.table.isFull
  }

  /// Whether so few texts came again that most will not.
  ///
  /// A hundred thousand texts in ten million rows nearly all differ at first: only very few repeats among many texts say
  /// that it stays so.
  static func nearlyAllDiffer(texts: Int, rows: Int, atLeast least: Int) -> Bool {
    texts > least && texts > rows - rows / 32
  }

  private func take(_ block: Block, _ fields: some BlockFields, at row: Int, _ table: inout TextCodes) {
    if keepsAll {
      takeAll(block, fields, at: row, &table)
    } else if table.isLarge {
      takeAhead(block, fields, at: row, &table)
    } else {
      takeInTurn(block, fields, at: row, &table)
    }
  }

  private func takeInTurn(_ block: Block, _ fields: some BlockFields, at row: Int, _ table: inout TextCodes) {
    let bytes = unsafe block.bytes
    let stride = block.stride
    let output = unsafe codes.start + row
    var place = field
    for record in 0..<block.count {
      let (start, end, isQuoted) = fields.content(at: place)
      place &+= stride
      if unsafe !isUsual(bytes, start, end, isQuoted) {
        unsafe output[record] = isQuoted ? 0 : unusual(block, start, end, &table)
      } else if let code = unsafe table.codeAtOnce(bytes, start, end &- start) {
        unsafe output[record] = code
      } else {
        unsafe output[record] = search(bytes, start, end &- start, &table)
      }
    }
  }

  /// The same where the table is large: the slots of some rows are asked for before the first of them is looked at, so
  /// that waiting for one is waiting for all.
  private func takeAhead(_ block: Block, _ fields: some BlockFields, at row: Int, _ table: inout TextCodes) {
    let bytes = unsafe block.bytes
    let stride = block.stride
    let output = unsafe codes.start + row
    let ahead = unsafe ahead
    var record = 0
    while record < block.count {
      let count = min(Self.aheadRows, block.count &- record)
      var place = record &* stride &+ field
      for number in 0..<count {
        let (start, end, isQuoted) = fields.content(at: place)
        place &+= stride
        guard unsafe isUsual(bytes, start, end, isQuoted) else {
          // Empty quotes are empty.
          unsafe ahead[number] = Ahead(
            key: TextCodes.Key(first: 0, rest: 0, flag: 0), start: start, end: isQuoted ? start : end)
          continue
        }
        let key = unsafe TextCodes.key(bytes, start, end &- start)
        table.prefetch(key)
        unsafe ahead[number] = Ahead(key: key, start: start, end: end)
      }
      for number in 0..<count {
        let found = unsafe ahead[number]
        if found.key.first != 0 {
          unsafe output[record &+ number] = table.code(found.key, bytes, found.start, found.end &- found.start)
        } else {
          unsafe output[record &+ number] = unusual(block, found.start, found.end, &table)
        }
      }
      record &+= count
    }
  }

  /// The same where nearly every text is another.
  private func takeAll(_ block: Block, _ fields: some BlockFields, at row: Int, _ table: inout TextCodes) {
    let bytes = unsafe block.bytes
    let output = unsafe codes.start + row
    var place = field
    for record in 0..<block.count {
      let (start, end, isQuoted) = fields.content(at: place)
      place &+= block.stride
      if unsafe isUsual(bytes, start, end, isQuoted) {
        unsafe output[record] = table.append(bytes, start, end &- start)
      } else {
        unsafe output[record] = isQuoted ? 0 : unusual(block, start, end, &table)
      }
    }
  }

  @inline(never)
  private func search(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ size: Int, _ table: inout TextCodes) -> UInt32 {
    unsafe table.code(bytes, start, size)
  }

  /// Whether the text is what stands there: not empty, and either it was in quotes or it has neither quotes nor blanks around.
  @inline(__always)
  private func isUsual(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ isQuoted: Bool) -> Bool {
    guard end > start else { return false }
    if isQuoted { return true }
    let (first, last) = unsafe (bytes[start], bytes[end &- 1])
    return first > 0x20 && last > 0x20 && first != quote && !FieldText.mayHaveWideBlank(first: first, last: last)
  }

  /// A field whose key is known and whose code is not.
  private struct Ahead {
    var key: TextCodes.Key
    var start: Int
    var end: Int
  }

  private static let aheadRows = 64

  /// A field that is empty, quoted or has blanks around.
  @inline(never)
  private func unusual(_ block: Block, _ start: Int, _ end: Int, _ table: inout TextCodes) -> UInt32 {
    guard end > start else { return 0 }
    if let (from, to) = FieldText.content(block.span, start, end, quote: quote, scratch: &scratch) {
      return to > from ? unsafe code(block.bytes, from, to - from, &table) : 0
    }
    let size = scratch.count
    guard size > 0 else { return 0 }
    for _ in 0..<Block.slack { scratch.append(0) }
    return unsafe scratch.withUnsafeBufferPointer { unsafe code($0.baseAddress!, 0, size, &table) }
  }

  private func code(
    _ bytes: UnsafePointer<UInt8>, _ from: Int, _ size: Int, _ table: inout TextCodes
  ) -> UInt32 {
    unsafe keepsAll ? table.append(bytes, from, size) : table.code(bytes, from, size)
  }

  var textCount: Int { table.count }
  var texts: TextDictionary { table.dictionary }
  func learn(_ texts: TextDictionary) { table.learn(texts) }
  func finish() -> CapturedTexts { CapturedTexts(texts: table.finishedDictionary(), haveRepeats: keepsAll) }

  func finishMorsel(_ rows: Int) -> CapturedPiece {
    let source = unsafe codes.start
    let storage: TextColumn.Codes
    if table.count <= 1 << 8 {
      storage = .uint8(Buffer(places: rows) { unsafe UInt8(truncatingIfNeeded: source[$0]) })
    } else if table.count <= 1 << 16 {
      storage = .uint16(Buffer(places: rows) { unsafe UInt16(truncatingIfNeeded: source[$0]) })
    } else {
      storage = .uint32(Buffer(places: rows) { unsafe source[$0] })
    }
    return .codes(storage)
  }
}
