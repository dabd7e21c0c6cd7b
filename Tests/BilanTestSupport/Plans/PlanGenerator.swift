import BilanColumnar
import BilanFunctions
import BilanPlan

/// Makes plans of a few random steps over two small random tables.
package struct PlanGenerator {
  private var state: UInt64
  private var columnCount = 0

  package init(seed: UInt64) { state = (seed &+ 1) &* 0xD134_2543_DE82_EF95 }

  /// SplitMix64.
  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  private mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }
  /// True once in `count` times.
  package mutating func chance(_ count: Int) -> Bool { below(count) == 0 }
  private mutating func pick<T>(_ values: [T]) -> T { values[below(values.count)] }

  package mutating func plan() -> LogicalPlan {
    var builder = source()
    for _ in 0..<(1 + below(7)) { builder = step(builder) }
    return builder.plan
  }

  private mutating func value(_ type: DataType) -> Value {
    if chance(6) { return .missing }
    switch type {
    case .text: return .text(pick(["a", "b", "c"]))
    case .integer: return .integer(Int64(2018 + below(4)))
    case .real: return .real(Double(below(5)))
    default: return .boolean(chance(2))
    }
  }

  private mutating func source() -> PlanBuilder {
    var rows: [[Value]] = []
    for _ in 0..<below(12) { rows.append(resultFields.map { value($0.type) }) }
    return .scan(table("results", resultFields, rows))
  }

  private mutating func rightSource() -> PlanBuilder {
    var rows: [[Value]] = []
    for _ in 0..<below(6) { rows.append(regionFields.map { value($0.type) }) }
    let scan = PlanBuilder.scan(table("regions", regionFields, rows))
    return chance(2) ? scan : step(scan)
  }

  private mutating func newLabel() -> String {
    columnCount += 1
    return "c\(columnCount)"
  }

  private mutating func column(_ builder: PlanBuilder, where accepts: (DataType) -> Bool = { _ in true }) -> Expression?
  {
    let fields = builder.fields
    let positions = fields.indices.filter { accepts(fields[$0].type) }
    guard !positions.isEmpty else { return nil }
    let position = pick(positions)
    return .column(position, fields[position].type)
  }

  private mutating func condition(_ builder: PlanBuilder, depth: Int = 2) -> Expression {
    if depth > 0, chance(2) {
      switch below(4) {
      case 0, 1: return call("and", condition(builder, depth: depth - 1), condition(builder, depth: depth - 1))
      case 2: return call("or", condition(builder, depth: depth - 1), condition(builder, depth: depth - 1))
      default: return call("not", condition(builder, depth: depth - 1))
      }
    }
    switch below(10) {
    case 0: return truth(chance(2))
    case 1: return .constant(.missing, type: .boolean)
    case 2: if let known = column(builder, where: { $0 == .boolean }) { return known }
    case 3: if let year = column(builder, where: { $0 == .integer }) { return call("fragile", year) }
    case 4:
      if let year = column(builder, where: { $0 == .integer }) {
        return call("<", call("-", year, number(1)), number(2019))
      }
    case 5:
      if let key = column(builder, where: { $0 == .text }) {
        let side = rightSource()
        if let id = column(side, where: { $0 == .text }) {
          return Expression(.inSubquery(key, side.project { _ in [("k", id)] }.plan), type: .boolean)
        }
      }
    default: break
    }
    guard let one = column(builder) else { return truth(true) }
    if chance(4) { return call("is_missing", one) }
    return call(pick(["=", "<", ">"]), one, .constant(value(one.type), type: one.type))
  }

  private mutating func expression(_ builder: PlanBuilder) -> Expression {
    switch below(6) {
    case 0: if let real = column(builder, where: { $0 == .real }) { return call("+", real, .constant(.real(1))) }
    case 1: if let key = column(builder, where: { $0 == .text }) { return call("+", key, text("x")) }
    case 2: if let year = column(builder, where: { $0 == .integer }) { return call("*", year, number(2)) }
    case 3: return condition(builder, depth: 1)
    case 4:
      if let one = column(builder) { return call("select", condition(builder, depth: 0), one, one) }
    default: break
    }
    return column(builder) ?? number(1)
  }

  private mutating func aggregates(_ builder: PlanBuilder) -> [(String, AggregateCall)] {
    (0..<(1 + below(2))).map { _ in
      let filter = chance(3) ? condition(builder, depth: 1) : nil
      let real = column(builder) { $0 == .real }
      if let real, chance(3) {
        let keys = column(builder).map { [$0] } ?? []
        let nested = NestedAggregation(keys: keys, aggregates: [aggregate("sum", real, filter: filter)])
        return (newLabel(), aggregate("sum", .column(0, .real), nested: nested))
      }
      if let real, chance(2) { return (newLabel(), aggregate("sum", real, filter: filter)) }
      if let any = column(builder, where: { $0 != .boolean }), chance(2) {
        return (newLabel(), aggregate("min", any, filter: filter))
      }
      return (newLabel(), aggregate("count", filter: filter))
    }
  }

  private mutating func step(_ builder: PlanBuilder) -> PlanBuilder {
    let labels = builder.fields.map(\.label)
    switch below(17) {
    case 0, 1, 2, 3:
      let condition = condition(builder)
      return builder.filter { _ in condition }
    case 4, 5:
      let outputs = (0..<(1 + below(2))).map { _ in (newLabel(), expression(builder)) }
      return builder.add { _ in outputs }
    case 6, 7:
      var outputs: [(String, Expression)] = [(newLabel(), expression(builder))]
      for _ in 0..<(1 + below(3)) {
        if let column = column(builder) { outputs.append((newLabel(), column)) }
      }
      return builder.project { _ in outputs }
    case 8:
      let keys = (0..<below(3)).map { _ in (newLabel(), expression(builder)) }
      let calls = aggregates(builder)
      return builder.aggregate(by: { _ in keys }, totals: !keys.isEmpty && chance(3) ? [[]] : []) { _ in calls }
    case 9:
      let keys = (0..<below(3)).compactMap { _ in column(builder) }
      let order = column(builder).map { [SortKey($0, isDescending: chance(2))] } ?? []
      var calls: [(String, WindowNode.Call, DataType)] = aggregates(builder).map { label, call in
        (label, chance(2) ? .aggregate(call) : .running(call), call.type)
      }
      calls.append((newLabel(), chance(2) ? .rank : .row, .integer))
      if let any = column(builder) { calls.append((newLabel(), .shifted(any, distance: 1), any.type)) }
      return builder.window(per: { _ in keys }, sort: { _ in order }) { _ in calls }
    case 10: return builder.sort(pick(labels), descending: chance(2))
    case 11:
      let start = chance(2) ? 0 : below(3)
      return builder.take(start..<(start + below(6)))
    case 12:
      return builder.top(1 + below(3), by: pick(labels), per: chance(2) ? [pick(labels)] : [], isBottom: chance(2))
    case 13: return chance(2) ? builder.distinct() : builder.complete(pick(labels))
    case 14:
      let right = rightSource()
      let keys = builder.fields.filter { $0.type == .text }
      let rightKeys = right.fields.filter { $0.type == .text }
      guard !keys.isEmpty, !rightKeys.isEmpty else { return builder }
      let kind = pick([JoinNode.Kind.left, .inner, .full, .semi, .anti])
      let taken = kind == .semi || kind == .anti ? [] : right.fields.map(\.label).filter { _ in chance(2) }
      return builder.join(kind, right, on: pick(keys).label, pick(rightKeys).label, taking: taken)
    case 15:
      if chance(2) {
        let condition = condition(builder)
        return builder.append(builder.filter { _ in condition })
      }
      let texts = builder.fields.filter { $0.type == .text }.map(\.label)
      if !texts.isEmpty, chance(2) {
        return builder.unnest(pick(texts), by: pick(["a", " ", ", "]), position: chance(2) ? newLabel() : nil)
      }
      let reals = builder.fields.filter { $0.type == .real }.map(\.label)
      guard !reals.isEmpty else { return builder }
      return builder.unpivot(reals, keeping: labels.filter { _ in chance(2) })
    default:
      let condition = condition(builder, depth: 1)
      return builder.check(visible: chance(2) ? nil : 1 + below(labels.count)) { _ in condition }
    }
  }
}
