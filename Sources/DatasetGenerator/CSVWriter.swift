/// Writes rows of text as a CSV file's bytes.
struct CSVWriter {
  enum Encoding { case utf8, windows1252 }

  let delimiter: Character
  let lineEnd: String
  let encoding: Encoding
  let columnCount: Int
  private(set) var bytes: [UInt8] = []

  /// As tools write it: UTF-8, comma, line feed.
  init(header: [String]) {
    self.init(header: header, delimiter: ",", lineEnd: "\n", encoding: .utf8)
  }

  /// As a French spreadsheet exports it: windows-1252, semicolon, carriage return and line feed.
  init(frenchHeader header: [String]) {
    self.init(header: header, delimiter: ";", lineEnd: "\r\n", encoding: .windows1252)
  }

  private init(header: [String], delimiter: Character, lineEnd: String, encoding: Encoding) {
    self.delimiter = delimiter
    self.lineEnd = lineEnd
    self.encoding = encoding
    columnCount = header.count
    append(header)
  }

  mutating func append(_ cells: [String]) {
    precondition(cells.count == columnCount, "\(cells.count) cells for \(columnCount) columns: \(cells)")
    let line = cells.map(quoted).joined(separator: String(delimiter)) + lineEnd
    switch encoding {
    case .utf8: bytes.append(contentsOf: line.utf8)
    case .windows1252: bytes.append(contentsOf: line.unicodeScalars.map(windows1252))
    }
  }

  private func quoted(_ cell: String) -> String {
    guard cell.contains(where: { $0 == delimiter || $0 == "\"" || $0.isNewline }) else { return cell }
    return "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}

/// The byte that stands for `scalar` in windows-1252, as far as the tables need it: Latin letters are where Latin-1 has
/// them, and the typographic apostrophe is where it has nothing.
private func windows1252(_ scalar: Unicode.Scalar) -> UInt8 {
  switch scalar.value {
  case 0..<0x80, 0xA0...0xFF: UInt8(scalar.value)
  case 0x2019: 0x92  // ’
  default: preconditionFailure("no windows-1252 byte for U+\(String(scalar.value, radix: 16))")
  }
}

/// `value` thousandths, hundredths … written with that many decimals: `decimal(1234, places: 2)` is `12.34`.
func decimal(_ value: Int, places: Int, point: String = ".", thousands: String = "") -> String {
  var digits = String(abs(value))
  while digits.count <= places { digits = "0" + digits }
  var whole = String(digits.dropLast(places))
  if !thousands.isEmpty { whole = grouped(whole, by: thousands) }
  let fraction = places == 0 ? "" : point + digits.suffix(places)
  return (value < 0 ? "-" : "") + whole + fraction
}

private func grouped(_ digits: String, by separator: String) -> String {
  var text = ""
  for (index, digit) in digits.enumerated() {
    if index > 0 && (digits.count - index) % 3 == 0 { text += separator }
    text.append(digit)
  }
  return text
}

/// `number` with zeros before it: `padded(42, to: 6)` is `000042`.
func padded(_ number: Int, to width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
