import BilanColumnar
import BilanDiagnostics

/// A query in a file of its own.
package struct SavedQuery: Sendable, Equatable {
  package var name: String
  package var path: String
  /// The first line of its documentation.
  package var title: String?
}

/// The folder `queries` of a project: `NAME.bilan` files.
package struct QueryFolder: Sendable {
  package static let fileExtension = ".bilan"

  private let directories: [String]

  /// The nearest folder `queries`, from each of `directories` upwards, the first directory first.
  ///
  /// It is looked for each time it is asked for, since the first query saved makes it.
  package init(from directories: [String]) { self.directories = directories }

  /// Absent where there is none yet.
  package var path: String? { directories.lazy.compactMap(Self.nearest).first }

  /// Where a query is saved.
  package var pathForSaving: String { path ?? FileSystem.resolve("queries", in: directories.first ?? ".") }

  private static func nearest(to directory: String) -> String? {
    var directory = directory
    while true {
      let candidate = FileSystem.resolve("queries", in: directory)
      if FileSystem.isDirectory(candidate) { return candidate }
      guard let slash = directory.lastIndex(of: "/"), directory != "/" else { return nil }
      directory = slash == directory.startIndex ? "/" : String(directory[..<slash])
    }
  }

  package var names: [String] {
    guard let path else { return [] }
    return FileSystem.names(in: path).filter { $0.hasSuffix(Self.fileExtension) && !$0.hasPrefix(".") }
      .map { String($0.dropLast(Self.fileExtension.count)) }
  }

  /// Every query with its title, by name.
  package var queries: [SavedQuery] {
    names.map { name in
      let path = self.path(of: name)
      return SavedQuery(name: name, path: path, title: (try? FileSystem.read(path)).flatMap(Self.title))
    }
  }

  package func path(of name: String) -> String {
    FileSystem.resolve(name + Self.fileExtension, in: pathForSaving)
  }

  /// The query of a name.
  package func find(_ name: String) throws(QueryError) -> SavedQuery {
    let names = names
    if names.contains(name) { return SavedQuery(name: name, path: path(of: name), title: nil) }
    var diagnostic = Diagnostic.error(
      .unknownQuery,
      Localized("there is no saved query `\(name)`", fr: "il n’y a pas de requête enregistrée `\(name)`"))
    let near = Suggestions.near(name, among: names, fold: TextFolding.fold)
    if let first = near.first {
      diagnostic = diagnostic.adding(
        help: Localized("did you mean `\(first)`?", fr: "vouliez-vous dire `\(first)`\u{A0}?"))
    } else if path == nil {
      diagnostic = diagnostic.adding(
        help: Localized(
          "there is no folder `queries` here or above; name a file that ends in `.bilan`",
          fr: "il n’y a pas de dossier `queries` ici ni au-dessus\u{A0}; nommez un fichier qui finit par `.bilan`"))
    } else {
      diagnostic = diagnostic.adding(
        help: Localized("`bilan queries` lists them", fr: "`bilan queries` les énumère"))
    }
    throw QueryError(diagnostic)
  }

  /// The first line of the `##` comment at the head of a text.
  static func title(of text: String) -> String? {
    for line in text.split(separator: "\n") {
      let line = line.drop { $0 == " " }
      if line.hasPrefix("##") {
        let title = line.drop { $0 == "#" || $0 == " " }
        if !title.isEmpty { return String(title) }
      } else if !line.hasPrefix("#") {
        return nil
      }
    }
    return nil
  }

  /// Whether a name can be a file of the folder: letters, digits, `_` and `-`.
  package static func isValidName(_ name: String) -> Bool {
    !name.isEmpty && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
  }
}
