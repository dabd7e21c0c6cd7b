import BilanColumnar
import BilanDiagnostics
import BilanFunctions
import BilanSyntax

/// Comparisons that are known to be meant otherwise before anything runs.
///
/// What a column holds can only be seen in the data; but a `status` is one of five words, and an achievement of 110 is
/// one of 11,000%.
extension Resolver {
  func requireSense(
    of left: (syntax: ExpressionSyntax, value: Resolved), _ right: (syntax: ExpressionSyntax, value: Resolved),
    in scope: Scope
  ) throws(QueryError) {
    // A definition may be written for more than it is used for.
    if scope.isInDefinition { return }
    for (one, other) in [(left, right), (right, left)] {
      try requirePossible(other.value, of: one.value, written: one.syntax)
      try requirePercent(other.value, other.syntax, beside: one.value, written: one.syntax)
      if case .row = scope.mode { try requirePlain(other.value, other.syntax, beside: one.value, in: scope.schema) }
    }
  }

  // MARK: Texts that an expression can be

  private func requirePossible(
    _ constant: Resolved, of value: Resolved, written syntax: ExpressionSyntax
  ) throws(QueryError) {
    guard case .text(let text)? = constant.expression.constantValue, let span = constant.expression.span,
      let possible = Self.texts(value.expression), possible.count > 1, !possible.contains(text)
    else { return }
    let words = possible.map { "`\"\($0)\"`" }.joined(separator: ", ")
    let name = syntax.span.text.collapsingWhiteSpace
    var diagnostic = Diagnostic.error(
      .incomparable,
      Localized("`\(name)` is never `\"\(text)\"`", fr: "`\(name)` n’est jamais `\"\(text)\"`"), at: span,
      help: Localized("it is one of \(words)", fr: "c’est l’une de ces valeurs : \(words)"))
    if let best = Suggestions.near(text, among: possible, fold: TextFolding.fold, limit: 1).first {
      diagnostic = diagnostic.fixing(
        Localized("write `\"\(best)\"`", fr: "écrire `\"\(best)\"`"), replace: span, with: "\"\(best)\"")
    }
    throw QueryError(diagnostic)
  }

  /// The texts that an expression chooses between, in the order they are written; nil where it is not known.
  private static func texts(_ expression: Expression) -> [String]? {
    switch expression.kind {
    case .constant(.text(let text)): return [text]
    case .constant(.missing): return []
    case .call(let call) where call.name == "select":
      guard call.arguments.count == 3, let first = texts(call.arguments[1]), let second = texts(call.arguments[2])
      else { return nil }
      return first + second.filter { !first.contains($0) }
    default: return nil
    }
  }

  // MARK: Percentages

  /// What is a share of a plan or of a whole, and never many times as large.
  private static let shares: Set<String> = [
    "achievement", "mean_achievement", "capped_achievement", "progress", "share_of_women", "share",
  ]

  private static func number(_ value: Value?) -> Double? {
    switch value {
    case .integer(let number): Double(number)
    case .real(let number): number
    default: nil
    }
  }

  private func requirePercent(
    _ number: Resolved, _ written: ExpressionSyntax, beside value: Resolved, written syntax: ExpressionSyntax
  ) throws(QueryError) {
    guard value.type == .ratio, value.display == .percent, number.display != .percent, number.type.isNumber,
      let constant = Self.number(number.expression.constantValue), abs(constant) >= 10
    else { return }
    let name: String? =
      switch syntax.kind {
      case .name(let name): name.text
      case .call(let call): call.name.text
      default: nil
      }
    guard let name, Self.shares.contains(TextFolding.handle(of: name)) else { return }
    let percent = written.span.text + "%"
    throw QueryError(
      Diagnostic.error(
        .typeMismatch,
        Localized("`\(name)` is a share: 100% is 1", fr: "`\(name)` est une part : 100 % vaut 1"), at: written.span,
        help: Localized("write `\(percent)`", fr: "écrire `\(percent)`")
      ).fixing(
        Localized("write `\(percent)`", fr: "écrire `\(percent)`"), replace: written.span, with: percent))
  }

  /// Numbers that are percentages by the name of their column, `Taux (%)`, are beside 50 and not beside 50%, which is 0.5.
  private func requirePlain(
    _ percent: Resolved, _ written: ExpressionSyntax, beside value: Resolved, in schema: Schema
  ) throws(QueryError) {
    let text = written.span.text
    guard percent.display == .percent, percent.expression.constantValue != nil, text.hasSuffix("%"),
      value.display != .percent, let index = plainColumn(value.expression), schema.fields.indices.contains(index),
      case let field = schema[index], field.type.isNumber, field.label.contains("%")
    else { return }
    let number = String(text.dropLast())
    throw QueryError(
      Diagnostic.error(
        .typeMismatch,
        Localized(
          "`\(field.label)` holds numbers of percent, not shares",
          fr: "`\(field.label)` contient des nombres de pour cent, pas des parts"), at: written.span,
        help: Localized("write `\(number)`", fr: "écrire `\(number)`")
      ).fixing(Localized("write `\(number)`", fr: "écrire `\(number)`"), replace: written.span, with: number))
  }
}
