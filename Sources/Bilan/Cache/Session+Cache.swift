import BilanDiagnostics
import BilanReaders

extension Session {
  /// Opens what a command names, a dataset or a file, to be kept: the catalog's cache then knows what was opened.
  ///
  /// - Returns: why nothing of it is kept; nil where something may be.
  package func openForCache(
    _ name: String, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(BilanError) -> Localized? {
    do throws(QueryError) {
      let (table, _) = try table(named: name, isCancelled: isCancelled)
      guard let file = table as? FileTable, file.report.format == "csv" else {
        return Localized(
          "only delimited text is kept, from a file of its own",
          fr: "seul du texte délimité est gardé, d’un fichier à lui")
      }
      let leastSize = catalog.cache?.leastSize ?? 0
      guard let size = file.byteCount, size < leastSize else { return nil }
      return Localized(
        "of less than \(leastSize >> 20) MiB it is read as fast as it would be found",
        fr: "de moins de \(leastSize >> 20) Mio, il se lit aussi vite qu’il se retrouverait")
    } catch {
      throw BilanError(error)
    }
  }
}
