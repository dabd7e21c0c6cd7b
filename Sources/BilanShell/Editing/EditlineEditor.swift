import BilanDiagnostics
import CEditline
import Glibc
import Synchronization

/// Set by SIGTERM and SIGHUP while a line is edited, so that the terminal is put right before the process ends.
private let isTerminating = Atomic<Bool>(false)

/// Edits lines on a terminal with libedit.
///
/// libedit keeps the text, the key maps and the kill ring, and draws into the null device; the screen is drawn here,
/// each time it asks for a key, because its own drawing knows neither continuation prompts nor anything below the
/// text. Function keys reach it as private codes (see `Key`); the commands bound to them are in `EditlineCommands`.
@safe package final class EditlineEditor: LineEditor {
  enum Outcome { case none, accepted(String), interrupted, endOfFile }

  /// The library's handle; its functions are called from `readLine` and the commands alone, never at once.
  let handle: OpaquePointer
  private let sink: UnsafeMutablePointer<FILE>
  let terminalSize: @Sendable () -> TerminalSize
  private let output: any TextOutput
  var keys = KeyReader(descriptor: 0)
  private var screen = EditorScreen()

  var context = EditingContext(prompt: "", continuationPrompt: "")
  var outcome = Outcome.none
  /// What stands under the text until the next key: candidates.
  var footer: [String] = []
  /// Where Up and Down have gone in the history, and what was typed before.
  var historyIndex: Int?
  var draft = ""

  /// Nil where libedit cannot be used on this terminal.
  package init?(output: any TextOutput, terminalSize: @escaping @Sendable () -> TerminalSize) {
    Self.chooseCharacterSet()
    guard let sink = unsafe fopen("/dev/null", "w") else { return nil }
    guard let handle = unsafe editline_make("bilan", sink) else {
      unsafe fclose(sink)
      return nil
    }
    unsafe self.sink = sink
    unsafe self.handle = handle
    self.output = output
    self.terminalSize = terminalSize
    // The order matters: choosing the keys rebuilds the map that the binds change.
    unsafe editline_set_keys(handle, "emacs")
    unsafe editline_set_int(handle, EL_SIGNAL, 0)
    unsafe editline_set_mode(handle, "-isig")
    unsafe editline_set_mode(handle, "-ixon")
    unsafe editline_set_owner(handle, Unmanaged.passUnretained(self).toOpaque())
    unsafe editline_set_reader(handle) { handle, character in
      guard let handle = unsafe handle, let character = unsafe character else { return 0 }
      guard let key = unsafe EditlineEditor.owner(of: handle).nextKey() else { return 0 }
      unsafe character.pointee = wchar_t(bitPattern: key)
      return 1
    }
    unsafe EditlineCommands.bind(to: handle)
  }

  deinit {
    unsafe el_end(handle)
    unsafe fclose(sink)
  }

  /// The editor that a handle belongs to; it lives as long as the handle, which its `deinit` ends.
  static func owner(of handle: OpaquePointer) -> EditlineEditor {
    unsafe Unmanaged<EditlineEditor>.fromOpaque(editline_owner(handle)).takeUnretainedValue()
  }

  /// libedit takes bytes above 0x7F for letters only in a UTF-8 locale, and decides so when it is made. Nothing but the
  /// character type is taken from the locale.
  private static func chooseCharacterSet() {
    unsafe setlocale(LC_CTYPE, "")
    if unsafe String(cString: nl_langinfo(nl_item(CODESET))) != "UTF-8" { unsafe setlocale(LC_CTYPE, "C.UTF-8") }
  }

  package func readLine(_ context: EditingContext) -> LineEvent {
    self.context = context
    outcome = .none
    footer = []
    historyIndex = nil
    draft = ""
    screen.reset()
    listenToSignals()
    output.write("\u{1B}[?2004h")
    defer { output.write("\u{1B}[?2004l") }
    var count: Int32 = 0
    _ = unsafe el_wgets(handle, &count)
    switch outcome {
    case .accepted(let text): return .line(text)
    case .interrupted: return .interrupted
    case .none, .endOfFile:
      finishDrawing(suffix: "")
      return .endOfFile
    }
  }

  /// SIGWINCH interrupts the wait for a key, and so leads to a new drawing; SIGTERM and SIGHUP end the input.
  private func listenToSignals() {
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = { _ in }
    unsafe sigaction(SIGWINCH, &action, nil)
    unsafe action.__sigaction_handler.sa_handler = { _ in isTerminating.store(true, ordering: .relaxed) }
    unsafe sigaction(SIGTERM, &action, nil)
    unsafe sigaction(SIGHUP, &action, nil)
  }

  // MARK: Keys

  /// The next key for libedit; the screen is drawn first unless more input waits, so that a paste is drawn once.
  private func nextKey() -> UInt32? {
    if !keys.hasPending() { draw() }
    let key = keys.next(wasSignalled: afterSignal)
    // Candidates stand until a key is pressed.
    footer = []
    return key
  }

  /// Draws again after a signal; true where the input is to end.
  func afterSignal() -> Bool {
    if isTerminating.load(ordering: .relaxed) { return true }
    unsafe el_resize(handle)
    draw()
    return false
  }

  // MARK: The text

  /// The text that libedit holds.
  var text: EditorText {
    get {
      guard let line = unsafe el_wline(handle) else { return EditorText("") }
      // The three pointers are of one buffer, which stays where it is until libedit is called again.
      let count = unsafe line.pointee.lastchar - line.pointee.buffer
      let characters = unsafe UnsafeBufferPointer(start: line.pointee.buffer, count: count)
      let scalars = unsafe characters.map { Unicode.Scalar(UInt32(bitPattern: $0)) ?? "\u{FFFD}" }
      return EditorText(scalars, cursor: unsafe line.pointee.cursor - line.pointee.buffer)
    }
    set {
      let old = text
      if newValue.scalars != old.scalars {
        // `el_deletestr` deletes what is before the cursor.
        unsafe el_cursor(handle, Int32(old.scalars.count - old.cursor))
        if !old.scalars.isEmpty { unsafe el_deletestr(handle, Int32(old.scalars.count)) }
        insert(newValue.scalars)
      }
      unsafe el_cursor(handle, Int32(newValue.cursor - text.cursor))
    }
  }

  /// Inserts at the cursor.
  func insert(_ scalars: [Unicode.Scalar]) {
    // libedit refuses the empty text.
    guard !scalars.isEmpty else { return }
    let characters = scalars.map { wchar_t(bitPattern: $0.value) } + [0]
    let isRefused = unsafe characters.withUnsafeBufferPointer { unsafe el_winsertstr(handle, $0.baseAddress) != 0 }
    if isRefused { beep() }
  }

  // MARK: The screen

  func draw() {
    let text = text
    show(prompt: context.prompt, text: text.text, cursor: text.cursor)
  }

  func show(prompt: String, text: String, cursor: Int) {
    let size = terminalSize()
    let frame = EditorFrame(
      prompt: prompt, continuation: context.continuationPrompt, text: text, cursor: cursor, footer: footer,
      usesColor: context.usesColor, size: size)
    output.write(screen.show(frame, columns: size.columns))
  }

  /// Draws the text a last time, without what stood under it, and goes below it.
  func finishDrawing(suffix: String) {
    footer = []
    let text = text.text + suffix
    show(prompt: context.prompt, text: text, cursor: text.unicodeScalars.count)
    output.write("\r\n")
    screen.reset()
  }

  func clearScreen() {
    output.write("\u{1B}[H\u{1B}[2J")
    screen.reset()
  }

  func beep() { output.write("\u{7}") }

  /// Ctrl-Z: gives the terminal back, and takes it again once continued.
  func suspend() {
    finishDrawing(suffix: "")
    output.write("\u{1B}[?2004l")
    unsafe editline_set_int(handle, EL_PREP_TERM, 0)
    kill(0, SIGTSTP)
    unsafe editline_set_int(handle, EL_PREP_TERM, 1)
    output.write("\u{1B}[?2004h")
  }
}
