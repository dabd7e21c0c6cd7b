import BilanDiagnostics
import BilanSyntax

/// Works out what may stand at a cursor: pure, whatever it needs to know it asks its context.
package struct Completer {
  private typealias Token = CompletionScanner.Token
  private let context: any CompletionContext

  package init(_ context: any CompletionContext) { self.context = context }

  /// - Parameter cursor: an offset in UTF-8 bytes.
  package func complete(_ text: String, cursor: Int) -> Completion {
    let before = String(decoding: Array(text.utf8).prefix(cursor), as: UTF8.self)
    if DotCommand.isCommand(before) { return DotCompleter(context).complete(before) }
    let scanner = CompletionScanner(before)
    if scanner.endsInComment { return .none(at: cursor) }
    var tokens = scanner.tokens
    // The word that the cursor ends, if it ends one.
    let partial: Token? =
      if let last = tokens.last, last.range.upperBound == cursor, last.isPartial { tokens.removeLast() } else { nil }
    let place = Place(tokens)
    let rest = Array(text.utf8).dropFirst(cursor)

    switch partial?.kind {
    case .text:
      guard let partial else { break }
      return values(typed: partial, place: place, isClosed: rest.first == UInt8(ascii: "\""))
    case .parameter:
      guard let partial else { break }
      let range = partial.range.lowerBound + 1..<cursor
      return Completion(of: partial.text, at: range, among: context.parameters + declaredParameters(in: text))
    case .number: return .none(at: cursor)
    default: break
    }
    let range = (partial?.range.lowerBound ?? cursor)..<cursor
    let candidates = names(at: place, offset: range.lowerBound, of: text)
    return Completion(of: partial?.text ?? "", at: range, among: candidates)
  }

  // MARK: Names

  private func names(at place: Place, offset: Int, of text: String) -> [Candidate] {
    let previous = place.step.last
    if previous?.isSign(".") == true, place.step.count > 1 { return ratioParts }
    guard let verb = place.verb else {
      return place.followsPipe ? steps : place.opensPipeline ? [from] : statements
    }
    switch verb {
    case "from", "append":
      if place.step.count == 1 { return sources(in: text) }
      return []
    case "join":
      if !place.contains("on") {
        let isSourceGiven = place.step.dropFirst().contains { !Self.joinWords.contains($0.text) }
        return isSourceGiven ? words(["on"]) : sources(in: text) + words(Self.joinWords)
      }
    case "use", "param": return verb == "param" && previous?.isSign(":") == true ? words(Self.parameterTypes) : []
    case "take": return []
    default: break
    }
    let clauses = words(Self.clauses[verb] ?? [])
    if place.expectsOperand {
      let columns = context.columns(at: offset, of: text)
      if Self.columnSteps.contains(verb) { return columns }
      return columns + context.measures + context.functions + words(["missing", "true", "false", "not", "if"])
    }
    return clauses + words(["and", "or", "in", "is", "not in", "is missing", "then", "else"])
  }

  private var steps: [Candidate] {
    StepTable.entries.filter { $0.verb != .from && $0.isAvailable }.map {
      Candidate($0.name, insertion: $0.name + " ", detail: $0.summary[context.language])
    }
  }

  private var from: Candidate {
    Candidate("from", insertion: "from ", detail: StepTable.entry(for: .from).summary[context.language])
  }

  private var statements: [Candidate] {
    [
      from,
      Candidate(
        "let", insertion: "let ",
        detail: Localized("names a table, a measure or a function", fr: "nomme une table, une mesure ou une fonction")[
          context.language]),
      Candidate(
        "param", insertion: "param ",
        detail: Localized("declares a parameter", fr: "déclare un paramètre")[context.language]),
      Candidate(
        "use", insertion: "use \"",
        detail: Localized("takes another file’s definitions", fr: "reprend les définitions d’un autre fichier")[
          context.language]),
    ]
  }

  private func sources(in text: String) -> [Candidate] {
    let table = Localized("defined in this text", fr: "définie dans ce texte")[context.language]
    return declared(after: "let", in: text).map { Candidate($0, detail: table) } + context.datasets + words(["stdin"])
  }

  private var ratioParts: [Candidate] {
    let language = context.language
    return [
      Candidate("numerator", detail: Localized("what was reached", fr: "ce qui est atteint")[language]),
      Candidate("denominator", detail: Localized("what was aimed at", fr: "ce qui était visé")[language]),
      Candidate("reported", detail: Localized("rows that have both", fr: "lignes qui ont les deux")[language]),
      Candidate("expected", detail: Localized("rows that should", fr: "lignes qui devraient les avoir")[language]),
    ]
  }

  private func declaredParameters(in text: String) -> [Candidate] {
    declared(after: "param", in: text).map { Candidate($0) }
  }

  /// The names that a keyword declares in the text itself.
  private func declared(after keyword: String, in text: String) -> [String] {
    let tokens = CompletionScanner(text).tokens
    return zip(tokens, tokens.dropFirst()).compactMap { $0.isWord(keyword) && $1.kind == .word ? $1.text : nil }
  }

  private func words(_ words: [String]) -> [Candidate] { words.map { Candidate($0, insertion: $0 + " ") } }

  // MARK: Values

  private func values(typed: Token, place: Place, isClosed: Bool) -> Completion {
    let range = typed.range.lowerBound + 1..<typed.range.upperBound
    guard let column = place.comparedColumn else { return Completion(range: range, candidates: []) }
    let closing = isClosed ? "" : "\""
    let candidates = context.values(ofColumn: column, dataset: place.dataset).map { value in
      let escaped = value.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
      return Candidate(value, insertion: escaped + closing)
    }
    return Completion(of: typed.text, at: range, among: candidates)
  }

  // MARK: Words of the language

  private static let joinWords = ["left", "inner", "full", "semi", "anti", "many"]
  private static let parameterTypes = ["number", "percent", "text", "bool", "date", "period", "list of", "one of"]
  private static let columnSteps: Set = ["drop", "distinct", "unpivot", "unnest", "complete", "rename"]
  private static let clauses = [
    "add": ["per", "sort"], "summarize": ["by", "across", "with totals", "where"],
    "summarise": ["by", "across", "with totals"],
    "count": ["by"], "sort": ["desc", "asc"], "top": ["by", "per"], "bottom": ["by", "per"], "unpivot": ["into"],
    "unnest": ["by", "with position"],
    "join": ["and"],
  ]
}

extension CompletionScanner.Token {
  /// Whether a cursor at its end is still in it.
  fileprivate var isPartial: Bool {
    switch kind {
    case .word, .parameter, .number: true
    case .text, .quotedName: isOpen
    case .sign: false
    }
  }
}

/// Where in a pipeline the cursor is.
private struct Place {
  /// The tokens of the cursor's step before the cursor, its verb first.
  var step: [CompletionScanner.Token] = []
  /// The step follows a `|`.
  var followsPipe = false
  /// The cursor is just after an opening bracket or a `let name =`, where a pipeline may begin.
  var opensPipeline = false
  /// What the pipeline reads, where it is a name.
  var dataset: String?

  init(_ tokens: [CompletionScanner.Token]) {
    var depth = 0
    var index = tokens.count
    scan: while index > 0 {
      let token = tokens[index - 1]
      switch token.text {
      case ")" where token.kind == .sign, "]" where token.kind == .sign: depth += 1
      case "(" where token.kind == .sign, "[" where token.kind == .sign:
        if depth > 0 {
          depth -= 1
        } else if index < tokens.count, tokens[index].isWord("from") {
          break scan
        }
      case "|" where token.kind == .sign && depth == 0:
        followsPipe = true
        break scan
      case "from" where token.kind == .word && depth == 0:
        index -= 1
        break scan
      default: break
      }
      index -= 1
    }
    step = Array(tokens[index...])
    if let first = step.first, first.isWord("let"), step.last?.isSign("=") == true { opensPipeline = true }
    dataset = Self.source(before: index, in: tokens) ?? Self.source(before: tokens.count, in: tokens)
  }

  private static func source(before end: Int, in tokens: [CompletionScanner.Token]) -> String? {
    guard let from = tokens[..<end].lastIndex(where: { $0.isWord("from") }), from + 1 < tokens.count else { return nil }
    let source = tokens[from + 1]
    return source.kind == .word || source.kind == .quotedName ? source.text : nil
  }

  var verb: String? { step.first.flatMap { $0.kind == .word ? $0.text : nil } }

  func contains(_ word: String) -> Bool { step.contains { $0.isWord(word) } }

  /// Whether a value or a name should come next, rather than what follows one.
  var expectsOperand: Bool {
    guard let last = step.last, step.count > 1 else { return true }
    switch last.kind {
    case .sign: return ![")", "]"].contains(last.text)
    case .word: return Self.leadingWords.contains(last.text)
    case .quotedName, .parameter, .text, .number: return false
    }
  }

  /// The words after which an operand comes.
  private static let leadingWords: Set = [
    "by", "across", "per", "sort", "where", "and", "or", "not", "in", "if", "then", "else", "on", "into",
  ]

  /// The column that a text at the cursor is compared with: `region = "`, `region ~ "`, `region in ["a", "`.
  var comparedColumn: String? {
    guard var index = step.indices.last else { return nil }
    if step[index].kind == .sign, ["=", "!=", "==", "~"].contains(step[index].text) { return name(at: index - 1) }
    // Back over a list to its bracket.
    while index > 0, !step[index].isSign("[") {
      guard step[index].kind == .text || step[index].isSign(",") else { return nil }
      index -= 1
    }
    guard step[index].isSign("["), index > 0, step[index - 1].isWord("in") else { return nil }
    return name(at: step.indices.contains(index - 2) && step[index - 2].isWord("not") ? index - 3 : index - 2)
  }

  private func name(at index: Int) -> String? {
    guard step.indices.contains(index), step[index].kind == .word || step[index].kind == .quotedName else { return nil }
    return step[index].text
  }
}
