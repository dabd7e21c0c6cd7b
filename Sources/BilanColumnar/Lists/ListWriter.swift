/// Writes lists (`ListType`) from the columns that their elements make.
package struct ListWriter {
  private let parts: [(prefix: [UInt8], isNameless: Bool, type: DataType, column: Column)]
  private let hasNames: Bool
  private let hasNameless: Bool

  /// - Parameter columns: one a part, the elements of all lists below one another.
  package init(_ list: ListType, _ columns: [Column]) {
    parts = zip(list.parts, columns).map { part, column in
      var prefix: [UInt8] = []
      Self.append(text: Array(part.name.utf8), to: &prefix)
      prefix.append(UInt8(ascii: ":"))
      return (prefix, part.name.isEmpty, part.type, column)
    }
    hasNames = list.parts.contains { !$0.name.isEmpty }
    hasNameless = list.parts.contains { $0.name.isEmpty }
  }

  /// Writes the list whose elements are these rows of the columns.
  package func append(_ rows: Range<Int>, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "["))
    for row in rows {
      if row > rows.lowerBound { output.append(UInt8(ascii: ",")) }
      append(element: row, to: &output)
    }
    output.append(UInt8(ascii: "]"))
  }

  private func append(element row: Int, to output: inout [UInt8]) {
    if hasNameless, let part = parts.first(where: { $0.isNameless && $0.column.isValid(row) }) {
      Self.append(row, of: part.column, part.type, to: &output)
      return
    }
    guard hasNames, !hasNameless || parts.contains(where: { $0.column.isValid(row) }) else {
      output += Array("null".utf8)
      return
    }
    output.append(UInt8(ascii: "{"))
    var isFirst = true
    for part in parts where !part.isNameless && part.column.isValid(row) {
      if !isFirst { output.append(UInt8(ascii: ",")) }
      isFirst = false
      output += part.prefix
      Self.append(row, of: part.column, part.type, to: &output)
    }
    output.append(UInt8(ascii: "}"))
  }

  private static func append(_ row: Int, of column: Column, _ type: DataType, to output: inout [UInt8]) {
    if case .text(let texts) = column {
      let range = texts.dictionary.byteRange(texts.code(row))
      let bytes = texts.dictionary.bytes.array[range]
      if type.list == nil { append(text: bytes, to: &output) } else { output += bytes }
      return
    }
    switch column.value(row, as: type) {
    case .integer(let value): output += Array(String(value).utf8)
    case .real(let value):
      let text = String(value)
      output += Array((text.hasSuffix(".0") ? String(text.dropLast(2)) : text).utf8)
    case .boolean(let value): output += Array((value ? "true" : "false").utf8)
    case .date(let value): append(text: Array(value.description.utf8), to: &output)
    case .period(let value): append(text: Array(value.description.utf8), to: &output)
    case .duration(let value, _): output += Array(String(value).utf8)
    case .missing, .text, .ratio: output += Array("null".utf8)
    }
  }

  /// Writes a text in quotes.
  package static func append(text: some Sequence<UInt8>, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): output += [UInt8(ascii: "\\"), byte]
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        output += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: output.append(byte)
      }
    }
    output.append(UInt8(ascii: "\""))
  }
}
