import BilanDiagnostics
import BilanReaders

/// The descriptor in a folder, for files there that are opened by their paths.
struct NeighbourPackage: Sendable {
  /// Where the descriptor of a folder is; `folder` is empty or ends in a slash.
  static func path(in folder: String) -> String { folder + "datapackage.json" }

  private var package: DataPackage?
  private var fault: Localized?

  init(in folder: String) {
    let path = Self.path(in: folder)
    guard FileKind(path) == .file else { return }
    do throws(QueryError) {
      package = try DataPackage.load(path: path)
    } catch {
      fault = error.diagnostics.first?.message
    }
  }

  /// What the descriptor says about a file, with a note where it cannot be read.
  func resource(of file: String) -> (DataPackage.Resource?, [Diagnostic]) {
    if let fault {
      return (
        nil,
        [
          .note(
            .invalidDescriptor,
            Localized(
              "\(fault.english); `\(file)` is read without it", fr: "\(fault.french) ; `\(file)` est lu sans lui"))
        ]
      )
    }
    return (package?.resources.first { $0.path == file || $0.parts.contains(file) }, [])
  }
}
