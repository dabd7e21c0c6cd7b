import BilanColumnar
import BilanDiagnostics
import BilanSyntax

extension Resolver {
  /// Puts the elements of a list in the place of its column: one column where they are plain, else one for each of their
  /// parts, with the list's name before it.
  func unnest(_ syntax: UnnestSyntax, state: inout PipelineState) throws(QueryError) {
    let schema = state.schema
    let value = syntax.column.value
    let resolved = try expression(value, in: state.scope)
    guard case .column(let place) = resolved.expression.kind else {
      throw failure(
        .typeMismatch, Localized("`unnest` takes a column", fr: "`unnest` prend une colonne"), at: value.span,
        help: Localized("add it as a column first", fr: "l’ajouter d’abord comme colonne"))
    }
    let separator = try self.separator(syntax, of: resolved.expression, state: state)
    let name = syntax.column.name?.text ?? schema[place].label
    var parts: [(name: String, field: Field)] = [("", elementField(schema[place], name, .text))]
    if separator == nil, case .list(let list) = resolved.expression.type {
      parts = list.parts.map { part in
        let label = part.name.isEmpty ? name : "\(name).\(part.name)"
        return (part.name, elementField(schema[place], label, part.type, unit: part.unit))
      }
    }
    let kept = schema.fields.indices.filter { $0 != place }
    let position = syntax.hasPosition ? Field("position", .integer) : nil
    let span = syntax.column.name?.span ?? value.span
    for field in parts.map(\.field) + (position.map { [$0] } ?? []) {
      if kept.contains(where: { !schema[$0].isHidden && schema[$0].label == field.label }) {
        throw taken(field.label, value.span.text, at: span)
      }
    }
    if parts.contains(where: { $0.field.label == position?.label }) {
      throw taken("position", value.span.text, at: span)
    }
    let node = UnnestNode(
      input: state.plan, kept: kept, list: resolved.expression, separator: separator, parts: parts,
      positionField: position)
    // What was the list's place is its elements', their numbers first.
    let given = node.schema
    let before = kept.indices.filter { kept[$0] < place }
    let numbers = position == nil ? [] : [kept.count + parts.count]
    let order = before + numbers + parts.indices.map { kept.count + $0 } + kept.indices.dropFirst(before.count)
    state.plan = .project(
      ProjectNode(
        input: .unnest(node),
        outputs: order.map { OutputExpression(.column($0, given[$0].type), field: given[$0]) }))
  }

  /// What is personal in a list is so in its elements.
  private func elementField(_ list: Field, _ label: String, _ type: DataType, unit: String? = nil) -> Field {
    Field(label, type == .missing ? .text : type, unit: unit, isSensitive: list.isSensitive)
  }

  private func taken(_ label: String, _ column: String, at span: Span) -> QueryError {
    failure(
      .duplicateName,
      Localized("two columns would be called `\(label)`", fr: "deux colonnes s’appelleraient `\(label)`"), at: span,
      help: label == "position"
        ? Localized(
          "rename the column that is there first: `rename place = position`",
          fr: "renommer d’abord la colonne qui est là : `rename place = position`")
        : Localized(
          "give the elements another name: `unnest element = \(column)`",
          fr: "donner un autre nom aux éléments : `unnest element = \(column)`"))
  }

  /// What separates the elements of a text; nil for a list.
  private func separator(
    _ syntax: UnnestSyntax, of list: Expression, state: PipelineState
  ) throws(QueryError) -> String? {
    let written = syntax.column.value.span
    guard let by = syntax.separator else {
      if list.type.list != nil { return nil }
      if list.type == .text || list.type == .missing {
        throw failure(
          .typeMismatch,
          Localized("`\(written.text)` is text, not a list", fr: "`\(written.text)` est du texte, pas une liste"),
          at: written,
          help: Localized(
            "say what stands between its elements: `unnest \(written.text) by \";\"`",
            fr: "dire ce qui sépare ses éléments : `unnest \(written.text) by \";\"`"))
      }
      throw failure(
        .typeMismatch,
        Localized("`\(written.text)` is not a list", fr: "`\(written.text)` n’est pas une liste"), at: written,
        label: Localized("this is \(Resolver.article(list.type))", fr: "ceci est \(Resolver.frenchArticle(list.type))"),
        help: Localized(
          "`unnest` opens lists, and texts with a separator",
          fr: "`unnest` ouvre des listes, et des textes avec un séparateur"))
    }
    guard list.type == .text || list.type == .missing else {
      throw failure(
        .typeMismatch,
        Localized("only texts have a separator", fr: "seuls les textes ont un séparateur"), at: by.span,
        label: Localized(
          "`\(written.text)` is \(Resolver.article(list.type))",
          fr: "`\(written.text)` est \(Resolver.frenchArticle(list.type))"),
        help: list.type.list == nil
          ? nil
          : Localized(
            "leave out `by`: the elements of a list are known",
            fr: "retirer `by` : les éléments d’une liste sont connus"
          ))
    }
    var scope = constantScope
    scope.bindings = state.bindings
    guard case .text(let separator)? = try expression(by, in: scope).expression.constantValue, !separator.isEmpty else {
      throw failure(
        .constantExpected,
        Localized("a separator is a text of one or more characters", fr: "un séparateur est un texte non vide"),
        at: by.span, help: Localized("as in `by \";\"`", fr: "comme dans `by \";\"`"))
    }
    return separator
  }
}
