#if Spreadsheets
  import BilanArchives
  import BilanDiagnostics

  /// Which parts a part of a workbook refers to, by the marks it uses for them: its `.rels` part.
  final class Relationships: XMLHandler {
    struct Target {
      /// The last word of the relationship's type: `worksheet`, `sharedStrings`; strict and transitional alike.
      var kind: String
      /// From the archive's top: `xl/worksheets/sheet1.xml`.
      var part: String
    }

    private(set) var targets: [String: Target] = [:]
    /// In the order of the part.
    private(set) var all: [Target] = []
    private let folder: [Substring]

    /// The relationships of `source`, which may have none; of the whole archive where it is empty.
    static func of(_ source: String, in archive: ZipArchive) throws(QueryError) -> Relationships {
      let parts = source.split(separator: "/")
      let relationships = Relationships(folder: parts.dropLast())
      let path = (parts.dropLast() + ["_rels", (parts.last ?? "") + ".rels"]).joined(separator: "/")
      if archive.contains(path) { try XMLStream.read(path, of: archive, relationships) }
      return relationships
    }

    private init(folder: ArraySlice<Substring>) { self.folder = Array(folder) }

    func first(_ kind: String) -> String? { all.first { $0.kind == kind }?.part }

    private static let relationship = XMLName("Relationship", .package)
    private static let bareRelationship = XMLName("Relationship")
    private static let (id, type, target) = (XMLName("Id"), XMLName("Type"), XMLName("Target"))
    private static let mode = XMLName("TargetMode")

    func start(_ name: XMLName, _ attributes: XMLAttributes) {
      guard name == Self.relationship || name == Self.bareRelationship, let id = attributes.text(Self.id),
        let type = attributes.text(Self.type), let target = attributes.text(Self.target),
        attributes.text(Self.mode) != "External"
      else { return }
      let kind = String(type.split(separator: "/").last ?? "")
      let resolved = Target(kind: kind, part: resolve(target))
      targets[id] = resolved
      all.append(resolved)
    }

    /// A target as the archive names it: relative to the part's folder, or from the top after a slash.
    private func resolve(_ target: String) -> String {
      var path = target.hasPrefix("/") ? [] : folder
      for step in target.split(separator: "/") where step != "." {
        if step == ".." { _ = path.popLast() } else { path.append(step) }
      }
      return path.joined(separator: "/")
    }
  }
#endif
