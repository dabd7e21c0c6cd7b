/// The time zone that a file says its instants are shown in: their days are those of the zone, not of UTC.
package struct InstantZone: Sendable {
  /// As the file has it: `Africa/Casablanca`, `+01:00`, `UTC`.
  package let name: String
  private let rules: ZoneRules?

  package init(_ name: String) {
    self.name = name
    rules = ZoneOffset.fixed(name).map { ZoneRules(offset: $0) } ?? Self.installed(name)
  }

  /// False for a zone that this system does not know, whose instants are then taken in UTC.
  package var isKnown: Bool { rules != nil }

  /// What the zone's clocks show, less what UTC's do, in seconds since 1970, and for which instants around that holds.
  func offset(at second: Int64) -> (seconds: Int64, stretch: Range<Int64>) {
    rules?.offset(at: second) ?? (0, .min..<(.max))
  }

  /// Where systems keep the zones of the world.
  private static let folder = "/usr/share/zoneinfo/"

  private static func installed(_ name: String) -> ZoneRules? {
    let isName = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39: true
      default: "/_+-".utf8.contains(byte)
      }
    }
    guard isName, !name.isEmpty, !name.hasPrefix("/"),
      let bytes = try? FileBytes.beginning(of: folder + name, count: 1 << 18)
    else { return nil }
    return ZoneRules(bytes)
  }
}

/// Zones that are a distance from UTC.
enum ZoneOffset {
  /// Seconds east of UTC of `+01:00`, `-0530`, `+01`, `UTC` and its like; nil for other names.
  static func fixed(_ name: String) -> Int64? {
    if ["utc", "z", "gmt"].contains(name.lowercased()) { return 0 }
    let text = Array(name.utf8)
    guard let sign = text.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
    var digits = text.dropFirst().map { Int64($0) - 0x30 }
    if digits.count == 5, text[3] == UInt8(ascii: ":") { digits.remove(at: 2) }
    guard digits.count == 2 || digits.count == 4, digits.allSatisfy({ (0...9).contains($0) }) else { return nil }
    let minutes = digits.count == 4 ? digits[2] * 10 + digits[3] : 0
    let hours = digits[0] * 10 + digits[1]
    guard hours < 24, minutes < 60 else { return nil }
    return (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 3600 + minutes * 60)
  }
}
