#if Spreadsheets
  import BilanDiagnostics
  import BilanReaders
  import CMinizip

  /// The ZIP archive that a workbook is, read part by part as a stream.
  ///
  /// minizip's handle belongs to this object alone; it is not used from two threads at once.
  @safe final class ZipArchive {
    /// What messages call the file.
    let name: String
    /// The bytes of all parts as they are stored.
    let fileSize: Int
    private let handle: unzFile
    /// By name in lower case without a slash before it: parts are named without regard to case.
    private var members: [String: unz64_file_pos] = [:]
    private var budget: InflationBudget

    /// Bytes inflated at a time.
    private static let blockSize = 1 << 16

    /// Opens an archive and reads its directory.
    ///
    /// - Throws: `malformedFile` for what is none.
    init(path: String, name: String) throws(QueryError) {
      self.name = name
      // SAFETY: minizip copies what it needs of the path.
      guard let handle = unsafe unzOpen64(path) else {
        throw WorkbookError.malformed(
          name, Localized("is no ZIP archive, or is cut short", fr: "n’est pas une archive ZIP, ou est tronqué"))
      }
      unsafe self.handle = handle
      budget = InflationBudget(fileSize: 0)
      var size = 0
      var status = unsafe unzGoToFirstFile(handle)
      while status == UNZ_OK {
        var info = unz_file_info64()
        var place = unz64_file_pos()
        var text = [CChar](repeating: 0, count: 512)
        // SAFETY: minizip writes at most as many characters as it is told there is room for, less the zero at the end.
        status = unsafe text.withUnsafeMutableBufferPointer { memory in
          unsafe unzGetCurrentFileInfo64(handle, &info, memory.baseAddress, UInt(memory.count - 1), nil, 0, nil, 0)
        }
        guard status == UNZ_OK, unsafe unzGetFilePos64(handle, &place) == UNZ_OK else { break }
        size += Int(clamping: info.compressed_size)
        let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        let key = Self.key(String(decoding: bytes, as: UTF8.self))
        if members[key] == nil { members[key] = place }
        status = unsafe unzGoToNextFile(handle)
      }
      guard !members.isEmpty, status == UNZ_END_OF_LIST_OF_FILE else {
        throw WorkbookError.malformed(
          name, Localized("has a broken directory of parts", fr: "a un répertoire de parties abîmé"))
      }
      fileSize = size
      budget = InflationBudget(fileSize: size)
    }

    deinit { unsafe unzClose(handle) }

    private static func key(_ part: String) -> String {
      let slashed = String(part.lowercased().map { $0 == "\\" ? "/" : $0 })
      return slashed.hasPrefix("/") ? String(slashed.dropFirst()) : slashed
    }

    func contains(_ part: String) -> Bool { members[Self.key(part)] != nil }

    /// Bytes inflated so far, of all parts.
    var inflatedCount: Int { budget.count }

    /// Inflates a part and hands it on block by block.
    ///
    /// - Throws: `malformedFile` where the part is not there, encrypted or damaged, or where the archive inflates to
    ///   more than a workbook can; what `take` throws.
    func read(_ part: String, _ take: (borrowing Swift.Span<UInt8>) throws(QueryError) -> Void) throws(QueryError) {
      guard var place = members[Self.key(part)], unsafe unzGoToFilePos64(handle, &place) == UNZ_OK else {
        throw WorkbookError.missingPart(part, in: name)
      }
      var info = unz_file_info64()
      if unsafe unzGetCurrentFileInfo64(handle, &info, nil, 0, nil, 0, nil, 0) == UNZ_OK, info.flag & 1 != 0 {
        throw WorkbookError.encrypted(name)
      }
      guard unsafe unzOpenCurrentFile(handle) == UNZ_OK else { throw WorkbookError.damagedPart(part, in: name) }
      var isOpen = true
      defer { if isOpen { unsafe unzCloseCurrentFile(handle) } }
      var block = [UInt8](repeating: 0, count: Self.blockSize)
      while true {
        // SAFETY: minizip writes at most as many bytes as it is told there is room for, and returns their number.
        let count = unsafe block.withUnsafeMutableBytes { memory in
          unsafe unzReadCurrentFile(handle, memory.baseAddress, UInt32(memory.count))
        }
        guard count >= 0, count <= block.count else { throw WorkbookError.damagedPart(part, in: name) }
        if count == 0 { break }
        guard budget.spend(Int(count)) else { throw WorkbookError.inflatesTooFar(name) }
        try take(block.span.extracting(0..<Int(count)))
      }
      isOpen = false
      // Closing compares the checksum.
      guard unsafe unzCloseCurrentFile(handle) == UNZ_OK else { throw WorkbookError.damagedPart(part, in: name) }
    }
  }

  /// How far the parts of an archive may inflate, all reading together, before it is taken for a trap.
  ///
  /// Sheets are repetitive XML and shrink to a tenth or a thirtieth; what shrinks to less than a hundredth is made to
  /// fill memory. Small archives may do as they like.
  struct InflationBudget {
    private(set) var count = 0
    let limit: Int

    /// - Parameter fileSize: the bytes of the archive's parts as they are stored.
    init(fileSize: Int) {
      let allowed = fileSize.multipliedReportingOverflow(by: 100)
      limit = min(allowed.overflow ? .max : max(allowed.partialValue, 64 << 20), 16 << 30)
    }

    /// Counts more bytes; false where they are too many.
    mutating func spend(_ bytes: Int) -> Bool {
      count += bytes
      return count <= limit
    }
  }
#endif
