import BilanColumnar
import BilanDiagnostics

/// What the marks of texts mean that stand in columns in which other numbers are stored as such.
///
/// A stored number has no decimal mark, so it is no evidence: in a sheet with the numbers 12.5 and 0.5 and the texts `13,5`
/// and `1,234` the texts tell that their comma is decimal. They are then written with a point, as stored numbers are.
struct StoredNumberMarks {
  /// The columns whose texts have a decimal comma.
  private var commaColumns: Set<Int> = []
  /// What there is to say of texts whose marks nothing decides.
  private(set) var remarks: [Int: [ColumnGuess.Remark]] = [:]

  /// - Parameters:
  ///   - texts: what texts with marks look like, by column.
  ///   - columns: those in which numbers are stored.
  ///   - declared: the decimal mark that texts are said to have.
  init(_ texts: [Int: ColumnProfile], beside columns: Set<Int>, declared: DecimalMark?) {
    let mixed = texts.keys.filter { columns.contains($0) }.sorted()
    guard !mixed.isEmpty else { return }
    let context = FileContext(delimiter: CellText.separator, profiles: Array(texts.values))
    for place in mixed {
      guard let profile = texts[place], profile.numberCount > 0 else { continue }
      let guess = ColumnGuess.numbers(profile, context, declared)
      switch guess.format {
      case .integer(.comma), .real(.comma, _): commaColumns.insert(place)
      default: break
      }
      remarks[place] = guess.remarks.filter { if case .ambiguousMark = $0 { true } else { false } }
    }
  }

  /// Opens a table so that such texts are the numbers that they are meant to be; those of columns that are not of numbers
  /// stay as they are written.
  func open(
    _ bytes: consuming [UInt8], _ read: ([UInt8]) throws(QueryError) -> FileTable
  ) throws(QueryError) -> FileTable {
    guard !commaColumns.isEmpty else { return try read(bytes) }
    let table = try read(Self.written(bytes, withPoints: commaColumns))
    let numbers = commaColumns.filter { $0 < table.schema.count && table.schema[$0].type.isNumber }
    if numbers == commaColumns { return table }
    return try read(Self.written(bytes, withPoints: numbers))
  }

  /// The same cells, with a decimal point in quoted numbers of some columns, the first row apart: stored numbers have no
  /// quotes.
  private static func written(_ bytes: [UInt8], withPoints columns: Set<Int>) -> [UInt8] {
    if columns.isEmpty { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    var column = 0
    var isFirstRow = true
    while index < bytes.count {
      switch bytes[index] {
      case CellText.separator: column += 1
      case 0x0A:
        column = 0
        isFirstRow = false
      case CellText.quote:
        let end = endOfQuotes(bytes, from: index)
        if !isFirstRow, columns.contains(column), isNumber(bytes, index + 1, end - 1) {
          append(bytes[index..<end], to: &result)
        } else {
          result += bytes[index..<end]
        }
        index = end
        continue
      default: break
      }
      result.append(bytes[index])
      index += 1
    }
    return result
  }

  /// Behind the closing quote of a cell that begins with one; quotes inside are doubled.
  private static func endOfQuotes(_ bytes: [UInt8], from start: Int) -> Int {
    var index = start + 1
    while index < bytes.count {
      if bytes[index] == CellText.quote {
        guard index + 1 < bytes.count, bytes[index + 1] == CellText.quote else { return index + 1 }
        index += 1
      }
      index += 1
    }
    return index
  }

  private static func isNumber(_ bytes: [UInt8], _ from: Int, _ to: Int) -> Bool {
    let span = bytes.span
    var (start, end) = FieldText.withoutBlanks(span, from, to)
    guard start < end else { return false }
    if let amount = AmountUnit.amount(span, start, end) { (start, end) = (amount.start, amount.end) }
    return NumberShape.scan(span, start, end)?.kind.fits(.comma) ?? false
  }

  /// A comma becomes the point; points, which mark thousands then, are left out.
  private static func append(_ number: ArraySlice<UInt8>, to result: inout [UInt8]) {
    for byte in number where byte != UInt8(ascii: ".") {
      result.append(byte == UInt8(ascii: ",") ? UInt8(ascii: ".") : byte)
    }
  }
}
