/// What lists are in texts for people and for formats that have none.
package enum ListText {
  /// Between the elements of a list where it is one text.
  package static let separator: [UInt8] = Array("; ".utf8)

  package static func count(_ bytes: [UInt8], in range: Range<Int>) -> Int {
    var cursor = ListCursor(bytes, in: range)
    var count = 0
    cursor.forEachElement { _ in count += 1 }
    return count
  }

  /// The characters of a text at `range`, quotes and all; of any other value what is written there.
  package static func content(_ bytes: [UInt8], in range: Range<Int>) -> [UInt8] {
    guard range.count >= 2, bytes[range.lowerBound] == UInt8(ascii: "\"") else { return Array(bytes[range]) }
    let inner = range.lowerBound + 1..<range.upperBound - 1
    guard bytes[inner].contains(UInt8(ascii: "\\")) else { return Array(bytes[inner]) }
    var result: [UInt8] = []
    var index = inner.lowerBound
    while index < inner.upperBound {
      guard bytes[index] == UInt8(ascii: "\\"), index + 1 < inner.upperBound else {
        result.append(bytes[index])
        index += 1
        continue
      }
      // `ListWriter` writes three kinds of escapes.
      if bytes[index + 1] == UInt8(ascii: "u"), index + 5 < inner.upperBound {
        result.append(hexadecimal(bytes[index + 4]) << 4 | hexadecimal(bytes[index + 5]))
        index += 6
      } else {
        result.append(bytes[index + 1])
        index += 2
      }
    }
    return result
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt8 {
    byte <= UInt8(ascii: "9") ? byte &- 0x30 : (byte | 0x20) &- 0x57
  }

  /// The list as one text: its plain values joined with `; `, without those that are missing; where an element is no
  /// plain value, the list as it is written.
  package static func joined(_ bytes: [UInt8], in range: Range<Int>) -> [UInt8] {
    var cursor = ListCursor(bytes, in: range)
    var joined: [UInt8] = []
    var isPlain = true
    var isFirst = true
    cursor.forEachElement { element in
      switch bytes[element.lowerBound] {
      case UInt8(ascii: "["), UInt8(ascii: "{"): isPlain = false
      case UInt8(ascii: "n"): break
      default:
        if !isFirst { joined += separator }
        isFirst = false
        joined += content(bytes, in: element)
      }
    }
    return isPlain ? joined : Array(bytes[range])
  }
}

extension Column {
  /// How many elements of a column of lists are missing, which have no place in the text that a list of plain values is.
  package var missingElementCount: Int {
    guard case .text(let lists) = self else { return 0 }
    let bytes = lists.dictionary.bytes.array
    let counts = (0..<lists.dictionary.count).map { code in
      var (missing, isPlain) = (0, true)
      var cursor = ListCursor(bytes, in: lists.dictionary.byteRange(code))
      cursor.forEachElement { element in
        switch bytes[element.lowerBound] {
        case UInt8(ascii: "["), UInt8(ascii: "{"): isPlain = false
        case UInt8(ascii: "n"): missing += 1
        default: break
        }
      }
      return isPlain ? missing : 0
    }
    guard counts.contains(where: { $0 > 0 }) else { return 0 }
    return (0..<lists.count).reduce(0) { $0 + (lists.validity?[$1] ?? true ? counts[lists.code($1)] : 0) }
  }

  /// A column of lists as texts for people: see `ListText.joined`. A list without any plain value is missing there.
  package var joinedLists: Column {
    guard case .text(let lists) = self else { return self }
    let dictionary = lists.dictionary
    let bytes = dictionary.bytes.array
    var texts = TextDictionaryBuilder()
    // Two lists may be one text; then the codes are fewer.
    let codes = (0..<dictionary.count).map { code -> UInt32? in
      let text = ListText.joined(bytes, in: dictionary.byteRange(code))
      return text.isEmpty ? nil : texts.code(for: text)
    }
    func code(_ row: Int) -> UInt32? { lists.validity?[row] ?? true ? codes[lists.code(row)] : nil }
    let joined = Buffer<UInt32>(count: lists.count) { code($0) ?? 0 }
    let isWhole = lists.validity == nil && codes.allSatisfy { $0 != nil }
    let validity = isWhole ? nil : Bitmap(count: lists.count) { code($0) != nil }
    return .text(TextColumn(joined, texts.finish(), validity: validity))
  }
}

extension Table {
  /// The same with lists as texts, for whom lists are nothing.
  package var withJoinedLists: Table {
    let places = schema.fields.indices.filter { schema[$0].type.list != nil }
    guard !places.isEmpty else { return self }
    var copy = self
    for place in places { copy.schema.fields[place].type = .text }
    for chunk in chunks.indices {
      for place in places { copy.chunks[chunk].columns[place] = chunks[chunk].columns[place].joinedLists }
    }
    return copy
  }
}
