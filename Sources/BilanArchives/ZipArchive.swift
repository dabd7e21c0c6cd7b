#if Spreadsheets || Compression
  import BilanDiagnostics
  import CMinizip

  /// A ZIP archive, read member by member as a stream.
  ///
  /// minizip's handle belongs to this object alone; it is not used from two threads at once.
  @safe package final class ZipArchive {
    /// Where an archive is.
    package enum Source: Sendable {
      case file(path: String)
      case memory([UInt8])
    }

    package struct Member: Sendable {
      /// As the archive has it, with slashes between folders.
      package var name: String
      /// Bytes that it says to hold.
      package var size: Int
    }

    /// What messages call the file.
    package let name: String
    /// In the archive's order; names may be equal.
    package private(set) var members: [Member] = []
    /// The bytes of all members as they are stored.
    package let storedCount: Int
    private let handle: unzFile
    /// Nil for an archive on disk.
    private let memory: ArchiveMemory?
    private let ignoresCase: Bool
    /// By `key`; of equal names the last.
    private var places: [String: unz64_file_pos] = [:]
    private var budget: InflationBudget
    private let describe: (ZipFailure) -> QueryError

    /// Bytes inflated at a time.
    private static let blockSize = 1 << 16

    /// Opens an archive and reads its directory.
    ///
    /// - Parameters:
    ///   - ignoresCase: whether names that differ only in case are one, as those of a workbook's parts are.
    ///   - limit: the most bytes that all members may inflate to, reading together, by those they are stored in.
    ///   - describe: the error for what is wrong, in the words of whoever opens the archive.
    package init(
      _ source: Source, name: String, ignoresCase: Bool, limit: (_ storedCount: Int) -> Int,
      describe: @escaping (ZipFailure) -> QueryError
    ) throws(QueryError) {
      let opened: unzFile?
      switch source {
      case .file(let path):
        memory = nil
        // SAFETY: minizip copies what it needs of the path.
        unsafe opened = unsafe unzOpen64(path)
      case .memory(let bytes):
        let held = ArchiveMemory(bytes)
        memory = held
        // SAFETY: the memory lives as long as this object, which closes the handle first.
        unsafe opened = unsafe bilan_open_in_memory(held.file)
      }
      guard let handle = unsafe opened else { throw describe(.noArchive) }
      unsafe self.handle = handle
      self.name = name
      self.ignoresCase = ignoresCase
      self.describe = describe
      budget = InflationBudget(limit: 0)
      var stored = 0
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
        let (sum, overflows) = stored.addingReportingOverflow(Int(clamping: info.compressed_size))
        stored = overflows ? .max : sum
        let name = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        places[Self.key(name, ignoresCase)] = place
        members.append(Member(name: name, size: Int(clamping: info.uncompressed_size)))
        status = unsafe unzGoToNextFile(handle)
      }
      storedCount = stored
      budget = InflationBudget(limit: limit(stored))
      guard !members.isEmpty, status == UNZ_END_OF_LIST_OF_FILE else { throw describe(.brokenDirectory) }
    }

    deinit { unsafe unzClose(handle) }

    /// A name without a slash before it, its slashes those of paths.
    private static func key(_ name: String, _ ignoresCase: Bool) -> String {
      let slashed = String((ignoresCase ? name.lowercased() : name).map { $0 == "\\" ? "/" : $0 })
      return slashed.hasPrefix("/") ? String(slashed.dropFirst()) : slashed
    }

    package func contains(_ name: String) -> Bool { places[Self.key(name, ignoresCase)] != nil }

    /// Bytes inflated so far, of all members.
    package var inflatedCount: Int { budget.count }

    /// Inflates a member and hands it on block by block.
    ///
    /// - Throws: what `describe` makes of a member that is not there, encrypted, damaged or compressed in a way that is not
    ///   read, or of an archive that inflates to more than its limit; what `take` throws.
    package func read(
      _ name: String, _ take: (borrowing Swift.Span<UInt8>) throws(QueryError) -> Void
    ) throws(QueryError) {
      guard var place = places[Self.key(name, ignoresCase)], unsafe unzGoToFilePos64(handle, &place) == UNZ_OK else {
        throw describe(.missing(name))
      }
      var info = unz_file_info64()
      guard unsafe unzGetCurrentFileInfo64(handle, &info, nil, 0, nil, 0, nil, 0) == UNZ_OK else {
        throw describe(.damaged(name))
      }
      if info.flag & 1 != 0 { throw describe(.encrypted(name)) }
      guard info.compression_method == 0 || info.compression_method == UInt(Z_DEFLATED) else {
        throw describe(.unreadMethod(name, Int(clamping: info.compression_method)))
      }
      guard unsafe unzOpenCurrentFile(handle) == UNZ_OK else { throw describe(.damaged(name)) }
      var isOpen = true
      defer { if isOpen { unsafe unzCloseCurrentFile(handle) } }
      var block = [UInt8](repeating: 0, count: Self.blockSize)
      var total = 0
      while true {
        // SAFETY: minizip writes at most as many bytes as it is told there is room for, and returns their number.
        let count = unsafe block.withUnsafeMutableBytes { memory in
          unsafe unzReadCurrentFile(handle, memory.baseAddress, UInt32(memory.count))
        }
        guard count >= 0, count <= block.count else { throw describe(.damaged(name)) }
        if count == 0 { break }
        total += Int(count)
        guard budget.spend(Int(count)) else { throw describe(.tooLarge(limit: budget.limit)) }
        try take(block.span.extracting(0..<Int(count)))
      }
      isOpen = false
      // Closing compares the checksum, but only of a member that gave as many bytes as it says to hold.
      guard total == Int(clamping: info.uncompressed_size), unsafe unzCloseCurrentFile(handle) == UNZ_OK else {
        throw describe(.damaged(name))
      }
    }
  }

  /// The bytes of an archive, where minizip finds them for as long as this is there.
  @safe private final class ArchiveMemory {
    let file: UnsafeMutablePointer<bilan_memory_file>
    private let bytes: UnsafeMutableBufferPointer<UInt8>

    init(_ content: [UInt8]) {
      unsafe bytes = .allocate(capacity: content.count)
      _ = unsafe bytes.initialize(from: content)
      unsafe file = .allocate(capacity: 1)
      unsafe file.initialize(
        to: bilan_memory_file(bytes: UnsafePointer(bytes.baseAddress), size: ZPOS64_T(content.count), place: 0))
    }

    deinit {
      unsafe file.deallocate()
      unsafe bytes.deallocate()
    }
  }

  /// How far the members of an archive may inflate, all reading together, before it is taken for a trap.
  private struct InflationBudget {
    private(set) var count = 0
    let limit: Int

    init(limit: Int) { self.limit = limit }

    /// Counts more bytes; false where they are too many.
    mutating func spend(_ bytes: Int) -> Bool {
      count += bytes
      return count <= limit
    }
  }
#endif
