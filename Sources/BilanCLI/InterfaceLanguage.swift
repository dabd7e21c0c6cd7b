import ArgumentParser
import BilanDiagnostics

/// The language in which ArgumentParser's own declarations speak.
///
/// It builds the declarations of a command while it parses, without a way to hand anything in, so the language is
/// bound around the parsing.
enum InterfaceLanguage {
  @TaskLocal static var current = Language.english

  /// The language that `--lang` asks for, read before anything is parsed; nil where there is none or it is unknown.
  static func asked(in arguments: [String]) -> Language? {
    for (index, argument) in arguments.enumerated() {
      if argument == "--" { break }
      if argument == "--lang", index + 1 < arguments.count { return Language(rawValue: arguments[index + 1]) }
      if argument.hasPrefix("--lang=") { return Language(rawValue: String(argument.dropFirst(7))) }
    }
    return nil
  }
}

extension Localized {
  /// The text in the language of the interface.
  var now: String { self[InterfaceLanguage.current] }
}

extension ArgumentHelp {
  static func localized(_ english: String, fr french: String, valueName: Localized? = nil) -> ArgumentHelp {
    ArgumentHelp(stringLiteral: Localized(english, fr: french).now).named(valueName?.now)
  }

  private func named(_ valueName: String?) -> ArgumentHelp {
    var copy = self
    copy.valueName = valueName
    return copy
  }
}
