import BilanTestSupport

/// Expressions of a kind that the columns at hand allow.
extension QueryGenerator {
  // MARK: Expressions

  mutating func some(_ columns: [ReferenceColumn], _ range: ClosedRange<Int>) -> [ReferenceColumn] {
    Array(columns.shuffled(using: &random).prefix(random.number(range)))
  }

  mutating func kind() -> Kind {
    random.pick([.integer, .integer, .real, .real, .text, .boolean, .date, .period, .days])
  }

  mutating func column(_ kind: Kind) -> String? {
    columns.filter { $0.kind == kind }.randomElement(using: &random)?.name
  }

  /// An expression of a kind on one row.
  mutating func value(_ kind: Kind, _ depth: Int) -> String {
    if depth <= 0 || random.chance(30) { return leaf(kind) }
    let (a, b) = (value(kind, depth - 1), value(kind, depth - 1))
    if random.chance(15) { return "(if \(condition(depth - 1)) then \(a) else \(random.chance(20) ? "missing" : b))" }
    if random.chance(12) { return "(\(a) ?? \(b))" }
    switch kind {
    case .integer:
      switch random.number(0...9) {
      case 0...2: return "(\(a) \(random.pick(["+", "-", "*"])) \(b))"
      case 3: return "\(random.pick(["div", "mod", "least", "greatest"]))(\(a), \(b))"
      case 4: return "-\(a)"
      case 5: return "abs(\(a))"
      case 6 where random.chance(50): return "hold(\(a), \(b))"
      case 6: return "length(\(value(.text, depth - 1)))"
      case 7: return "\(random.pick(["year", "weekday"]))(\(value(.date, depth - 1)))"
      case 8: return random.chance(50) ? "double(\(a))" : "\(random.pick(["floor", "ceil"]))(\(value(.real, 0)))"
      default:
        return
          "\(random.pick(["days_between", "months_between"]))(\(value(.date, depth - 1)), \(value(.date, depth - 1)))"
      }
    case .real:
      let whole = value(.integer, depth - 1)
      switch random.number(0...6) {
      case 0, 1: return "(\(a) \(random.pick(["+", "-", "*", "/"])) \(b))"
      case 2: return "(\(whole) / \(value(.integer, depth - 1)))"
      case 3: return "(\(a) \(random.pick(["+", "-", "*"])) \(whole))"
      case 4: return "\(random.pick(["round", "abs", "sqrt"]))(\(a))"
      case 5: return "\(random.pick(["least", "greatest"]))(\(a), \(whole))"
      default: return column(.ratio).map { "(\($0) * 2)" } ?? "-\(a)"
      }
    case .text:
      switch random.number(0...4) {
      case 0, 1: return "(\(a) + \(b))"
      case 2: return "\(random.pick(["lower", "upper", "fold"]))(\(a))"
      default: return "text(\(value(random.pick([.integer, .real, .date, .period, .boolean]), depth - 1)))"
      }
    case .boolean: return condition(depth)
    case .date:
      switch random.number(0...3) {
      case 0, 1: return "(\(a) \(random.pick(["+", "-"])) \(duration()))"
      case 2: return "\(random.pick(["start", "end"]))(\(value(.period, depth - 1)))"
      default: return "\(random.pick(["least", "greatest"]))(\(a), \(b))"
      }
    case .period:
      switch random.number(0...2) {
      case 0: return "(\(a) \(random.pick(["+", "-"])) \(random.number(0...5)))"
      default:
        return "\(random.pick(["month", "quarter", "semester"]))(\(value(random.pick([.date, .period]), depth - 1)))"
      }
    case .days: return "(\(value(.date, depth - 1)) - \(value(.date, depth - 1)))"
    default: return leaf(kind)
    }
  }

  mutating func duration() -> String {
    "\(random.number(0...25)) \(random.pick(["days", "weeks", "months", "quarters", "years"]))"
  }

  mutating func leaf(_ kind: Kind) -> String {
    if random.chance(75), let name = column(kind) { return name }
    switch kind {
    case .integer: return String(random.number(0...12))
    case .real: return random.pick(["0.5", "2.0", "110%", "0.1", "1e3", "0.0"])
    case .text: return random.pick(["\"Fès\"", "\"ecole\"", "\"\"", "\"x\"", "\"É\""])
    case .boolean: return random.pick(["true", "false"])
    case .date: return random.pick(["2020-02-29", "2019-12-31", "2019-01-31"])
    case .period: return random.pick(["2019-Q3", "2019-02", "2020-S1", "FY2019"])
    case .days: return "\(random.number(0...400)) days"
    case .months: return "\(random.number(0...30)) months"
    default: return "missing"
    }
  }

  mutating func condition(_ depth: Int) -> String {
    if depth <= 0 || random.chance(10) { return column(.boolean) ?? "true" }
    if hasResults, random.chance(8) {
      return random.pick([
        "(reached >= 50%)", "(achievement > 1)", "met", "missed", "(weighed is missing)", "(weighed > 0.2)",
        "(most >= 10)", "(status = \"met\")", "(rate(target, actual) < 2)", "(gap >= 0)", "unreported",
      ])
    }
    switch random.number(0...12) {
    case 0: return "(\(condition(depth - 1)) \(random.pick(["and", "or"])) \(condition(depth - 1)))"
    case 1: return "(not \(column(.boolean) ?? "(1 > 2)"))"
    case 2...4:
      let kind: Kind = random.pick([.integer, .real, .text, .date, .days])
      return "(\(value(kind, depth - 1)) \(random.pick(["=", "!=", "<", "<=", ">", ">="])) \(value(kind, depth - 1)))"
    case 5: return "(\(value(.integer, depth - 1)) \(random.pick(["=", "<", ">="])) \(value(.real, depth - 1)))"
    case 6: return "(\(value(kind(), depth - 1)) \(random.pick(["is missing", "is not missing"])))"
    case 7:
      return
        "(\(value(.text, depth - 1)) ~ \(random.pick(["\"e\"", "\"FES\"", "\"É\"", "\"\"", column(.text) ?? "\"o\""])))"
    case 8:
      let negation = random.pick(["", "not "])
      switch random.number(0...4) {
      case 0: return "(\(value(.integer, depth - 1)) \(negation)in [0, 10, \(random.pick(["1", "2.5", "missing"]))])"
      case 1: return "(\(value(.text, depth - 1)) \(negation)in [\"Oriental\", \"École\", \(leaf(.text))])"
      case 2: return "(\(value(.integer, depth - 1)) \(negation)in \(random.number(-3...3))..\(random.number(3...20)))"
      case 3: return "(\(column(.integer) ?? "5") \(negation)in (from more | where target > 0 | keep target))"
      default: return "(\(column(.text) ?? "\"x\"") \(negation)in (from subset | keep région))"
      }
    case 9:
      let place = random.pick([
        "2019", "2019-Q1", "2019-12", "2019..2020", "2019-02..2020-Q1", "2020-02-29..2020", "[2019-Q1, 2020-02]",
      ])
      return "(\(value(random.pick([.date, .period]), depth - 1)) \(random.pick(["", "not "]))in \(place))"
    case 10:
      return
        "(\(value(random.pick([.date, .period]), depth - 1)) \(random.pick(["<", "<=", ">", ">="])) \(random.pick(["2019", "2019-Q3", "2020-S1", value(.period, 1)])))"
    case 11:
      let low = value(.integer, depth - 1)
      return
        "(\(low) \(random.pick(["<", "<="])) \(value(.integer, depth - 1)) \(random.pick(["<", ">", "!="])) \(value(.integer, depth - 1)))"
    default:
      return column(.ratio).map { "(\($0) \(random.pick(["<", ">=", "="])) \(random.pick(["1", "50%"])))" } ?? "(1 < 2)"
    }
  }

  /// Whether the columns are there that the measures of results speak of.
  var hasResults: Bool {
    [("target", Kind.integer), ("actual", .integer), ("cost", .real)].allSatisfy {
      columns.contains(ReferenceColumn($0.0, $0.1))
    }
  }

  mutating func aggregate() -> (text: String, kind: Kind) {
    if hasResults, random.chance(15) {
      return random.pick(
        [
          ("reached", .ratio), ("achievement", .ratio), ("met", .boolean), ("status", .text), ("gap", .integer),
          ("weighed", .real), ("most", .integer), ("reached.expected", .integer), ("reached.numerator", .real),
          ("mean(reached per target)", .real), ("max(sum(actual) per région)", .integer),
          ("sum(count per target, actual where cost > 0)", .integer), ("count(met)", .integer), ("share(met)", .ratio),
          ("(achievement * 100)", .real), ("(if reached > 1 then 1 else 2)", .integer),
        ].filter { $0.0.contains("région") ? columns.contains(ReferenceColumn("région", .text)) : true })
    }
    let filter = random.chance(25) ? " where \(condition(1))" : ""
    let number: Kind = random.pick([.integer, .real])
    let x = value(number, 1)
    switch random.number(0...19) {
    case 0: return ("count(\(filter.dropFirst()))", .integer)
    case 1: return ("count(\(value(kind(), 1))\(filter))", .integer)
    case 2: return ("count_distinct(\(value(kind(), 1))\(filter))", .integer)
    case 3, 4: return ("sum(\(x)\(filter))", number)
    case 5: return ("\(random.pick(["mean", "median"]))(\(x)\(filter))", .real)
    case 6: return ("quantile(\(x), \(random.pick(["0", "0.25", "0.9", "1"]))\(filter))", .real)
    case 7, 8:
      let kind: Kind = random.pick([.integer, .real, .text, .date, .period, .days])
      return ("\(random.pick(["min", "max", "mode"]))(\(value(kind, 1))\(filter))", kind)
    case 9: return ("\(random.pick(["stddev", "variance"]))(\(x)\(filter))", .real)
    case 10: return ("ratio(\(x), \(value(.integer, 1))\(filter))", .ratio)
    case 11: return ("share(\(condition(1))\(filter))", .ratio)
    case 12:
      let kind = kind()
      return ("\(random.pick(["first", "last", "only"]))(\(value(kind, 1))\(filter))", kind)
    case 13: return ("\(random.pick(["any", "all"]))(\(condition(1))\(filter))", .boolean)
    case 14: return ("list(\(value(kind(), 1))\(filter))", .text)
    case 15: return ("weighted_mean(\(x), \(leaf(number))\(filter))", .real)
    case 16: return ("correlation(\(x), \(value(.integer, 1))\(filter))", .real)
    case 17:
      if let name = column(.ratio) { return ("pool(\(name)\(filter))", .ratio) }
      return ("rate(\(x), \(leaf(.integer)))", .ratio)
    case 18: return ("(sum(\(x)) / count)", .real)
    default: return ("spread(\(x))", number)
    }
  }
}
