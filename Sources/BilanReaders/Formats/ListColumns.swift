import BilanColumnar

extension Column {
  /// A column of lists (`ListType`), as texts, from the values that their elements have.
  ///
  /// - Parameters:
  ///   - elements: a column for each part of the list.
  ///   - rows: for each row which of the elements are in its list; nil for one without a list.
  package static func lists(_ list: ListType, _ elements: [Column], rows: [Range<Int>?]) -> Column {
    let writer = ListWriter(list, elements)
    var texts = TextInterner()
    var codes: [UInt32] = []
    codes.reserveCapacity(rows.count)
    var written: [UInt8] = []
    for range in rows {
      guard let range else {
        codes.append(0)
        continue
      }
      written.removeAll(keepingCapacity: true)
      writer.append(range, to: &written)
      codes.append(texts.code(written.span, 0, written.count))
    }
    let validity = rows.allSatisfy { $0 != nil } ? nil : Bitmap(count: rows.count) { rows[$0] != nil }
    return .text(TextColumn(Buffer(codes), texts.finish(), validity: validity))
  }
}

/// A column of lists taken apart, for formats that have lists: how many elements each row has, and their values, below
/// one another.
package struct ListParts: Sendable {
  /// One value a part, of a type that is no list, period or ratio; nameless where the elements are plain values.
  package let parts: [ListType.Part]
  /// One a part.
  package let columns: [Column]
  /// One a row; nil where it has no list.
  package let counts: [Int?]

  /// - Returns: nil where some elements are plain values and others have names: there is one type for all elements
  ///   elsewhere.
  init?(_ column: Column, _ list: ListType) {
    guard case .text(let lists) = column else { return nil }
    let isPlain = list.parts.count == 1 && list.parts[0].name.isEmpty
    guard isPlain || !list.parts.isEmpty && list.parts.allSatisfy({ !$0.name.isEmpty }) else { return nil }
    // Periods and lists in lists are texts, as they are written.
    var elements = ListElements(
      list.parts.map { part in
        switch part.type {
        case .period: ListType.Part(part.name, .text)
        default: part
        }
      }, firstMonth: 1)
    let dictionary = lists.dictionary
    let bytes = dictionary.bytes.array
    var counts: [Int?] = []
    counts.reserveCapacity(lists.count)
    // Most lists of a column are of one kind: how many elements they have is found once a text.
    var known = [Int?](repeating: nil, count: dictionary.count)
    for row in 0..<lists.count {
      guard lists.validity?[row] ?? true else {
        counts.append(nil)
        continue
      }
      let code = lists.code(row)
      let range = dictionary.byteRange(code)
      let count = known[code] ?? ListText.count(bytes, in: range)
      known[code] = count
      counts.append(count)
      if count > 0 { elements.append(list: bytes, in: range, row: row) }
    }
    parts = list.parts
    columns = elements.columns()
    self.counts = counts
  }

  /// Before which element each row's list begins, and their number at the end.
  package var offsets: [Int] {
    var offsets = [0]
    offsets.reserveCapacity(counts.count + 1)
    for count in counts { offsets.append(offsets[offsets.count - 1] + (count ?? 0)) }
    return offsets
  }
}
