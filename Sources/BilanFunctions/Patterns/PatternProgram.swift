/// A regular expression as instructions, which `PatternMatcher` follows all at once.
struct PatternProgram: Sendable {
  enum Instruction: Sendable {
    /// Goes on behind a character of the set.
    case character(ScalarSet)
    case jump(Int)
    /// Goes on in both ways; the first is preferred.
    case split(Int, Int)
    /// Remembers where the first group starts (0) or ends (1).
    case save(Int)
    case demand(PatternAssertion)
    case match
  }

  private(set) var instructions: [Instruction] = []

  /// Instructions that are followed for each character of each text.
  private static let most = 20_000

  init(_ node: PatternNode) throws(PatternFault) {
    try add(node)
    instructions.append(.match)
  }

  private mutating func add(_ node: PatternNode) throws(PatternFault) {
    if instructions.count > Self.most {
      throw PatternFault("it repeats too much", fr: "il répète trop")
    }
    switch node {
    case .empty: break
    case .set(let set): instructions.append(.character(set))
    case .sequence(let parts): for part in parts { try add(part) }
    case .choice(let options): try add(options)
    case .firstGroup(let inner):
      instructions.append(.save(0))
      try add(inner)
      instructions.append(.save(1))
    case .assertion(let assertion): instructions.append(.demand(assertion))
    case .repetition(let inner, let least, let most, let isLazy):
      let start = instructions.count
      for _ in 0..<least {
        try add(inner)
        // What has no text repeats as often as one likes.
        if instructions.count == start { return }
      }
      guard let most else { return try addLoop(inner, isLazy: isLazy) }
      // Each that may be there holds the rest.
      var splits: [Int] = []
      for _ in least..<max(least, most) {
        splits.append(instructions.count)
        instructions.append(.match)
        try add(inner)
      }
      for split in splits { setSplit(split, into: split + 1, past: instructions.count, isLazy: isLazy) }
    }
  }

  private mutating func addLoop(_ inner: PatternNode, isLazy: Bool) throws(PatternFault) {
    let start = instructions.count
    instructions.append(.match)
    try add(inner)
    instructions.append(.jump(start))
    setSplit(start, into: start + 1, past: instructions.count, isLazy: isLazy)
  }

  private mutating func setSplit(_ place: Int, into: Int, past: Int, isLazy: Bool) {
    instructions[place] = isLazy ? .split(past, into) : .split(into, past)
  }

  private mutating func add(_ options: [PatternNode]) throws(PatternFault) {
    var ends: [Int] = []
    for (number, option) in options.enumerated() {
      let isLast = number == options.count - 1
      let split = instructions.count
      if !isLast { instructions.append(.match) }
      try add(option)
      if isLast { break }
      ends.append(instructions.count)
      instructions.append(.match)
      instructions[split] = .split(split + 1, instructions.count)
    }
    for end in ends { instructions[end] = .jump(instructions.count) }
  }
}
