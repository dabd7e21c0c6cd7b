import BilanColumnar

/// A compiled regular expression.
///
/// It is matched in time that grows with the text and the pattern, whatever they are: instead of trying one way after
/// the other, all ways are followed at once, one character at a time, the preferred first. Of those that begin earliest
/// the preferred match is found, as by trying. Source: K. Thompson, "Regular Expression Search Algorithm" (1968); R. Pike's
/// way of keeping groups, as described by R. Cox, "Regular Expression Matching: the Virtual Machine Approach" (2009).
struct TextPattern: Sendable {
  private let program: [PatternProgram.Instruction]

  /// Nil for a missing pattern.
  ///
  /// - Throws: `.invalidPattern`.
  init?(_ pattern: Value) throws(KernelError) {
    guard let text = pattern.string else { return nil }
    do {
      program = try PatternProgram(PatternParser.parse(text)).instructions
    } catch {
      throw .invalidPattern(text, reason: error.reason.english, fr: error.reason.french)
    }
  }

  /// The first match, or what its first group holds; nil where there is none.
  func firstMatch(in text: String) -> String? {
    var matcher = PatternMatcher(program, Array(text.unicodeScalars))
    guard let found = matcher.search() else { return nil }
    if hasGroup { return found.group.map { Self.text(matcher.scalars[$0]) } }
    return Self.text(matcher.scalars[found.all])
  }

  func isFound(in text: String) -> Bool {
    var matcher = PatternMatcher(program, Array(text.unicodeScalars))
    return matcher.search(anywhere: true) != nil
  }

  private var hasGroup: Bool {
    program.contains { if case .save = $0 { true } else { false } }
  }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}

/// Follows a program over one text.
private struct PatternMatcher {
  /// Where a way began, and where its first group does and ends; -1 where it does not.
  private struct Marks {
    var start: Int
    var groupStart = -1
    var groupEnd = -1
  }

  struct Match {
    var all: Range<Int>
    var group: Range<Int>?
  }

  /// Ways that stand at the same character, each at another instruction, the preferred first.
  private struct Ways {
    var places: [Int] = []
    var marks: [Marks] = []
    /// By instruction: the round in which a way came there.
    var seen: [Int]
    var round = -1

    init(_ count: Int) { seen = [Int](repeating: -1, count: count) }

    mutating func clear(for round: Int) {
      places.removeAll(keepingCapacity: true)
      marks.removeAll(keepingCapacity: true)
      self.round = round
    }
  }

  let scalars: [Unicode.Scalar]
  private let program: [PatternProgram.Instruction]
  private var stack: [(place: Int, marks: Marks)] = []

  init(_ program: [PatternProgram.Instruction], _ scalars: [Unicode.Scalar]) {
    self.program = program
    self.scalars = scalars
  }

  /// - Parameter anywhere: whether any match will do, wherever it is.
  mutating func search(anywhere: Bool = false) -> Match? {
    var (ways, following) = (Ways(program.count), Ways(program.count))
    var found: Match?
    ways.clear(for: 0)
    for position in 0...scalars.count {
      // One that begins later is wanted least, and not at all where one was found.
      if found == nil { add(0, Marks(start: position), at: position, to: &ways) }
      if ways.places.isEmpty, found != nil { break }
      following.clear(for: position + 1)
      step: for (place, marks) in zip(ways.places, ways.marks) {
        switch program[place] {
        case .character(let set):
          if position < scalars.count, set.contains(scalars[position]) {
            add(place + 1, marks, at: position + 1, to: &following)
          }
        case .match:
          let group = marks.groupEnd >= 0 ? marks.groupStart..<marks.groupEnd : nil
          found = Match(all: marks.start..<position, group: group)
          if anywhere { return found }
          // Those behind it are wanted less.
          break step
        case .jump, .split, .save, .demand: continue
        }
      }
      swap(&ways, &following)
    }
    return found
  }

  /// Adds the ways that lead on from an instruction without a character.
  private mutating func add(_ place: Int, _ marks: Marks, at position: Int, to ways: inout Ways) {
    stack.append((place, marks))
    while let (place, marks) = stack.popLast() {
      guard ways.seen[place] != ways.round else { continue }
      ways.seen[place] = ways.round
      switch program[place] {
      case .jump(let target): stack.append((target, marks))
      case .split(let first, let second):
        stack.append((second, marks))
        stack.append((first, marks))
      case .save(let end):
        var marks = marks
        if end == 0 { (marks.groupStart, marks.groupEnd) = (position, -1) } else { marks.groupEnd = position }
        stack.append((place + 1, marks))
      case .demand(let assertion): if holds(assertion, position) { stack.append((place + 1, marks)) }
      case .character, .match:
        ways.places.append(place)
        ways.marks.append(marks)
      }
    }
  }

  private func holds(_ assertion: PatternAssertion, _ position: Int) -> Bool {
    switch assertion {
    case .textStart: position == 0
    case .textEnd: position == scalars.count
    case .lineStart: position == 0 || scalars[position - 1] == "\n"
    case .lineEnd: position == scalars.count || scalars[position] == "\n" || scalars[position] == "\r"
    case .wordBoundary: isWord(position - 1) != isWord(position)
    case .noWordBoundary: isWord(position - 1) == isWord(position)
    }
  }

  private func isWord(_ position: Int) -> Bool {
    scalars.indices.contains(position) && ScalarSet.Kind.isWord(scalars[position])
  }
}
