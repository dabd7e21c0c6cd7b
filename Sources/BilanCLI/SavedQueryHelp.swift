import BilanDiagnostics
import BilanShell
import BilanSyntax

/// What `bilan run NAME --help` shows: what a saved query is for, and the options its parameters are.
struct SavedQueryHelp {
  let name: String
  let text: String
  let options: ParameterOptions

  func page(_ language: Language) -> String {
    var output = ""
    if let documentation = Parser.parse(Source(name: name, text: text)).program.documentation {
      output += documentation + "\n\n"
    }
    let parameters = options.help(language)
    let placeholder = Localized("parameter value", fr: "paramètre valeur")[language]
    output += Localized("usage: bilan run \(name)", fr: "usage\u{A0}: bilan run \(name)")[language]
    output += parameters.isEmpty ? "\n" : " [--\(placeholder)]…\n"
    if parameters.isEmpty {
      output += "\n" + Localized("it has no parameters", fr: "elle n’a pas de paramètre")[language] + "\n"
    } else {
      output += "\n" + Localized("parameters:", fr: "paramètres\u{A0}:")[language] + "\n" + parameters
    }
    output +=
      "\n"
      + Localized(
        "and the options of every command: `bilan --help`", fr: "et les options de toute commande\u{A0}: `bilan --help`"
      )[
        language] + "\n"
    return output
  }
}
