/// The scalar functions that generated queries call; a missing argument gives missing.
enum ReferenceScalars {
  static func value(_ name: String, _ cells: [Cell]) throws(ReferenceError) -> Cell {
    if name == "missing_if" { return cells[1].isTrue ? .missing : cells[0] }
    if cells.contains(where: \.isMissing) { return .missing }
    switch (name, cells.first ?? .missing) {
    case ("abs", .integer(let value)): return .integer(try ReferenceArithmetic.narrowed(abs(Int128(value))))
    case ("abs", let cell): return cell.number.map { .real(abs($0)) } ?? .missing
    case ("round", .integer), ("floor", .integer), ("ceil", .integer): return cells[0]
    case ("round", let cell): return .finite((cell.number ?? 0).rounded(.toNearestOrAwayFromZero))
    case ("floor", let cell): return try whole((cell.number ?? 0).rounded(.down))
    case ("ceil", let cell): return try whole((cell.number ?? 0).rounded(.up))
    case ("sqrt", let cell): return .finite((cell.number ?? 0).squareRoot())
    case ("div", .integer(let a)), ("mod", .integer(let a)):
      guard case .integer(let b) = cells[1] else { break }
      if b == 0 { return .missing }
      // The remainder has the sign of the divisor.
      var remainder = Int128(a) % Int128(b)
      if remainder != 0, (remainder < 0) != (b < 0) { remainder += Int128(b) }
      return .integer(try ReferenceArithmetic.narrowed(name == "mod" ? remainder : (Int128(a) - remainder) / Int128(b)))
    case ("least", _): return cells.reduce(cells[0]) { $1.precedes($0) ? $1 : $0 }
    case ("greatest", _): return cells.reduce(cells[0]) { $0.precedes($1) ? $1 : $0 }
    case ("lower", .text(let text)): return .text(text.lowercased())
    case ("upper", .text(let text)): return .text(text.uppercased())
    case ("fold", .text(let text)): return .text(ReferenceText.fold(text))
    case ("length", .text(let text)): return .integer(Int64(text.count))
    case ("text", let cell): return cell.asText.map { .text($0) } ?? .missing
    default: return try time(name, cells)
    }
    throw .unsupported("function \(name)")
  }

  private static func whole(_ value: Double) throws(ReferenceError) -> Cell {
    guard let result = Int64(exactly: value) else { throw .overflow }
    return .integer(result)
  }

  private static func time(_ name: String, _ cells: [Cell]) throws(ReferenceError) -> Cell {
    let first: Int
    var length = ReferencePeriod.Kind.day
    switch cells.first ?? .missing {
    case .date(let day): first = day
    case .period(let period):
      first = period.first
      length = period.kind
      if name == "end" { return .date(period.last) }
    default: throw .unsupported("function \(name)")
    }
    let (year, month, _) = ReferenceCalendar.parts(first)
    switch name {
    case "year": return .integer(Int64(year))
    // A longer period lies in none of them.
    case "semester":
      return length.monthCount > 6
        ? .missing : .period(ReferencePeriod(.semester, year: year, month: month <= 6 ? 1 : 7))
    case "quarter":
      return length.monthCount > 3
        ? .missing : .period(ReferencePeriod(.quarter, year: year, month: (month - 1) / 3 * 3 + 1))
    case "month": return length.monthCount > 1 ? .missing : .period(ReferencePeriod(.month, year: year, month: month))
    // 1970-01-01 was a Thursday.
    case "weekday": return .integer(Int64(((first + 3) % 7 + 7) % 7 + 1))
    case "start": return .date(first)
    case "days_between", "months_between":
      guard case .date(let other) = cells[1] else { break }
      if name == "days_between" { return .integer(Int64(other - first)) }
      let (early, late) = (min(first, other), max(first, other))
      var months = 0
      while ReferenceCalendar.adding(months: months + 1, to: early) <= late { months += 1 }
      return .integer(Int64(first <= other ? months : -months))
    default: break
    }
    throw .unsupported("function \(name)")
  }
}
