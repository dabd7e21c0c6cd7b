import BilanColumnar

/// Finds the names that a descriptor gives to the fields of a file, where they do not stand on the lines that it says: the
/// next delivery has another title.
struct DescribedHeader {
  private let handles: Set<String>
  private let lines: ClosedRange<Int>
  /// The last line alone has the names; else they may stand above what is said of them, units or answers.
  private let isBand: Bool

  /// Lines from the first that are looked at.
  private static let limit = 60

  /// - Parameter lines: those of the names, as declared.
  init(_ resource: DataPackage.Resource, lines: ClosedRange<Int>) {
    self.lines = lines
    isBand = resource.fields?.contains { $0.name.contains(HeaderBand.joiner) } ?? false
    // In a header of two rows the last row has the name of each column alone.
    handles = Set(
      (resource.fields ?? []).map { field in
        let name = field.name.split(separator: HeaderBand.joiner).last.map(String.init) ?? field.name
        return TextFolding.handle(of: lines.count > 1 ? name : field.name)
      })
  }

  /// The lines on which the names stand instead; nil where they are where they should be, or nowhere.
  func found(in bytes: [UInt8], from start: Int, _ dialect: Dialect) -> ClosedRange<Int>? {
    guard handles.count >= 2 else { return nil }
    var scanner = RecordScanner(delimiter: dialect.delimiter, quote: dialect.quote, from: start)
    var starts: [UInt32] = []
    var best: (line: Int, count: Int)?
    var line = 1
    let last = lines.upperBound
    var above: Set<String> = []
    while scanner.position < bytes.count, line <= max(Self.limit, last) {
      let offset = scanner.position
      starts.removeAll(keepingCapacity: true)
      let fields = scanner.next(bytes.span, into: &starts)
      let names = Set(
        (0..<fields).map { field in
          let (from, to) = (Int(starts[field]), max(Int(starts[field]), Int(starts[field + 1]) - 1))
          return TextFolding.handle(of: FieldText.string(bytes, from..<to, quote: dialect.quote))
        })
      let count = names.intersection(handles).count
      if lines.contains(line), !isBand { above.formUnion(names) }
      if line == last, max(count, above.intersection(handles).count) * 2 >= handles.count { return nil }
      if count > best?.count ?? 0 { best = (line, count) }
      let own = Array(bytes[offset..<scanner.position])
      line += SourceLines.line(of: own.count, in: own) - 1
    }
    guard let best, best.count >= 2, best.count * 2 > handles.count, best.line >= lines.count else { return nil }
    return best.line - lines.count + 1...best.line
  }
}
