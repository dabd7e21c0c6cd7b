import BilanColumnar
import BilanDiagnostics
import BilanFunctions
import BilanSyntax

extension Resolver {
  /// `join [left|inner|full|semi|anti] [many] SOURCE on KEYS`.
  func join(_ syntax: JoinSyntax, step: StepSyntax, state: inout PipelineState) throws(QueryError) {
    var right = try source(syntax.source, bindings: state.bindings)
    if let name = syntax.source.origin { right.name = name }
    right.plan = withoutHidden(right.plan)
    try requireKnown(right.plan, at: syntax.source.span)
    let leftSchema = state.schema
    let rightSchema = right.schema
    var leftKeys: [Expression] = []
    var rightKeys: [Expression] = []
    var keyColumns: [Int?] = []
    var areSensitive = false
    /// Right columns that only repeat a left one.
    var repeated: Set<Int> = []
    for key in syntax.keys {
      let left = keyValue(try side(key.left, of: state, called: ["left", state.name], in: state.scope))
      let other = key.right ?? key.left
      let match = keyValue(try side(other, of: right, called: ["right", right.name], in: right.scope))
      guard let type = matching.commonType([left.expression, match.expression]),
        let one = matching.convert(left.expression, to: type), let two = matching.convert(match.expression, to: type)
      else {
        throw QueryError(
          Diagnostic.error(
            .keysDiffer,
            Localized(
              "the keys of the join differ in type", fr: "les clés de la jointure diffèrent de type"),
            at: key.left.span,
            label: Localized(
              "\(Resolver.article(left.type)) here, \(Resolver.article(match.type)) in `\(right.name)`",
              fr: "\(Resolver.frenchArticle(left.type)) ici, \(Resolver.frenchArticle(match.type)) dans `\(right.name)`"
            ),
            help: Localized(
              "convert one of them in a step before the join", fr: "convertir l’une d’elles avant la jointure")))
      }
      if left.isSensitive || match.isSensitive { areSensitive = true }
      leftKeys.append(one.expression)
      rightKeys.append(two.expression)
      let column = plainColumn(left.expression)
      keyColumns.append(column)
      if column != nil, let index = plainColumn(match.expression) { repeated.insert(index) }
    }
    if syntax.kind == .full, takeKeys(leftKeys, as: keyColumns, in: &state) {
      return try join(syntax, step: step, state: &state)
    }
    var outputs: [(column: Int, field: Field)] = []
    if syntax.kind != .semi, syntax.kind != .anti {
      for (index, field) in rightSchema.fields.enumerated() where !repeated.contains(index) {
        var field = field
        let isTaken = { (label: String) in
          leftSchema.visible.contains { $0.label == label || $0.handle == TextFolding.handle(of: label) }
            || outputs.contains { $0.field.label == label }
        }
        if isTaken(field.label) {
          var label = "\(right.name) \(field.label)"
          var number = 2
          while isTaken(label) {
            label = "\(right.name) \(field.label) \(number)"
            number += 1
          }
          field.label = label
          field.handle = TextFolding.handle(of: label)
          field.aliases = []
        }
        // A name that the left side answers to stays the left side's.
        field.aliases.removeAll { alias in
          if case .none = NameLookup.column(alias, in: leftSchema) { false } else { true }
        }
        outputs.append((index, field))
      }
    }
    state.notes += right.notes
    state.plan = .join(
      JoinNode(
        kind: JoinNode.Kind(rawValue: syntax.kind.rawValue) ?? .left, allowsMany: syntax.allowsMany, left: state.plan,
        right: right.plan, leftKeys: leftKeys, rightKeys: rightKeys, rightOutputs: outputs, keyColumns: keyColumns,
        rightName: right.name, hidesKeys: areSensitive, span: step.span))
  }

  /// Gives the columns that are keys the type that both sides have in common, since rows of the right side alone show
  /// their keys there; false where they have it.
  private func takeKeys(_ keys: [Expression], as columns: [Int?], in state: inout PipelineState) -> Bool {
    var outputs = state.schema.fields.enumerated().map { OutputExpression(.column($0, $1.type), field: $1) }
    var isChanged = false
    for case (let column?, let key) in zip(columns, keys) where outputs[column].field.type != key.type {
      outputs[column].expression = key
      outputs[column].field.type = key.type
      isChanged = true
    }
    if isChanged { state.plan = .project(ProjectNode(input: state.plan, outputs: outputs)) }
    return isChanged
  }

  /// A key of one side; `left.code` and `regions.id` may name the side.
  private func side(
    _ syntax: ExpressionSyntax, of state: PipelineState, called names: [String], in scope: Scope
  ) throws(QueryError) -> Resolved {
    if case .field(let base, let name) = syntax.kind, case .name(let qualifier) = base.kind {
      guard names.contains(where: { TextFolding.handle(of: $0) == TextFolding.handle(of: qualifier.text) }) else {
        throw failure(
          .unknownColumn,
          Localized(
            "`\(qualifier.text)` is not a side of this join",
            fr: "`\(qualifier.text)` n’est pas un côté de cette jointure"),
          at: qualifier.span, help: Resolver.didYouMean(names.filter { !$0.isEmpty }))
      }
      if let column = try column(name, in: scope) { return column }
      return try self.name(name, in: scope)
    }
    return try expression(syntax, in: scope)
  }
}

extension SourceSyntax {
  /// What a pipeline in parentheses starts from: its rows are called so in messages.
  fileprivate var origin: String? {
    guard case .pipeline(let pipeline) = kind, let source = pipeline.source else { return nil }
    if case .name(let name) = source.kind { return name.text }
    return source.origin
  }
}
