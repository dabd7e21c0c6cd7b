import BilanTestSupport

/// Writes random queries that a checker must accept, over tables whose columns it knows.
struct QueryGenerator {
  var random: SplitMix64
  var columns: [ReferenceColumn] = []
  var others: [TestTable]
  private let main: TestTable
  var number = 0
  /// Where a crosstab has ended the pipeline.
  var isClosed = false

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

  mutating func fresh() -> String {
    number += 1
    return "c\(number)"
  }

  // MARK: Steps

  mutating func step() -> String {
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
    case 19: return random.chance(40) ? append() : random.chance(60) ? unpivot() : unnest()
    default: return complete()
    }
  }

  mutating func add() -> String {
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

  mutating func window() -> String {
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

  mutating func keep() -> String {
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

  mutating func summarize() -> String {
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
  mutating func keys(_ range: ClosedRange<Int>, except name: String = "") -> (
    columns: [ReferenceColumn], text: String
  ) {
    var chosen: [ReferenceColumn] = []
    var items: [String] = []
    for column in some(columns.filter { $0.name != name }, range) {
      if column.kind == .date, random.chance(50) {
        let name = fresh()
        chosen.append(ReferenceColumn(name, .integer))
        items.append("\(name) = year(\(column.name))")
      } else if column.kind == .text, random.chance(20) {
        let name = fresh()
        chosen.append(ReferenceColumn(name, .text))
        items.append("\(name) = fold(\(column.name))")
      } else {
        // As a key a ratio is its value.
        chosen.append(ReferenceColumn(column.name, column.kind == .ratio ? .real : column.kind))
        items.append(column.name)
      }
    }
    if chosen.isEmpty {
      let name = fresh()
      return ([ReferenceColumn(name, .integer)], "\(name) = 1")
    }
    return (chosen, items.joined(separator: ", "))
  }

  mutating func sortKeys() -> String {
    some(columns, 1...2).map { $0.name + (random.chance(50) ? " desc" : "") }.joined(separator: ", ")
  }

  mutating func join() -> String {
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

  mutating func append() -> String {
    let other = others[0].reference.columns
    for column in other {
      if let here = columns.first(where: { $0.name == column.name }), here.kind != column.kind { return "where true" }
    }
    columns += other.filter { column in !columns.contains { $0.name == column.name } }
    return "append more"
  }

  mutating func unpivot() -> String {
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

  mutating func unnest() -> String {
    let texts = columns.indices.filter { columns[$0].kind == .text }
    guard let place = texts.randomElement(using: &random) else { return "distinct" }
    let old = columns[place].name
    let name = random.chance(50) ? fresh() : nil
    if let name { columns[place].name = name }
    var step = "unnest \(name.map { "\($0) = " } ?? "")\(old) by \"\(random.pick([" ", "e", "-", "; "]))\""
    if random.chance(30), !columns.contains(where: { $0.name == "position" }) {
      columns.insert(ReferenceColumn("position", .integer), at: place)
      step += " with position"
    }
    return step
  }

  mutating func complete() -> String {
    let chosen = some(columns, 1...2)
    guard !chosen.isEmpty else { return "distinct" }
    for index in columns.indices where columns[index].kind == .ratio && chosen.contains(columns[index]) {
      columns[index].kind = .real
    }
    return "complete " + chosen.map(\.name).joined(separator: ", ")
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
