import BilanReaders

/// What a schema of Arrow says that stands in a file of another format, as text in base 64, and that the format itself has
/// no words for.
///
/// Columns go by their dotted names; elements of lists by that of the list and what is in them.
package struct ArrowSchemaText {
  /// The zones of instants that have one.
  package private(set) var zones: [String: String] = [:]
  /// How messages call what is no type that Bilan has, such as lengths of time, which Parquet stores as whole numbers.
  package private(set) var others: [String: String] = [:]

  /// Nothing of what is no schema.
  package init(_ text: String) {
    guard let bytes = Self.decoded(text), let fields = try? Self.fields(of: ByteView(bytes)) else { return }
    for field in fields { collect(field, field.name) }
  }

  private static func fields(of bytes: ByteView) throws(FormatFault) -> [ArrowField] {
    // A message as in a stream: a mark, which old ones lack, and the size of its metadata stand before them.
    let start = bytes.load(0, as: UInt32.self) == .max ? 8 : 4
    guard let metadata = bytes.dropping(start), let schema = try FlatTable(root: metadata).table(2) else {
      throw FlatTable.fault
    }
    return try ArrowField.soundFields(of: schema)
  }

  private mutating func collect(_ field: ArrowField, _ name: String) {
    for leaf in field.leaves(name) {
      switch leaf.field.type {
      case .instant(_, let zone?): zones[leaf.name] = zone
      case .other(let type, _, _): others[leaf.name] = type
      default: break
      }
      guard leaf.field.isList else { continue }
      for part in leaf.field.elementLeaves {
        collect(part.field, part.name.isEmpty ? leaf.name : leaf.name + "." + part.name)
      }
    }
  }

  /// Nil for what is not base 64.
  private static func decoded(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var (bits, count): (UInt32, Int) = (0, 0)
    for byte in text.utf8 {
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit = byte - UInt8(ascii: "A")
      case UInt8(ascii: "a")...UInt8(ascii: "z"): digit = byte - UInt8(ascii: "a") + 26
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0") + 52
      case UInt8(ascii: "+"): digit = 62
      case UInt8(ascii: "/"): digit = 63
      case UInt8(ascii: "="): continue
      default: return nil
      }
      bits = bits << 6 | UInt32(digit)
      count += 6
      guard count >= 8 else { continue }
      count -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
    }
    return bytes
  }
}
