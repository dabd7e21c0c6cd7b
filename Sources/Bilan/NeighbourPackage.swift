import BilanDiagnostics
import BilanReaders

/// The descriptor in a folder, for files there that are opened by their paths.
struct NeighbourPackage: Sendable {
  /// Where the descriptor of a folder is; `folder` is empty or ends in a slash.
  static func path(in folder: String) -> String { folder + "datapackage.json" }

  private var package: DataPackage?
  private var fault: QueryError?
  /// What is written in a descriptor that cannot be read.
  private var text = ""

  init(in folder: String) {
    let path = Self.path(in: folder)
    guard FileKind(path) == .file else { return }
    do throws(QueryError) {
      package = try DataPackage.load(path: path)
    } catch {
      fault = error
      text = (try? FileBytes.read(path: path)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
  }

  /// What the descriptor says about a file, with a note where it cannot be read and does not name the file.
  ///
  /// - Throws: what is wrong with a descriptor that does: it may say which of its columns are personal.
  func resource(of file: String) throws(QueryError) -> (DataPackage.Resource?, [Diagnostic]) {
    if let error = fault {
      let name = file.lastIndex(of: "/").map { file[file.index(after: $0)...] } ?? file[...]
      guard let fault = error.diagnostics.first?.message, !text.contains(name + "\"") else { throw error }
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
