import BilanColumnar
import BilanCompression
import BilanDiagnostics
import BilanReaders

/// Reads the pages of a column, all row groups of it.
struct ParquetColumn {
  let source: ByteSource
  let file: ParquetFile
  private let place: Int
  private let leaf: ParquetLeaf
  private var interner = TextInterner()
  private var values: PageValues
  /// For each row, or for each element of a list, whether it has a value; empty where none can lack one.
  private var isValid: [Bool] = []
  /// Of a list: for each row which elements it has, nil where it has no list.
  private var lists: [Range<Int>?] = []
  /// Whether no list of the row group at hand has begun.
  private var startsList = true

  init(_ source: ByteSource, _ file: ParquetFile, place: Int) {
    self.source = source
    self.file = file
    self.place = place
    leaf = file.leaves[place]
    values = PageValues(leaf)
  }

  /// - Parameters:
  ///   - groups: the row groups that are read, in order.
  ///   - declared: what the file says of Bilan's own types.
  ///   - label: how notes call it.
  /// - Returns: the column, of a list that of its elements with the elements of each row, and what of it could not be kept.
  consuming func load(
    groups: [Int], declared: String?, firstMonth: Int, label: String, isCancelled: @Sendable () -> Bool
  ) throws(FormatFault) -> (column: Column, rows: [Range<Int>?], notes: [Diagnostic]) {
    for group in groups where file.rowGroups[group].rowCount > 0 {
      if isCancelled() { throw .query(.cancelled) }
      try read(file.rowGroups[group])
    }
    let rows = lists
    let (column, notes) = try column(declared: declared, firstMonth: firstMonth, label: label)
    return (column, rows, notes)
  }

  // MARK: Pages

  private struct Page {
    var kind: Int
    var header: ThriftStructure
    /// As they are stored.
    var bytes: ByteView
    var size: Int
  }

  private mutating func read(_ group: ParquetFile.RowGroup) throws(FormatFault) {
    let chunk = group.columns[place]
    let bytes = try source.bytes(at: chunk.offset, count: chunk.size)
    var position = 0
    // Of a list a page has levels, not rows.
    let count = leaf.list == nil ? group.rowCount : chunk.valueCount
    guard count >= group.rowCount, count <= file.mostValues - isValid.count else { throw Self.wrongHeader }
    let listsBefore = lists.count
    startsList = true
    var rows = 0
    var dictionary: PageValues?
    while rows < count {
      guard position < bytes.count else {
        throw .malformed("a column has fewer values than rows", fr: "une colonne a moins de valeurs que de lignes")
      }
      let page = try Self.page(bytes, &position)
      switch page.kind {
      case 2:
        guard let header = page.header.structure(7), let count = header.integer(1), dictionary == nil else {
          throw Self.wrongHeader
        }
        let inflated = try inflate(page.bytes, chunk.codec, size: page.size)
        // Each value has a byte, but for truth values, which have no dictionaries.
        guard count >= 0, count <= inflated.count else { throw Self.wrongHeader }
        var read = PageValues(leaf)
        try read.append(inflated, encoding: 0, count: count, dictionary: nil, &interner)
        dictionary = read
      case 0: rows += try readFirstVersion(page, chunk, dictionary, most: count - rows)
      case 3: rows += try readSecondVersion(page, chunk, dictionary, most: count - rows)
      // An index, or what later versions add, is passed over.
      default: break
      }
    }
    guard leaf.list == nil || lists.count - listsBefore == group.rowCount else {
      throw .malformed(
        "a column has another number of lists than rows", fr: "une colonne n’a pas autant de listes que de lignes")
    }
  }

  private static var wrongHeader: FormatFault {
    .malformed("a page’s header contradicts itself", fr: "l’en-tête d’une page se contredit")
  }

  private static func page(_ bytes: ByteView, _ position: inout Int) throws(FormatFault) -> Page {
    var reader = ThriftReader(bytes, at: position)
    let header = try reader.structure()
    guard let kind = header.integer(1), let size = header.integer(2), let stored = header.integer(3), size >= 0,
      let content = bytes.slice(reader.position, count: stored)
    else { throw wrongHeader }
    if let expected = header.integer(4), let found = CRC32.of(content.span),
      found != UInt32(truncatingIfNeeded: expected)
    {
      throw .malformed(
        "the checksum of a page is wrong: it was damaged after it was written",
        fr: "la somme de contrôle d’une page est fausse : elle a été abîmée après son écriture")
    }
    position = reader.position + stored
    return Page(kind: kind, header: header, bytes: content, size: size)
  }

  private func inflate(_ bytes: ByteView, _ codec: ParquetFile.Codec, size: Int) throws(FormatFault) -> ByteView {
    if codec == .none { return bytes }
    guard size <= Inflation.limit(storedCount: bytes.count) else {
      throw .malformed(
        "a page claims \(size) bytes from \(bytes.count)", fr: "une page annonce \(size) octets tirés de \(bytes.count)"
      )
    }
    if size == 0 { return ByteView([]) }
    let inflated: [UInt8]
    do throws(InflationFailure) {
      switch codec {
      case .snappy: inflated = try Snappy.inflate(bytes.array, limit: size)
      case .gzip: inflated = try Inflation.inflate(bytes.array, .gzip, limit: size).bytes
      case .zstd: inflated = try Inflation.inflate(bytes.array, .zstd, limit: size).bytes
      case .rawLZ4: inflated = try LZ4Frame.inflateBlock(bytes.array, limit: size)
      case .none, .lzo, .brotli, .lz4: inflated = []
      }
    } catch {
      throw FormatFault(error)
    }
    if case .lzo = codec { throw Self.unread("LZO") }
    if case .brotli = codec { throw Self.unread("Brotli") }
    if case .lz4 = codec { throw Self.unread("LZ4 (Hadoop)") }
    guard inflated.count == size else { throw ParquetEncodings.short }
    return ByteView(inflated)
  }

  private static func unread(_ codec: String) -> FormatFault {
    .unsupported("\(codec) compression", fr: "la compression \(codec)")
  }

  /// Levels, each with its size before it, and values, compressed together.
  ///
  /// - Returns: how many rows.
  private mutating func readFirstVersion(
    _ page: Page, _ chunk: ParquetFile.ColumnChunk, _ dictionary: PageValues?, most: Int
  ) throws(FormatFault) -> Int {
    guard let header = page.header.structure(5), let count = header.integer(1), let encoding = header.integer(2),
      count >= 0, count <= most
    else { throw Self.wrongHeader }
    var bytes = try inflate(page.bytes, chunk.codec, size: page.size)
    func levels(_ encoding: Int16) throws(FormatFault) -> ByteView {
      guard header.integer(encoding) == 3 else {
        throw .unsupported("levels packed in the old way", fr: "des niveaux codés à l’ancienne")
      }
      guard let size = bytes.load(0, as: UInt32.self), let levels = bytes.slice(4, count: Int(size)) else {
        throw ParquetEncodings.short
      }
      bytes = bytes.dropping(4 + Int(size))!
      return levels
    }
    let repetitions = leaf.list == nil ? nil : try levels(4)
    let present = leaf.mostDefinition > 0 ? try readLevels(try levels(3), repetitions, count) : count
    try values.append(bytes, encoding: encoding, count: present, dictionary: dictionary, &interner)
    return count
  }

  /// Levels that are not compressed, then values that may be.
  private mutating func readSecondVersion(
    _ page: Page, _ chunk: ParquetFile.ColumnChunk, _ dictionary: PageValues?, most: Int
  ) throws(FormatFault) -> Int {
    guard let header = page.header.structure(8), let count = header.integer(1), let encoding = header.integer(4),
      let definitionSize = header.integer(5), let repetitionSize = header.integer(6), count >= 0, count <= most,
      definitionSize >= 0, repetitionSize >= 0,
      let repetitions = page.bytes.slice(0, count: repetitionSize),
      let levels = page.bytes.slice(repetitionSize, count: definitionSize),
      let rest = page.bytes.dropping(repetitionSize + definitionSize), page.size >= repetitionSize + definitionSize
    else { throw Self.wrongHeader }
    let present = leaf.mostDefinition > 0 ? try readLevels(levels, repetitions, count) : count
    let isCompressed = header.boolean(7) ?? true
    let bytes = try inflate(
      rest, isCompressed ? chunk.codec : .none, size: page.size - repetitionSize - definitionSize)
    try values.append(bytes, encoding: encoding, count: present, dictionary: dictionary, &interner)
    return count
  }

  /// - Parameter repetitions: of a list.
  /// - Returns: how many rows, or elements, have a value.
  private mutating func readLevels(
    _ bytes: ByteView, _ repetitions: ByteView?, _ count: Int
  ) throws(FormatFault) -> Int {
    let width = ParquetEncodings.width(leaf.mostDefinition)
    let levels = try ParquetEncodings.hybrid(bytes, bitWidth: width, count: count)
    if let list = leaf.list, let repetitions {
      return try readLists(levels, try ParquetEncodings.hybrid(repetitions, bitWidth: 1, count: count), list)
    }
    var present = 0
    for level in levels {
      let isPresent = Int(level) == leaf.mostDefinition
      isValid.append(isPresent)
      if isPresent { present += 1 }
    }
    return present
  }

  /// A repetition of 0 begins the next row's list, 1 goes on with it.
  private mutating func readLists(
    _ definitions: [UInt32], _ repetitions: [UInt32], _ list: ParquetLeaf.ListPlace
  ) throws(FormatFault) -> Int {
    var present = 0
    for (definition, repetition) in zip(definitions, repetitions) {
      let first = isValid.count
      let hasElement = definition >= list.elementDefinition
      if repetition == 0 {
        lists.append(
          hasElement ? first..<first + 1 : definition + 1 == list.elementDefinition ? first..<first : nil)
      } else {
        guard hasElement, !startsList, let last = lists.last, let range = last, !range.isEmpty else {
          throw .malformed("a list goes on that has not begun", fr: "une liste continue sans avoir commencé")
        }
        lists[lists.count - 1] = range.lowerBound..<first + 1
      }
      startsList = false
      guard hasElement else { continue }
      let isPresent = Int(definition) == leaf.mostDefinition
      isValid.append(isPresent)
      if isPresent { present += 1 }
    }
    return present
  }

  // MARK: The column

  private consuming func column(
    declared: String?, firstMonth: Int, label: String
  ) throws(FormatFault) -> (column: Column, notes: [Diagnostic]) {
    let flags = isValid
    let hasMissing = flags.contains(false)
    let validity = hasMissing ? Bitmap(count: flags.count) { flags[$0] } : nil
    var losses = ColumnLosses()
    losses.timeCount = values.timeCount
    let zone = leaf.zone.map { InstantZone($0) }
    func spread<T>(_ values: [T], _ blank: T) -> [T] {
      guard hasMissing else { return values }
      var next = 0
      return flags.map { isPresent in
        guard isPresent else { return blank }
        next += 1
        return values[next - 1]
      }
    }
    let column: Column
    switch leaf.meaning {
    case .boolean:
      let truths = spread(values.integers, 0)
      column = .boolean(BooleanColumn(Bitmap(count: truths.count) { truths[$0] == 1 }, validity: validity))
    case .integer: column = .integer(IntegerColumn(Buffer(spread(values.integers, 0)), validity: validity))
    case .unsigned32:
      column = .integer(
        IntegerColumn(
          spread(values.integers, 0).map { Int64(UInt32(truncatingIfNeeded: $0)) }, validity: validity))
    case .unsigned64: column = losses.unsigned(spread(values.integers, 0).map { UInt64(bitPattern: $0) }, validity)
    case .real, .half: column = losses.reals(spread(values.reals, 0), validity)
    case .date, .oldInstant: column = losses.dates(spread(values.integers, 0), validity)
    case .instant(let unitsPerDay, _):
      column = losses.instants(spread(values.integers, 0), unitsPerDay: unitsPerDay, zone: zone, validity)
    case .decimal(let precision, let scale):
      let isInteger = scale == 0 && precision <= 18
      if values.lane == .wide {
        let numbers = spread(values.wide, WideInteger(0))
        column = losses.decimals(count: numbers.count, scale: scale, isInteger: isInteger, validity) { numbers[$0] }
      } else {
        let numbers = spread(values.integers, 0)
        column = losses.decimals(count: numbers.count, scale: scale, isInteger: isInteger, validity) {
          WideInteger(numbers[$0])
        }
      }
    case .text:
      let texts = TextColumn(Buffer(spread(values.codes, 0)), interner.finish(), validity: validity)
      let (sound, notes) = texts.sound(label: label)
      guard declared == "period" else { return (.text(sound), notes) }
      guard let periods = sound.periods(firstMonth: firstMonth) else {
        throw .malformed(
          "column `\(label)` has a text that is no period",
          fr: "la colonne `\(label)` a un texte qui n’est pas une période")
      }
      return (periods, notes)
    case .other: preconditionFailure("a column that is left out")
    }
    return (column, losses.notes(label: label, isZoned: leaf.isZoned, zone: zone))
  }
}
