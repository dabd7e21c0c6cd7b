import Foundation
import Testing

/// What no module may do, read off the sources: arrows between modules point one way, and what is dangerous stays in
/// the few files that are for it.
@Suite struct ModuleBoundaryTests {
  /// A target of Package.swift that has sources.
  private struct Module {
    var name: String
    var uses: Set<String>
    var files: [(path: String, text: String)]
  }

  private let modules: [Module]

  init() throws {
    let manifest = try Repository.text("Package.swift")
    var modules: [Module] = []
    for match in manifest.matches(of: #/(?:module|executableTarget)\(\s*(?:name: )?"(\w+)"/#) {
      let name = String(match.1)
      let end = manifest[match.range.upperBound...].firstRange(
        of: #/\n    (?:module|\.executableTarget|\.target|tests)\(|\n\n/#)
      let declaration = manifest[match.range.upperBound..<(end?.lowerBound ?? manifest.endIndex)]
      let uses = declaration.matches(of: #/"(\w+)"/#).map { String($0.1) }
      let files = try Repository.swiftFiles(in: "Sources/\(name)").map { ($0, try Repository.text($0)) }
      modules.append(Module(name: name, uses: Set(uses), files: files))
    }
    self.modules = modules
  }

  // MARK: Modules

  @Test func findsTheModules() {
    #expect(modules.map(\.name).contains("BilanColumnar"))
    #expect(modules.map(\.name).contains("BilanCLI"))
    #expect(modules.first { $0.name == "BilanSyntax" }?.uses == ["BilanDiagnostics"])
    #expect(modules.allSatisfy { !$0.files.isEmpty })
  }

  @Test func importsOnlyWhatTheManifestAllows() {
    let own = Set(modules.map(\.name)).union(["CEditline"])
    for module in modules {
      let reachable = reach(of: module.name)
      for file in module.files {
        for name in Self.imports(of: file.text) where own.contains(name) {
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
      let cells = row.split(separator: "|").map { $0.drop { $0 == " " } }
      let written = Set(cells[2].matches(of: #/\w+/#).map { String($0.0) })
      let short = { (name: String) in name.hasPrefix("Bilan") && name != "Bilan" ? String(name.dropFirst(5)) : name }
      let uses = Set(
        module.uses.filter { $0.hasPrefix("Bilan") || $0 == "CEditline" || $0 == "ArgumentParser" }.map(short))
      #expect(written == uses, "docs/architecture.md says that \(module.name) uses \(written.sorted())")
    }
  }

  // MARK: The system

  private static let c: Set = ["Glibc", "Darwin", "Musl"]

  /// Which system modules may be imported where; none are in the list below the command line but these.
  private static let allowed: [String: Set<String>] = [
    "BilanColumnar": ["Synchronization"],
    "BilanStatistics": c,
    "BilanFunctions": c,
    "BilanEngine": ["Dispatch", "Synchronization"],
    "BilanReaders": c.union(["Synchronization", "FoundationEssentials"]),
    "Bilan": c.union(["Synchronization"]),
    "BilanShell": c.union(["Synchronization", "CEditline"]),
    "BilanCLI": c.union(["ArgumentParser"]),
    "MakeDatasets": c,
  ]

  /// A static binary that answers in a millisecond has no place for Foundation.
  @Test func importsOnlyWhatItNeedsOfTheSystem() {
    let own = Set(modules.map(\.name))
    for module in modules {
      for file in module.files {
        let foreign = Set(Self.imports(of: file.text)).subtracting(own)
        let unwanted = foreign.subtracting(Self.allowed[module.name] ?? [])
        #expect(unwanted.isEmpty, "\(file.path) imports \(unwanted.sorted())")
      }
    }
  }

  @Test func decodesJSONWithFoundationInOneFile() {
    expect(#/import FoundationEssentials/#, onlyIn: ["Sources/BilanReaders/Package/DescriptorReader.swift"])
  }

  @Test func startsParallelWorkInOneFile() {
    expect(
      #/\bimport Dispatch\b|\bDispatchQueue\b|\bpthread_create\b|\bTask\s*(?:\.detached\s*)?\{|\bThread\s*\(/#,
      onlyIn: ["Sources/BilanEngine/Scheduler/Scheduler.swift"])
  }

  /// Readers read data; the session reads definitions and finds datasets; the shell has its history and saved queries.
  @Test func opensFilesInFewPlaces() {
    expect(
      #/\b(?:fopen|openat|opendir|mmap|creat|freopen)\(|\bunsafe open\(|\b(?:Glibc|Darwin)\.open\(/#,
      onlyIn: [
        "Sources/BilanReaders/Bytes/FileBytes.swift",
        "Sources/BilanReaders/Bytes/NearbyFiles.swift",
        "Sources/Bilan/Catalog.swift",
        "Sources/Bilan/SessionEnvironment.swift",
        "Sources/BilanShell/Environment/FileSystem.swift",
        "Sources/BilanShell/Editing/HistoryFile.swift",
        "Sources/BilanShell/Editing/EditlineEditor.swift",
        "Sources/MakeDatasets/File.swift",
      ])
  }

  /// Nothing below the shell writes a file, opens a connection or starts a process.
  @Test func writesNothingBelowTheShell() {
    for module in modules where !["BilanShell", "BilanCLI", "MakeDatasets", "DatasetGenerator"].contains(module.name) {
      for file in module.files {
        for line in Self.code(of: file.text) {
          #expect(
            line.firstMatch(
              of: #/\b(?:fwrite|fputs|fprintf|unlink|rename|mkdir|rmdir|ftruncate|socket|connect|fork|execv\w*|posix_spawn\w*|system)\(/#
            ) == nil || line.contains("func ") || line.contains("case "), "\(file.path): \(line)")
        }
        #expect(file.text.firstMatch(of: #/\bfopen\([^,\n]+, "(?:[wa]|r\+)/#) == nil, "\(file.path) opens for writing")
      }
    }
  }

  /// The columns' hot loops are safe code: `unsafe` is for talking to C, and for two places that say why they hold.
  @Test func keepsUnsafeCodeWhereItMeetsC() {
    expect(
      #/\bunsafe\b|\bnonisolated\(unsafe\)|@unchecked\b|\bUnsafe\w*Pointer\b/#,
      onlyIn: [
        "Sources/BilanColumnar/Columns/ExactText.swift",
        "Sources/BilanReaders/Bytes/FileBytes.swift",
        "Sources/BilanReaders/Bytes/NearbyFiles.swift",
        "Sources/Bilan/Catalog.swift",
        "Sources/Bilan/SessionEnvironment.swift",
        "Sources/MakeDatasets/File.swift",
        "Sources/BilanEngine/Scheduler/Scheduler.swift",
      ], except: #/Sources\/BilanShell\//#)
  }

  /// Results are the same bytes in every locale and at every hour: time and place are passed in.
  @Test func asksTheMachineForNothingInBetween() {
    for name in ["BilanDiagnostics", "BilanColumnar", "BilanStatistics", "BilanSyntax", "BilanFunctions", "BilanPlan"]
      + ["BilanEngine", "BilanRenderers"]
    {
      for file in modules.first(where: { $0.name == name })?.files ?? [] {
        for line in Self.code(of: file.text) {
          #expect(
            line.firstMatch(of: #/\b(?:setlocale|localtime\w*|gettimeofday|clock_gettime|getenv|isatty|random|SystemRandomNumberGenerator)\b\(?/#) == nil,
            "\(file.path): \(line)")
        }
      }
    }
  }

  // MARK: Reading sources

  /// Checks that lines of code with `pattern` stand only in `files`, and in each of them.
  private func expect(
    _ pattern: Regex<Substring>, onlyIn files: Set<String>, except: Regex<Substring>? = nil
  ) {
    var found: Set<String> = []
    for module in modules {
      for file in module.files {
        for line in Self.code(of: file.text) where line.firstMatch(of: pattern) != nil {
          if let except, line.firstMatch(of: except) != nil || file.path.firstMatch(of: except) != nil { continue }
          found.insert(file.path)
          #expect(files.contains(file.path), "\(file.path): \(line)")
        }
      }
    }
    #expect(files.subtracting(found).isEmpty, "these no longer need it: \(files.subtracting(found).sorted())")
  }

  private static func imports(of text: String) -> [String] {
    code(of: text).compactMap { $0.firstMatch(of: #/^\s*(?:@\w+ )?import (?:struct |class |func )?(\w+)/#).map { String($0.1) } }
  }

  /// The lines without comments and without the contents of text literals.
  private static func code(of text: String) -> [Substring] {
    text.split(separator: "\n").compactMap { line in
      let bare = line.drop { $0 == " " }
      if bare.hasPrefix("//") { return nil }
      return line.replacing(#/"(?:[^"\\]|\\.)*"/#, with: "\"\"")[...]
    }
  }
}
