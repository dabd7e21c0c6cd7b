extension Printer {
  /// Lays out a step without the `|` before it.
  func step(_ kind: StepSyntax.Kind) -> Layout {
    switch kind {
    case .filter(let condition):
      // The operands of `and` have their own two spaces.
      return .group(.sequence([.text("where "), .indent(2, layout(condition))]))
    case .add(let add):
      var clauses: [Layout] = []
      if let per = add.per {
        clauses.append(per.isEmpty ? .text("per all") : clause("per", per.map { layout($0) }))
      }
      if !add.sort.isEmpty { clauses.append(clause("sort", add.sort.map(key))) }
      return step("add", .items(add.columns.map(named)), clauses)
    case .keep(let columns): return step("keep", .fill(columns.map(selection)))
    case .drop(let columns): return step("drop", .fill(columns.map(selection)))
    case .rename(let pairs):
      return step("rename", .items(pairs.map { .text("\(name($0.new)) = \(name($0.old))") }))
    case .summarize(let summarize):
      var clauses: [Layout] = []
      if !summarize.keys.isEmpty { clauses.append(clause("by", summarize.keys.map(named))) }
      if let across = summarize.across { clauses.append(clause("across", [named(across)])) }
      if summarize.hasTotals { clauses.append(.text("with totals")) }
      return step("summarize", .items(summarize.aggregates.map(named)), clauses)
    case .count(let keys): return keys.isEmpty ? .text("count") : step("count", clause("by", keys.map(named)))
    case .sort(let keys): return step("sort", .fill(keys.map(key)))
    case .take(let first, let last):
      guard let first else { return step("take", layout(last)) }
      return step(
        "take", .sequence([layout(first, Precedence.coalesce), .text(".."), layout(last, Precedence.coalesce)]))
    case .top(let top):
      var clauses = [Layout.sequence([.text("by "), layout(top.by)])]
      if !top.per.isEmpty { clauses.append(clause("per", top.per.map { layout($0) })) }
      return step(top.isBottom ? "bottom" : "top", layout(top.count), clauses)
    case .distinct(let columns):
      return columns.isEmpty ? .text("distinct") : step("distinct", .fill(columns.map(selection)))
    case .join(let join):
      var verb = "join"
      if join.kind != .left { verb += " \(join.kind.rawValue)" }
      if join.allowsMany { verb += " many" }
      let keys = join.keys.map { key -> Layout in
        let left = layout(key.left, Precedence.range)
        return key.right.map { .sequence([left, .text(" = "), layout($0, Precedence.range)]) } ?? left
      }
      return step(verb, source(join.source), [clause("on", keys)])
    case .append(let value): return step("append", source(value))
    case .unpivot(let columns, let label, let value):
      return step("unpivot", .fill(columns.map(selection)), [.text("into \(name(label)), \(name(value))")])
    case .unnest(let unnest):
      var clauses: [Layout] = []
      if let separator = unnest.separator { clauses.append(.sequence([.text("by "), layout(separator)])) }
      if unnest.hasPosition { clauses.append(.text("with position")) }
      return step("unnest", named(unnest.column), clauses)
    case .complete(let columns): return step("complete", .fill(columns.map { layout($0) }))
    case .check(let condition, let text): return step("check", layout(condition), text.map { [layout($0)] } ?? [])
    case .unavailable(let verb): return .text(verb)
    case .invalid: return .text("where true")
    }
  }

  /// A verb, what follows it, and its further parts, each on its line where the step does not fit.
  private func step(_ verb: String, _ arguments: Layout, _ clauses: [Layout] = []) -> Layout {
    var parts: [Layout] = [.text(verb)]
    if clauses.isEmpty {
      parts += [.text(" "), .indent(4, arguments)]
    } else {
      parts.append(.indent(4, .sequence([.space, arguments])))
    }
    for clause in clauses { parts.append(.indent(4, .sequence([.space, clause]))) }
    return .group(.sequence(parts))
  }

  private func clause(_ word: String, _ items: [Layout]) -> Layout {
    .sequence([.text(word + " "), .indent(2, .fill(items))])
  }

  private func named(_ item: NamedExpressionSyntax) -> Layout {
    guard let label = item.name else {
      // `a = b` would name the value, so a comparison that begins so has parentheses.
      return startsLikeName(item.value)
        ? .sequence([.text("("), layout(item.value), .text(")")]) : layout(item.value)
    }
    return .sequence([.text("\(name(label)) = "), .indent(2, layout(item.value))])
  }

  /// An option of `from`, of which `missing` needs no backticks.
  private func option(_ item: NamedExpressionSyntax) -> Layout {
    guard let label = item.name, !label.isQuoted, label.text == "missing" else { return named(item) }
    return .sequence([.text("missing = "), .indent(2, layout(item.value))])
  }

  private func startsLikeName(_ expression: ExpressionSyntax) -> Bool {
    switch expression.kind {
    case .comparison(let first, let links):
      if case .name = first.kind { return links.first?.comparison == .equal }
      return false
    case .binary(_, let left, _): return startsLikeName(left)
    default: return false
    }
  }

  private func selection(_ item: SelectionSyntax) -> Layout {
    switch item {
    case .expression(let value): named(value)
    case .pattern(let pattern, _): .text(pattern)
    }
  }

  private func key(_ key: SortKeySyntax) -> Layout {
    key.isDescending ? .sequence([layout(key.value), .text(" desc")]) : layout(key.value)
  }

  func source(_ source: SourceSyntax) -> Layout {
    switch source.kind {
    case .name(let value): return .text(value.text == "stdin" ? "`stdin`" : name(value))
    case .qualified(let connection, let table): return .text("\(name(connection)).\(name(table))")
    case .file(let path, let options):
      let file = Layout.text(TextLiteral.encode(path))
      guard !options.isEmpty else { return file }
      return .sequence([file, .text(" with "), .indent(2, .fill(options.map(option)))])
    case .standardInput: return .text("stdin")
    case .pipeline(let pipeline):
      return .group(
        .sequence([.text("("), .indent(2, .sequence([.soft, flat(pipeline)])), .soft, .text(")")]))
    case .invalid: return .text("missing")
    }
  }
}
