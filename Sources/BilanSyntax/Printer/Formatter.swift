import BilanDiagnostics

/// Prints a program with its comments.
///
/// A *unit* is what stands on a line of its own: an item, or the source or a step of a pipeline. A comment on a line of
/// its own goes before the unit that it is in or that follows; a comment behind code stays behind the unit.
struct Formatter {
  private struct Unit {
    var range: Range<Int>
    var text = ""
    var leading: [Comment] = []
    var trailing: Comment?
    /// The first unit of its item.
    var beginsItem: Bool
    var indent = 0
  }

  private let source: Source
  private let comments: [Comment]
  private let printer = Printer(keepsLiterals: true)
  private var units: [Unit] = []
  private var footer: [Comment] = []

  init(source: Source, comments: [Comment]) {
    self.source = source
    self.comments = comments
  }

  mutating func format(_ program: ProgramSyntax) -> String {
    for item in program.items { addUnits(item) }
    attachComments()
    var output = ""
    var last: (end: Int, isQuery: Bool)?
    var itemIndex = -1
    for unit in units {
      if unit.beginsItem {
        itemIndex += 1
        let isQuery = if case .query = program.items[itemIndex].kind { true } else { false }
        if let last {
          let first =
            unit.leading.first.map { min($0.range.lowerBound, unit.range.lowerBound) } ?? unit.range.lowerBound
          if last.isQuery || isQuery || isBlankLine(between: last.end, and: first) { output += "\n" }
        }
        last = (program.items[itemIndex].span.end, isQuery)
      }
      write(unit, to: &output)
    }
    writeFooter(after: last?.end, to: &output)
    return output
  }

  // MARK: Units

  private mutating func addUnits(_ item: ItemSyntax) {
    var pipeline: PipelineSyntax?
    var indent = 0
    switch item.kind {
    case .query(let value): pipeline = value
    case .definition(let definition):
      if case .pipeline(let value) = definition.body {
        pipeline = value
        indent = 2
      }
    default: break
    }
    let isCommented = comments.contains { $0.range.lowerBound > item.span.start && $0.range.lowerBound < item.span.end }
    let lines = printer.lines(item.kind, isFlat: !isCommented)
    guard let pipeline, lines.count > 1 else {
      units.append(Unit(range: item.span.range, text: lines.joined(separator: "\n"), beginsItem: true))
      return
    }
    var starts = pipeline.steps.map(\.span)
    if let source = pipeline.source { starts.insert(Span(self.source, item.span.start..<source.span.end), at: 0) }
    for (i, (span, line)) in zip(starts, lines).enumerated() {
      units.append(Unit(range: span.range, text: line, beginsItem: i == 0, indent: i == 0 ? 0 : indent))
    }
  }

  // MARK: Comments

  private mutating func attachComments() {
    var next = 0
    for comment in comments {
      let start = comment.range.lowerBound
      while next < units.count, units[next].range.upperBound <= start { next += 1 }
      let isInside = next < units.count && units[next].range.lowerBound < start
      if comment.isFirstOnLine || units.isEmpty {
        if next < units.count { units[next].leading.append(comment) } else { footer.append(comment) }
        continue
      }
      // Behind code: of the unit it is in, or of the one that ended on its line.
      let owner = isInside ? next : next - 1
      let isBehind = isInside || (owner >= 0 && line(units[owner].range.upperBound) == line(start))
      if isBehind, units[owner].trailing == nil {
        units[owner].trailing = comment
      } else if next < units.count {
        units[next].leading.append(comment)
      } else {
        footer.append(comment)
      }
    }
  }

  private func line(_ offset: Int) -> Int { source.line(at: offset) }

  /// Whether an empty line stands between two places.
  private func isBlankLine(between end: Int, and start: Int) -> Bool {
    guard end < start else { return false }
    let first = line(end)
    let last = line(start)
    guard last - first > 1 else { return false }
    return (first + 1..<last).contains { source.text(in: source.byteRange(ofLine: $0)).allSatisfy(\.isWhitespace) }
  }

  private func write(_ unit: Unit, to output: inout String) {
    let margin = String(repeating: " ", count: unit.indent)
    for (i, comment) in unit.leading.enumerated() {
      // Only a comment that was a line above the item may document it.
      let isMoved = !comment.isFirstOnLine || comment.range.lowerBound > unit.range.lowerBound
      output += margin + text(comment, demoted: isMoved) + "\n"
      let following = i + 1 < unit.leading.count ? unit.leading[i + 1].range.lowerBound : unit.range.lowerBound
      if unit.beginsItem, isBlankLine(between: comment.range.upperBound, and: following) { output += "\n" }
    }
    output += unit.text
    if let trailing = unit.trailing { output += "  " + text(trailing, demoted: false) }
    output += "\n"
  }

  private func writeFooter(after end: Int?, to output: inout String) {
    var end = end
    for comment in footer {
      if let end, isBlankLine(between: end, and: comment.range.lowerBound) { output += "\n" }
      output += text(comment, demoted: !comment.isFirstOnLine) + "\n"
      end = comment.range.upperBound
    }
  }

  private func text(_ comment: Comment, demoted: Bool) -> String {
    let text = source.text(in: comment.range)
    return demoted && comment.isDocumentation ? String(text.dropFirst()) : text
  }
}
