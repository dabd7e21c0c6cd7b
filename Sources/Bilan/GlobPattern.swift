/// A path with wildcards: `data/2020-*.csv`, `data/*/results.csv`, `book-?.xlsx#Sheet 2`, `**/T[1-4].csv`.
///
/// `*` is any number of characters of a name, `?` one, `[a-c]` and `[!a-c]` one of a set; `**` any number of folders.
struct GlobPattern: Sendable {
  let path: String
  /// What stands after `#`.
  let table: String?
  /// Names and patterns of names, from the folder down.
  private let components: [String]
  private let isAbsolute: Bool

  /// - Returns: nil for a path without a wildcard.
  init?(_ path: String) {
    var file = path[...]
    var table: String?
    if let sign = path.lastIndex(of: "#"), Self.isPattern(path[..<sign]) {
      file = path[..<sign]
      table = String(path[path.index(after: sign)...])
    }
    guard Self.isPattern(file) else { return nil }
    self.path = path
    self.table = table
    isAbsolute = file.hasPrefix("/")
    components = file.split(separator: "/").map(String.init)
  }

  private static func isPattern(_ text: some StringProtocol) -> Bool {
    text.contains { $0 == "*" || $0 == "?" } || text.contains("[") && text.contains("]")
  }

  /// The folder that no wildcard is part of, with a slash at its end; empty for the current one.
  var folder: String {
    let fixed = components.dropLast().prefix { !Self.isPattern($0) }
    return (isAbsolute ? "/" : "") + fixed.map { $0 + "/" }.joined()
  }

  /// The files that match, in the order of their names.
  var files: [String] {
    let depth = components.dropLast().prefix { !Self.isPattern($0) }.count
    var found: [String] = []
    Self.find(components[depth...], in: folder, level: 0, &found)
    return found
  }

  /// Deeper than this no folder is looked into: a link may lead back up.
  private static let mostLevels = 32

  private static func find(_ rest: ArraySlice<String>, in folder: String, level: Int, _ found: inout [String]) {
    guard let component = rest.first, level < mostLevels else { return }
    let names = FileKind.names(in: folder.isEmpty ? "." : folder)
    if component == "**" {
      // No folder at all, else one and then the same again.
      find(rest.dropFirst(), in: folder, level: level + 1, &found)
      for name in names where !name.hasPrefix(".") && FileKind(folder + name) == .folder {
        find(rest, in: folder + name + "/", level: level + 1, &found)
      }
      return
    }
    for name in names where matches(Array(name.unicodeScalars), Array(component.unicodeScalars)) {
      // Hidden files only where they are asked for.
      if name.hasPrefix("."), !component.hasPrefix(".") { continue }
      switch FileKind(folder + name) {
      case .file where rest.count == 1: found.append(folder + name)
      case .folder where rest.count > 1: find(rest.dropFirst(), in: folder + name + "/", level: level + 1, &found)
      default: break
      }
    }
  }

  /// Whether a name is as the pattern says.
  ///
  /// A star that turns out too short takes one more; only the last star may have to, so this is O(name · pattern).
  static func matches(_ name: [Unicode.Scalar], _ pattern: [Unicode.Scalar]) -> Bool {
    var (place, at) = (0, 0)
    var star: (place: Int, at: Int)?
    while place < name.count {
      if at < pattern.count, pattern[at] == "*" {
        star = (place, at)
        at += 1
      } else if let next = one(name[place], pattern, at) {
        place += 1
        at = next
      } else if let last = star {
        star = (last.place + 1, last.at)
        place = last.place + 1
        at = last.at + 1
      } else {
        return false
      }
    }
    return pattern[at...].allSatisfy { $0 == "*" }
  }

  /// Where the pattern goes on, if what stands at `at` takes this character.
  private static func one(_ character: Unicode.Scalar, _ pattern: [Unicode.Scalar], _ at: Int) -> Int? {
    guard at < pattern.count else { return nil }
    if pattern[at] == "?" { return at + 1 }
    // A bracket that is not closed is a bracket.
    guard pattern[at] == "[", let end = pattern[at...].dropFirst(2).firstIndex(of: "]") else {
      return pattern[at] == character ? at + 1 : nil
    }
    var set = pattern[(at + 1)..<end]
    let isInverted = set.first == "!" || set.first == "^"
    if isInverted { set = set.dropFirst() }
    var isIn = false
    while let low = set.first {
      if set.count > 2, set[set.startIndex + 1] == "-" {
        let high = set[set.startIndex + 2]
        if low <= character, character <= high { isIn = true }
        set = set.dropFirst(3)
      } else {
        if low == character { isIn = true }
        set = set.dropFirst()
      }
    }
    return isIn != isInverted ? end + 1 : nil
  }
}
