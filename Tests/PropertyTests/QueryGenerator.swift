import BilanTestSupport

/// Writes random queries that a checker must accept, over tables whose columns it knows.
struct QueryGenerator {
  private(set) var random: SplitMix64
  private var columns: [ReferenceColumn] = []
  private var others: [TestTable]
  private let main: TestTable
  private var number = 0
  /// Where a crosstab has ended the pipeline.
  private var isClosed = false

  init(seed: UInt64, _ tables: [TestTable]) {
    random = SplitMix64(seed: seed)
    main = tables[0]
    others = Array(tables.dropFirst())
  }

  // MARK: Programs

  /// Declarations, then one pipeline of one to five steps.
  mutating func program() -> String {
    columns = main.reference.columns
    isClosed = false
    var lines: [String] = []
    lines.append("let rate(a, b) = ratio(a, b)")
    lines.append("let spread(a) = max(a) - min(a)")
    lines.append("let double(x) = x + x")
    lines.append("let reached = ratio(actual, target)")
    lines.append("let weighed = weighted_mean(cost, target)")
    lines.append("let most = max(least(actual, target)) + count(actual where target > 0)")
    lines.append("let hold(actual, k) = if actual > k then k else actual")
    lines.append("let subset = from more | where target > 0 | keep région, target, note")
    lines.append("from results")
    for _ in 0..<random.number(1...5) where !isClosed { lines.append("| " + step()) }
    if isClosed, random.chance(30) { lines.append("| take \(random.number(0...4))") }
    return lines.joined(separator: "\n")
  }

  private mutating func fresh() -> String {
    number += 1
    return "c\(number)"
  }

  // MARK: Steps

  private mutating func step() -> String {
    switch random.number(0...20) {
    case 0...2: return "where " + condition(2)
    case 3...4: return add()
    case 5...6: return window()
    case 7: return keep()
    case 8:
      guard columns.count > 3 else { return "where true" }
      let index = random.number(0...columns.count - 1)
      let name = columns.remove(at: index).name
      return "drop \(name)"
    case 9:
      let index = random.number(0...columns.count - 1)
      let old = columns[index].name
      let name = fresh()
      columns[index].name = name
      return "rename \(name) = \(old)"
    case 10...12: return summarize()
    case 13:
      let keys = keys(1...2, except: "count")
      columns = keys.columns + [ReferenceColumn("count", .integer)]
      return "count by " + keys.text
    case 14: return "sort " + sortKeys()
    case 15:
      return random.chance(50)
        ? "take \(random.number(0...6))" : "take \(random.number(1...3))..\(random.number(3...9))"
    case 16:
      let verb = random.pick(["top", "bottom"])
      let by = value(random.pick([.integer, .real, .date, .text]), 1)
      return "\(verb) \(random.number(0...3)) by \(by)" + (random.chance(50) ? " per " + keys(1...1).text.bare : "")
    case 17:
      guard random.chance(60) else { return "distinct" }
      columns = some(columns, 1...3)
      return "distinct " + columns.map(\.name).joined(separator: ", ")
    case 18: return join()
    case 19: return random.chance(50) ? append() : unpivot()
    default: return complete()
    }
  }

  private mutating func add() -> String {
    if random.chance(25),
      let column = columns.filter({ [.integer, .real].contains($0.kind) }).randomElement(using: &random)
    {
      // Replacing a column, seen by the next.
      let kind = column.kind
      let first = value(kind, 2)
      let second = fresh()
      let text = "add \(column.name) = \(first), \(second) = \(column.name) + 1"
      columns.append(ReferenceColumn(second, kind))
      return text
    }
    let kind = kind()
    let text = value(kind, 3)
    let name = fresh()
    columns.append(ReferenceColumn(name, kind))
    return "add \(name) = \(text)"
  }

  private mutating func window() -> String {
    let isOrdered = random.chance(70)
    var per = ""
    switch random.number(0...3) {
    case 0: per = " per all"
    case 1, 2: per = " per " + keys(1...2).text.bare
    default: break
    }
    var items: [String] = []
    var added: [ReferenceColumn] = []
    if random.chance(20) {
      // A column of the step itself as its group.
      let name = fresh()
      let old = columns.filter { $0.kind == .integer }.randomElement(using: &random)?.name
      items.append("\(old ?? name) = \(value(.integer, 1))")
      if old == nil { added.append(ReferenceColumn(name, .integer)) }
      per = " per \(old ?? name)"
    }
    for _ in 0..<random.number(1...2) {
      let name = fresh()
      let kind: Kind
      let text: String
      switch random.number(0...6) {
      case 0:
        kind = random.pick([.integer, .text, .date, .real])
        text = "\(random.pick(["previous", "next"]))(\(value(kind, 1))\(random.pick(["", ", 2", ", 0"])))"
      case 1:
        kind = .integer
        text = isOrdered ? "rank()" : "row()"
      case 2:
        kind = .integer
        text = "row()"
      case 3, 4:
        let aggregate = aggregate()
        kind = aggregate.kind
        text = "running(\(aggregate.text))"
      default:
        guard !per.isEmpty else {
          kind = .integer
          text = value(.integer, 2)
          break
        }
        let aggregate = aggregate()
        kind = aggregate.kind
        text = aggregate.text
      }
      items.append("\(name) = \(text)")
      added.append(ReferenceColumn(name, kind))
    }
    let text = "add " + items.joined(separator: ", ") + per + (isOrdered ? " sort " + sortKeys() : "")
    columns += added
    return text
  }

  private mutating func keep() -> String {
    var kept = some(columns, 1...4)
    var items = kept.map(\.name)
    if random.chance(50) {
      let kind = kind()
      let text = value(kind, 2)
      let name = fresh()
      items.append("\(name) = \(text)")
      kept.append(ReferenceColumn(name, kind))
    }
    if random.chance(15) {
      let further = columns.filter { column in column.name.hasPrefix("c") && !kept.contains { $0.name == column.name } }
      if !further.isEmpty {
        items.append("c*")
        kept += further
      }
    }
    columns = kept
    return "keep " + items.joined(separator: ", ")
  }

  private mutating func summarize() -> String {
    let keys = random.chance(80) ? self.keys(1...2) : ([], "")
    var items: [String] = []
    var results: [ReferenceColumn] = []
    for _ in 0..<random.number(1...3) {
      let aggregate = aggregate()
      let name = fresh()
      items.append("\(name) = \(aggregate.text)")
      results.append(ReferenceColumn(name, aggregate.kind))
    }
    var text = "summarize " + items.joined(separator: ", ")
    if !keys.0.isEmpty { text += " by " + keys.1 }
    let totals = random.chance(30)
    if random.chance(25) {
      let taken = keys.0.map(\.name)
      let across = columns.filter { [.text, .boolean, .period].contains($0.kind) && !taken.contains($0.name) }
      if let across = across.randomElement(using: &random) {
        isClosed = true
        return text + " across \(across.name)" + (totals ? " with totals" : "")
      }
    }
    columns = keys.0 + results
    if totals, !keys.0.isEmpty {
      columns[0].kind = .text
      text += " with totals"
    }
    return text
  }

  /// Keys as columns of the result and as text; `bare` drops the names.
  private mutating func keys(_ range: ClosedRange<Int>, except name: String = "") -> (
    columns: [ReferenceColumn], text: String
  ) {
    var chosen: [ReferenceColumn] = []
    var items: [String] = []
    for column in some(columns.filter { $0.kind != .ratio && $0.name != name }, range) {
      if column.kind == .date, random.chance(50) {
        let name = fresh()
        chosen.append(ReferenceColumn(name, .integer))
        items.append("\(name) = year(\(column.name))")
      } else if column.kind == .text, random.chance(20) {
        let name = fresh()
        chosen.append(ReferenceColumn(name, .text))
        items.append("\(name) = fold(\(column.name))")
      } else {
        chosen.append(column)
        items.append(column.name)
      }
    }
    if chosen.isEmpty {
      let name = fresh()
      return ([ReferenceColumn(name, .integer)], "\(name) = 1")
    }
    return (chosen, items.joined(separator: ", "))
  }

  private mutating func sortKeys() -> String {
    some(columns, 1...2).map { $0.name + (random.chance(50) ? " desc" : "") }.joined(separator: ", ")
  }

  private mutating func join() -> String {
    let right: [ReferenceColumn]
    let name: String
    if random.chance(30) {
      name = "subset"
      right = [ReferenceColumn("région", .text), ReferenceColumn("target", .integer), ReferenceColumn("note", .text)]
    } else {
      name = "more"
      right = others[0].reference.columns
    }
    let pairs = right.flatMap { column in
      columns.filter { $0.kind == column.kind && $0.kind != .ratio }.map { ($0, column) }
    }
    guard let (leftKey, rightKey) = pairs.randomElement(using: &random) else { return "where true" }
    let kind = random.pick(["", "left ", "inner ", "full ", "semi ", "anti "])
    let key = leftKey.name == rightKey.name ? leftKey.name : "left.\(leftKey.name) = \(name).\(rightKey.name)"
    let text = "join \(kind)\(random.chance(75) ? "many " : "")\(name) on \(key)"
    if kind == "semi " || kind == "anti " { return text }
    for column in right where column.name != rightKey.name {
      if columns.contains(where: { $0.name == column.name }) {
        // Its name is `more target`, which a query reaches by its handle; the generator lets it be.
        isClosed = isClosed || columns.contains { $0.name == "\(name) \(column.name)" }
      } else {
        columns.append(column)
      }
    }
    return text
  }

  private mutating func append() -> String {
    let other = others[0].reference.columns
    for column in other {
      if let here = columns.first(where: { $0.name == column.name }), here.kind != column.kind { return "where true" }
    }
    columns += other.filter { column in !columns.contains { $0.name == column.name } }
    return "append more"
  }

  private mutating func unpivot() -> String {
    let chosen = some(columns.filter { [.integer, .real].contains($0.kind) }, 1...3)
    guard !chosen.isEmpty else { return "distinct" }
    let name = fresh()
    let value = fresh()
    let kind: Kind = chosen.contains { $0.kind == .real } ? .real : .integer
    columns =
      columns.filter { column in !chosen.contains(column) } + [
        ReferenceColumn(name, .text), ReferenceColumn(value, kind),
      ]
    return "unpivot \(chosen.map(\.name).joined(separator: ", ")) into \(name), \(value)"
  }

  private mutating func complete() -> String {
    let chosen = some(columns.filter { $0.kind != .ratio }, 1...2)
    guard !chosen.isEmpty else { return "distinct" }
    return "complete " + chosen.map(\.name).joined(separator: ", ")
  }

  // MARK: Expressions

  private mutating func some(_ columns: [ReferenceColumn], _ range: ClosedRange<Int>) -> [ReferenceColumn] {
    Array(columns.shuffled(using: &random).prefix(random.number(range)))
  }

  private mutating func kind() -> Kind {
    random.pick([.integer, .integer, .real, .real, .text, .boolean, .date, .period, .days])
  }

  private mutating func column(_ kind: Kind) -> String? {
    columns.filter { $0.kind == kind }.randomElement(using: &random)?.name
  }

  /// An expression of a kind on one row.
  private mutating func value(_ kind: Kind, _ depth: Int) -> String {
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

  private mutating func duration() -> String {
    "\(random.number(0...25)) \(random.pick(["days", "weeks", "months", "quarters", "years"]))"
  }

  private mutating func leaf(_ kind: Kind) -> String {
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

  private mutating func condition(_ depth: Int) -> String {
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
  private var hasResults: Bool {
    [("target", Kind.integer), ("actual", .integer), ("cost", .real)].allSatisfy {
      columns.contains(ReferenceColumn($0.0, $0.1))
    }
  }

  private mutating func aggregate() -> (text: String, kind: Kind) {
    if hasResults, random.chance(15) {
      return random.pick(
        [
          ("reached", .ratio), ("achievement", .ratio), ("met", .boolean), ("status", .text), ("gap", .integer),
          ("weighed", .real), ("most", .integer), ("reached.expected", .integer), ("reached.numerator", .real),
          ("mean(reached per target)", .real), ("max(sum(actual) per région)", .integer),
          ("sum(count per target, actual)", .integer), ("count(met)", .integer), ("share(met)", .ratio),
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
    case 6: return ("quantile(\(x), \(random.pick(["0", "0.25", "0.9", "1", "1.5"]))\(filter))", .real)
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

extension String {
  /// Keys without their names: `c1 = year(d), e` → `year(d), e`.
  fileprivate var bare: String {
    split(separator: ",").map { item in
      item.split(separator: "=").last.map { $0.drop { $0 == " " } } ?? ""
    }.joined(separator: ", ")
  }
}
