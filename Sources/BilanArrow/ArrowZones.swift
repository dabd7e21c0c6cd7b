import BilanReaders

/// The zones of instants in a schema of Arrow that stands in a file of another format, as text in base 64.
package enum ArrowZones {
  /// Zones by the dotted names of their columns; of elements of lists, by that of the list and what is in them. None of
  /// what is no schema.
  package static func zones(inSchema text: String) -> [String: String] {
    guard let bytes = decoded(text), let fields = try? fields(of: ByteView(bytes)) else { return [:] }
    var zones: [String: String] = [:]
    for field in fields { collect(field, field.name, into: &zones) }
    return zones
  }

  private static func fields(of bytes: ByteView) throws(FormatFault) -> [ArrowField] {
    // A message as in a stream: a mark, which old ones lack, and the size of its metadata stand before them.
    let start = bytes.load(0, as: UInt32.self) == .max ? 8 : 4
    guard let metadata = bytes.dropping(start), let schema = try FlatTable(root: metadata).table(2) else {
      throw FlatTable.fault
    }
    return try ArrowField.fields(of: schema)
  }

  private static func collect(_ field: ArrowField, _ name: String, into zones: inout [String: String]) {
    for leaf in field.leaves(name) {
      if case .instant(_, let zone?) = leaf.field.type { zones[leaf.name] = zone }
      guard leaf.field.isList else { continue }
      for part in leaf.field.elementLeaves {
        collect(part.field, part.name.isEmpty ? leaf.name : leaf.name + "." + part.name, into: &zones)
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
