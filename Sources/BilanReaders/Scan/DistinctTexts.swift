import BilanColumnar
import BilanDiagnostics

/// The distinct texts of a captured column, of all workers together.
struct DistinctTexts {
  let dictionary: TextDictionary
  /// For each worker and each of its codes the code in `dictionary`.
  let mapping: [Buffer<UInt32>]

  /// In a mapping: a cell that has no value.
  static let missing = UInt32.max

  /// - Parameter haveRepeats: whether a table may hold a text more than once.
  /// - Throws: where the texts are more than a dictionary can hold.
  init(_ tables: [TextDictionary], haveRepeats: Bool, workers: Workers) throws(QueryError) {
    guard let merge = TextMerge(tables, haveRepeats: haveRepeats, workers: workers) else { throw Self.tooLarge }
    (dictionary, mapping) = (merge.dictionary, merge.mapping)
  }

  static var tooLarge: QueryError {
    QueryError(
      .error(
        .unsupportedFormat,
        Localized(
          "a column's distinct texts are larger than 4 GiB",
          fr: "les textes distincts d’une colonne dépassent 4 Gio")), kind: .data)
  }

  // MARK: As texts

  /// The texts without those that mean missing, sorted where they are not too many, and each worker's mapping to them.
  func inReadingOrder(
    without codes: CodeList, rowCount: Int, workers: Workers
  ) -> (dictionary: TextDictionary, mapping: [Buffer<UInt32>]) {
    guard let kept = withoutMissing(codes) else {
      let texts = TextDictionary(bytes: dictionary.bytes, offsets: dictionary.offsets.slice(1..<dictionary.count + 1))
      return ordered(texts, rowCount, workers) { $0 == 0 ? Self.missing : $0 &- 1 }
    }
    let places = kept.places
    return ordered(kept.texts, rowCount, workers) { places[Int($0)] }
  }

  /// Texts sorted where they are not too many, and each worker's mapping to them.
  ///
  /// - Parameter place: for each code of `dictionary` the code in `texts`, or `missing`.
  private func ordered(
    _ texts: TextDictionary, _ rowCount: Int, _ workers: Workers, _ place: @Sendable (UInt32) -> UInt32
  ) -> (dictionary: TextDictionary, mapping: [Buffer<UInt32>]) {
    guard texts.count > 0, texts.count <= TextDictionary.sortedLimit(rowCount: rowCount) else {
      return (texts, mapped(workers, place))
    }
    let (sorted, ranks) = texts.sorted()
    return (
      sorted,
      mapped(workers) { code in
        let own = place(code)
        return own == Self.missing ? own : ranks[Int(own)]
      }
    )
  }

  private func mapped(_ workers: Workers, _ place: @Sendable (UInt32) -> UInt32) -> [Buffer<UInt32>] {
    workers.run(mapping.count) { worker in
      let own = mapping[worker]
      let codes = own.span
      return Buffer(places: codes.count) { place(codes[$0]) }
    }
  }

  /// The texts without the empty one and those that mean missing, and where each is then; nil where only the empty text
  /// is to be left out, which is the first.
  private func withoutMissing(_ codes: CodeList) -> (texts: TextDictionary, places: [UInt32])? {
    let (source, places) = (dictionary.bytes, dictionary.offsets)
    let (bytes, offsets) = (source.span, places.span)
    guard
      dictionary.count == 0 || offsets[1] > 0
        || (1..<dictionary.count).contains(where: { codes.index(bytes, Int(offsets[$0]), Int(offsets[$0 + 1])) != nil })
    else { return nil }
    var kept = [UInt32](repeating: Self.missing, count: dictionary.count)
    var keptBytes: [UInt8] = []
    var keptOffsets: [UInt32] = [0]
    keptBytes.reserveCapacity(bytes.count)
    keptOffsets.reserveCapacity(dictionary.count + 1)
    // The bytes of texts that follow one another are copied at once: nearly always those of all.
    let all = source.array
    var run = 0..<0
    var dropped: UInt32 = 0
    for code in 0..<dictionary.count {
      let (start, end) = (Int(offsets[code]), Int(offsets[code + 1]))
      if start == end || codes.index(bytes, start, end) != nil {
        keptBytes += all[run]
        run = end..<end
        dropped += offsets[code + 1] - offsets[code]
        continue
      }
      kept[code] = UInt32(keptOffsets.count - 1)
      run = run.lowerBound..<end
      keptOffsets.append(offsets[code + 1] - dropped)
    }
    keptBytes += all[run]
    return (TextDictionary(bytes: keptBytes, offsets: keptOffsets), kept)
  }

  // MARK: As other values

  /// What each distinct text is when it is read as a column's format says.
  struct Values {
    /// One row a text.
    let column: Column
    /// The texts that hold something of another kind.
    let isUnreadable: [Bool]

    var hasValues: Bool { (0..<column.count).contains { column.isValid($0) } }

    func integer(_ text: Int) -> Int64? {
      guard case .integer(let column) = column, column.validity?[text] ?? true else { return nil }
      return column[text]
    }

    func real(_ text: Int) -> Double? {
      guard case .real(let column) = column, column.validity?[text] ?? true else { return nil }
      return column[text]
    }
  }

  /// - Throws: `.cancelled`.
  func values(_ plan: ColumnPlan, isCancelled: () -> Bool) throws(QueryError) -> Values {
    let (source, places) = (dictionary.bytes, dictionary.offsets)
    let (bytes, offsets) = (source.span, places.span)
    // Each text is the one field of a record.
    var starts: [UInt32] = []
    starts.reserveCapacity(dictionary.count * 2)
    for code in 0..<dictionary.count {
      starts.append(offsets[code])
      starts.append(offsets[code + 1] + 1)
    }
    var own = plan
    own.fieldIndex = 0
    let column = try ColumnAssembly(
      bytes: dictionary.bytes.array, starts: starts, stride: 2, quote: 0, records: 0..<dictionary.count
    ).build(own, isCancelled: isCancelled).column
    let isUnreadable = (0..<dictionary.count).map { code in
      let (start, end) = FieldText.trimmed(bytes, Int(offsets[code]), Int(offsets[code + 1]), quote: 0)
      return start < end && !column.isValid(code) && !plan.isMissing(bytes, start, end)
    }
    return Values(column: column, isUnreadable: isUnreadable)
  }
}
