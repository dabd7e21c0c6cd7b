import BilanDiagnostics
import BilanRenderers
import BilanShell

/// Reads the command lines of scripts without ArgumentParser, whose start takes longer than a small query: nothing but
/// `-c QUERY` and shared options, each spelt out with a valid value.
///
/// Whatever it does not understand at once it leaves to ArgumentParser, which has the last word on every mistake; a
/// test holds that both read the same.
enum FastArguments {
  static func read(_ arguments: [String], language: Language) -> Invocation? {
    var queries: [String] = []
    var options = Invocation.Options()
    options.presentation.language = language
    var index = 0
    while index < arguments.count {
      let name = arguments[index]
      index += 1
      switch name {
      case "--strict":
        options.isStrict = true
        continue
      case "--cache", "--no-cache":
        options.cache = name == "--cache" ? .keep : CacheUse.none
        continue
      default: break
      }
      guard index < arguments.count else { return nil }
      let value = arguments[index]
      index += 1
      // A value that looks like an option may be one.
      if value.hasPrefix("-") { return nil }
      switch name {
      case "-c": queries.append(value)
      case "--data": options.data.append(value)
      case "--format":
        guard let format = OutputFormat(rawValue: value) else { return nil }
        options.presentation.format = format
      case "--color":
        guard let color = ColorChoice(rawValue: value) else { return nil }
        options.presentation.color = color
      case "--lang":
        guard let language = Language(rawValue: value) else { return nil }
        options.presentation.language = language
      default: return nil
      }
    }
    return queries.isEmpty ? nil : Invocation(action: .queries(queries), options: options)
  }
}
