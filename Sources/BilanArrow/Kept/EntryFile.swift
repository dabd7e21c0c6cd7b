import BilanColumnar
import BilanDiagnostics
import BilanReaders

/// An entry of the column cache that was found: a file in the memory of the process, of which nothing but its end was
/// looked at.
///
/// Nothing in it is believed. The metadata have a checksum, and so has every stretch of values, which is looked at when a
/// column is taken up; sizes, codes and offsets are compared with what they must be before anybody relies on them.
package struct EntryFile: Sendable {
  package let key: KeptKey
  private let file: MappedFile
  private let tableText: String
  /// Where the bodies of the dictionaries and of the batch lie.
  private let dictionaryBodies: [Range<Int>]
  private let batchBody: Range<Int>

  /// - Returns: nil where there is no sound entry.
  package init?(path: String) {
    guard EntryWriter.isLittleEndian, let file = MappedFile(path: path) else { return nil }
    guard let entry = try? Self(file) else { return nil }
    self = entry
  }

  private init(_ file: MappedFile) throws(FormatFault) {
    let footer = try Self.footer(file)
    guard let schema = try footer.table(1) else { throw FlatTable.fault }
    var metadata: [String: String] = [:]
    for pair in try schema.tables(2) { metadata[try pair.string(0) ?? ""] = try pair.string(1) ?? "" }
    guard let keyText = metadata[EntryWriter.Metadata.key], let tableText = metadata[EntryWriter.Metadata.table],
      metadata[EntryWriter.Metadata.sum] == EntryWriter.sum(keyText, tableText), let key = KeptText.key(keyText)
    else { throw FlatTable.fault }
    let batches = try Self.bodies(footer, 3, file)
    guard batches.count == 1 else { throw FlatTable.fault }
    self.key = key
    self.tableText = tableText
    self.file = file
    batchBody = batches[0]
    dictionaryBodies = try Self.bodies(footer, 2, file)
  }

  private static func footer(_ file: MappedFile) throws(FormatFault) -> FlatTable {
    guard file.count > 26, let head = file.bytes(0..<6), head.elementsEqual(ArrowFile.magic),
      let tail = file.bytes(file.count - 10..<file.count), tail.dropFirst(4).elementsEqual(ArrowFile.magic),
      let size = ByteView(tail).load(0, as: Int32.self), size > 0, Int(size) <= file.count - 18,
      let bytes = file.bytes(file.count - 10 - Int(size)..<file.count - 10)
    else { throw FlatTable.fault }
    return try FlatTable(root: ByteView(bytes))
  }

  /// The bodies of the messages that a list of blocks in the footer names.
  private static func bodies(_ footer: FlatTable, _ field: Int, _ file: MappedFile) throws(FormatFault) -> [Range<Int>]
  {
    let blocks = try footer.numbers(field, perElement: 3, as: Int64.self)
    var bodies: [Range<Int>] = []
    for index in stride(from: 0, to: blocks.count, by: 3) {
      // The size of the metadata is four bytes, and four of nothing.
      let metadata = Int64(Int32(truncatingIfNeeded: blocks[index + 1]))
      let (offset, size, count) = (blocks[index], blocks[index + 2], Int64(file.count))
      guard offset >= 0, offset <= count, metadata >= 0, metadata <= count - offset, size >= 0,
        size <= count - offset - metadata
      else { throw FlatTable.fault }
      bodies.append(Int(offset + metadata)..<Int(offset + metadata + size))
    }
    return bodies
  }

  /// The table that was kept.
  ///
  /// - Parameters:
  ///   - name: what it is called now.
  ///   - orRead: opens the file that the entry is of, for where its values turn out to be damaged.
  /// - Returns: nil where what it says of the table is not sound.
  package func table(
    name: String, workers: Int, orRead: @escaping @Sendable () throws(QueryError) -> FileTable
  ) -> FileTable? {
    guard let table = KeptText.table(tableText, name: name) else { return nil }
    var dictionaries: [Range<Int>?] = []
    var next = 0
    for column in table.columns {
      dictionaries.append(nil)
      guard column.dictionary != nil else { continue }
      guard next < dictionaryBodies.count else { return nil }
      dictionaries[dictionaries.count - 1] = dictionaryBodies[next]
      next += 1
    }
    let loader = EntryLoader(file: file, table: table, batch: batchBody, dictionaries: dictionaries)
    let workers = Workers(workers)
    return FileTable(
      name: name, kept: table,
      load: { (places: [Int], isCancelled: @Sendable () -> Bool) throws(QueryError) -> [[Column]]? in
        try loader.load(places, workers, isCancelled)
      }, orRead: orRead)
  }
}
