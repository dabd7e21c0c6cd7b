import BilanColumnar
import Foundation

/// A golden case: a text, and under it what is expected of it.
///
///     # A missing age is not above 30.
///     from people | where age > 30 | keep name
///     ---- people.csv
///     name,age
///     Ada,36
///     Bo,
///     ----
///     name
///     Ada
///
/// A line `----` begins a section. One whose first word is a file's name is that file, beside the text; every other one is
/// an expectation, its words say of what: see `GoldenQuery`.
package struct GoldenCase: Sendable, CustomStringConvertible {
  package struct Section: Sendable {
    /// What stands behind `----`.
    package var words: [String]
    /// Its lines, each ended.
    package var body: String

    package init(words: [String], body: String) {
      self.words = words
      self.body = body
    }

    /// Whether it is a file that the text reads, and no expectation.
    package var isFile: Bool {
      guard let first = words.first else { return false }
      return first.contains(".") && !first.contains("=")
    }
  }

  /// The path below the folder of cases, without its extension: `query/where_missing`.
  package let name: String
  package let path: String
  /// The text before the first section.
  package let input: String
  package var sections: [Section]

  package var description: String { name }
  package var files: [Section] { sections.filter(\.isFile) }

  package init(name: String, path: String) throws {
    self.name = name
    self.path = path
    let text = try String(contentsOfFile: path, encoding: .utf8)
    var input = ""
    var sections: [Section] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(text.hasSuffix("\n") ? 1 : 0) {
      if line == "----" || line.hasPrefix("---- ") {
        sections.append(Section(words: line.dropFirst(4).split(separator: " ").map(String.init), body: ""))
      } else if sections.isEmpty {
        input += line + "\n"
      } else {
        sections[sections.count - 1].body += line + "\n"
      }
    }
    self.input = input
    self.sections = sections
  }

  /// The cases of a folder, sorted by name.
  package static func all(in folder: String) -> [GoldenCase] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let prefix = folder.split(separator: "/").last.map { $0 + "/" } ?? ""
    return names.filter { $0.hasSuffix(".txt") }.sorted().compactMap { name in
      try? GoldenCase(name: prefix + name.dropLast(4), path: folder + "/" + name)
    }
  }

  var text: String {
    input + sections.map { (["----"] + $0.words).joined(separator: " ") + "\n" + $0.body }.joined()
  }
}

/// An expectation that was not met.
package struct GoldenMismatch: Sendable, CustomStringConvertible {
  package var section: String
  package var expected: String
  package var actual: String

  package var description: String {
    "\(section)\nexpected:\n\(expected)\nis:\n\(actual)"
  }
}

/// Compares what a text gives with what its case expects.
package enum Golden {
  /// Whether expectations are written anew: `BILAN_RECORD=1 swift test`.
  package static var isRecording: Bool { ProcessInfo.processInfo.environment["BILAN_RECORD"] == "1" }

  /// Works out every expectation of a case.
  ///
  /// - Parameters:
  ///   - defaults: the words of the sections that a case without any expectation gets when recording.
  ///   - produce: what the words of a section ask for.
  /// - Returns: what differs, also where it has just been recorded: a recording never passes.
  package static func check(
    _ given: GoldenCase, defaults: [[String]] = [[]], produce: (GoldenCase, [String]) throws -> String
  ) rethrows -> [GoldenMismatch] {
    var given = given
    var mismatches: [GoldenMismatch] = []
    if given.sections.allSatisfy(\.isFile) {
      if !isRecording {
        return [GoldenMismatch(section: given.name, expected: "(nothing is expected)", actual: "")]
      }
      for words in defaults { given.sections.append(GoldenCase.Section(words: words, body: "(not recorded)\n")) }
    }
    for index in given.sections.indices where !given.sections[index].isFile {
      var actual = try produce(given, given.sections[index].words)
      if !actual.isEmpty, !actual.hasSuffix("\n") { actual += "\n" }
      let expected = given.sections[index].body
      if actual != expected {
        mismatches.append(
          GoldenMismatch(
            section: (["----"] + given.sections[index].words).joined(separator: " "), expected: expected,
            actual: actual))
        given.sections[index].body = actual
      }
    }
    if isRecording, !mismatches.isEmpty {
      try? given.text.write(toFile: given.path, atomically: true, encoding: .utf8)
    }
    return mismatches
  }
}
