import BilanColumnar

/// Values as plain text: what `text(x)` and `list` give. Rounding and grouping of digits are the renderers' matter.
enum ValueText {
  static func describe(_ value: Value) -> String {
    switch value {
    case .missing: ""
    case .integer(let number): String(number)
    case .real(let number): describe(number)
    case .text(let text): text
    case .boolean(let truth): truth ? "true" : "false"
    case .date(let date): date.description
    case .period(let period): period.description
    case .duration(let count, let unit): describe(count, unit)
    case .ratio(let ratio): ratio.value.map(describe) ?? ""
    }
  }

  /// The shortest digits that read back as the same number; whole numbers without decimals.
  private static func describe(_ number: Double) -> String {
    if number == number.rounded(), number.magnitude < 1e15 { return String(Int64(number)) }
    return number.description
  }

  private static func describe(_ count: Int64, _ unit: DurationUnit) -> String {
    let name = unit == .days ? "day" : "month"
    return "\(count) \(name)" + (count == 1 || count == -1 ? "" : "s")
  }
}

/// The order in which `sort` has values of one type.
enum ValueOrder {
  static func precedes(_ lhs: Value, _ rhs: Value) -> Bool {
    switch (lhs, rhs) {
    case (.text(let left), .text(let right)): return CollationKey(left) < CollationKey(right)
    case (.boolean(let left), .boolean(let right)): return !left && right
    default:
      if let left = lhs.storedInteger, let right = rhs.storedInteger { return left < right }
      if let left = lhs.number, let right = rhs.number { return left < right }
      return false
    }
  }
}
