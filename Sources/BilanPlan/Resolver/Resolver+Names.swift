import BilanColumnar
import BilanDiagnostics
import BilanFunctions
import BilanSyntax

extension Resolver {
  /// A name in an expression: an argument, a column, a measure, in the order that the place asks for.
  func name(_ name: Name, in scope: Scope) throws(QueryError) -> Resolved {
    if !name.isQuoted, let bound = scope.arguments[name.text] {
      return try expression(bound.syntax, in: scope.leaving(to: bound))
    }
    // In the body of a definition a word of its own keeps its meaning, whatever the columns are called; only a measure
    // gives way, to the column that already holds it.
    if !scope.expanding.isEmpty, !name.isQuoted, let own = scope.bindings.definition(named: name.text), own.isRowValue,
      let value = try measure(name, in: scope)
    {
      return value
    }
    switch scope.mode {
    case .row, .window, .constant:
      // A column that already holds a measure is that measure.
      if let column = try column(name, in: scope) { return column }
      if let measure = try measure(name, in: scope) { return measure }
    case .group(let collector):
      if let key = try key(name, of: collector, in: scope) { return key }
      if let measure = try measure(name, in: scope) { return measure }
      if let column = try column(name, in: scope) {
        throw failure(
          .rowValueInAggregate,
          Localized(
            "`\(name.text)` has many values in a group", fr: "`\(name.text)` a plusieurs valeurs dans un groupe"),
          at: name.span,
          label: Localized(
            "needs an aggregate, or a place in `by`", fr: "demande un agrégat, ou une place dans `by`"),
          help: column.type.isNumber
            ? Localized(
              "write `sum(\(name.text))` or `mean(\(name.text))`, or add `\(name.text)` to `by`",
              fr: "écrire `sum(\(name.text))` ou `mean(\(name.text))`, ou ajouter `\(name.text)` à `by`")
            : Localized(
              "add `\(name.text)` to `by`, or write `only(\(name.text))`",
              fr: "ajouter `\(name.text)` à `by`, ou écrire `only(\(name.text))`"))
      }
    }
    throw unknownName(name, in: scope)
  }

  /// The column of the rows at hand that answers to `name`.
  func column(_ name: Name, in scope: Scope) throws(QueryError) -> Resolved? {
    switch NameLookup.column(name, in: scope.schema) {
    case .found(let index):
      let field = scope.schema[index]
      return Resolved(.column(index, field.type, span: name.span), field: field)
    case .ambiguous(let indices): throw ambiguous(name, indices.map { scope.schema[$0] })
    case .none: return nil
    }
  }

  func ambiguous(_ name: Name, _ fields: [Field]) -> QueryError {
    let spellings = fields.map { "`\($0.label)`" }.joined(separator: ", ")
    return failure(
      .ambiguousName,
      Localized("`\(name.text)` may mean several columns", fr: "`\(name.text)` peut désigner plusieurs colonnes"),
      at: name.span,
      label: Localized("one of \(spellings)", fr: "l’une de \(spellings)"),
      help: Localized(
        "write one of them exactly, in backticks", fr: "écrire l’une d’elles exactement, entre accents graves"))
  }

  private func key(_ name: Name, of collector: AggregateCollector, in scope: Scope) throws(QueryError) -> Resolved? {
    let schema = Schema(collector.keys.map(\.field))
    switch NameLookup.column(name, in: schema) {
    case .found(let index):
      return Resolved(.column(index, schema[index].type, span: name.span), field: schema[index])
    case .ambiguous(let indices): throw ambiguous(name, indices.map { schema[$0] })
    case .none:
      // The key may have been renamed: `by place = region` still lets `region` be used.
      guard case .found(let position) = NameLookup.column(name, in: scope.schema) else { return nil }
      for (index, key) in collector.keys.enumerated() {
        if plainColumn(key.expression) == position {
          return Resolved(.column(index, key.field.type, span: name.span), field: key.field)
        }
      }
      return nil
    }
  }

  /// The measure that `name` stands for: a definition without parameters, or `count`.
  private func measure(_ name: Name, in scope: Scope) throws(QueryError) -> Resolved? {
    if name.isQuoted { return nil }
    guard let definition = scope.bindings.definition(named: name.text) else {
      guard name.text == "count" else { return nil }
      if case .constant = scope.mode { return nil }
      let call = CallSyntax(name: name, arguments: [], filter: nil, per: [])
      return try self.call(call, at: name.span, in: scope)
    }
    guard case .expression(let body) = definition.body else {
      throw failure(
        .tableWhereValueExpected,
        Localized(
          "`\(name.text)` is a table; a value is needed here",
          fr: "`\(name.text)` est une table ; il faut une valeur ici"), at: name.span,
        help: Localized(
          "a pipeline in parentheses that gives one row and one column is a value",
          fr: "un pipeline entre parenthèses qui donne une ligne et une colonne est une valeur"))
    }
    if let parameters = definition.parameters, !parameters.isEmpty {
      throw failure(
        .wrongArgumentCount,
        Localized(
          "`\(name.text)` takes \(parameters.count) arguments", fr: "`\(name.text)` prend \(parameters.count) arguments"
        ),
        at: name.span,
        help: Localized(
          "write `\(name.text)(\(parameters.map(\.text).joined(separator: ", ")))`",
          fr: "écrire `\(name.text)(\(parameters.map(\.text).joined(separator: ", ")))`"))
    }
    return try expand(definition, body: body, arguments: [:], at: name.span, in: scope)
  }

  /// What the body of a definition is here; errors inside it also say where it was used.
  func expand(
    _ definition: Definition, body: ExpressionSyntax, arguments: [String: BoundArgument], at span: Span,
    in scope: Scope
  ) throws(QueryError) -> Resolved {
    do {
      var resolved = try expression(body, in: scope.entering(definition, arguments: arguments))
      resolved.expression.span = span
      return resolved
    } catch {
      var error = error
      for index in error.diagnostics.indices where error.diagnostics[index].primary?.span.source !== span.source {
        // The user's own text comes first: point there, and mention the definition.
        let inner = error.diagnostics[index]
        guard let place = inner.primary else { continue }
        error.diagnostics[index].primary = Diagnostic.Label(span, inner.primary?.text)
        error.diagnostics[index].fix = nil
        error.diagnostics[index].notes.append(
          Localized(
            "`\(definition.name.text)` is defined as `\(body.span.text.collapsingWhiteSpace.prefixed(120))`, which needs `\(place.span.text)`",
            fr:
              "`\(definition.name.text)` est défini par `\(body.span.text.collapsingWhiteSpace.prefixed(120))`, qui demande `\(place.span.text)`"
          ))
      }
      throw error
    }
  }

  func selfReference(_ name: Name) -> QueryError {
    failure(
      .recursiveDefinition,
      Localized("`\(name.text)` refers to itself", fr: "`\(name.text)` fait référence à lui-même"), at: name.span,
      help: Localized(
        "a definition sees what was defined before it", fr: "une définition voit ce qui a été défini avant elle"))
  }

  private func unknownName(_ name: Name, in scope: Scope) -> QueryError {
    if scope.expanding.contains(name.text) { return selfReference(name) }
    if definedNames.contains(name.text) {
      return failure(
        .unknownColumn,
        Localized("`\(name.text)` is not known yet", fr: "`\(name.text)` n’est pas encore connu"), at: name.span,
        label: Localized("defined further down", fr: "défini plus bas"),
        help: Localized(
          "move `let \(name.text) = …` above this line", fr: "placer `let \(name.text) = …` au-dessus de cette ligne"))
    }
    if case .constant = scope.mode {
      return failure(
        .unknownColumn,
        Localized("`\(name.text)` is not known here", fr: "`\(name.text)` n’est pas connu ici"), at: name.span,
        label: Localized("there are no rows here", fr: "il n’y a pas de lignes ici"),
        help: Localized(
          "start with a dataset: `from results | add x = \(name.text)`",
          fr: "commencer par un jeu de données : `from results | add x = \(name.text)`"))
    }
    if scope.isOfCrosstab {
      return columnsOfCrosstab(
        at: name.span, label: Localized("none of its row keys", fr: "ce n’est pas une de ses clés de lignes"),
        help: Localized(
          "use the keys of `by` here, or do this before `summarize … across`",
          fr: "utiliser ici les clés de `by`, ou faire ceci avant `summarize … across`"))
    }
    let table = scope.tableName
    var diagnostic = Diagnostic.error(
      .unknownColumn, Localized("unknown column `\(name.text)`", fr: "colonne `\(name.text)` inconnue"),
      at: name.span,
      label: table.isEmpty
        ? Localized("not a column here", fr: "ce n’est pas une colonne ici")
        : Localized("not a column of `\(table)`", fr: "ce n’est pas une colonne de `\(table)`"))
    if case .scalar? = FunctionTable.entry(named: name.text)?.kind {
      return QueryError(
        diagnostic.adding(
          help: Localized(
            "`\(name.text)` is a function: write `\(name.text)(…)`",
            fr: "`\(name.text)` est une fonction : écrire `\(name.text)(…)`")))
    }
    if case .aggregate? = FunctionTable.entry(named: name.text)?.kind {
      return QueryError(
        diagnostic.adding(
          help: Localized(
            "`\(name.text)` is an aggregate: write `\(name.text)(…)`",
            fr: "`\(name.text)` est un agrégat : écrire `\(name.text)(…)`")))
    }
    if case .found = NameLookup.hiddenColumn(name.text, in: scope.schema) {
      return QueryError(
        diagnostic.adding(
          help: Localized(
            "a step before this one leaves `\(name.text)` out: keep it there",
            fr: "une étape précédente laisse `\(name.text)` de côté : l’y garder")))
    }
    let candidates = NameLookup.spellings(scope.schema) + scope.bindings.names
    let near = Suggestions.near(name.text, among: candidates, fold: TextFolding.handle(of:), limit: 2)
    if let best = near.first {
      diagnostic = diagnostic.adding(help: Resolver.didYouMean(near)).fixing(
        Localized("replace `\(name.text)` by `\(best)`", fr: "remplacer `\(name.text)` par `\(best)`"),
        replace: name.span, with: best)
    } else if let table = scope.table, let hit = environment.columnHolding(name.text, in: table) {
      diagnostic.code = .valueUsedAsName
      diagnostic = diagnostic.adding(
        help: Localized(
          "is this a value of `\(hit.column)`? write `\"\(hit.value)\"`",
          fr: "est-ce une valeur de `\(hit.column)` ? écrire `\"\(hit.value)\"`")
      ).fixing(
        Localized("write it as text", fr: "l’écrire comme un texte"), replace: name.span, with: "\"\(hit.value)\"")
    } else if !scope.schema.fields.isEmpty {
      diagnostic = diagnostic.adding(help: Resolver.available(NameLookup.spellings(scope.schema)))
    }
    return QueryError(diagnostic)
  }

  package static func didYouMean(_ near: [String]) -> Localized {
    let names = near.map { "`\($0)`" }
    return Localized(
      "did you mean \(names.joined(separator: " or "))?", fr: "vouliez-vous dire \(names.joined(separator: " ou ")) ?")
  }

  /// Lists what there is, the first dozen.
  package static func available(_ names: [String]) -> Localized {
    let shown = names.prefix(12).map { "`\($0)`" }.joined(separator: ", ")
    let rest = names.count - 12
    return Localized(
      "there are: \(shown)" + (rest > 0 ? " and \(rest) more" : ""),
      fr: "il y a : \(shown)" + (rest > 0 ? " et \(rest) autres" : ""))
  }
}

extension String {
  /// At most `count` characters, with an ellipsis where more is cut.
  func prefixed(_ count: Int) -> String {
    self.count <= count ? self : self.prefix(count - 1) + "…"
  }
}
