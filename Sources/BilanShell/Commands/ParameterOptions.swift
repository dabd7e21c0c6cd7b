import Bilan
import BilanColumnar
import BilanDiagnostics

/// A saved query's parameters as command-line options: `--region Oriental`, `--region=Oriental`.
///
/// `_` and `-` are the same in a name; an option given again adds a value, for lists.
package struct ParameterOptions {
  private let parameters: [QueryParameter]

  package init(_ parameters: [QueryParameter]) { self.parameters = parameters }

  /// Reads options; anything else is refused.
  package func parse(_ arguments: [String]) throws(QueryError) -> [String: String] {
    var values: [String: String] = [:]
    var index = 0
    while index < arguments.count {
      let argument = arguments[index]
      index += 1
      guard argument.hasPrefix("--"), argument.count > 2 else { throw unexpected(argument) }
      let body = argument.dropFirst(2)
      let equals = body.firstIndex(of: "=")
      let written = String(body[..<(equals ?? body.endIndex)])
      guard let parameter = parameter(written) else { throw unknown(written) }
      let value: String
      if let equals {
        value = String(body[body.index(after: equals)...])
      } else if index < arguments.count, !arguments[index].hasPrefix("--") {
        value = arguments[index]
        index += 1
      } else if parameter.type == "bool" {
        value = "true"
      } else {
        throw missingValue(parameter)
      }
      values[parameter.name] = values[parameter.name].map { $0 + "," + value } ?? value
    }
    return values
  }

  private func parameter(_ written: String) -> QueryParameter? {
    func plain(_ name: String) -> String { TextFolding.fold(name.split(separator: "-").joined(separator: "_")) }
    return parameters.first { $0.name == written } ?? parameters.first { plain($0.name) == plain(written) }
  }

  private func unknown(_ written: String) -> QueryError {
    var diagnostic = Diagnostic.error(
      .unknownOption,
      Localized("this query has no option `--\(written)`", fr: "cette requête n’a pas d’option `--\(written)`"))
    let names = parameters.map(\.name)
    let near = Suggestions.near(written, among: names, fold: TextFolding.fold)
    if let first = near.first {
      diagnostic = diagnostic.adding(
        help: Localized("did you mean `--\(first)`?", fr: "vouliez-vous dire `--\(first)`\u{A0}?"))
    } else if names.isEmpty {
      diagnostic = diagnostic.adding(
        help: Localized("it declares no parameter", fr: "elle ne déclare aucun paramètre"))
    } else {
      let list = names.map { "`--\($0)`" }.joined(separator: ", ")
      diagnostic = diagnostic.adding(help: Localized("it has \(list)", fr: "elle a \(list)"))
    }
    return QueryError(diagnostic)
  }

  private func missingValue(_ parameter: QueryParameter) -> QueryError {
    QueryError(
      .error(
        .unknownOption,
        Localized("`--\(parameter.name)` needs a value", fr: "`--\(parameter.name)` attend une valeur"),
        help: Localized("it is a \(parameter.type)", fr: "c’est un `\(parameter.type)`")))
  }

  private func unexpected(_ argument: String) -> QueryError {
    QueryError(
      .error(
        .unknownOption,
        Localized("`\(argument)` is not an option", fr: "`\(argument)` n’est pas une option"),
        help: Localized(
          "a parameter is given as `--name value`", fr: "un paramètre se donne sous la forme `--nom valeur`")))
  }

  /// What `run NAME --help` shows of the parameters.
  package func help(_ language: Language) -> String {
    var output = ""
    for parameter in parameters {
      output += "  --\(parameter.name) <\(parameter.type)>\n"
      var facts = parameter.documentation.map { [$0] } ?? []
      if let value = parameter.defaultText {
        facts.append(Localized("default: \(value)", fr: "par défaut\u{A0}: \(value)")[language])
      } else {
        facts.append(Localized("required", fr: "obligatoire")[language])
      }
      for fact in facts {
        for line in fact.split(separator: "\n") { output += "        \(line)\n" }
      }
    }
    return output
  }
}
