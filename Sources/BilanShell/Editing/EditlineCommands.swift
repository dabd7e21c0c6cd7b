import CEditline
import Glibc

/// What keys do beyond libedit's own commands.
///
/// A command is a C function that finds its editor in the handle; the names are libedit's way to bind it.
enum EditlineCommands {
  private typealias Command = @convention(c) (OpaquePointer?, wint_t) -> UInt8

  /// Adds the commands, then binds the keys, which must come in this order and after the choice of a key map.
  static func bind(to handle: OpaquePointer) {
    for unsafe(name, command) in unsafe commands {
      unsafe editline_add_command(handle, name, name, command)
    }
    for (key, command) in bindings { unsafe editline_bind(handle, key, command) }
    for (key, command) in privateBindings {
      // libedit reads an octal escape.
      unsafe editline_bind(handle, "\\" + String(key, radix: 8), command)
    }
  }

  private static let bindings = [
    ("^M", "bilan-enter"), ("^J", "bilan-enter"), ("^I", "bilan-complete"), ("^C", "bilan-interrupt"),
    ("^D", "bilan-end"), ("^L", "bilan-clear"), ("^R", "bilan-search"), ("^Z", "bilan-suspend"),
    ("^P", "bilan-up"), ("^N", "bilan-down"), ("^A", "bilan-home"), ("^E", "bilan-line-end"), ("^G", "bilan-nothing"),
  ]

  private static let privateBindings = [
    (Key.up, "bilan-up"), (Key.down, "bilan-down"), (Key.left, "ed-prev-char"), (Key.right, "ed-next-char"),
    (Key.home, "bilan-home"), (Key.end, "bilan-line-end"), (Key.delete, "ed-delete-next-char"),
    (Key.newline, "bilan-newline"), (Key.backTab, "bilan-complete"), (Key.wordLeft, "ed-prev-word"),
    (Key.wordRight, "em-next-word"), (Key.paste, "bilan-paste"), (Key.none, "bilan-nothing"),
  ]

  private static let commands: [(String, Command)] = unsafe [
    ("bilan-enter", { handle, _ in unsafe run(handle) { $0.enter() } }),
    ("bilan-newline", { handle, _ in unsafe run(handle) { $0.insertNewline() } }),
    ("bilan-complete", { handle, _ in unsafe run(handle) { $0.completeAtCursor() } }),
    ("bilan-interrupt", { handle, _ in unsafe run(handle) { $0.interrupt() } }),
    ("bilan-end", { handle, _ in unsafe run(handle) { $0.endOrDelete() } }),
    ("bilan-clear", { handle, _ in unsafe run(handle) { $0.clearScreen() } }),
    ("bilan-search", { handle, _ in unsafe run(handle) { $0.searchHistory() } }),
    ("bilan-suspend", { handle, _ in unsafe run(handle) { $0.suspend() } }),
    ("bilan-up", { handle, _ in unsafe run(handle) { $0.up() } }),
    ("bilan-down", { handle, _ in unsafe run(handle) { $0.down() } }),
    ("bilan-home", { handle, _ in unsafe run(handle) { $0.text.cursor = $0.text.lineStart } }),
    ("bilan-line-end", { handle, _ in unsafe run(handle) { $0.text.cursor = $0.text.lineEnd } }),
    ("bilan-paste", { handle, _ in unsafe run(handle) { $0.paste() } }),
    ("bilan-nothing", { _, _ in UInt8(CC_NORM) }),
  ]

  /// Runs a command and tells libedit whether the line has ended.
  private static func run(_ handle: OpaquePointer?, _ body: (EditlineEditor) -> Void) -> UInt8 {
    guard let handle = unsafe handle else { return UInt8(CC_ERROR) }
    let editor = unsafe EditlineEditor.owner(of: handle)
    body(editor)
    switch editor.outcome {
    case .none: return UInt8(CC_REFRESH)
    case .accepted, .interrupted: return UInt8(CC_NEWLINE)
    case .endOfFile: return UInt8(CC_EOF)
    }
  }
}

extension EditlineEditor {
  /// Runs a complete text wherever the cursor is; else begins another line. An empty last line forces the run.
  fileprivate func enter() {
    let current = text
    let source = current.text
    guard source.isEmpty || current.isOnEmptyLastLine || context.isComplete(source) else {
      // The missing part comes at the end, unless the cursor is within the text.
      insertNewline()
      return
    }
    finishDrawing(suffix: "")
    var accepted = source
    while accepted.last?.isWhitespace == true { accepted.removeLast() }
    outcome = .accepted(accepted)
  }

  fileprivate func insertNewline() { insert(Array(("\n" + text.indentation).unicodeScalars)) }

  fileprivate func interrupt() {
    finishDrawing(suffix: "^C")
    outcome = .interrupted
  }

  /// Leaves on an empty text, else deletes forward.
  fileprivate func endOrDelete() {
    var current = text
    if current.scalars.isEmpty {
      outcome = .endOfFile
    } else if current.cursor < current.scalars.count {
      current.scalars.remove(at: current.cursor)
      text = current
    } else {
      beep()
    }
  }

  fileprivate func paste() { insert(Array(keys.readPaste().unicodeScalars)) }

  // MARK: History

  fileprivate func up() {
    if let cursor = text.cursorAbove {
      text.cursor = cursor
      return
    }
    let index = historyIndex ?? context.history.count
    guard index > 0 else { return beep() }
    if historyIndex == nil { draft = text.text }
    historyIndex = index - 1
    text = EditorText(context.history[index - 1])
  }

  fileprivate func down() {
    if let cursor = text.cursorBelow {
      text.cursor = cursor
      return
    }
    guard let index = historyIndex else { return beep() }
    let isBack = index + 1 >= context.history.count
    historyIndex = isBack ? nil : index + 1
    text = EditorText(isBack ? draft : context.history[index + 1])
  }

  /// Ctrl-R: each key narrows the search; Enter takes what is found, Escape and Ctrl-C give up, any other key takes it
  /// and then does what it does.
  fileprivate func searchHistory() {
    var search = HistorySearch(context.history)
    while true {
      let found = search.current ?? ""
      let isLost = search.current == nil && !search.pattern.isEmpty
      let prompt =
        "\(context.words.search) “\(search.pattern)”" + (isLost ? " (\(context.words.nothingFound))" : "") + ": "
      if !keys.hasPending() { show(prompt: prompt, text: found, cursor: found.unicodeScalars.count) }
      guard let key = keys.next(wasSignalled: { self.afterSignal() }) else { return }
      switch key {
      case 0x12: search.older()
      case 0x08, 0x7F: search.removeLast()
      case 0x03, 0x07, Key.none: return
      case 0x0D, 0x0A:
        if let current = search.current { text = EditorText(current) }
        return
      case 0x20...0x7E, 0xA0...:
        if let scalar = Unicode.Scalar(key) { search.append(String(Character(scalar))) }
      default:
        if let current = search.current { text = EditorText(current) }
        keys.pushBack(key)
        return
      }
    }
  }

  // MARK: Completion

  /// Inserts what all candidates share; where that adds nothing, lists them.
  fileprivate func completeAtCursor() {
    let current = text
    let completion = context.complete(current.text, current.cursorInBytes)
    let typed = current.cursorInBytes - completion.range.lowerBound
    switch completion.candidates.count {
    case 0: beep()
    case 1:
      text = current.replacing(bytes: completion.range, with: completion.candidates[0].insertion)
    default:
      let shared = completion.sharedStart
      if shared.utf8.count > typed { text = current.replacing(bytes: completion.range, with: shared) }
      let size = terminalSize()
      footer = completion.listing(columns: size.columns, rows: min(10, size.rows / 2), more: context.words.more)
      // The list stands until the next key, which `nextKey` clears when it comes.
      if !keys.hasPending() { draw() }
    }
  }
}
