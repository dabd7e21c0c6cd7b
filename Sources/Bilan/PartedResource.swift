import BilanColumnar
import BilanDiagnostics
import BilanReaders

/// A resource of a data package that is in several files, as one table.
///
/// The files after the first may lack the header, as pieces of one file that was cut do.
struct PartedResource {
  typealias Opener = (
    _ file: String, _ options: ReadOptions, _ resource: DataPackage.Resource, _ key: String
  ) throws(QueryError) -> any TableSource

  let resource: DataPackage.Resource

  init(_ resource: DataPackage.Resource) { self.resource = resource }

  /// - Parameter open: opens one file, kept under a key.
  func open(options: ReadOptions, _ open: Opener) throws(QueryError) -> FileTable {
    let files = resource.parts
    var alone = resource
    alone.parts = []
    alone.notes = []
    let folder = files[0].lastIndex(of: "/").map { String(files[0][...$0]) } ?? ""
    var names: [String] = []
    let union = try FileUnion(
      name: resource.name, labels: files.map { $0.hasPrefix(folder) ? String($0.dropFirst(folder.count)) : $0 }
    ) { (place: Int, types: [String: DataType]) throws(QueryError) in
      var own = alone
      own.path = files[place]
      var options = options
      options.types.merge(types) { $1 }
      let key = types.keys.sorted().joined(separator: "\u{0}")
      let table = try open(files[place], options, own, key)
      let labels = table.schema.fields.map(\.label)
      if place == 0 {
        names = labels
        return table
      }
      guard labels.count == names.count, options.hasHeader ?? own.dialect.hasHeader ?? true,
        Set(labels.map(TextFolding.handle)).isDisjoint(with: names.map(TextFolding.handle))
      else { return table }
      // None of its names is one of the first file's: its first line is a row.
      options.hasHeader = false
      own.nameFields(names)
      return try open(files[place], options, own, key + "\u{0}rows")
    }
    let table = try union.table(options: options, byteCount: files.reduce(0) { $0 + (FileFormats.size(of: $1) ?? 0) })
    if !resource.notes.isEmpty { table.amend { [notes = resource.notes] in $0.notes = notes + $0.notes } }
    return table
  }
}
