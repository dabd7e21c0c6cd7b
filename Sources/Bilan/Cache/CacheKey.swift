import BilanReaders

/// What decides how a file is read beside the file itself, in few letters, and what the entry of one is called.
enum CacheKey {
  private static let ending = ".arrow"

  static func way(_ options: ReadOptions, _ resource: DataPackage.Resource?) -> String {
    var parts = [
      "delimiter \(word(options.delimiter))", "encoding \(word(options.encoding))",
      "decimal \(word(options.decimalMark))", "header \(word(options.hasHeader))",
      "lines \(word(options.headerLines))", "dates \(word(options.dates))", "usual \(word(options.usualDates))",
      "year \(word(options.fiscalYearStart))", "missing \(word(options.missingCodes))",
    ]
    for (name, type) in options.types.sorted(by: { $0.key < $1.key }) { parts.append("type \(name) \(type)") }
    if var resource {
      // Where the folder is seen from is of no account.
      resource.path = ""
      parts.append(String(reflecting: resource))
    }
    return Checksum.hexadecimal(Checksum.of(parts.joined(separator: "\u{0}")))
  }

  private static func word(_ option: (some Any)?) -> String { option.map { String(reflecting: $0) } ?? "-" }

  /// 32 digits and the ending of Arrow files.
  static func name(_ path: String, _ way: String) -> String {
    let text = path + "\u{0}" + way
    let first = Checksum.of(text)
    return Checksum.hexadecimal(first) + Checksum.hexadecimal(Checksum.of(text, seed: first)) + ending
  }

  static func isName(_ name: String) -> Bool {
    name.hasSuffix(ending) && name.utf8.count == 32 + ending.utf8.count
      && name.utf8.prefix(32).allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}
