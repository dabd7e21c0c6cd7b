import Testing

/// What no module may do, read off the sources: arrows between modules point one way, and what is dangerous stays in
/// the few files that are for it.
@Suite struct ModuleBoundaryTests {
  private let modules: [SourceModule]

  init() throws { modules = try SourceModule.all.get() }

  // MARK: Modules

  @Test func findsTheModules() {
    #expect(modules.map(\.name).contains("BilanColumnar"))
    #expect(modules.map(\.name).contains("BilanCLI"))
    #expect(modules.first { $0.name == "BilanSyntax" }?.uses == ["BilanDiagnostics"])
    #expect(modules.first { $0.name == "BilanCLI" }?.uses.contains("ArgumentParser") == true)
    #expect(modules.allSatisfy { !$0.files.isEmpty })
  }

  @Test func importsOnlyWhatTheManifestAllows() {
    let own = Set(modules.map(\.name)).union([
      "CEditline", "CExpat", "CMinizip", "CZlib", "CCompression", "CSQLite",
    ])
    for module in modules {
      let reachable = reach(of: module.name)
      for file in module.files {
        for name in file.imports where own.contains(name) {
          #expect(reachable.contains(name), "\(file.path) imports \(name), which \(module.name) may not use")
        }
      }
    }
  }

  /// All that a module uses, directly or through others.
  private func reach(of name: String) -> Set<String> {
    guard let module = modules.first(where: { $0.name == name }) else { return [] }
    return module.uses.union(module.uses.flatMap { reach(of: $0) })
  }

  /// The table of modules in the architecture page, row by row: each module with what Package.swift lets it use.
  @Test func areMappedInTheArchitecturePage() throws {
    let page = try Repository.text("docs/architecture.md")
    for module in modules where module.name.hasPrefix("Bilan") {
      guard let row = page.split(separator: "\n").first(where: { $0.hasPrefix("| `\(module.name)` |") }) else {
        Issue.record("docs/architecture.md has no row on \(module.name)")
        continue
      }
      let written = Set(row.split(separator: "|")[1].split { !$0.isLetter }.map(String.init))
      let uses = Set(module.uses.map { $0.hasPrefix("Bilan") && $0 != "Bilan" ? String($0.dropFirst(5)) : $0 })
      #expect(written == uses, "docs/architecture.md says that \(module.name) uses \(written.sorted())")
    }
  }

  // MARK: The system

  private static let c: Set = ["Glibc", "Darwin", "Musl"]

  /// Which system modules may be imported where; in modules that are not listed, none.
  private static let allowed: [String: Set<String>] = [
    "BilanDiagnostics": c,
    "BilanColumnar": ["Dispatch", "Synchronization"],
    "BilanStatistics": c,
    "BilanFunctions": c,
    "BilanEngine": ["Synchronization"],
    "BilanCompression": ["CCompression"],
    "BilanDatabases": ["CSQLite"],
    "BilanReaders": c.union(["Synchronization", "CScan"]),
    "BilanSpreadsheets": ["CExpat"],
    "BilanArchives": ["CMinizip"],
    "BilanWorkbooks": ["CZlib"],
    "BilanExchange": ["CExpat"],
    "BilanRenderers": ["Synchronization"],
    "Bilan": c.union(["Synchronization", "CSystem"]),
    "BilanShell": c.union(["Synchronization", "CEditline"]),
    "BilanCLI": c.union(["ArgumentParser"]),
    "MakeDatasets": c,
  ]

  /// A static binary that answers in a millisecond has no place for Foundation.
  @Test func importsOnlyWhatItNeedsOfTheSystem() {
    let own = Set(modules.map(\.name))
    for module in modules {
      for file in module.files {
        let unwanted = file.imports.subtracting(own).subtracting(Self.allowed[module.name] ?? [])
        #expect(unwanted.isEmpty, "\(file.path) imports \(unwanted.sorted())")
      }
    }
  }

  @Test func startsParallelWorkInOneFile() {
    let words: Set = ["Dispatch", "DispatchQueue", "pthread_create", "Task", "Thread", "withTaskGroup"]
    expect(onlyIn: ["Sources/BilanColumnar/Workers/Workers.swift"]) { words.contains($0.text) }
  }

  /// Readers read data and definitions; the catalog looks into folders; the shell has its history and saved queries.
  @Test func opensFilesInFewPlaces() {
    let calls: Set = ["fopen", "openat", "opendir", "mmap", "creat", "freopen", "unzOpen64"]
    expect(
      onlyIn: [
        "Sources/BilanReaders/Bytes/FileBytes.swift",
        "Sources/BilanReaders/Bytes/MappedFile.swift",
        "Sources/BilanReaders/Bytes/NearbyFiles.swift",
        "Sources/BilanReaders/Bytes/OpenedFile.swift",
        "Sources/BilanArchives/ZipArchive.swift",
        "Sources/Bilan/FileKind.swift",
        "Sources/BilanShell/Cache/CacheFolder.swift",
        "Sources/BilanShell/Environment/FileSystem.swift",
        "Sources/BilanShell/Environment/NewFile.swift",
        "Sources/BilanShell/Environment/OutputFile.swift",
        "Sources/BilanShell/Editing/HistoryFile.swift",
        "Sources/BilanShell/Editing/EditlineEditor.swift",
        "Sources/MakeDatasets/File.swift",
      ]
    ) { word in
      word.isCall
        && (calls.contains(word.text) || word.text == "open" && ["unsafe", "Glibc", "Darwin"].contains(word.previous))
    }
  }

  /// Nothing below the shell writes a file, opens a connection or starts a process.
  @Test func writesNothingBelowTheShell() {
    let calls: Set = [
      "fwrite", "fputs", "fprintf", "unlink", "mkdir", "rmdir", "ftruncate", "socket", "connect", "fork", "execv",
      "execve", "execvp", "posix_spawn", "posix_spawnp", "system", "popen",
    ]
    let shell: Set = ["BilanShell", "BilanCLI", "MakeDatasets", "DatasetGenerator"]
    for module in modules where !shell.contains(module.name) {
      for file in module.files {
        for word in file.words where word.isCall && word.previous != "func" {
          #expect(!calls.contains(word.text), "\(file.path) calls \(word.text)")
        }
        guard file.words.contains(where: { $0.isCall && $0.text == "fopen" }) else { continue }
        for mode in ["\"w\")", "\"wb\")", "\"a\")", "\"ab\")", "\"r+\")", "\"r+b\")"] {
          #expect(!file.text.contains(mode), "\(file.path) opens a file with \(mode.dropLast())")
        }
      }
    }
  }

  /// The columns' hot loops are safe code: `unsafe` is for talking to C, and for a few places that say why they hold.
  @Test func keepsUnsafeCodeWhereItMeetsC() {
    expect(
      onlyIn: [
        "Sources/BilanColumnar/Columns/Bitmap.swift",
        "Sources/BilanColumnar/Columns/Buffer.swift",
        "Sources/BilanColumnar/Columns/ExactText.swift",
        "Sources/BilanColumnar/Kernels/DigitWords.swift",
        "Sources/BilanColumnar/Kernels/TextFolding.swift",
        "Sources/BilanColumnar/Kernels/TextSearch+Dictionary.swift",
        "Sources/BilanCompression/Bzip2Inflater.swift",
        "Sources/BilanCompression/CRC32.swift",
        "Sources/BilanCompression/Deflation.swift",
        "Sources/BilanCompression/GzipInflater.swift",
        "Sources/BilanCompression/XZInflater.swift",
        "Sources/BilanCompression/ZstdInflater.swift",
        "Sources/BilanDatabases/SQLiteConnection.swift",
        "Sources/BilanDiagnostics/SystemReason.swift",
        "Sources/BilanFunctions/Aggregates/LaneSlots.swift",
        "Sources/BilanFunctions/Aggregates/LaneSums.swift",
        "Sources/BilanReaders/Bytes/ByteSearch.swift",
        "Sources/BilanReaders/Bytes/ByteView.swift",
        "Sources/BilanReaders/Bytes/Checksum.swift",
        "Sources/BilanReaders/Bytes/FileBytes.swift",
        "Sources/BilanReaders/Bytes/FileState.swift",
        "Sources/BilanReaders/Bytes/MappedFile.swift",
        "Sources/BilanReaders/Bytes/NearbyFiles.swift",
        "Sources/BilanReaders/Bytes/OpenedFile.swift",
        "Sources/BilanReaders/Scan/Block.swift",
        "Sources/BilanReaders/Scan/BlockFields.swift",
        "Sources/BilanReaders/Scan/BufferPlaces.swift",
        "Sources/BilanReaders/Columns/PlainTexts.swift",
        "Sources/BilanReaders/Scan/FieldWords.swift",
        "Sources/BilanReaders/Scan/NumberCapture.swift",
        "Sources/BilanReaders/Scan/RowMemory.swift",
        "Sources/BilanReaders/Scan/TextCapture.swift",
        "Sources/BilanReaders/Scan/TextCodes.swift",
        "Sources/BilanReaders/Scan/TextMerge.swift",
        "Sources/BilanSpreadsheets/Container/XMLStream.swift",
        "Sources/BilanArchives/ZipArchive.swift",
        "Sources/BilanWorkbooks/Deflater.swift",
        "Sources/BilanExchange/XML/XMLRecords.swift",
        "Sources/BilanRenderers/CellBlock.swift",
        "Sources/Bilan/FileKind.swift",
        "Sources/Bilan/Machine.swift",
        "Sources/Bilan/SessionEnvironment.swift",
        "Sources/MakeDatasets/File.swift",
        "Sources/BilanColumnar/Workers/Scratch.swift",
        "Sources/BilanColumnar/Workers/Workers.swift",
      ], apartFrom: "Sources/BilanShell/"
    ) { ["unsafe", "@unchecked", "@unsafe", "@safe"].contains($0.text) || $0.text.hasPrefix("Unsafe") }
  }

  /// Results are the same bytes in every locale and at every hour: time and place are passed in.
  @Test func asksTheMachineForNothingInBetween() {
    let calls: Set = [
      "setlocale", "localtime", "localtime_r", "gettimeofday", "clock_gettime", "getenv", "isatty", "time",
    ]
    let pure: Set = [
      "BilanDiagnostics", "BilanColumnar", "BilanStatistics", "BilanSyntax", "BilanFunctions", "BilanPlan",
      "BilanEngine", "BilanRenderers",
    ]
    for file in modules.filter({ pure.contains($0.name) }).flatMap(\.files) {
      for word in file.words {
        #expect(!(word.isCall && calls.contains(word.text)), "\(file.path) calls \(word.text)")
        #expect(word.text != "SystemRandomNumberGenerator", "\(file.path) throws dice")
      }
    }
  }

  /// Checks that words that `isWanted` finds stand only in `files`, and in each of them.
  private func expect(
    onlyIn files: Set<String>, apartFrom folder: String? = nil, _ isWanted: (SourceModule.Word) -> Bool
  ) {
    var found: Set<String> = []
    for file in modules.flatMap(\.files) where folder.map({ !file.path.hasPrefix($0) }) ?? true {
      guard let word = file.words.first(where: isWanted) else { continue }
      found.insert(file.path)
      #expect(files.contains(file.path), "\(file.path) has `\(word.text)`")
    }
    #expect(files.isSubset(of: found), "these no longer need it: \(files.subtracting(found).sorted())")
  }
}
