import BilanColumnar
import BilanDiagnostics
import BilanFunctions
import BilanSyntax

extension Resolver {
  // MARK: add

  /// Each column sees those before it. They are worked out together as long as none needs another of the same step, nor
  /// `per` or `sort` does.
  func add(_ syntax: AddSyntax, to state: inout PipelineState) throws(QueryError) {
    if let key = syntax.per?.first, syntax.per?.count ?? 0 > 1, case .name(let name) = key.kind, name.text == "all",
      !name.isQuoted, case .none = NameLookup.column(name, in: state.schema)
    {
      throw failure(
        .unexpectedToken, Localized("`per all` ends the step", fr: "`per all` termine l’étape"), at: key.span,
        label: Localized("all rows are one group", fr: "toutes les lignes font un groupe"),
        help: Localized(
          "columns stand before it: `add a = …, b = … per all`",
          fr: "les colonnes se placent avant : `add a = …, b = … per all`"))
    }
    var batch: [NamedExpressionSyntax] = []
    var names: Set<String> = []
    let keys = (syntax.per ?? []) + syntax.sort.map(\.value)
    for column in syntax.columns {
      if mentions(column.value, names) || keys.contains(where: { mentions($0, names) }) {
        try add(batch, syntax, isLast: false, to: &state)
        batch = []
        names = []
      }
      batch.append(column)
      if let name = column.name { names.insert(TextFolding.handle(of: name.text)) }
    }
    if !batch.isEmpty { try add(batch, syntax, isLast: true, to: &state) }
  }

  private func add(
    _ columns: [NamedExpressionSyntax], _ syntax: AddSyntax, isLast: Bool, to state: inout PipelineState
  ) throws(QueryError) {
    var scope = state.scope
    let input = state.schema
    let collector = WindowCollector(
      inputCount: input.count, hasPartition: syntax.per != nil, hasOrder: !syntax.sort.isEmpty)
    scope.mode = .window(collector)
    var outputs = input.fields.indices.map { index in
      OutputExpression(.column(index, input[index].type), field: input[index])
    }
    var made: Set<String> = []
    for column in columns {
      let label = column.name?.text ?? defaultName(column.value)
      if !made.insert(label).inserted { throw duplicate(label, at: column.name?.span ?? column.value.span) }
      let resolved =
        attempt { () throws(QueryError) in try self.expression(column.value, in: scope) }
        ?? Resolved(.constant(.missing, span: column.value.span))
      let output = OutputExpression(resolved.expression, field: resolved.field(label))
      if let name = column.name, case .found(let index) = NameLookup.column(name, in: input) {
        // Replacing a column keeps its place and its label.
        var field = output.field
        field.label = input[index].label
        field.handle = input[index].handle
        field.aliases = input[index].aliases
        outputs[index] = OutputExpression(output.expression, field: field)
      } else {
        outputs.append(output)
      }
    }
    if !collector.calls.isEmpty {
      var partition: [Expression] = []
      for key in syntax.per ?? [] {
        if let value = attempt({ () throws(QueryError) in try self.expression(key, in: state.scope) }) {
          partition.append(keyValue(value).expression)
        }
      }
      let order = try sortKeys(syntax.sort, in: state.scope)
      state.plan = .window(
        WindowNode(input: state.plan, partition: partition, order: order, calls: collector.calls))
    } else if isLast {
      // Without a function of the group `per` and `sort` change nothing, but their names must still be right.
      for key in syntax.per ?? [] {
        _ = attempt { () throws(QueryError) in try self.expression(key, in: state.scope) }
      }
      _ = try sortKeys(syntax.sort, in: state.scope)
    }
    state.plan = .project(ProjectNode(input: state.plan, outputs: outputs))
  }

  /// What an expression without a name is called: a column's label, a measure's name, else its text.
  func defaultName(_ syntax: ExpressionSyntax, in schema: Schema = Schema([])) -> String {
    if case .name(let name) = syntax.kind {
      if case .found(let index) = NameLookup.column(name, in: schema) { return schema[index].label }
      return name.text
    }
    return syntax.span.text.collapsingWhiteSpace
  }

  private func mentions(_ syntax: ExpressionSyntax, _ names: Set<String>) -> Bool {
    !names.isEmpty
      && names.contains { name in
        syntax.span.text.split { !($0.isLetter || $0.isNumber || $0 == "_") }
          .contains { TextFolding.handle(of: String($0)) == name }
      }
  }

  func duplicate(_ label: String, at span: Span) -> QueryError {
    failure(
      .duplicateName,
      Localized("two columns would be called `\(label)`", fr: "deux colonnes s’appelleraient `\(label)`"), at: span,
      help: Localized("give it another name: `name = …`", fr: "lui donner un autre nom : `nom = …`"))
  }

  // MARK: keep, drop, rename

  func keep(_ selections: [SelectionSyntax], of state: inout PipelineState) throws(QueryError) {
    let scope = state.scope
    var outputs: [OutputExpression] = []
    for selection in selections {
      switch selection {
      case .expression(let named):
        let resolved =
          attempt { () throws(QueryError) in try self.expression(named.value, in: scope) }
          ?? Resolved(.constant(.missing, span: named.value.span))
        if case .column(let index) = resolved.expression.kind, named.name == nil {
          outputs.append(OutputExpression(resolved.expression, field: scope.schema[index]))
        } else {
          let label = named.name?.text ?? defaultName(named.value, in: scope.schema)
          outputs.append(OutputExpression(resolved.expression, field: resolved.field(label)))
        }
        if let last = outputs.last, outputs.dropLast().contains(where: { $0.field.label == last.field.label }) {
          throw duplicate(last.field.label, at: named.name?.span ?? named.value.span)
        }
      case .pattern(let pattern, let span):
        for index in try matches(pattern, at: span, in: scope.schema)
        where !outputs.contains(where: { $0.field.label == scope.schema[index].label }) {
          let field = scope.schema[index]
          outputs.append(OutputExpression(.column(index, field.type), field: field))
        }
      }
    }
    outputs += hidden(beside: outputs.map(\.field), of: scope.schema)
    state.plan = .project(ProjectNode(input: state.plan, outputs: outputs))
  }

  func drop(_ selections: [SelectionSyntax], of state: inout PipelineState) throws(QueryError) {
    let schema = state.schema
    let dropped = Set(try positions(selections, verb: "drop", in: state.scope))
    let kept = schema.fields.indices.filter { !dropped.contains($0) && !schema[$0].isHidden }
    let outputs = kept.map { OutputExpression(.column($0, schema[$0].type), field: schema[$0]) }
    state.plan = .project(
      ProjectNode(
        input: state.plan, outputs: outputs + hidden(beside: kept.map { schema[$0] }, of: schema)))
  }

  /// The columns that plain selections name.
  private func positions(
    _ selections: [SelectionSyntax], verb: String, in scope: Scope
  ) throws(QueryError) -> [Int] {
    var result: [Int] = []
    for selection in selections {
      switch selection {
      case .pattern(let pattern, let span): result += try matches(pattern, at: span, in: scope.schema)
      case .expression(let named):
        var written = dottedName(named.value, in: scope.schema)
        if case .name(let name) = named.value.kind { written = name }
        guard let name = written, named.name == nil else {
          throw failure(
            .typeMismatch, Localized("`\(verb)` takes columns", fr: "`\(verb)` prend des colonnes"),
            at: named.value.span)
        }
        guard let column = try self.column(name, in: scope), case .column(let index) = column.expression.kind else {
          _ = try self.name(name, in: scope)
          throw failure(
            .typeMismatch, Localized("`\(name.text)` is not a column", fr: "`\(name.text)` n’est pas une colonne"),
            at: name.span)
        }
        result.append(index)
      }
    }
    return result
  }

  /// The columns whose label or handle fits `pattern`, in which `*` stands for anything.
  private func matches(_ pattern: String, at span: Span, in schema: Schema) throws(QueryError) -> [Int] {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false).map { TextFolding.fold(String($0)) }
    func fits(_ text: String) -> Bool {
      var rest = TextFolding.fold(text)[...]
      for (index, part) in parts.enumerated() {
        if index == 0 {
          guard rest.hasPrefix(part) else { return false }
          rest = rest.dropFirst(part.count)
        } else if index == parts.count - 1 {
          return rest.hasSuffix(part)
        } else {
          guard let found = rest.indices.first(where: { rest[$0...].hasPrefix(part) }) else { return false }
          rest = rest[found...].dropFirst(part.count)
        }
      }
      return rest.isEmpty
    }
    let hits = schema.fields.indices.filter { index in
      !schema[index].isHidden && (fits(schema[index].label) || fits(schema[index].handle))
    }
    if hits.isEmpty {
      throw failure(
        .noColumnMatches,
        Localized("no column matches `\(pattern)`", fr: "aucune colonne ne correspond à `\(pattern)`"),
        at: span, help: Resolver.available(NameLookup.spellings(schema)))
    }
    return hits
  }

  func rename(_ pairs: [(new: Name, old: Name)], in state: inout PipelineState) throws(QueryError) {
    let scope = state.scope
    var fields = scope.schema.fields
    var renamed: Set<Int> = []
    for pair in pairs {
      guard let column = try self.column(pair.old, in: scope), case .column(let index) = column.expression.kind else {
        _ = try self.name(pair.old, in: scope)
        continue
      }
      guard renamed.insert(index).inserted else {
        throw failure(
          .duplicateName,
          Localized("`\(pair.old.text)` is renamed twice", fr: "`\(pair.old.text)` est renommée deux fois"),
          at: pair.old.span)
      }
      fields[index].label = pair.new.text
      fields[index].handle = TextFolding.handle(of: pair.new.text)
      fields[index].aliases = []
    }
    for pair in pairs where fields.count(where: { !$0.isHidden && $0.label == pair.new.text }) > 1 {
      throw duplicate(pair.new.text, at: pair.new.span)
    }
    state.plan = .project(
      ProjectNode(
        input: state.plan,
        outputs: fields.indices.map { OutputExpression(.column($0, fields[$0].type), field: fields[$0]) }))
  }

  // MARK: unpivot, append

  func unpivot(
    _ selections: [SelectionSyntax], name: Name, value: Name, step: StepSyntax, state: inout PipelineState
  ) throws(QueryError) {
    let schema = state.schema
    var chosen: [Int] = []
    // A column that a pattern names again is still one.
    for index in try positions(selections, verb: "unpivot", in: state.scope) where !chosen.contains(index) {
      chosen.append(index)
    }
    let columns = chosen.map { Expression.column($0, schema[$0].type) }
    guard let type = matching.commonType(columns) else {
      throw failure(
        .incomparable,
        Localized("these columns are not of one type", fr: "ces colonnes ne sont pas d’un même type"), at: step.span,
        label: Localized(
          verbatim: chosen.map { "`\(schema[$0].label)`: \(schema[$0].type.name)" }.joined(separator: ", ")),
        help: Localized("convert them with `text(…)` first", fr: "les convertir d’abord avec `text(…)`"))
    }
    let values = zip(chosen, columns).map { index, column in
      (expression: matching.convert(column, to: type)?.expression ?? column, label: schema[index].label)
    }
    try requireOneUnit(
      chosen.map { Resolved(.column($0, schema[$0].type), field: schema[$0]) }, "unpivot", at: step.span)
    let first = chosen.first.map { schema[$0] }
    var valueField = Field(
      value.text, type, display: first?.display, unit: chosen.lazy.compactMap { schema[$0].unit }.first,
      isSensitive: chosen.contains { schema[$0].isSensitive })
    valueField.rowUnit = chosen.lazy.compactMap { schema[$0].rowUnit }.first { $0.followed != nil }
    let kept = schema.fields.indices.filter { !chosen.contains($0) }
    let taken = Set(kept.filter { !schema[$0].isHidden }.map { schema[$0].label })
    for (new, span) in [(name.text, name.span), (value.text, value.span)]
    where taken.contains(new) || (new == name.text && name.text == value.text) {
      throw duplicate(new, at: span)
    }
    state.plan = .unpivot(
      UnpivotNode(
        input: state.plan, kept: kept, values: values, nameField: Field(name.text, .text), valueField: valueField))
  }

  /// Columns by name; one that a side lacks is missing there.
  func append(_ source: SourceSyntax, step: StepSyntax, state: inout PipelineState) throws(QueryError) {
    var other = try self.source(source, bindings: state.bindings)
    // What the rows of both sides are is told by columns that both show.
    other.plan = withoutHidden(other.plan)
    state.plan = withoutHidden(state.plan)
    try requireKnown(other.plan, at: source.span)
    let first = state.schema
    let second = other.schema
    var firstOutputs: [OutputExpression] = []
    var secondOutputs: [OutputExpression] = []
    var used: Set<Int> = []
    for (index, field) in first.fields.enumerated() {
      let left = Expression.column(index, field.type)
      var right = Expression.constant(.missing, type: field.type)
      if case .found(let position) = NameLookup.column(field.label, in: second), used.insert(position).inserted {
        right = .column(position, second[position].type)
      }
      guard let type = matching.commonType([left, right]), let one = matching.convert(left, to: type),
        let two = matching.convert(right, to: type)
      else {
        throw failure(
          .keysDiffer,
          Localized(
            "`\(field.label)` is \(Resolver.article(left.type)) here and \(Resolver.article(right.type)) in `\(other.name)`",
            fr:
              "`\(field.label)` est \(Resolver.frenchArticle(left.type)) ici et \(Resolver.frenchArticle(right.type)) dans `\(other.name)`"
          ),
          at: source.span, help: Localized("convert one of them first", fr: "convertir d’abord l’une d’elles"))
      }
      var field = field
      field.type = type
      // What is personal on either side is so in both.
      if case .column(let position) = right.kind, second[position].isSensitive { field.isSensitive = true }
      if case .column(let position) = right.kind { field.rowUnit = field.rowUnit ?? second[position].rowUnit }
      if field.unit != nil, case .column(let position) = right.kind, let unit = second[position].unit,
        unit != field.unit
      {
        throw failure(
          .mixedUnits,
          Localized(
            "`\(field.label)` is in `\(field.unit ?? "")` here and in `\(unit)` in `\(other.name)`",
            fr: "`\(field.label)` est en `\(field.unit ?? "")` ici et en `\(unit)` dans `\(other.name)`"),
          at: source.span)
      }
      if case .column(let position) = right.kind {
        try requireOneUnit(ofElements: field.label, left.type, second[position].type, in: other.name, at: source.span)
      }
      if case .column(let position) = right.kind, let note = noteOnUnits(field, second[position], in: other.name) {
        state.notes.append(note)
      }
      firstOutputs.append(OutputExpression(one.expression, field: field))
      secondOutputs.append(OutputExpression(two.expression, field: field))
    }
    for (position, field) in second.fields.enumerated() where !used.contains(position) {
      firstOutputs.append(OutputExpression(.constant(.missing, type: field.type), field: field))
      secondOutputs.append(OutputExpression(.column(position, field.type), field: field))
    }
    state.notes += other.notes
    state.plan = .append(
      AppendNode(
        first: .project(ProjectNode(input: state.plan, outputs: firstOutputs)),
        second: .project(ProjectNode(input: other.plan, outputs: secondOutputs))))
  }

  /// Says where one of two columns that become one holds percentages, millions or hectares, and the other bare numbers.
  private func noteOnUnits(_ field: Field, _ other: Field, in name: String) -> Diagnostic? {
    func unit(_ field: Field) -> String? {
      if field.display == .percent { return "%" }
      return field.unit.flatMap { Field.isTold($0) ? $0 : nil }
    }
    let (here, there) = (unit(field), unit(other))
    let isBare = { (field: Field) in field.unit == nil && field.display != .percent }
    guard other.type.isNumber, field.type.isNumber, here != nil && isBare(other) || there != nil && isBare(field) else {
      return nil
    }
    func words(_ unit: String?) -> Localized {
      unit.map { Localized("in `\($0)`", fr: "en `\($0)`") } ?? Localized("without a unit", fr: "sans unité")
    }
    let (first, second) = (words(here), words(there))
    return .note(
      .filesDiffer,
      Localized(
        "`\(field.label)` is \(first.english) here and \(second.english) in `\(name)`: the numbers stand one below the "
          + "other as they are read, 12 % as 0.12",
        fr: "`\(field.label)` est \(first.french) ici et \(second.french) dans `\(name)` : les nombres se suivent tels "
          + "qu’ils sont lus, 12 % comme 0,12"))
  }

  func requireKnown(_ plan: LogicalPlan, at span: Span) throws(QueryError) {
    guard !plan.hasKnownColumns else { return }
    throw columnsOfCrosstab(at: span, help: Localized("leave out `across` here", fr: "ne pas mettre `across` ici"))
  }

  func columnsOfCrosstab(at span: Span, label: Localized? = nil, help: Localized) -> QueryError {
    failure(
      .columnsNotKnownYet,
      Localized(
        "the columns of a crosstab are known only once it has run",
        fr: "les colonnes d’un tableau croisé ne sont connues qu’après l’exécution"), at: span, label: label, help: help
    )
  }
}
