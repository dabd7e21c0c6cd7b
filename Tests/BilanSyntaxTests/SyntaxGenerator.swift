import BilanDiagnostics
import BilanSyntax

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers from the same seed, everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0xD134_2543_DE82_EF95 &+ 1 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Makes trees that the language can say, of every kind of item, step and expression.
struct SyntaxGenerator {
  private var random: SeededGenerator
  private let source = Source(name: "<generated>", text: "")

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  private var span: Span { Span(source, 0..<0) }

  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
  private mutating func pick<T>(_ choices: [T]) -> T { choices.randomElement(using: &random)! }
  private mutating func many<T>(_ range: ClosedRange<Int>, _ make: (inout Self) -> T) -> [T] {
    (0..<Int.random(in: range, using: &random)).map { _ in make(&self) }
  }

  private mutating func name() -> Name {
    if chance(15) {
      return Name(pick(["Région d'intervention", "by", "2019", "a`b", "été", "NULL"]), isQuoted: true, span: span)
    }
    return Name(pick(["region", "a", "b_2", "réalisé", "count", "top", "period", "first", "year", "sort"]), span: span)
  }

  private func make(_ kind: ExpressionSyntax.Kind) -> ExpressionSyntax { ExpressionSyntax(kind, span: span) }

  mutating func expression(_ depth: Int = 3) -> ExpressionSyntax {
    guard depth > 0 else { return leaf() }
    switch Int.random(in: 0..<15, using: &random) {
    case 0...2: return leaf()
    case 3: return make(.unary(pick([.negate, .not]), expression(depth - 1)))
    case 4, 5: return make(.binary(pick(BinaryOperator.allCases), expression(depth - 1), expression(depth - 1)))
    case 6:
      let links = many(1...2) {
        ComparisonLink($0.pick(ComparisonOperator.allCases), operatorSpan: $0.span, right: $0.expression(depth - 1))
      }
      return make(.comparison(expression(depth - 1), links))
    case 7: return make(.isMissing(expression(depth - 1), negated: chance(50)))
    case 8: return make(.membership(expression(depth - 1), in: expression(depth - 1), negated: chance(50)))
    case 9: return make(.range(expression(depth - 1), expression(depth - 1)))
    case 10: return make(.list(many(0...4) { $0.expression(depth - 1) }))
    case 11:
      let branches = many(1...2) {
        ConditionalBranch(condition: $0.expression(depth - 1), value: $0.expression(depth - 1))
      }
      return make(.conditional(branches, otherwise: expression(depth - 1)))
    case 12: return make(.pipeline(pipeline(depth - 1)))
    case 13: return make(.field(expression(depth - 1), name()))
    default:
      let arguments = many(0...3) {
        CallSyntax.Argument(label: $0.chance(20) ? $0.name() : nil, value: $0.expression(depth - 1))
      }
      return make(
        .call(
          CallSyntax(
            name: name(), arguments: arguments, filter: chance(30) ? expression(depth - 1) : nil,
            per: chance(20) ? many(1...2) { $0.expression(depth - 1) } : [])))
    }
  }

  private mutating func leaf() -> ExpressionSyntax {
    switch Int.random(in: 0..<11, using: &random) {
    case 0: return make(.integer(pick([0, 7, 2019, .max])))
    case 1: return make(.real(pick([0.5, 3.0, 1e100, 2.5e-9, 123456.789])))
    case 2: return make(.percent(Double(Int.random(in: 0...30_000, using: &random)) / 10_000))
    case 3: return make(.text(pick(["", "Fès \"x\"", "a\\b\n\t\u{1}", "l'été # | (", "'"])))
    case 4: return make(.boolean(chance(50)))
    case 5: return make(.missing)
    case 6:
      return make(
        .period(pick([.fiscalYear(2019), .semester(2020, 2), .quarter(2019, 3), .month(1999, 12), .day(2020, 2, 29)])))
    case 7:
      return make(.duration(count: pick([1, 18]), unit: pick(DurationWord.allCases)))
    case 8: return make(.parameter(Name(pick(["region", "since"]), span: span)))
    default: return make(.name(name()))
    }
  }

  private mutating func named(_ depth: Int = 2) -> NamedExpressionSyntax {
    NamedExpressionSyntax(name: chance(50) ? name() : nil, value: expression(depth))
  }

  private mutating func selection() -> SelectionSyntax {
    chance(25) ? .pattern(pick(["id*", "*_total", "*mid*", "*"]), span: span) : .expression(named(1))
  }

  private mutating func key() -> SortKeySyntax {
    // A key that begins with `-` is taken for the habit of another language.
    SortKeySyntax(
      value: make(.call(CallSyntax(name: name(), arguments: [], filter: expression(1), per: []))),
      isDescending: chance(50))
  }

  private mutating func source(_ depth: Int) -> SourceSyntax {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return SourceSyntax(.qualified(name(), Name("results", span: span)), span: span)
    case 1:
      let options = many(0...2) { NamedExpressionSyntax(name: $0.name(), value: $0.expression(1)) }
      return SourceSyntax(.file(pick(["a.csv", "data/é.csv"]), options: options), span: span)
    case 2: return SourceSyntax(.standardInput, span: span)
    case 3 where depth > 0: return SourceSyntax(.pipeline(pipeline(depth - 1)), span: span)
    default: return SourceSyntax(.name(name()), span: span)
    }
  }

  mutating func pipeline(_ depth: Int) -> PipelineSyntax {
    PipelineSyntax(
      source: source(depth), steps: many(0...3) { StepSyntax($0.step(depth), span: $0.span, verbSpan: $0.span) },
      span: span)
  }

  private mutating func step(_ depth: Int) -> StepSyntax.Kind {
    switch Int.random(in: 0..<17, using: &random) {
    case 0: return .filter(expression(depth))
    case 1:
      return .add(
        AddSyntax(
          columns: many(1...3) { $0.named() }, per: chance(50) ? many(0...2) { $0.expression(1) } : nil,
          sort: many(0...2) { $0.key() }))
    case 2: return .keep(many(1...6) { $0.selection() })
    case 3: return .drop(many(1...3) { $0.selection() })
    case 4: return .rename(many(1...3) { (new: $0.name(), old: $0.name()) })
    case 5:
      return .summarize(
        SummarizeSyntax(
          aggregates: many(1...4) { $0.named() }, keys: many(0...3) { $0.named(1) },
          across: chance(30) ? named(1) : nil, hasTotals: chance(30)))
    case 6: return .count(by: many(0...2) { $0.named(1) })
    case 7: return .sort(many(1...3) { $0.key() })
    case 8:
      let first = chance(50) ? expression(1) : nil
      // A range alone is the two ends of `take`.
      return .take(first: first, last: leaf())
    case 9:
      return .top(
        TopSyntax(isBottom: chance(50), count: leaf(), by: expression(1), per: many(0...2) { $0.expression(1) }))
    case 10: return .distinct(many(0...3) { $0.selection() })
    case 11:
      let keys = many(1...3) { JoinSyntax.Key(left: $0.expression(1), right: $0.chance(50) ? $0.expression(1) : nil) }
      return .join(JoinSyntax(kind: pick(JoinKind.allCases), allowsMany: chance(30), source: source(depth), keys: keys))
    case 12: return .append(source(depth))
    case 13: return .unpivot(many(1...3) { $0.selection() }, name: name(), value: name())
    case 14: return .complete(many(1...3) { $0.expression(1) })
    case 15:
      return .unnest(
        UnnestSyntax(column: named(1), separator: chance(50) ? leaf() : nil, hasPosition: chance(30)))
    default: return .check(expression(depth), text: chance(50) ? make(.text("no \"negative\"")) : nil)
    }
  }

  mutating func program() -> ProgramSyntax {
    let items = many(1...3) { generator in
      ItemSyntax(generator.item(), documentation: nil, span: generator.span)
    }
    return ProgramSyntax(items: items, source: source, documentation: nil)
  }

  private mutating func item() -> ItemSyntax.Kind {
    switch Int.random(in: 0..<5, using: &random) {
    case 0: return .use(path: pick(["lib/é.bilan", "a\"b"]))
    case 1:
      let type: ParameterSyntax.TypeSyntax = pick([
        .number, .percent, .text, .boolean, .date, .period, .list(.text), .list(.choice([leaf(), leaf()])),
      ])
      return .parameter(
        ParameterSyntax(name: name(), type: type, typeSpan: span, defaultValue: chance(50) ? expression(2) : nil))
    case 2:
      let body: DefinitionSyntax.Body = chance(50) ? .pipeline(pipeline(2)) : .expression(expression())
      return .definition(
        DefinitionSyntax(name: name(), parameters: chance(40) ? many(0...3) { $0.name() } : nil, body: body))
    default: return .query(pipeline(2))
    }
  }
}
