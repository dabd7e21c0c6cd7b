/// A target of Package.swift that has sources, its files read once and cut into words.
struct SourceModule: Sendable {
  /// A name or keyword in code; comments and the contents of texts are none.
  struct Word: Sendable {
    /// With the `@` of an attribute.
    var text: String
    /// The word before it.
    var previous: String
    /// A parenthesis follows.
    var isCall: Bool
  }

  struct File: Sendable {
    var path: String
    var text: String
    var words: [Word]
    var imports: Set<String>
  }

  var name: String
  /// Targets and products, as the manifest names them.
  var uses: Set<String>
  var files: [File]

  static let all: Result<[SourceModule], any Error> = Result { try read(try Repository.text("Package.swift")) }

  private static func read(_ manifest: String) throws -> [SourceModule] {
    // `module("Name", uses: […])` and `.executableTarget(name: "Name", dependencies: […])`, up to the next target.
    var declarations: [String] = []
    let starts = ["module(", ".executableTarget(", ".target(", ".testTarget(", "tests(", ".systemLibrary("]
    let targets = manifest.split(separator: "\n").drop { !$0.hasPrefix("  targets: [") }.dropFirst()
    for line in targets {
      if starts.contains(where: { line.hasPrefix("    " + $0) }) {
        declarations.append(String(line))
      } else if !declarations.isEmpty {
        declarations[declarations.count - 1] += "\n" + line
      }
    }
    var modules: [SourceModule] = []
    for declaration in declarations {
      guard declaration.hasPrefix("    module(") || declaration.hasPrefix("    .executableTarget(") else { continue }
      let quoted = declaration.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 1 }.map { String($0.element) }
      guard let name = quoted.first else { continue }
      let files = try Repository.swiftFiles(in: "Sources/\(name)").map { path in
        File(path: path, text: try Repository.text(path))
      }
      // A product is named with its package behind it.
      let uses = Set(quoted.dropFirst().filter { $0 != "swift-argument-parser" })
      modules.append(SourceModule(name: name, uses: uses, files: files))
    }
    return modules
  }
}

extension SourceModule.File {
  init(path: String, text: String) {
    self.path = path
    self.text = text
    words = []
    imports = []
    var previous = ""
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
      let code = Self.code(in: line)
      var position = code.startIndex
      while position < code.endIndex {
        guard Self.isOfWord(code[position]) else {
          position += 1
          continue
        }
        let start = position
        while position < code.endIndex, Self.isOfWord(code[position]) { position += 1 }
        let word = String(decoding: code[start..<position], as: UTF8.self)
        let isCall = position < code.endIndex && code[position] == UInt8(ascii: "(")
        words.append(SourceModule.Word(text: word, previous: previous, isCall: isCall))
        if previous == "import" { imports.insert(word) }
        previous = word
      }
    }
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "@"):
      true
    default: false
    }
  }

  /// A line without its comment and without what stands between quotes.
  private static func code(in line: Substring.UTF8View) -> [UInt8] {
    var code: [UInt8] = []
    var isText = false
    var last: UInt8 = 0
    for byte in line {
      if isText {
        if byte == UInt8(ascii: "\""), last != UInt8(ascii: "\\") { isText = false }
        last = last == UInt8(ascii: "\\") && byte == UInt8(ascii: "\\") ? 0 : byte
        continue
      }
      if byte == UInt8(ascii: "/"), last == UInt8(ascii: "/") { break }
      if byte == UInt8(ascii: "\"") { isText = true }
      code.append(byte)
      last = byte
    }
    return code
  }
}
