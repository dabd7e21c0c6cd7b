import BilanSyntax

/// `+ - * /` on two values; missing with anything is missing.
enum ReferenceArithmetic {
  static func combine(_ left: Cell, _ symbol: BinaryOperator, _ right: Cell) throws(ReferenceError) -> Cell {
    if left.isMissing || right.isMissing { return .missing }
    switch (left, symbol, right) {
    case (_, .divide, _):
      guard let a = magnitude(left), let b = magnitude(right) else { throw .unsupported("division") }
      return b == 0 ? .missing : .finite(a / b)
    case (.integer(let a), _, .integer(let b)): return .integer(try integer(a, symbol, b))
    case (.text(let a), .add, .text(let b)): return .text(a + b)
    case (.date(let a), .subtract, .date(let b)): return .days(Int64(a - b))
    case (.date(let day), .add, .days(let count)), (.days(let count), .add, .date(let day)):
      return .date(day + Int(count))
    case (.date(let day), .subtract, .days(let count)): return .date(day - Int(count))
    case (.date(let day), .add, .months(let count)), (.months(let count), .add, .date(let day)):
      return .date(ReferenceCalendar.adding(months: Int(count), to: day))
    case (.date(let day), .subtract, .months(let count)):
      return .date(ReferenceCalendar.adding(months: -Int(count), to: day))
    case (.days(let a), _, .days(let b)): return .days(try integer(a, symbol, b))
    case (.months(let a), _, .months(let b)): return .months(try integer(a, symbol, b))
    case (.days(let a), .multiply, .integer(let b)), (.integer(let b), .multiply, .days(let a)):
      return .days(try integer(a, symbol, b))
    case (.months(let a), .multiply, .integer(let b)), (.integer(let b), .multiply, .months(let a)):
      return .months(try integer(a, symbol, b))
    case (.period(let period), .add, .integer(let count)), (.integer(let count), .add, .period(let period)):
      return .period(period.advanced(by: Int(count)))
    case (.period(let period), .subtract, .integer(let count)): return .period(period.advanced(by: -Int(count)))
    default:
      guard let a = left.number, let b = right.number else { throw .unsupported("arithmetic") }
      switch symbol {
      case .add: return .finite(a + b)
      case .subtract: return .finite(a - b)
      default: return .finite(a * b)
      }
    }
  }

  private static func magnitude(_ cell: Cell) -> Double? {
    switch cell {
    case .days(let count), .months(let count): Double(count)
    default: cell.number
    }
  }

  private static func integer(_ a: Int64, _ symbol: BinaryOperator, _ b: Int64) throws(ReferenceError) -> Int64 {
    let (x, y) = (Int128(a), Int128(b))
    let exact =
      switch symbol {
      case .add: x + y
      case .subtract: x - y
      default: x * y
      }
    return try narrowed(exact)
  }

  static func narrowed(_ exact: Int128) throws(ReferenceError) -> Int64 {
    guard let result = Int64(exactly: exact) else { throw .overflow }
    return result
  }

  static func negate(_ cell: Cell) throws(ReferenceError) -> Cell {
    switch cell {
    case .integer(let value): .integer(try narrowed(-Int128(value)))
    case .days(let count): .days(try narrowed(-Int128(count)))
    case .months(let count): .months(try narrowed(-Int128(count)))
    default: cell.number.map { .real(-$0) } ?? .missing
    }
  }
}
