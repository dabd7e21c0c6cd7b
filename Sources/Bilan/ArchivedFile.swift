#if Spreadsheets || Compression
  import BilanArchives
  import BilanColumnar
  import BilanCompression
  import BilanDiagnostics
  import BilanReaders

  /// A ZIP archive of files of data: one of them is inflated in memory, and opened by its own format.
  ///
  ///     from "data.zip"                        the file in it, where there is one
  ///     from "data.zip#2020/results.csv"       one of several
  ///     from "data.zip#results.json#regions"   a table of one of several
  struct ArchivedFile {
    private let path: String
    private let name: String
    private let archive: ZipArchive
    /// Bytes of the whole archive.
    private let storedCount: Int
    /// The files in it, without what operating systems put beside them.
    private let members: [ZipArchive.Member]

    /// A file on disk that begins with `head`.
    ///
    /// - Returns: nil for what is no ZIP archive.
    /// - Throws: `malformedFile` for a broken one, and for one that is a document of an office program.
    init?(path: String, name: String, head: [UInt8]) throws(QueryError) {
      guard Self.isArchive(head) else { return nil }
      try self.init(.file(path: path), path: path, name: name, storedCount: FileFormats.size(of: path) ?? 0)
    }

    /// Bytes that are in memory, as standard input's are; the same errors.
    init?(stored: [UInt8], path: String, name: String) throws(QueryError) {
      guard Self.isArchive(stored) else { return nil }
      try self.init(.memory(stored), path: path, name: name, storedCount: stored.count)
    }

    private static func isArchive(_ head: [UInt8]) -> Bool {
      head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 0x05, 0x06])
    }

    private init(_ source: ZipArchive.Source, path: String, name: String, storedCount: Int) throws(QueryError) {
      self.path = path
      self.name = name
      self.storedCount = storedCount
      archive = try ZipArchive(
        source, name: name, ignoresCase: false,
        limit: { CompressedFile.limit(storedCount: $0, available: Machine.availableMemory) },
        describe: { Self.error($0, in: name) })
      // What programs of offices save is a ZIP archive too.
      if archive.contains("[Content_Types].xml") || (archive.contains("mimetype") && archive.contains("content.xml")) {
        throw Self.document(name)
      }
      members = archive.members.filter { member in
        let last = member.name.split(separator: "/").last ?? ""
        return !member.name.hasSuffix("/") && !member.name.hasPrefix("__MACOSX/") && !last.hasPrefix(".")
      }
      if members.isEmpty {
        throw QueryError(
          .error(.emptyFile, Localized("`\(name)` holds no file", fr: "`\(name)` ne contient aucun fichier")),
          kind: .data)
      }
    }

    /// Opens a file in the archive.
    ///
    /// - Parameter part: what stands after `#` in the path: a member, a table of the only one, or both.
    func open(
      _ part: String?, options: ReadOptions, resource: DataPackage.Resource?
    ) throws(QueryError) -> any TableSource {
      let (member, table) = try choose(part)
      try refuseTwins(of: member)
      var bytes: [UInt8] = []
      bytes.reserveCapacity(min(member.size, 1 << 30))
      var blocks = 0
      try archive.read(member.name) { (block: borrowing Swift.Span<UInt8>) throws(QueryError) in
        blocks += 1
        if blocks & 0xFF == 0, options.isCancelled() { throw .cancelled }
        for index in block.indices { bytes.append(block[index]) }
      }
      try refuseNested(bytes, member)
      let inflatedCount = bytes.count
      let opened = try Formats.open(
        bytes: bytes, path: path, inner: member.name, table: table, name: name, options: options, resource: resource)
      let (fileCount, storedCount, memberName) = (members.count, storedCount, member.name)
      (opened as? FileTable)?.amend { report in
        report.byteCount = storedCount
        report.decisions.append(
          Fact(
            Localized("archive", fr: "archive"), Localized(verbatim: "`\(memberName)`"),
            Localized(
              "\(fileCount == 1 ? "the only file" : "one of \(fileCount) files") in it, \(inflatedCount) bytes",
              fr: "\(fileCount == 1 ? "le seul fichier" : "l’un des \(fileCount) fichiers") qu’elle contient, "
                + "\(inflatedCount) octets")))
      }
      return opened
    }

    /// The member that is meant, and the table in it.
    private func choose(_ part: String?) throws(QueryError) -> (member: ZipArchive.Member, table: String?) {
      guard let part else {
        guard members.count == 1 else { throw notChosen() }
        return (members[0], nil)
      }
      if let member = named(part) { return (member, nil) }
      // A member's own name may have the sign in it.
      for sign in part.indices where part[sign] == "#" {
        if let member = named(String(part[..<sign])) { return (member, String(part[part.index(after: sign)...])) }
      }
      guard members.count == 1 else {
        throw FileFormats.unknownTable(part, in: path, among: members.map(\.name))
      }
      return (members[0], part)
    }

    /// The member of this path in the archive, or the only one of this name in any of its folders.
    private func named(_ name: String) -> ZipArchive.Member? {
      if let member = members.first(where: { $0.name == name }) { return member }
      let sameName = members.filter { $0.name.hasSuffix("/" + name) }
      return sameName.count == 1 ? sameName[0] : nil
    }

    /// Of two members of one name none is the one that is meant.
    private func refuseTwins(of member: ZipArchive.Member) throws(QueryError) {
      guard members.count(where: { $0.name == member.name }) > 1 else { return }
      throw QueryError(
        .error(
          .malformedFile,
          Localized(
            "`\(name)` has several files called `\(member.name)`",
            fr: "`\(name)` contient plusieurs fichiers nommés `\(member.name)`"),
          help: Localized(
            "unpack it and open the one that is meant",
            fr: "décompressez l’archive et ouvrez le fichier voulu")), kind: .data)
    }

    private func refuseNested(_ bytes: [UInt8], _ member: ZipArchive.Member) throws(QueryError) {
      let isZip = bytes.starts(with: [0x50, 0x4B, 0x03, 0x04])
      let isNamedBook = [".xlsx", ".xlsm"].contains { member.name.lowercased().hasSuffix($0) }
      guard
        CompressionFormat(startOf: bytes) != nil || UnreadCompression(startOf: bytes) != nil || (isZip && !isNamedBook)
      else { return }
      throw QueryError(
        .error(
          .unsupportedFormat,
          Localized(
            "`\(member.name)` in `\(name)` is another compressed file",
            fr: "`\(member.name)` dans `\(name)` est un autre fichier compressé"),
          help: Localized("unpack it, then open it", fr: "décompressez l’archive, puis ouvrez-le")), kind: .data)
    }

    // MARK: Errors

    private func notChosen() -> QueryError {
      let list = members.prefix(10).map { "`\($0.name)`" }.joined(separator: ", ") + (members.count > 10 ? ", …" : "")
      return QueryError(
        .error(
          .severalMembers,
          Localized(
            "`\(name)` is an archive of \(members.count) files",
            fr: "`\(name)` est une archive de \(members.count) fichiers"
          ),
          help: Localized(
            "say which: `from \"\(name)#\(members[0].name)\"`; it has \(list)",
            fr: "dire lequel : `from \"\(name)#\(members[0].name)\"` ; elle contient \(list)")), kind: .data)
    }

    private static func document(_ name: String) -> QueryError {
      QueryError(
        .error(
          .binaryFile,
          Localized(
            "`\(name)` is a document of an office program, and no workbook that Bilan reads",
            fr: "`\(name)` est un document de bureautique, et non un classeur que Bilan lit"),
          help: Localized(
            "save it as xlsx or CSV, then open that", fr: "enregistrez-le en xlsx ou en CSV, puis ouvrez ce fichier")),
        kind: .data)
    }

    private static func error(_ failure: ZipFailure, in name: String) -> QueryError {
      func malformed(_ reason: Localized) -> QueryError { FileFormats.malformed(name, "ZIP", reason) }
      switch failure {
      case .noArchive:
        return malformed(
          Localized("its directory, which ends it, is not there", fr: "son répertoire, qui le termine, n’y est pas"))
      case .brokenDirectory: return malformed(Localized("its directory is damaged", fr: "son répertoire est abîmé"))
      case .missing(let member), .damaged(let member):
        return malformed(Localized("`\(member)` in it is damaged", fr: "`\(member)` y est abîmé"))
      case .encrypted(let member):
        return QueryError(
          .error(
            .unsupportedFormat,
            Localized(
              "`\(member)` in `\(name)` is protected by a password",
              fr: "`\(member)` dans `\(name)` est protégé par un mot de passe"),
            help: Localized("unpack it, then open it", fr: "décompressez l’archive, puis ouvrez-le")), kind: .data)
      case .unreadMethod(let member, let number):
        let method = ZipFailure.methodName(number)
        return QueryError(
          .error(
            .unsupportedFormat,
            Localized(
              "`\(member)` in `\(name)` is compressed with \(method ?? "method \(number)"), which is not read in archives",
              fr: "`\(member)` dans `\(name)` est compressé par \(method ?? "la méthode \(number)"), qui ne se lit pas "
                + "dans une archive"),
            help: Localized(
              "unpack it, or zip it with the usual method, deflate",
              fr: "décompressez l’archive, ou refaites-la par la méthode habituelle, deflate")), kind: .data)
      case .tooLarge(let limit):
        return QueryError(
          .error(
            .unsupportedFormat,
            Localized(
              "`\(name)` inflates to more than \(limit >> 20) MiB: it is not read",
              fr: "`\(name)` donne plus de \(limit >> 20) Mio : il n’est pas lu"),
            help: Localized(
              "if it is what it should be, unpack it to disk and open that",
              fr: "si c’est bien ce qu’il doit être, décompressez-le sur le disque et ouvrez le résultat")), kind: .data
        )
      }
    }
  }
#endif
