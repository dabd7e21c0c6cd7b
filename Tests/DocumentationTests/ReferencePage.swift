/// A page of documentation, cut into prose, examples that run, and parts that are written by machine.
///
///     ```bilan              a query and, after it, what it shows
///     ```text
///     ```bilan-error        a query that is wrong, or whose check fails, and what is said about it
///     <!-- generated: functions numbers -->  …  <!-- end -->      made from a table of the program
///     <!-- values -->  …  <!-- end -->       a table: expressions in its first column, their values in the second
struct ReferencePage {
  enum Segment: Equatable {
    case prose([String])
    case example(Example)
    case generated(name: String, lines: [String])
    case values([String])
  }

  struct Example: Equatable {
    var query: String
    var showsError: Bool
    /// Nil where none is recorded yet.
    var output: String?
    /// Of the query's first line, from 1.
    var line: Int
  }

  var segments: [Segment] = []

  init(_ text: String) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
    var prose: [String] = []
    func block(endingIn end: String) -> [String] {
      let body = Array(lines.prefix { $0 != end })
      lines = lines.dropFirst(body.count + 1)
      return body
    }
    while let line = lines.popFirst() {
      let number = lines.startIndex + 1
      var segment: Segment?
      if line == "```bilan" || line == "```bilan-error" {
        let query = block(endingIn: "```").joined(separator: "\n")
        var output: String?
        if lines.first == "```text" {
          lines = lines.dropFirst()
          output = block(endingIn: "```").joined(separator: "\n")
        }
        segment = .example(
          Example(query: query, showsError: line == "```bilan-error", output: output, line: number))
      } else if line.hasPrefix("<!-- generated: ") {
        let name = String(line.dropFirst("<!-- generated: ".count).dropLast(" -->".count))
        segment = .generated(name: name, lines: block(endingIn: "<!-- end -->"))
      } else if line == "<!-- values -->" {
        segment = .values(block(endingIn: "<!-- end -->"))
      }
      if let segment {
        if !prose.isEmpty { segments.append(.prose(prose)) }
        prose = []
        segments.append(segment)
      } else {
        prose.append(line)
      }
    }
    segments.append(.prose(prose))
  }

  var text: String { segments.map(Self.text).joined(separator: "\n") }

  static func text(_ segment: Segment) -> String {
    switch segment {
    case .prose(let lines): lines.joined(separator: "\n")
    case .example(let example):
      "```bilan\(example.showsError ? "-error" : "")\n\(example.query)\n```\n```text\n\(example.output ?? "")\n```"
    case .generated(let name, let lines):
      (["<!-- generated: \(name) -->"] + lines + ["<!-- end -->"]).joined(separator: "\n")
    case .values(let lines): (["<!-- values -->"] + lines + ["<!-- end -->"]).joined(separator: "\n")
    }
  }

  var examples: [Example] {
    segments.compactMap { if case .example(let example) = $0 { example } else { nil } }
  }
}
