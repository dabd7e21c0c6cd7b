import BilanColumnar

/// A value as messages and the columns of a crosstab name it: plainly, the same everywhere.
enum ValueText {
  static func text(of value: Value) -> String {
    switch value {
    case .missing: return "missing"
    case .integer(let raw): return String(raw)
    case .real(let raw):
      // A whole number reads as one: `3`, not `3.0`.
      if raw == raw.rounded(), abs(raw) < 1e15 { return String(Int64(raw)) }
      return String(raw)
    case .text(let text): return text
    case .boolean(let raw): return raw ? "true" : "false"
    case .date(let date): return date.description
    case .period(let period): return period.description
    case .duration(let count, let unit): return "\(count) \(unit.rawValue)"
    case .ratio(let ratio): return text(of: ratio.value.map { .real($0) } ?? .missing)
    }
  }
}
