import BilanDiagnostics
import BilanRenderers

/// `.export`: the last result in a file, as `--output` writes it.
extension Shell {
  mutating func export(_ words: [String]) throws(QueryError) {
    guard var name = words.first, words.count <= 2 else {
      throw QueryError(
        .error(
          .unknownOption,
          Localized(
            "`.export` writes the last result into a file", fr: "`.export` écrit le dernier résultat dans un fichier"),
          help: Localized(
            "`.export FILE`; a name with spaces stands in quotes",
            fr: "`.export FICHIER`\u{A0}; un nom avec des espaces se met entre guillemets droits")))
    }
    guard let result = lastResult else {
      throw QueryError(
        .error(
          .cannotWrite, Localized("there is no result to write yet", fr: "il n’y a pas encore de résultat à écrire"),
          help: Localized(
            "begin with `from` and a dataset; `.datasets` lists them",
            fr: "commencez par `from` et un jeu de données\u{A0}; `.datasets` les énumère")))
    }
    let replaces = name.hasSuffix("!")
    if replaces { name.removeLast() }
    let format = try format(of: name, words.count > 1 ? words[1] : nil)
    let file = try OutputFile(
      path: FileSystem.resolve(name, in: environment.currentDirectory), replaces: replaces,
      hint: Localized("`.export \(name)!` replaces it", fr: "`.export \(name)!` le remplace"))
    status = presenter.export(result, as: format, to: file)
    guard status == ExitStatus.done else { return file.discard() }
    try file.keep()
    guard isInteractive else { return }
    let count = result.rowCount
    presenter.say(
      Localized(
        "\(count) \(count == 1 ? "row" : "rows") written to \(name)",
        fr: "\(count) \(count < 2 ? "ligne écrite" : "lignes écrites") dans \(name)"))
  }

  /// The format that is named, else the one that the file's name ends with.
  private func format(of name: String, _ given: String?) throws(QueryError) -> OutputFormat {
    let names = OutputFormat.allCases.map(\.rawValue)
    if let given {
      guard let format = OutputFormat(rawValue: given.lowercased()) else { throw wrongArgument(given, choices: names) }
      return format
    }
    if let format = OutputFormat(path: name) { return format }
    let list = names.map { "`\($0)`" }.joined(separator: ", ")
    throw QueryError(
      .error(
        .unknownOption,
        Localized("`\(name)` does not tell its format", fr: "`\(name)` ne dit pas son format"),
        help: Localized(
          "`.export \(name) FORMAT` says it: \(list)", fr: "`.export \(name) FORMAT` le dit\u{A0}: \(list)")))
  }
}
